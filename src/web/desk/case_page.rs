//! `GET /desk/cases/{number}`: one case with everything that belongs to it.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::dispatch::DispatchKind;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::ProblemCode;
use case::respondent::Respondent;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::verification::Verification;

use crate::desk::group::SeenGroup;
use crate::desk::names::Names;
use crate::desk::representatives::{JOINT_FROM, counted};
use crate::desk::view::CaseView;
use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::desk::queue::secrecy_mark;
use crate::web::desk::view::correspondence::CorrespondenceView;
use crate::web::desk::view::dispatch::DispatchView;
use crate::web::desk::view::event::EventView;
use crate::web::desk::view::finding::FindingView;
use crate::web::desk::view::job::JobView;
use crate::web::desk::view::rights::Rights;
use crate::web::desk::view::submission::SubmissionView;
use crate::web::desk::view::suggestion::{Choice, SuggestionView, choices};
use crate::web::desk::view::text;
use crate::web::form::{Asked, Fields};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases, SignedIn};

/// The page.
#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage {
    shell: Shell,
    rights: Rights,
    head: Head,
    plain: bool,
    submissions: Vec<SubmissionView>,
    /// How many petition together; none where it is one person, or an accusation.
    joint: Option<Joint>,
    /// Its letters that nobody has compared with the paper.
    unchecked: Vec<UncheckedView>,
    /// What this case's submissions may be in relation to earlier ones.
    to_be_judged: bool,
    findings: Vec<FindingView>,
    /// Later submissions that may belong to this case.
    pointing: Vec<FindingView>,
    suggestion: Option<SuggestionView>,
    accused: Vec<Accused>,
    choices: Vec<Choice>,
    correspondence: Vec<CorrespondenceView>,
    dispatches: Vec<DispatchView>,
    events: Vec<EventView>,
    groups: Vec<GroupView>,
    links: Vec<CaseLine>,
    jobs: Vec<JobView>,
}

/// What stands over a case.
struct Head {
    number: String,
    title: String,
    state: &'static str,
    secrecy: Option<&'static str>,
    sealed: bool,
    /// Registered and neither sent nor joined: can be sent, sealed and unsealed.
    waits: bool,
    /// Whether the standing dispatch can be taken back.
    sent: bool,
    purpose: &'static str,
    class: Option<String>,
    place: Option<String>,
    opened_at: String,
    joined_to: Option<CaseLine>,
}

/// A case of several petitioners.
struct Joint {
    people: usize,
    representatives: usize,
    limit: usize,
}

/// A letter that nobody has compared with the paper.
struct UncheckedView {
    number: String,
    state: &'static str,
    doubts: Option<u32>,
}

/// A unit that the case complains about.
struct Accused {
    unit: String,
    words: String,
    source: String,
}

/// A group of this case.
struct GroupView {
    id: String,
    title: String,
    size: usize,
    others: Vec<CaseLine>,
}

/// Another case in one line, its title masked by the view.
struct CaseLine {
    number: String,
    title: String,
    state: &'static str,
}

/// Shows the case, personal data masked.
///
/// # Errors
/// No such case, or none that the person may see.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let view = gateway.case_view(allowed.viewer(), &number).await.map_err(|p| WebError::from(p).back_to("/desk"))?;
    render(&gateway, &allowed.person, &view, Masking::Masked, &query).await
}

/// The number in a path; what is no number names no case.
///
/// # Errors
/// [`ProblemCode::NotFound`].
pub(crate) fn number(text: &str) -> Result<RegistrationNumber, WebError> {
    RegistrationNumber::parse(text).map_err(|_invalid| WebError::from(ProblemCode::NotFound).back_to("/desk"))
}

/// Where a case is shown.
pub(crate) fn path_of(number: &RegistrationNumber) -> String {
    format!("/desk/cases/{number}")
}

