//! A petition read once, so that it can be compared with many.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;

use super::characters::characters;
use super::claims::claim;
use super::clause::Clause;
use super::days::{Day, days};
use super::names::{Name, NameKind, names, names_by_clause, of_place, of_respondent};
use super::topic::{topics, without_topics};
use super::weighed::Weighed;
use super::{Petition, Rarity, background};
use crate::text::{Bigram, Gram, GramKey, Located, fold, grams, runs, strip_courtesy};

/// The most characters of a body that are compared.
const LONGEST_BODY: usize = 20_000;
/// How much more a bigram counts that stands in the title.
const TITLE_WEIGHT: f64 = 1.6;

/// What the judge reads out of one petition.
pub struct Prepared {
    pub(super) petition: Petition,
    /// The title, folded, without courtesy.
    pub(super) title: String,
    /// Title and body, folded, without courtesy; sentences apart.
    pub(super) whole: String,
    /// Weight of each bigram of the title.
    pub(super) title_grams: Weighed,
    /// The bigrams of the title in reading order, none where one names a trouble, a township or a district or is common.
    pub(super) proper_line: Vec<Option<GramKey>>,
    /// Weight of each bigram of title and body.
    pub(super) grams: Weighed,
    /// Weight of each bigram of title and body, the title no more than the body.
    pub(super) plain: Weighed,
    /// Weight of each character of title and body.
    pub(super) characters: Weighed,
    /// Bigrams of title and body in reading order; none between two runs.
    pub(super) line: Vec<Option<Standing>>,
    /// Rarity of each bigram, 0 to 1, in the order of the keys.
    rarity: Vec<(GramKey, f64)>,
    pub(super) title_names: BTreeSet<Name>,
    pub(super) names: BTreeSet<Name>,
    /// The names of what it is about: those of the petitioner's own home and of the flat that was bought left out.
    pub(super) matter_names: BTreeSet<Name>,
    pub(super) title_topics: BTreeMap<usize, u32>,
    pub(super) topics: BTreeMap<usize, u32>,
    /// The days that it names.
    pub(super) days: BTreeSet<Day>,
    /// Every number that stands in it, in reading order.
    pub(super) numbers: Vec<String>,
    /// Whether it thanks for, withdraws or reports as solved what was asked before.
    pub(super) thanks: bool,
    /// The money that it asks for as the writer's own.
    pub(super) claim: Option<&'static str>,
    /// Title and body as they were written, to find words in.
    located: OnceLock<[Located; 2]>,
}

/// A bigram of [`Prepared::whole`].
pub(super) struct Standing {
    pub(super) key: GramKey,
    /// Where it begins and ends, in bytes.
    place: Range<usize>,
}

impl Standing {
    fn of(keyed: Keyed<'_>) -> Self {
        let length = keyed.bigram.units().map(str::len).iter().sum();
        Self { key: keyed.key, place: keyed.place..keyed.place.saturating_add(length) }
    }
}

