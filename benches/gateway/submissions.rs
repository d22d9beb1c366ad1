//! Durable submissions over HTTP.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xinqiao::sample::generator::Generator;

use crate::memory::peak_mebibytes;
use crate::{percentile, print};

/// Submissions at one client, and at sixteen.
const ROUNDS: [(usize, u64); 2] = [(1, 600), (16, 4800)];

/// A server that is killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    fn start(data: &std::path::Path) -> Result<Self> {
        // One address sends everything here: the limit for one citizen's address is not what is measured.
        Self::configured(data, "[web]\nsubmissions_per_minute = 10000000\n[intake]\nwaiting_limit = 10000000\n")
    }

    /// A server with these settings.
    pub(crate) fn configured(data: &std::path::Path, settings: &str) -> Result<Self> {
        let configuration = data.with_extension("toml");
        std::fs::write(&configuration, settings)?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_xinqiao"))
            .arg("--data")
            .arg(data)
            .arg("--config")
            .arg(&configuration)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let listening: Value = serde_json::from_str(&line)?;
        let url = listening.get("listening").and_then(Value::as_str).context("no address")?.to_owned();
        Ok(Self { child, url })
    }

    /// The most memory that the server has used, in MiB.
    fn peak_memory(&self) -> Option<u64> {
        peak_mebibytes(&PathBuf::from(format!("/proc/{}/status", self.child.id())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Measures and prints.
pub(crate) async fn measure() -> Result<()> {
    let folder = tempfile::tempdir_in(".")?;
    let server = Server::start(&folder.path().join("data"))?;
    let generator = Arc::new(Generator::new(1));
    let next = Arc::new(AtomicU64::new(0));
    for (clients, count) in ROUNDS {
        let begin = Instant::now();
        let end = next.load(Ordering::Relaxed) + count;
        let tasks: Vec<_> = (0..clients)
            .map(|_| {
                tokio::spawn(send(format!("{}/api/v1/petitions", server.url), generator.clone(), next.clone(), end))
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await??);
        }
        next.store(end, Ordering::Relaxed);
        times.sort_by(f64::total_cmp);
        let seconds = begin.elapsed().as_secs_f64();
        print(&json!({
            "measurement": "submissions", "clients": clients, "submissions": times.len(),
            "per_second": f64::from(u32::try_from(times.len())?) / seconds,
            "p50_ms": percentile(&times, 0.5), "p99_ms": percentile(&times, 0.99),
        }));
    }
    print(&json!({ "measurement": "submissions", "peak_memory_mebibytes": server.peak_memory() }));
    Ok(())
}

/// Sends petitions until number `end`; gives the milliseconds of each answer.
async fn send(url: String, generator: Arc<Generator>, next: Arc<AtomicU64>, end: u64) -> Result<Vec<f64>> {
    let client = reqwest::Client::builder().build()?;
    let mut times = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= end {
            return Ok(times);
        }
        let body = generator.petition(number).to_web_form().to_string();
        let begin = Instant::now();
        let answer = client.post(&url).header("content-type", "application/json").body(body).send().await?;
        anyhow::ensure!(answer.status().as_u16() == 201, "{}: {}", answer.status(), answer.text().await?);
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
}
