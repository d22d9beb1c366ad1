//! The desk: pages for the staff. One file for each operation; what pages show of cases is in [`view`].

use std::str::FromStr;

use actix_web::web;
use case::problem::ProblemCode;

use crate::web::form::Fields;
use crate::web::problem::WebError;

pub mod answer_withdraw;
pub mod answers;
pub mod archive;
pub mod batches;
pub mod case_page;
pub mod case_representatives;
pub mod decide;
mod directory;
pub mod done;
pub mod entry;
pub mod file;
pub mod finding_page;
pub mod groups;
pub mod index;
pub mod index_rebuild;
pub mod jobs;
pub mod later_scan;
pub mod letters;
pub mod mail;
pub mod mail_read_again;
pub mod mailboxes;
pub mod matters;
pub mod menu;
pub mod notice_resend;
pub mod outbox;
pub mod quarantine;
pub mod quarantine_mail;
pub mod quarantine_original;
pub mod quarantine_register;
pub mod quarantine_retry;
pub mod queue;
pub mod recall;
pub mod representatives;
pub mod resend;
pub mod revive;
pub mod seal;
pub mod sealed;
pub mod search;
pub mod send;
pub mod sheets;
pub mod staff;
pub mod undo;
pub mod units;
pub mod unmask;
pub mod unseal;
pub mod view;

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service
        .route("/desk", web::get().to(queue::show))
        .route("/desk/cases/{number}", web::get().to(case_page::show))
        .service(
            web::resource("/desk/cases/{number}/representatives")
                .get(case_representatives::show)
                .post(case_representatives::name),
        )
        .route("/desk/cases/{number}/representatives/undo", web::post().to(case_representatives::undo))
        .route("/desk/cases/{number}/unmask", web::post().to(unmask::unmask))
        .route("/desk/cases/{number}/send", web::post().to(send::send))
        .route("/desk/cases/{number}/seal", web::post().to(seal::seal))
        .route("/desk/cases/{number}/unseal", web::post().to(unseal::unseal))
        .service(web::resource("/desk/cases/{number}/answers").get(answers::show).post(answers::publish))
        .route("/desk/answers/{id}/withdraw", web::post().to(answer_withdraw::withdraw))
        .route("/desk/findings/{id}", web::get().to(finding_page::show))
        .route("/desk/findings/{id}/decide", web::post().to(decide::decide))
        .route("/desk/findings/{id}/undo", web::post().to(undo::undo))
        .route("/desk/dispatches/{id}/recall", web::post().to(recall::recall))
        .route("/desk/dispatches/{id}/resend", web::post().to(resend::resend))
        .route("/desk/notices/{id}/resend", web::post().to(notice_resend::resend))
        .route("/desk/submissions/{id}/files/{index}", web::get().to(file::open))
        .route("/desk/submissions/{id}/archive", web::get().to(archive::open))
        .route("/desk/submissions/{id}/later-scans/{scan}/{index}", web::get().to(later_scan::open))
        .service(web::resource("/desk/batches").get(batches::list::show).post(batches::upload::take_in))
        .route("/desk/batches/{id}", web::get().to(batches::show::show))
        .route("/desk/batches/files/{id}/original", web::get().to(batches::original::download))
        .route("/desk/batches/files/{id}/retry", web::post().to(batches::retry::retry))
        .route("/desk/sheets", web::get().to(sheets::separators))
        .route("/desk/stickers", web::post().to(sheets::stickers))
        .route("/desk/stickers/{number}", web::get().to(sheets::sticker))
        .service(web::resource("/desk/sealed").get(sealed::show).post(sealed::receive))
        .route("/desk/sealed/{id}/hand-over", web::post().to(sealed::hand_over))
        .service(web::resource("/desk/search").get(search::show).post(search::of_petitioner))
        .route("/desk/groups", web::get().to(groups::list))
        .route("/desk/groups/{id}", web::get().to(groups::show))
        .route("/desk/groups/{id}/representatives", web::post().to(representatives::name))
        .route("/desk/groups/{id}/representatives/undo", web::post().to(representatives::undo))
        .route("/desk/matters", web::get().to(matters::show))
        .route("/desk/outbox", web::get().to(outbox::show))
        .route("/desk/outbox/{id}", web::get().to(mail::show))
        .route("/desk/mailboxes", web::get().to(mailboxes::show))
        .route("/desk/quarantine", web::get().to(quarantine::show))
        .route("/desk/quarantine/{id}", web::get().to(quarantine_mail::show))
        .route("/desk/quarantine/{id}/register", web::post().to(quarantine_register::register))
        .route("/desk/quarantine/{id}/original", web::get().to(quarantine_original::download))
        .route("/desk/quarantine/{id}/retry", web::post().to(quarantine_retry::retry))
        .route("/desk/jobs", web::get().to(jobs::show))
        .route("/desk/jobs/{id}/revive", web::post().to(revive::revive))
        .route("/desk/index", web::get().to(index::show))
        .route("/desk/index/rebuild", web::post().to(index_rebuild::rebuild))
        .route("/desk/staff", web::get().to(staff::show))
        .route("/desk/units", web::get().to(units::show))
        .service(web::resource("/desk/letters/new").get(entry::letters::show).post(entry::letters::take_in))
        .service(web::resource("/desk/mails/{number}/read-again").post(mail_read_again::read_again))
        .service(web::resource("/desk/mails/new").get(entry::mails::show).post(entry::mails::take_in))
        .service(web::resource("/desk/calls/files").get(entry::call_files::show).post(entry::call_files::submit))
        .configure(entry::screen::routes)
        .route(entry::item::PATH, web::get().to(entry::entered::show))
        .configure(letters::routes);
}

/// The identifier in a path; what is none names nothing.
///
/// # Errors
/// [`ProblemCode::NotFound`].
pub(crate) fn identifier<T: FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_invalid: T::Err| WebError::from(ProblemCode::NotFound).back_to("/desk"))
}

/// The page of the case that the form names, or the queue: a form cannot lead elsewhere.
pub(crate) fn back_path(fields: &Fields) -> String {
    case_page::number(fields.text("case")).map_or_else(|_none| "/desk".to_owned(), |number| case_page::path_of(&number))
}
