//! What every engine must do, as a test suite that an adapter stamps out for itself.
//!
//! ```ignore
//! search::conformance::engine_behaves!(async || MyEngine::fresh().await);
//! ```
//!
//! Each function takes an empty engine and panics where the engine misbehaves; the texts are invented. The gateway calls none
//! of them, so the linker leaves them out of the binary.
#![expect(clippy::missing_panics_doc, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test suite")]

use case::channel::Channel;
use case::class::ContentClass;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use case::place::PlaceCode;
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
            candidates_of_an_empty_index_are_none,
            a_rebuild_serves_the_old_index_until_it_is_finished,
            a_rebuild_that_is_dropped_changes_nothing,
            a_rebuild_that_was_cut_off_goes_on_from_its_last_mark,
            a_rebuild_that_was_cut_off_never_brings_an_older_version_back,
            what_is_put_during_a_rebuild_survives_it,
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

/// Nothing has to be waited for.
pub async fn a_document_is_found_when_put_returns(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "积水").await, [2]);
    let hit = engine.search(&looking_for("积水", Reach::Ordinary)).await.unwrap().rows.remove(0);
    assert_eq!((hit.submission, hit.space), (submission(2), Space::Ordinary));
    assert_eq!(hit.case, CaseId::from_uuid(Uuid::from_u128(1_000_002)));
}

/// A corrected text replaces the first reading.
pub async fn a_later_document_takes_the_place_of_the_earlier_one(engine: &dyn SearchEngine) {
    put_some(engine).await;
    engine.put(vec![petition(2, "和平路塌陷", "路面塌了一个坑。")]).await.unwrap();
    assert_eq!(words(engine, "积水").await, [0_u64; 0]);
    assert_eq!(words(engine, "塌陷").await, [2]);
    assert_eq!(engine.statistics().await.unwrap().ordinary, 6);
}

/// Sealing takes a petition out of the general index, opening one brings it back.
pub async fn a_document_that_changes_its_space_is_in_one_only(engine: &dyn SearchEngine) {
    put_some(engine).await;
    engine.put(vec![sealed(petition(2, "和平路积水严重", "积水"))]).await.unwrap();
    assert_eq!(words(engine, "积水").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("积水", Reach::Sealed)).await, [2]);
    engine.put(vec![petition(2, "和平路积水严重", "积水")]).await.unwrap();
    assert_eq!(words(engine, "积水").await, [2]);
    assert_eq!(found(engine, &looking_for("积水", Reach::Both)).await, [2]);
    assert_eq!(found(engine, &looking_for("积水", Reach::Sealed)).await, [0_u64; 0]);
}

/// A batch may hold two versions.
pub async fn the_last_of_two_versions_in_one_batch_stays(engine: &dyn SearchEngine) {
    let versions = vec![petition(1, "旧标题", "旧文"), sealed(petition(1, "新标题", "新文"))];
    engine.put(versions).await.unwrap();
    assert_eq!(words(engine, "标题").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("新标题", Reach::Both)).await, [1]);
    assert_eq!(found(engine, &looking_for("旧标题", Reach::Both)).await, [0_u64; 0]);
}

