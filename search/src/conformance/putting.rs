//! What is put in is found at once, in one space, in its last version; numbers of persons are not.

use case::class::ContentClass;
use case::id::CaseId;
use case::identity::key::IdentityKind;
use case::place::PlaceCode;
use uuid::Uuid;

use super::{found, key, like, looking_for, numbers, petition, put_some, sealed, submission, words};
use crate::document::Space;
use crate::engine::{Reach, SearchEngine, SearchQuery};

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

/// A telephone number in a body goes into no index; identities are keyed hashes.
pub async fn numbers_of_persons_cannot_be_searched(engine: &dyn SearchEngine) {
    engine.put(vec![petition(1, "路灯", "请回电13800000001,身份证11010519491231002X")]).await.unwrap();
    for number in ["13800000001", "1380000", "11010519491231002X", "\"回电13800000001\""] {
        assert_eq!(words(engine, number).await, [0_u64; 0], "{number}");
    }
    assert_eq!(words(engine, "回电").await, [1]);
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
