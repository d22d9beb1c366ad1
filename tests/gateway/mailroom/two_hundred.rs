//! Two hundred mixed pages dropped at once while the web door takes load. Takes minutes, so it runs only when asked:
//! `cargo test --test gateway two_hundred -- --ignored --nocapture`. Prints what it measured, with the page readers behind the site
//! (`letters.niceness`) and beside it. `XINQIAO_BATCH_ENGINE=auto` reads with PP-OCR as well.

use std::time::{Duration, Instant};

use serde_json::json;
use xinqiao::sample::batch::{self, Codes, LETTERS_OF_A_STACK, PAGES_OF_A_LETTER, STACKS};

use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::scanner::{drop_file, letters_on, mailroom, names_in};
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

/// How long the door is measured without anything else to do.
const QUIET: Duration = Duration::from_secs(10);
/// How many stickers are given out.
const STICKERS: usize = 5;

/// How long the pages of the door take, ten rounds a second, and a petition through the API every second, until `stop` says so.
async fn latencies(server: &Server, stop: impl AsyncFn() -> bool) -> Vec<Duration> {
    let (visitor, citizen) = (Visitor::of(server), Program::anonymous(server));
    let mut beat = tokio::time::interval(Duration::from_millis(100));
    let mut taken = Vec::new();
    let mut count = 0;
    while !stop().await {
        beat.tick().await;
        for path in ["/", "/petitions/new"] {
            let start = Instant::now();
            let page = visitor.get(path).await;
            taken.push(start.elapsed());
            assert!(page.status.is_success(), "{path}: {page:?}");
        }
        count += 1;
        if count % 10 == 0 {
            let petition = json!({ "title": format!("路灯不亮{count}"), "body": format!("第{count}号路灯坏了三个月，请求修复。"),
                "petitioners": [{ "name": "王五", "phone": "13800000005", "address": "定州市北城区" }],
                "anonymous": false, "confidential": false, "publishable": false });
            let start = Instant::now();
            let answer = citizen.post("/api/v1/petitions", &petition).await;
            taken.push(start.elapsed());
            assert!(answer.status.is_success(), "{answer:?}");
        }
    }
    taken.sort_unstable();
    taken
}

fn at(taken: &[Duration], per_mille: usize) -> f64 {
    taken[(taken.len() * per_mille / 1_000).min(taken.len() - 1)].as_secs_f64() * 1_000.0
}

/// Reads the batch in an office of its own and prints what was measured; gives the 99th percentile beside the batch in milliseconds.
async fn measured(niceness: u8, engine: &str) -> f64 {
    let (office, folder) = mailroom(&format!("niceness = {niceness}\n"));
    let settings = std::fs::read_to_string(office.data().parent().unwrap().join("xinqiao.toml")).unwrap();
    let settings = settings.replace("[web]\n", "[web]\nsubmissions_per_minute = 100000\n");
    office.configure(&settings.replace("engine = \"tesseract\"", &format!("engine = \"{engine}\"")));
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let separators = clerk.get("/api/v1/separators").await.body;
    let stickers = clerk.post("/api/v1/stickers", &json!({ "count": STICKERS })).await.body;
    let code = |sheet: &serde_json::Value| sheet["code"].as_str().unwrap().to_owned();
    let codes = Codes {
        separator: code(&separators["separators"][0]),
        stickers: stickers["stickers"].as_array().unwrap().iter().map(code).collect(),
    };
    let files = batch::two_hundred(7, &codes).unwrap();
    let begun = Instant::now();
    let quiet = latencies(&server, async || begun.elapsed() > QUIET).await;

    for file in &files {
        drop_file(&folder, &file.name, &file.bytes);
    }
    let refused = files.iter().filter(|file| file.letters == 0).count();
    let begun = Instant::now();
    let all_moved =
        || names_in(&folder.join("done")).len() == STACKS && names_in(&folder.join("refused")).len() == refused;
    let loaded = latencies(&server, async || all_moved() || begun.elapsed() > Duration::from_secs(1_500)).await;
    let took = begun.elapsed().as_secs_f64();
    assert!(all_moved(), "done {:?}, refused {:?}", names_in(&folder.join("done")), names_in(&folder.join("refused")));

    let desk = Desk::sign_in(&server, "clerk").await;
    let listed = between(&desk.get("/desk/batches").await.text, "href=\"/desk/batches/", "\"").to_owned();
    let page = desk.get(&format!("/desk/batches/{listed}")).await.text;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), STACKS * LETTERS_OF_A_STACK, "{page}");
    assert!(letters.iter().all(|letter| letter.1.starts_with("已登记")), "{page}");
    assert_eq!(page.matches("<strong>未登记</strong>").count(), refused, "{page}");
    let numbers: Vec<&str> =
        stickers["stickers"].as_array().unwrap().iter().map(|sticker| sticker["number"].as_str().unwrap()).collect();
    assert!(numbers.iter().all(|number| letters.iter().any(|letter| letter.2.contains(number))), "{letters:?}");
    let pages = STACKS * LETTERS_OF_A_STACK * PAGES_OF_A_LETTER;
    #[expect(clippy::print_stderr, reason = "whoever asks for the measurement reads it")]
    let tell = |figures: serde_json::Value| eprintln!("{figures}");
    tell(json!({
        "niceness": niceness, "engine": engine, "pages": pages, "letters": letters.len(), "refused": refused,
            "seconds": took, "pages_per_minute": 60.0 * f64::from(u32::try_from(pages).unwrap()) / took,
            "quiet_ms": { "requests": quiet.len(), "p50": at(&quiet, 500), "p99": at(&quiet, 990) },
            "beside_the_batch_ms": { "requests": loaded.len(), "p50": at(&loaded, 500), "p99": at(&loaded, 990) },
        "p99_ratio": at(&loaded, 990) / at(&quiet, 990),
    }));
    at(&loaded, 990)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn two_hundred_pages_are_all_accounted_for_and_the_door_stays_quick() {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the test names an engine so")]
    let engine = std::env::var("XINQIAO_BATCH_ENGINE").unwrap_or_else(|_| "tesseract".to_owned());
    for niceness in [0, 10] {
        let p99 = measured(niceness, &engine).await;
        assert!(p99 < 1_000.0, "the door waits for the mailroom: {p99} ms");
    }
}
