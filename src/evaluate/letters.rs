//! `xinqiao evaluate letters DIR`: how well the letter door reads pages whose text is known, so that an office can measure
//! it on its own letters.
//!
//! Beside each image `NAME.jpg` (or png, tif, tiff, pdf) stands its text `NAME.txt` and, where fields are measured,
//! `NAME.json` with any of `name`, `phone`, `phones`, `idno`, `place`, `amount`, `date`, `title`. `phone` is the first number of the
//! first petitioner; `phones` are all numbers that a reader should find, so that one too many is wrong as well. The class of a page is its name up to the
//! first `_`. Printed are figures only, never a word of a letter.

mod comparison;
mod figures;
mod sample;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use case::statement::{Mark, Statement};
use case::submission::FileRole;
use channels::Reading;
use channels::letter::{LetterReader, LetterRecord};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub use self::comparison::SHOWN_AS_SURE_FROM;
use self::comparison::{compare, core, error_rate};
use self::figures::figures;
pub use self::figures::{ClassFigures, FieldFigures, LetterFigures, MeasuredField, MeasuredPage, Measurement, Outcome};
use self::sample::{Sample, samples};

/// How many files are held in memory at a time; the door itself bounds how many are read.
const AT_A_TIME: usize = 8;
/// The name of the sum over all classes.
const ALL: &str = "all";

/// Reads every page of `folder` with `reader` and compares. `progress` is called after each page with done and all.
///
/// # Errors
/// The folder cannot be read, holds no page with a text beside it, or the office lacks a program for reading.
pub async fn measure(
    folder: &Path,
    engine: &str,
    reader: Arc<LetterReader>,
    progress: impl Fn(usize, usize),
) -> anyhow::Result<Measurement> {
    let samples = samples(folder)?;
    let count = samples.len();
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut tasks = JoinSet::new();
    for sample in samples {
        let (reader, places) = (Arc::clone(&reader), Arc::clone(&places));
        tasks.spawn(async move {
            let _place = places.acquire().await.context("the measurement ended early")?;
            measure_one(sample, &reader).await
        });
    }
    let mut measured = Vec::with_capacity(count);
    while let Some(joined) = tasks.join_next().await {
        measured.push(joined.context("a page's measurement ended early")??);
        progress(measured.len(), count);
    }
    measured.sort_by(|one, other| one.page.cmp(&other.page));
    let mut classes: BTreeMap<String, Vec<&MeasuredPage>> = BTreeMap::new();
    for page in &measured {
        classes.entry(page.class.clone()).or_default().push(page);
    }
    let figures = LetterFigures {
        engine: engine.to_owned(),
        pages: count,
        all: figures(&measured.iter().collect::<Vec<_>>()),
        classes: classes.into_iter().map(|(class, pages)| (class, figures(&pages))).collect(),
    };
    Ok(Measurement { pages: measured, figures })
}

async fn measure_one(sample: Sample, reader: &LetterReader) -> anyhow::Result<MeasuredPage> {
    let bytes =
        tokio::fs::read(&sample.image).await.with_context(|| format!("cannot read {}", sample.image.display()))?;
    let truth = core(&sample.text);
    match reader.read(&bytes, "page").await {
        Ok(Reading { statement, files }) => {
            let record = files.iter().find(|file| file.role == FileRole::Reading);
            let record: LetterRecord = record
                .map(|file| serde_json::from_slice(&file.bytes))
                .transpose()
                .context("the door's own reading is not as expected")?
                .unwrap_or_default();
            Ok(MeasuredPage {
                page: sample.name,
                class: sample.class,
                refused: false,
                unread: unread(&statement),
                cer: error_rate(&truth, &core(&statement.body)),
                cpu_milliseconds: record.pages.iter().map(|page| page.record.cpu_milliseconds).sum(),
                fields: compare(&sample.fields, &statement),
            })
        }
        Err(problem) if channels::letter::is_temporary(&problem) => bail!("{problem}"),
        Err(_refused) => Ok(MeasuredPage {
            page: sample.name,
            class: sample.class,
            refused: true,
            unread: Vec::new(),
            cer: error_rate(&truth, &[]),
            cpu_milliseconds: 0,
            fields: Vec::new(),
        }),
    }
}

/// The problems of the pages that a letter has and that were not read.
fn unread(statement: &Statement) -> Vec<&'static str> {
    let problem = |mark: &Mark| match mark {
        Mark::PageUnread { problem, .. } => Some(problem.code.code()),
        _other => None,
    };
    statement.marks.iter().filter_map(problem).collect()
}
