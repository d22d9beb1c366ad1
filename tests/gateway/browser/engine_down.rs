//! What the desk says in Chromium while the search engine is down, and that it says nothing any more when it is back.

use search::meilisearch::stub::StubServer;
use serde_json::json;

use super::accessibility::check;
use super::answers::sign_in;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::server::Server;

const KEY: &str = "a key of the tests";
const BANNER: &str = "查重引擎暂不可用，2件待查重";

fn petition(title: &str) -> serde_json::Value {
    json!({
        "title": title,
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。",
        "petitioners": [{ "name": "张三丰", "phone": "13800000001", "address": "定州市东亭镇翟城村3号" }]
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_says_that_the_engine_is_down_and_goes_on() {
    let mut engine = StubServer::start(KEY).await;
    engine.stop();
    let office = Office::configured(&format!("[search]\nurl = \"{}\"\nkey = \"{KEY}\"\n", engine.url()));
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let mut numbers = Vec::new();
    for title in ["翟城村道路积水", "再次反映翟城村道路积水无人维修"] {
        let receipt = citizen.post("/api/v1/petitions", &petition(title)).await;
        numbers.push(receipt.body["number"].as_str().unwrap().to_owned());
    }
    let desk = Desk::sign_in(&server, "officer").await;
    desk.get_until("/desk", BANNER).await;
    let (phone, screen) =
        (Browser::open(&server.url, Screen::Phone).await, Browser::open(&server.url, Screen::Office).await);
    let later = format!("/desk/cases/{}", numbers[1]);
    for browser in [&phone, &screen] {
        sign_in(browser, "officer").await;
        browser.go("/desk").await;
        browser.shows(BANNER).await;
        check(browser, "engine-down-queue").await;
        browser.go(&later).await;
        browser.shows(BANNER).await;
        browser.shows("转送").await;
        check(browser, "engine-down-case").await;
        browser.go("/desk/search?words=积水").await;
        browser.shows("检索服务暂时不可用").await;
        check(browser, "engine-down-search").await;
    }
    engine.start_again().await;
    // The next attempt is at most a minute away.
    desk.get_until(&later, "可能重复信访").await;
    for browser in [&phone, &screen] {
        browser.go(&later).await;
        browser.shows("可能重复信访").await;
        assert!(!browser.text().await.contains("查重引擎暂不可用"), "it is back");
        browser.go("/desk/search?words=积水").await;
        browser.shows(&numbers[0]).await;
    }
}
