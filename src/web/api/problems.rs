//! Every error under `/api` is told as a problem document, whoever made it: a handler, an extractor, actix itself or a middleware.
//! Elsewhere it is told as a page.

use actix_web::HttpResponse;
use actix_web::ResponseError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use case::problem::ProblemCode;

use crate::web::problem::WebError;

/// What every address of the API begins with.
const PREFIX: &str = "/api/";

/// Whether what asks for `path` is a program.
#[must_use]
pub fn asked_by_program(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// The middleware. It stands outside of everything that can refuse a request.
///
/// # Errors
/// What a middleware within it refused, told to a program when a program asked.
pub async fn tell<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if !asked_by_program(request.path()) {
        return next.call(request).await.map(tell_person);
    }
    let response = next.call(request).await.map_err(|error| told(&error).for_programs())?;
    let status = response.status();
    let error = match response.response().error() {
        // Also when the error would lead a person elsewhere, to sign in.
        Some(error) => told(error),
        None if status.is_client_error() || status.is_server_error() => code_of(status).into(),
        None => return Ok(response.map_into_left_body()),
    };
    let (request, response) = response.into_parts();
    let mut document: HttpResponse = error.for_programs().error_response();
    if let Some(methods) = response.headers().get(header::ALLOW) {
        document.headers_mut().insert(header::ALLOW, methods.clone());
    }
    Ok(ServiceResponse::new(request, document).map_into_right_body())
}

/// What actix itself refused, as a page. Pages that handlers made have statuses of their own, and are left.
fn tell_person<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<EitherBody<B>> {
    let status = response.status();
    let is_ours = match response.response().error() {
        Some(error) => error.as_error::<WebError>().is_some(),
        // A route without the method answers so, without a word.
        None => status != StatusCode::METHOD_NOT_ALLOWED,
    };
    if is_ours || !(status.is_client_error() || status.is_server_error()) {
        return response.map_into_left_body();
    }
    let (request, response) = response.into_parts();
    let mut page: HttpResponse = WebError::from(code_of(status)).error_response();
    if let Some(methods) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, methods.clone());
    }
    ServiceResponse::new(request, page).map_into_right_body()
}

fn told(error: &actix_web::Error) -> WebError {
    let own = error.as_error::<WebError>().cloned();
    own.unwrap_or_else(|| WebError::from(code_of(error.as_response_error().status_code())))
}

/// The problem behind a status that actix gave.
fn code_of(status: StatusCode) -> ProblemCode {
    match status {
        StatusCode::NOT_FOUND => ProblemCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ProblemCode::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => ProblemCode::RequestTimeout,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::InputTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemCode::UnsupportedType,
        other if other.is_client_error() => ProblemCode::MalformedInput,
        _ => ProblemCode::Internal,
    }
}
