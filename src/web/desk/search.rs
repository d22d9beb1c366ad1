//! `GET /desk/search`: cases by words and filters. `POST /desk/search`: the same for one petitioner, by a number that must stand in no
//! address: what is posted is answered at once, and everything else of the form goes on as a link.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::mask::People;
use case::place::PlaceCode;
use case::problem::Problem;
use case::staff::Permission;
use case::submission::Submission;
use search::typed::marked_words;

use crate::desk::search::{Found, SIFTED, is_down};
use crate::desk::sought::Sought;
use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::desk::queue::{Choice, channels, choice, classes, secrecy_mark};
use crate::web::desk::view::marked::{Part, parts};
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::states::STATES;
use crate::web::form::{Asked, Fields, Posted, invalid};
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::{WebError, percent};
use crate::web::session::{Allowed, ReadCases, SignedIn, Unmask};

/// Where the page is.
const PATH: &str = "/desk/search";
/// The field of the number by which a petitioner is found; it is never part of an address.
const PETITIONER: &str = "petitioner";
/// The fields of the search, kept by the links to other pages: the words and the filters by their names, each with its label.
const FIELDS: [(&str, &str); 8] = [
    ("words", "词语"),
    ("channel", "信访形式"),
    ("class", "内容分类"),
    ("place", "问题属地"),
    ("unit", "责任单位"),
    ("state", "办理状态"),
    ("from", "登记日期从"),
    ("until", "登记日期至"),
];
/// Their names.
const NAMES: [&str; 8] = ["words", "channel", "class", "place", "unit", "state", "from", "until"];
/// Characters of a text that are shown.
const EXCERPT: usize = 160;
/// Characters shown before the first word that was found.
const BEFORE: usize = 20;

/// The page.
#[derive(Template)]
#[template(path = "desk/search.html")]
struct SearchPage {
    shell: Shell,
    words: String,
    channels: Vec<Choice>,
    classes: Vec<Choice>,
    places: Vec<Choice>,
    units: Vec<Choice>,
    states: Vec<Choice>,
    from: String,
    until: String,
    /// Whether the person may search by a petitioner's number.
    may_search_petitioners: bool,
    /// Whether these are the results for one petitioner.
    of_petitioner: bool,
    asked: bool,
    down: bool,
    /// How many were looked at, when there may be more.
    sifted: Option<usize>,
    rows: Vec<Row>,
    /// None for a petitioner: the next page would need the number again.
    pager: Option<Pager>,
    total: usize,
}

/// A submission that was found.
struct Row {
    number: String,
    case: String,
    state: &'static str,
    channel: &'static str,
    registered_at: String,
    secrecy: Option<&'static str>,
    title: Vec<Part>,
    excerpt: Vec<Part>,
}

/// Searches, once anything was asked for.
///
/// # Errors
/// A filter that makes no sense, or the store failed. An engine that is down is told on the page.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let back = |problem| WebError::from(problem).back_to(PATH);
    if !NAMES.iter().any(|name| query.given(name).is_some()) {
        return page(&gateway, &allowed.person, &query, None).await;
    }
    let sought = wanted(&query, pager::page(&query)).map_err(back)?;
    match gateway.search(allowed.viewer(), sought).await {
        Ok(found) => page(&gateway, &allowed.person, &query, Some(Answer::Found(found))).await,
        Err(problem) if is_down(&problem) => page(&gateway, &allowed.person, &query, Some(Answer::Down)).await,
        Err(problem) => Err(back(problem)),
    }
}

/// Searches for one petitioner's submissions; without a number, the form is sent on as a link.
///
/// # Errors
/// As [`show`], and no number of a person.
pub async fn of_petitioner(posted: Posted<Unmask>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let back = |problem| WebError::from(problem).back_to(PATH);
    let Some(typed) = posted.fields.given(PETITIONER) else {
        let fields = NAMES.iter().filter_map(|name| posted.fields.given(name).map(|value| (name, value)));
        let query: Vec<String> = fields.map(|(name, value)| format!("{name}={}", percent(value))).collect();
        return Ok(see_other(&format!("{PATH}?{}", query.join("&"))));
    };
    let mut sought = wanted(&posted.fields, 1).map_err(back)?;
    // One page holds them all: nobody reads two hundred petitions of one person off a list.
    sought.query.limit = OF_PETITIONER;
    let person = &posted.allowed().person;
    match gateway.search_petitioner(posted.viewer(), sought, typed).await {
        Ok(found) => page(&gateway, person, &posted.fields, Some(Answer::OfPetitioner(found))).await,
        Err(problem) if is_down(&problem) => page(&gateway, person, &posted.fields, Some(Answer::Down)).await,
        Err(problem) => Err(back(problem)),
    }
}

/// The most submissions of a petitioner that are listed.
const OF_PETITIONER: usize = 200;

