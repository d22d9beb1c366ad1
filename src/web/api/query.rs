//! Queries of requests: a parameter that is not known is an error, so that a misspelt filter does not give everything.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use case::problem::ProblemCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::Paging;
use utoipa::IntoParams;

use crate::web::problem::WebError;

/// Rows given when the query does not say how many.
const DEFAULT_LIMIT: u32 = 50;

/// The query of a request, read as `T`.
pub struct Query<T>(pub T);

/// A query without parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many to skip.
    pub offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    pub limit: Option<u32>,
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(query(request).map(Self))
    }
}

/// The query of a request.
///
/// # Errors
/// [`ProblemCode::InvalidField`]: a parameter is not known or cannot be read.
pub fn query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, WebError> {
    let read = web::Query::<T>::from_query(request.query_string());
    read.map(web::Query::into_inner).map_err(|error| {
        let text = error.to_string();
        // The error may quote the value; only the name of the parameter is told.
        let unknown = text.split_once("unknown field `").and_then(|(_, rest)| rest.split('`').next());
        let detail = unknown.map_or_else(
            || "查询参数填写有误".to_owned(),
            |name| format!("没有“{}”这个查询参数", case::text::truncate(name, 40)),
        );
        ProblemCode::InvalidField.because(detail).into()
    })
}

/// The part of a list that was asked for.
#[must_use]
pub fn paging(offset: Option<u32>, limit: Option<u32>) -> Paging {
    Paging::new(offset.unwrap_or(0), limit.unwrap_or(DEFAULT_LIMIT))
}
