//! `GET /desk/matters`: the hot-matter board.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::place::PlaceCode;

use crate::desk::matters::{Board, HotGroup, LEAST};
use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::desk::queue::{Choice, choice};
use crate::web::form::{Asked, Fields, invalid};
use crate::web::page::{Shell, html};
use crate::web::problem::{WebError, percent};
use crate::web::session::{Allowed, ReadCases};

/// Where the page is.
const PATH: &str = "/desk/matters";
/// The periods to choose from, in weeks.
const PERIODS: [u32; 3] = [4, 8, 26];
/// The period unless another one is asked for.
const PERIOD: u32 = 8;

/// The page.
#[derive(Template)]
#[template(path = "desk/matters.html")]
struct MattersPage {
    shell: Shell,
    periods: Vec<Choice>,
    places: Vec<Choice>,
    from: String,
    least: u32,
    groups: Vec<Row>,
    matters: Vec<Row>,
}

/// A matter.
struct Row {
    link: Option<String>,
    title: String,
    place: String,
    /// This week, the week before, all.
    this_week: u32,
    last_week: u32,
    total: u32,
    /// Every week, the first one first.
    weeks: String,
}

/// Shows the board.
///
/// # Errors
/// No such period or place, or the store failed.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let back = |problem| WebError::from(problem).back_to(PATH);
    let weeks = query.parse("weeks", "期间").map_err(back)?.unwrap_or(PERIOD);
    let place = query.given("place").map(PlaceCode::parse).transpose().map_err(|_invalid| back(invalid("问题属地")))?;
    let board = gateway.hot_matters(allowed.viewer(), weeks).await.map_err(back)?;
    let chosen = weeks.to_string();
    let period = |weeks: &u32| choice(&weeks.to_string(), &format!("近{weeks}周"), &chosen);
    html(&MattersPage {
        shell: menu::shell(&gateway, &allowed.person, "热点事项", PATH, &query),
        periods: PERIODS.iter().map(period).collect(),
        places: places(&gateway, &query),
        from: board.weeks.first().map(ToString::to_string).unwrap_or_default(),
        least: LEAST,
        groups: board
            .groups
            .iter()
            .filter(|hot| is_in(township(hot).as_ref(), place.as_ref()))
            .map(|hot| Row::of_group(hot, &gateway))
            .collect(),
        matters: of_classes(&board, place.as_ref(), &gateway),
    })
}

fn of_classes(board: &Board, place: Option<&PlaceCode>, gateway: &Gateway) -> Vec<Row> {
    let within = board.matters.iter().filter(|matter| is_in(matter.place.as_ref(), place));
    within
        .map(|matter| {
            let class = matter.class.as_str();
            let narrowed = matter.place.as_ref().map(|place| format!("&place={}", place.as_str())).unwrap_or_default();
            let from = board.weeks.first().map(ToString::to_string).unwrap_or_default();
            Row {
                link: Some(format!("/desk/search?class={}{narrowed}&from={}", percent(class), percent(&from))),
                title: gateway.office.class_name(&matter.class),
                place: named(matter.place.as_ref(), gateway),
                ..Row::counted(&matter.weeks)
            }
        })
        .collect()
}

/// The townships as choices.
fn places(gateway: &Gateway, query: &Fields) -> Vec<Choice> {
    let townships = gateway.office.places().townships();
    townships.map(|place| choice(place.code.as_str(), &place.name, query.text("place"))).collect()
}

/// The township of a group: that of its first case.
fn township(hot: &HotGroup) -> Option<PlaceCode> {
    hot.group.cases.first()?.place.as_ref()?.value.code.clone()
}

/// Whether `place` is inside `wanted`.
fn is_in(place: Option<&PlaceCode>, wanted: Option<&PlaceCode>) -> bool {
    wanted.is_none_or(|wanted| place.is_some_and(|place| place.as_str().starts_with(wanted.as_str())))
}

fn named(place: Option<&PlaceCode>, gateway: &Gateway) -> String {
    place.map_or_else(
        || "属地待确定".to_owned(),
        |code| gateway.office.places().get(code).map_or_else(|| code.to_string(), |place| place.name.clone()),
    )
}

impl Row {
    fn of_group(hot: &HotGroup, gateway: &Gateway) -> Self {
        Self {
            link: Some(format!("/desk/groups/{}", hot.group.id)),
            title: format!("{}（共{}件）", hot.group.title, hot.group.size),
            place: named(township(hot).as_ref(), gateway),
            ..Self::counted(&hot.weeks)
        }
    }

    fn counted(weeks: &[u32]) -> Self {
        let mut latest = weeks.iter().rev().copied();
        Self {
            link: None,
            title: String::new(),
            place: String::new(),
            this_week: latest.next().unwrap_or_default(),
            last_week: latest.next().unwrap_or_default(),
            total: weeks.iter().copied().fold(0, u32::saturating_add),
            weeks: weeks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        }
    }
}
