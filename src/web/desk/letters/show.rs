//! `GET /desk/letters/{number}`: one letter, page beside text.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use case::number::RegistrationNumber;

use crate::gateway::Gateway;
use crate::verification::sheet::Sheet;
use crate::web::desk::letters::view::CheckView;
use crate::web::desk::letters::{PATH, number, path_of};
use crate::web::desk::menu;
use crate::web::form::{Asked, Fields};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Verify};

/// The field of the query that names the letter that was confirmed just before.
const CONFIRMED: &str = "confirmed";
/// The policy of the page: as everywhere, and pictures that its script has fetched ahead (`blob:` names what the page itself holds).
const POLICY: &str = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                      object-src 'none'";

/// The page.
#[derive(Template)]
#[template(path = "desk/letter.html")]
struct LetterPage {
    shell: Shell,
    view: CheckView,
    /// The letter to check after this one.
    next: String,
    /// What was confirmed just before and can be taken back.
    before: Option<Before>,
}

/// A letter that was confirmed just before.
struct Before {
    number: String,
    version: u64,
}

/// Shows the letter. Looking at it changes nothing: the check begins when the page says so, or when something is saved.
///
/// # Errors
/// No such letter, or none that the person may see.
pub async fn show(
    allowed: Allowed<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem: case::problem::Problem| WebError::from(problem).back_to(PATH);
    let viewer = allowed.viewer();
    let letter = gateway.checked_letter(viewer, &number).await.map_err(back)?;
    gateway.note_letter_seen(viewer, &letter.submission, &letter.check).await.map_err(back)?;
    let sheet = Sheet::of(&letter, &gateway.office);
    let names = gateway.names().await?;
    let (source, case) = gateway.paper_of(&letter.submission).await?;
    let view = CheckView::of(&letter, &sheet, viewer, &names, source, case);
    let next = gateway.next_letter(viewer, Some(&letter.submission)).await?;
    let mut response = html(&LetterPage {
        shell: menu::shell(&gateway, &allowed.person, &format!("核对来信 {number}"), PATH, &query),
        view,
        next: next.map(|next| path_of(&next)).unwrap_or_default(),
        before: before(&gateway, &allowed, &query).await,
    })?;
    let policy = header::HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// The letter that the query says was confirmed just before, when that can be taken back by this person.
async fn before(gateway: &Gateway, allowed: &Allowed<Verify>, query: &Fields) -> Option<Before> {
    let number = RegistrationNumber::parse(query.given(CONFIRMED)?).ok()?;
    // One that is not there, or not for this person, is not named.
    let letter = gateway.checked_letter(allowed.viewer(), &number).await.ok()?;
    let confirmed = matches!(letter.check.state, case::verification::Verification::Confirmed { .. });
    confirmed.then(|| Before { number: number.to_string(), version: letter.check.version })
}
