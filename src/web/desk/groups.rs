//! `GET /desk/groups`: the groups formed on a day. `GET /desk/groups/{id}`: the cases of one.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::matter::Case;
use case::representative::{JointPetition, Representative};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::desk::group::SeenGroup;
use crate::desk::names::Names;
use crate::desk::representatives::SeenPetitioner;
use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::time;
use crate::web::desk::queue::{secrecy_mark, unit};
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::rights::Rights;
use crate::web::desk::view::text;
use crate::web::desk::{identifier, menu};
use crate::web::form::{Asked, Fields};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Where the list is.
const PATH: &str = "/desk/groups";
/// The field of the day, kept by the links to other pages.
const DAY: &str = "day";

/// The list of a day.
#[derive(Template)]
#[template(path = "desk/groups.html")]
struct ListPage {
    shell: Shell,
    day: String,
    before: Option<String>,
    after: Option<String>,
    rows: Vec<Row>,
    pager: Pager,
}

/// A group of the list.
struct Row {
    id: String,
    title: String,
    place: String,
    class: String,
    size: usize,
    formed_at: String,
    formed_by: String,
}

/// One group.
#[derive(Template)]
#[template(path = "desk/group.html")]
struct GroupPage {
    shell: Shell,
    path: String,
    group: Row,
    rights: Rights,
    /// How many may come to speak for all (条例 article 20).
    limit: usize,
    /// Who does.
    representatives: Vec<Person>,
    /// How many petitioners there are.
    petitioners: usize,
    cases: Vec<Member>,
}

/// A case of the group.
struct Member {
    number: String,
    title: String,
    state: &'static str,
    unit: String,
    place: String,
    opened_at: String,
    secrecy: Option<&'static str>,
    people: Vec<Person>,
}

/// A petitioner of the group or of the case.
pub(super) struct Person {
    pub(super) submission: String,
    pub(super) petitioner: u16,
    pub(super) name: String,
    pub(super) nameable: bool,
    /// When this one was named and by whom; none who was not.
    pub(super) named: Option<String>,
}

/// Shows the groups formed on a day: today, unless another one is asked for.
///
/// # Errors
/// No such day, or the store failed.
pub async fn list(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let back = |problem| WebError::from(problem).back_to(PATH);
    let today = case::ports::office_date(gateway.clock.now());
    let day: Date = query.parse(DAY, "日期").map_err(back)?.unwrap_or(today);
    let page = pager::page(&query);
    let found = gateway.groups_formed(allowed.viewer(), day, day, pager::paging(page)).await.map_err(back)?;
    let names = gateway.names().await?;
    let link = |day: Date| format!("{PATH}?{DAY}={day}");
    let kept: Fields = [(DAY.to_owned(), day.to_string())].into_iter().collect();
    html(&ListPage {
        shell: menu::shell(&gateway, &allowed.person, "新增同类事项", PATH, &query),
        day: day.to_string(),
        before: day.checked_sub(1.day()).ok().map(link),
        after: day.checked_add(1.day()).ok().filter(|after| *after <= today).map(link),
        rows: found.rows.iter().map(|group| Row::of(group, &gateway, &names)).collect(),
        pager: Pager::of(page, found.total, PATH, &kept, &[DAY]),
    })
}

/// Shows one group with every case of it that the person may see.
///
/// # Errors
/// No such group, or none of which the person may see two cases.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to(PATH);
    let group = gateway.group_view(allowed.viewer(), id).await.map_err(back)?;
    let everybody = gateway.petitioners_of(allowed.viewer(), JointPetition::Group(id)).await.map_err(back)?;
    let names = gateway.names().await?;
    html(&GroupPage {
        shell: menu::shell(&gateway, &allowed.person, "同类事项", PATH, &query),
        path: path_of(&group.id.to_string()),
        group: Row::of(&group, &gateway, &names),
        rights: Rights::of(allowed.viewer()),
        limit: case::group::REPRESENTATIVE_LIMIT,
        representatives: everybody
            .iter()
            .filter(|one| one.representative.is_some())
            .map(|one| Person::of(one, &names))
            .collect(),
        petitioners: everybody.len(),
        cases: group.cases.iter().map(|case| Member::of(case, &everybody, &names)).collect(),
    })
}

impl Row {
    fn of(group: &SeenGroup, gateway: &Gateway, names: &Names) -> Self {
        let first = group.cases.first();
        let class = first.and_then(|case| case.class.as_ref());
        Self {
            id: group.id.to_string(),
            title: group.title.clone(),
            place: first.map(place).unwrap_or_default(),
            class: class.map_or_else(|| "待确定".to_owned(), |class| gateway.office.class_name(&class.value)),
            size: group.size,
            formed_at: time::moment(group.formed_at),
            formed_by: names.actor(&group.formed_by),
        }
    }
}

impl Member {
    fn of(case: &Case, everybody: &[SeenPetitioner], names: &Names) -> Self {
        Self {
            number: case.number.to_string(),
            title: case.title.clone(),
            state: case.state.label(),
            unit: unit(&case.state, case.suggestion.as_ref(), names),
            place: place(case),
            opened_at: time::moment(case.opened_at),
            secrecy: secrecy_mark(case.secrecy),
            people: everybody.iter().filter(|one| one.case == case.id).map(|one| Person::of(one, names)).collect(),
        }
    }
}

impl Person {
    pub(super) fn of(seen: &SeenPetitioner, names: &Names) -> Self {
        let named =
            |one: &Representative| format!("{}由{}推选登记", time::moment(one.named_at), names.actor(&one.named_by));
        Self {
            submission: seen.number.to_string(),
            petitioner: seen.who.petitioner,
            name: seen.name.clone().unwrap_or_else(|| "未写姓名".to_owned()),
            nameable: seen.nameable,
            named: seen.representative.as_ref().map(named),
        }
    }
}

/// Where the page of a group is.
pub(super) fn path_of(id: &str) -> String {
    format!("{PATH}/{id}")
}

/// The place as it may be shown.
fn place(case: &Case) -> String {
    case.place.as_ref().map_or_else(|| "待确定".to_owned(), |place| text::shown(&place.value.text, Masking::Masked))
}
