//! Names of places and firms, found by their endings: no list knows every estate and village.
//!
//! Where a name begins is uncertain (`住在锦绣华庭小区`), so two names are compared from their ends.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use case::text::is_han;

use super::clause::{self, Clause};
use crate::text::{Word, cut_tagged};

mod agree;
mod endings;
mod entered;

pub(super) use agree::{agree, may_be_misread};
use endings::{ANY_VILLAGE, COUNTS, COURTS, ENDINGS, GENERIC, LOCATIVES, NO_NAMES, STOPS, TRADES};
pub(super) use entered::{of_place, of_respondent};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NameKind {
    /// 小区、花园、公寓…
    Estate,
    /// 路、街、大道、巷.
    Road,
    /// 村.
    Village,
    /// 镇、乡、街道、社区.
    Township,
    /// 区、县. Cities are left out: one office serves one city, and every petition names it.
    District,
    /// 公司、银行、学校、医院…
    Firm,
    /// 2号线, 8路.
    Line,
    /// 3栋, 12号楼.
    Building,
}

impl NameKind {
    /// For people.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Estate => "小区或楼盘",
            Self::Road => "道路",
            Self::Village => "村或社区",
            Self::Township => "镇街社区",
            Self::District => "区县",
            Self::Firm => "单位",
            Self::Line => "线路",
            Self::Building => "楼栋",
        }
    }
}

/// The longest name, in characters; firms are registered with long ones.
const fn longest(kind: NameKind) -> usize {
    match kind {
        NameKind::Firm => 20,
        NameKind::Estate
        | NameKind::Road
        | NameKind::Village
        | NameKind::Township
        | NameKind::District
        | NameKind::Line
        | NameKind::Building => 12,
    }
}

/// The fewest characters of a village behind its township: `西杨村`, not `北村`.
const SHORTEST_BEHIND: usize = 3;
/// A name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    /// What it names.
    pub(super) kind: NameKind,
    /// As it stands in the text.
    pub(super) text: String,
    /// Without its ending, from where it surely begins.
    pub(super) core: String,
}

static NOT_NAMED: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split_whitespace().collect());
/// Endings by their last character, in their order: every word of every text is asked.
static LAST: LazyLock<HashMap<char, Vec<(&str, NameKind)>>> = LazyLock::new(|| {
    let mut by_last: HashMap<char, Vec<(&str, NameKind)>> = HashMap::new();
    for (ending, kind) in ENDINGS {
        if let Some(last) = ending.chars().next_back() {
            by_last.entry(last).or_default().push((ending, *kind));
        }
    }
    by_last
});
/// Every ending. A clause without one and without a number names nothing and need not be cut into words, which is most of the work of
/// reading it.
static ANY_ENDING: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(ENDINGS.iter().map(|(ending, _kind)| *ending)).ok());
static STOPPED: LazyLock<HashSet<&str>> = LazyLock::new(|| STOPS.split_whitespace().collect());

/// The names in `folded`, each once.
pub(super) fn names(folded: &str) -> BTreeSet<Name> {
    names_by_clause(folded).into_iter().map(|(name, _clause)| name).collect()
}

/// The names in `folded` in reading order, with what their clause is about.
pub(super) fn names_by_clause(folded: &str) -> Vec<(Name, Clause)> {
    let mut names = Vec::new();
    let mut labelled = false;
    for text in folded.split(|character: char| !is_han(character) && !character.is_alphanumeric()) {
        let clause = Clause::of(text, labelled);
        labelled = clause::is_label(text);
        if !may_name(text) {
            continue;
        }
        // `人民广场路灯不亮`: no road of that name.
        for piece in text.split("路灯") {
            let words: Vec<Word<'_>> = cut_tagged(piece);
            for end in 0..words.len() {
                let before = words.get(..=end).unwrap_or(&[]);
                names.extend(ending_at(before).map(|name| (name, clause)));
                names.extend(numbered(before).map(|name| (name, clause)));
            }
        }
    }
    names
}

/// Whether an ending of a name stands in `clause`, or a number that may be one.
fn may_name(clause: &str) -> bool {
    clause.bytes().any(|byte| byte.is_ascii_digit())
        || ANY_ENDING.as_ref().is_none_or(|endings| endings.is_match(clause))
}

