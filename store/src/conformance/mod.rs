//! What every adapter must show. Each function is one rule of the port, named as a sentence, and takes a fresh and empty store; an
//! adapter's tests stamp one test for each with [`store_conformance!`](crate::store_conformance):
//!
//! ```ignore
//! async fn open() -> Opened<dyn Store, TempDir> { ... } // the second value lives as long as the test
//! store::store_conformance!(open);
//! ```
//!
//! The same for [`crate::files::Files`] with [`files_conformance!`](crate::files_conformance).

pub mod arrivals;
pub mod batches;
pub mod cases;
pub mod corrections;
pub mod dead_jobs;
pub mod dispatches;
pub mod entry_drafts;
pub mod events;
pub mod files;
pub mod findings;
pub mod groups;
pub mod jobs;
pub mod mailboxes;
pub mod mails;
pub mod matters;
pub mod notices;
pub mod published_answers;
pub mod readings;
pub mod representatives;
pub mod sample;
pub mod staff;
pub mod stickers;
pub mod submissions;
pub mod units;
pub mod units_of_work;

use crate::StoreError;

/// How a rule was kept: a rule that is broken panics in an assertion, anything unexpected comes back as an error.
pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// A fresh and empty store, or place for files, and what must be kept while it is used.
pub type Opened<T, K> = Result<(std::sync::Arc<T>, K), Box<dyn std::error::Error + Send + Sync>>;

/// Whether a change was refused because what it expected does not stand.
pub(crate) const fn is_conflict<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Conflict { .. }))
}

/// Whether a record was refused because it is there already.
pub(crate) const fn is_there_already<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Exists { .. }))
}

