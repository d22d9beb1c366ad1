//! The written forms of units and of their heads, and finding them.

use aho_corasick::{AhoCorasick, MatchKind};
use case::text::is_han;
use case::unit::{Unit, UnitKind};

/// The shortest name of a unit that is looked for, in characters.
const SHORTEST_UNIT: usize = 2;
/// A head's name of this many characters is looked for without a post beside it.
const PLAIN_HEAD: usize = 3;
/// The shortest formal name that is recognised inside other words.
const FORMAL: usize = 6;

/// What may stand before a unit's short name.
const PREFIXES: [&str; 14] =
    ["河北省", "保定市", "定州市", "定州", "我市", "本市", "我县", "我们", "现任", "时任", "原", "前", "中共", "市"];
/// What follows a township's bare name when its government is meant: `东亭镇党委`, `东亭镇镇长`.
const BODIES: [&str; 21] = [
    "政府",
    "人民政府",
    "党委",
    "党政",
    "办事处",
    "街道办",
    "领导",
    "干部",
    "工作人员",
    "书记",
    "副书记",
    "镇长",
    "副镇长",
    "乡长",
    "副乡长",
    "主任",
    "副主任",
    "人大",
    "纪委",
    "包村干部",
    "一把手",
];
/// Posts and forms of address around a person's name.
const POSTS: [&str; 42] = [
    "党委书记",
    "党组书记",
    "党支部书记",
    "副书记",
    "书记",
    "副局长",
    "局长",
    "副主任",
    "主任",
    "副科长",
    "科长",
    "副所长",
    "所长",
    "副镇长",
    "镇长",
    "副乡长",
    "乡长",
    "副校长",
    "校长",
    "副院长",
    "院长",
    "大队长",
    "中队长",
    "副队长",
    "队长",
    "副站长",
    "站长",
    "副部长",
    "部长",
    "主席",
    "常委",
    "会计",
    "干部",
    "领导",
    "一把手",
    "负责人",
    "工作人员",
    "同志",
    "先生",
    "女士",
    "政委",
    "长",
];
/// What names of firms and the like end in: a head's name inside one is not the head.
const FIRMS: [&str; 17] = [
    "公司",
    "集团",
    "厂",
    "店",
    "超市",
    "合作社",
    "中心",
    "学校",
    "幼儿园",
    "医院",
    "诊所",
    "饭店",
    "酒店",
    "小区",
    "项目部",
    "养殖场",
    "村",
];

/// What a written form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A unit.
    Unit,
    /// The head of a unit.
    Head,
}

/// A written form that was found.
#[derive(Debug, Clone)]
pub(super) struct Written<'a> {
    /// Whose.
    pub(super) unit: &'a Unit,
    /// What it means.
    pub(super) means: Means,
    /// The words.
    pub(super) words: String,
    /// First byte in the text.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy)]
struct Form<'a> {
    text: &'a str,
    unit: &'a Unit,
    means: Means,
}

/// Units with everything that they and their heads are called by. Making it takes longer than reading a petition with it: an
/// [`Office`](crate::office::Office) keeps the one of its units.
#[derive(Debug)]
pub struct UnitNames {
    units: Vec<Unit>,
    /// Each form with the place of its unit in the list.
    forms: Vec<(String, usize, Means)>,
    /// None when there are no names, or more than can be searched for.
    finder: Option<AhoCorasick>,
}

impl UnitNames {
    /// The forms of `units`.
    #[must_use]
    pub fn of(units: &[Unit]) -> Self {
        let mut forms: Vec<(String, usize, Means)> = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            for text in names_of(unit) {
                forms.push((text, place, Means::Unit));
            }
            if let Some(head) = unit.head.as_deref().map(str::trim).filter(|head| head.chars().count() >= 2) {
                forms.push((head.to_owned(), place, Means::Head));
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(forms.iter().map(|(text, _, _)| text.as_str()))
            .ok()
            .filter(|_| !forms.is_empty());
        Self { units: units.to_vec(), forms, finder }
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    fn forms(&self) -> impl Iterator<Item = Form<'_>> {
        let forms = self.forms.iter();
        forms.filter_map(|(text, place, means)| {
            self.units.get(*place).map(|unit| Form { text: text.as_str(), unit, means: *means })
        })
    }

    /// Every form in running text that means a unit or a head there.
    pub(super) fn mentions(&self, text: &str) -> Vec<Written<'_>> {
        let found = self.finder.iter().flat_map(|finder| finder.find_iter(text));
        found
            .flat_map(|found| {
                // Two units may bear one name, or one person lead two units.
                let words = text.get(found.range()).unwrap_or_default();
                let same = self.forms().filter(move |form| form.text == words);
                same.filter_map(move |form| {
                    let before = text.get(..found.start()).unwrap_or_default();
                    let after = text.get(found.end()..).unwrap_or_default();
                    let meant = match form.means {
                        Means::Unit => means_unit(form, after),
                        Means::Head => means_head(form, before, after),
                    };
                    meant.then(|| Written {
                        unit: form.unit,
                        means: form.means,
                        words: words.to_owned(),
                        start: found.start(),
                        end: found.end(),
                    })
                })
            })
            .collect()
    }

