//! Two hundred mixed pages dropped at once while the web door takes load. Takes minutes, so it runs only when asked:
//! `cargo test --test gateway two_hundred -- --ignored --nocapture`. Prints what it measured.

use std::time::{Duration, Instant};

use serde_json::json;
use xinqiao::sample::hostile;
use xinqiao::sample::page::font::Typefaces;
use xinqiao::sample::page::letter::Letter;
use xinqiao::sample::page::sheet::Sheet;
use xinqiao::sample::page::style::{Mark, Paper, Style, Typeface};
use xinqiao::sample::page::{fax, render};

use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::scanner::{blank, drop_file, letters_on, mailroom, names_in, scan, separators};
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

const STACKS: usize = 10;
const LETTERS_OF_A_STACK: usize = 5;
/// Separator, page, blank back, page.
const PAGES_OF_A_LETTER: usize = 4;
/// How long the door is measured without anything else to do.
const QUIET: Duration = Duration::from_secs(10);

/// Pages of every look that the sample pages have.
fn looks() -> Vec<Sheet> {
    let typefaces = Typefaces::of_system().unwrap();
    let clean = Style::clean(Typeface::Song);
    let styles = [
        clean.clone(),
        Style { typeface: Typeface::Hei, ..clean.clone() },
        Style { paper: Paper::RedRules, ..clean.clone() },
        Style {
            marks: vec![Mark::Seal { around: "定州市东亭镇翟城村民委员会".to_owned() }], ..clean.clone()
        },
        Style { marks: vec![Mark::Thumbprint], skew: -1.2, ..clean.clone() },
        Style { skew: 1.8, noise: 12, ..clean.clone() },
        Style { fading: 35, noise: 8, ..clean },
    ];
    let text = |index: usize| {
        format!(
            "反映第{index}小区停水\n信访局领导：\n我叫张三丰，电话1380000000{index}。第{index}小区已经停水三天，请尽快恢复供水。\n> 张三丰\n"
        )
    };
    let pages = styles
        .iter()
        .enumerate()
        .map(|(index, style)| render(&Letter::from_plain(&text(index)), style, &typefaces).unwrap().remove(0));
    pages.collect()
}

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

fn told(name: &str, taken: &[Duration]) -> String {
    let at = |share: usize| taken[(taken.len() * share / 100).min(taken.len() - 1)].as_secs_f64() * 1_000.0;
    format!("{name}: {} requests, p50 {:.1} ms, p99 {:.1} ms", taken.len(), at(50), at(99))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn two_hundred_pages_are_all_accounted_for_and_the_door_stays_quick() {
    let (office, folder) = mailroom("");
    let settings = std::fs::read_to_string(office.data().parent().unwrap().join("xinqiao.toml")).unwrap();
    office.configure(&settings.replace("[web]\n", "[web]\nsubmissions_per_minute = 100000\n"));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [new, ..] = separators(&desk).await;
    let looks = looks();
    let begun = Instant::now();
    let quiet = latencies(&server, async || begun.elapsed() > QUIET).await;

    for stack in 0..STACKS {
        let mut sheets = Vec::new();
        for letter in 0..LETTERS_OF_A_STACK {
            let page = |offset: usize| looks[(stack + letter + offset) % looks.len()].clone();
            sheets.extend([new.clone(), page(0), blank(), page(1 + stack)]);
        }
        assert_eq!(sheets.len(), LETTERS_OF_A_STACK * PAGES_OF_A_LETTER);
        let (name, bytes) = match stack {
            0 => ("fax-0.tif".to_owned(), fax(&sheets).unwrap()),
            _ => (format!("stack-{stack}.pdf"), scan(&sheets)),
        };
        drop_file(&folder, &name, &bytes);
    }
    let jpeg = hostile::image::small_jpeg().unwrap();
    drop_file(&folder, "corrupt.pdf", &hostile::pdf::cut_off(&jpeg));
    drop_file(&folder, "bomb.png", &hostile::image::claims_gigapixels());
    drop_file(&folder, "locked.pdf", &hostile::pdf::password_protected());
    let begun = Instant::now();
    let all_moved = || names_in(&folder.join("done")).len() == STACKS && names_in(&folder.join("refused")).len() == 3;
    let loaded = latencies(&server, async || all_moved() || begun.elapsed() > Duration::from_secs(1_500)).await;
    let took = begun.elapsed();
    assert!(all_moved(), "done {:?}, refused {:?}", names_in(&folder.join("done")), names_in(&folder.join("refused")));

    let batch = between(&desk.get("/desk/batches").await.text, "href=\"/desk/batches/", "\"").to_owned();
    let page = desk.get(&format!("/desk/batches/{batch}")).await.text;
    let letters = letters_on(&page);
    assert_eq!(letters.len(), STACKS * LETTERS_OF_A_STACK, "{page}");
    assert!(letters.iter().all(|letter| letter.1.starts_with("已登记")), "{page}");
    assert_eq!(page.matches("<strong>未登记</strong>").count(), 3, "{page}");
    let pages = STACKS * LETTERS_OF_A_STACK * PAGES_OF_A_LETTER;
    let speed = 60.0 * 200.0 / took.as_secs_f64();
    eprintln!(
        "{pages} pages in {:.0} s, {speed:.0} a minute, {} letters, 3 files refused",
        took.as_secs_f64(),
        letters.len()
    );
    eprintln!("{}\n{}", told("without load", &quiet), told("while reading", &loaded));
    let p99 = loaded[loaded.len() * 99 / 100];
    assert!(p99 < Duration::from_secs(1), "the door waits for the mailroom: {p99:?}");
}
