//! `GET /api/v1/batches/{id}`: the files of a batch, what each became, and what was refused and why.

use actix_web::{HttpResponse, web};
use case::batch::{BatchFileState, BatchLetter};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::entered::Entered;
use crate::gateway::Gateway;
use crate::mailroom::listing::{ListedFile, may_be_parted_again};
use crate::presentation::problem::ProblemDocument;
use crate::web::api::arrival::ArrivalDocument;
use crate::web::api::batches::Part;
use crate::web::api::identifier;
use crate::web::api::query::{Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchDocument {
    /// Its identifier.
    batch: String,
    /// The scanner and the day, or what the clerk typed.
    name: String,
    /// `folder` or `upload`.
    source: &'static str,
    /// When its first file was taken, RFC 3339.
    opened_at: String,
    /// Its files, in the order in which they were taken.
    files: Vec<FileDocument>,
    /// How many files it has.
    total: u64,
}

/// A file of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileDocument {
    /// Its identifier.
    file: String,
    /// What it is called.
    name: String,
    /// The number of its bytes, backs included.
    bytes: u64,
    /// When it was taken, RFC 3339.
    received_at: String,
    /// `waiting`, `parted` or `refused`.
    state: &'static str,
    /// The number of its pages, once it is parted.
    pages: Option<u16>,
    /// Why it was refused.
    problem: Option<ProblemDocument>,
    /// Whether it can be parted again.
    retryable: bool,
    /// Its letters.
    letters: Vec<LetterDocument>,
}

/// A letter of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterDocument {
    /// Which letter of the file, from 1.
    place: u16,
    /// Its pages, as pages of the file.
    pages: Vec<PageDocument>,
    /// Whether the same pages had been taken in before.
    replay: bool,
    /// The number on its sticker.
    sticker: Option<String>,
    /// How far it has come.
    #[serde(flatten)]
    arrival: ArrivalDocument,
}

/// A page of a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageDocument {
    /// The page of the file, from 1.
    page: u16,
    /// What it is to the letter: `envelope`, `letter` or `enclosure`.
    part: &'static str,
    /// Whether nothing was seen on it.
    blank: bool,
}

impl FileDocument {
    fn of(listed: &ListedFile) -> Self {
        let file = &listed.file;
        let (pages, problem) = match &file.state {
            BatchFileState::Waiting => (None, None),
            BatchFileState::Parted { pages, .. } => (Some(*pages), None),
            BatchFileState::Refused { problem, .. } => (None, Some(problem)),
        };
        Self {
            file: file.id.to_string(),
            name: file.name.clone(),
            bytes: file.bytes,
            received_at: file.received_at.to_string(),
            state: file.state.as_str(),
            pages,
            retryable: problem.is_some_and(may_be_parted_again),
            problem: problem.map(ProblemDocument::of),
            letters: listed.letters.iter().map(|(letter, entered)| LetterDocument::of(letter, entered)).collect(),
        }
    }
}

impl LetterDocument {
    fn of(letter: &BatchLetter, entered: &Entered) -> Self {
        let page = |page: &case::batch::LetterPage| PageDocument {
            page: page.page,
            part: page.part.as_str(),
            blank: page.blank,
        };
        Self {
            place: letter.place,
            pages: letter.pages.iter().map(page).collect(),
            replay: letter.replay,
            sticker: letter.number.as_ref().map(ToString::to_string),
            arrival: ArrivalDocument::of(entered),
        }
    }
}

/// Tells how far a batch has come.
///
/// # Errors
/// No such batch.
#[utoipa::path(
    get, path = "/api/v1/batches/{id}", tag = "mailroom", security(("session" = [])),
    params(("id" = String, Path, description = "The batch's identifier"), Part),
    responses((status = 200, description = "The batch", body = BatchDocument))
)]
pub async fn read_batch(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    id: web::Path<String>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let paging = paging(part.offset, part.limit);
    let (batch, found) = gateway.batch(allowed.viewer(), identifier(&id)?, paging).await?;
    Ok(HttpResponse::Ok().json(BatchDocument {
        batch: batch.id.to_string(),
        name: batch.name,
        source: batch.source.as_str(),
        opened_at: batch.opened_at.to_string(),
        files: found.rows.iter().map(FileDocument::of).collect(),
        total: found.total,
    }))
}
