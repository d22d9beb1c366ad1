//! Published answers: a person writes them, citizens find those like their own matter, and nothing else ever leaves that way.

use case::channel::Channel;
use case::id::{PublishedAnswerId, StaffId};
use case::published_answer::PublicText;
use case::secrecy::Secrecy;
use case::staff::{Role, Staff, UserName};
use proptest::prelude::*;
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::Paging;
use store::conformance::sample::{Registered, Samples};
use xinqiao::answers::publish::Consent;
use xinqiao::configuration::Configuration;
use xinqiao::desk::viewer::Viewer;
use xinqiao::gateway::Gateway;
use xinqiao::jobs::kind::{Queue, Task};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

const TITLE: &str = "居民区路灯损坏怎么报修";
const QUESTION: &str = "小区门口的路灯坏了很久，晚上出行不安全，应由谁来修？";
const ANSWER: &str = "路灯由城管部门维修，可拨打0312-2350000报修，一般三个工作日内修复。";

fn petition(title: &str, publishable: bool) -> Value {
    json!({
        "title": title, "body": "北城区街道某小区门口的路灯坏了三个月，晚上出行不安全，请求尽快修复。",
        "petitioners": [{ "name": "王五六", "phone": "13800000005", "address": "定州市北城区街道中山路8号院3栋" }],
        "anonymous": false, "confidential": false, "publishable": publishable
    })
}

fn office() -> Office {
    // Tests ask again at once until something is done.
    let office = Office::configured("[web]\nanswer_lookups_per_minute = 1000000\n");
    for (name, role) in [("officer", "officer"), ("accuser", "accusations"), ("head", "head")] {
        office.add_user(name, role);
    }
    office
}

fn register(office: &Office, name: &str, petition: &Value) -> String {
    let line = office.intake("web", &office.file(name, petition.to_string()));
    line["case"].as_str().unwrap().to_owned()
}

fn written(question: &str, consent_asked: bool) -> Value {
    json!({ "title": TITLE, "question": question, "text": ANSWER, "consent_asked": consent_asked })
}

