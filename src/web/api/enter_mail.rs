//! `POST /api/v1/mails`: takes a mail in.

use actix_web::{HttpResponse, web};
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::api::enter_letter::{TakenInDocument, take_in};
use crate::web::api::staff::Document;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Takes a mail in.
///
/// The body is the message as it was transmitted (RFC 5322), or a multipart form with one such file. It is read in the background.
///
/// # Errors
/// It is too large, or too much waits to be read.
#[utoipa::path(
    post, path = "/api/v1/mails", tag = "entering", security(("session" = [], "form_token" = [])),
    params(("name" = Option<String>, Query, description = "What the file is called, when it is the body itself")),
    request_body(content = String, content_type = "message/rfc822", description = "The message"),
    responses((status = 202, description = "Taken in", body = TakenInDocument))
)]
pub async fn enter_mail(document: Document<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    Ok(take_in(&gateway, Channel::Mail, &document).await?)
}
