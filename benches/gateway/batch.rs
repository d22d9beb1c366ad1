//! The batch of 200 mixed pages through the watched folder: pages a minute, everything accounted for, and how long the pages of the site
//! take meanwhile, with the page readers beside it and behind it (`letters.niceness`).

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xinqiao::sample::batch::{self, Codes, LETTERS_OF_A_STACK, PAGES_OF_A_LETTER, STACKS};

use crate::submissions::Server;
use crate::{percentile, print};

const PASSWORD: &str = "a-long-password";
/// How long the site is measured by itself.
const QUIET: Duration = Duration::from_secs(10);
/// After so long something is stuck.
const LIMIT: Duration = Duration::from_secs(3_600);

/// Measures and prints.
pub(crate) async fn measure() -> Result<()> {
    for engine in ["tesseract", "auto"] {
        for niceness in [0, 10] {
            one(engine, niceness).await?;
        }
    }
    Ok(())
}

async fn one(engine: &str, niceness: u8) -> Result<()> {
    let folder = tempfile::tempdir_in(".")?;
    let (data, scans) = (folder.path().join("data"), folder.path().canonicalize()?.join("scans"));
    std::fs::create_dir(&scans)?;
    let settings = format!(
        "[web]\nsubmissions_per_minute = 10000000\n[ocr]\nengine = \"{engine}\"\n[letters]\nfolder = {scans:?}\nsettle_seconds = 0\nniceness = {niceness}\n"
    );
    add_clerk(&data)?;
    let server = Server::configured(&data, &settings)?;
    let client = reqwest::Client::builder().cookie_store(true).build()?;
    let credentials = json!({ "user": "clerk", "password": PASSWORD });
    let session = ask(client.post(format!("{}/api/v1/session", server.url)).json(&credentials)).await?;
    let token = text(&session, "/form_token")?;
    let separators = ask(client.get(format!("{}/api/v1/separators", server.url))).await?;
    let order = client.post(format!("{}/api/v1/stickers", server.url)).header("x-form-token", token);
    let stickers = ask(order.json(&json!({ "count": 5 }))).await?;
    let stickers = stickers.get("stickers").and_then(Value::as_array).context("no stickers")?;
    let codes = Codes {
        separator: text(&separators, "/separators/0/code")?,
        stickers: stickers.iter().map(|sticker| text(sticker, "/code")).collect::<Result<_>>()?,
    };
    let files = batch::two_hundred(7, &codes).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let begin = Instant::now();
    let quiet = latencies(&server.url, || begin.elapsed() > QUIET).await?;
    for file in &files {
        let partial = scans.join("file.part");
        std::fs::write(&partial, &file.bytes)?;
        std::fs::rename(partial, scans.join(&file.name))?;
    }
    let begin = Instant::now();
    let moved = || count(&scans.join("done")) == STACKS && count(&scans.join("refused")) == files.len() - STACKS;
    let loaded = latencies(&server.url, || moved() || begin.elapsed() > LIMIT).await?;
    let seconds = begin.elapsed().as_secs_f64();
    ensure!(moved(), "the batch is not done after {seconds} s");
    let listed = ask(client.get(format!("{}/api/v1/batches", server.url))).await?;
    let number = |name: &str| listed.pointer(&format!("/batches/0/{name}")).and_then(Value::as_u64);
    let letters = u64::try_from(STACKS * LETTERS_OF_A_STACK)?;
    ensure!(number("letters") == Some(letters), "letters are missing: {listed}");
    let pages = f64::from(u32::try_from(STACKS * LETTERS_OF_A_STACK * PAGES_OF_A_LETTER)?);
    let told = |times: &[f64]| json!({ "requests": times.len(), "p50_ms": percentile(times, 0.5), "p99_ms": percentile(times, 0.99) });
    print(&json!({
        "measurement": "batch", "engine": engine, "niceness": niceness, "pages": pages, "letters": letters,
        "refused": number("refused"), "seconds": seconds, "pages_per_minute": 60.0 * pages / seconds,
        "site": told(&quiet), "site_beside_the_batch": told(&loaded),
        "p99_ratio": percentile(&loaded, 0.99) / percentile(&quiet, 0.99),
    }));
    Ok(())
}

fn add_clerk(data: &Path) -> Result<()> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xinqiao"));
    command.arg("--data").arg(data).args(["user", "add", "clerk", "--role", "clerk"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().context("no input")?.write_all(format!("{PASSWORD}\n").as_bytes())?;
    ensure!(child.wait()?.success(), "no clerk");
    Ok(())
}

async fn ask(request: reqwest::RequestBuilder) -> Result<Value> {
    let answer = request.send().await?;
    ensure!(answer.status().is_success(), "{}: {}", answer.status(), answer.text().await?);
    Ok(serde_json::from_str(&answer.text().await?)?)
}

fn text(document: &Value, pointer: &str) -> Result<String> {
    Ok(document.pointer(pointer).and_then(Value::as_str).with_context(|| format!("no {pointer}"))?.to_owned())
}

/// How many files lie in a folder.
fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file())).count()
}

/// The milliseconds that pages of the site take, ten rounds a second, sorted.
async fn latencies(url: &str, stop: impl Fn() -> bool) -> Result<Vec<f64>> {
    let client = reqwest::Client::builder().build()?;
    let mut beat = tokio::time::interval(Duration::from_millis(100));
    let mut times = Vec::new();
    while !stop() {
        beat.tick().await;
        for path in ["/", "/petitions/new"] {
            let begin = Instant::now();
            let answer = client.get(format!("{url}{path}")).send().await?;
            let status = answer.status();
            let _page = answer.bytes().await?;
            ensure!(status.is_success(), "{path}: {status}");
            times.push(begin.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}
