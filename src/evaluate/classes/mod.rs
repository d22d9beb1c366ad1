//! `xinqiao evaluate classes`: how well content classes can be learnt from an office's own labelled petitions.
//!
//! It measures a classifier of its own (complement naive Bayes), not the keywords of [`crate::routing::classify`]: the figures tell an
//! office whether its labelled cases would serve better than the keywords.

mod naive_bayes;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};
use case::statement::BODY_LIMIT;
use serde::{Deserialize, Serialize};

use self::naive_bayes::{Classifier, Trainer};

/// The most petitions of all files together: bounds memory.
const ROWS_LIMIT: usize = 1_000_000;
/// The longest line, in bytes: a body of [`BODY_LIMIT`] characters with escapes.
const LINE_LIMIT: u64 = 12 * 1024 * 1024;

/// A petition with its class. Word-cut ones are put together again: the classifier cuts for itself.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    tokens: Vec<String>,
    label: String,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The mean of the classes' F1: small classes count as much as big ones.
    pub macro_f1: f64,
    /// The share of petitions with the right class.
    pub accuracy: f64,
    /// By class of the measured petitions.
    pub classes: BTreeMap<String, ClassFigures>,
}

/// The figures of a class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassFigures {
    /// Of those given the class, the share that has it.
    pub precision: f64,
    /// Of those that have the class, the share that was given it.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many measured petitions have the class.
    pub count: u32,
}

/// Learns from the files of `train` and measures on `test`.
///
/// # Errors
/// A file cannot be read, a row of it is wrong (file and line are named), or there is nothing in it.
pub fn evaluate(train: &[PathBuf], test: &Path) -> Result<Report, Problem> {
    let mut trainer = Trainer::default();
    let mut learnt = 0;
    for path in train {
        for row in read(path, ROWS_LIMIT.saturating_sub(learnt))? {
            trainer.learn(&row.label, [row.title.as_str(), &row.text()]);
            learnt += 1;
        }
    }
    let Some(classifier) = trainer.finish() else {
        return Err(ProblemCode::EmptyInput.because("训练文件中没有内容"));
    };
    let rows = read(test, ROWS_LIMIT)?;
    if rows.is_empty() {
        return Err(ProblemCode::EmptyInput.because(format!("{}：没有内容", test.display())));
    }
    Ok(measure(&classifier, &rows))
}

impl Row {
    fn text(&self) -> String {
        if self.tokens.is_empty() { self.body.clone() } else { self.tokens.concat() }
    }
}

/// What was given and what was meant, counted for a class.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    right: u32,
    given: u32,
    meant: u32,
}

fn measure(classifier: &Classifier, rows: &[Row]) -> Report {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in rows {
        let given = classifier.classify([row.title.as_str(), &row.text()]);
        counts.entry(row.label.as_str()).or_default().meant += 1;
        counts.entry(given).or_default().given += 1;
        if given == row.label {
            counts.entry(given).or_default().right += 1;
        }
    }
    let right: u32 = counts.values().map(|counts| counts.right).sum();
    let all: u32 = counts.values().map(|counts| counts.meant).sum();
    let measured = counts.into_iter().filter(|(_, counts)| counts.meant > 0);
    let classes: BTreeMap<String, ClassFigures> =
        measured.map(|(name, counts)| (name.to_owned(), ClassFigures::of(counts))).collect();
    let number = u32::try_from(classes.len()).unwrap_or(u32::MAX);
    let sum: f64 = classes.values().map(|class| class.f1).sum();
    Report { macro_f1: sum / f64::from(number.max(1)), accuracy: share(right, all), classes }
}

impl ClassFigures {
    fn of(counts: Counts) -> Self {
        let Counts { right, given, meant } = counts;
        Self {
            precision: share(right, given),
            recall: share(right, meant),
            f1: share(2 * right, given + meant),
            count: meant,
        }
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn read(path: &Path, limit: usize) -> Result<Vec<Row>, Problem> {
    let name = path.display().to_string();
    let unreadable =
        |error: std::io::Error| ProblemCode::UnreadableFile.because(format!("{name}：无法读取（{}）", error.kind()));
    let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut rows = Vec::new();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let wrong = |cause: &str| ProblemCode::UnreadableFile.because(format!("{name} 第{number}行：{cause}"));
        let read = reader.by_ref().take(LINE_LIMIT).read_until(b'\n', &mut line).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if rows.len() == limit {
            return Err(ProblemCode::InputTooLarge.because(format!("超过{ROWS_LIMIT}行")));
        }
        let row: Row = serde_json::from_slice(&line)
            .map_err(|error| wrong(&format!("应为{{title,body,label}}或{{tokens,label}}（第{}列）", error.column())))?;
        if row.label.trim().is_empty() {
            return Err(wrong("label为空"));
        }
        if row.body.chars().count() > BODY_LIMIT {
            return Err(wrong(&format!("正文超过{BODY_LIMIT}字")));
        }
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRAIN: &str = r#"{"title":"拖欠工资","body":"包工头拖欠农民工工资不给","label":"劳动"}
{"tokens":["工资","拖欠","半年","老板","不给"],"label":"劳动"}

{"title":"小区停水","body":"小区自来水天天停水","label":"城建"}
{"tokens":["自来水","停水","物业","不修"],"label":"城建"}
"#;
    const TEST: &str = r#"{"title":"工资","body":"老板拖欠工资","label":"劳动"}
{"title":"停水","body":"自来水停了","label":"城建"}
{"title":"停水的工资","body":"老板拖欠工资不给","label":"城建"}
"#;

    fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn figures_are_counted_by_class() {
        let folder = tempfile::tempdir().unwrap();
        let train = file(folder.path(), "train.jsonl", TRAIN);
        let test = file(folder.path(), "test.jsonl", TEST);
        let report = evaluate(&[train], &test).unwrap();
        let near = |value: f64, expected: f64| (value - expected).abs() < 1e-9;
        assert!(near(report.accuracy, 2.0 / 3.0), "{report:?}");
        let city = report.classes["城建"];
        assert!(near(city.precision, 1.0) && near(city.recall, 0.5) && near(city.f1, 2.0 / 3.0) && city.count == 2);
        let labour = report.classes["劳动"];
        assert!(near(labour.precision, 0.5) && near(labour.recall, 1.0) && labour.count == 1);
        assert!(near(report.macro_f1, 2.0 / 3.0));
    }

    #[test]
    fn a_bad_row_is_named_by_file_and_line_without_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let test = file(folder.path(), "test.jsonl", TEST);
        for (bad, told) in
            [("{\"title\":\"秘密\"}\n", "第6行"), ("[]\n", "第6行"), ("{\"label\":\" \"}\n", "label为空")]
        {
            let train = file(folder.path(), "train.jsonl", &format!("{TRAIN}{bad}"));
            let problem = evaluate(&[train], &test).unwrap_err();
            assert!(problem.detail.contains(told) && problem.detail.contains("train.jsonl"), "{}", problem.detail);
            assert!(!problem.detail.contains("秘密"), "{}", problem.detail);
        }
        let empty = file(folder.path(), "empty.jsonl", "\n");
        assert_eq!(evaluate(std::slice::from_ref(&empty), &test).unwrap_err().code, ProblemCode::EmptyInput);
        let train = file(folder.path(), "train.jsonl", TRAIN);
        assert_eq!(evaluate(&[train], &empty).unwrap_err().code, ProblemCode::EmptyInput);
    }
}
