//! Spreadsheets as offices save them: CSV in UTF-8 (with or without a byte order mark) or GB18030, with a header line.

use case::problem::{Problem, ProblemCode};

/// The most things that are told to be wrong in one file.
const PROBLEM_LIMIT: usize = 50;

/// A table with named columns.
#[derive(Debug)]
pub struct Table {
    file: &'static str,
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    /// The line in the file, from 1.
    pub line: u64,
    cells: &'a [String],
}

impl Table {
    /// Reads a table that must have the columns `needed`.
    ///
    /// # Errors
    /// The charset, a column or a line is wrong.
    pub fn parse(file: &'static str, bytes: &[u8], needed: &[&str]) -> Result<Self, Vec<Problem>> {
        let wrong = |detail: String| vec![ProblemCode::InvalidConfiguration.because(format!("{file}：{detail}"))];
        let text = decode(bytes).ok_or_else(|| wrong("文字编码应为UTF-8或GB18030".to_owned()))?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| wrong(error.to_string()))?;
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        for column in needed {
            if !columns.iter().any(|present| present == column) {
                return Err(wrong(format!("第1行缺少列“{column}”")));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| wrong(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(Self { file, columns, rows })
    }

    /// Reads every row with `read`, gathering what is wrong.
    ///
    /// # Errors
    /// What is wrong, at most 50 of it.
    pub fn read<T>(&self, read: impl Fn(Row<'_>) -> Result<T, Problem>) -> Result<Vec<T>, Vec<Problem>> {
        let (mut values, mut problems) = (Vec::new(), Vec::new());
        for (line, cells) in &self.rows {
            match read(Row { table: self, line: *line, cells }) {
                Ok(value) => values.push(value),
                Err(problem) => problems.push(problem),
            }
            if problems.len() >= PROBLEM_LIMIT {
                break;
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(problems) }
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; empty when the row is shorter.
    #[must_use]
    pub fn cell(self, column: &str) -> &'a str {
        let index = self.table.columns.iter().position(|present| present == column);
        index.and_then(|index| self.cells.get(index)).map_or("", String::as_str)
    }

    /// The cell, if something is in it.
    #[must_use]
    pub fn given(self, column: &str) -> Option<&'a str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// The words of a cell, separated by blanks or 、.
    pub fn words(self, column: &str) -> impl Iterator<Item = &'a str> {
        self.cell(column).split([' ', '、', '　', ';', '；']).filter(|word| !word.is_empty())
    }

    /// That a cell is wrong, and what to do.
    #[must_use]
    pub fn wrong(self, column: &str, detail: &str) -> Problem {
        let text = format!("{}第{}行“{column}”：{detail}", self.table.file, self.line);
        ProblemCode::InvalidConfiguration.because(text)
    }
}

fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}
