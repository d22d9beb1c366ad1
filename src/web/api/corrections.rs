//! `POST /api/v1/letters/{number}/corrections`: what a person put right, kept until it is confirmed.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use case::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::verification::draft::Typed;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// Texts for parts of a letter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionsRequest {
    /// The version of the check that was seen.
    version: u64,
    /// The text of each part that is put right, by the names of `verification`; an empty text takes a value out.
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptDocument {
    /// The version to name in the next step.
    version: u64,
    /// In how many places the draft differs from what stands.
    changes: usize,
}

impl CorrectionsRequest {
    /// The version and the texts.
    pub(super) fn typed(self) -> Result<(u64, Vec<Typed>), Problem> {
        let part = |(name, text): (String, String)| {
            let part = name.parse().map_err(|_unknown| invalid("values"))?;
            Ok(Typed { part, text })
        };
        Ok((self.version, self.values.into_iter().map(part).collect::<Result<_, Problem>>()?))
    }
}

/// Keeps corrections of a letter. They have no effect until the letter is confirmed.
///
/// # Errors
/// No such letter or part, or somebody else has it open or was faster.
#[utoipa::path(
    post, path = "/api/v1/letters/{number}/corrections", tag = "letters",
    security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the letter")),
    request_body = CorrectionsRequest,
    responses((status = 200, description = "Kept", body = KeptDocument))
)]
pub async fn correct_letter(
    sent: Sent<Verify, CorrectionsRequest>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let viewer = sent.viewer().clone();
    let (version, typed) = sent.body.typed()?;
    let saved = gateway.save_draft(&viewer, &number, version, &typed).await?;
    Ok(HttpResponse::Ok().json(KeptDocument { version: saved.check.version, changes: saved.check.draft.values.len() }))
}
