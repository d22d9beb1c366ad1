//! What every request passes first and every answer last: a number for the log, patience with slow bodies, the headers that no
//! answer may lack, and an answer even where a handler broke.
//!
//! It stands outside of everything else, so that a refusal by another middleware, a limit or a panic carries the same headers as a
//! page. The log has method, route, status and milliseconds: never a path or a query, which hold numbers and words.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError};
use case::problem::ProblemCode;
use futures_util::FutureExt;
use tracing::Instrument;
use tracing::field::Empty;

use crate::gateway::Gateway;
use crate::web::problem::WebError;
use crate::web::request_id::{self, RequestId};
use crate::web::{api, headers, slow_body};

/// What the log names a request that reached no route.
const NO_ROUTE: &str = "-";

/// The middleware.
///
/// # Errors
/// Only answers that are complete, where the request is gone that they would be joined with.
pub async fn pass(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let gateway = request.app_data::<actix_web::web::Data<Gateway>>().cloned();
    let gateway = gateway.ok_or_else(|| WebError::from(ProblemCode::Internal))?;
    let id = RequestId::fresh(&*gateway.randomness);
    let manner = headers::Manner::of(&gateway, request.path());
    let for_programs = api::problems::asked_by_program(request.path());
    let patience = Duration::from_secs(gateway.configuration.web.body_seconds);
    let (payload, given_up) = slow_body::watched(request.take_payload(), patience);
    request.set_payload(payload);

    let span = tracing::error_span!(
        "request", id = %id, method = %request.method(), route = Empty, status = Empty, milliseconds = Empty
    );
    let started = Instant::now();
    let work = async {
        let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        let mut result = whole(answered, for_programs);
        if given_up.is_set() {
            result = too_slow(result, for_programs);
        }
        if let Ok(response) = &mut result {
            manner.set(response.headers_mut());
            response.headers_mut().insert(request_id::HEADER, id.header());
        }
        let (status, route) = match &result {
            Ok(response) => (response.status(), response.request().match_pattern()),
            Err(error) => (error.as_response_error().status_code(), None),
        };
        let span = tracing::Span::current();
        span.record("route", route.as_deref().unwrap_or(NO_ROUTE));
        span.record("status", status.as_u16());
        span.record("milliseconds", u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
        tracing::info!("answered");
        result.map_err(|error| complete(&error, &manner, id))
    };
    id.around(work.instrument(span)).await
}

type Answered<B> = Result<ServiceResponse<B>, Error>;

/// What a handler made, or the problem that it broke.
fn whole<B: MessageBody + 'static>(
    answered: std::thread::Result<Answered<B>>,
    for_programs: bool,
) -> Answered<BoxBody> {
    match answered {
        Ok(answered) => answered.map(ServiceResponse::map_into_boxed_body),
        // The panic hook has logged where; its words may hold what somebody sent, so they are not repeated.
        Err(_panic) => {
            tracing::error!("a handler panicked");
            Err(told(ProblemCode::Internal, for_programs).into())
        }
    }
}

/// The answer to a body that came too slowly, instead of whatever the handler made of half of it. The connection is closed: the
/// rest of the body must not be taken for another request.
fn too_slow(result: Answered<BoxBody>, for_programs: bool) -> Answered<BoxBody> {
    let error = told(ProblemCode::RequestTimeout, for_programs);
    let response = result?;
    let (request, _unfinished) = response.into_parts();
    let mut response: HttpResponse = error.error_response();
    response.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    Ok(ServiceResponse::new(request, response))
}

fn told(code: ProblemCode, for_programs: bool) -> WebError {
    let error = WebError::from(code);
    if for_programs { error.for_programs() } else { error }
}

/// An error whose answer has everything that an answer must have.
fn complete(error: &Error, manner: &headers::Manner, id: RequestId) -> Error {
    let mut response = error.error_response();
    manner.set(response.headers_mut());
    response.headers_mut().insert(request_id::HEADER, id.header());
    let status: StatusCode = response.status();
    InternalError::from_response(format!("answered with {}", status.as_u16()), response).into()
}
