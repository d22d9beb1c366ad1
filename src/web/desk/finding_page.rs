//! `GET /desk/findings/{id}`: both petitions of a finding side by side, the words that the reasons rest on marked in both.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::submission::Submission;

use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::web::desk::view::finding::FindingView;
use crate::web::desk::view::marked::{Part, parts};
use crate::web::desk::view::rights::Rights;
use crate::web::desk::view::submission::SubmissionView;
use crate::web::desk::{identifier, menu};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// The page.
#[derive(Template)]
#[template(path = "desk/finding.html")]
struct FindingPage {
    shell: Shell,
    rights: Rights,
    head: Head,
    finding: FindingView,
    sides: [Side; 2],
}

/// The case to which deciding leads back.
struct Head {
    number: String,
}

/// One of the two petitions.
struct Side {
    label: &'static str,
    submission: SubmissionView,
    title: Vec<Part>,
    body: Vec<Part>,
    demand: Vec<Part>,
}

/// Shows both.
///
/// # Errors
/// No such finding, or none that the person may see.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let found = gateway.finding_view(allowed.viewer(), id).await.map_err(|p| WebError::from(p).back_to("/desk"))?;
    let names = gateway.names().await?;
    let reasons = found.finding.reasons.iter().chain(&found.finding.against);
    // Masked as the texts are, so that what is left of a number is still found.
    let people = found.people();
    let words: Vec<String> = reasons.flat_map(|reason| &reason.words).map(|word| people.hide(word)).collect();
    html(&FindingPage {
        shell: menu::shell(&gateway, &allowed.person, "逐字对照", "/desk", &query),
        rights: Rights::of(allowed.viewer()),
        head: Head { number: found.later.number.to_string() },
        finding: FindingView::of(&found, &names),
        sides: [Side::of("本件", &found.later, &words), Side::of("前件", &found.earlier, &words)],
    })
}

impl Side {
    fn of(label: &'static str, submission: &Submission, words: &[String]) -> Self {
        let submission = SubmissionView::of(submission, Masking::Masked);
        Self {
            label,
            title: parts(&submission.title, words),
            body: parts(&submission.body, words),
            demand: parts(submission.demand.as_deref().unwrap_or_default(), words),
            submission,
        }
    }
}
