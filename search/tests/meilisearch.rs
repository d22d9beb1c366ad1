//! The engine on a server: the conformance suite against the stub, or against a real server when `MEILI_URL` (and `MEILI_MASTER_KEY`) is
//! set; the exact requests; and what only a server can do wrong.

#![expect(clippy::unwrap_used, reason = "a test: a panic is its failure")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use search::SearchError;
use search::conformance::petition;
use search::engine::{CandidateQuery, Reach, SearchEngine, SearchQuery};
use search::meilisearch::MeilisearchEngine;
use search::meilisearch::stub::{Request, StubServer};
use serde_json::Value;

const KEY: &str = "a key of the tests";

static ENGINES: AtomicU32 = AtomicU32::new(0);

/// An empty engine in indices of its own, and the stub when no real server is named.
async fn fresh() -> (MeilisearchEngine, Option<StubServer>) {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests names a server so")]
    let named = (std::env::var("MEILI_URL").ok(), std::env::var("MEILI_MASTER_KEY").unwrap_or_default());
    let number = ENGINES.fetch_add(1, Ordering::Relaxed);
    match named {
        (Some(url), key) => {
            let engine = MeilisearchEngine::new(&url, &key, &format!("suite_{number}"), None).unwrap();
            engine.remove().await.unwrap();
            (engine, None)
        }
        (None, _) => {
            let (engine, server) = on_stub().await;
            (engine, Some(server))
        }
    }
}

async fn on_stub() -> (MeilisearchEngine, StubServer) {
    let server = StubServer::start(KEY).await;
    (MeilisearchEngine::new(&server.url(), KEY, "xinqiao", None).unwrap(), server)
}

search::engine_behaves!(fresh);

fn looking_for(words: &str) -> SearchQuery {
    SearchQuery::words(Reach::Ordinary, words, 20)
}

fn like(title: &str, body: &str) -> CandidateQuery {
    CandidateQuery {
        reach: Reach::Ordinary,
        title: title.to_owned(),
        body: body.to_owned(),
        identity: Vec::new(),
        before: Some(9),
        limit: 30,
    }
}

fn written(requests: &[Request]) -> String {
    let lines = requests.iter().filter(|request| !request.path.starts_with("/tasks/"));
    lines.map(|request| format!("{} {}\n{:#}\n", request.method, request.path, sorted(&request.body))).collect()
}

/// With its keys in order: another crate of the workspace has serde_json keep them as they came.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<&String, Value> = fields.iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(fields.into_iter().map(|(key, value)| (key.clone(), value)).collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[tokio::test]
async fn the_requests_are_those_that_a_real_server_was_seen_to_take() {
    let (engine, server) = on_stub().await;
    engine.put(vec![petition(1, "路灯不亮", "和平路,路灯坏了")]).await.unwrap();
    insta::assert_snapshot!("first_use_and_put", written(&server.take_requests()));
    let mut query = SearchQuery { reach: Reach::Both, ..looking_for("路灯 -\"和平路,积水\" 灯") };
    query.from = Some(petition(1, "", "").registered_at);
    engine.search(&query).await.unwrap();
    insta::assert_snapshot!("typed", written(&server.take_requests()));
    let mut query = like("锦绣华庭电梯困人", "锦绣华庭3栋电梯停运");
    query.identity = vec![IdentityKey::new(&IdentitySecret::new([7; 32]), IdentityKind::Phone, "13800000001")];
    engine.candidates(&query).await.unwrap();
    insta::assert_snapshot!("candidates", written(&server.take_requests()));
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "路灯", "不亮")]).await.unwrap();
    rebuild.keep(1).await.unwrap();
    let _made = server.take_requests();
    rebuild.finish().await.unwrap();
    insta::assert_snapshot!("swap", written(&server.take_requests()));
}

