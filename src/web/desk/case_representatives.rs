//! `GET /desk/cases/{number}/representatives`: the petitioners of one case and who of them speaks for all. `POST` on the same path names
//! one, `POST /desk/cases/{number}/representatives/undo` takes one back.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::group::REPRESENTATIVE_LIMIT;
use case::representative::JointPetition;

use crate::gateway::Gateway;
use crate::web::desk::groups::Person;
use crate::web::desk::representatives::{name_in, undo_in};
use crate::web::desk::view::rights::Rights;
use crate::web::desk::{case_page, menu};
use crate::web::form::{Asked, Posted};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Decide, ReadCases};

/// The petitioners of one case.
#[derive(Template)]
#[template(path = "desk/representatives.html")]
struct PetitionersPage {
    shell: Shell,
    path: String,
    number: String,
    rights: Rights,
    /// How many may come to speak for all (条例 article 20).
    limit: usize,
    /// Who does.
    representatives: Vec<Person>,
    people: Vec<Person>,
}

/// Shows them, names masked.
///
/// # Errors
/// No such case for this person.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let number = case_page::number(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk");
    let joint = gateway.joint_case(allowed.viewer(), &number).await.map_err(back)?;
    let everybody = gateway.petitioners_of(allowed.viewer(), joint).await.map_err(back)?;
    let names = gateway.names().await?;
    let people: Vec<Person> = everybody.iter().map(|one| Person::of(one, &names)).collect();
    let (representatives, people) = people.into_iter().partition(|person| person.named.is_some());
    html(&PetitionersPage {
        shell: menu::shell(&gateway, &allowed.person, &format!("信访人和代表 {number}"), "/desk", &query),
        path: case_page::path_of(&number),
        number: number.to_string(),
        rights: Rights::of(allowed.viewer()),
        limit: REPRESENTATIVE_LIMIT,
        representatives,
        people,
    })
}

/// Names one.
///
/// # Errors
/// No such case or petitioner, the petitioner cannot be one, or there are five.
pub async fn name(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let (joint, back) = joint(&posted, &gateway, &path).await?;
    name_in(joint, &posted, &gateway, &back).await
}

/// Takes one back.
///
/// # Errors
/// No such case or representative.
pub async fn undo(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let (joint, back) = joint(&posted, &gateway, &path).await?;
    undo_in(joint, &posted, &gateway, &back).await
}

/// The case in the path, and the page of its petitioners.
async fn joint(posted: &Posted<Decide>, gateway: &Gateway, path: &str) -> Result<(JointPetition, String), WebError> {
    let number = case_page::number(path)?;
    let joint = gateway.joint_case(posted.viewer(), &number).await;
    let joint = joint.map_err(|problem| WebError::from(problem).back_to("/desk"))?;
    Ok((joint, format!("{}/representatives", case_page::path_of(&number))))
}