/// What came of a search.
enum Answer {
    Found(Found),
    OfPetitioner(Found),
    Down,
}

async fn page(
    gateway: &Gateway,
    person: &SignedIn,
    query: &Fields,
    answer: Option<Answer>,
) -> Result<HttpResponse, WebError> {
    let names = gateway.names().await?;
    let units = names.units().iter().map(|unit| choice(unit.code.as_str(), &unit.name, query.text("unit"))).collect();
    let found = match &answer {
        Some(Answer::Found(found) | Answer::OfPetitioner(found)) => Some(found),
        Some(Answer::Down) | None => None,
    };
    let total = found.map_or(0, |found| found.total);
    let kept = u64::try_from(total).unwrap_or(u64::MAX);
    let of_petitioner = matches!(answer, Some(Answer::OfPetitioner(_)));
    html(&SearchPage {
        shell: menu::shell(gateway, person, "检索", PATH, query),
        words: query.text("words").to_owned(),
        channels: channels(query),
        classes: classes(gateway, query),
        places: places(gateway, query),
        units,
        states: STATES.iter().map(|(value, label)| choice(value, label, query.text("state"))).collect(),
        from: query.text("from").to_owned(),
        until: query.text("until").to_owned(),
        may_search_petitioners: person.viewer.may(Permission::Unmask),
        of_petitioner,
        asked: answer.is_some(),
        down: matches!(answer, Some(Answer::Down)),
        sifted: found.filter(|found| found.more).map(|_more| SIFTED),
        rows: found.map(|found| rows(found, query.text("words"))).unwrap_or_default(),
        pager: (!of_petitioner).then(|| Pager::of(pager::page(query), kept, PATH, query, &NAMES)),
        total,
    })
}

fn wanted(query: &Fields, page: u32) -> Result<Sought, Problem> {
    let paging = pager::paging(page);
    let mut sought = Sought::words(query.text("words"), usize::try_from(paging.limit).unwrap_or(1));
    sought.query.offset = usize::try_from(paging.offset).unwrap_or(usize::MAX);
    for (name, label) in FIELDS.iter().skip(1) {
        if let Some(value) = query.given(name) {
            sought.set(name, value).map_err(|_wrong| invalid(label))?;
        }
    }
    Ok(sought)
}

/// The townships as choices.
fn places(gateway: &Gateway, query: &Fields) -> Vec<Choice> {
    let chosen = query.text("place");
    let places = gateway.office.places();
    let mut choices: Vec<Choice> =
        places.townships().map(|place| choice(place.code.as_str(), &place.name, chosen)).collect();
    // A link may narrow to a village, or to a place elsewhere, which must not be lost when another filter is set.
    if let Ok(code) = PlaceCode::parse(chosen)
        && !choices.iter().any(|one| one.chosen)
    {
        let name = places.get(&code).map_or(chosen, |place| &place.name);
        choices.push(choice(chosen, name, chosen));
    }
    choices
}

fn rows(found: &Found, words: &str) -> Vec<Row> {
    let words = marked_words(words);
    let row = |submission: &Submission| {
        let case = found.cases.iter().find(|case| case.id == submission.case)?;
        let people = People::of(&submission.statement);
        let body = people.hide(&submission.statement.body);
        Some(Row {
            number: submission.number.to_string(),
            case: case.number.to_string(),
            state: case.state.label(),
            channel: submission.channel.label(),
            registered_at: time::moment(submission.registered_at),
            secrecy: secrecy_mark(submission.secrecy),
            title: parts(&people.hide(&submission.statement.title.value), &words),
            excerpt: excerpt(&body, &words),
        })
    };
    found.rows.iter().filter_map(row).collect()
}

/// The text around the first word that was found, on one line.
fn excerpt(body: &str, words: &[String]) -> Vec<Part> {
    let line: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = parts(&line, words);
    let before: usize = whole.iter().take_while(|part| !part.marked).map(|part| part.text.chars().count()).sum();
    let found = whole.iter().any(|part| part.marked);
    let start = if found { before.saturating_sub(BEFORE) } else { 0 };
    let cut: String = line.chars().skip(start).take(EXCERPT).collect();
    let more = line.chars().count() > start + EXCERPT;
    let shown = format!("{}{cut}{}", if start > 0 { "…" } else { "" }, if more { "…" } else { "" });
    parts(&shown, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_first_word_that_was_found() {
        let body = format!("{}小区停水三天{}", "前".repeat(200), "后".repeat(200));
        let shown = excerpt(&body, &["停水".to_owned()]);
        assert!(shown.iter().any(|part| part.marked && part.text == "停水"), "{shown:?}");
        let whole: String = shown.into_iter().map(|part| part.text).collect();
        assert!(whole.starts_with('…') && whole.ends_with('…') && whole.chars().count() <= EXCERPT + 2);
    }
}
