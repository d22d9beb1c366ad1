//! `GET /desk`: the queue of cases.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::class::ContentClass;
use case::dispatch::UnitSuggestion;
use case::problem::Problem;
use case::secrecy::Secrecy;
use case::state::CaseState;
use store::cases::CaseFilter;

use crate::desk::names::Names;
use crate::desk::queue::{QueueTotals, QueuedCase};
use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::states::STATES;
use crate::web::desk::view::text;
use crate::web::form::{Asked, Fields, invalid};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// The fields of the filter, kept by the links to other pages.
const FILTERS: [&str; 4] = ["state", "channel", "class", "undecided"];

/// The page.
#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    shell: Shell,
    totals: QueueTotals,
    states: Vec<Choice>,
    channels: Vec<Choice>,
    classes: Vec<Choice>,
    undecided: bool,
    rows: Vec<Row>,
    pager: Pager,
}

/// A choice of a filter.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// A case of the list.
struct Row {
    number: String,
    opened_at: String,
    channel: &'static str,
    title: String,
    state: &'static str,
    unit: String,
    submissions: u32,
    undecided: u32,
    to_be_judged: bool,
    secrecy: Option<&'static str>,
}

/// Shows the queue.
///
/// # Errors
/// A filter that makes no sense, or the store failed.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let filter = filter(&query).map_err(|problem| WebError::from(problem).back_to("/desk"))?;
    let page = pager::page(&query);
    let found = gateway.queue(allowed.viewer(), filter, pager::paging(page)).await?;
    let names = gateway.names().await?;
    html(&QueuePage {
        shell: menu::shell(&gateway, &allowed.person, "信访事项", "/desk", &query),
        totals: gateway.queue_totals(allowed.viewer()).await?,
        states: STATES.iter().map(|(value, label)| choice(value, label, query.text("state"))).collect(),
        channels: channels(&query),
        classes: classes(&gateway, &query),
        undecided: query.given("undecided").is_some(),
        rows: found.rows.iter().map(|row| Row::of(row, &names)).collect(),
        pager: Pager::of(page, found.total, "/desk", &query, &FILTERS),
    })
}

fn filter(query: &Fields) -> Result<CaseFilter, Problem> {
    let state = query.given("state");
    if state.is_some_and(|state| !STATES.iter().any(|(name, _)| *name == state)) {
        return Err(invalid("办理状态"));
    }
    Ok(CaseFilter {
        secrecy: Vec::new(),
        states: state.map(ToOwned::to_owned).into_iter().collect(),
        channel: query.parse("channel", "信访形式")?,
        class: class(query)?,
        unit: None,
        undecided: query.given("undecided").is_some(),
    })
}

/// The class that a filter names.
pub(crate) fn class(query: &Fields) -> Result<Option<ContentClass>, Problem> {
    let read = |text| ContentClass::parse(text).map_err(|_unreadable| invalid("内容分类"));
    query.given("class").map(read).transpose()
}

/// The doors as choices.
pub(crate) fn channels(query: &Fields) -> Vec<Choice> {
    let every = case::channel::Channel::ALL.into_iter();
    every.map(|channel| choice(channel.as_str(), channel.label(), query.text("channel"))).collect()
}

/// The classes of the first level as choices.
pub(crate) fn classes(gateway: &Gateway, query: &Fields) -> Vec<Choice> {
    let chosen = query.text("class");
    let first = gateway.office.classes().first_level();
    let mut classes: Vec<Choice> = first.map(|(class, name)| choice(class.as_str(), name, chosen)).collect();
    // A link may narrow to a lower level, which must not be lost when another filter is set.
    if let Ok(class) = ContentClass::parse(chosen)
        && !classes.iter().any(|one| one.chosen)
    {
        classes.push(choice(class.as_str(), &gateway.office.class_name(&class), chosen));
    }
    classes
}

pub(crate) fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), chosen: value == chosen }
}

impl Row {
    fn of(queued: &QueuedCase, names: &Names) -> Self {
        let row = &queued.row;
        Self {
            number: row.case.number.to_string(),
            opened_at: time::moment(row.case.opened_at),
            channel: row.channel.label(),
            title: text::shown(&row.case.title, Masking::Masked),
            state: row.case.state.label(),
            unit: unit(&row.case.state, row.case.suggestion.as_ref(), names),
            submissions: row.submissions,
            undecided: row.undecided,
            to_be_judged: queued.to_be_judged,
            secrecy: secrecy_mark(row.case.secrecy),
        }
    }
}

/// What must be seen at once of a case that is not ordinary.
pub(crate) const fn secrecy_mark(secrecy: Secrecy) -> Option<&'static str> {
    match secrecy {
        Secrecy::Ordinary => None,
        Secrecy::Confidential | Secrecy::Sealed => Some(secrecy.label()),
    }
}

/// The unit that has the case, or the one that is suggested.
pub(crate) fn unit(state: &CaseState, suggestion: Option<&UnitSuggestion>, names: &Names) -> String {
    match state {
        CaseState::Dispatched { lead, .. }
        | CaseState::Accepted { lead, .. }
        | CaseState::Declined { lead, .. }
        | CaseState::Diverted { lead, .. }
        | CaseState::Opined { lead, .. }
        | CaseState::Served { lead, .. } => names.unit(lead),
        CaseState::Registered { .. } => match suggestion {
            Some(UnitSuggestion { lead: Some(lead), .. }) => format!("建议：{}", names.unit(lead)),
            Some(_) => "待人工确定".to_owned(),
            None => String::new(),
        },
        CaseState::Reviewing { .. }
        | CaseState::Reviewed { .. }
        | CaseState::ReReviewing { .. }
        | CaseState::ReReviewed { .. }
        | CaseState::Closed { .. }
        | CaseState::Withdrawn { .. }
        | CaseState::Joined { .. } => String::new(),
    }
}
