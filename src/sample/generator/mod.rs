//! Invented petitions without end, for measurements of scale: always the same for a seed, each one found by its number.
//!
//! A petition is a combination of a kind of matter, a place and an object (an estate, a firm, a road); no two
//! originals share all three, so what belongs together is known: [`GeneratedPetition::matter`]. Some are copies of
//! earlier ones, as [`Copying`] says: with slips of the pen, misread by a scanner, shortened, in other words, or the same
//! template about another place, which is another matter.
//!
//! The words are in `matters.txt` and `frame.txt` beside this file. Alternatives stand in brackets, facts in braces.

mod copying;
mod door;
mod fact;
mod grammar;
mod person;
#[cfg(test)]
mod tests;
mod village;

use serde_json::{Value, json};

pub use self::copying::{CopyKind, Copying};
pub use self::door::through;
pub use self::person::GeneratedPerson;
pub use self::village::Village;

use self::copying::alter;
use self::fact::Facts;
use self::grammar::{Grammar, Kind};
use self::village::VILLAGES;
use super::random::Sequence;

/// First and second characters of the names of invented objects.
const FIRST: &str =
    "槐柏松竹兰荷菊梅桂枫榆杏梧棠莲云岚霞虹泉溪澜湖涵清澄沁润泽汇祥瑞福禄寿康宁泰和顺裕丰盈德信诚义仁礼贤恒隆兴旺昌盛";
const SECOND: &str = "香影韵语园庭苑庄谷坡岭峰川源渡桥津湾洲岸堤塘池林野原畴田禾麦穗谧晖曦晨昕朗明辉耀煜炜景星月辰宇宙海天空远达通顺安平";

/// A generated petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedPetition {
    /// Its number in the series.
    pub number: u64,
    /// What it is about: the number of the first petition on the same matter. Equal numbers are one matter.
    pub matter: u64,
    /// How it was made from an earlier one.
    pub copy: CopyKind,
    /// The petition it was made from.
    pub copy_of: Option<u64>,
    /// Whether the same person wrote both; with the same matter a repeat (重复信访).
    pub same_person: bool,
    /// First level of the content class.
    pub class: &'static str,
    /// Title.
    pub title: String,
    /// Body.
    pub body: String,
    /// What is asked for.
    pub demand: String,
    /// Who writes.
    pub petitioner: GeneratedPerson,
    /// The place of the matter.
    pub village: Village,
    /// Whom it is about, where that is a firm or the like.
    pub respondent: Option<String>,
}

impl GeneratedPetition {
    /// The petition as the JSON of the web form.
    #[must_use]
    pub fn to_web_form(&self) -> Value {
        let place = format!("{}{}", self.village.township, self.village.name);
        let respondents: Vec<Value> = self.respondent.iter().map(|name| json!({ "name": name })).collect();
        json!({
            "title": self.title,
            "body": self.body,
            "demand": self.demand,
            "petitioners": [{
                "kind": "person",
                "name": self.petitioner.name,
                "id_number": self.petitioner.id_number,
                "phone": self.petitioner.phone,
                "address": format!("定州市{place}"),
            }],
            "respondents": respondents,
            "place": place,
            "purpose": "appeal_or_demand",
            "anonymous": false,
            "confidential": false,
            "publishable": false,
            "attachments": [],
            "idempotency_key": format!("generated-{}", self.number),
        })
    }
}

/// The series of petitions of a seed.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
    grammar: Grammar,
    villages: Vec<Village>,
    objects: Vec<String>,
    copying: Copying,
    stride: u64,
    next: u64,
}

/// What an original is about.
#[derive(Debug, Clone, Copy)]
struct Combination {
    kind: usize,
    village: usize,
    object: usize,
}