#[tokio::test]
async fn an_answer_is_published_found_by_citizens_and_withdrawn() {
    let office = office();
    let case = register(&office, "a.json", &petition("小区路灯不亮", true));
    let server = Server::start(&office);
    let (officer, anybody) = (Program::sign_in(&server, "officer").await, Program::anonymous(&server));
    let path = format!("/api/v1/cases/{case}/answers");
    assert_eq!(anybody.get("/api/v1/answers").await.body, json!({ "answers": [], "total": 0 }), "nothing by itself");
    let published = officer.post(&path, &written(QUESTION, false)).await;
    assert_eq!(published.status, StatusCode::CREATED, "{published:?}");
    let id = published.body["answer"].as_str().unwrap().to_owned();
    let found = anybody.get_until("/api/v1/answers?words=路灯", |body| body["total"] == 1).await;
    assert_eq!(found["answers"][0]["title"], TITLE);
    let typing = json!({ "title": "", "body": "我们小区门口的路灯坏了，晚上黑漆漆的" });
    let similar = anybody.post("/api/v1/answers/similar", &typing).await.body;
    assert_eq!(similar["answers"][0]["answer"], id.as_str(), "{similar}");
    for other in ["村委会克扣低保金，请求调查处理", "路灯", ""] {
        let similar = anybody.post("/api/v1/answers/similar", &json!({ "title": other })).await.body;
        assert_eq!(similar["answers"], json!([]), "{other} has nothing to do with it, or says too little");
    }
    let visitor = Visitor::of(&server);
    let (list, page) = (visitor.get("/answers?words=报修").await, visitor.get(&format!("/answers/{id}")).await);
    assert!(list.text.contains(TITLE) && page.text.contains("三个工作日内修复"), "{}{}", list.text, page.text);
    for text in [&list.text, &page.text, &found.to_string(), &similar.to_string()] {
        for hidden in [case.as_str(), "王五六", "13800000005", "中山路"] {
            assert!(!text.contains(hidden), "{hidden} is told: {text}");
        }
    }

    let withdrawal = format!("/api/v1/answers/{id}/withdrawal");
    assert_eq!(officer.post(&withdrawal, &json!({ "reason": " " })).await.problem(), "invalid_field");
    assert_eq!(officer.post(&withdrawal, &json!({ "reason": "内容有误" })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.post(&withdrawal, &json!({ "reason": "内容有误" })).await.problem(), "conflict");
    assert_eq!(visitor.get(&format!("/answers/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(anybody.post("/api/v1/answers/similar", &typing).await.body["answers"], json!([]));
    assert_eq!(anybody.get("/api/v1/answers?words=路灯").await.body["answers"], json!([]));
    let desk = Desk::sign_in(&server, "head").await;
    let history = desk.get(&format!("/desk/cases/{case}/answers")).await.text;
    assert!(history.contains("已撤回") && history.contains("内容有误"), "{history}");
    assert!(!history.contains("name=\"question\""), "who may not decide is offered no form");
    let events = desk.get(&format!("/desk/cases/{case}")).await.text;
    assert!(events.contains("公开答复") && events.contains("撤回公开答复"), "{events}");
    assert_eq!(office.run(&["check"]).code, Some(0));
}

#[tokio::test]
async fn who_petitioned_is_never_published_nor_without_consent() {
    let office = office();
    let case = register(&office, "a.json", &petition("小区路灯不亮", false));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = format!("/api/v1/cases/{case}/answers");
    let refused = officer.post(&path, &written(QUESTION, false)).await;
    assert_eq!(refused.problem(), "not_publishable", "{refused:?}");
    for question in
        ["王五六家门口的路灯坏了", "联系电话138-0000-0005", "中山路8号院3栋门口的路灯坏了", "账号6222000011112222333"]
    {
        let refused = officer.post(&path, &written(question, true)).await;
        assert_eq!(refused.problem(), "not_publishable", "{question}: {refused:?}");
        assert!(!refused.body.to_string().contains("王五六"), "what is found is not repeated");
    }
    assert_eq!(officer.post(&path, &written(" ", true)).await.problem(), "invalid_field");
    assert_eq!(officer.post(&path, &written(QUESTION, true)).await.status, StatusCode::CREATED);
    let head = Program::sign_in(&server, "head").await;
    assert_eq!(head.post(&path, &written(QUESTION, true)).await.problem(), "forbidden");
}

#[tokio::test]
async fn nothing_of_an_accusation_is_published_and_sealing_withdraws() {
    let office = office();
    let mut accusation = petition("举报村主任贪污", true);
    accusation["purpose"] = json!("accusation");
    let sealed = register(&office, "a.json", &accusation);
    let ordinary = register(&office, "b.json", &petition("小区路灯不亮", true));
    let server = Server::start(&office);
    let (officer, accuser) = (Program::sign_in(&server, "officer").await, Program::sign_in(&server, "accuser").await);
    let path = format!("/api/v1/cases/{sealed}/answers");
    assert_eq!(officer.post(&path, &written(QUESTION, true)).await.problem(), "not_found", "not even seen");
    assert_eq!(accuser.post(&path, &written(QUESTION, true)).await.problem(), "not_publishable");
    let published = officer.post(&format!("/api/v1/cases/{ordinary}/answers"), &written(QUESTION, false)).await;
    let page = format!("/answers/{}", published.body["answer"].as_str().unwrap());
    let visitor = Visitor::of(&server);
    assert_eq!(visitor.get(&page).await.status, StatusCode::OK);
    let seal = format!("/api/v1/cases/{ordinary}/seal");
    assert_eq!(officer.post(&seal, &json!({ "reason": "涉及违纪" })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(visitor.get(&page).await.status, StatusCode::NOT_FOUND);
    let unseal = format!("/api/v1/cases/{ordinary}/unseal");
    assert_eq!(accuser.post(&unseal, &json!({ "reason": "不是检举" })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(visitor.get(&page).await.status, StatusCode::NOT_FOUND, "what was withdrawn stays so");
}

/// An office with petitions in the index, of which two were answered in public and one of those was withdrawn.
struct Published {
    gateway: Gateway,
    petitions: Vec<Registered>,
    standing: PublishedAnswerId,
    _folder: tempfile::TempDir,
}

impl Published {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = Configuration::load(None, folder.path().to_owned()).unwrap();
        let gateway = xinqiao::startup::open(configuration).await.unwrap();
        let samples = Samples::default();
        let mut petitions = Vec::new();
        for secrecy in [Secrecy::Ordinary, Secrecy::Confidential, Secrecy::Sealed, Secrecy::Ordinary] {
            petitions.push(samples.keep(&*gateway.store, Channel::Web, secrecy).await.unwrap());
        }
        let mut unit = gateway.store.begin().await.unwrap();
        for petition in &petitions {
            let task = Task::IndexSubmission { submission: petition.submission.id };
            unit.enqueue(&gateway.job(&task, Queue::Quick, None, gateway.clock.now())).await.unwrap();
        }
        unit.commit().await.unwrap();
        let officer = Viewer::new(Staff {
            id: StaffId::from_uuid(uuid::Uuid::from_u128(1)),
            user_name: UserName::parse("somebody").unwrap(),
            display_name: "某某".to_owned(),
            roles: vec![Role::Officer],
            active: true,
        });
        let text = || PublicText::new(TITLE, QUESTION, ANSWER).unwrap();
        let (first, last) = (&petitions[0].case.number, &petitions[3].case.number);
        let standing = gateway.publish_answer(&officer, first, text(), Consent::Asked).await.unwrap();
        let withdrawn = gateway.publish_answer(&officer, last, text(), Consent::Asked).await.unwrap();
        gateway.run_until_idle().await.unwrap();
        gateway.withdraw_answer(&officer, withdrawn, "有误").await.unwrap();
        gateway.run_until_idle().await.unwrap();
        Self { gateway, petitions, standing, _folder: folder }
    }

    /// That whatever is asked gives the one answer that stands, or nothing.
    async fn gives_only_what_stands(&self, words: &str) {
        let found = self.gateway.public_answers(words, Paging::new(0, 50)).await.unwrap();
        let similar = self.gateway.similar_answers(words, words).await.unwrap();
        assert!(found.total <= 1 && similar.len() <= 1, "{words}");
        for answer in found.rows.iter().chain(&similar) {
            assert_eq!(answer.id, self.standing, "{words}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_of_the_public_reach_anything_but_what_stands(typed in proptest::collection::vec("\\PC{0,40}", 12)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let office = Published::open().await;
            for petition in &office.petitions {
                let statement = &petition.submission.statement;
                for words in [&statement.title.value, &statement.body, &format!("-{TITLE}"), &format!("\"{QUESTION}\"")] {
                    office.gives_only_what_stands(words).await;
                }
            }
            for words in &typed {
                office.gives_only_what_stands(words).await;
            }
            let held = office.gateway.answers.statistics().await.unwrap();
            assert_eq!((held.ordinary, held.sealed), (2, 0), "one that stands, and the empty place of the other");
            for petition in &office.petitions {
                let there = office.gateway.answers.spaces_of(&[petition.submission.id]).await.unwrap();
                assert_eq!(there, [], "no petition is in the index of the public");
            }
        });
    }
}

#[tokio::test]
async fn a_rebuild_brings_published_answers_back() {
    let office = office();
    let case = register(&office, "a.json", &petition("小区路灯不亮", true));
    {
        let server = Server::start(&office);
        let officer = Program::sign_in(&server, "officer").await;
        officer.post(&format!("/api/v1/cases/{case}/answers"), &written(QUESTION, false)).await;
        server.stop();
    }
    std::fs::remove_dir_all(office.data().join("index")).unwrap();
    assert_eq!(office.run(&["reindex"]).only_line(), json!({ "indexed": 1 }));
    let server = Server::start(&office);
    let found = Program::anonymous(&server).get("/api/v1/answers?words=路灯").await.body;
    assert_eq!(found["total"], 1, "{found}");
}
