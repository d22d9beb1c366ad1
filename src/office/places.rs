//! The gazetteer: townships, villages and communities with their codes, and finding them in text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};

use super::table::Table;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEntry {
    /// Its code.
    pub code: PlaceCode,
    /// Its full name.
    pub name: String,
    aliases: Vec<String>,
}

/// A place that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The places that bear the name: more than one when several townships have a village of that name.
    pub codes: Vec<PlaceCode>,
    /// The name as it stands there.
    pub words: String,
}

/// Every place of the office's area.
#[derive(Debug)]
pub struct Places {
    entries: BTreeMap<PlaceCode, PlaceEntry>,
    names: Vec<(String, Vec<PlaceCode>)>,
    finder: AhoCorasick,
}

impl Places {
    /// Reads `places.csv`: code, name, parent, aliases.
    ///
    /// # Errors
    /// What is wrong, with lines.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let table = Table::parse("places.csv", bytes, &["code", "name", "aliases"])?;
        let read = table.read(|row| {
            let code = PlaceCode::parse(row.cell("code")).map_err(|error| row.wrong("code", &error.to_string()))?;
            let name = row.given("name").ok_or_else(|| row.wrong("name", "请填写名称"))?;
            let aliases = row.words("aliases").map(str::to_owned).collect();
            Ok(PlaceEntry { code, name: name.to_owned(), aliases })
        })?;
        let mut by_name: BTreeMap<String, Vec<PlaceCode>> = BTreeMap::new();
        for entry in &read {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                // One character says nothing.
                if name.chars().count() >= 2 {
                    by_name.entry(name.clone()).or_default().push(entry.code.clone());
                }
            }
        }
        let names: Vec<(String, Vec<PlaceCode>)> = by_name.into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| name))
            .map_err(|error| vec![ProblemCode::InvalidConfiguration.because(format!("places.csv：{error}"))])?;
        let entries = read.into_iter().map(|entry| (entry.code.clone(), entry)).collect();
        Ok(Self { entries, names, finder })
    }

    /// The place with this code.
    #[must_use]
    pub fn get(&self, code: &PlaceCode) -> Option<&PlaceEntry> {
        self.entries.get(code)
    }

    /// The townships and street offices, by code.
    pub fn townships(&self) -> impl Iterator<Item = &PlaceEntry> {
        self.entries.values().filter(|entry| entry.code.as_str().len() == 9)
    }

    /// Every place named in `text`, in order.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let found = self.finder.find_iter(text);
        let mentions = found.filter_map(|found| self.names.get(found.pattern().as_usize()));
        mentions.map(|(words, codes)| Mention { codes: codes.clone(), words: words.clone() }).collect()
    }
}
