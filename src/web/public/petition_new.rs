//! `GET /petitions/new`: the empty form.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::form::Fields;
use crate::web::problem::WebError;
use crate::web::public::petition_form::FormPage;

pub(super) async fn petition_new(gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    FormPage::of(&gateway, Fields::default()).answer()
}
