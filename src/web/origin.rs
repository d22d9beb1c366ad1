//! Requests that change something must come from our own pages: a browser tells where a request comes from, and what comes from
//! elsewhere is refused before anything is read of it. Programs tell neither header and are let through; what a session may
//! do needs the form token besides.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::problem::WebError;

/// The middleware.
///
/// # Errors
/// Those of what stands within; a refusal of its own is an answer ([`ProblemCode::ForeignOrigin`]).
pub async fn check<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    if request.method().is_safe() || is_ours(&request) {
        next.call(request).await.map(ServiceResponse::map_into_left_body)
    } else {
        Ok(request.error_response(WebError::from(ProblemCode::ForeignOrigin)).map_into_right_body())
    }
}

fn is_ours(request: &ServiceRequest) -> bool {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = header("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = header(header::ORIGIN.as_str()) else { return true };
    let public = request.app_data::<web::Data<Gateway>>().map(|gateway| gateway.configuration.public_url());
    let host = header(header::HOST.as_str()).unwrap_or_default();
    public.as_deref() == Some(origin)
        || origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn comes_from_us(headers: &[(&'static str, &str)]) -> bool {
        let request =
            headers.iter().fold(TestRequest::post().uri("/desk"), |request, header| request.insert_header(*header));
        is_ours(&request.to_srv_request())
    }

    #[test]
    fn what_another_site_sends_is_refused() {
        for (headers, ours) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "http://office.example.invalid"), ("host", "office.example.invalid")], true),
            (vec![("origin", "http://evil.example.invalid"), ("host", "office.example.invalid")], false),
            (vec![("origin", "null"), ("host", "office.example.invalid")], false),
        ] {
            assert_eq!(comes_from_us(&headers), ours, "{headers:?}");
        }
    }
}