/// The sealed space is closed to every form of query: words, phrases, exclusions, filters, identities, candidates.
pub async fn no_query_of_one_space_sees_the_other(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut accusation = sealed(petition(9, "举报某局长收受贿赂", "锦绣华庭电梯采购中某局长收受贿赂,有录音。"));
    accusation.identity = vec![key(IdentityKind::Phone, "13800000001")];
    accusation.place_code = PlaceCode::parse("130682001").ok();
    accusation.class = ContentClass::parse("010000").ok();
    accusation.respondents = vec!["某局长".to_owned()];
    engine.put(vec![accusation.clone()]).await.unwrap();
    let plain = |words: &str| looking_for(words, Reach::Ordinary);
    let queries = [
        plain("贿赂"),
        plain("\"收受贿赂\""),
        plain("锦绣华庭"),
        plain("电梯 -物业"),
        plain("-积水"),
        plain("-贿赂"),
        plain("某局长"),
        plain(""),
        plain("局"),
        SearchQuery { identity: Some(accusation.identity[0].clone()), ..plain("") },
        SearchQuery { place: accusation.place_code.clone(), ..plain("") },
        SearchQuery { class: accusation.class.clone(), ..plain("") },
        SearchQuery { from: Some(accusation.registered_at), ..plain("") },
    ];
    for query in &queries {
        assert!(!found(engine, query).await.contains(&9), "{query:?}");
        let both = SearchQuery { reach: Reach::Both, ..query.clone() };
        let inside = SearchQuery { reach: Reach::Sealed, ..query.clone() };
        let (both, inside) = (found(engine, &both).await, found(engine, &inside).await);
        assert!(inside.iter().all(|number| *number == 9), "{query:?}");
        assert_eq!(both.contains(&9), inside.contains(&9), "{query:?}");
    }
    let mut candidates = like(&accusation.title, &accusation.body);
    candidates.identity.clone_from(&accusation.identity);
    assert!(!numbers(&engine.candidates(&candidates).await.unwrap()).contains(&9));
    candidates.reach = Reach::Sealed;
    assert_eq!(numbers(&engine.candidates(&candidates).await.unwrap()), [9]);
    candidates.reach = Reach::Both;
    assert!(numbers(&engine.candidates(&candidates).await.unwrap()).contains(&1));
}

/// The commonest length of a Chinese word.
pub async fn words_of_two_characters_are_found(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "噪音").await, [3]);
    assert_eq!(words(engine, "路面").await, [2]);
    assert_eq!(words(engine, "灯").await, [5]);
    assert_eq!(words(engine, "华庭").await, [1, 4]);
}

/// `3栋` in whatever figures; `2月` is not `12月`.
pub async fn numbers_with_measure_words_are_found_exactly(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "3栋").await, [1, 4]);
    assert_eq!(words(engine, "三栋").await, [1, 4]);
    assert_eq!(words(engine, "3栋2单元").await, [1]);
    assert_eq!(words(engine, "5月12日").await, [1]);
    assert_eq!(words(engine, "12月").await, [5]);
    assert_eq!(words(engine, "2月").await, [0_u64; 0]);
    assert_eq!(words(engine, "5月").await, [1]);
}

/// Line breaks of a scan, full-width figures and traditional characters.
pub async fn layout_width_and_script_do_not_matter(engine: &dyn SearchEngine) {
    engine.put(vec![petition(1, "異地就醫報銷", "和平\n路 １２号门Ｂ座")]).await.unwrap();
    assert_eq!(words(engine, "异地就医").await, [1]);
    assert_eq!(words(engine, "和平路").await, [1]);
    assert_eq!(words(engine, "12号门b座").await, [1]);
}

/// Each word narrows.
pub async fn all_words_must_be_found(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "锦绣华庭 电梯").await, [1, 4]);
    assert_eq!(words(engine, "锦绣华庭 物业").await, [4]);
    assert_eq!(words(engine, "锦绣华庭 积水").await, [0_u64; 0]);
}

/// What is excluded does not come back through a wider reading of another word.
pub async fn excluded_words_exclude_in_every_form(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "电梯 -物业").await, [1]);
    assert_eq!(words(engine, "-物业 电梯").await, [1]);
    assert_eq!(words(engine, "电梯 -\"物业公司\"").await, [1]);
    assert_eq!(words(engine, "电梯 -梯").await, [0_u64; 0]);
    assert_eq!(words(engine, "-电梯 -工地").await, [2, 5]);
}

/// The characters in this order, side by side.
pub async fn a_phrase_is_found_in_order_only(engine: &dyn SearchEngine) {
    put_some(engine).await;
    assert_eq!(words(engine, "\"夜间施工\"").await, [3]);
    assert_eq!(words(engine, "施工夜间").await, [0_u64; 0]);
    assert_eq!(words(engine, "“路面积水,车辆无法通行”").await, [2]);
}

