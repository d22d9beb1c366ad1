//! JSON from anybody, counted before it is read: whoever asks too often costs no more than the count.

use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use case::problem::ProblemCode;
use serde::de::DeserializeOwned;

use crate::web::api::body;
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;
use crate::web::sign_in::Limiter;

/// A limit as a type.
pub trait Limit: 'static {
    /// What is told to a program that asks too often.
    const TOO_OFTEN: &'static str;

    /// Counts the request.
    ///
    /// # Errors
    /// It is one too many.
    fn count(request: &HttpRequest) -> Result<(), WebError>;
}

/// Look-ups of where a petition stands.
pub struct StatusLookups;

impl Limit for StatusLookups {
    const TOO_OFTEN: &'static str = "查询次数过多，请按Retry-After给出的秒数等待后重试";

    fn count(request: &HttpRequest) -> Result<(), WebError> {
        of::<Limits>(request)?.status_lookup(request)
    }
}

/// Looks at published answers.
pub struct AnswerLookups;

impl Limit for AnswerLookups {
    const TOO_OFTEN: &'static str = "查看次数过多，请按Retry-After给出的秒数等待后重试";

    fn count(request: &HttpRequest) -> Result<(), WebError> {
        of::<Limits>(request)?.answer_lookup(request)
    }
}

/// Attempts to sign in.
pub struct SignIns;

impl Limit for SignIns {
    const TOO_OFTEN: &'static str = "登录次数过多，请按Retry-After给出的秒数等待后重试";

    fn count(request: &HttpRequest) -> Result<(), WebError> {
        of::<Limiter>(request)?.attempt(request)
    }
}

fn of<T: 'static>(request: &HttpRequest) -> Result<&web::Data<T>, WebError> {
    request.app_data::<web::Data<T>>().ok_or_else(|| ProblemCode::Internal.into())
}

/// JSON that counts against `L`.
pub struct Limited<L, T> {
    /// What was sent.
    pub body: T,
    limit: PhantomData<L>,
}

impl<L: Limit, T: DeserializeOwned + 'static> FromRequest for Limited<L, T> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            L::count(&request).map_err(|error| error.saying(L::TOO_OFTEN))?;
            Ok(Self { body: body::json(&request, &mut payload).await?, limit: PhantomData })
        })
    }
}
