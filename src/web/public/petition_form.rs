//! The page with the form, empty or as it was sent with what is wrong.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use case::ports::Randomness;
use case::problem::Problem;
use case::statement::{BODY_LIMIT, TITLE_LIMIT};

use crate::gateway::Gateway;
use crate::web::form::Fields;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::attachment::{ALL_BYTES, FILE_BYTES, FILE_LIMIT};
use crate::web::public::control::Control;
use crate::web::public::labels::label_of;
use crate::web::public::shell;
use crate::web::public::typed::{self, JOINT_LIMIT, Wrong};

/// The page.
#[derive(Template)]
#[template(path = "public/petition_form.html")]
pub(super) struct FormPage {
    shell: Shell,
    fields: Fields,
    wrong: Vec<Wrong>,
    /// What failed on our side.
    failure: Option<Problem>,
    /// Whether the box is shown that confirms numbers as they are.
    confirmable: bool,
    /// Whether files must be chosen again.
    files_lost: bool,
    key: String,
    joint: usize,
    joint_limit: usize,
    townships: Vec<(String, String)>,
    file_limit: usize,
    file_mebibytes: usize,
    all_mebibytes: usize,
}

impl FormPage {
    /// The form with what was typed in it.
    pub(super) fn of(gateway: &Gateway, fields: Fields) -> Self {
        let places = gateway.office.places();
        let townships = places.townships().map(|place| (place.code.as_str().to_owned(), place.name.clone())).collect();
        Self {
            shell: shell(gateway, "我要反映", "/petitions/new"),
            wrong: Vec::new(),
            failure: None,
            confirmable: false,
            files_lost: false,
            key: typed::key(&fields).map_or_else(|| fresh_key(&*gateway.randomness), ToOwned::to_owned),
            joint: typed::joint(&fields),
            fields,
            joint_limit: JOINT_LIMIT,
            townships,
            file_limit: FILE_LIMIT,
            file_mebibytes: FILE_BYTES >> 20,
            all_mebibytes: ALL_BYTES >> 20,
        }
    }

    /// With fields for one person more.
    pub(super) fn with_one_more(mut self) -> Self {
        self.joint = (self.joint + 1).min(JOINT_LIMIT);
        self
    }

    /// With a word that the files must be chosen again, if some were.
    pub(super) const fn with_files_lost(mut self, lost: bool) -> Self {
        self.files_lost = lost;
        self
    }

    /// The form goes back for these reasons.
    pub(super) fn wrong(mut self, wrong: Vec<Wrong>, confirmable: bool) -> Self {
        self.shell.title = format!("有{}处需要修改：我要反映", wrong.len());
        self.wrong = wrong;
        self.confirmable = confirmable;
        self
    }

    /// The form goes back because something failed on our side.
    pub(super) fn failed(mut self, problem: Problem) -> Self {
        self.shell.title = format!("未能登记：{}", problem.code.title());
        self.failure = Some(problem);
        self
    }

    /// The page as an answer, with the status of what is wrong.
    pub(super) fn answer(&self) -> Result<HttpResponse, WebError> {
        let mut response = html(self)?;
        *response.status_mut() = match &self.failure {
            Some(problem) => StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            None if self.wrong.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok(response)
    }

    /// The key of this page.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    fn problem(&self, id: &str) -> Option<String> {
        self.wrong.iter().find(|wrong| wrong.id == id).map(|wrong| wrong.message.clone())
    }

    /// A field for one line.
    fn line(&self, id: &str, hint: &'static str, autocomplete: &'static str, inputmode: &'static str) -> Control {
        Control {
            id: id.to_owned(),
            label: label_of(id),
            hint,
            value: self.fields.text(id).to_owned(),
            problem: self.problem(id),
            rows: 0,
            limit: if id == "title" { TITLE_LIMIT } else { 0 },
            autocomplete,
            inputmode,
        }
    }

    /// A field for many lines.
    fn lines(&self, id: &str, hint: &'static str, rows: u8, limit: usize) -> Control {
        Control { rows, limit, ..self.line(id, hint, "", "") }
    }

    /// A field of the person `place` among those who petition together.
    fn joint_line(&self, place: &usize, name: &str, inputmode: &'static str) -> Control {
        self.line(&format!("petitioners-{place}-{name}"), "", "off", inputmode)
    }

    fn ticked(&self, name: &str) -> bool {
        self.fields.given(name).is_some()
    }

    fn chosen(&self, name: &str, value: &str) -> bool {
        self.fields.text(name) == value
    }

    const fn body_limit(&self) -> usize {
        BODY_LIMIT
    }
}

/// 128 random bits: tells this page from every other one.
fn fresh_key(randomness: &dyn Randomness) -> String {
    let mut bytes = [0_u8; 16];
    randomness.fill(&mut bytes);
    uuid::Uuid::from_bytes(bytes).simple().to_string()
}
