//! The HTTP beneath the SDK: with timeouts, a limit on answers, and errors that carry no text of a query.
//!
//! The SDK's own client waits forever, and messages of the server repeat filter and query. What is kept of a refusal is its status and its
//! code.

use std::time::Duration;

use async_trait::async_trait;
use futures_util::io::{AsyncRead, AsyncReadExt};
use meilisearch_sdk::errors::Error;
use meilisearch_sdk::request::{HttpClient, Method};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::SearchError;

/// How long the server may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(2);
/// How long an answer may take. The server answers look-ups in milliseconds and takes writes without doing them.
const ANSWER: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes: ten thousand rows of two identifiers.
const LONGEST_ANSWER: usize = 16 << 20;

/// What went wrong with a request.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// No answer, or none in time.
    #[error("no answer from the search server: {0}")]
    Silent(&'static str),
    /// Another status than the one that was expected.
    #[error("the search server answered {status} {code}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The server's code for the error, such as `index_not_found`; empty when it gave none.
        code: String,
    },
    /// An answer in another form.
    #[error("the search server's answer is not understood")]
    Form,
}

impl Refusal {
    /// What the SDK hands on; it wraps our refusals and has few errors of its own.
    pub(super) fn of(error: Error) -> Self {
        match error {
            Error::Other(inner) => inner.downcast::<Self>().map_or(Self::Form, |refusal| *refusal),
            Error::Timeout => Self::Silent("timeout"),
            _ => Self::Form,
        }
    }

    /// The server's code for the error.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Status { code, .. } => code,
            Self::Silent(_) | Self::Form => "",
        }
    }
}

impl From<Refusal> for SearchError {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::Silent(_) | Refusal::Status { status: 408 | 429 | 500..=599, .. } => {
                if refusal.code() == "no_space_left_on_device" {
                    return Self::DiskFull;
                }
                Self::Unreachable(refusal.to_string())
            }
            Refusal::Status { status: 401 | 403, .. } => Self::Refused(refusal.to_string()),
            Refusal::Status { .. } | Refusal::Form => Self::Unavailable(refusal.to_string()),
        }
    }
}

impl From<Error> for SearchError {
    fn from(error: Error) -> Self {
        Refusal::of(error).into()
    }
}

/// The client. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Http {
    inner: reqwest::Client,
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(default)]
    code: String,
}

impl Http {
    /// A client that shows `key` with every request.
    pub(super) fn new(key: &str, tls: Option<rustls::ClientConfig>) -> Result<Self, SearchError> {
        let unusable =
            || SearchError::Refused("the key of the search server has characters that no header takes".to_owned());
        let mut headers = reqwest::header::HeaderMap::new();
        if !key.is_empty() {
            let bearer = reqwest::header::HeaderValue::from_str(&format!("Bearer {key}"));
            let mut bearer = bearer.map_err(|_invalid| unusable())?;
            bearer.set_sensitive(true);
            headers.insert(reqwest::header::AUTHORIZATION, bearer);
        }
        let builder = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            // A redirect would carry petitions to another server than the one that is configured.
            .redirect(reqwest::redirect::Policy::none())
            .tls_backend_preconfigured(tls.map_or_else(trusting_nobody, Ok)?);
        let inner = builder.build().map_err(|_cause| SearchError::Unavailable("no HTTP client".to_owned()))?;
        Ok(Self { inner })
    }
}

/// For a server that is spoken to in plain text.
fn trusting_nobody() -> Result<rustls::ClientConfig, SearchError> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|_cause| SearchError::Unavailable("no TLS".to_owned()))?;
    Ok(versions.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}

fn other(refusal: Refusal) -> Error {
    Error::Other(Box::new(refusal))
}

#[expect(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn silent(error: reqwest::Error) -> Error {
    other(Refusal::Silent(if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }))
}

#[async_trait]
impl HttpClient for Http {
    async fn stream_request<Query, Body, Output>(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        expected_status_code: u16,
    ) -> Result<Output, Error>
    where
        Query: serde::Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    {
        let query = yaup::to_string(method.query())?;
        let verb = match &method {
            Method::Get { .. } => reqwest::Method::GET,
            Method::Post { .. } => reqwest::Method::POST,
            Method::Patch { .. } => reqwest::Method::PATCH,
            Method::Put { .. } => reqwest::Method::PUT,
            Method::Delete { .. } => reqwest::Method::DELETE,
        };
        let mut request = self.inner.request(verb, format!("{url}{query}"));
        if let Some(body) = method.into_body() {
            let mut bytes = Vec::new();
            let mut body = std::pin::pin!(body);
            body.read_to_end(&mut bytes).await.map_err(|_cause| other(Refusal::Form))?;
            request = request.header(reqwest::header::CONTENT_TYPE, content_type).body(bytes);
        }
        let mut response = request.send().await.map_err(silent)?;
        let status = response.status().as_u16();
        let mut answer = Vec::new();
        while let Some(part) = response.chunk().await.map_err(silent)? {
            if answer.len().saturating_add(part.len()) > LONGEST_ANSWER {
                return Err(other(Refusal::Form));
            }
            answer.extend_from_slice(&part);
        }
        if status != expected_status_code {
            let code = serde_json::from_slice::<Complaint>(&answer).map(|complaint| complaint.code).unwrap_or_default();
            let plain = code.len() <= 80 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            return Err(other(Refusal::Status { status, code: if plain { code } else { String::new() } }));
        }
        let answer = if answer.is_empty() { b"null".as_slice() } else { &answer };
        serde_json::from_slice(answer).map_err(|_cause| other(Refusal::Form))
    }

    fn is_tokio(&self) -> bool {
        true
    }
}
