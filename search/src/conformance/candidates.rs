//! What may be a duplicate of a petition.

use case::identity::key::IdentityKind;

use super::{key, like, looking_for, numbers, petition, put_some};
use crate::engine::{CandidateQuery, Reach, SearchEngine};

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

/// Whoever looked before it came in and found nothing finds it: an engine that keeps what it knows of words must not keep that nobody says
/// them.
pub async fn candidates_are_found_that_came_after_the_last_look(engine: &dyn SearchEngine) {
    let documents =
        (1..=250).map(|number| petition(number, "路灯不亮", "村里主街路灯坏了三个月,晚上出行不便")).collect();
    engine.put(documents).await.unwrap();
    // No words of a dictionary: only the bigrams of the body find it.
    let query = like("", "翟埝圪塝");
    assert!(engine.candidates(&query).await.unwrap().is_empty());
    engine.put(vec![petition(251, "求助", "翟埝圪塝")]).await.unwrap();
    assert_eq!(numbers(&engine.candidates(&query).await.unwrap()), [251]);
}

/// The first petition of an office.
pub async fn candidates_of_an_empty_index_are_none(engine: &dyn SearchEngine) {
    assert!(engine.candidates(&like("路灯", "不亮")).await.unwrap().is_empty());
    assert!(engine.candidates(&like("", "")).await.unwrap().is_empty());
    assert_eq!(engine.search(&looking_for("路灯", Reach::Both)).await.unwrap().total, 0);
    assert_eq!(engine.statistics().await.unwrap().last_sequence, 0);
}
