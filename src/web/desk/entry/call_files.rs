//! `/desk/calls/files`: transcripts and recordings of calls that are over, as files or pasted. A transcript is registered at once.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::actor::Actor;
use case::problem::Problem;

use crate::calls::bring::{Brought, CallFile};
use crate::desk::entered::Entry;
use crate::gateway::Gateway;
use crate::web::desk::entry::entered;
use crate::web::desk::entry::item::{Item, address};
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::{Part, Upload};
use channels::call::recording;

/// Where the form is.
pub const PATH: &str = "/desk/calls/files";
/// What a typed record is called.
const TYPED: &str = "来电记录.txt";

/// The form.
#[derive(Template)]
#[template(path = "desk/call_files.html")]
struct FormPage {
    shell: Shell,
}

/// Shows the form.
///
/// # Errors
/// The template cannot be filled.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    html(&FormPage { shell: menu::shell(&gateway, &allowed.person, "上传通话记录", PATH, &query) })
}

/// Registers the typed record and every file. A recording and a transcript of one name that follow one another are one call.
///
/// # Errors
/// The form is damaged or holds neither words nor file.
pub async fn submit(mut upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let mut items = Vec::new();
    let by = upload.allowed.viewer().actor();
    // Never more than two files are in memory.
    let mut waiting: Option<(String, Vec<u8>)> = None;
    while let Some(part) = upload.next().await? {
        match part {
            Part::Text { name, value } if name == "transcript" && !value.trim().is_empty() => {
                items.push(bring(&gateway, &by, &[CallFile { name: TYPED, bytes: value.as_bytes() }]).await);
            }
            Part::Text { .. } => {}
            Part::File { name, content } => match (content, waiting.take()) {
                (Err(problem), earlier) => {
                    if let Some((name, bytes)) = earlier {
                        items.push(bring(&gateway, &by, &[CallFile { name: &name, bytes: &bytes }]).await);
                    }
                    items.push(Item::Refused(problem.code));
                }
                (Ok(bytes), None) => waiting = Some((name, bytes)),
                (Ok(bytes), Some((other, before))) => {
                    let (one, two) =
                        (CallFile { name: &other, bytes: &before }, CallFile { name: &name, bytes: &bytes });
                    if belong_together(&one, &two) {
                        items.push(bring(&gateway, &by, &[one, two]).await);
                    } else {
                        items.push(bring(&gateway, &by, &[one]).await);
                        waiting = Some((name, bytes));
                    }
                }
            },
        }
    }
    if let Some((name, bytes)) = waiting {
        items.push(bring(&gateway, &by, &[CallFile { name: &name, bytes: &bytes }]).await);
    }
    if items.is_empty() {
        return Err(WebError::from(entered::nothing()).back_to(PATH));
    }
    Ok(see_other(&address(&items)))
}

fn belong_together(one: &CallFile<'_>, two: &CallFile<'_>) -> bool {
    recording::stem(one.name) == recording::stem(two.name)
        && recording::is_one(one.bytes) != recording::is_one(two.bytes)
}

async fn bring(gateway: &Gateway, by: &Actor, files: &[CallFile<'_>]) -> Item {
    let taken = |brought: Brought| match brought {
        Brought::Registered(receipt) => Entry::Submission(receipt.submission),
        Brought::TakenIn(taken) => Entry::Arrival(taken.arrival.id),
    };
    let brought: Result<Brought, Problem> = gateway.bring_call(files, by.clone()).await;
    brought.map_or_else(|problem| Item::Refused(problem.code), |brought| Item::Taken(taken(brought)))
}
