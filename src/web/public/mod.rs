//! The pages for petitioners: how to be heard, the form, the receipt, and where a petition stands.
//!
//! Everything works without scripts and without an account. What was typed is never lost to a mistake: the form comes back with
//! every problem named next to its field, and only what a person cannot have meant is asked about, once.

use actix_web::web;

use crate::gateway::Gateway;
use crate::web::page::{MenuEntry, Shell};

mod answers;
mod attachment;
mod control;
mod home;
pub(crate) mod incoming;
mod labels;
pub mod limits;
mod petition_form;
mod petition_new;
mod petition_submit;
mod problem_guide;
mod receipt;
mod status;
mod status_ask;
mod typed;
pub(crate) mod waiting;

/// Adds the routes.
pub fn configure(service: &mut web::ServiceConfig) {
    service
        .route("/", web::get().to(home::home))
        .route("/answers", web::get().to(answers::list))
        .route("/answers/{id}", web::get().to(answers::show))
        .route("/problems/{code}", web::get().to(problem_guide::problem_guide))
        .service(web::resource("/petitions/new").get(petition_new::petition_new).post(petition_submit::petition_submit))
        .service(web::resource("/petitions/status").get(status_ask::status_ask).post(status::status));
}

/// The frame of a public page at `path`.
fn shell(gateway: &Gateway, title: &str, path: &str) -> Shell {
    let menu =
        [("/", "首页"), ("/petitions/new", "我要反映"), ("/petitions/status", "查询进度"), ("/answers", "公开答复")]
            .map(|(entry, label)| MenuEntry { path: entry, label, current: entry == path });
    Shell { menu: menu.to_vec(), ..Shell::public(gateway, title) }
}
