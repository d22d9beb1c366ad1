//! `POST /api/v1/petitions`: registers a petition, as the public form does.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::submission::StoredFile;
use channels::web::{Form, FormAttachment, IDEMPOTENCY_KEY_LIMIT, JSON_LIMIT};

use crate::gateway::Gateway;
use crate::web::api::body::{self, Raw};
use crate::web::api::petition_schema::{PetitionForm, PetitionUpload};
use crate::web::api::query::{Nothing, Query};
use crate::web::api::receipt::{self, ReceiptDocument};
use crate::web::form::Fields;
use crate::web::problem::WebError;
use crate::web::public::incoming::{self, PETITION_PART};
use crate::web::public::limits::Limits;
use crate::web::public::waiting;

/// The header that says which attempts are the same submission.
pub const KEY_HEADER: &str = "idempotency-key";
/// What the original of a petition of a program is called.
const SOURCE_NAME: &str = "API";

/// Registers a petition.
///
/// Either the petition as JSON, or a form with the part `petition` (the same JSON) and behind it the files as `attachments`. The
/// answer comes when everything is durable. Whoever lost an answer sends the same again and gets the same receipt with 200: it is
/// the same when its `Idempotency-Key` is, or, without one, its content.
///
/// # Errors
/// The form or a file is refused, the key was used for another form, or too many come from this address.
#[utoipa::path(
    post, path = "/api/v1/petitions", tag = "petitioners",
    params(("Idempotency-Key" = Option<String>, Header, description = "Used as `idempotency_key` of a form that has none; at most 200 characters")),
    request_body(content((PetitionForm = "application/json"), (PetitionUpload = "multipart/form-data"))),
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
    let key = body::header_text(&request, KEY_HEADER);
    let (original, files) = if body::is_multipart(&request) {
        with_files(&gateway, Multipart::new(request.headers(), raw.into_payload()), key).await?
    } else {
        body::require_json(&request)?;
        (original(raw.read(JSON_LIMIT).await?, key)?, Vec::new())
    };
    let receipt = gateway.submit(Channel::Web, SOURCE_NAME, &original, files).await?;
    Ok(receipt::answer(&gateway, &receipt).await?)
}

/// A form with files: what is kept as the original, and its files, which are stored only once all of it is right.
async fn with_files(
    gateway: &Gateway,
    parts: Multipart,
    key: Option<&str>,
) -> Result<(Vec<u8>, Vec<StoredFile>), WebError> {
    let petition = |fields: &Fields| fields.text(PETITION_PART).as_bytes().to_vec();
    let incoming = incoming::read(gateway, parts, |fields| is_whole(&petition(fields))).await.map_err(told)?;
    let original = original(petition(&incoming.fields), key)?;
    if !is_whole(&original) {
        // The door refuses it with its reason and keeps it in the quarantine; its files were not kept.
        return Ok((original, Vec::new()));
    }
    if let Some(problem) = incoming.problems.first() {
        return Err(ProblemCode::InvalidField.because(format!("attachments：{problem}")).into());
    }
    if incoming.left > 0 {
        return Err(ProblemCode::InvalidField.because("petition应在所有文件之前").into());
    }
    if incoming.files.is_empty() {
        return Ok((original, Vec::new()));
    }
    let files = waiting::store_all(gateway, incoming.files).await?;
    let attachments = files.iter().map(|file| FormAttachment { name: file.name.clone(), hash: file.hash }).collect();
    let form = Form { attachments, ..channels::web::parse(&original)? };
    Ok((written(&form)?, files))
}

/// Whether the door takes the form.
fn is_whole(bytes: &[u8]) -> bool {
    checked(bytes).is_ok() && channels::web::read(bytes, None).is_ok()
}

/// What goes wrong with a form as a whole, in words for programs.
fn told(error: WebError) -> WebError {
    let code = error.problem().code;
    if code == ProblemCode::InputTooLarge {
        error.saying("请求内容过大，请减少文件")
    } else if code == ProblemCode::MalformedInput {
        error.saying("multipart表单不完整，请重新发送")
    } else {
        error
    }
}

/// What is kept as the original: the body as it came, or the form with the key of the header.
fn original(bytes: Vec<u8>, key: Option<&str>) -> Result<Vec<u8>, Problem> {
    let form = checked(&bytes)?;
    match key {
        Some(key) if key.chars().count() > IDEMPOTENCY_KEY_LIMIT => {
            Err(ProblemCode::InvalidField.because(format!("请求头Idempotency-Key最多{IDEMPOTENCY_KEY_LIMIT}字")))
        }
        Some(key) if form.idempotency_key.is_none() => written(&Form { idempotency_key: Some(key.to_owned()), ..form }),
        Some(_) | None => Ok(bytes),
    }
}

/// The form in `bytes`, naming no files of its own: nobody may name files that others sent.
fn checked(bytes: &[u8]) -> Result<Form, Problem> {
    let form = channels::web::parse(bytes)?;
    if form.attachments.is_empty() {
        Ok(form)
    } else {
        Err(ProblemCode::InvalidField.because("attachments：请用multipart/form-data随信访内容一并上传文件"))
    }
}

fn written(form: &Form) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(form).map_err(|_impossible| ProblemCode::Internal.into())
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
