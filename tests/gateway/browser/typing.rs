//! How long an operator waits for suggestions: from each key to what is shown for it, in Chromium, with 100,000 cases. A measurement, so
//! it runs only when it is asked for; `docs/performance.md` has the command and the figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use case::ports::Clock;
use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use xinqiao::configuration::Configuration;
use xinqiao::gateway::Gateway;
use xinqiao::jobs::kind::Queue;
use xinqiao::sample::generator::Generator;

use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::server::Server;

/// How many petitions are sent in at the same time while the office is filled.
const AT_ONCE: usize = 64;
/// The promise of the screen, in milliseconds, at the 95th percentile.
const PROMISE: f64 = 150.0;
/// The sentences that are typed, each from its first character on.
const SENTENCES: u64 = 12;
/// The most characters that are typed of each.
const TYPED: usize = 40;
/// Notes when a key was pressed; the screen notes when it has shown what belongs to it.
const LISTEN: &str =
    "document.getElementById('body').addEventListener('input', () => performance.mark('typed'), true); return true";
/// Waits until what is shown belongs to the last key, inside the page: a driver that asks again and again would compete with it.
const ANSWERED: &str = "
    const done = arguments[arguments.length - 1];
    const last = name => performance.getEntriesByName(name).at(-1)?.startTime ?? 0;
    const look = () => last('typed') > 0 && last('entry-shown') > last('typed') ? done(true) : setTimeout(look, 5);
    look();";
/// From each key to the first answer behind it.
const LATENCIES: &str = "
    const shown = performance.getEntriesByName('entry-shown').map(mark => mark.startTime);
    return performance.getEntriesByName('typed').map(mark => shown.find(time => time > mark.startTime) - mark.startTime)";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement of some minutes: docs/performance.md"]
#[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
async fn typing_latency() {
    let cases: u64 = std::env::var("CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let office = Office::new();
    office.add_user("operator", "operator");
    fill(&office, cases).await;
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    browser.go("/desk/calls/new").await;
    browser.fill("#user_name", "operator").await;
    browser.fill("#password", "a-long-password").await;
    browser.click("main button").await;
    let generator = Generator::new(2);
    let mut latencies: Vec<f64> = Vec::new();
    for number in 0..SENTENCES {
        browser.go("/desk/calls/new").await;
        browser.shows("内容（信访人原话）").await;
        browser.script(LISTEN).await;
        let words = generator.petition(number).body;
        for character in words.chars().filter(|character| !character.is_whitespace()).take(TYPED) {
            browser.type_text(&character.to_string()).await;
            browser.script_later(ANSWERED).await;
        }
        assert!(browser.count("#entry-similar li").await > 0, "nothing alike is shown for {words}");
        let measured = browser.script(LATENCIES).await;
        // The first key finds a page that is still warming up as an operator's first call of the day does: it counts.
        latencies.extend(measured.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64));
    }
    latencies.sort_by(f64::total_cmp);
    let at = |hundredths: usize| latencies[(latencies.len() - 1) * hundredths / 100];
    let figures = json!({
        "measurement": "typing", "cases": cases, "keys": latencies.len(),
        "p50_ms": at(50), "p95_ms": at(95), "p99_ms": at(99), "optimised": !cfg!(debug_assertions),
    });
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("typing.json"), figures.to_string()).unwrap();
    assert!(at(95) <= PROMISE, "{figures}");
}

/// The clock of an office that took its cases in over months: a day has fewer numbers than there are cases.
struct Months(AtomicI64);

impl Months {
    /// Seconds from one look at the clock to the next.
    const TICK: i64 = 20;

    fn until(now: Timestamp) -> Self {
        Self(AtomicI64::new((now - SignedDuration::from_hours(24 * 300)).as_second()))
    }
}

impl Clock for Months {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(Self::TICK, Ordering::Relaxed)).unwrap()
    }
}

/// Fills the office with invented petitions, registered and indexed; judging each would take an hour and is not what is measured.
async fn fill(office: &Office, cases: u64) {
    let configuration = Configuration::load(None, office.data()).unwrap();
    let mut gateway = xinqiao::startup::open(configuration).await.unwrap();
    gateway.clock = Arc::new(Months::until(gateway.clock.now()));
    let generator = Arc::new(Generator::new(1));
    let mut sent = futures_util::stream::iter(0..cases)
        .map(|number| {
            let (gateway, generator) = (gateway.clone(), generator.clone());
            tokio::spawn(async move {
                let form = generator.petition(number).to_web_form().to_string();
                gateway.submit(case::channel::Channel::Web, "form", form.as_bytes(), Vec::new()).await.unwrap();
            })
        })
        .buffer_unordered(AT_ONCE);
    while let Some(done) = sent.next().await {
        done.unwrap();
    }
    index_everything(&gateway).await;
}

async fn index_everything(gateway: &Gateway) {
    loop {
        let indexed = finish(gateway, "index_submission", true).await;
        let judged = finish(gateway, "judge_submission", false).await;
        if indexed + judged == 0 {
            return;
        }
    }
}

/// Takes a step's jobs off the queue, after indexing their submissions when that is the step. Gives how many.
async fn finish(gateway: &Gateway, kind: &str, index: bool) -> usize {
    const BATCH: u32 = 500;
    let mut unit = gateway.store.begin().await.unwrap();
    let (queue, now) = (Queue::Quick, gateway.clock.now());
    let claims = unit.claim_jobs(queue.as_str(), &[kind], BATCH, now, queue.lease()).await.unwrap();
    if index {
        let ids: Vec<_> = claims
            .iter()
            .map(|claim| serde_json::from_value(claim.job.job.payload["submission"].clone()).unwrap())
            .collect();
        let submissions = unit.submissions(&ids).await.unwrap();
        let units = unit.units().await.unwrap();
        let documents = submissions.iter().map(|one| gateway.document(one, &units)).collect();
        gateway.engine.put(documents).await.unwrap();
    }
    for claim in &claims {
        unit.finish_job(claim).await.unwrap();
    }
    unit.commit().await.unwrap();
    claims.len()
}