impl Prepared {
    pub(super) fn new(petition: Petition, rarity: &dyn Rarity) -> Self {
        let title = strip_courtesy(&fold(&petition.title));
        let body = strip_courtesy(&fold(case::text::truncate(&petition.body, LONGEST_BODY)));
        let whole = format!("{title}\n{body}");
        let (title_line, whole_line) = (line(&title), line(&whole));
        let known = rarities(&whole_line, rarity);
        let counted = |line: &[Option<Keyed<'_>>]| {
            Weighed::of(line.iter().flatten().map(|keyed| keyed.key), |key, count| {
                found(&known, key) * (1.0 + count.ln())
            })
        };
        let title_grams = counted(&title_line);
        let plain = counted(&whole_line);
        let all = plain.raised(&title_grams, TITLE_WEIGHT);
        let place = petition.place.as_deref().map(fold).unwrap_or_default();
        let respondents = petition.respondents.iter().map(|name| fold(name)).collect::<Vec<_>>().join("\n");
        let named = format!("{whole}\n{place}\n{respondents}");
        let entered: Vec<Name> = respondents.lines().filter_map(of_respondent).collect();
        let mut title_names = names(&title);
        title_names.extend(entered.iter().filter(|name| title.contains(&name.text)).cloned());
        let mut stated = title_names.clone();
        stated.extend(names(&place));
        stated.extend(of_place(&place));
        stated.extend(names(&respondents));
        stated.extend(entered);
        let in_body = names_by_clause(&body);
        let names: BTreeSet<Name> =
            stated.iter().cloned().chain(in_body.iter().map(|(name, _clause)| name.clone())).collect();
        Self {
            proper_line: proper_line(&title, &title_names),
            matter_names: matter_names(&stated, &in_body),
            names,
            title_names,
            title_topics: topics(&title),
            topics: topics(&whole),
            line: whole_line.iter().map(|keyed| keyed.map(Standing::of)).collect(),
            days: days(&whole),
            numbers: numbers(&whole),
            thanks: thanks(&title, &body),
            claim: claim(&title, &body),
            title_grams,
            grams: all,
            plain,
            characters: characters(&whole),
            rarity: known,
            located: OnceLock::new(),
            title,
            whole: named,
            petition,
        }
    }

    /// What it is about, taken apart.
    #[must_use]
    pub fn entities(&self) -> super::Entities {
        super::Entities::of(self)
    }

    /// Title and body as they were written, in a form in which folded words are found.
    pub(super) fn located(&self) -> &[Located; 2] {
        self.located.get_or_init(|| [Located::of(&self.petition.title), Located::of(&self.petition.body)])
    }

    /// The words by which it thanks, withdraws or says that it is solved.
    pub(super) fn thanking(&self) -> Vec<String> {
        [said(&self.title, THANKS_IN_TITLE), said(&self.whole, SETTLED)]
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .collect()
    }

    /// How rare a name is: the mean of its bigrams, ending aside.
    pub(super) fn name_rarity(&self, name: &Name) -> f64 {
        let bigrams = grams(&name.core).into_iter().filter_map(Gram::pair);
        let known: Vec<f64> = bigrams.filter_map(|bigram| known(&self.rarity, GramKey::of(bigram))).collect();
        if known.is_empty() {
            0.0
        } else {
            known.iter().sum::<f64>() / crate::real(u64::try_from(known.len()).unwrap_or(1))
        }
    }

    /// The text of a run of overlapping bigrams of this petition.
    pub(super) fn written(&self, run: &[&Standing]) -> &str {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return "" };
        self.whole.get(first.place.start..last.place.end).unwrap_or_default()
    }

    /// How rare a bigram of this petition is.
    pub(super) fn rare(&self, gram: GramKey) -> f64 {
        found(&self.rarity, gram)
    }
}

/// A bigram with its key and where it stands, in bytes.
#[derive(Clone, Copy)]
struct Keyed<'a> {
    key: GramKey,
    bigram: Bigram<'a>,
    place: usize,
}

