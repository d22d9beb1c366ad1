//! No query sees more than its spaces, whatever it says: on both engines, with words, operators and filters drawn at random.

#![expect(clippy::unwrap_used, reason = "a test: a panic is its failure")]

use case::class::ContentClass;
use case::id::SubmissionId;
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use case::place::PlaceCode;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use search::conformance::petition;
use search::document::{Document, Space};
use search::embedded::EmbeddedEngine;
use search::engine::{CandidateQuery, Reach, SearchEngine, SearchQuery};
use search::meilisearch::MeilisearchEngine;
use search::meilisearch::stub::StubServer;
use uuid::Uuid;

/// Queries that are drawn for each engine.
const QUERIES: u32 = 128;
/// Submissions with this number and above are sealed.
const SEALED_FROM: u64 = 100;

/// Pieces of queries: words that the sealed hold, and whatever either engine's own language might take for an order.
const PIECES: [&str; 26] = [
    "电梯",
    "贿赂",
    "\"收受贿赂\"",
    "-积水",
    "-贿赂",
    "局长",
    "局",
    "OR",
    "AND",
    "NOT",
    "*",
    "(",
    ")",
    "space",
    "sealed",
    ":",
    "=",
    "\"",
    "-",
    "space = sealed",
    "space:sealed",
    "[* TO *]",
    "\\",
    "' OR 1=1",
    "3栋",
    "举报",
];

fn key() -> IdentityKey {
    IdentityKey::new(&IdentitySecret::new([7; 32]), IdentityKind::Phone, "13800000001")
}

/// Pairs of one text, of which one is sealed: only the space tells them apart.
fn documents() -> Vec<Document> {
    let texts = [
        ("锦绣华庭电梯采购收受贿赂", "举报某局长在锦绣华庭3栋电梯采购中收受贿赂，有录音。"),
        ("和平路积水严重", "和平路每逢下雨路面积水，局里不管，车辆无法通行。"),
        ("村里路灯不亮", "东张谦村主街路灯坏了三个月，晚上出行不便。"),
    ];
    let mut documents = Vec::new();
    for (number, (title, body)) in (1_u64..).zip(texts) {
        for (space, number) in [(Space::Ordinary, number), (Space::Sealed, SEALED_FROM + number)] {
            documents.push(Document {
                space,
                identity: vec![key()],
                place_code: PlaceCode::parse("130682001").ok(),
                class: ContentClass::parse("010000").ok(),
                respondents: vec!["某局长".to_owned()],
                ..petition(number, title, body)
            });
        }
    }
    documents
}

/// What is asked: words, whether each filter is set, where the page begins.
type Asked = (String, [bool; 4], usize);

fn any_asked() -> impl Strategy<Value = Asked> {
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..6);
    let words = prop_oneof![
        4 => (pieces, any::<bool>()).prop_map(|(pieces, apart)| pieces.join(if apart { " " } else { "" })),
        1 => any::<String>(),
    ];
    (words, any::<[bool; 4]>(), 0_usize..3)
}

fn query(asked: &Asked, reach: Reach) -> SearchQuery {
    let (words, [identity, place, class, from], offset) = asked;
    let mut query = SearchQuery::words(reach, words, 50);
    query.identity = identity.then(key);
    query.place = PlaceCode::parse("130682001").ok().filter(|_| *place);
    query.class = ContentClass::parse("010000").ok().filter(|_| *class);
    query.from = from.then(|| petition(1, "", "").registered_at);
    query.offset = *offset;
    query
}

fn is_sealed(id: SubmissionId) -> bool {
    id.as_uuid() > Uuid::from_u128(u128::from(SEALED_FROM))
}

/// Asks both ways in every reach; a query that is refused gives nothing away.
async fn sees_only_its_space(engine: &dyn SearchEngine, asked: &Asked) {
    for (reach, hidden) in [(Reach::Ordinary, true), (Reach::Sealed, false)] {
        let found = engine.search(&query(asked, reach)).await.map(|hits| hits.rows).unwrap_or_default();
        let candidates = CandidateQuery {
            reach,
            title: asked.0.clone(),
            body: "举报某局长在锦绣华庭3栋电梯采购中收受贿赂".to_owned(),
            identity: vec![key()],
            before: None,
            limit: 20,
        };
        let like = engine.candidates(&candidates).await.unwrap_or_default();
        for hit in found.iter().chain(&like) {
            assert_ne!(is_sealed(hit.submission), hidden, "{asked:?} as {reach:?}");
        }
    }
}

fn ask_at_random(runtime: &tokio::runtime::Runtime, engine: &dyn SearchEngine) {
    runtime.block_on(engine.put(documents())).unwrap();
    let all = runtime.block_on(engine.search(&SearchQuery::words(Reach::Both, "贿赂", 50))).unwrap();
    assert_eq!(all.rows.len(), 2, "there is something to hide");
    let settings = ProptestConfig { cases: QUERIES, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(settings)
        .run(&any_asked(), |asked| {
            runtime.block_on(sees_only_its_space(engine, &asked));
            Ok(())
        })
        .unwrap();
}

#[test]
fn no_query_of_the_embedded_engine_sees_more_than_its_space() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(folder.path()).unwrap();
    ask_at_random(&runtime, &engine);
}

#[test]
fn no_query_of_the_search_server_sees_more_than_its_space() {
    const KEY: &str = "a key of the tests";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(StubServer::start(KEY));
    let engine = MeilisearchEngine::new(&server.url(), KEY, "xinqiao", None).unwrap();
    ask_at_random(&runtime, &engine);
}