/// Whatever is typed is answered.
pub async fn odd_queries_are_no_errors(engine: &dyn SearchEngine) {
    put_some(engine).await;
    for odd in ["\"", "-", "--", "\"\"", "!!!", "(电梯", "a:b^2~", "title:电梯 OR", "*", "\u{0}", "[1 TO", "-\"", "🀄"]
    {
        let _answer = engine.search(&looking_for(odd, Reach::Ordinary)).await.unwrap();
    }
    assert_eq!(words(engine, "\"电梯").await, [1, 4]);
    assert_eq!(words(engine, "。。。").await, [0_u64; 0]);
    let long = "电梯".repeat(5_000);
    let _answer = engine.search(&looking_for(&long, Reach::Ordinary)).await.unwrap();
    let _candidates = engine.candidates(&like(&long, &long)).await.unwrap();
}

/// A telephone number in a body goes into no index; identities are keyed hashes.
pub async fn numbers_of_persons_cannot_be_searched(engine: &dyn SearchEngine) {
    engine.put(vec![petition(1, "路灯", "请回电13800000001,身份证11010519491231002X")]).await.unwrap();
    for number in ["13800000001", "1380000", "11010519491231002X", "\"回电13800000001\""] {
        assert_eq!(words(engine, number).await, [0_u64; 0], "{number}");
    }
    assert_eq!(words(engine, "回电").await, [1]);
}

/// Door, class with those below, place with those inside, dates from (inclusive) and until (exclusive).
pub async fn filters_narrow(engine: &dyn SearchEngine) {
    let class = |code: &str| ContentClass::parse(code).ok();
    let place = |code: &str| PlaceCode::parse(code).ok();
    let documents = vec![
        Document {
            channel: Channel::Letter,
            class: class("010203"),
            place_code: place("130682001002"),
            ..petition(1, "路灯", "甲")
        },
        Document { class: class("010200"), place_code: place("130682001"), ..petition(2, "路灯", "乙") },
        Document { class: class("020000"), place_code: place("130682"), ..petition(3, "路灯", "丙") },
        petition(4, "路灯", "丁"),
    ];
    let day = documents[1].registered_at;
    let end = documents[2].registered_at;
    engine.put(documents).await.unwrap();
    let all = looking_for("路灯", Reach::Ordinary);
    let with = |query: SearchQuery| async move { found(engine, &query).await };
    assert_eq!(with(SearchQuery { channel: Some(Channel::Letter), ..all.clone() }).await, [1]);
    assert_eq!(with(SearchQuery { class: class("010000"), ..all.clone() }).await, [1, 2]);
    assert_eq!(with(SearchQuery { class: class("010203"), ..all.clone() }).await, [1]);
    assert_eq!(with(SearchQuery { place: place("130682"), ..all.clone() }).await, [1, 2, 3]);
    assert_eq!(with(SearchQuery { place: place("130682001"), ..all.clone() }).await, [1, 2]);
    assert_eq!(with(SearchQuery { from: Some(day), ..all.clone() }).await, [2, 3, 4]);
    assert_eq!(with(SearchQuery { from: Some(day), until: Some(end), ..all.clone() }).await, [2]);
    assert_eq!(with(SearchQuery { until: Some(end), words: "-甲".to_owned(), ..all }).await, [2]);
}

/// The same value under another kind is another identity.
pub async fn an_identity_is_an_exact_filter(engine: &dyn SearchEngine) {
    let (phone, name) = (key(IdentityKind::Phone, "13800000001"), key(IdentityKind::Name, "13800000001"));
    let mut document = petition(1, "路灯", "不亮");
    document.identity = vec![phone.clone()];
    engine.put(vec![document, petition(2, "路灯", "不亮")]).await.unwrap();
    let of = |identity: IdentityKey| SearchQuery { identity: Some(identity), ..looking_for("", Reach::Ordinary) };
    assert_eq!(found(engine, &of(phone)).await, [1]);
    assert_eq!(found(engine, &of(name)).await, [0_u64; 0]);
}

