//! Duplicate look-ups in the embedded engine, with the judge.

use std::time::Instant;

use anyhow::{Context, Result};
use case::channel::Channel;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use jiff::{SignedDuration, Timestamp};
use search::document::{Document, Space};
use search::embedded::EmbeddedEngine;
use search::engine::{CandidateQuery, Reach, SearchEngine};
use search::judge::{Judge, Petition};
use serde_json::json;
use uuid::Uuid;
use xinqiao::sample::generator::Generator;

use crate::{percentile, print};

const SIZES: [u64; 2] = [10_000, 100_000];
const BATCH: u64 = 500;
const LOOKUPS: u64 = 500;
const CANDIDATES: usize = 30;

/// Where texts come from.
enum Texts {
    Invented(Box<Generator>),
    Given(Vec<(String, String)>),
}

impl Texts {
    #[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
    fn open() -> Result<Self> {
        let Some(file) = std::env::var("MESSAGES").ok().filter(|file| !file.is_empty()) else {
            return Ok(Self::Invented(Box::new(Generator::new(1))));
        };
        let mut texts = Vec::new();
        for line in std::fs::read_to_string(&file).with_context(|| file.clone())?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let text = |key: &str| row.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            texts.push((text("title"), text("body")));
        }
        anyhow::ensure!(!texts.is_empty(), "{file} holds no messages");
        Ok(Self::Given(texts))
    }

    /// The `number`-th petition. Given texts are repeated, each time about another place.
    fn petition(&self, number: u64) -> Result<Petition> {
        let (title, body, who) = match self {
            Self::Invented(generator) => {
                let petition = generator.petition(number);
                (petition.title, petition.body, petition.petitioner.phone)
            }
            Self::Given(texts) => {
                let count = u64::try_from(texts.len())?;
                let (title, body) = texts.get(usize::try_from(number % count)?).context("no such text")?;
                let round = number / count;
                let elsewhere =
                    |text: &str| text.replace('市', &format!("市{round}")).replace('区', &format!("区{round}"));
                (elsewhere(title), elsewhere(body), format!("person {number}"))
            }
        };
        Ok(Petition {
            title,
            body,
            registered_at: moment(number),
            channel: Channel::Web,
            identity: vec![IdentityKey::new(&IdentitySecret::new([7; 32]), IdentityKind::Phone, &who)],
            respondents: Vec::new(),
            place: None,
        })
    }

    fn document(&self, number: u64) -> Result<Document> {
        let petition = self.petition(number)?;
        Ok(Document {
            submission: SubmissionId::from_uuid(Uuid::from_u128(u128::from(number))),
            case: CaseId::from_uuid(Uuid::from_u128(u128::from(number))),
            sequence: number,
            space: Space::Ordinary,
            channel: Channel::Web,
            registered_at: petition.registered_at,
            title: petition.title,
            body: petition.body,
            respondents: Vec::new(),
            place: None,
            place_code: None,
            class: None,
            identity: petition.identity,
        })
    }
}

fn moment(number: u64) -> Timestamp {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56);
    start + SignedDuration::from_secs(i64::try_from(number).unwrap_or(0))
}

/// Measures and prints.
#[expect(clippy::disallowed_methods, reason = "a measurement takes its settings from the environment")]
pub(crate) async fn measure() -> Result<()> {
    let largest = std::env::var("LARGEST").ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX);
    let texts = Texts::open()?;
    let folder = tempfile::tempdir_in(".")?;
    let engine = EmbeddedEngine::open(folder.path())?;
    let mut indexed = 0;
    for size in SIZES.into_iter().filter(|size| *size <= largest) {
        let begin = Instant::now();
        let added = size - indexed;
        while indexed < size {
            let until = (indexed + BATCH).min(size);
            let documents: Result<Vec<Document>> = (indexed..until).map(|number| texts.document(number)).collect();
            engine.put(documents?).await?;
            indexed = until;
        }
        let seconds = begin.elapsed().as_secs_f64();
        look_up(&engine, &texts, size, f64::from(u32::try_from(added)?) / seconds).await?;
    }
    Ok(())
}

async fn look_up(engine: &EmbeddedEngine, texts: &Texts, size: u64, indexing_rate: f64) -> Result<()> {
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
        engine_times.push(begin.elapsed().as_secs_f64() * 1000.0);
        let judge = Judge::new(engine.rarity(Reach::Ordinary).await?);
        let prepared = judge.prepare(&later);
        for hit in hits {
            let earlier = texts.petition(u64::try_from(hit.submission.as_uuid().as_u128())?)?;
            std::hint::black_box(judge.judge_prepared(&prepared, &judge.prepare(&earlier)));
        }
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    engine_times.sort_by(f64::total_cmp);
    print(&json!({
        "measurement": "lookups", "cases": size, "lookups": times.len(),
        "p50_ms": percentile(&times, 0.5), "p99_ms": percentile(&times, 0.99),
        "engine_p50_ms": percentile(&engine_times, 0.5), "engine_p99_ms": percentile(&engine_times, 0.99),
        "index_bytes": engine.statistics().await?.bytes, "indexed_per_second": indexing_rate,
    }));
    Ok(())
}
