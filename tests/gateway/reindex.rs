//! The search index is made anew beside everything else: asked for at the server, at the desk and by the gateway itself; what arrives
//! meanwhile is found after it, and one that was killed goes on.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::server::Server;
use crate::harness::two_batches::{PETITIONS, filled, petition};

/// Asks again until the index is not rebuilt any more and holds `submissions`; what it says then.
async fn rebuilt(admin: &Program, submissions: usize) -> Value {
    let whole = |body: &Value| body["rebuild"] == "none" && body["holds"]["ordinary"] == submissions;
    admin.get_until("/api/v1/index", whole).await
}

/// What the first generation in the folder of the index is called.
fn generations(office: &Office) -> Vec<String> {
    let entries = std::fs::read_dir(office.data().join("index")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("generation-")).collect()
}

#[tokio::test]
async fn beside_a_server_reindex_asks_it_to_rebuild_and_what_arrives_meanwhile_is_found() {
    let office = filled();
    let before = generations(&office);
    let server = Server::start(&office);
    let asked = office.run(&["reindex"]);
    assert_eq!((asked.code, asked.only_line()), (Some(0), json!({ "rebuild": "asked" })), "{}", asked.err);
    let anybody = Program::anonymous(&server);
    for place in ["钱村", "孙村", "李村"] {
        let answer = anybody.post("/api/v1/petitions", &petition(place)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    }
    let admin = Program::sign_in(&server, "admin").await;
    rebuilt(&admin, PETITIONS + 3).await;
    assert_ne!(generations(&office), before, "another index took the place of the one in use");
    for place in ["赵村7组", "孙村"] {
        let found = office.run(&["search", place]).lines();
        assert!(!found.is_empty(), "{place} is not found");
    }
    let checked = office.run(&["check"]);
    assert!(checked.out.contains("[正常] 检索索引：208件（密封0件）与数据库一致"), "{}", checked.out);
}

#[tokio::test]
async fn a_rebuild_asked_for_at_the_desk_that_is_killed_goes_on_at_the_next_start() {
    let mut office = filled();
    office.set("XINQIAO_STOP_AT", "reindex.after_keep");
    let mut server = Server::start(&office);
    let admin = Desk::sign_in(&server, "admin").await;
    assert!(admin.get("/desk/index").await.text.contains("重建索引</button>"));
    let asked = admin.post("/desk/index/rebuild", &[]).await;
    assert_eq!(asked.location.as_deref(), Some("/desk/index?done=rebuild-asked"), "{asked:?}");
    assert_eq!(server.ended().await, None, "the step was not reached");
    office.unset_all();
    assert_eq!(office.run(&["search", "赵村7组"]).lines().len(), 1, "the index in use is untouched");
    let (server, log) = Server::start_with_log(&mut office);
    let answer = Program::anonymous(&server).post("/api/v1/petitions", &petition("周村")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let program = Program::sign_in(&server, "admin").await;
    rebuilt(&program, PETITIONS + 1).await;
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("goes on after 200"), "{log}");
    assert_eq!(office.run(&["search", "周村"]).lines().len(), 1);
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}

#[tokio::test]
async fn an_index_of_another_version_is_rebuilt_by_the_server_itself() {
    let mut office = filled();
    for name in generations(&office) {
        std::fs::write(office.data().join("index").join(name).join("version"), "0").unwrap();
    }
    let stale = office.run(&["check"]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.out.contains("[index_outdated]"), "{}", stale.out);
    let (server, log) = Server::start_with_log(&mut office);
    let answer = Program::anonymous(&server).post("/api/v1/petitions", &petition("吴村")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "intake goes on: {answer:?}");
    let admin = Program::sign_in(&server, "admin").await;
    rebuilt(&admin, PETITIONS + 1).await;
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("is rebuilt from the database"), "{log}");
    assert_eq!(office.run(&["search", "吴村"]).lines().len(), 1);
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}

#[test]
fn check_names_what_the_index_lacks() {
    let office = Office::new();
    office.intake("web", &office.file("a.json", petition("郑村").to_string()));
    let copy = office.data().join("index-before");
    std::fs::rename(office.data().join("index"), &copy).unwrap();
    let lacking = office.run(&["check"]);
    assert_eq!(lacking.code, Some(1));
    assert!(lacking.out.contains("缺少1件，密级放错0件，多出0件，例如"), "{}", lacking.out);
    assert!(lacking.out.contains("请运行 xinqiao reindex [index_differs]"), "{}", lacking.out);
    assert_eq!(office.run(&["reindex"]).only_line(), json!({ "indexed": 1 }));
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}

#[tokio::test]
async fn only_an_administrator_asks_for_a_rebuild() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    assert_eq!(desk.get("/desk/index").await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.post("/desk/index/rebuild", &[]).await.status, StatusCode::FORBIDDEN);
}