/// As the desk opens it.
pub async fn an_empty_query_gives_the_latest_first(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let hits = engine.search(&looking_for("  ", Reach::Ordinary)).await.unwrap();
    assert_eq!((numbers(&hits.rows), hits.total), (vec![6, 5, 4, 3, 2, 1], 6));
}

/// Every result stands on one page.
pub async fn pages_do_not_overlap_and_the_total_stays(engine: &dyn SearchEngine) {
    let documents = (1..=25).map(|number| petition(number, "路灯不亮", &format!("第{number}号杆"))).collect();
    engine.put(documents).await.unwrap();
    for text in ["路灯", ""] {
        let mut seen = Vec::new();
        for offset in [0, 10, 20, 30] {
            let query = SearchQuery { offset, limit: 10, ..looking_for(text, Reach::Ordinary) };
            let hits = engine.search(&query).await.unwrap();
            assert_eq!(hits.total, 25);
            seen.extend(numbers(&hits.rows));
        }
        seen.sort_unstable();
        assert_eq!(seen, (1..=25).collect::<Vec<u64>>(), "{text}");
    }
}

/// A scan with every tenth character misread still finds its partner.
pub async fn candidates_survive_reading_errors(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let read = "锦绣毕庭小区3栋由梯经常困人,本人住锦秀华庭小区3栋2单无,电梯白5月12曰起每大停运,老人无法卜楼";
    let hits = engine.candidates(&like("", read)).await.unwrap();
    assert_eq!(numbers(&hits).first(), Some(&1));
}

/// The neighbour before the stranger.
pub async fn candidates_are_the_like_ones_first(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let query = like("锦绣华庭的电梯又坏了", "您好,锦绣华庭小区电梯故障,业主只能爬楼,物业不管。");
    let hits = engine.candidates(&query).await.unwrap();
    let mut first: Vec<u64> = numbers(&hits).into_iter().take(2).collect();
    first.sort_unstable();
    assert_eq!(first, [1, 4]);
    assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    let one = engine.candidates(&CandidateQuery { limit: 1, ..query }).await.unwrap();
    assert_eq!(one.len(), 1);
}

/// One person's phone call and letter may share no word.
pub async fn candidates_share_an_identity_whatever_their_words(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut document = petition(7, "反映一件事", "情况特殊");
    document.identity = vec![key(IdentityKind::Phone, "13800000002")];
    engine.put(vec![document.clone()]).await.unwrap();
    let mut query = like("锦绣华庭电梯故障", "锦绣华庭小区电梯坏了");
    query.identity = document.identity;
    query.limit = 3;
    assert!(numbers(&engine.candidates(&query).await.unwrap()).contains(&7));
    query.before = Some(7);
    assert!(!numbers(&engine.candidates(&query).await.unwrap()).contains(&7));
}

/// Judging again compares with what was there then.
pub async fn candidates_may_be_limited_to_earlier_ones(engine: &dyn SearchEngine) {
    let documents = (1..=40).map(|number| petition(number, "锦绣华庭电梯故障", "锦绣华庭小区电梯坏了没人修")).collect();
    engine.put(documents).await.unwrap();
    let query = CandidateQuery { before: Some(4), limit: 5, ..like("锦绣华庭电梯故障", "电梯坏了") };
    let mut earlier = numbers(&engine.candidates(&query).await.unwrap());
    earlier.sort_unstable();
    assert_eq!(earlier, [1, 2, 3]);
}

/// The first petition of an office.
pub async fn candidates_of_an_empty_index_are_none(engine: &dyn SearchEngine) {
    assert!(engine.candidates(&like("路灯", "不亮")).await.unwrap().is_empty());
    assert!(engine.candidates(&like("", "")).await.unwrap().is_empty());
    assert_eq!(engine.search(&looking_for("路灯", Reach::Both)).await.unwrap().total, 0);
    assert_eq!(engine.statistics().await.unwrap().last_sequence, 0);
}

