//! Spreadsheets as offices save them: CSV in UTF-8 (with or without a byte order mark) or GB18030, with a header line.
//!
//! What is wrong is told with file, line and column, all of it at once up to a limit, so that a person mends a file in one go.

use case::problem::{Problem, ProblemCode};

/// The most things that are told to be wrong in one file.
pub const PROBLEM_LIMIT: usize = 50;
/// The most rows of one file: ten times the villages of the largest prefecture.
pub const ROW_LIMIT: usize = 100_000;

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
    /// The charset, a column or lines are wrong.
    pub fn parse(file: &'static str, bytes: &[u8], needed: &[&str]) -> Result<Self, Vec<Problem>> {
        let wrong = |detail: String| ProblemCode::InvalidConfiguration.because(format!("{file}：{detail}"));
        let text = decode(bytes)
            .ok_or_else(|| vec![wrong("文字编码应为UTF-8或GB18030，请在表格软件中另存为“CSV UTF-8”".to_owned())])?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| vec![wrong(unreadable(&error))])?;
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let mut problems: Vec<Problem> = needed
            .iter()
            .filter(|column| columns.iter().filter(|present| present == *column).count() != 1)
            .map(|column| wrong(format!("第1行应有且只有一列“{column}”，第1行须是列名")))
            .collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(wrong(unreadable(&error)));
                    break;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let more = record.iter().skip(columns.len()).any(|cell| !cell.is_empty());
            if more && problems.len() < PROBLEM_LIMIT {
                let detail =
                    format!("第{line}行有{}列，多于列名的{}列；内容中的逗号请用引号括起", record.len(), columns.len());
                problems.push(wrong(detail));
            }
            // Spreadsheets leave lines of commas behind what was deleted.
            if record.iter().any(|cell| !cell.is_empty()) {
                rows.push((line, record.iter().map(str::to_owned).collect()));
            }
            if rows.len() > ROW_LIMIT {
                problems.push(wrong(format!("最多{ROW_LIMIT}行")));
                break;
            }
        }
        if rows.is_empty() && problems.is_empty() {
            problems.push(wrong("没有内容".to_owned()));
        }
        if problems.is_empty() { Ok(Self { file, columns, rows }) } else { Err(problems) }
    }

    /// Reads every row with `read`, gathering what is wrong.
    ///
    /// # Errors
    /// What is wrong, at most [`PROBLEM_LIMIT`] of it.
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

    /// That the cell of `column` in `line` is wrong, and what to do.
    #[must_use]
    pub fn wrong(&self, line: u64, column: &str, detail: &str) -> Problem {
        let number = self.columns.iter().position(|present| present == column).map(|place| place + 1);
        let number = number.map(|number| format!("第{number}列")).unwrap_or_default();
        ProblemCode::InvalidConfiguration.because(format!("{}第{line}行{number}“{column}”：{detail}", self.file))
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

    /// The words of a cell, separated by blanks, `、` or `;`.
    pub fn words(self, column: &str) -> impl Iterator<Item = &'a str> {
        self.cell(column).split([' ', '、', '　', ';', '；']).filter(|word| !word.is_empty())
    }

    /// That a cell is wrong, and what to do.
    #[must_use]
    pub fn wrong(self, column: &str, detail: &str) -> Problem {
        self.table.wrong(self.line, column, detail)
    }
}

fn unreadable(error: &csv::Error) -> String {
    let line = error.position().map_or(0, csv::Position::line);
    format!("第{line}行无法读取，请检查引号是否成对")
}

/// The text of a file as spreadsheets save it; none when it is neither UTF-8 nor GB18030.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_not_utf8) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)?,
    };
    // The reader counts one line less behind `\r\n`.
    Some(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn details(bytes: &[u8]) -> Vec<String> {
        let told = Table::parse("units.csv", bytes, &["code", "name"]).unwrap_err();
        told.into_iter().map(|problem| problem.detail).collect()
    }

    #[test]
    fn what_a_spreadsheet_leaves_is_read() {
        let text = "\u{feff}code,name,aliases\r\n a , 甲 ,\"乙、丙 丁\"\r\n,,\r\nb,戊\r\n";
        for bytes in
            [text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text.trim_start_matches('\u{feff}')).0.to_vec()]
        {
            let table = Table::parse("units.csv", &bytes, &["code", "name"]).unwrap();
            let read =
                table.read(|row| Ok((row.line, row.cell("code").to_owned(), row.words("aliases").count()))).unwrap();
            assert_eq!(read, [(2, "a".to_owned(), 3), (4, "b".to_owned(), 0)]);
        }
    }

    #[test]
    fn wrong_headers_charsets_and_rows_are_told() {
        let told = [
            details("代码,name\n1,2\n".as_bytes()),
            details("code,name,name\n1,2,3\n".as_bytes()),
            details(b"code,name\n\xff\xff,2\n"),
            details("code,name\na,b,c\nd,e\nf,g,h\n".as_bytes()),
            details(b"code,name\n"),
            details(b""),
        ];
        insta::assert_snapshot!(told.concat().join("\n"));
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_table_or_problems(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Err(problems) = Table::parse("units.csv", &bytes, &["code"]) {
                prop_assert!(!problems.is_empty() && problems.iter().all(|problem| problem.detail.starts_with("units.csv")));
            }
        }
    }
}
