//! `POST /desk/findings/{id}/decide`: confirms or refuses a finding.

use actix_web::{HttpResponse, web};
use case::finding::Relation;

use crate::desk::decide::Verdict;
use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::{back_path, identifier};
use crate::web::form::{Posted, invalid};
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// The value of `verdict` that refuses; the others are names of relations.
const REFUSE: &str = "refuse";

/// Decides.
///
/// # Errors
/// No such finding, or what was decided no longer stands.
pub async fn decide(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = back_path(&posted.fields);
    let failed = |problem| WebError::from(problem).back_to(back.clone());
    let (verdict, done) = match posted.fields.text("verdict") {
        REFUSE => (Verdict::Refuse, Done::Refused),
        relation => {
            let relation = relation.parse().map_err(|_unknown| failed(invalid("认定")))?;
            let group = posted.fields.parse("group", "同类事项").map_err(failed)?;
            match (relation, group) {
                (Relation::SameMatter, Some(group)) => (Verdict::IntoGroup(group), Done::Confirmed),
                (relation, _) => (Verdict::Confirm(relation), Done::Confirmed),
            }
        }
    };
    gateway.decide(posted.viewer(), id, verdict, posted.fields.given("reason")).await.map_err(failed)?;
    Ok(see_other(&done.on(&back)))
}
