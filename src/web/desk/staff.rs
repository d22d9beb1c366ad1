//! `GET /desk/staff`: who works here. People are added with `xinqiao user add`.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::staff::Staff;

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

/// The page.
#[derive(Template)]
#[template(path = "desk/staff.html")]
struct StaffPage {
    shell: Shell,
    rows: Vec<Row>,
}

/// A person.
struct Row {
    user_name: String,
    name: String,
    roles: String,
    active: bool,
}

/// Shows everybody.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let staff = gateway.staff_list(allowed.viewer()).await?;
    html(&StaffPage {
        shell: menu::shell(&gateway, &allowed.person, "人员", "/desk/staff", &query),
        rows: staff.iter().map(Row::of).collect(),
    })
}

impl Row {
    fn of(staff: &Staff) -> Self {
        Self {
            user_name: staff.user_name.to_string(),
            name: staff.display_name.clone(),
            roles: staff.roles.iter().map(|role| role.label()).collect::<Vec<_>>().join("、"),
            active: staff.active,
        }
    }
}
