//! Forms that signed-in people send: the right, the form token against cross-site requests, and the fields.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use case::problem::{Problem, ProblemCode};

use crate::desk::viewer::Viewer;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Right};

/// The name of the hidden field that carries the session's form token.
pub const FORM_TOKEN: &str = "form_token";

/// The fields of a form or of a query, in order; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of a field without white space around it; empty when it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field that was filled in.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a field that was filled in.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every field with its value, as it was sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The field read as `T`, when it was filled in.
    ///
    /// # Errors
    /// [`ProblemCode::InvalidField`] with the field's `label`.
    pub fn parse<T: std::str::FromStr>(&self, name: &str, label: &str) -> Result<Option<T>, Problem> {
        let read = |text: &str| text.parse().map_err(|_unreadable: T::Err| invalid(label));
        self.given(name).map(read).transpose()
    }

    /// The query of a request; a malformed one has no fields.
    #[must_use]
    pub fn of_query(request: &HttpRequest) -> Self {
        web::Query::<Vec<(String, String)>>::from_query(request.query_string())
            .map_or_else(|_malformed| Self::default(), |query| Self(query.into_inner()))
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// What is wrong with a field.
#[must_use]
pub fn invalid(label: &str) -> Problem {
    ProblemCode::InvalidField.because(format!("“{label}”填写有误"))
}

/// The fields of the query.
pub struct Asked(pub Fields);

impl FromRequest for Asked {
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(Fields::of_query(request))))
    }
}

/// A form sent by a person with the right `R`, from a page of the person's own session.
pub struct Posted<R> {
    allowed: Allowed<R>,
    /// The fields.
    pub fields: Fields,
}

impl<R: Right> Posted<R> {
    /// Who sent it.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.allowed.viewer()
    }

    /// Who sent it, with the session.
    #[must_use]
    pub const fn allowed(&self) -> &Allowed<R> {
        &self.allowed
    }
}

impl<R: Right> FromRequest for Posted<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let allowed = Allowed::of(&request).await?;
            let fields = Fields(form.await.map_err(|error| unreadable(&error))?.into_inner());
            check_token(&allowed, fields.text(FORM_TOKEN))?;
            Ok(Self { allowed, fields })
        })
    }
}

/// That `given` is the form token of the session.
///
/// # Errors
/// [`ProblemCode::ForeignOrigin`].
pub fn check_token<R: Right>(allowed: &Allowed<R>, given: &str) -> Result<(), WebError> {
    if allowed.person.token.fits_form(given) {
        Ok(())
    } else {
        Err(WebError::from(ProblemCode::ForeignOrigin).back_to("/desk"))
    }
}

fn unreadable(error: &actix_web::Error) -> WebError {
    let code = if error.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE {
        ProblemCode::InputTooLarge
    } else {
        ProblemCode::MalformedInput
    };
    WebError::from(code).back_to("/desk")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_field_may_stand_several_times() {
        let fields = fields(&[("unit", "a"), ("other", "x"), ("unit", ""), ("unit", "b")]);
        assert_eq!(fields.all("unit").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.text("other"), "x");
    }

    #[test]
    fn what_was_left_empty_is_not_given() {
        let fields = fields(&[("page", "  "), ("size", "x")]);
        assert_eq!(fields.parse::<u32>("page", "页").unwrap(), None);
        assert_eq!(fields.parse::<u32>("missing", "页").unwrap(), None);
        assert_eq!(fields.parse::<u32>("size", "每页").unwrap_err().code, ProblemCode::InvalidField);
    }
}
