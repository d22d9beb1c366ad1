//! The form that takes files in, each as one arrival: the same for letters and mails but for its words.

use actix_web::HttpResponse;
use askama::Template;
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::desk::entry::entered;
use crate::web::desk::entry::item::address;
use crate::web::desk::menu;
use crate::web::form::Fields;
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::session::{Enter, SignedIn};
use crate::web::upload::{FILE_LIMIT, Part, Upload};

/// A form for the files of one door.
pub(super) struct FileForm {
    /// The door.
    pub(super) channel: Channel,
    /// Where the form is.
    pub(super) path: &'static str,
    /// What stands over it.
    pub(super) title: &'static str,
    /// What the files are called.
    pub(super) label: &'static str,
    /// What the browser offers to choose.
    pub(super) accept: &'static str,
    /// What people must know of the files, before and behind how many there may be.
    pub(super) hint: [&'static str; 2],
}

/// The page.
#[derive(Template)]
#[template(path = "desk/files_new.html")]
struct FormPage<'a> {
    shell: Shell,
    form: &'a FileForm,
    file_limit: usize,
}

impl FileForm {
    /// Shows the form.
    pub(super) fn show(&self, gateway: &Gateway, person: &SignedIn, query: &Fields) -> Result<HttpResponse, WebError> {
        let shell = menu::shell(gateway, person, self.title, self.path, query);
        html(&FormPage { shell, form: self, file_limit: FILE_LIMIT })
    }

    /// Takes every file in. When the answer comes, the originals are safe; they are read in the background.
    pub(super) async fn take_in(&self, mut upload: Upload<Enter>, gateway: &Gateway) -> Result<HttpResponse, WebError> {
        let mut items = Vec::new();
        while let Some(part) = upload.next().await? {
            if let Part::File { name, content } = part {
                items.push(entered::take_in(gateway, self.channel, &name, content).await);
            }
        }
        if items.is_empty() {
            return Err(WebError::from(entered::nothing()).back_to(self.path));
        }
        Ok(see_other(&address(&items)))
    }
}
