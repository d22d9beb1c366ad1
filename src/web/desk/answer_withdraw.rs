//! `POST /desk/answers/{id}/withdraw`: withdraws a published answer.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::{answers, case_page, identifier};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Withdraws.
///
/// # Errors
/// No such answer, no reason given, or it was withdrawn before.
pub async fn withdraw(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let back = case_page::number(posted.fields.text("case"))
        .map_or_else(|_none| "/desk".to_owned(), |number| answers::path_of(&number));
    gateway
        .withdraw_answer(posted.viewer(), identifier(&path)?, posted.fields.text("reason"))
        .await
        .map_err(|problem| WebError::from(problem).back_to(back.clone()))?;
    Ok(see_other(&Done::AnswerWithdrawn.on(&back)))
}
