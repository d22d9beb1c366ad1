//! `GET /desk/findings/{id}`: both petitions of a finding side by side; what each reason rests on is numbered in both, and where the two
//! have much in common, what only one of them says is marked.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::finding::{Reason, Side as Which};
use case::identity::key::IdentitySecret;
use case::mask::People;
use case::submission::Submission;

use crate::desk::names::Names;
use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::web::desk::view::compared::{Marks, Pair, Piece};
use crate::web::desk::view::finding::FindingView;
use crate::web::desk::view::rights::Rights;
use crate::web::desk::view::submission::SubmissionView;
use crate::web::desk::view::told::told;
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
    /// What speaks for it, and what against, numbered through.
    reasons: [Vec<NumberedReason>; 2],
    differences: bool,
    sides: [Side; 2],
}

/// The case to which deciding leads back.
struct Head {
    number: String,
}

/// A reason with the number that marks its words.
struct NumberedReason {
    number: usize,
    text: String,
    in_later: bool,
    in_earlier: bool,
}

/// One of the two petitions.
struct Side {
    label: &'static str,
    /// Part of the names of its places: `later` or `earlier`.
    name: &'static str,
    submission: SubmissionView,
    title: Vec<Piece>,
    body: Vec<Piece>,
    demand: Vec<Piece>,
    /// The petition taken apart.
    told: Vec<(&'static str, String)>,
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
    let finding = &found.finding;
    let mut marks = Marks::of(finding.reasons.iter().chain(&finding.against));
    let sides = sides(&mut marks, [&found.later, &found.earlier], &names, &gateway.secret);
    let people = found.people();
    let first_against = finding.reasons.len().saturating_add(1);
    html(&FindingPage {
        shell: menu::shell(&gateway, &allowed.person, "逐字对照", "/desk", &query),
        rights: Rights::of(allowed.viewer()),
        head: Head { number: found.later.number.to_string() },
        finding: FindingView::of(&found, &names),
        reasons: [
            numbered(&finding.reasons, 1, &marks, &people),
            numbered(&finding.against, first_against, &marks, &people),
        ],
        differences: marks.shows_differences(),
        sides,
    })
}

fn numbered(reasons: &[Reason], first: usize, marks: &Marks<'_>, people: &People) -> Vec<NumberedReason> {
    let reason = |(number, reason): (usize, &Reason)| NumberedReason {
        number,
        text: people.hide(&reason.text),
        in_later: marks.is_linked(Which::Later, number),
        in_earlier: marks.is_linked(Which::Earlier, number),
    };
    (first..).zip(reasons).map(reason).collect()
}

fn sides(
    marks: &mut Marks<'_>,
    [later, earlier]: [&Submission; 2],
    names: &Names,
    secret: &IdentitySecret,
) -> [Side; 2] {
    let [ours, theirs] = [later, earlier].map(|one| SubmissionView::of(one, Masking::Masked, names));
    let told = |one, view: &SubmissionView| told(one, (&view.title, &view.body), secret);
    let (our_parts, their_parts) = (told(later, &ours), told(earlier, &theirs));
    let (said, before) = (&later.statement, &earlier.statement);
    let [title, earlier_title] =
        marks.pieces(Pair { later: [&ours.title, &said.title.value], earlier: [&theirs.title, &before.title.value] });
    let [body, earlier_body] =
        marks.pieces(Pair { later: [&ours.body, &said.body], earlier: [&theirs.body, &before.body] });
    let written = |submission: &'_ Submission| {
        submission.statement.demand.as_ref().map(|demand| demand.value.clone()).unwrap_or_default()
    };
    let [demand, earlier_demand] = marks.pieces(Pair {
        later: [ours.demand.as_deref().unwrap_or_default(), &written(later)],
        earlier: [theirs.demand.as_deref().unwrap_or_default(), &written(earlier)],
    });
    [
        Side { label: "本件", name: "later", submission: ours, title, body, demand, told: our_parts },
        Side {
            label: "前件",
            name: "earlier",
            submission: theirs,
            title: earlier_title,
            body: earlier_body,
            demand: earlier_demand,
            told: their_parts,
        },
    ]
}
