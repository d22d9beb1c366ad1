//! `/desk/mails/new`: mails saved as files are taken in, each file as one.

use actix_web::{HttpResponse, web};
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::desk::entry::file_form::FileForm;
use crate::web::form::Asked;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::Upload;

const FORM: FileForm = FileForm {
    channel: Channel::Mail,
    path: "/desk/mails/new",
    title: "邮件登记",
    label: "邮件文件",
    accept: ".eml,message/rfc822",
    hint: ["从邮箱另存的.eml文件", "附件一并登记。"],
};

/// Shows the form.
///
/// # Errors
/// The template cannot be filled.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    query: Asked,
) -> Result<HttpResponse, WebError> {
    FORM.show(&gateway, &allowed.person, &query.0)
}

/// Takes every file in.
///
/// # Errors
/// The form is damaged or holds no file.
pub async fn take_in(upload: Upload<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    FORM.take_in(upload, &gateway).await
}
