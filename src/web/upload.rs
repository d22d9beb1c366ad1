//! Forms with files, read part by part: never more than one file is in memory, and none before the form token was right.

use std::pin::Pin;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use case::problem::{Problem, ProblemCode};
use futures_util::StreamExt;

use crate::intake::receive::ORIGINAL_LIMIT;
use crate::web::form::{FORM_TOKEN, check_token};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Right};

/// The most files of one form.
pub const FILE_LIMIT: usize = 100;
/// The most bytes of a field that is no file, 2 MiB: the transcript of a call of several hours.
pub const TEXT_LIMIT: usize = 2 << 20;
/// The most bytes of a whole form, 1 GiB.
const FORM_LIMIT: usize = 1 << 30;

/// A form with files from a person with the right `R`. The form token must be its first field.
pub struct Upload<R> {
    /// Who sends it.
    pub allowed: Allowed<R>,
    parts: Multipart,
    token_seen: bool,
    files: usize,
    bytes: usize,
}

/// A part of the form.
#[derive(Debug)]
pub enum Part {
    /// A field that was filled in.
    Text {
        /// Its name.
        name: String,
        /// What was typed.
        value: String,
    },
    /// A file.
    File {
        /// Its name, as sent.
        name: String,
        /// Its bytes, or why it was not taken.
        content: Result<Vec<u8>, Problem>,
    },
}

impl<R: Right> Upload<R> {
    /// A form whose sender showed the form token in another way.
    pub(crate) fn trusted(allowed: Allowed<R>, request: &HttpRequest, payload: Payload) -> Self {
        Self { allowed, parts: Multipart::new(request.headers(), payload), token_seen: true, files: 0, bytes: 0 }
    }

    /// The next part.
    ///
    /// # Errors
    /// The form token is missing or wrong, the form is damaged or over a limit.
    pub async fn next(&mut self) -> Result<Option<Part>, WebError> {
        while let Some(field) = self.parts.next().await {
            let mut field = field.map_err(|error| damaged(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.content_disposition().and_then(|given| given.get_filename()).map(ToOwned::to_owned);
            if name == FORM_TOKEN {
                let token = self.read(&mut field, TEXT_LIMIT).await??;
                check_token(&self.allowed, &String::from_utf8_lossy(&token))?;
                self.token_seen = true;
                continue;
            }
            if !self.token_seen {
                return Err(WebError::from(ProblemCode::ForeignOrigin).back_to("/desk"));
            }
            match file_name {
                None => {
                    let bytes = self.read(&mut field, TEXT_LIMIT).await??;
                    let value = String::from_utf8_lossy(&bytes).into_owned();
                    return Ok(Some(Part::Text { name, value }));
                }
                // A file field that was left empty.
                Some(file_name) if file_name.is_empty() => {
                    let _nothing = self.read(&mut field, 0).await?;
                }
                Some(file_name) => {
                    self.files += 1;
                    if self.files > FILE_LIMIT {
                        return Err(ProblemCode::InputTooLarge.because(format!("一次最多{FILE_LIMIT}个文件")).into());
                    }
                    let content = self.read(&mut field, ORIGINAL_LIMIT).await?;
                    return Ok(Some(Part::File { name: file_name, content }));
                }
            }
        }
        Ok(None)
    }

    /// Reads a part to its end. Of one over its `limit` nothing is kept, and the parts behind it are still read.
    async fn read(&mut self, field: &mut Field, limit: usize) -> Result<Result<Vec<u8>, Problem>, WebError> {
        let mut bytes = Vec::new();
        let mut fits = true;
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|error| damaged(&error))?;
            self.bytes += chunk.len();
            if self.bytes > FORM_LIMIT {
                return Err(ProblemCode::InputTooLarge.because("一次上传的文件总量过大，请分批上传").into());
            }
            fits = fits && bytes.len() + chunk.len() <= limit;
            if fits {
                bytes.extend_from_slice(&chunk);
            } else {
                bytes = Vec::new();
            }
        }
        let too_large = || ProblemCode::InputTooLarge.because(format!("超过{}MB", limit >> 20));
        Ok(if fits { Ok(bytes) } else { Err(too_large()) })
    }
}

impl<R: Right> FromRequest for Upload<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = Multipart::new(request.headers(), payload.take());
        let request = request.clone();
        Box::pin(async move {
            let allowed = Allowed::of(&request).await?;
            Ok(Self { allowed, parts, token_seen: false, files: 0, bytes: 0 })
        })
    }
}

fn damaged(error: &MultipartError) -> WebError {
    tracing::info!(error = %error, "a form with files could not be read");
    ProblemCode::MalformedInput.because("上传中断或表单不完整，请重试").into()
}
