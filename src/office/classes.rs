//! The content classes with the words that point to them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use case::class::ContentClass;
use case::problem::{Problem, ProblemCode};

use super::table::Table;

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
    /// Reads `classes.csv`: code, level1, level2, level3, keywords.
    ///
    /// # Errors
    /// What is wrong, with lines.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let table = Table::parse("classes.csv", bytes, &["code", "level1", "level2", "level3", "keywords"])?;
        let read = table.read(|row| {
            let code = ContentClass::parse(row.cell("code")).map_err(|error| row.wrong("code", &error.to_string()))?;
            let levels: Vec<String> = ["level1", "level2", "level3"]
                .iter()
                .filter_map(|column| row.given(column))
                .map(str::to_owned)
                .collect();
            if levels.is_empty() {
                return Err(row.wrong("level1", "请填写名称"));
            }
            let words: Vec<String> = row.words("keywords").map(str::to_owned).collect();
            Ok((code, levels, words))
        })?;
        let mut entries = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<ContentClass>> = BTreeMap::new();
        for (code, levels, words) in read {
            for word in words.into_iter().filter(|word| word.chars().count() >= 2) {
                by_word.entry(word).or_default().push(code.clone());
            }
            entries.insert(code, ClassEntry { levels });
        }
        let words: Vec<(String, Vec<ContentClass>)> = by_word.into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(word, _)| word))
            .map_err(|error| vec![ProblemCode::InvalidConfiguration.because(format!("classes.csv：{error}"))])?;
        Ok(Self { entries, words, finder })
    }

    /// Whether the file has this class.
    #[must_use]
    pub fn contains(&self, class: &ContentClass) -> bool {
        self.entries.contains_key(class)
    }

    /// The names of the levels joined by `_`; the code when the file does not have it.
    #[must_use]
    pub fn name(&self, class: &ContentClass) -> String {
        self.entries.get(class).map_or_else(|| class.to_string(), |entry| entry.levels.join("_"))
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