/// Stamps one test for each rule of [`crate::Store`]. `$open` is the name of an async function beside the macro that gives [`Opened`]. The adapter's crate needs tokio with `macros` and `rt-multi-thread`.
#[macro_export]
macro_rules! store_conformance {
    ($open:ident) => {
        $crate::store_conformance! { $open =>
            arrivals: an_arrival_is_read_back_as_written, replay_returns_the_first_arrival,
                      a_registered_arrival_is_never_settled_again, a_refused_arrival_can_be_settled_again,
                      arrivals_are_listed_newest_first_and_filtered, an_unknown_arrival_is_none;
            submissions: a_submission_is_read_back_as_written, take_numbers_never_repeats, numbers_of_an_undone_unit_are_given_again,
                      numbers_of_a_day_start_at_one, an_arrival_becomes_one_submission, a_number_is_given_once,
                      submissions_are_found_by_their_identifiers, a_moved_submission_belongs_to_its_new_case,
                      submissions_are_walked_in_the_order_of_registration, secrecy_of_a_submission_is_changed,
                      submissions_are_sifted_by_how_their_case_stands;
            cases: a_case_is_read_back_as_written, update_with_old_version_conflicts, an_update_counts_the_version_up,
                      a_case_number_is_given_once, lists_never_show_other_secrecy, cases_are_listed_newest_first_in_pages,
                      cases_are_filtered_by_state_and_door, cases_are_filtered_by_class_and_those_below,
                      cases_are_filtered_by_unit, cases_count_submissions_and_undecided_findings,
                      findings_that_nobody_can_decide_are_not_counted;
            groups: a_group_keeps_its_cases_in_order, a_finding_stands_in_one_group, a_case_leaves_with_its_last_finding,
                      a_group_without_findings_is_dissolved, a_group_follows_a_join_and_its_undoing,
                      groups_are_listed_without_what_may_not_be_seen, a_link_is_a_confirmed_finding;
            representatives: representatives_are_given_in_the_order_of_naming, nobody_represents_a_group_twice,
                a_case_has_representatives_of_its_own,
                      a_representative_is_taken_back_once, representatives_are_gone_with_their_group;
            findings: a_finding_is_read_back_as_written, a_pair_has_one_finding, a_decision_on_another_state_conflicts,
                      clearing_keeps_what_was_decided, findings_are_listed_most_likely_first, findings_of_a_case_are_all_that_concern_it,
                      decided_findings_are_walked_without_the_sealed;
            corrections: a_letter_check_is_read_back_as_written, an_old_version_of_a_check_conflicts, a_letter_is_checked_once,
                      a_submission_is_given_with_the_corrections_that_stand, what_was_read_is_never_changed,
                      a_correction_is_taken_back_once, corrections_are_kept_in_their_order, a_confirmed_letter_is_certain,
                      letters_to_check_are_listed_first, letters_of_other_secrecy_are_not_listed, letters_of_a_batch_are_listed, the_next_letter_is_one_to_check,
                      a_correction_stands_where_a_later_reading_has_moved_it;
            batches: a_batch_is_read_back_as_written, a_scanners_day_is_one_batch, uploads_are_batches_of_their_own,
                      batches_are_counted_and_listed_newest_first, files_of_a_batch_are_in_the_order_of_their_taking,
                      a_parted_file_is_never_settled_again, letters_of_a_file_are_in_order,
                      an_arrival_is_one_letter_and_any_number_of_replays;
            stickers: reserved_numbers_and_registered_ones_are_one_count, the_order_of_registration_is_taken_by_itself,
                      a_reserved_number_is_used_once, later_scans_are_given_oldest_first,
                      a_sealed_envelope_is_read_back_as_written, a_sealed_envelope_is_handed_over_once,
                      sealed_envelopes_are_listed_newest_first;
            published_answers: a_published_answer_is_read_back_as_written,
                      an_answer_is_withdrawn_once_and_the_desk_still_knows_it, the_public_reads_nothing_of_a_sealed_case,
                      a_walk_through_the_answers_misses_none_when_some_are_withdrawn;
            readings: a_page_reading_is_read_back_as_written, a_later_reading_of_a_page_takes_the_place_of_the_earlier,
                      a_forgotten_page_is_unknown, the_newest_archive_file_is_given,
                      a_later_reading_stands_in_the_place_of_what_was_read,
                      a_mail_is_found_while_an_attachment_of_it_may_be_read_again;
            dispatches: a_dispatch_is_read_back_as_written, a_recalled_dispatch_stays_recalled,
                      dispatches_of_a_case_are_oldest_first, the_outbox_never_shows_other_secrecy;
            events: event_chain_is_unbroken, events_of_a_case_are_oldest_first, an_undone_event_leaves_no_gap,
                      events_are_walked_in_steps, the_chain_is_verified;
            units: a_unit_is_read_back_as_written, a_unit_is_written_over, units_are_listed_by_code;
            staff: a_person_is_read_back_as_written, a_user_name_is_taken_once, a_password_is_changed_only_when_given,
                      a_session_lives_until_it_is_removed, ended_sessions_are_swept;
            entry_drafts: a_draft_is_read_back_as_kept, a_draft_of_another_window_conflicts, a_draft_is_its_writers_alone,
                      drafts_are_listed_last_kept_first, the_oldest_drafts_come_first;
            dead_jobs: a_buried_job_is_dead_and_can_be_revived, only_the_dead_are_revived, a_claim_from_before_a_revival_is_lost;
            jobs: a_job_is_claimed_once, jobs_are_claimed_oldest_first, a_job_is_not_claimed_before_its_time,
                      a_lease_that_ran_out_is_claimed_again, released_leases_are_claimed_again_at_once,
                      a_job_is_found_by_its_key, lost_claim_changes_nothing, a_finished_job_is_gone,
                      a_put_off_job_waits, one_open_job_for_a_key, claims_keep_to_queue_and_kinds,
                      an_extended_lease_holds, jobs_of_a_case_are_shown, claims_of_many_workers_never_meet,
                      a_page_and_its_total_are_of_one_moment,
                      an_undone_unit_enqueues_nothing;
            mailboxes: a_mailbox_stands_as_written_last, unsettled_mails_are_counted_where_they_stood;
            matters: matters_are_counted_without_the_sealed, groups_are_counted_without_the_sealed;
            mails: a_mail_is_found_where_it_stood, an_address_is_noted_once_for_each_mail;
            notices: a_notice_is_read_back_as_written, notices_are_found_by_submission_and_case,
                      notices_to_an_address_are_counted;
            units_of_work: undone_unit_of_work_leaves_nothing, a_commit_is_seen_by_readers,
                      a_snapshot_sees_one_moment, readers_never_see_what_is_not_committed,
                      a_refused_record_leaves_the_unit_usable, many_units_at_once_all_happen, a_unit_sees_its_own_changes,
                      a_new_store_passes_its_check;
        }
    };
    ($open:ident => $($module:ident: $($rule:ident),+ $(,)?;)+) => {
        $(mod $module {
            $(#[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() -> $crate::conformance::Outcome {
                let (store, _kept) = super::$open().await?;
                $crate::conformance::$module::$rule(store).await
            })+
        })+
    };
}

/// Stamps one test for each rule of [`crate::files::Files`]. `$open` is the name of an async function beside the macro that gives [`Opened`].
#[macro_export]
macro_rules! files_conformance {
    ($open:ident) => {
        $crate::files_conformance! { $open =>
            bytes_are_given_back, empty_bytes_are_bytes, storing_twice_changes_nothing, unknown_bytes_are_none,
            many_at_once_are_all_kept
        }
    };
    ($open:ident => $($rule:ident),+ $(,)?) => {
        $(#[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $rule() -> $crate::conformance::Outcome {
            let (files, _kept) = $open().await?;
            $crate::conformance::files::$rule(files).await
        })+
    };
}
