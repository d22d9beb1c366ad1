//! The gazetteer: townships, villages and communities with their codes, and finding them in text.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};
use case::simplified::simplify;
use case::text::is_han;

use super::table::{Row, Table};

/// The name of the file in messages.
const FILE: &str = "places.csv";
/// The shortest name, in characters: one character says nothing.
const SHORTEST: usize = 2;
/// Before a village's name these make another name of it: `大西王村` is not `王村`.
const NAME_PARTS: [char; 12] = ['东', '西', '南', '北', '大', '小', '前', '后', '上', '下', '新', '老'];
/// A village's name of two characters stands in many other words: before it only these, or no Chinese character at all.
const BOUNDARIES: &[char] = &[
    '镇', '乡', '道', '区', '市', '县', '处', '的', '在', '住', '是', '们', '到', '从', '和', '与', '及', '去', '往',
    '于', '叫', '有', '来', '自', '给', '对', '把', '我', '州', '省', '请',
];
/// Before `市` and `县` these mean our own (`我市`) or no city at all (`超市`).
const NO_OTHER_CITY: [char; 11] = ['我', '本', '全', '该', '咱', '超', '城', '门', '集', '菜', '都'];

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEntry {
    /// Its code.
    pub code: PlaceCode,
    /// Its full name.
    pub name: String,
    aliases: Vec<String>,
    line: u64,
}

/// A place that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The places that bear the name: more than one when several townships have a village of that name.
    pub codes: Vec<PlaceCode>,
    /// The name as it stands there.
    pub words: String,
    /// Its first character in the text, from 0.
    pub start: u32,
    /// One past its last character.
    pub end: u32,
}

/// Every place of the office's area.
#[derive(Debug)]
pub struct Places {
    entries: BTreeMap<PlaceCode, PlaceEntry>,
    names: Vec<(String, Vec<PlaceCode>)>,
    finder: AhoCorasick,
    /// Our own cities and counties: the names of the 6-digit codes, such as `定州市`.
    own: Vec<String>,
}

impl Places {
    /// Reads `places.csv`: code (6 digits for the city or county, 9 for a township, 12 for a village or community), name, parent,
    /// aliases.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let table = Table::parse(FILE, bytes, &["code", "name", "parent", "aliases"])?;
        let read = table.read(entry)?;
        let codes: BTreeSet<&PlaceCode> = read.iter().map(|entry| &entry.code).collect();
        let mut seen = BTreeSet::new();
        let mut problems = Vec::new();
        for entry in &read {
            if !seen.insert(&entry.code) {
                problems.push(table.wrong(entry.line, "code", &format!("代码{}重复", entry.code)));
            }
            let township = entry.code.parent().filter(|parent| parent.as_str().len() == 9);
            if township.as_ref().is_some_and(|township| !codes.contains(township)) {
                let detail = format!("{}所在的乡镇不在文件中，请补上该乡镇一行", entry.code);
                problems.push(table.wrong(entry.line, "code", &detail));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut by_name: BTreeMap<String, Vec<PlaceCode>> = BTreeMap::new();
        for entry in read.iter().filter(|entry| entry.code.as_str().len() > 6) {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let codes = by_name.entry(name.clone()).or_default();
                if !codes.contains(&entry.code) {
                    codes.push(entry.code.clone());
                }
            }
        }
        let names: Vec<(String, Vec<PlaceCode>)> = by_name.into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| simplified(name)))
            .map_err(|error| vec![ProblemCode::InvalidConfiguration.because(format!("{FILE}：{error}"))])?;
        let own = read.iter().filter(|entry| entry.code.as_str().len() == 6).map(|entry| entry.name.clone()).collect();
        let entries = read.into_iter().map(|entry| (entry.code.clone(), entry)).collect();
        Ok(Self { entries, names, finder, own })
    }

    /// How many places there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
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

    /// Every place named in `text`, in order. Names behind another city's or county's name, and parts of longer village names, are
    /// not ours. Traditional characters count as their simplified forms: `清風店鎮` is `清风店镇`.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let written = text;
        let text = &*simplified(written);
        let mut mentions = Vec::new();
        let (mut byte, mut characters) = (0, 0_u32);
        for found in self.finder.find_iter(text) {
            let Some((words, codes)) = self.names.get(found.pattern().as_usize()) else { continue };
            let skipped = text.get(byte..found.start()).unwrap_or_default();
            let start = characters.saturating_add(length(skipped));
            (byte, characters) = (found.end(), start.saturating_add(length(words)));
            let before = text.get(..found.start()).unwrap_or_default();
            let village = codes.iter().all(|code| code.as_str().len() == 12);
            let inside = words.chars().count() == SHORTEST
                && before.chars().next_back().is_some_and(|last| is_han(last) && !BOUNDARIES.contains(&last));
            if self.is_elsewhere(before) || (village && (inside || before.ends_with(NAME_PARTS))) {
                continue;
            }
            mentions.push(Mention { codes: codes.clone(), words: words.clone(), start, end: characters });
        }
        if text != written {
            as_written(&mut mentions, written);
        }
        mentions
    }

    /// Whether what follows `before` lies in another city or county: `北京市` before `西城区`, `曲阳县` before `东旺村`.
    fn is_elsewhere(&self, before: &str) -> bool {
        let Some(name) = before.strip_suffix(['市', '县']) else { return false };
        let is_own = self.own.iter().any(|own| before.ends_with(own.as_str()));
        !is_own && name.chars().next_back().is_some_and(|last| is_han(last) && !NO_OTHER_CITY.contains(&last))
    }
}

