//! The file as it is written: every value with its place, so that all that is wrong can be told at once.

use case::class::ContentClass;
use case::dispatch::DispatchKind;
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};
use case::unit::UnitCode;
use serde::Deserialize;
use toml::Spanned;

use super::{FILE, Important, Rule, Rules, Target};
use crate::office::classes::Classes;
use crate::office::places::Places;
use crate::office::table::{PROBLEM_LIMIT, decode};

/// The most rules of one office.
const RULE_LIMIT: usize = 2000;
/// The shortest word, in characters: one character stands in anything.
const SHORTEST_WORD: usize = 2;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<WrittenRule>>,
    #[serde(default)]
    important: Vec<Spanned<WrittenImportant>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    classes: Vec<Spanned<String>>,
    #[serde(default)]
    places: Vec<Spanned<String>>,
    lead: Option<Spanned<String>>,
    #[serde(default)]
    assisting: Vec<Spanned<String>>,
    kind: Option<Spanned<String>>,
    weight: Option<Spanned<f32>>,
    why: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenImportant {
    #[serde(default)]
    words: Vec<Spanned<String>>,
    petitioners: Option<Spanned<usize>>,
    why: Option<Spanned<String>>,
}

/// That something in `line` and `column` (both from 1) is wrong.
pub(super) fn wrong(line: usize, column: usize, detail: &str) -> Problem {
    ProblemCode::InvalidConfiguration.because(format!("{FILE}第{line}行第{column}列：{detail}"))
}

/// Reads the file.
///
/// # Errors
/// Everything that is wrong, at most [`PROBLEM_LIMIT`] of it.
pub(super) fn parse(bytes: &[u8], places: &Places, classes: &Classes) -> Result<Rules, Vec<Problem>> {
    let whole = |detail: &str| vec![ProblemCode::InvalidConfiguration.because(format!("{FILE}：{detail}"))];
    let text = decode(bytes).ok_or_else(|| whole("文字编码应为UTF-8或GB18030"))?;
    let file: File = toml::from_str(&text).map_err(|error| {
        let (line, column) = position(&text, error.span().map_or(0, |span| span.start));
        vec![wrong(line, column, &format!("无法读取（{}）", error.message()))]
    })?;
    if file.rule.len() > RULE_LIMIT || file.important.len() > RULE_LIMIT {
        return Err(whole(&format!("最多{RULE_LIMIT}条规则")));
    }
    let mut reader = Reader { text: &text, places, classes, problems: Vec::new() };
    let routing = file.rule.into_iter().filter_map(|rule| reader.rule(rule)).collect();
    let important = file.important.into_iter().filter_map(|important| reader.important(important)).collect();
    let mut problems = reader.problems;
    if problems.is_empty() {
        return Ok(Rules { routing, important });
    }
    problems.truncate(PROBLEM_LIMIT);
    Err(problems)
}

/// Reads values and gathers what is wrong.
struct Reader<'a> {
    text: &'a str,
    places: &'a Places,
    classes: &'a Classes,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn rule(&mut self, written: Spanned<WrittenRule>) -> Option<Rule> {
        let start = written.span().start;
        let WrittenRule { words, classes, places, lead, assisting, kind, weight, why } = written.into_inner();
        if words.is_empty() && classes.is_empty() && places.is_empty() {
            self.wrong(start, "规则没有条件，请至少写words、classes、places之一");
        }
        let words = self.words(&words);
        let classes = self.each(&classes, |reader, text| {
            let class = ContentClass::parse(text).map_err(|error| error.to_string())?;
            let known = reader.classes.contains(&class);
            if known { Ok(class) } else { Err(format!("classes.csv中没有分类{text}")) }
        });
        let places = self.each(&places, |reader, text| {
            let place = PlaceCode::parse(text).map_err(|error| error.to_string())?;
            let known = reader.places.get(&place).is_some();
            if known { Ok(place) } else { Err(format!("places.csv中没有地点{text}")) }
        });
        let assisting = self.each(&assisting, |_reader, text| target(text));
        let lead = self.given(start, "lead", lead);
        let lead = lead.and_then(|lead| self.each(&[lead], |_reader, text| target(text)).pop());
        let kind = kind.and_then(|kind| {
            self.each(&[kind], |_reader, text| {
                text.parse::<DispatchKind>().map_err(|_unknown| "应为forward（转送）或assign（交办）".to_owned())
            })
            .pop()
        });
        let weight = self.given(start, "weight", weight).and_then(|weight| {
            let fits = (0.0..=1.0).contains(weight.get_ref());
            if !fits {
                self.wrong(weight.span().start, "weight应在0到1之间");
            }
            fits.then(|| weight.into_inner())
        });
        let why = self.given(start, "why", why);
        Some(Rule {
            words,
            classes,
            places,
            lead: lead?,
            assisting,
            kind,
            weight: weight?,
            why: why?.into_inner(),
            line: position(self.text, start).0,
        })
    }

    fn important(&mut self, written: Spanned<WrittenImportant>) -> Option<Important> {
        let start = written.span().start;
        let WrittenImportant { words, petitioners, why } = written.into_inner();
        if words.is_empty() && petitioners.is_none() {
            self.wrong(start, "规则没有条件，请写words或petitioners");
        }
        let words = self.words(&words);
        let why = self.given(start, "why", why)?.into_inner();
        Some(Important { words, petitioners: petitioners.map(Spanned::into_inner), why })
    }

    fn words(&mut self, written: &[Spanned<String>]) -> Vec<String> {
        self.each(written, |_reader, text| {
            let long = text.trim().chars().count() >= SHORTEST_WORD;
            if long {
                Ok(text.trim().to_owned())
            } else {
                Err(format!("词语“{text}”过短，至少{SHORTEST_WORD}个字"))
            }
        })
    }

    /// Reads each value, gathering what is wrong.
    fn each<T>(&mut self, written: &[Spanned<String>], read: impl Fn(&Self, &str) -> Result<T, String>) -> Vec<T> {
        let mut values = Vec::new();
        for value in written {
            match read(self, value.get_ref()) {
                Ok(read) => values.push(read),
                Err(detail) => self.wrong(value.span().start, &detail),
            }
        }
        values
    }

    fn given<T>(&mut self, start: usize, name: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(start, &format!("规则缺少{name}"));
        }
        value
    }

    fn wrong(&mut self, at: usize, detail: &str) {
        let (line, column) = position(self.text, at);
        self.problems.push(wrong(line, column, detail));
    }
}

fn target(text: &str) -> Result<Target, String> {
    if text == "township" {
        return Ok(Target::Township);
    }
    UnitCode::parse(text).map(Target::Unit).map_err(|error| error.to_string())
}

/// Line and column, both from 1, of a byte of `text`.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
