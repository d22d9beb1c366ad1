//! What every page has around its content, and how a template becomes an answer.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::problem::WebError;

/// The frame of a page: title, office, who is signed in, the menu, and what was just done.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The title of the page.
    pub title: String,
    /// The office's name.
    pub office: String,
    /// The office's telephone number.
    pub phone: String,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Where the person can go.
    pub menu: Vec<MenuEntry>,
    /// What was just done, in fixed words.
    pub done: Option<&'static str>,
    /// What everybody at the desk should know now, such as a search engine that is down.
    pub notice: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name shown.
    pub name: String,
    /// What the person does, such as `办信人员`.
    pub roles: String,
    /// What every form of this session carries.
    pub form_token: String,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// Where it leads.
    pub path: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Whether the person is there.
    pub current: bool,
}

impl Shell {
    /// A frame without anything but a title: for problems, where nothing else may be known.
    #[must_use]
    pub fn bare(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// The frame of a page that anybody may see.
    #[must_use]
    pub fn public(gateway: &Gateway, title: &str) -> Self {
        let office = &gateway.configuration.office;
        Self { office: office.name.clone(), phone: office.phone.clone(), ..Self::bare(title) }
    }

    /// What the forms of this page carry; empty when nobody is signed in.
    #[must_use]
    pub fn form_token(&self) -> &str {
        self.person.as_ref().map_or("", |person| &person.form_token)
    }
}

/// The page as an answer.
///
/// # Errors
/// The template cannot be filled.
pub fn html(page: &impl Template) -> Result<HttpResponse, WebError> {
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.render()?))
}

/// Sends the browser to `path` with GET.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// What has no page.
///
/// # Errors
/// Always: [`ProblemCode::NotFound`].
pub async fn not_found() -> Result<HttpResponse, WebError> {
    Err(ProblemCode::NotFound.because("没有这个页面").into())
}
