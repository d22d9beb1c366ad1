//! What every engine must do, as a test suite that an adapter stamps out for itself.
//!
//! ```ignore
//! search::conformance::engine_behaves!(async || MyEngine::fresh().await);
//! ```
//!
//! Each function takes an empty engine and panics where the engine misbehaves; the texts are invented. The gateway calls none
//! of them, so the linker leaves them out of the binary.
#![expect(clippy::missing_panics_doc, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test suite")]

mod candidates;
mod putting;
mod rebuilding;
mod searching;

use case::channel::Channel;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::document::{Document, Space};
use crate::engine::{CandidateQuery, Hit, Reach, SearchEngine, SearchQuery};

/// Stamps one test for each behaviour. `$fresh` is an async closure that gives an empty engine and whatever must live as
/// long as it.
#[macro_export]
macro_rules! engine_behaves {
    ($fresh:expr) => {
        $crate::engine_behaves! { $fresh;
            a_document_is_found_when_put_returns,
            a_later_document_takes_the_place_of_the_earlier_one,
            a_document_that_changes_its_space_is_in_one_only,
            the_last_of_two_versions_in_one_batch_stays,
            no_query_of_one_space_sees_the_other,
            words_of_two_characters_are_found,
            numbers_with_measure_words_are_found_exactly,
            layout_width_and_script_do_not_matter,
            all_words_must_be_found,
            excluded_words_exclude_in_every_form,
            a_phrase_is_found_in_order_only,
            odd_queries_are_no_errors,
            numbers_of_persons_cannot_be_searched,
            filters_narrow,
            an_identity_is_an_exact_filter,
            an_empty_query_gives_the_latest_first,
            pages_do_not_overlap_and_the_total_stays,
            candidates_survive_reading_errors,
            candidates_are_the_like_ones_first,
            candidates_share_an_identity_whatever_their_words,
            candidates_may_be_limited_to_earlier_ones,
            candidates_are_found_that_came_after_the_last_look,
            candidates_of_an_empty_index_are_none,
            a_rebuild_serves_the_old_index_until_it_is_finished,
            a_rebuild_that_is_dropped_changes_nothing,
            a_rebuild_that_was_cut_off_goes_on_from_its_last_mark,
            a_rebuild_that_was_cut_off_never_brings_an_older_version_back,
            what_is_put_during_a_rebuild_survives_it,
            a_rebuild_keeps_the_last_of_two_versions_in_one_space,
            statistics_count_both_spaces,
        }
    };
    ($fresh:expr; $($behaviour:ident,)*) => {
        $(
            #[tokio::test]
            async fn $behaviour() {
                let (engine, _kept) = $fresh().await;
                $crate::conformance::$behaviour(&engine).await;
            }
        )*
    };
}

pub use self::candidates::*;
pub use self::putting::*;
pub use self::rebuilding::*;
pub use self::searching::*;
pub use engine_behaves;

const MORNING: i64 = 1_790_000_000;

/// An invented submission; `number` gives its identifiers, its order and its day.
#[must_use]
pub fn petition(number: u64, title: &str, body: &str) -> Document {
    let days = SignedDuration::from_hours(24 * i64::try_from(number).unwrap());
    Document {
        submission: submission(number),
        case: CaseId::from_uuid(Uuid::from_u128(u128::from(number) + 1_000_000)),
        sequence: number,
        space: Space::Ordinary,
        channel: Channel::Web,
        registered_at: Timestamp::from_second(MORNING).unwrap() + days,
        title: title.to_owned(),
        body: body.to_owned(),
        respondents: Vec::new(),
        place: None,
        place_code: None,
        class: None,
        identity: Vec::new(),
    }
}

fn submission(number: u64) -> SubmissionId {
    SubmissionId::from_uuid(Uuid::from_u128(u128::from(number)))
}

fn sealed(document: Document) -> Document {
    Document { space: Space::Sealed, ..document }
}

fn key(kind: IdentityKind, value: &str) -> IdentityKey {
    IdentityKey::new(&IdentitySecret::new([7; 32]), kind, value)
}

fn looking_for(words: &str, reach: Reach) -> SearchQuery {
    SearchQuery::words(reach, words, 50)
}

fn like(title: &str, body: &str) -> CandidateQuery {
    CandidateQuery {
        reach: Reach::Ordinary,
        title: title.to_owned(),
        body: body.to_owned(),
        identity: Vec::new(),
        before: None,
        limit: 10,
    }
}

fn numbers(rows: &[Hit]) -> Vec<u64> {
    rows.iter().map(|row| u64::try_from(row.submission.as_uuid().as_u128()).unwrap()).collect()
}

async fn found(engine: &dyn SearchEngine, query: &SearchQuery) -> Vec<u64> {
    let hits = engine.search(query).await.unwrap();
    assert!(hits.total >= hits.rows.len());
    let mut numbers = numbers(&hits.rows);
    numbers.sort_unstable();
    numbers
}

async fn words(engine: &dyn SearchEngine, words: &str) -> Vec<u64> {
    found(engine, &looking_for(words, Reach::Ordinary)).await
}

/// Three neighbours and three others.
async fn put_some(engine: &dyn SearchEngine) {
    let documents = vec![
        petition(1, "锦绣华庭小区3栋电梯经常困人", "本人住锦绣华庭小区3栋2单元,电梯自5月12日起每天停运,老人无法下楼。"),
        petition(2, "和平路积水严重", "和平路与建设街交叉口每逢下雨路面积水,车辆无法通行,已有两个月。"),
        petition(3, "幸福里夜间施工噪音扰民", "幸福里南侧工地夜间施工到凌晨两点,噪音很大,孩子无法睡觉。"),
        petition(4, "锦绣华庭电梯故障无人维修", "锦绣华庭三栋的电梯坏了一个多月,物业公司一直不修,业主爬楼上下。"),
        petition(5, "村里路灯不亮", "东张谦村主街路灯坏了三个月,晚上出行不便,12月更黑。"),
        petition(6, "拖欠农民工工资", "某工地拖欠我们十二名农民工三个月工资,多次讨要无果。"),
    ];
    engine.put(documents).await.unwrap();
}