#[tokio::test]
async fn no_number_and_no_name_of_a_person_is_sent_in_clear() {
    let (engine, server) = on_stub().await;
    let mut document = petition(1, "欠薪", "我叫王小明,电话13800000001,身份证11010519491231002X");
    document.respondents = vec!["李大力".to_owned()];
    document.identity = vec![IdentityKey::new(&IdentitySecret::new([7; 32]), IdentityKind::Phone, "13800000001")];
    engine.put(vec![document.clone()]).await.unwrap();
    let mut query = like(&document.title, &document.body);
    query.identity = document.identity;
    engine.candidates(&query).await.unwrap();
    engine.search(&looking_for("王小明 李大力")).await.unwrap();
    engine.search(&looking_for("13800000001")).await.unwrap();
    let sent = written(&server.take_requests());
    for secret in ["13800000001", "110105", "王小明", "李大力", "欠薪"] {
        assert!(!sent.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn ten_words_are_looked_at_and_an_exclusion_whatever_stands_before_it() {
    let (engine, _server) = on_stub().await;
    let body = "甲甲,乙乙,丙丙,丁丁,戊戊,己己,庚庚,辛辛,壬壬,癸癸,子子";
    engine
        .put(vec![petition(1, "一", body), petition(2, "二", "甲甲,乙乙,丙丙,丁丁,戊戊,己己,庚庚,辛辛,壬壬")])
        .await
        .unwrap();
    let ten = body.split(',').take(10).collect::<Vec<_>>().join(" ");
    assert_eq!(engine.search(&looking_for(&ten)).await.unwrap().total, 1);
    assert_eq!(engine.search(&looking_for(&format!("{ten} -子子"))).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_server_that_is_down_is_named_and_everything_goes_on_when_it_is_back() {
    let (engine, mut server) = on_stub().await;
    server.stop();
    let put = engine.put(vec![petition(1, "路灯不亮", "三天了")]).await;
    assert!(matches!(put, Err(SearchError::Unreachable(_))), "{put:?}");
    assert!(matches!(engine.candidates(&like("路灯", "不亮")).await, Err(SearchError::Unreachable(_))));
    server.start_again().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    server.stop();
    assert!(matches!(engine.search(&looking_for("路灯")).await, Err(SearchError::Unreachable(_))));
    server.start_again().await;
    assert_eq!(engine.search(&looking_for("路灯")).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_write_that_the_server_took_and_could_not_do_is_an_error() {
    let (engine, server) = on_stub().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    server.full(true);
    assert!(matches!(engine.put(vec![petition(2, "路灯", "又坏")]).await, Err(SearchError::DiskFull)));
    server.full(false);
    engine.put(vec![petition(2, "路灯", "又坏")]).await.unwrap();
    assert_eq!(engine.search(&looking_for("路灯")).await.unwrap().total, 2);
}

#[tokio::test]
async fn a_wrong_key_is_named_and_no_error_repeats_what_was_asked() {
    let server = StubServer::start(KEY).await;
    let engine = MeilisearchEngine::new(&server.url(), "another", "xinqiao", None).unwrap();
    let error = engine.search(&looking_for("路灯")).await.unwrap_err();
    assert!(matches!(error, SearchError::Refused(_)), "{error:?}");
    assert_eq!(error.to_string(), "the search server refuses us: the search server answered 403 invalid_api_key");
}

#[tokio::test]
async fn an_emptied_server_gets_new_indices() {
    let (engine, server) = on_stub().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    server.empty();
    assert!(matches!(engine.search(&looking_for("路灯")).await, Err(SearchError::Unavailable(_))));
    assert_eq!(engine.search(&looking_for("路灯")).await.unwrap().total, 0);
}

#[tokio::test]
async fn queries_of_the_ordinary_space_name_no_sealed_index() {
    let (engine, server) = on_stub().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    let _made = server.take_requests();
    engine.search(&looking_for("路灯 -积水")).await.unwrap();
    engine.candidates(&like("路灯不亮", "路灯坏了三天")).await.unwrap();
    let asked = server.take_requests();
    let searches: Vec<&Request> = asked.iter().filter(|request| request.path == "/multi-search").collect();
    assert_eq!(searches.len(), 2);
    for search in searches {
        for query in search.body["queries"].as_array().unwrap() {
            assert_eq!(query["indexUid"], "xinqiao_ordinary");
        }
    }
}