/// A code as it is written; says so when a spreadsheet made `1.30682E+11` of it.
///
/// # Errors
/// What is wrong and what to do.
pub(super) fn code(text: &str) -> Result<PlaceCode, String> {
    PlaceCode::parse(text).map_err(|error| {
        let is_number = text.contains(['E', 'e']) && text.contains('+');
        if is_number {
            "代码被表格软件改成了科学计数，请把此列设为文本后重新填写".to_owned()
        } else {
            error.to_string()
        }
    })
}

fn entry(row: Row<'_>) -> Result<PlaceEntry, Problem> {
    let code = code(row.cell("code")).map_err(|error| row.wrong("code", &error))?;
    let name = row.given("name").ok_or_else(|| row.wrong("name", "请填写名称"))?;
    let aliases: Vec<String> = row.words("aliases").map(str::to_owned).collect();
    if let Some(short) = aliases.iter().find(|alias| alias.chars().count() < SHORTEST) {
        return Err(row.wrong("aliases", &format!("别名“{short}”只有一个字，请删除或写全")));
    }
    if let Some(parent) = row.given("parent").filter(|parent| !row.cell("code").starts_with(parent)) {
        return Err(row.wrong("parent", &format!("代码{code}不在{parent}之内，请更正代码或上级代码")));
    }
    Ok(PlaceEntry { code, name: name.to_owned(), aliases, line: row.line })
}

/// `text` in simplified characters, as many as it had.
fn simplified(text: &str) -> String {
    text.chars().map(simplify).collect()
}

/// Gives each mention the words that stand at its place in `text`.
fn as_written(mentions: &mut [Mention], text: &str) {
    let characters: Vec<char> = text.chars().collect();
    let place = |position: u32| usize::try_from(position).unwrap_or(usize::MAX);
    for mention in mentions {
        if let Some(words) = characters.get(place(mention.start)..place(mention.end)) {
            mention.words = words.iter().collect();
        }
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "code,name,parent,aliases\n";

    fn problems(rows: &str) -> Vec<String> {
        let told = Places::parse(format!("{HEADER}{rows}").as_bytes()).unwrap_err();
        told.into_iter().map(|problem| problem.detail).collect()
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_column() {
        insta::assert_snapshot!(
            problems("1306,定州市,,\n130682001,,130682,\n130682100,留早镇,130683,\n130682101,清风店镇,130682,店\n")
                .join("\n")
        );
    }

    #[test]
    fn a_code_that_a_spreadsheet_spoilt_is_told() {
        assert!(problems("1.30682E+11,翟城村,,\n")[0].contains("科学计数"));
    }

    #[test]
    fn doubles_and_villages_without_a_township_are_told() {
        insta::assert_snapshot!(
            problems("130682001,南城区街道,130682,\n130682001,北城区街道,130682,\n130682100200,留早村,130682100,\n")
                .join("\n")
        );
    }

    #[test]
    fn a_short_name_inside_another_word_is_not_that_village() {
        let rows = "130682,定州市,,\n130682109,高蓬镇,130682,\n130682109201,位村村民委员会,130682109,位村 位村村委会\n";
        let places = Places::parse(format!("{HEADER}{rows}").as_bytes()).unwrap();
        let found = |text: &str| places.mentions(text).iter().map(|mention| mention.words.clone()).collect::<Vec<_>>();
        assert_eq!(found("我是高蓬镇位村的，位村村委会不管"), ["高蓬镇", "位村", "位村村委会"]);
        assert_eq!(found("各单位村里都去过"), Vec::<String>::new());
    }

    #[test]
    fn mentions_are_placed_in_characters() {
        let places =
            Places::parse(format!("{HEADER}130682,定州市,,\n130682100,留早镇,130682,留早\n").as_bytes()).unwrap();
        let found = places.mentions("定州市留早镇，我市留早。保定市留早");
        let placed: Vec<(&str, u32, u32)> =
            found.iter().map(|mention| (mention.words.as_str(), mention.start, mention.end)).collect();
        assert_eq!(placed, [("留早镇", 3, 6), ("留早", 9, 11)]);
    }

    #[test]
    fn traditional_names_are_found_where_they_stand() {
        let rows = "130682,定州市,,\n130682101,清风店镇,130682,清风店\n";
        let places = Places::parse(format!("{HEADER}{rows}").as_bytes()).unwrap();
        let found = places.mentions("住清風店鎮，曲陽縣清風店");
        let placed: Vec<(&str, u32, u32)> =
            found.iter().map(|mention| (mention.words.as_str(), mention.start, mention.end)).collect();
        assert_eq!(placed, [("清風店鎮", 1, 5)], "the other one lies in another county");
    }
}
