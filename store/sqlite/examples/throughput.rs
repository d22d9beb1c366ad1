//! Durable submissions per second: clients that each register submissions, one after the other, in units of work of
//! arrival, numbers, case, submission, two events and one job.
//!
//! `cargo run -p store-sqlite --example throughput -- FOLDER [SECONDS]` makes a database in FOLDER, which must lie on the disk that is
//! measured (not on a memory file system), and prints one JSON object for each number of clients.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use case::channel::Channel;
use case::secrecy::Secrecy;
use store::conformance::sample::{DAY, Samples};
use store::{Store, StoreError};
use store_sqlite::{Settings, SqliteStore};

const CLIENTS: [usize; 3] = [1, 16, 64];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("the folder for the database is missing")?);
    let seconds = arguments.next().map_or(Ok(5), |text| text.parse())?;
    std::fs::create_dir_all(&folder)?;
    for clients in CLIENTS {
        let path = folder.join(format!("throughput-{}-{clients}.db", std::process::id()));
        let figures = measure(&path, clients, Duration::from_secs(seconds)).await?;
        writeln!(std::io::stdout(), "{figures}")?;
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(suffix);
            let _missing = std::fs::remove_file(name);
        }
    }
    Ok(())
}

async fn measure(
    path: &std::path::Path,
    clients: usize,
    length: Duration,
) -> Result<serde_json::Value, Box<dyn Error + Send + Sync>> {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(path, Settings::default()).await?);
    let samples = Arc::new(Samples::default());
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let (store, samples) = (Arc::clone(&store), Arc::clone(&samples));
        tasks.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while begun.elapsed() < length {
                let registered =
                    samples.registered(Channel::Web, Secrecy::Ordinary).map_err(StoreError::Unavailable)?;
                let asked = Instant::now();
                let mut unit = store.begin().await?;
                unit.insert_arrival(&registered.arrival).await?;
                unit.take_numbers(DAY).await?;
                unit.insert_case(&registered.case).await?;
                unit.insert_submission(&registered.submission).await?;
                unit.append_event(samples.event(Some(registered.case.id))).await?;
                unit.append_event(samples.event(Some(registered.case.id))).await?;
                unit.enqueue(&samples.job("reading", "read_arrival", samples.moment())).await?;
                unit.commit().await?;
                waits.push(asked.elapsed());
            }
            Ok::<_, StoreError>(waits)
        }));
    }
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await??);
    }
    let took = begun.elapsed();
    waits.sort();
    let stored = store.read().await?.submission_count().await?;
    assert_eq!(stored, u64::try_from(waits.len())?, "every one that was confirmed is there");
    let at = |hundredths: usize| waits.get(waits.len() * hundredths / 100).map(Duration::as_secs_f64);
    let milliseconds = |seconds: Option<f64>| seconds.map(|seconds| (seconds * 100_000.0).round() / 100.0);
    Ok(serde_json::json!({
        "clients": clients,
        "submissions": stored,
        "submissions_per_second": (f64::from(u32::try_from(stored)?) / took.as_secs_f64()).round(),
        "p50_ms": milliseconds(at(50)),
        "p99_ms": milliseconds(at(99)),
    }))
}
