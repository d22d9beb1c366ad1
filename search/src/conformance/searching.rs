//! What people type, and the filters beside it.

use case::channel::Channel;
use case::class::ContentClass;
use case::identity::key::{IdentityKey, IdentityKind};
use case::place::PlaceCode;

use super::{found, key, like, looking_for, numbers, petition, put_some, words};
use crate::document::Document;
use crate::engine::{Reach, SearchEngine, SearchQuery};

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
