//! The content classes with the words that point to them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use case::class::{ContentClass, InvalidContentClass};
use case::problem::{Problem, ProblemCode};

use super::table::{PROBLEM_LIMIT, Row, Table};

/// The name of the file in messages.
const FILE: &str = "classes.csv";
/// What stands between the names of levels where people read them.
const LEVELS: &str = "—";
/// The shortest keyword, in characters: one character stands in anything.
const SHORTEST: usize = 2;

/// One class.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ClassEntry {
    levels: Vec<String>,
}

/// A word that stands in a text and the classes it points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer<'a> {
    /// The word.
    pub word: &'a str,
    /// The classes.
    pub classes: &'a [ContentClass],
}

/// Every class.
#[derive(Debug)]
pub struct Classes {
    entries: BTreeMap<ContentClass, ClassEntry>,
    words: Vec<(String, Vec<ContentClass>)>,
    finder: AhoCorasick,
}

impl Classes {
    /// Reads `classes.csv`: code, level1, level2, level3, keywords. As many levels are named as the code gives, and every class above
    /// one has a line of its own.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let table = Table::parse(FILE, bytes, &["code", "level1", "level2", "level3", "keywords"])?;
        let read = table.read(written)?;
        let problems = contradictions(&table, &read);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut entries = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<ContentClass>> = BTreeMap::new();
        for Written { code, levels, words, .. } in read {
            for word in words {
                let classes = by_word.entry(word).or_default();
                if !classes.contains(&code) {
                    classes.push(code.clone());
                }
            }
            entries.insert(code, ClassEntry { levels });
        }
        let words: Vec<(String, Vec<ContentClass>)> = by_word.into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(word, _)| word))
            .map_err(|error| vec![ProblemCode::InvalidConfiguration.because(format!("{FILE}：{error}"))])?;
        Ok(Self { entries, words, finder })
    }

    /// Whether the file has this class.
    #[must_use]
    pub fn contains(&self, class: &ContentClass) -> bool {
        self.entries.contains_key(class)
    }

    /// The names of the levels as people read them, `城乡建设—房屋`; the code when the file does not have it.
    #[must_use]
    pub fn name(&self, class: &ContentClass) -> String {
        self.entries.get(class).map_or_else(|| class.to_string(), |entry| entry.levels.join(LEVELS))
    }

    /// The first-level classes with their names, by code.
    pub fn first_level(&self) -> impl Iterator<Item = (&ContentClass, &str)> {
        let first = self.entries.iter().filter(|(code, _)| code.level() == 1);
        first.filter_map(|(code, entry)| entry.levels.first().map(|name| (code, name.as_str())))
    }

    /// The pointing words in `text`, in order, with repeats.
    pub fn pointers<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Pointer<'a>> {
        let found = self.finder.find_iter(text);
        found.filter_map(|found| {
            self.words.get(found.pattern().as_usize()).map(|(word, classes)| Pointer { word, classes })
        })
    }
}

/// A line as it is written.
#[derive(Debug)]
struct Written {
    code: ContentClass,
    levels: Vec<String>,
    words: Vec<String>,
    line: u64,
}

/// A class as a spreadsheet may have left it: without the zero that a number does not keep in front.
///
/// # Errors
/// The text is no code of a class.
pub(super) fn code(text: &str) -> Result<ContentClass, InvalidContentClass> {
    let is_number = text.chars().all(|character| character.is_ascii_digit());
    if text.len() == 5 && is_number { ContentClass::parse(&format!("0{text}")) } else { ContentClass::parse(text) }
}

fn written(row: Row<'_>) -> Result<Written, Problem> {
    let code = code(row.cell("code")).map_err(|error| row.wrong("code", &error.to_string()))?;
    let columns = ["level1", "level2", "level3"];
    for (place, column) in (1..).zip(columns) {
        match (row.given(column), place <= code.level()) {
            (None, true) => return Err(row.wrong(column, &format!("{code}应填写第{place}级名称"))),
            (Some(_), false) => return Err(row.wrong(column, &format!("{code}没有第{place}级，请删除名称或更正代码"))),
            (Some(_), true) | (None, false) => {}
        }
    }
    let levels = columns.iter().filter_map(|column| row.given(column)).map(str::to_owned).collect();
    let words: Vec<String> = row.words("keywords").map(str::to_owned).collect();
    if let Some(short) = words.iter().find(|word| word.chars().count() < SHORTEST) {
        return Err(row.wrong("keywords", &format!("关键词“{short}”只有一个字，请删除或写全")));
    }
    Ok(Written { code, levels, words, line: row.line })
}

/// Classes that stand twice, or whose upper class is missing or named otherwise.
fn contradictions(table: &Table, read: &[Written]) -> Vec<Problem> {
    let mut names: BTreeMap<&ContentClass, &[String]> = BTreeMap::new();
    let mut problems = Vec::new();
    for entry in read {
        if names.insert(&entry.code, &entry.levels).is_some() {
            problems.push(table.wrong(entry.line, "code", &format!("代码{}重复", entry.code)));
        }
    }
    for entry in read {
        for level in 1..entry.code.level() {
            let Some(upper) = entry.code.upper(level) else { continue };
            let column = if level == 1 { "level1" } else { "level2" };
            match names.get(&upper) {
                None => problems.push(table.wrong(entry.line, "code", &format!("缺少上级分类{upper}，请补上一行"))),
                Some(names) if !entry.levels.starts_with(names) => {
                    problems.push(table.wrong(entry.line, column, &format!("名称与上级分类{upper}一行不同")));
                }
                Some(_) => {}
            }
        }
    }
    problems.truncate(PROBLEM_LIMIT);
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_contradicts_is_told_with_line_and_column() {
        let text = "code,level1,level2,level3,keywords\n\
                    010000,城乡建设,,,\n\
                    010100,城乡建设,物业,多余,\n\
                    020000,,,,\n\
                    030000,国土,,,地\n\
                    1,x,,,\n";
        let told = |text: &str| {
            let problems = Classes::parse(text.as_bytes()).unwrap_err();
            problems.into_iter().map(|problem| problem.detail).collect::<Vec<_>>().join("\n")
        };
        let between = "code,level1,level2,level3,keywords\n\
                       010000,城乡建设,,,\n\
                       010000,城乡建设,,,\n\
                       010101,城乡建设,物业,收费,\n\
                       010200,城建,供暖,,\n";
        insta::assert_snapshot!([told(text), told(between)].join("\n"));
    }

    #[test]
    fn a_code_that_lost_its_zero_in_a_spreadsheet_is_read() {
        let classes = Classes::parse("code,level1,level2,level3,keywords\n10000,甲,,,\n".as_bytes()).unwrap();
        assert!(classes.contains(&ContentClass::parse("010000").unwrap()));
    }

    #[test]
    fn the_longest_word_is_taken_and_points_to_every_class_that_has_it() {
        let text = "code,level1,level2,level3,keywords\n\
                    010000,甲,,,物业 公交\n\
                    020000,乙,,,物业公司、公交\n";
        let classes = Classes::parse(text.as_bytes()).unwrap();
        let found: Vec<(&str, usize)> =
            classes.pointers("物业公司和公交").map(|pointer| (pointer.word, pointer.classes.len())).collect();
        assert_eq!(found, [("物业公司", 1), ("公交", 2)]);
    }
}
