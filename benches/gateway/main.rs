//! Speed and memory of the gateway, measured on this machine: `make bench`. Prints one JSON object for each measurement; compare
//! figures of one run with one another, since machines are noisy. An argument measures only what has that name.
//!
//! | name | what |
//! |---|---|
//! | `submissions` | durable submissions over HTTP at 1 and 16 clients: rate, p50, p99; peak memory of the server |
//! | `lookups` | duplicate look-ups (engine and judge) at 10,000, 100,000 and 1,000,000 cases: p50, p99, index size, indexing rate, reindex time, memory; the same on a Meilisearch server when `MEILI_URL` names one |
//! | `letters` | pages a minute through the letter door with 1 and 2 workers against the programs `tesseract` and `ocrmypdf` on the same pages; memory of a page child |
//! | `mails` | mails a second from a Maildir to durable, judged, routed submissions, against `mail-parser` alone; memory of the largest mail |
//! | `batch` | 200 mixed pages through the watched folder: pages a minute, and how long the site takes meanwhile |
//!
//! `MESSAGES=FILE` (JSON lines with `title` and `body`) measures look-ups on those texts, repeated with places changed, instead
//! of invented petitions. `LARGEST=N` stops look-ups at N cases.

mod batch;
mod letters;
mod lookups;
mod mails;
mod memory;
mod submissions;
mod texts;

use std::process::ExitCode;

/// The allocator of the program itself, so that memory is that of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Percentiles of times in milliseconds.
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a list of measurements"
    )]
    let index = ((sorted.len() as f64 - 1.0) * share).round().max(0.0) as usize;
    sorted.get(index).copied().unwrap_or(0.0)
}

/// Prints one measurement.
#[expect(clippy::print_stdout, reason = "the output of the measurement")]
pub(crate) fn print(value: &serde_json::Value) {
    println!("{value}");
}

#[tokio::main]
async fn main() -> ExitCode {
    let _named_before = rustls::crypto::ring::default_provider().install_default();
    // `cargo bench` adds `--bench`.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let measured = async {
        if wants("submissions") {
            submissions::measure().await?;
        }
        if wants("lookups") {
            lookups::measure().await?;
        }
        if wants("letters") {
            letters::measure().await?;
        }
        // `mail` is what people type.
        if wants("mails") || wanted.iter().any(|wanted| wanted == "mail") {
            mails::measure()?;
        }
        if wants("batch") {
            batch::measure().await?;
        }
        anyhow::Ok(())
    };
    match measured.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print(&serde_json::json!({ "failed": format!("{error:#}") }));
            ExitCode::FAILURE
        }
    }
}