impl Generator {
    /// The series of `seed`, set in one village of each township, with the usual share of copies.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let villages =
            VILLAGES.map(|(township, name)| Village { township: township.to_owned(), name: name.to_owned() }).to_vec();
        let objects =
            FIRST.chars().flat_map(|first| SECOND.chars().map(move |second| format!("{first}{second}"))).collect();
        let grammar = Grammar::built_in();
        let generator = Self { seed, grammar, villages, objects, copying: Copying::usual(), stride: 1, next: 0 };
        generator.with_stride()
    }

    /// The same, set in these villages. An empty list leaves the built-in ones.
    #[must_use]
    pub fn in_villages(mut self, villages: Vec<Village>) -> Self {
        if !villages.is_empty() {
            self.villages = villages;
        }
        self.with_stride()
    }

    /// The same with other shares of copies.
    #[must_use]
    pub const fn copying(mut self, copying: Copying) -> Self {
        self.copying = copying;
        self
    }

    /// How many petitions there are before originals would repeat.
    #[must_use]
    pub fn capacity(&self) -> u64 {
        [self.grammar.kinds.len(), self.villages.len(), self.objects.len()]
            .into_iter()
            .map(|count| u64::try_from(count).unwrap_or(0))
            .product()
    }

    /// The petition with `number`; numbers from [`Self::capacity`] on repeat combinations.
    #[must_use]
    pub fn petition(&self, number: u64) -> GeneratedPetition {
        let mut sequence = Sequence::of_item(self.seed, number);
        let copy = if self.is_original(number) { CopyKind::Original } else { self.copying.draw(&mut sequence) };
        self.copy_with(number, number, copy, &mut sequence).unwrap_or_else(|| self.original(number))
    }

    /// The petition with `number` as a copy of `kind` of one of the first `originals`; none when nothing fits or `kind` is no copy.
    #[must_use]
    pub fn copy(&self, number: u64, originals: u64, kind: CopyKind) -> Option<GeneratedPetition> {
        self.copy_with(number, originals, kind, &mut Sequence::of_item(self.seed, number))
    }

    fn copy_with(
        &self,
        number: u64,
        originals: u64,
        copy: CopyKind,
        sequence: &mut Sequence,
    ) -> Option<GeneratedPetition> {
        match copy {
            CopyKind::Original => None,
            CopyKind::Typo
            | CopyKind::Homophones
            | CopyKind::OcrConfusion
            | CopyKind::Reordered
            | CopyKind::Trimmed
            | CopyKind::OtherWords => {
                let source = self.source(originals, sequence, |_| true)?;
                Some(self.copied(number, source, copy, sequence))
            }
            CopyKind::Elsewhere => {
                let here = self.combination(number);
                let other_place = |earlier: Combination| earlier.kind == here.kind && earlier.village != here.village;
                Some(self.elsewhere(number, self.source(originals, sequence, other_place)?))
            }
        }
    }

    fn original(&self, number: u64) -> GeneratedPetition {
        let words = Words { matter: number, facts: number, wording: 0, combination: self.combination(number) };
        self.write(number, number, &words, CopyKind::Original, None, false)
    }

    fn copied(&self, number: u64, source: u64, copy: CopyKind, sequence: &mut Sequence) -> GeneratedPetition {
        let same_person = sequence.happens(self.copying.same_person_per_mille);
        let person = if same_person { source } else { number };
        let wording = if copy == CopyKind::OtherWords { number } else { 0 };
        let words = Words { matter: source, facts: source, wording, combination: self.combination(source) };
        let mut petition = self.write(number, person, &words, copy, Some(source), same_person);
        alter(&mut petition.body, copy, sequence);
        petition
    }

    /// The words of `source` with the place and object of `number`: another matter.
    fn elsewhere(&self, number: u64, source: u64) -> GeneratedPetition {
        let words = Words { matter: source, facts: source, wording: 0, combination: self.combination(number) };
        let mut petition = self.write(number, number, &words, CopyKind::Elsewhere, Some(source), false);
        petition.matter = number;
        petition
    }

    fn write(
        &self,
        number: u64,
        person: u64,
        words: &Words,
        copy: CopyKind,
        copy_of: Option<u64>,
        same_person: bool,
    ) -> GeneratedPetition {
        let petitioner = GeneratedPerson::with_number(self.seed, person);
        let kind = self.grammar.kind(words.combination.kind);
        let village = self.villages.get(words.combination.village).cloned();
        let village = village.unwrap_or_else(|| Village { township: String::new(), name: String::new() });
        let object = self.object(kind, words.combination.object);
        let facts = Facts::of_matter(self.seed, words.facts, &petitioner.name, &village, &object);
        let writer = Writer { grammar: &self.grammar, seed: self.seed, words, facts: &facts };
        let title = writer.sentence(0, &kind.titles);
        let demand = writer.sentence(5, &kind.demand);
        let sentences = [
            writer.sentence(1, &self.grammar.openings),
            writer.sentence(2, &kind.what),
            writer.sentence(3, &kind.detail),
            writer.another(8, 3, &kind.detail),
            writer.sentence(4, &kind.effect),
            writer.another(9, 4, &kind.effect),
            writer.sentence(6, &self.grammar.tried),
            demand.clone(),
            writer.sentence(7, &self.grammar.closings),
        ];
        GeneratedPetition {
            number,
            matter: words.matter,
            copy,
            copy_of,
            same_person,
            class: kind.class,
            title,
            body: sentences.concat(),
            demand,
            petitioner,
            village,
            respondent: kind.names_respondent.then_some(object),
        }
    }

    /// The name of an object with the suffix that the kind gives it.
    fn object(&self, kind: &Kind, object: usize) -> String {
        let name = self.objects.get(object).map(String::as_str).unwrap_or_default();
        let suffix = object.checked_rem(kind.suffixes.len()).and_then(|place| kind.suffixes.get(place));
        format!("{name}{}", suffix.copied().unwrap_or_default())
    }

    /// Whether `number` is no copy; decided without looking at any other.
    fn is_original(&self, number: u64) -> bool {
        number == 0 || !Sequence::of_item(!self.seed, number).happens(self.copying.per_mille())
    }

    /// An original below `bound` that `fits`, if one is found in reasonable time.
    fn source(&self, bound: u64, sequence: &mut Sequence, fits: impl Fn(Combination) -> bool) -> Option<u64> {
        const TRIES: usize = 200;
        let bound = usize::try_from(bound).ok()?;
        (0..TRIES)
            .filter_map(|_| u64::try_from(sequence.below(bound)).ok())
            .find(|earlier| self.is_original(*earlier) && fits(self.combination(*earlier)))
    }

    /// The combination of `number`: all of them are passed through once, in steps that have no divisor in common with
    /// their count.
    fn combination(&self, number: u64) -> Combination {
        let count = u128::from(self.capacity().max(1));
        let place = (u128::from(number) * u128::from(self.stride) + u128::from(self.seed)) % count;
        let place = usize::try_from(place).unwrap_or(0);
        let (kinds, villages) = (self.grammar.kinds.len().max(1), self.villages.len().max(1));
        Combination { kind: place % kinds, village: place / kinds % villages, object: place / kinds / villages }
    }

    fn with_stride(mut self) -> Self {
        let count = self.capacity().max(1);
        // Near the golden section, so that neighbours differ in everything.
        let golden = count / 1_000 * 618 + count % 1_000 * 618 / 1_000;
        self.stride = (golden.max(1)..).find(|stride| divisor(*stride, count) == 1).unwrap_or(1);
        self
    }
}

