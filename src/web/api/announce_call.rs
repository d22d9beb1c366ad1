//! `POST /api/v1/calls/incoming`: the telephone system announces a call (CTI); the operator's screen opens by it.
//!
//! A telephone system has no person who signs in: it shows a token of its own, which the configuration sets (`calls.push_token`) and which
//! opens nothing else.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use case::problem::{Problem, ProblemCode};
use case::staff::UserName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::body;
use crate::web::problem::WebError;

/// The most characters of a name of a call or of a number.
const TEXT_LIMIT: usize = 100;

/// A call that is coming in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncedCall {
    /// The telephone system's name of the call; the same call is announced once.
    call_id: String,
    /// The number that calls; empty or missing when it is withheld.
    #[serde(default)]
    caller_number: String,
    /// The user name of the operator whose telephone rings; missing: every operator's.
    #[serde(default)]
    operator: Option<String>,
}

/// What the telephone system is told.
#[derive(Debug, Serialize, ToSchema)]
struct AnnouncedDocument {
    /// The call's name.
    call_id: String,
}

/// A telephone system that showed the token.
pub struct TelephoneSystem;

impl FromRequest for TelephoneSystem {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let checked = check(request).map_err(WebError::from);
        Box::pin(async move { checked })
    }
}

fn check(request: &HttpRequest) -> Result<TelephoneSystem, Problem> {
    let gateway = request.app_data::<web::Data<Gateway>>().ok_or(ProblemCode::Internal)?;
    let token = gateway.configuration.calls.push_token.as_str();
    if token.is_empty() {
        return Err(ProblemCode::Forbidden.because("未启用来电推送（calls.push_token）"));
    }
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    // `blake3::Hash` compares in constant time.
    if blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes()) {
        Ok(TelephoneSystem)
    } else {
        Err(ProblemCode::Forbidden.because("来电推送的令牌缺失或不正确"))
    }
}

/// Announces a call.
///
/// # Errors
/// The token is missing or wrong, or a value is too long.
#[utoipa::path(
    post, path = "/api/v1/calls/incoming", tag = "entering", security(("telephone_system" = [])),
    request_body = AnnouncedCall,
    responses((status = 202, description = "Announced to the screens of operators", body = AnnouncedDocument))
)]
pub async fn announce_call(
    _telephone_system: TelephoneSystem,
    request: HttpRequest,
    payload: web::Payload,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, WebError> {
    let call: AnnouncedCall = body::json(&request, &mut payload.into_inner()).await?;
    let invalid = |name: &str| ProblemCode::InvalidField.because(format!("{name}为空、过长或不符合要求"));
    if call.call_id.trim().is_empty() || call.call_id.chars().nth(TEXT_LIMIT).is_some() {
        return Err(invalid("call_id").into());
    }
    if call.caller_number.chars().nth(TEXT_LIMIT).is_some() {
        return Err(invalid("caller_number").into());
    }
    let operator = call.operator.as_deref().map(UserName::parse).transpose();
    let operator = operator.map_err(|_invalid| invalid("operator"))?;
    gateway.incoming.announce(call.call_id.trim(), call.caller_number.trim(), operator, gateway.clock.now());
    Ok(HttpResponse::Accepted().json(AnnouncedDocument { call_id: call.call_id.trim().to_owned() }))
}
