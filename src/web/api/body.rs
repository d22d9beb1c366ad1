//! Bodies of requests: read up to a limit, then as JSON where JSON is meant.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use case::problem::{Problem, ProblemCode};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use crate::web::problem::WebError;

/// The most bytes of a JSON body other than a petition, 64 KiB.
pub const JSON_LIMIT: usize = 64 << 10;

/// Reads the whole body.
///
/// # Errors
/// It is over `limit` bytes, or the connection broke.
pub async fn read(payload: &mut Payload, limit: usize) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken| ProblemCode::MalformedInput.because("请求内容不完整"))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(limit).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn too_large(limit: usize) -> Problem {
    let size = if limit < 1 << 20 { format!("{}KB", limit >> 10) } else { format!("{}MB", limit >> 20) };
    ProblemCode::InputTooLarge.because(format!("请求内容不得超过{size}"))
}

/// That the body is said to be JSON.
///
/// # Errors
/// [`ProblemCode::UnsupportedType`].
pub fn require_json(request: &HttpRequest) -> Result<(), WebError> {
    if request.content_type() == "application/json" {
        Ok(())
    } else {
        Err(ProblemCode::UnsupportedType.because("请求内容应为JSON（Content-Type: application/json）").into())
    }
}

/// Whether the body is said to be a form with files.
#[must_use]
pub fn is_multipart(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("multipart/form-data")
}

/// A JSON body.
///
/// # Errors
/// It is too large, no JSON, or of another shape; which values it holds is not told.
pub async fn json<T: DeserializeOwned>(request: &HttpRequest, payload: &mut Payload) -> Result<T, WebError> {
    require_json(request)?;
    let bytes = read(payload, JSON_LIMIT).await?;
    if bytes.is_empty() {
        return Err(ProblemCode::EmptyInput.because("缺少请求内容").into());
    }
    serde_json::from_slice(&bytes).map_err(|error| channels::web::malformed(&error).into())
}

/// A body as it comes, not yet read.
pub struct Raw(Payload);

impl Raw {
    /// Reads it.
    ///
    /// # Errors
    /// As [`read`].
    pub async fn read(mut self, limit: usize) -> Result<Vec<u8>, WebError> {
        read(&mut self.0, limit).await
    }
}

impl Raw {
    /// The body itself, for whoever reads it part by part.
    #[must_use]
    pub fn into_payload(self) -> Payload {
        self.0
    }
}

impl FromRequest for Raw {
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self, Self::Error>>;

    fn from_request(_request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(payload.take())))
    }
}

/// The text of a header; none when it is missing, empty or no text.
#[must_use]
pub fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let value: Option<&header::HeaderValue> = request.headers().get(name);
    value.and_then(|value| value.to_str().ok()).map(str::trim).filter(|text| !text.is_empty())
}
