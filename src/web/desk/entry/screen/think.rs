//! `POST /desk/entry/think`: likely duplicates and values for fields, while somebody types.

use actix_web::{HttpResponse, web};

use super::content;
use crate::gateway::Gateway;
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Thinks along.
///
/// # Errors
/// A field is too long, or the engine or the store failed.
pub async fn think(posted: Posted<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let suggested = gateway.suggest_for_entry(posted.viewer(), &content(&posted.fields)).await;
    Ok(HttpResponse::Ok().json(suggested.map_err(|problem| WebError::from(problem).for_programs())?))
}
