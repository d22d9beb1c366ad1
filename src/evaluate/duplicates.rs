//! `xinqiao evaluate duplicates`: how well earlier petitions on the same matter are found and told apart.
//!
//! Reads JSON lines, builds an index of the messages in a folder that is gone afterwards, and touches nothing else of the
//! installation.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use case::problem::{Problem, ProblemCode};
use search::embedded::EmbeddedEngine;
use search::engine::Reach;
use search::evaluate::{Input, Progress, Report, examples, measure, read_messages, read_pairs, read_retrieval};
use search::judge::{Judge, Weights};
use serde::Serialize;

use super::copies::{self, Copies};

/// The files to measure on.
#[derive(Debug, Clone)]
pub struct Files {
    /// The petitions.
    pub messages: PathBuf,
    /// Judged look-ups.
    pub retrieval: Option<PathBuf>,
    /// Judged pairs.
    pub pairs: Option<PathBuf>,
    /// More judged pairs, to learn from and not to measure on.
    pub more_pairs: Option<PathBuf>,
}

/// Everything that is measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// On the judged files.
    #[serde(flatten)]
    pub judged: Report,
    /// On controlled copies of invented petitions.
    pub copies: Copies,
}

/// Measures the embedded engine and a judge with `weights` on `files` and on controlled copies, with indexes in a new folder
/// inside `scratch`.
///
/// # Errors
/// A file cannot be read or a row of it is wrong (file and line are named), or the index failed.
pub async fn evaluate(
    files: &Files,
    weights: Arc<Weights>,
    scratch: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Measured, Problem> {
    let input = read(files)?;
    let folder = Scratch::make(scratch)?;
    let engine = EmbeddedEngine::open(&folder.0.join("judged")).map_err(|error| Problem::from(&error))?;
    let judge = || Ok(Judge::with_weights(Arc::new(engine.frequencies(Reach::Ordinary)?), Arc::clone(&weights)));
    let judged = measure(&input, &engine, &judge, progress).await.map_err(|error| Problem::from(&error))?;
    let engine = EmbeddedEngine::open(&folder.0.join("copies")).map_err(|error| Problem::from(&error))?;
    let judge = || Ok(Judge::with_weights(Arc::new(engine.frequencies(Reach::Ordinary)?), Arc::clone(&weights)));
    let copies = copies::measure(&engine, &judge, progress).await.map_err(|error| Problem::from(&error))?;
    Ok(Measured { judged, copies })
}

/// The weights that the judged pairs of `files` teach, with an index in a new folder inside `scratch`.
///
/// # Errors
/// A file cannot be read or a row of it is wrong (file and line are named), or the index failed.
pub async fn train(files: &Files, scratch: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Weights, Problem> {
    let input = read(files)?;
    let folder = Scratch::make(scratch)?;
    let engine = EmbeddedEngine::open(&folder.0).map_err(|error| Problem::from(&error))?;
    let judge = || Ok(Judge::new(Arc::new(engine.frequencies(Reach::Ordinary)?)));
    let examples = examples(&input, &engine, &judge, progress).await.map_err(|error| Problem::from(&error))?;
    Ok(search::train::train(&examples))
}

fn read(files: &Files) -> Result<Input, Problem> {
    let (reader, name) = open(&files.messages)?;
    let messages = read_messages(reader, &name)?;
    let retrieval = match &files.retrieval {
        Some(path) => {
            let (reader, name) = open(path)?;
            read_retrieval(reader, &name, &messages)?
        }
        None => Vec::new(),
    };
    let pairs = |path: &Option<PathBuf>| match path {
        Some(path) => {
            let (reader, name) = open(path)?;
            read_pairs(reader, &name, &messages)
        }
        None => Ok(Vec::new()),
    };
    let (pairs, more_pairs) = (pairs(&files.pairs)?, pairs(&files.more_pairs)?);
    Ok(Input { messages, retrieval, pairs, more_pairs })
}

fn open(path: &Path) -> Result<(BufReader<File>, String), Problem> {
    let name = path.display().to_string();
    let file = File::open(path)
        .map_err(|error| ProblemCode::UnreadableFile.because(format!("{name}：无法打开（{}）", error.kind())))?;
    Ok((BufReader::new(file), name))
}

/// A folder that is removed when the measurement ends.
struct Scratch(PathBuf);

impl Scratch {
    fn make(inside: &Path) -> Result<Self, Problem> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let count = MADE.fetch_add(1, Ordering::Relaxed);
        let path = inside.join(format!("xinqiao-evaluate-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|error| {
            ProblemCode::UnreadableFile.because(format!("{}：无法建立目录（{}）", path.display(), error.kind()))
        })?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(kind = %error.kind(), "the folder of a measurement could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: &str = r#"{"id":1,"user":"甲","title":"锦绣华庭小区电梯困人","time":"2026-01-02T03:04:05+08:00","body":"锦绣华庭小区3栋电梯经常困人,物业不修。","likes":0}
{"id":2,"user":"乙","title":"锦绣华庭电梯没人修","time":"2026-02-02T03:04:05+08:00","body":"锦绣华庭小区3栋的电梯坏了,困人多次,物业不修。"}
{"id":3,"user":"丙","title":"和平路路灯不亮","time":"2026-02-03T03:04:05+08:00","body":"和平路东段路灯坏了三个月。"}
"#;

    fn files(folder: &Path, messages: &str) -> Files {
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        Files {
            messages: write("m.jsonl", messages),
            retrieval: Some(write("r.jsonl", r#"{"query":1,"same_matter":[2],"related":[],"pool":[2,3],"hot":false}"#)),
            pairs: Some(write(
                "p.jsonl",
                "{\"a\":1,\"b\":2,\"label\":\"same_matter\"}\n{\"a\":1,\"b\":3,\"label\":\"distinct\",\"note\":\"hot\"}\n",
            )),
            more_pairs: None,
        }
    }

    #[tokio::test]
    async fn the_figures_of_a_clear_case_are_perfect_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let weights = Arc::new(Weights::shipped());
        let report = evaluate(&files(folder.path(), MESSAGES), weights, folder.path(), &|_progress| {}).await.unwrap();
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["retrieval"]["mrr"], 1.0);
        assert_eq!(json["pairs"]["f1"], 1.0);
        assert_eq!(json["alarm"]["f1"], 1.0);
        assert_eq!(json["automatic"]["wrong"], 0);
        assert_eq!(json["without_hot"]["pairs"]["auc"], 0.0);
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 3);
    }

    #[tokio::test]
    async fn more_pairs_are_learned_from_and_not_measured_on() {
        let folder = tempfile::tempdir().unwrap();
        let weights = Arc::new(Weights::shipped());
        let more = folder.path().join("more.jsonl");
        std::fs::write(&more, "{\"a\":2,\"b\":3,\"label\":\"distinct\"}\n").unwrap();
        let alone = files(folder.path(), MESSAGES);
        let taught = Files { more_pairs: Some(more), ..alone.clone() };
        let alone = evaluate(&alone, Arc::clone(&weights), folder.path(), &|_progress| {}).await.unwrap();
        let taught = evaluate(&taught, weights, folder.path(), &|_progress| {}).await.unwrap();
        assert_eq!(alone.judged.all, taught.judged.all, "the same rows are measured");
        assert_ne!(alone.judged.cross_validation, taught.judged.cross_validation, "by what other rows taught");
    }

    #[tokio::test]
    async fn learning_twice_gives_the_same_weights() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path(), MESSAGES);
        let first = train(&files, folder.path(), &|_progress| {}).await.unwrap();
        let second = train(&files, folder.path(), &|_progress| {}).await.unwrap();
        assert_eq!(first.to_text().unwrap(), second.to_text().unwrap());
        assert_eq!((first.pairs, first.matters), (2, 2));
        assert_eq!(Weights::parse(&first.to_text().unwrap()).unwrap().pairs, 2);
    }

    #[tokio::test]
    async fn a_bad_row_is_named_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let bad = format!("{MESSAGES}not json\n");
        let weights = Arc::new(Weights::shipped());
        let problem = evaluate(&files(folder.path(), &bad), weights, folder.path(), &|_progress| {}).await.unwrap_err();
        assert!(problem.detail.contains("m.jsonl 第4行"), "{}", problem.detail);
    }
}