/// The name that ends with the last of `words`.
fn ending_at(words: &[Word<'_>]) -> Option<Name> {
    let last = words.last()?;
    let mut endings = LAST.get(&last.text.chars().next_back()?)?.iter();
    let (ending, kind) = endings.find(|(ending, _kind)| last.text.ends_with(ending))?;
    let mut text = String::new();
    for (index, word) in words.iter().enumerate().rev() {
        let first = text.is_empty();
        let too_long = text.chars().count().saturating_add(word.text.chars().count()) > longest(*kind);
        let before = index.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.text);
        // `幸福里小区`, `魅力之都小区`: within a name these join nothing. `明年上小学` is no name: schools have none of them.
        let inside = !matches!(kind, NameKind::Firm | NameKind::Township)
            && LOCATIVES.contains(&word.text)
            && before.is_some_and(|before| !STOPPED.contains(before) && before.chars().all(is_han));
        // `大三路村`, `南城区街道`: with nothing but the ending so far, the road or the district is the name itself.
        let bare = text == *ending && is_part_of_name(word.text, *kind);
        let stops = STOPPED.contains(word.text) || closes(word.text, *kind) || is_grammar(word, &text, *kind);
        if too_long || (!first && !inside && !bare && stops) || (first && STOPPED.contains(word.text)) {
            break;
        }
        text.insert_str(0, word.text);
    }
    // `翟城村村口`, `翟城村村委会`: the second ending begins another word.
    while *kind == NameKind::Village && text.ends_with("村村") {
        text.pop();
    }
    // `雅苑` may be cut in two words: the longest ending is the ending.
    let ending = ENDINGS
        .iter()
        .filter(|(longer, of)| of == kind && text.ends_with(longer))
        .map(|(longer, _kind)| longer)
        .max_by_key(|longer| longer.len())
        .unwrap_or(ending);
    if *kind == NameKind::Village {
        if ANY_VILLAGE.iter().any(|words| text.ends_with(words)) {
            return None;
        }
        text = behind_township(text);
    }
    let mut core = text.strip_suffix(ending)?;
    if *kind == NameKind::Firm && !is_school(ending) {
        core = stem(core);
    }
    let core = core.to_owned();
    let shortest = if *kind == NameKind::District { 1 } else { 2 };
    let fits =
        core.chars().count() >= shortest && !NOT_NAMED.contains(text.as_str()) && !NOT_NAMED.contains(core.as_str());
    let court = COURTS.iter().any(|tail| text.ends_with(tail));
    // A digit alone before the ending is a bus line or a phase, not the name of a road or an estate.
    let named = core.chars().any(|character| !character.is_ascii_digit());
    (fits && named && !court).then_some(Name { kind: *kind, text, core })
}

/// A village without the end of its township, which the dictionary may take for the beginning of its name: `店镇西杨村` of
/// `叮咛店镇西杨村`.
fn behind_township(village: String) -> String {
    let behind = ["街道", "镇", "乡"]
        .iter()
        .filter_map(|ending| Some(village.rsplit_once(ending)?.1))
        .min_by_key(|rest| rest.len());
    // `古镇村`, `老镇北村`: there it is the name itself.
    behind.filter(|rest| rest.chars().count() >= SHORTEST_BEHIND).map(str::to_owned).unwrap_or(village)
}

/// Whether a road or a district may be the name of a village, of an estate or of a street office.
fn is_part_of_name(word: &str, kind: NameKind) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match kind {
        NameKind::Village => ends(&["路", "街"]),
        NameKind::Township => ends(&["区"]) && !NOT_NAMED.contains(word),
        NameKind::Estate
        | NameKind::Road
        | NameKind::District
        | NameKind::Firm
        | NameKind::Line
        | NameKind::Building => false,
    }
}

/// Whether `word` is no part of a name by what kind of word it is: an adverb, a pronoun, a preposition, a verb. A verb right
/// before a telling ending may be the name (`解放路`); before a bare `小区` it is what somebody does there.
fn is_grammar(word: &Word<'_>, behind: &str, kind: NameKind) -> bool {
    let first = word.tag.chars().next().unwrap_or('x');
    let long = word.text.chars().count() >= 2;
    let generic = GENERIC.contains(&behind);
    if kind == NameKind::Firm && TRADES.iter().any(|trade| trade.contains(word.text)) {
        return false;
    }
    match first {
        // Latin letters are tagged `eng`.
        'e' if word.tag == "eng" => false,
        'p' | 'c' | 'd' | 'r' | 'u' | 'y' | 'e' => long || generic,
        'v' if word.tag == "vn" => generic,
        'v' => generic || (long && !ENDINGS.iter().any(|(ending, _kind)| behind == *ending)),
        't' => kind == NameKind::Firm || generic,
        // `九九社区` is a name, `一个小区` is none.
        'm' => word.text.chars().any(|character| COUNTS.contains(character)),
        _other => false,
    }
}

fn is_school(ending: &str) -> bool {
    ["学校", "小学", "中学", "大学", "学院", "幼儿园", "医院"].into_iter().any(|school| ending.ends_with(school))
}

/// The name of a firm without its trade: `鼎誉房地产开发` is `鼎誉`. The place before it stays; names are compared from
/// their ends.
fn stem(core: &str) -> &str {
    let mut stem = core;
    while let Some(shorter) = TRADES.iter().find_map(|trade| stem.strip_suffix(trade)) {
        stem = shorter;
    }
    stem
}

