//! `GET /desk/units`: the list of units. It is edited as a file and taken over with `xinqiao unit import`.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::unit::{Unit, UnitKind};

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

/// The page.
#[derive(Template)]
#[template(path = "desk/units.html")]
struct UnitsPage {
    shell: Shell,
    rows: Vec<Row>,
}

/// A unit.
struct Row {
    code: String,
    name: String,
    kind: &'static str,
    parent: String,
    mail_address: String,
    phone: String,
    active: bool,
}

/// Shows every unit.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let units = gateway.unit_list(allowed.viewer()).await?;
    html(&UnitsPage {
        shell: menu::shell(&gateway, &allowed.person, "单位", "/desk/units", &query),
        rows: units.iter().map(|unit| Row::of(unit, &units)).collect(),
    })
}

impl Row {
    fn of(unit: &Unit, units: &[Unit]) -> Self {
        let parent = unit.parent.as_ref().and_then(|parent| units.iter().find(|other| other.code == *parent));
        Self {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            kind: kind(unit.kind),
            parent: parent.map_or_else(String::new, |parent| parent.name.clone()),
            mail_address: unit.mail_address.clone().unwrap_or_default(),
            phone: unit.phone.clone().unwrap_or_default(),
            active: unit.active,
        }
    }
}

const fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Township => "乡镇、街道",
        UnitKind::Department => "市直部门",
        UnitKind::Discipline => "纪检监察机关",
        UnitKind::PetitionOffice => "信访部门",
        UnitKind::Other => "其他",
    }
}
