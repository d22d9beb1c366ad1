//! `POST /api/v1/session`: signs in.

use actix_web::{HttpResponse, web};
use case::problem::ProblemCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::limited::{Limited, SignIns};
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The user name.
    user: String,
    /// The password.
    password: String,
}

/// A session that began; its cookie comes with the answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionDocument {
    /// What every request that changes something carries in `X-Form-Token`.
    form_token: String,
    /// The person's roles, such as `officer`.
    roles: Vec<&'static str>,
}

/// Signs in.
///
/// The session is the cookie `xinqiao_session`. Requests that change something also need the form token.
///
/// # Errors
/// Name or password is wrong, or too many attempts come from this address.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session",
    request_body = Credentials,
    responses((status = 200, description = "Signed in", body = SessionDocument))
)]
pub async fn begin_session(
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
    given: Limited<SignIns, Credentials>,
) -> Result<HttpResponse, WebError> {
    let (viewer, token) = gateway.sign_in(&given.body.user, &given.body.password).await?;
    let document = SessionDocument {
        form_token: token.form_token(),
        roles: viewer.staff().roles.iter().map(|role| role.as_str()).collect(),
    };
    let mut answer = HttpResponse::Ok().json(document);
    answer
        .add_cookie(&session::cookie(&gateway, token.as_str().to_owned()))
        .map_err(|_invalid| WebError::from(ProblemCode::Internal))?;
    Ok(answer)
}
