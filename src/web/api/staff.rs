//! What a request of the staff shows besides the session: the form token, and what it sends.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use case::problem::{Problem, ProblemCode};
use serde::de::DeserializeOwned;

use crate::desk::viewer::Viewer;
use crate::intake::receive::ORIGINAL_LIMIT;
use crate::web::api::body;
use crate::web::api::query::query;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Right, SignedIn};
use crate::web::upload::{Part, Upload};

/// The header that carries the session's form token. A page of another site cannot set it.
pub const FORM_TOKEN_HEADER: &str = "x-form-token";
/// What a document without a name is called.
const UNNAMED: &str = "API";

/// A person with the right `R` who changes something, from a program that holds the session's form token.
pub struct Acting<R>(Allowed<R>);

impl<R: Right> Acting<R> {
    /// Who.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.0.viewer()
    }

    async fn of(request: &HttpRequest) -> Result<Self, WebError> {
        let allowed = Allowed::of(request).await?;
        check_token(&allowed.person, request)?;
        Ok(Self(allowed))
    }

    /// The files of a multipart form with their names, at most `most`.
    async fn files(
        self,
        request: &HttpRequest,
        payload: Payload,
        most: usize,
    ) -> Result<(Self, Vec<(String, Vec<u8>)>), WebError> {
        let mut upload = Upload::trusted(self.0, request, payload);
        let mut files = Vec::new();
        while let Some(part) = upload.next().await? {
            match part {
                Part::File { name, content } if files.len() < most => files.push((name, content?)),
                Part::File { .. } => {
                    return Err(ProblemCode::InvalidField.because(format!("每次请求最多{most}个文件")).into());
                }
                Part::Text { .. } => {}
            }
        }
        Ok((Self(upload.allowed), files))
    }
}

/// That the request carries the form token of the person's session.
fn check_token(person: &SignedIn, request: &HttpRequest) -> Result<(), WebError> {
    let given = body::header_text(request, FORM_TOKEN_HEADER).unwrap_or_default();
    if person.token.fits_form(given) {
        Ok(())
    } else {
        let detail = "请求头X-Form-Token缺失或已失效，应为登录时返回的form_token";
        Err(ProblemCode::ForeignOrigin.because(detail).into())
    }
}

/// A signed-in person who changes the session itself; needs no right.
pub struct OwnSession(pub SignedIn);

impl FromRequest for OwnSession {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let person = SignedIn::of(&request).await?;
            check_token(&person, &request)?;
            Ok(Self(person))
        })
    }
}

impl<R: Right> FromRequest for Acting<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// A JSON body from a person with the right `R`; nothing of it is read before the right and the token were seen.
pub struct Sent<R, T> {
    acting: Acting<R>,
    /// What was sent.
    pub body: T,
}

impl<R: Right, T> Sent<R, T> {
    /// Who sent it.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.acting.viewer()
    }
}

impl<R: Right, T: DeserializeOwned + 'static> FromRequest for Sent<R, T> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let acting = Acting::of(&request).await?;
            Ok(Self { acting, body: body::json(&request, &mut payload).await? })
        })
    }
}

/// One document from a person with the right `R`: the body itself, or the one file of a multipart form.
pub struct Document<R> {
    acting: Acting<R>,
    /// Its name, as sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<R: Right> Document<R> {
    /// Who sent it.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.acting.viewer()
    }

    async fn of_body(acting: Acting<R>, request: &HttpRequest, mut payload: Payload) -> Result<Self, WebError> {
        let name = query::<Named>(request)?.name.unwrap_or_else(|| UNNAMED.to_owned());
        let bytes = body::read(&mut payload, ORIGINAL_LIMIT).await?;
        Ok(Self { acting, name, bytes })
    }

    async fn of_form(acting: Acting<R>, request: &HttpRequest, payload: Payload) -> Result<Self, WebError> {
        let (acting, mut files) = acting.files(request, payload, 1).await?;
        let (name, bytes) = files.pop().ok_or_else(one_file)?;
        Ok(Self { acting, name, bytes })
    }
}

/// A multipart form with files from a person with the right `R`, read part by part.
pub struct Files<R>(pub Upload<R>);

impl<R: Right> FromRequest for Files<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let acting = Acting::of(&request).await?;
            if !body::is_multipart(&request) {
                let detail = "请求内容应为带文件的表单（Content-Type: multipart/form-data）";
                return Err(ProblemCode::UnsupportedType.because(detail).into());
            }
            Ok(Self(Upload::trusted(acting.0, &request, payload)))
        })
    }
}

/// Up to [`Documents::MOST`] documents from a person with the right `R`: the body itself, or the files of a multipart form.
pub struct Documents<R> {
    acting: Acting<R>,
    /// Names, as sent, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl<R: Right> Documents<R> {
    /// The most files of one request.
    pub const MOST: usize = 2;

    /// Who sent them.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.acting.viewer()
    }

    async fn of_form(acting: Acting<R>, request: &HttpRequest, payload: Payload) -> Result<Self, WebError> {
        let (acting, files) = acting.files(request, payload, Self::MOST).await?;
        Ok(Self { acting, files })
    }
}

impl<R: Right> FromRequest for Documents<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let acting = Acting::of(&request).await?;
            if body::is_multipart(&request) {
                return Self::of_form(acting, &request, payload).await;
            }
            let Document { acting, name, bytes } = Document::of_body(acting, &request, payload).await?;
            Ok(Self { acting, files: vec![(name, bytes)] })
        })
    }
}

fn one_file() -> Problem {
    ProblemCode::InvalidField.because("每次请求应有且仅有一个文件")
}

/// The query of a request that sends a document as its body.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: Option<String>,
}

impl<R: Right> FromRequest for Document<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let acting = Acting::of(&request).await?;
            if body::is_multipart(&request) {
                Self::of_form(acting, &request, payload).await
            } else {
                Self::of_body(acting, &request, payload).await
            }
        })
    }
}
