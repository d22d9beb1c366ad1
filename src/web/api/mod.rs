//! The API for programs: the abilities of form and desk as JSON under `/api/v1`, described at `/api/openapi.json`.
//!
//! One file for each operation. The table below is the only list of them: what is served is documented and the other way round.
//! Every error is a problem document ([`problems`]); whoever changes something with a session shows its form token ([`staff`]).

use actix_web::web;
use case::number::RegistrationNumber;
use case::problem::ProblemCode;

use crate::web::problem::WebError;

pub mod announce_call;
pub mod answer_publish;
pub mod answer_withdraw;
pub mod answers;
pub mod answers_similar;
pub mod arrival;
pub mod batch_file_original;
pub mod batch_file_retry;
pub mod batch_read;
pub mod batch_upload;
pub mod batches;
pub mod body;
pub mod case_petitioners;
pub mod case_read;
pub mod case_representative_name;
pub mod case_representative_undo;
pub mod case_unmasked;
pub mod cases;
pub mod confirmation;
pub mod confirmation_undo;
pub mod correction_undo;
pub mod corrections;
pub mod decision;
pub mod decision_undo;
pub mod description;
pub mod dispatch;
pub mod dispatch_recall;
pub mod dispatch_resend;
pub mod duplicates;
pub mod enter_call;
pub mod enter_letter;
pub mod enter_mail;
pub mod enter_petition;
pub mod group;
pub mod groups;
pub mod index_read;
pub mod index_rebuild;
pub mod job_revive;
pub mod jobs;
pub mod letter_archive;
pub mod letters;
pub mod limited;
pub mod mail_reading;
pub mod mailboxes;
pub mod matters;
pub mod notice_resend;
pub mod outbox;
pub mod outbox_mail;
pub mod petition_schema;
pub mod petition_status;
pub mod petition_submit;
pub mod problems;
pub mod quarantine;
pub mod quarantine_register;
pub mod quarantine_retry;
pub mod query;
pub mod reading;
pub mod reason;
pub mod receipt;
pub mod representative_name;
pub mod representative_undo;
pub mod seal;
pub mod sealed;
pub mod sealed_hand_over;
pub mod sealed_receive;
pub mod search;
pub mod search_petitioner;
pub mod separators;
pub mod session_begin;
pub mod session_end;
pub mod staff;
pub mod stickers;
pub mod units;
pub mod unseal;
pub mod verification;

macro_rules! operations {
    ($($path:literal: $($method:ident $module:ident::$name:ident),+;)*) => {
        /// Adds the routes.
        pub fn configure(service: &mut web::ServiceConfig) {
            service.service(web::resource("/api/openapi.json").get(description::description));
            $(service.service(web::resource($path)$(.$method($module::$name))+);)*
            service.service(web::scope("/api").default_service(web::to(unknown)));
        }

        /// The operations for the description.
        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($($module::$name),+),*))]
        pub(crate) struct Operations;
    };
}

