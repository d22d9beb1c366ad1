//! `POST /desk/cases/{number}/send`: sends a case to a unit.

use actix_web::{HttpResponse, web};
use case::problem::Problem;
use case::unit::UnitCode;

use crate::desk::send::Sending;
use crate::gateway::Gateway;
use crate::web::desk::case_page::{number, path_of};
use crate::web::desk::done::Done;
use crate::web::form::{Fields, Posted, invalid};
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Sends.
///
/// # Errors
/// No such case, or a unit that must not get it.
pub async fn send(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    let sending = sending(&posted.fields).map_err(back)?;
    gateway.send(posted.viewer(), &number, sending).await.map_err(back)?;
    Ok(see_other(&Done::Sent.on(&path_of(&number))))
}

fn sending(fields: &Fields) -> Result<Sending, Problem> {
    let unit = |code: &str, label| UnitCode::parse(code).map_err(|_invalid| invalid(label));
    Ok(Sending {
        lead: unit(fields.text("lead"), "责任单位")?,
        assisting: fields.all("assisting").map(|code| unit(code, "配合单位")).collect::<Result<_, _>>()?,
        kind: fields.parse("kind", "方式")?.ok_or_else(|| invalid("方式"))?,
        note: fields.given("note").map(ToOwned::to_owned),
    })
}
