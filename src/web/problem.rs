//! A problem as a page (what went wrong, what to do, and the way back) and, for programs, as a document of RFC 9457.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;
use case::problem::{Problem, ProblemCode};

use crate::presentation::problem::ProblemDocument;
use crate::web::page::Shell;
use crate::web::request_id::RequestId;

/// The media type of a problem told to a program (RFC 9457 section 3).
pub const PROBLEM_TYPE: &str = "application/problem+json";
/// Seconds that whoever met a busy or broken gateway is asked to wait when nothing better is known.
const RETRY_SECONDS: u64 = 60;

/// What a handler of a page fails with.
#[derive(Debug, Clone)]
pub struct WebError {
    problem: Problem,
    /// Where the person can go on.
    back: Option<String>,
    /// Where the person wanted to go before signing in.
    wanted: Option<String>,
    /// After how many seconds another attempt may succeed.
    retry_after: Option<u64>,
    /// Whether a program asks: it is told as a document, and never led to another page.
    for_programs: bool,
}

/// The page that tells a problem.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    shell: Shell,
    title: &'static str,
    detail: &'a str,
    code: &'static str,
    /// The number under which the log has the cause of a fault.
    request: Option<String>,
    back: &'a str,
}

impl WebError {
    /// With the page from which the person can go on.
    #[must_use]
    pub fn back_to(mut self, path: impl Into<String>) -> Self {
        self.back = Some(path.into());
        self
    }

    /// Nobody is signed in: leads to the sign-in page and from there back to `path`.
    #[must_use]
    pub fn sign_in_for(path: &str) -> Self {
        Self { wanted: Some(path.to_owned()), ..ProblemCode::SignInRequired.into() }
    }

    /// With the seconds after which another attempt may succeed.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// With other words about this occasion.
    #[must_use]
    pub fn saying(mut self, detail: &str) -> Self {
        detail.clone_into(&mut self.problem.detail);
        self
    }

    /// Told to a program.
    #[must_use]
    pub const fn for_programs(mut self) -> Self {
        self.for_programs = true;
        self
    }

    /// What is wrong.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl From<Problem> for WebError {
    fn from(problem: Problem) -> Self {
        Self { problem, back: None, wanted: None, retry_after: None, for_programs: false }
    }
}

impl From<ProblemCode> for WebError {
    fn from(code: ProblemCode) -> Self {
        Problem::from(code).into()
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(error = %error, "a page cannot be made");
        ProblemCode::Internal.into()
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(formatter)
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        if self.for_programs {
            return self.document();
        }
        if let Some(wanted) = &self.wanted {
            let location = format!("/sign-in?next={}", percent(wanted));
            return HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish();
        }
        let page = ProblemPage {
            shell: Shell::bare(self.problem.code.title()),
            title: self.problem.code.title(),
            detail: &self.problem.detail,
            code: self.problem.code.code(),
            request: self.log_number().map(|id| id.to_string()),
            back: self.back.as_deref().unwrap_or("/"),
        };
        // A page that cannot be made leaves the status and the words.
        let body = page.render().unwrap_or_else(|_broken| self.problem.code.title().to_owned());
        self.builder().content_type("text/html; charset=utf-8").body(body)
    }
}

impl WebError {
    /// The problem as a document for programs.
    fn document(&self) -> HttpResponse {
        let document = ProblemDocument {
            request_id: self.log_number().map(|id| id.to_string()),
            ..ProblemDocument::of(&self.problem)
        };
        // A document of plain strings always has a JSON form.
        let body = serde_json::to_string(&document).unwrap_or_default();
        self.builder().content_type(PROBLEM_TYPE).body(body)
    }

    /// The number of the request, where the log has more than the answer.
    fn log_number(&self) -> Option<RequestId> {
        (self.problem.code.status() >= 500).then(RequestId::current).flatten()
    }

    /// An answer with the status and, where it helps, the time to wait.
    fn builder(&self) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(self.status_code());
        let busy = matches!(self.problem.code.status(), 429 | 503).then_some(RETRY_SECONDS);
        if let Some(seconds) = self.retry_after.or(busy) {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        response
    }
}

/// Percent-encodes everything but what RFC 3986 section 2.3 leaves as it is, and slashes.
pub(crate) fn percent(text: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _written = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_session_leads_to_the_sign_in_page_and_back() {
        let response = WebError::sign_in_for("/desk?state=registered").error_response();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let location = response.headers().get(header::LOCATION).unwrap().to_str().unwrap();
        assert_eq!(location, "/sign-in?next=/desk%3Fstate%3Dregistered");
    }

    #[test]
    fn a_problem_has_its_status_from_the_table() {
        for code in ProblemCode::ALL {
            assert_eq!(WebError::from(*code).error_response().status().as_u16(), code.status(), "{}", code.code());
        }
    }
}
