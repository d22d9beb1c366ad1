//! `GET /petitions/status`: asks for number and query code.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::page::html;
use crate::web::problem::WebError;
use crate::web::public::status::AskPage;

pub(super) async fn status_ask(gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    html(&AskPage::of(&gateway, false))
}
