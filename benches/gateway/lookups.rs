//! Duplicate look-ups with the judge in the embedded engine, and in a Meilisearch server when `MEILI_URL` (with `MEILI_MASTER_KEY`) names one:
//! how long they take as the office grows, how fast it is indexed and indexed anew, what the index and the process cost.

use std::time::{Duration, Instant};

use anyhow::Result;
use search::document::Document;
use search::embedded::EmbeddedEngine;
use search::engine::{CandidateQuery, Reach, SearchEngine};
use search::judge::{Judge, Petition};
use search::meilisearch::MeilisearchEngine;
use serde_json::json;

use crate::texts::Texts;
use crate::{memory, percentile, print};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
const BATCH: u64 = 1_000;
const LOOKUPS: u64 = 500;
const CANDIDATES: usize = 30;
const SUGGESTIONS: usize = 8;
/// The first characters of a petition that somebody is typing.
const TYPED: usize = 12;
/// The most documents that a rebuild has to put in again.
const MOST_REPEATED: u64 = 5_000;

/// Measures and prints.
#[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
pub(crate) async fn measure() -> Result<()> {
    let texts = Texts::open()?;
    let folder = tempfile::tempdir_in(".")?;
    grow("embedded", &EmbeddedEngine::open(folder.path())?, &texts).await?;
    if let Ok(url) = std::env::var("MEILI_URL") {
        let key = std::env::var("MEILI_MASTER_KEY").unwrap_or_default();
        let server = MeilisearchEngine::new(&url, &key, "xinqiao_bench", None)?;
        server.remove().await?;
        grow("meilisearch", &server, &texts).await?;
        server.remove().await?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
async fn grow(name: &str, engine: &dyn SearchEngine, texts: &Texts) -> Result<()> {
    let largest = std::env::var("LARGEST").ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX);
    let mut indexed = 0;
    let anonymous = memory::Anonymous::watch();
    for size in SIZES.into_iter().filter(|size| *size <= largest) {
        let rate = fill(engine, texts, indexed, size).await?;
        indexed = size;
        let bytes = engine.statistics().await?.bytes;
        let [times, engine_times] = look_up(engine, texts, size).await?;
        let typed = look_up_typed(engine, texts, size).await?;
        let serving = anonymous.take_peak_mebibytes();
        let begin = Instant::now();
        index_anew(engine, texts, size).await?;
        print(&json!({
            "measurement": "lookups", "engine": name, "cases": size, "lookups": times.len(),
            "p50_ms": percentile(&times, 0.5), "p99_ms": percentile(&times, 0.99),
            "engine_p50_ms": percentile(&engine_times, 0.5), "engine_p99_ms": percentile(&engine_times, 0.99),
            "typed_p50_ms": percentile(&typed, 0.5), "typed_p99_ms": percentile(&typed, 0.99),
            "index_bytes": bytes, "indexed_per_second": rate, "reindex_seconds": begin.elapsed().as_secs_f64(),
            "peak_memory_mebibytes": memory::own_peak_mebibytes(),
            "anonymous_mebibytes_filling_and_looking": serving, "anonymous_mebibytes_indexing_anew": anonymous.take_peak_mebibytes(),
        }));
    }
    Ok(())
}

/// Puts the petitions from `indexed` up to `size` in; gives how many a second, the time of writing them not counted.
async fn fill(engine: &dyn SearchEngine, texts: &Texts, indexed: u64, size: u64) -> Result<f64> {
    let mut indexing = Duration::ZERO;
    for from in (indexed..size).step_by(usize::try_from(BATCH)?) {
        let batch = batch(texts, from, size)?;
        let begin = Instant::now();
        engine.put(batch).await?;
        indexing += begin.elapsed();
    }
    Ok(f64::from(u32::try_from(size - indexed)?) / indexing.as_secs_f64())
}

/// Keeps what it has as often as the gateway's own job does.
async fn index_anew(engine: &dyn SearchEngine, texts: &Texts, size: u64) -> Result<()> {
    let mut rebuild = engine.rebuild().await?;
    let (mut kept, mut pause) = (0, BATCH);
    for from in (0..size).step_by(usize::try_from(BATCH)?) {
        rebuild.put(batch(texts, from, size)?).await?;
        let through = (from + BATCH).min(size);
        if through - kept >= pause {
            rebuild.keep(through).await?;
            (kept, pause) = (through, (pause * 2).min(MOST_REPEATED));
        }
    }
    rebuild.finish().await?;
    Ok(())
}

fn batch(texts: &Texts, from: u64, size: u64) -> Result<Vec<Document>> {
    (from..(from + BATCH).min(size)).map(|number| texts.document(number)).collect()
}

/// The times of the engine in milliseconds, in order, for petitions of which only the first words are typed: few bigrams, all of them asked
/// however common they are.
async fn look_up_typed(engine: &dyn SearchEngine, texts: &Texts, size: u64) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for number in 0..LOOKUPS {
        let typed: String = texts.petition(size + number)?.body.chars().take(TYPED).collect();
        let (title, identity) = (String::new(), Vec::new());
        let query =
            CandidateQuery { reach: Reach::Ordinary, title, body: typed, identity, before: None, limit: CANDIDATES };
        let begin = Instant::now();
        std::hint::black_box(engine.candidates(&query).await?);
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// The times of look-ups in milliseconds, in order: with the judge, and of the engine alone.
async fn look_up(engine: &dyn SearchEngine, texts: &Texts, size: u64) -> Result<[Vec<f64>; 2]> {
    let (mut times, mut engine_times) = (Vec::new(), Vec::new());
    for number in 0..LOOKUPS {
        // Petitions that are not in the index, as a new one is not.
        let later = texts.petition(size + number)?;
        let begin = Instant::now();
        let query = CandidateQuery {
            reach: Reach::Ordinary,
            title: later.title.clone(),
            body: later.body.clone(),
            identity: later.identity.clone(),
            before: None,
            limit: CANDIDATES,
        };
        let hits = engine.candidates(&query).await?;
        let engine_time = begin.elapsed().as_secs_f64() * 1000.0;
        let numbers: Result<Vec<u64>> =
            hits.iter().map(|hit| Ok(u64::try_from(hit.submission.as_uuid().as_u128())?)).collect();
        // Made here, not read from a database: that is no part of what is measured.
        let earlier: Result<Vec<Petition>> = numbers?.into_iter().map(|number| texts.petition(number)).collect();
        let earlier = earlier?;
        let begin = Instant::now();
        let judge = Judge::new(engine.rarity(Reach::Ordinary).await?);
        std::hint::black_box(judge.judge_all(&later, earlier, SUGGESTIONS, Petition::clone));
        engine_times.push(engine_time);
        times.push(begin.elapsed().as_secs_f64().mul_add(1000.0, engine_time));
    }
    times.sort_by(f64::total_cmp);
    engine_times.sort_by(f64::total_cmp);
    Ok([times, engine_times])
}