/// How rare each bigram of `line`, title and body, is, in the order of the keys.
fn rarities(line: &[Option<Keyed<'_>>], rarity: &dyn Rarity) -> Vec<(GramKey, f64)> {
    let mut keyed: Vec<Keyed<'_>> = line.iter().flatten().copied().collect();
    keyed.sort_unstable_by_key(|keyed| keyed.key);
    keyed.dedup_by_key(|keyed| keyed.key);
    let bigrams: Vec<Bigram<'_>> = keyed.iter().map(|keyed| keyed.bigram).collect();
    keyed.iter().map(|keyed| keyed.key).zip(background::weights(rarity, &bigrams)).collect()
}

fn known(rarities: &[(GramKey, f64)], gram: GramKey) -> Option<f64> {
    let place = rarities.binary_search_by_key(&gram, |(key, _rarity)| *key).ok()?;
    rarities.get(place).map(|(_key, rarity)| *rarity)
}

fn found(rarities: &[(GramKey, f64)], gram: GramKey) -> f64 {
    known(rarities, gram).unwrap_or(0.0)
}

/// The names of what a petition is about, from those that it states (title, place, respondents) and those of its body.
fn matter_names(stated: &BTreeSet<Name>, in_body: &[(Name, Clause)]) -> BTreeSet<Name> {
    let mut matter = stated.clone();
    matter
        .extend(in_body.iter().filter(|(name, clause)| clause.is_about(name.kind)).map(|(name, _clause)| name.clone()));
    let is_place =
        |name: &Name| matches!(name.kind, NameKind::Estate | NameKind::Road | NameKind::Village | NameKind::Township);
    if !matter.iter().any(is_place) {
        // Where the petitioner lives is the only place it names: then that is where it happens.
        matter.extend(in_body.iter().map(|(name, _clause)| name).filter(|name| is_place(name)).cloned());
    }
    matter
}

/// The bigrams of a title that may be of a name which no list knows.
fn proper_line(title: &str, names: &BTreeSet<Name>) -> Vec<Option<GramKey>> {
    let is_large = |name: &&Name| matches!(name.kind, NameKind::Township | NameKind::District);
    let left = names.iter().filter(is_large).fold(title.to_owned(), |left, name| left.replace(&name.text, " "));
    let may_name = |keyed: &Keyed<'_>| !background::is_common(keyed.bigram);
    line(&without_topics(&left)).into_iter().map(|keyed| keyed.filter(may_name).map(|keyed| keyed.key)).collect()
}

/// The bigrams of `text` in reading order, none between two runs.
fn line(text: &str) -> Vec<Option<Keyed<'_>>> {
    let mut line = Vec::new();
    for run in runs(text) {
        line.extend(run.placed().map(|(place, bigram)| Some(Keyed { key: GramKey::of(bigram), bigram, place })));
        line.push(None);
    }
    line
}

fn numbers(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Words of a title that thanks or withdraws.
const THANKS_IN_TITLE: &[&str] =
    &["感谢", "致谢", "表扬", "点赞", "锦旗", "表示谢意", "已解决", "已经解决", "撤诉", "撤回", "撤销投诉", "撤销信访"];
/// Words of a body that says the matter is settled.
const SETTLED: &[&str] = &[
    "已经解决",
    "已得到解决",
    "已经得到解决",
    "得到了解决",
    "得到圆满解决",
    "问题解决了",
    "已圆满解决",
    "已经处理好",
    "已修好",
    "已经修好",
    "撤回投诉",
    "撤回信访",
    "撤销投诉",
    "撤诉",
    "送锦旗",
    "表示感谢",
    "表示衷心感谢",
    "衷心感谢",
    "特此感谢",
    "写信感谢",
    "感谢信",
];
/// Before such a word, these turn it round: the matter is not settled.
const NEGATIONS: &[&str] = &["没", "未", "不", "无", "并非", "谎称", "说", "称", "如果", "若", "希望", "尽快", "能"];

/// All of these words at once: most petitions have none of them.
static ANY_THANKS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(THANKS_IN_TITLE.iter().chain(SETTLED)).ok());

fn thanks(title: &str, body: &str) -> bool {
    said(title, THANKS_IN_TITLE).is_some() || said(body, SETTLED).is_some()
}

/// The first of `words`, which are of these two lists, that `text` says without turning it round.
fn said(text: &str, words: &[&'static str]) -> Option<&'static str> {
    if ANY_THANKS.as_ref().is_some_and(|any| !any.is_match(text)) {
        return None;
    }
    words.iter().copied().find(|word| {
        text.match_indices(word).any(|(at, _word)| {
            let before = text.get(..at).unwrap_or_default();
            let last: String = before.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
            !NEGATIONS.iter().any(|negation| last.contains(negation))
        })
    })
}