    /// What `part` of a respondent's name or post means as a whole: a unit that it begins with, and a head that it names.
    pub(super) fn whole(&self, part: &str) -> Vec<Written<'_>> {
        let mut rest = part.trim();
        let mut meant = Vec::new();
        loop {
            let units = || self.forms().filter(|form| form.means == Means::Unit);
            let begins = units().filter(|form| rest.starts_with(form.text)).map(|form| form.text.len()).max();
            if let Some(length) = begins {
                let after = rest.get(length..).unwrap_or_default();
                let same = units().filter(|form| form.text.len() == length && rest.starts_with(form.text));
                meant.extend(same.filter(|form| means_unit(*form, after)).map(written));
                rest = after;
                break;
            }
            let Some(shorter) = PREFIXES.iter().find_map(|prefix| rest.strip_prefix(prefix)) else { break };
            rest = shorter;
        }
        // The formal name is the unit wherever it stands.
        let formal = |form: &Form<'_>| {
            form.means == Means::Unit && form.unit.kind != UnitKind::Township && form.text.chars().count() >= FORMAL
        };
        meant.extend(self.forms().filter(formal).filter(|form| part.contains(form.text)).map(written));
        let person = without_posts(rest);
        let is_firm = FIRMS.iter().any(|firm| person.ends_with(firm));
        meant.extend(self.forms().filter(|form| form.means == Means::Head).filter_map(|form| {
            let long = form.text.chars().count() >= PLAIN_HEAD;
            (person == form.text || (long && !is_firm && rest.contains(form.text))).then(|| written(form))
        }));
        meant
    }
}

fn written(form: Form<'_>) -> Written<'_> {
    Written { unit: form.unit, means: form.means, words: form.text.to_owned(), start: 0, end: 0 }
}

/// The names and aliases of a unit, also without the city before them; `甲、乙` are two names.
fn names_of(unit: &Unit) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(unit.name.as_str()).chain(unit.aliases.iter().map(String::as_str)) {
        names.push(name.to_owned());
        for one in name.split('、') {
            names.push(one.to_owned());
            let short = one.split_once(['市', '县']).filter(|(city, _)| city.chars().count() == 2);
            names.extend(short.map(|(_, short)| short.to_owned()));
        }
    }
    names.retain(|name| name.chars().count() >= SHORTEST_UNIT);
    names.sort();
    names.dedup();
    names
}

/// Whether a unit's name stands for the unit: a township's bare name is mostly a place.
fn means_unit(form: Form<'_>, after: &str) -> bool {
    if form.unit.kind != UnitKind::Township || is_body(form.text) {
        return true;
    }
    let after = after.strip_prefix('的').unwrap_or(after);
    after.is_empty() || BODIES.iter().any(|body| after.starts_with(body))
}

fn is_body(name: &str) -> bool {
    ["政府", "办事处", "党委", "街道办"].iter().any(|body| name.ends_with(body))
}

/// Whether a head's name stands for the head: a short one may begin another name, so a post must stand beside it.
fn means_head(form: Form<'_>, before: &str, after: &str) -> bool {
    let post_beside = POSTS.iter().any(|post| before.ends_with(post) || after.starts_with(post));
    let ends = !after.chars().next().is_some_and(is_han);
    form.text.chars().count() >= PLAIN_HEAD || post_beside || ends
}

fn without_posts(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some(shorter) = POSTS
        .iter()
        .find_map(|post| rest.strip_prefix(post).or_else(|| rest.strip_suffix(post)))
        .filter(|shorter| !shorter.is_empty())
    {
        rest = shorter.trim();
    }
    rest
}

/// The parts of a respondent as written: `东亭镇政府的李某（副镇长）` has three.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| character == '的' || !(is_han(character) || character.is_ascii_alphanumeric()))
        .filter(|part| !part.is_empty())
}
