//! `DELETE /api/v1/session`: signs out.

use actix_web::{HttpResponse, web};
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::OwnSession;
use crate::web::problem::WebError;
use crate::web::session;

/// Signs out.
///
/// # Errors
/// Nobody is signed in, or the form token is wrong.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session", security(("session" = [], "form_token" = [])),
    responses((status = 204, description = "Signed out"))
)]
pub async fn end_session(
    own: OwnSession,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.sign_out(&own.0.token).await?;
    let mut gone = session::cookie(&gateway, String::new());
    gone.make_removal();
    let mut answer = HttpResponse::NoContent().finish();
    answer.add_cookie(&gone).map_err(|_invalid| WebError::from(ProblemCode::Internal))?;
    Ok(answer)
}
