//! `GET /api/openapi.json`: the API described (OpenAPI 3.1).

use std::sync::LazyLock;

use actix_web::HttpResponse;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Info, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa::{OpenApi as _, PartialSchema, ToSchema};

use crate::presentation::problem::ProblemDocument;
use crate::web::api::Operations;
use crate::web::api::staff::FORM_TOKEN_HEADER;
use crate::web::problem::{PROBLEM_TYPE, WebError};
use crate::web::session;

/// What stands over the description.
const INTRODUCTION: &str = "信访件的登记、查询与办理。Errors are RFC 9457 problem documents: programs tell them apart by `code`, which \
is stable. Staff sign in at `/api/v1/session`; requests that change something carry the session's form token besides its cookie. \
Personal data is masked wherever the operation does not say otherwise. Answers of 429 and 503 say in `Retry-After` when to try again.";

/// The description, made once.
static DESCRIPTION: LazyLock<Result<String, serde_json::Error>> = LazyLock::new(|| open_api().to_json());

/// Gives the description.
///
/// # Errors
/// It cannot be written as JSON.
pub async fn description() -> Result<HttpResponse, WebError> {
    match &*DESCRIPTION {
        Ok(json) => Ok(HttpResponse::Ok().content_type("application/json").body(json.as_str())),
        Err(error) => {
            tracing::error!(error = %error, "the description of the API cannot be made");
            Err(case::problem::ProblemCode::Internal.into())
        }
    }
}

/// The operations, who may call them, and that each can answer with a problem.
fn open_api() -> OpenApi {
    let mut api = Operations::openapi();
    api.info = Info::new("信桥 xinqiao", env!("CARGO_PKG_VERSION"));
    api.info.description = Some(INTRODUCTION.to_owned());
    let components = api.components.get_or_insert_default();
    let cookie = ApiKeyValue::with_description(session::COOKIE, "The session, set by `POST /api/v1/session`");
    let token = ApiKeyValue::with_description(FORM_TOKEN_HEADER, "`form_token` of `POST /api/v1/session`");
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.add_security_scheme("form_token", SecurityScheme::ApiKey(ApiKey::Header(token)));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("calls.push_token")).build();
    components.add_security_scheme("telephone_system", SecurityScheme::Http(bearer));
    components.schemas.insert(ProblemDocument::name().into_owned(), ProblemDocument::schema());
    let problem = ResponseBuilder::new()
        .description("A problem; `status` and `code` say which")
        .content(
            PROBLEM_TYPE,
            ContentBuilder::new().schema(Some(Ref::from_schema_name(ProblemDocument::name()))).build(),
        )
        .build();
    for path in api.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.post, &mut path.delete, &mut path.put, &mut path.patch];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(problem.clone()));
        }
    }
    api
}
