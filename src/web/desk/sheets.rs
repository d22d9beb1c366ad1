//! What the desk prints for the mailroom: separator sheets and stickers. Pages for the browser's printer, codes drawn as SVG.

use std::fmt::Write;

use actix_web::{HttpResponse, web};
use askama::Template;
use case::batch::PagePart;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use channels::letter::codes;

use crate::gateway::Gateway;
use crate::mailroom::code::{Code, PARTS};
use crate::web::form::Posted;
use crate::web::page::html;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// Where batches are.
const BACK: &str = "/desk/batches";

/// The page of separator sheets, one for each kind.
#[derive(Template)]
#[template(path = "desk/separators.html")]
struct SeparatorsPage {
    office: String,
    sheets: Vec<Sheet>,
}

/// A separator sheet.
struct Sheet {
    label: &'static str,
    hint: &'static str,
    code: Drawn,
}

/// The page of stickers.
#[derive(Template)]
#[template(path = "desk/stickers.html")]
struct StickersPage {
    office: String,
    stickers: Vec<Sticker>,
}

/// A sticker.
struct Sticker {
    number: String,
    sealed: bool,
    code: Drawn,
}

/// A code as SVG: a side in modules and a path of them.
struct Drawn {
    side: usize,
    path: String,
}

/// Shows the separator sheets.
///
/// # Errors
/// A code cannot be made, which would be a fault of ours.
pub async fn separators(_allowed: Allowed<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let sheet = |part: PagePart| {
        let (label, hint) = match part {
            PagePart::Letter => ("新的一封信", "放在每封信的前面；其后各页为同一封信"),
            PagePart::Envelope => ("信封", "其后各页为本封信的信封"),
            PagePart::Enclosure => ("附件", "其后各页为本封信的附件材料"),
        };
        Ok(Sheet { label, hint, code: draw(&Code::Separator(part), &gateway)? })
    };
    let sheets = PARTS.into_iter().map(sheet).collect::<Result<Vec<_>, Problem>>()?;
    html(&SeparatorsPage { office: gateway.configuration.office.name.clone(), sheets })
}

/// Gives out numbers and shows their stickers.
///
/// # Errors
/// A number of stickers that is not allowed, or the store failed.
pub async fn stickers(posted: Posted<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let back = |problem: Problem| WebError::from(problem).back_to(BACK);
    let count = posted.fields.parse("count", "数量").map_err(back)?.unwrap_or(1);
    let numbers = gateway.reserve_numbers(posted.viewer(), count).await.map_err(back)?;
    let drawn = numbers.into_iter().map(|number| sticker_of(Code::Registered(number), &gateway));
    page(&gateway, drawn.collect::<Result<Vec<_>, Problem>>()?)
}

/// Shows the sticker of one number, such as one that is registered.
///
/// # Errors
/// It is no number.
pub async fn sticker(
    _allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = RegistrationNumber::parse(&path)
        .map_err(|error| WebError::from(ProblemCode::InvalidField.because(error.to_string())).back_to(BACK))?;
    let sticker = sticker_of(Code::Registered(number), &gateway)?;
    page(&gateway, vec![sticker])
}

/// The page with the sticker of a sealed envelope.
///
/// # Errors
/// The template cannot be filled.
pub(super) fn sealed(gateway: &Gateway, number: RegistrationNumber) -> Result<HttpResponse, WebError> {
    let sticker = sticker_of(Code::Sealed(number), gateway)?;
    page(gateway, vec![sticker])
}

fn page(gateway: &Gateway, stickers: Vec<Sticker>) -> Result<HttpResponse, WebError> {
    html(&StickersPage { office: gateway.configuration.office.name.clone(), stickers })
}

fn sticker_of(code: Code, gateway: &Gateway) -> Result<Sticker, Problem> {
    let drawn = draw(&code, gateway)?;
    let (number, sealed) = match code {
        Code::Registered(number) => (number.to_string(), false),
        Code::Sealed(number) => (number.to_string(), true),
        Code::Separator(_) => (String::new(), false),
    };
    Ok(Sticker { number, sealed, code: drawn })
}

fn draw(code: &Code, gateway: &Gateway) -> Result<Drawn, Problem> {
    let printed = codes::print(&code.text(&gateway.secret))?;
    let path = printed.dark.iter().fold(String::new(), |mut path, (column, row)| {
        // Writing into a string does not fail.
        let _written = write!(path, "M{column} {row}h1v1h-1z");
        path
    });
    Ok(Drawn { side: printed.side, path })
}
