//! The three files of a measurement, one JSON object a line.

use std::collections::BTreeMap;
use std::io::BufRead;

use case::problem::{Problem, ProblemCode};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The longest line, in bytes: far more than any petition.
const LONGEST_LINE: usize = 4_000_000;
/// The most rows of one file.
const MOST_ROWS: usize = 2_000_000;

/// One petition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct MessageRow {
    /// Its number.
    pub id: u64,
    /// Stands for the petitioner.
    pub user: String,
    /// The title.
    pub title: String,
    /// When it was sent.
    pub time: Timestamp,
    /// The body.
    pub body: String,
}

/// What a person found for one petition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RetrievalRow {
    /// The petition.
    pub query: u64,
    /// Those about the same matter.
    pub same_matter: Vec<u64>,
    /// Those that have to do with it.
    #[serde(default)]
    pub related: Vec<u64>,
    /// Those that were looked at.
    #[serde(default)]
    pub pool: Vec<u64>,
    /// Whether it belongs to a matter that very many wrote about.
    #[serde(default)]
    pub hot: bool,
}

/// What a person said about two petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairLabel {
    /// The same matter.
    SameMatter,
    /// Something to do with one another.
    Related,
    /// Nothing.
    Distinct,
}

/// A judged pair.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PairRow {
    /// One petition.
    pub a: u64,
    /// The other one.
    pub b: u64,
    /// What they are.
    pub label: PairLabel,
    /// Marks, separated by `;`: `hot` and `bigtopic` stand for matters that very many wrote about.
    #[serde(default)]
    pub note: String,
}

impl PairRow {
    /// Whether it is of a matter that very many wrote about.
    #[must_use]
    pub fn hot(&self) -> bool {
        self.note.split(';').any(|mark| matches!(mark, "hot" | "bigtopic"))
    }
}

/// Everything that is measured on.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The petitions, by number.
    pub messages: BTreeMap<u64, MessageRow>,
    /// Judged look-ups.
    pub retrieval: Vec<RetrievalRow>,
    /// Judged pairs.
    pub pairs: Vec<PairRow>,
    /// More of them: a cross-validation learns from them, but nothing is measured on them.
    pub more_pairs: Vec<PairRow>,
}

/// Reads petitions. `file` names them in problems.
///
/// # Errors
/// A line is not such a row, or a number stands twice; file and line are named.
pub fn read_messages(reader: impl BufRead, file: &str) -> Result<BTreeMap<u64, MessageRow>, Problem> {
    let mut messages = BTreeMap::new();
    for (line, row) in rows::<MessageRow>(reader, file)? {
        let id = row.id;
        if messages.insert(id, row).is_some() {
            return Err(wrong(file, line, "编号重复"));
        }
    }
    Ok(messages)
}

/// Reads judged look-ups.
///
/// # Errors
/// A line is not such a row or names a petition that is not among `messages`; file and line are named.
pub fn read_retrieval(
    reader: impl BufRead,
    file: &str,
    messages: &BTreeMap<u64, MessageRow>,
) -> Result<Vec<RetrievalRow>, Problem> {
    let mut read = Vec::new();
    for (line, row) in rows::<RetrievalRow>(reader, file)? {
        let named = row.same_matter.iter().chain(&row.related).chain([&row.query]);
        known(named, messages, file, line)?;
        read.push(row);
    }
    Ok(read)
}

/// Reads judged pairs.
///
/// # Errors
/// A line is not such a row or names a petition that is not among `messages`; file and line are named.
pub fn read_pairs(
    reader: impl BufRead,
    file: &str,
    messages: &BTreeMap<u64, MessageRow>,
) -> Result<Vec<PairRow>, Problem> {
    let mut read = Vec::new();
    for (line, row) in rows::<PairRow>(reader, file)? {
        known([&row.a, &row.b].into_iter(), messages, file, line)?;
        read.push(row);
    }
    Ok(read)
}

fn known<'a>(
    mut numbers: impl Iterator<Item = &'a u64>,
    messages: &BTreeMap<u64, MessageRow>,
    file: &str,
    line: usize,
) -> Result<(), Problem> {
    match numbers.find(|number| !messages.contains_key(number)) {
        Some(number) => Err(wrong(file, line, &format!("信访件{number}不存在"))),
        None => Ok(()),
    }
}

fn wrong(file: &str, line: usize, what: &str) -> Problem {
    ProblemCode::MalformedInput.because(format!("{file} 第{line}行：{what}"))
}

/// The rows of a file with their line numbers from 1; empty lines are skipped.
fn rows<T: DeserializeOwned>(mut reader: impl BufRead, file: &str) -> Result<Vec<(usize, T)>, Problem> {
    let mut rows = Vec::new();
    let mut bytes = Vec::new();
    for line in 1_usize.. {
        bytes.clear();
        let limit = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
        let mut limited = std::io::Read::take(&mut reader, limit);
        let read = limited.read_until(b'\n', &mut bytes);
        if read.map_err(|error| wrong(file, line, &format!("无法读取（{}）", error.kind())))? == 0 {
            break;
        }
        if bytes.len() >= LONGEST_LINE || rows.len() >= MOST_ROWS {
            return Err(ProblemCode::InputTooLarge.because(format!("{file} 第{line}行超出限制")));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        // The cause is not repeated: it would quote the petition.
        let row = serde_json::from_slice(&bytes)
            .map_err(|error| wrong(file, line, &format!("不是所要求的JSON（第{}列）", error.column())))?;
        rows.push((line, row));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str =
        r#"{"id":1,"user":"甲","title":"路灯不亮","time":"2026-01-02T03:04:05+08:00","body":"三天了"}"#;

    #[test]
    fn a_bad_row_is_named_with_file_and_line() {
        let problem = read_messages(format!("{MESSAGE}\n\n{{\"id\":").as_bytes(), "m.jsonl").unwrap_err();
        assert_eq!(problem.code, ProblemCode::MalformedInput);
        assert!(problem.detail.starts_with("m.jsonl 第3行"), "{}", problem.detail);
        let twice = read_messages(format!("{MESSAGE}\n{MESSAGE}\n").as_bytes(), "m.jsonl").unwrap_err();
        assert!(twice.detail.contains("第2行"));
    }

    #[test]
    fn a_pair_of_unknown_petitions_is_refused() {
        let messages = read_messages(MESSAGE.as_bytes(), "m").unwrap();
        let problem = read_pairs(r#"{"a":1,"b":7,"label":"distinct"}"#.as_bytes(), "p", &messages).unwrap_err();
        assert!(problem.detail.contains("p 第1行") && problem.detail.contains('7'));
    }
}