/// The page of a case.
///
/// # Errors
/// The store failed.
pub(crate) async fn render(
    gateway: &Gateway,
    person: &SignedIn,
    view: &CaseView,
    masking: Masking,
    query: &Fields,
) -> Result<HttpResponse, WebError> {
    let names = gateway.names().await?;
    let case = &view.case;
    let (about, pointing): (Vec<_>, Vec<_>) =
        view.findings.iter().partition(|found| FindingView::is_about(found, case));
    let finding = |found: &&crate::desk::view::FindingView| FindingView::of(found, &names);
    html(&CasePage {
        shell: menu::shell(gateway, person, &format!("信访事项 {}", case.number), "/desk", query),
        rights: Rights::of(&person.viewer),
        head: Head::of(gateway, view, masking),
        plain: masking == Masking::Plain,
        submissions: view
            .submissions
            .iter()
            .map(|one| {
                SubmissionView::of(one, masking, &names)
                    .with_papers(one, masking, &view.papers)
                    .with_attachments(one, &view.attachments)
            })
            .collect(),
        joint: joint(view),
        unchecked: unchecked(view),
        to_be_judged: view.to_be_judged,
        findings: about.iter().map(finding).collect(),
        pointing: pointing.iter().map(finding).collect(),
        suggestion: case.suggestion.as_ref().map(|suggestion| SuggestionView::of(suggestion, &names, &view.people)),
        accused: view.accused.iter().filter_map(|one| Accused::of(one, &names)).collect(),
        choices: choices(&view.units, case.secrecy, case.suggestion.as_ref()),
        correspondence: view.correspondence.iter().map(CorrespondenceView::from).collect(),
        dispatches: view.dispatches.iter().map(|dispatch| DispatchView::of(dispatch, &names)).collect(),
        events: view.events.iter().map(|event| EventView::of(event, &names)).collect(),
        groups: groups(view),
        links: view.links.iter().map(|(_, case)| CaseLine::of(case)).collect(),
        jobs: view.jobs.iter().map(JobView::from).collect(),
    })
}

fn joint(view: &CaseView) -> Option<Joint> {
    let people = view.petitioners.len();
    let (representatives, limit) = counted(&view.petitioners);
    let shown = people >= JOINT_FROM && view.case.secrecy != Secrecy::Sealed;
    shown.then_some(Joint { people, representatives, limit })
}

fn unchecked(view: &CaseView) -> Vec<UncheckedView> {
    let open = view.checks.iter().filter(|check| !matches!(check.state, Verification::Confirmed { .. }));
    open.filter_map(|check| {
        let letter = view.submissions.iter().find(|submission| submission.id == check.submission)?;
        Some(UncheckedView {
            number: letter.number.to_string(),
            state: check.state.label(),
            doubts: check.doubts.filter(|doubts| *doubts > 0),
        })
    })
    .collect()
}

fn groups(view: &CaseView) -> Vec<GroupView> {
    let group = |group: &SeenGroup| GroupView {
        id: group.id.to_string(),
        title: group.title.clone(),
        size: group.size,
        others: group.cases.iter().filter(|case| case.id != view.case.id).map(CaseLine::of).collect(),
    };
    view.groups.iter().map(group).collect()
}

impl Accused {
    fn of(respondent: &Respondent, names: &Names) -> Option<Self> {
        Some(Self {
            unit: names.unit(respondent.unit.as_ref()?),
            words: respondent.name.value.clone(),
            source: text::source(&respondent.name.source),
        })
    }
}

impl CaseLine {
    fn of(case: &Case) -> Self {
        Self { number: case.number.to_string(), title: case.title.clone(), state: case.state.label() }
    }
}

impl Head {
    fn of(gateway: &Gateway, view: &CaseView, masking: Masking) -> Self {
        let case = &view.case;
        Self {
            number: case.number.to_string(),
            title: masking.words(&case.title, &view.people),
            state: case.state.label(),
            secrecy: secrecy_mark(case.secrecy),
            sealed: case.secrecy == Secrecy::Sealed,
            waits: matches!(case.state, CaseState::Registered { .. }),
            sent: matches!(case.state, CaseState::Dispatched { .. }),
            purpose: case.purpose.label(),
            class: case.class.as_ref().map(|class| gateway.office.class_name(&class.value)),
            place: case.place.as_ref().map(|place| text::shown(&place.value.text, masking)),
            opened_at: time::moment(case.opened_at),
            joined_to: view.joined_to.as_ref().map(CaseLine::of),
        }
    }
}

impl CasePage {
    /// Whether any unit is suggested as assisting.
    fn assisting_suggested(&self) -> bool {
        self.choices.iter().any(|unit| unit.assisting)
    }

    /// Whether the form comes with this kind of sending chosen: the suggested one; a sealed case is passed on (转送).
    fn kind_chosen(&self, kind: &str) -> bool {
        let suggested = self.suggestion.as_ref().map(|suggestion| suggestion.kind);
        let chosen = if self.head.sealed { Some(DispatchKind::Forward) } else { suggested };
        chosen.is_some_and(|chosen| chosen.as_str() == kind)
    }

    /// Whether this dispatch can be taken back: the last one of a case that is sent.
    fn can_recall(&self, index: &usize) -> bool {
        self.rights.decide && self.head.sent && index + 1 == self.dispatches.len()
    }
}
