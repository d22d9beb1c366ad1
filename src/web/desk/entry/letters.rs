//! `/desk/letters/new`: scans of letters are taken in, each file as one.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::desk::entry::entered;
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::{FILE_LIMIT, Part, Upload};

/// Where the form is.
const PATH: &str = "/desk/letters/new";

/// The form.
#[derive(Template)]
#[template(path = "desk/letters_new.html")]
struct FormPage {
    shell: Shell,
    file_limit: usize,
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
    html(&FormPage {
        shell: menu::shell(&gateway, &allowed.person, "来信登记", PATH, &query), file_limit: FILE_LIMIT
    })
}

/// Takes every file in. When the answer comes, the originals are safe; they are read in the background.
///
/// # Errors
/// The form is damaged or holds no file.
pub async fn take_in(mut upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let mut items = Vec::new();
    while let Some(part) = upload.next().await? {
        if let Part::File { name, content } = part {
            items.push(entered::take_in(&gateway, Channel::Letter, &name, content).await);
        }
    }
    if items.is_empty() {
        return Err(WebError::from(entered::nothing()).back_to(PATH));
    }
    Ok(see_other(&super::item::address(&items)))
}
