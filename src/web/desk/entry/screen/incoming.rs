//! `GET /desk/calls/incoming`: waits for calls that the telephone system announces (long polling, which needs nothing of proxies).

use std::time::Duration;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::gateway::Gateway;
use crate::web::form::Asked;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// How long an answer is waited for: below the patience of proxies.
const LONGEST: Duration = Duration::from_secs(20);

/// What the script is told.
#[derive(Serialize)]
struct Incoming {
    /// Where to go on from.
    after: u64,
    calls: Vec<Call>,
}

#[derive(Serialize)]
struct Call {
    call_id: String,
    caller_number: String,
}

/// Waits.
///
/// # Errors
/// Nobody is signed in.
pub async fn wait(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let after = query.text("after").parse().unwrap_or(0);
    let operator = &allowed.viewer().staff().user_name;
    let (mut calls, mut last) = gateway.incoming.behind(after, operator, gateway.clock.now());
    if calls.is_empty() {
        gateway.incoming.wait(LONGEST).await;
        (calls, last) = gateway.incoming.behind(after, operator, gateway.clock.now());
    }
    let shown =
        |call: crate::entry::incoming::IncomingCall| Call { call_id: call.call_id, caller_number: call.caller_number };
    Ok(HttpResponse::Ok().json(Incoming { after: last, calls: calls.into_iter().map(shown).collect() }))
}