/// Whether `word` ends a larger place, so that the name of a smaller one begins after it.
fn closes(word: &str, kind: NameKind) -> bool {
    let larger = |ending: &str| word.ends_with(ending);
    match kind {
        NameKind::District => larger("省") || larger("市") || larger("州"),
        NameKind::Township | NameKind::Firm => ["省", "市", "县", "区", "镇", "街道"].into_iter().any(larger),
        NameKind::Estate | NameKind::Road | NameKind::Village | NameKind::Line | NameKind::Building => {
            ["省", "市", "县", "区", "镇", "乡", "街道", "社区", "路", "大道", "街", "村"].into_iter().any(larger)
        }
    }
}

/// What the words of [`numbered`] end with.
const LAST_OF_NUMBERED: [char; 9] = ['线', '交', '车', '栋', '幢', '楼', '座', '中', '小'];
/// What stands behind the number of a line, a building or a school.
const NUMBERED: [(&str, NameKind); 10] = [
    ("号线", NameKind::Line),
    ("路公交", NameKind::Line),
    ("路车", NameKind::Line),
    ("路公交车", NameKind::Line),
    ("栋", NameKind::Building),
    ("幢", NameKind::Building),
    ("号楼", NameKind::Building),
    ("座", NameKind::Building),
    ("中", NameKind::Firm),
    ("小", NameKind::Firm),
];

/// A line or a building: its number is its name.
fn numbered(words: &[Word<'_>]) -> Option<Name> {
    if !words.last()?.text.ends_with(LAST_OF_NUMBERED) {
        return None;
    }
    let joined: String = words.iter().rev().take(3).rev().map(|word| word.text).collect();
    let (ending, kind) = NUMBERED.into_iter().find(|(ending, _kind)| joined.ends_with(ending))?;
    let before = joined.strip_suffix(ending)?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
    let number: String = digits.chars().rev().collect();
    let fits = number.chars().any(|character| character.is_ascii_digit()) && number.len() <= 4;
    let ending = if kind == NameKind::Building { "栋" } else { ending };
    let text = format!("{number}{ending}");
    // A school is its number and its kind: `2中` is not `2小`.
    let core = if kind == NameKind::Firm { text.clone() } else { number };
    fits.then_some(Name { kind, text, core })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(NameKind, String)> {
        names(&crate::text::fold(text)).into_iter().map(|name| (name.kind, name.text)).collect()
    }

    #[test]
    fn names_begin_after_what_is_no_name() {
        assert!(found("我们住在锦绣华庭小区三栋").contains(&(NameKind::Estate, "锦绣华庭小区".to_owned())));
        assert!(found("幸福里小区夜宵店").contains(&(NameKind::Estate, "幸福里小区".to_owned())));
        assert!(found("位于和平路与建设街交叉口").contains(&(NameKind::Road, "和平路".to_owned())));
        assert!(found("住在锦绣华庭三栋").contains(&(NameKind::Building, "3栋".to_owned())));
        assert_eq!(found("我们小区的道路和学校"), []);
        assert_eq!(found("后来才知道价格比邻村低"), []);
        assert!(found("人民广场路灯不亮").iter().all(|(kind, _)| *kind != NameKind::Road));
        assert!(found("叮咛店镇西杨村的地").contains(&(NameKind::Village, "西杨村".to_owned())));
        assert_eq!(found("孩子明年上小学"), []);
        assert!(found("东亭镇翟城村村口积水").iter().all(|(_, name)| name != "翟城村村"));
        assert!(found("翟城村村委会").contains(&(NameKind::Village, "翟城村".to_owned())));
        assert!(found("柳河镇大三路村主街").contains(&(NameKind::Village, "大3路村".to_owned())));
    }

    #[test]
    fn what_stands_near_a_place_and_the_parts_of_a_court_are_no_names() {
        assert!(found("早安星城周边工厂废气扰民").iter().all(|(kind, _)| *kind != NameKind::Firm));
        assert!(
            found("请督促市中院尽快开庭")
                .iter()
                .chain(&found("市中级人民法院民三庭"))
                .all(|(_, name)| !name.ends_with('庭'))
        );
        assert!(found("锦绣华庭的电梯").contains(&(NameKind::Estate, "锦绣华庭".to_owned())));
        assert_eq!(found("把配套幼儿园办成普惠性幼儿园"), []);
        assert!(found("周边小区的居民").is_empty());
    }

    #[test]
    fn a_firm_is_known_without_its_trade_and_its_place() {
        let firm = |text: &str| {
            let found = names(&crate::text::fold(text)).into_iter().find(|name| name.kind == NameKind::Firm);
            found.unwrap_or_else(|| panic!("no firm in {text}"))
        };
        let full = firm("开发商清河永隆房地产开发有限公司不退款");
        assert!(agree(&full, &firm("在永隆公司买房")), "{full:?}");
        assert!(agree(&full, &firm("永隆置业有限公司")));
        assert!(!agree(&full, &firm("丰泰公司")));
        assert!(!agree(&full, &firm("水隆公司")) && may_be_misread(&full, &firm("水隆公司")));
        assert!(!may_be_misread(&full, &firm("丰泰公司")));
        assert_eq!(found("物业公司的人"), []);
    }
}
