//! `GET /`: the ways to be heard, the status look-up, and what happens next.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::gateway::Gateway;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::shell;

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage<'a> {
    shell: Shell,
    address: &'a str,
    mail: &'a str,
}

pub(super) async fn home(gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let office = &gateway.configuration.office;
    html(&HomePage { shell: shell(&gateway, "首页", "/"), address: &office.address, mail: &office.mail })
}
