//! `/desk/calls/new`: the record of a call, typed, pasted or as a file. It is registered at once: the caller waits for the number.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::channel::Channel;
use case::problem::Problem;

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

/// Where the form is.
const PATH: &str = "/desk/calls/new";
/// What a typed record is called.
const TYPED: &str = "来电记录.txt";

/// The form.
#[derive(Template)]
#[template(path = "desk/calls_new.html")]
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
    html(&FormPage { shell: menu::shell(&gateway, &allowed.person, "来电登记", PATH, &query) })
}

/// Registers the typed record and every file.
///
/// # Errors
/// The form is damaged or holds neither words nor file.
pub async fn submit(mut upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let mut items = Vec::new();
    while let Some(part) = upload.next().await? {
        match part {
            Part::Text { name, value } if name == "transcript" && !value.trim().is_empty() => {
                items.push(register(&gateway, TYPED, Ok(value.into_bytes())).await);
            }
            Part::Text { .. } => {}
            Part::File { name, content } => items.push(register(&gateway, &name, content).await),
        }
    }
    if items.is_empty() {
        return Err(WebError::from(entered::nothing()).back_to(PATH));
    }
    Ok(see_other(&address(&items)))
}

async fn register(gateway: &Gateway, name: &str, content: Result<Vec<u8>, Problem>) -> Item {
    let registered = match content {
        Ok(bytes) => gateway.submit(Channel::Call, name, &bytes, Vec::new()).await,
        Err(problem) => Err(problem),
    };
    registered.map_or_else(
        |problem| Item::Refused(problem.code),
        |receipt| Item::Taken(Entry::Submission(receipt.submission)),
    )
}
