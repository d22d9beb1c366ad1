//! `GET /desk/search`: cases by words and filters.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::mask::People;
use case::place::PlaceCode;
use case::problem::Problem;
use case::submission::Submission;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use search::engine::{Reach, SearchQuery};

use crate::desk::search::{Found, is_down};
use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::desk::queue::{Choice, channels, choice, class, classes, secrecy_mark};
use crate::web::desk::view::marked::{Part, parts};
use crate::web::desk::view::pager::{self, Pager};
use crate::web::form::{Asked, Fields, invalid};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};
use crate::web::time;

/// The fields of the search, kept by the links to other pages.
const FIELDS: [&str; 6] = ["words", "channel", "class", "place", "from", "until"];
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
    from: String,
    until: String,
    asked: bool,
    down: bool,
    rows: Vec<Row>,
    pager: Pager,
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
    let back = |problem| WebError::from(problem).back_to("/desk/search");
    let asked = FIELDS.iter().any(|name| query.given(name).is_some());
    let page = pager::page(&query);
    let nothing = Found { rows: Vec::new(), cases: Vec::new(), total: 0 };
    let (found, down) = if asked {
        match gateway.search(allowed.viewer(), wanted(&query, page).map_err(back)?).await {
            Ok(found) => (found, false),
            Err(problem) if is_down(&problem) => (nothing, true),
            Err(problem) => return Err(back(problem)),
        }
    } else {
        (nothing, false)
    };
    let total = u64::try_from(found.total).unwrap_or(u64::MAX);
    html(&SearchPage {
        shell: menu::shell(&gateway, &allowed.person, "检索", "/desk/search", &query),
        words: query.text("words").to_owned(),
        channels: channels(&query),
        classes: classes(&gateway, &query),
        places: places(&gateway, &query),
        from: query.text("from").to_owned(),
        until: query.text("until").to_owned(),
        asked,
        down,
        rows: rows(&found, query.text("words")),
        pager: Pager::of(page, total, "/desk/search", &query, &FIELDS),
    })
}

fn wanted(query: &Fields, page: u32) -> Result<SearchQuery, Problem> {
    let paging = pager::paging(page);
    let until: Option<Date> = query.parse("until", "登记日期至")?;
    // The last day counts to its end.
    let until = until.map(|day| day.checked_add(1.day()).map_err(|_end_of_time| invalid("登记日期至"))).transpose()?;
    Ok(SearchQuery {
        reach: Reach::Ordinary,
        words: query.text("words").to_owned(),
        channel: query.parse("channel", "信访形式")?,
        class: class(query)?,
        place: query.given("place").map(PlaceCode::parse).transpose().map_err(|_invalid| invalid("问题属地"))?,
        from: midnight(query.parse("from", "登记日期从")?, "登记日期从")?,
        until: midnight(until, "登记日期至")?,
        identity: None,
        offset: usize::try_from(paging.offset).unwrap_or(usize::MAX),
        limit: usize::try_from(paging.limit).unwrap_or(1),
    })
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

/// When a day begins in the office.
pub(crate) fn midnight(day: Option<Date>, label: &str) -> Result<Option<Timestamp>, Problem> {
    let start = |day: Date| day.to_zoned_datetime(case::ports::office_time_zone()).map(|start| start.timestamp());
    day.map(|day| start(day).map_err(|_out_of_range| invalid(label))).transpose()
}

fn rows(found: &Found, words: &str) -> Vec<Row> {
    // What must not be found is not marked.
    let words: Vec<String> = words
        .split([' ', '\u{3000}', '"', '“', '”'])
        .filter(|word| !word.is_empty() && !word.starts_with('-'))
        .map(ToOwned::to_owned)
        .collect();
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