operations! {
    "/api/v1/petitions": post petition_submit::submit_petition;
    "/api/v1/petitions/status": post petition_status::petition_status;
    "/api/v1/answers": get answers::list_answers;
    "/api/v1/answers/similar": post answers_similar::similar_answers;
    "/api/v1/answers/{id}/withdrawal": post answer_withdraw::withdraw_answer;
    "/api/v1/session": post session_begin::begin_session, delete session_end::end_session;
    "/api/v1/letters": get letters::list_letters, post enter_letter::enter_letter;
    "/api/v1/letters/{number}/verification": get verification::read_verification;
    "/api/v1/letters/{number}/reading": post reading::read_letter_again;
    "/api/v1/letters/{number}/corrections": post corrections::correct_letter;
    "/api/v1/letters/{number}/corrections/{id}": delete correction_undo::undo_correction;
    "/api/v1/letters/{number}/confirmation": post confirmation::confirm_letter, delete confirmation_undo::undo_confirmation;
    "/api/v1/letters/{number}/archive": get letter_archive::read_letter_archive;
    "/api/v1/batches": get batches::list_batches, post batch_upload::upload_batch;
    "/api/v1/batches/{id}": get batch_read::read_batch;
    "/api/v1/batch-files/{id}/retry": post batch_file_retry::retry_batch_file;
    "/api/v1/batch-files/{id}/original": get batch_file_original::read_batch_file;
    "/api/v1/separators": get separators::list_separators;
    "/api/v1/stickers": post stickers::order_stickers;
    "/api/v1/sealed-envelopes": get sealed::list_sealed, post sealed_receive::receive_sealed;
    "/api/v1/sealed-envelopes/{id}/hand-over": post sealed_hand_over::hand_over_sealed;
    "/api/v1/mails": post enter_mail::enter_mail;
    "/api/v1/mails/{number}/reading": post mail_reading::read_attachments_again;
    "/api/v1/calls": post enter_call::enter_call;
    "/api/v1/calls/incoming": post announce_call::announce_call;
    "/api/v1/entries": post enter_petition::enter_petition;
    "/api/v1/arrivals/{id}": get arrival::read_arrival;
    "/api/v1/cases": get cases::list_cases;
    "/api/v1/cases/{number}": get case_read::read_case;
    "/api/v1/cases/{number}/unmasked": post case_unmasked::read_case_unmasked;
    "/api/v1/cases/{number}/petitioners": get case_petitioners::list_case_petitioners;
    "/api/v1/cases/{number}/representatives": post case_representative_name::name_case_representative;
    "/api/v1/cases/{number}/representatives/{submission}/{petitioner}": delete case_representative_undo::undo_case_representative;
    "/api/v1/cases/{number}/seal": post seal::seal_case;
    "/api/v1/cases/{number}/unseal": post unseal::unseal_case;
    "/api/v1/cases/{number}/answers": post answer_publish::publish_answer;
    "/api/v1/cases/{number}/duplicates": get duplicates::find_duplicates;
    "/api/v1/cases/{number}/dispatches": post dispatch::dispatch_case;
    "/api/v1/findings/{id}/decision": post decision::decide_finding, delete decision_undo::undo_decision;
    "/api/v1/dispatches/{id}": delete dispatch_recall::recall_dispatch;
    "/api/v1/dispatches/{id}/resend": post dispatch_resend::resend_dispatch;
    "/api/v1/notices/{id}/resend": post notice_resend::resend_notice;
    "/api/v1/outbox": get outbox::list_outbox;
    "/api/v1/outbox/{id}": get outbox_mail::read_outbox_mail;
    "/api/v1/mailboxes": get mailboxes::list_mailboxes;
    "/api/v1/search": get search::search_cases, post search_petitioner::search_petitioner;
    "/api/v1/groups": get groups::list_groups;
    "/api/v1/groups/{id}": get group::read_group;
    "/api/v1/groups/{id}/representatives": post representative_name::name_representative;
    "/api/v1/groups/{id}/representatives/{number}/{petitioner}": delete representative_undo::undo_representative;
    "/api/v1/matters": get matters::count_matters;
    "/api/v1/quarantine": get quarantine::list_quarantine;
    "/api/v1/quarantine/{id}/register": post quarantine_register::register_refused;
    "/api/v1/quarantine/{id}/retry": post quarantine_retry::retry_arrival;
    "/api/v1/jobs": get jobs::list_jobs;
    "/api/v1/jobs/{id}/revive": post job_revive::revive_job;
    "/api/v1/index": get index_read::read_index;
    "/api/v1/index/rebuild": post index_rebuild::rebuild_index;
    "/api/v1/units": get units::list_units;
}

/// What is not there.
async fn unknown() -> Result<actix_web::HttpResponse, WebError> {
    Err(ProblemCode::NotFound.because("没有这个接口").into())
}

/// The identifier in a path; what is none names nothing.
pub(crate) fn identifier<T: std::str::FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_invalid: T::Err| ProblemCode::NotFound.into())
}

/// The number in a path; what is no number names no case.
pub(crate) fn number(text: &str) -> Result<RegistrationNumber, WebError> {
    RegistrationNumber::parse(text).map_err(|_invalid| ProblemCode::NotFound.into())
}
