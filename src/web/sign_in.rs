//! Signing in.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::form::{Asked, Fields};
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::rate_limit::RateLimit;
use crate::web::session;

/// Counts attempts to sign in by visitor.
#[derive(Clone)]
pub struct Limiter(RateLimit);

impl Limiter {
    /// The limiter that the settings ask for.
    #[must_use]
    pub fn of(gateway: &Gateway) -> Self {
        let settings = &gateway.configuration.web;
        Self(RateLimit::per_minute(settings.sign_ins_per_minute, &settings.trusted_proxies, &*gateway.randomness))
    }

    /// Counts an attempt that `request` makes.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] with the seconds to wait.
    pub fn attempt(&self, request: &HttpRequest) -> Result<(), WebError> {
        let denied = |seconds| WebError::from(ProblemCode::TooManyRequests).back_to("/sign-in").retry_after(seconds);
        self.0.count(request).map_err(denied)
    }
}

/// The sign-in page.
#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    shell: Shell,
    next: String,
    user_name: String,
    wrong: bool,
}

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service.service(web::resource("/sign-in").get(show).post(sign_in));
}

async fn show(gateway: web::Data<Gateway>, Asked(query): Asked) -> Result<HttpResponse, WebError> {
    html(&SignInPage {
        shell: Shell::public(&gateway, "工作人员登录"),
        next: local_path(query.text("next")).to_owned(),
        user_name: String::new(),
        wrong: false,
    })
}

async fn sign_in(
    gateway: web::Data<Gateway>,
    limiter: web::Data<Limiter>,
    request: HttpRequest,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, WebError> {
    limiter.attempt(&request)?;
    let fields: Fields = form.into_inner().into_iter().collect();
    let next = local_path(fields.text("next"));
    // A password may begin or end with white space.
    let password = fields.all("password").next().unwrap_or_default();
    match gateway.sign_in(fields.text("user_name"), password).await {
        Ok((viewer, token)) => {
            // The queue is not for everybody.
            let next = if next == "/desk" { menu::home(&viewer) } else { next };
            let mut response = see_other(next);
            response
                .add_cookie(&session::cookie(&gateway, token.as_str().to_owned()))
                .map_err(|_invalid| WebError::from(ProblemCode::Internal))?;
            Ok(response)
        }
        Err(problem) if problem.code == ProblemCode::WrongPassword => {
            let page = SignInPage {
                shell: Shell::public(&gateway, "工作人员登录"),
                next: next.to_owned(),
                user_name: fields.text("user_name").to_owned(),
                wrong: true,
            };
            let mut response = html(&page)?;
            *response.status_mut() = actix_web::http::StatusCode::UNAUTHORIZED;
            Ok(response)
        }
        Err(problem) => Err(WebError::from(problem).back_to("/sign-in")),
    }
}

/// `path` if it leads to a page of this site, the desk otherwise: a link must not lead elsewhere through the sign-in page.
fn local_path(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/\\")
        && path.chars().all(|character| character.is_ascii_graphic());
    if local { path } else { "/desk" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for (given, taken) in [
            ("/desk/search?words=1", "/desk/search?words=1"),
            ("//evil.example.invalid", "/desk"),
            ("/\\evil.example.invalid", "/desk"),
            ("https://evil.example.invalid", "/desk"),
            ("/desk\r\nSet-Cookie: x", "/desk"),
            ("", "/desk"),
        ] {
            assert_eq!(local_path(given), taken, "{given}");
        }
    }
}
