//! `GET /api/v1/units`: the units that cases can be sent to. No secret to anybody who is signed in.

use actix_web::{HttpResponse, web};
use case::unit::Unit;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::SignedIn;

/// Every unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitList {
    /// The units, by code.
    units: Vec<UnitLine>,
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLine {
    /// Its code: what a dispatch names.
    code: String,
    /// Its name.
    name: String,
    /// `township`, `department`, `discipline`, `petition_office` or `other`.
    #[schema(value_type = String)]
    kind: case::unit::UnitKind,
    /// The code of the unit above it.
    parent: Option<String>,
    /// Its telephone number, as shown to people.
    phone: Option<String>,
    /// Whether cases can be sent to it.
    active: bool,
}

impl From<&Unit> for UnitLine {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            kind: unit.kind,
            parent: unit.parent.as_ref().map(ToString::to_string),
            phone: unit.phone.clone(),
            active: unit.active,
        }
    }
}

/// Lists every unit, closed ones too.
///
/// # Errors
/// Nobody is signed in.
#[utoipa::path(
    get, path = "/api/v1/units", tag = "dispatches", security(("session" = [])),
    responses((status = 200, description = "The units", body = UnitList))
)]
pub async fn list_units(
    _person: SignedIn,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let names = gateway.names().await?;
    Ok(HttpResponse::Ok().json(UnitList { units: names.units().iter().map(UnitLine::from).collect() }))
}
