//! `GET /desk/batches/{id}`: the files of a batch, what each became, and what was refused and why.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::batch::{BatchFileState, BatchLetter};
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;

use super::PATH;
use crate::desk::entered::Entered;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::mailroom::listing::{ListedFile, may_be_parted_again, was_kept};
use crate::presentation::time;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::text;
use crate::web::desk::{identifier, menu};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// The page.
#[derive(Template)]
#[template(path = "desk/batch.html")]
struct BatchPage {
    shell: Shell,
    id: String,
    name: String,
    source: &'static str,
    opened_at: String,
    address: String,
    files: Vec<FileView>,
    working: bool,
    pager: Pager,
}

/// A file.
struct FileView {
    id: String,
    name: String,
    size: String,
    received_at: String,
    state: String,
    problem: Option<String>,
    retryable: bool,
    /// Whether the viewer may have the refused file.
    original: bool,
    letters: Vec<LetterView>,
}

/// A letter of a file.
struct LetterView {
    place: u16,
    pages: String,
    /// The pages on which nothing was seen; empty without any.
    blanks: String,
    state: &'static str,
    problem: Option<String>,
    number: Option<String>,
    query_code: Option<String>,
    visible: bool,
    working: bool,
    replay: bool,
}

/// Shows a batch.
///
/// # Errors
/// No such batch, or the store failed.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let page = pager::page(&query);
    let back = |problem: Problem| WebError::from(problem).back_to(PATH);
    let (batch, found) = gateway.batch(allowed.viewer(), id, pager::paging(page)).await.map_err(back)?;
    let files: Vec<FileView> = found.rows.iter().map(|file| FileView::of(file, allowed.viewer())).collect();
    let address = format!("{PATH}/{id}");
    html(&BatchPage {
        shell: menu::shell(&gateway, &allowed.person, &batch.name, PATH, &query),
        id: batch.id.to_string(),
        source: batch.source.label(),
        opened_at: time::moment(batch.opened_at),
        working: found.rows.iter().any(|file| matches!(file.file.state, BatchFileState::Waiting))
            || files.iter().any(|file| file.letters.iter().any(|letter| letter.working)),
        pager: Pager::of(page, found.total, &address, &query, &[]),
        name: batch.name,
        address,
        files,
    })
}

impl FileView {
    fn of(listed: &ListedFile, viewer: &Viewer) -> Self {
        let file = &listed.file;
        let (state, problem) = match &file.state {
            BatchFileState::Waiting => ("正在拆分".to_owned(), None),
            BatchFileState::Parted { pages, letters, .. } => (format!("{pages}页，{letters}件"), None),
            BatchFileState::Refused { problem, .. } => ("未登记".to_owned(), Some(problem)),
        };
        let open = |problem: &&Problem| problem.code != ProblemCode::SealedScanned || viewer.may(Permission::Sealed);
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            size: text::size(file.bytes),
            received_at: time::moment(file.received_at),
            state,
            retryable: problem.is_some_and(may_be_parted_again),
            original: problem.filter(open).is_some_and(was_kept),
            problem: problem.map(told),
            letters: listed.letters.iter().map(|(letter, entered)| LetterView::of(letter, entered)).collect(),
        }
    }
}

impl LetterView {
    fn of(letter: &BatchLetter, entered: &Entered) -> Self {
        let (state, problem) = match &entered.progress {
            Progress::Working if entered.submission.is_some() => ("已登记，正在查重", None),
            Progress::Working => ("正在识别", None),
            Progress::Done => ("已登记", None),
            Progress::Refused(problem) => ("无法读取，原件在待处理来件", Some(problem)),
            Progress::Held(problem) if entered.submission.is_some() => ("已登记，查重暂缓", Some(problem)),
            Progress::Held(problem) => ("识别暂缓", Some(problem)),
        };
        let pages: Vec<String> = letter
            .pages
            .chunk_by(|one, next| one.part == next.part && one.page.saturating_add(1) == next.page)
            .filter_map(|run| run.first().zip(run.last()))
            .map(|(first, last)| match first.page == last.page {
                true => format!("{}第{}页", first.part.label(), first.page),
                false => format!("{}第{}至{}页", first.part.label(), first.page, last.page),
            })
            .collect();
        let blanks = letter.pages.iter().filter(|page| page.blank).map(|page| page.page.to_string());
        Self {
            blanks: blanks.collect::<Vec<_>>().join("、"),
            place: letter.place,
            pages: pages.join("，"),
            state,
            problem: problem.map(told),
            number: entered.submission.as_ref().map(|submission| submission.number.to_string()),
            query_code: entered.submission.as_ref().map(|submission| submission.query_code.to_string()),
            visible: entered.visible,
            working: entered.progress == Progress::Working,
            replay: letter.replay,
        }
    }
}

fn told(problem: &Problem) -> String {
    match problem.detail.as_str() {
        "" => problem.code.title().to_owned(),
        detail => format!("{}：{detail}", problem.code.title()),
    }
}
