//! The verification desk: scanned letters are compared with what was read of them. One file for each operation.
//!
//! The page works as a plain form. Its script posts the same forms and asks for JSON (`Accept: application/json`); what is wrong is then
//! told as a problem document.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use case::correction::Part;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use serde::Serialize;

use crate::verification::draft::Typed;
use crate::web::form::{Fields, invalid};
use crate::web::problem::WebError;

pub mod begin;
pub mod confirm;
mod cut_out;
pub mod draft;
pub mod image;
pub mod judge;
pub mod list;
pub mod read_again;
pub mod show;
pub mod undo;
pub mod undo_correction;
pub mod view;

/// The most bytes of the form of one letter, 2 MiB: a line of Chinese takes some 350 bytes in a form, so this is a letter of about 200
/// pages.
pub const LETTER_FORM_LIMIT: usize = 2 << 20;
/// Where the list is.
pub const PATH: &str = "/desk/letters";

/// Adds the routes; after that of `/desk/letters/new`, which is no number.
pub fn routes(service: &mut web::ServiceConfig) {
    service
        .route(PATH, web::get().to(list::show))
        .route("/desk/letters/judge", web::post().to(judge::judge))
        .route("/desk/letters/{number}", web::get().to(show::show))
        .route("/desk/letters/{number}/pages/{index}", web::get().to(image::page))
        .route("/desk/letters/{number}/read-again", web::post().to(read_again::read_again))
        .route("/desk/letters/{number}/begin", web::post().to(begin::begin))
        .service(whole_letter("/desk/letters/{number}/draft").post(draft::save))
        .service(whole_letter("/desk/letters/{number}/confirm").post(confirm::confirm))
        .service(whole_letter("/desk/letters/{number}/undo").post(undo::undo))
        .route("/desk/letters/{number}/corrections/{id}/undo", web::post().to(undo_correction::undo));
}

/// A form that carries every line of a letter, when it is sent without scripts.
fn whole_letter(path: &str) -> actix_web::Resource {
    web::resource(path).app_data(web::FormConfig::default().limit(LETTER_FORM_LIMIT))
}

/// Where a letter is checked.
#[must_use]
pub fn path_of(number: &RegistrationNumber) -> String {
    format!("{PATH}/{number}")
}

/// The number in a path; what is no number names no letter.
fn number(text: &str) -> Result<RegistrationNumber, WebError> {
    RegistrationNumber::parse(text).map_err(|_invalid| WebError::from(ProblemCode::NotFound).back_to(PATH))
}

/// The version of the check that the form was made from.
fn version(fields: &Fields) -> Result<u64, Problem> {
    fields.parse("version", "版本")?.ok_or_else(|| invalid("版本"))
}

/// One step of a check that was asked for: which letter, and the version that whoever asks has seen.
struct Step {
    request: HttpRequest,
    number: RegistrationNumber,
    seen: u64,
}

impl Step {
    /// # Errors
    /// The path names no letter, or the form no version.
    fn of(request: HttpRequest, fields: &Fields, path: &str) -> Result<Self, WebError> {
        let number = number(path)?;
        let seen = version(fields).map_err(|problem| told(&request, problem, &path_of(&number)))?;
        Ok(Self { request, number, seen })
    }

    /// Where the letter is.
    fn back(&self) -> String {
        path_of(&self.number)
    }

    /// The problem as whoever asked can read it.
    fn failed(&self, problem: Problem) -> WebError {
        told(&self.request, problem, &self.back())
    }

    /// The answer to whoever asked: `json` for the script, the page at `path` for a form.
    fn answer(&self, json: &impl Serialize, path: &str) -> HttpResponse {
        answer(&self.request, json, path)
    }
}

/// The texts of a form that name parts of a letter.
fn typed(fields: &Fields) -> Vec<Typed> {
    let part = |(name, text): (&str, &str)| Some(Typed { part: name.parse::<Part>().ok()?, text: text.to_owned() });
    fields.iter().filter_map(part).collect()
}

/// Whether the script of the page asks.
fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT);
    accept.and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with("application/json"))
}

/// The answer to whoever asked: `json` for the script, the page at `path` for a form.
pub(super) fn answer(request: &HttpRequest, json: &impl Serialize, path: &str) -> HttpResponse {
    if wants_json(request) { HttpResponse::Ok().json(json) } else { crate::web::page::see_other(path) }
}

/// The problem as whoever asked can read it.
pub(super) fn told(request: &HttpRequest, problem: impl Into<WebError>, back: &str) -> WebError {
    let error = problem.into().back_to(back);
    if wants_json(request) { error.for_programs() } else { error }
}