/// Nobody notices a rebuild but in its result.
pub async fn a_rebuild_serves_the_old_index_until_it_is_finished(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "全新的标题", "内容")]).await.unwrap();
    assert_eq!(words(engine, "积水").await, [2]);
    assert_eq!(words(engine, "全新").await, [0_u64; 0]);
    rebuild.put(vec![sealed(petition(2, "密封的", "内容"))]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "积水").await, [0_u64; 0]);
    assert_eq!(words(engine, "全新").await, [1]);
    assert_eq!(found(engine, &looking_for("密封", Reach::Sealed)).await, [2]);
    engine.put(vec![petition(3, "之后", "又来一件")]).await.unwrap();
    assert_eq!(words(engine, "又来").await, [3]);
}

/// A rebuild that fails half way.
pub async fn a_rebuild_that_is_dropped_changes_nothing(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "全新的标题", "内容")]).await.unwrap();
    drop(rebuild);
    assert_eq!(words(engine, "积水").await, [2]);
    let again = engine.rebuild().await.unwrap();
    again.finish().await.unwrap();
    assert_eq!(engine.statistics().await.unwrap().ordinary, 0);
}

/// What was put in after the mark is put in again; what was put in before it is not asked for.
pub async fn a_rebuild_that_was_cut_off_goes_on_from_its_last_mark(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 0);
    rebuild.put(vec![petition(1, "路灯甲", "新"), petition(2, "路灯乙", "新")]).await.unwrap();
    rebuild.keep(2).await.unwrap();
    rebuild.put(vec![petition(3, "路灯丙", "新")]).await.unwrap();
    drop(rebuild);
    engine.put(vec![petition(7, "路灯丁", "新")]).await.unwrap();
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 2);
    rebuild.put(vec![petition(3, "路灯丙", "新"), petition(7, "路灯丁", "新")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "路灯").await, [1, 2, 3, 7]);
    assert_eq!(engine.statistics().await.unwrap().ordinary, 4);
    assert_eq!(engine.rebuild().await.unwrap().resumes_after(), 0);
}

/// A correction or a sealing after the cut: the rebuild begins again and does not go on with what it had.
pub async fn a_rebuild_that_was_cut_off_never_brings_an_older_version_back(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "路灯甲", "旧")]).await.unwrap();
    rebuild.keep(1).await.unwrap();
    drop(rebuild);
    engine.put(vec![sealed(petition(1, "路灯甲", "密封"))]).await.unwrap();
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 0);
    rebuild.put(vec![sealed(petition(1, "路灯甲", "密封"))]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "路灯").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("路灯", Reach::Sealed)).await, [1]);
}

/// Intake goes on; what came meanwhile is newer than what the rebuild read.
pub async fn what_is_put_during_a_rebuild_survives_it(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    engine.put(vec![petition(7, "中途新来", "新件"), sealed(petition(1, "中途密封", "改为密封"))]).await.unwrap();
    assert_eq!(words(engine, "中途").await, [7]);
    rebuild.put(vec![petition(1, "锦绣华庭小区3栋电梯经常困人", "旧"), petition(2, "和平路积水", "旧")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "中途").await, [7]);
    assert_eq!(words(engine, "困人").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("密封", Reach::Sealed)).await, [1]);
    assert_eq!(words(engine, "积水").await, [2]);
}

/// What the desk shows of the index.
pub async fn statistics_count_both_spaces(engine: &dyn SearchEngine) {
    put_some(engine).await;
    engine.put(vec![sealed(petition(12, "举报", "内容"))]).await.unwrap();
    let statistics = engine.statistics().await.unwrap();
    assert_eq!((statistics.ordinary, statistics.sealed, statistics.last_sequence), (6, 1, 12));
    let asked = [submission(1), submission(12), submission(99)];
    let mut spaces = engine.spaces_of(&asked).await.unwrap();
    spaces.sort_unstable_by_key(|(id, _)| *id);
    assert_eq!(spaces, [(submission(1), Space::Ordinary), (submission(12), Space::Sealed)]);
    assert_eq!(engine.spaces_of(&[]).await.unwrap(), []);
    assert!(statistics.bytes > 0 && !statistics.version.is_empty());
}
