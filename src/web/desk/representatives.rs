//! `POST /desk/groups/{id}/representatives`: names a representative of the group. `POST /desk/groups/{id}/representatives/undo`: takes
//! one back.

use actix_web::{HttpResponse, web};
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::representative::JointPetition;

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::{case_page, groups, identifier};
use crate::web::form::{Fields, Posted};
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Names one.
///
/// # Errors
/// No such group or petitioner, the petitioner cannot be one, or there are five.
pub async fn name(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let joint = JointPetition::Group(identifier(&path)?);
    name_in(joint, &posted, &gateway, &groups::path_of(&path)).await
}

/// Takes one back.
///
/// # Errors
/// No such group or representative.
pub async fn undo(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let joint = JointPetition::Group(identifier(&path)?);
    undo_in(joint, &posted, &gateway, &groups::path_of(&path)).await
}

/// Names whom the form names, and leads back to the page `back`.
pub(super) async fn name_in(
    joint: JointPetition,
    posted: &Posted<Decide>,
    gateway: &Gateway,
    back: &str,
) -> Result<HttpResponse, WebError> {
    let told = |problem: Problem| WebError::from(problem).back_to(back);
    let (number, petitioner) = chosen(&posted.fields).map_err(told)?;
    gateway.name_representative(posted.viewer(), joint, &number, petitioner).await.map_err(told)?;
    Ok(see_other(&Done::RepresentativeNamed.on(back)))
}

/// Takes back whom the form names, and leads back to the page `back`.
pub(super) async fn undo_in(
    joint: JointPetition,
    posted: &Posted<Decide>,
    gateway: &Gateway,
    back: &str,
) -> Result<HttpResponse, WebError> {
    let told = |problem: Problem| WebError::from(problem).back_to(back);
    let (number, petitioner) = chosen(&posted.fields).map_err(told)?;
    gateway.undo_representative(posted.viewer(), joint, &number, petitioner).await.map_err(told)?;
    Ok(see_other(&Done::RepresentativeUndone.on(back)))
}

/// The submission and the place in it that the form names.
fn chosen(fields: &Fields) -> Result<(RegistrationNumber, u16), Problem> {
    let unknown = || ProblemCode::InvalidField.because("请在名单中选择一位信访人");
    let number = case_page::number(fields.text("submission")).map_err(|_none| unknown())?;
    let petitioner = fields.text("petitioner").parse().map_err(|_none| unknown())?;
    Ok((number, petitioner))
}
