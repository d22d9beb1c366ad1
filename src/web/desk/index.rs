//! `GET /desk/index`: the search index, its rebuild, and a button that asks for one.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::desk::index::{IndexStanding, RebuildStanding};
use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

/// The page.
#[derive(Template)]
#[template(path = "desk/index.html")]
struct IndexPage {
    shell: Shell,
    standing: IndexStanding,
}

impl IndexPage {
    const fn kibibytes(bytes: &u64) -> u64 {
        bytes.div_ceil(1024)
    }
}

/// Shows it.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let standing = gateway.index_standing(allowed.viewer()).await?;
    html(&IndexPage { shell: menu::shell(&gateway, &allowed.person, "检索索引", "/desk/index", &query), standing })
}
