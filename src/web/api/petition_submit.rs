//! `POST /api/v1/petitions`: registers a petition, as the public form does.

use actix_web::{HttpRequest, HttpResponse, web};
use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use channels::web::{Form, IDEMPOTENCY_KEY_LIMIT, JSON_LIMIT};

use crate::gateway::Gateway;
use crate::web::api::body::{self, Raw};
use crate::web::api::petition_schema::PetitionForm;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::receipt::{self, ReceiptDocument};
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;

/// The header that says which attempts are the same submission.
pub const KEY_HEADER: &str = "idempotency-key";
/// What the original of a petition of a program is called.
const SOURCE_NAME: &str = "API";

/// Registers a petition.
///
/// The answer comes when the petition is durable. Whoever lost an answer sends the same again and gets the same receipt with 200:
/// it is the same when its `Idempotency-Key` is, or, without one, its content.
///
/// # Errors
/// The form is refused, the key was used for another form, or too many come from this address.
#[utoipa::path(
    post, path = "/api/v1/petitions", tag = "petitioners",
    params(("Idempotency-Key" = Option<String>, Header, description = "Used as `idempotency_key` of a form that has none; at most 200 characters")),
    request_body = PetitionForm,
    responses(
        (status = 201, description = "Registered", body = ReceiptDocument),
        (status = 200, description = "Registered before: the same receipt again", body = ReceiptDocument),
    )
)]
pub async fn submit_petition(
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    _query: Query<Nothing>,
    raw: Raw,
) -> Result<HttpResponse, WebError> {
    limits.submission(&request).map_err(|error| error.saying("提交次数过多，请按Retry-After给出的秒数等待后重试"))?;
    body::require_json(&request)?;
    let bytes = raw.read(JSON_LIMIT).await?;
    let original = original(bytes, body::header_text(&request, KEY_HEADER))?;
    let receipt = gateway.submit(Channel::Web, SOURCE_NAME, &original, Vec::new()).await?;
    Ok(receipt::answer(&gateway, &receipt).await?)
}

/// What is kept as the original: the body as it came, or the form with the key of the header.
fn original(bytes: Vec<u8>, key: Option<&str>) -> Result<Vec<u8>, Problem> {
    let form = channels::web::parse(&bytes)?;
    if !form.attachments.is_empty() {
        // Files cannot be uploaded here: a petition without the files that it speaks of would mislead.
        return Err(ProblemCode::InvalidField.because("attachments：接口暂不接收附件，请通过网页表单提交带附件的信访"));
    }
    match key {
        Some(key) if key.chars().count() > IDEMPOTENCY_KEY_LIMIT => {
            Err(ProblemCode::InvalidField.because(format!("请求头Idempotency-Key最多{IDEMPOTENCY_KEY_LIMIT}字")))
        }
        Some(key) if form.idempotency_key.is_none() => {
            let form = Form { idempotency_key: Some(key.to_owned()), ..form };
            serde_json::to_vec(&form).map_err(|_impossible| ProblemCode::Internal.into())
        }
        Some(_) | None => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(body: &str, header: Option<&str>) -> Option<String> {
        let original = original(body.as_bytes().to_vec(), header).unwrap();
        channels::web::parse(&original).unwrap().idempotency_key
    }

    #[test]
    fn the_key_of_the_form_goes_before_the_one_of_the_header() {
        assert_eq!(key_of(r#"{"body":"停水"}"#, Some("a")).as_deref(), Some("a"));
        assert_eq!(key_of(r#"{"body":"停水","idempotency_key":"b"}"#, Some("a")).as_deref(), Some("b"));
        assert_eq!(key_of(r#"{"body":"停水"}"#, None), None);
    }

    #[test]
    fn without_a_key_the_body_is_kept_as_it_came() {
        let body = b" {\"body\": \"\xe5\x81\x9c\xe6\xb0\xb4\"}\n".to_vec();
        assert_eq!(original(body.clone(), None).unwrap(), body);
    }
}