impl Iterator for Generator {
    type Item = GeneratedPetition;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.capacity() {
            return None;
        }
        let petition = self.petition(self.next);
        self.next += 1;
        Some(petition)
    }
}

/// Which words say it.
struct Words {
    /// The matter whose phrases are used.
    matter: u64,
    /// The matter whose facts are told.
    facts: u64,
    /// 0 for the first wording, else what decides another one.
    wording: u64,
    /// What it is about.
    combination: Combination,
}

struct Writer<'a> {
    grammar: &'a Grammar,
    seed: u64,
    words: &'a Words,
    facts: &'a Facts,
}

impl Writer<'_> {
    /// The sentence of `slot`, out of `choices` without the one that `before` took.
    fn another(&self, slot: u64, before: u64, choices: &[&'static str]) -> String {
        let (taken, _) = self.choose(before, choices);
        let left: Vec<&'static str> =
            choices.iter().enumerate().filter(|(place, _)| *place != taken).map(|(_, choice)| *choice).collect();
        self.sentence(slot, &left)
    }

    /// The sentence of `slot`, written out.
    fn sentence(&self, slot: u64, choices: &[&'static str]) -> String {
        let (choice, mut sequence) = self.choose(slot, choices);
        let template = choices.get(choice).copied().unwrap_or_default();
        self.grammar.expand(template, self.facts, &mut sequence)
    }

    /// Which of `choices` the matter takes in `slot`, and what decides its alternatives. Another wording takes other ones,
    /// but a third of the sentences keep their shape: people who talk to each other tell the same things.
    fn choose(&self, slot: u64, choices: &[&'static str]) -> (usize, Sequence) {
        let mut first = Sequence::of_item(self.seed ^ self.words.matter, slot);
        let choice = first.below(choices.len());
        if self.words.wording == 0 {
            return (choice, first);
        }
        let mut sequence = Sequence::of_item(self.seed ^ self.words.wording, slot);
        let others = choices.len().saturating_sub(1);
        let step = if sequence.happens(650) { 1 + sequence.below(others) } else { 0 };
        ((choice + step).checked_rem(choices.len()).unwrap_or(0), sequence)
    }
}

/// The greatest common divisor.
const fn divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { divisor(other, one % other) }
}
