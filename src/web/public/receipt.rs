//! The receipt: number and query code, to be copied or printed. It is the answer to the form itself, so the code stands in no
//! address; sending the same form again gives the same receipt.

use actix_web::HttpResponse;
use askama::Template;

use crate::gateway::Gateway;
use crate::intake::receipt::Receipt;
use crate::presentation::time::moment;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::shell;

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    number: String,
    query_code: String,
    registered_at: String,
    replay: bool,
    files: usize,
    accusation: bool,
}

/// The receipt as a page. `files` were taken with it; `accusation`: the petitioner chose 检举控告.
pub(super) fn answer(
    gateway: &Gateway,
    receipt: &Receipt,
    files: usize,
    accusation: bool,
) -> Result<HttpResponse, WebError> {
    html(&ReceiptPage {
        shell: shell(gateway, "登记回执", "/petitions/new"),
        number: receipt.number.to_string(),
        query_code: receipt.query_code.to_string(),
        registered_at: moment(receipt.registered_at),
        replay: receipt.replay,
        files,
        accusation,
    })
}
