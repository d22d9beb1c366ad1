//! The amounts of money in a letter, in digits or in Chinese figures, and whether both engines read them alike.
//!
//! An amount has no checksum: a figure too few is another amount. So, as with telephone numbers, one that was recognised on an
//! image is [`Verdict::Confirmed`], which needs two readings with the same figures in its place, or [`Verdict::Asked`]. One that
//! stands in capital figures and in digits, and not the same, is asked however it was read. The desk shows them as places to be
//! visited; they are found from the record of the reading alone, so also on letters that were read long ago.

use std::ops::Range;

use case::field::{Doubt, Field, Verdict};
use case::mention::{Mention, MentionKind};
use case::text::normalise;

use super::layout::{LetterText, PlacedLine};
use super::record::{ENGINE_TEXT_LAYER, LineRecord, NumberedPage};
use super::verdict::AGREED_AT_LEAST;
use crate::fields;

/// The most amounts that are looked at in one letter.
const MOST_AMOUNTS: usize = 100;
/// An amount that only the second engine read has at least so many figures: engines see 二 and 一 in dirt.
const LEAST_FIGURES: usize = 2;

/// An amount and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadAmount {
    /// Its characters in the text of the letter; the whole line where only the second engine read one.
    pub range: Range<usize>,
    /// What it is called in the record of the petition; none where only the second engine read one.
    pub mention: Option<Mention>,
    /// What was found out about it.
    pub verdict: Verdict,
    /// What it may be, the first engine's reading first; as written, or in yuan where it contradicts itself.
    pub readings: Vec<String>,
}

/// The amounts of the letter, in order.
#[must_use]
pub fn amounts(text: &LetterText, pages: &[NumberedPage]) -> Vec<ReadAmount> {
    let letter = Letter { text, characters: text.text.chars().collect(), pages };
    let mentioned = fields::mentions(&text.text, &fields::Context::default());
    let own: Vec<_> = mentioned.into_iter().filter(|one| one.kind == MentionKind::Amount).take(MOST_AMOUNTS).collect();
    let mut amounts: Vec<ReadAmount> = own.into_iter().map(|one| letter.judged(one)).collect();
    repeat_contradictions(&mut amounts);
    let lost: Vec<ReadAmount> = letter.lost(&amounts).take(MOST_AMOUNTS).collect();
    amounts.extend(lost);
    amounts.sort_by_key(|one| one.range.start);
    amounts
}

/// Both forms of an amount that contradicts itself are in doubt.
fn repeat_contradictions(amounts: &mut [ReadAmount]) {
    for place in 1..amounts.len() {
        let Some([one, other]) = amounts.get_mut(place - 1..=place) else { continue };
        let contradicts = Verdict::Asked { why: Doubt::Contradicts };
        let is_other_form = other.mention.as_ref().map(|mention| &mention.value.value) == one.readings.get(1);
        if one.verdict == contradicts && is_other_form && !other.verdict.is_asked() {
            other.verdict = contradicts;
            other.readings.clone_from(&one.readings);
            if let Some(mention) = &mut other.mention {
                mention.value = mention.value.clone().judged(contradicts);
            }
        }
    }
}

/// What the second engine read where an amount stands.
enum Second {
    Same,
    Other(Option<String>),
    None,
    NotNeeded,
}

struct Letter<'letter> {
    text: &'letter LetterText,
    characters: Vec<char>,
    pages: &'letter [NumberedPage],
}

impl<'letter> Letter<'letter> {
    /// The lines on which `range` stands, each with its record and whether it was recognised by anybody.
    fn lines(
        &self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = (&'letter PlacedLine, &'letter LineRecord, bool)> + use<'letter, '_> {
        let (start, end) = (range.start, range.end);
        let placed = self.text.lines.iter().filter(move |placed| placed.range.start < end && start < placed.range.end);
        placed.filter_map(|placed| {
            let page = self.pages.iter().find(|page| page.page == placed.page)?;
            let line = page.record.lines.get(placed.line)?;
            Some((placed, line, page.record.engine != ENGINE_TEXT_LAYER))
        })
    }

    fn judged(&self, found: fields::Mentioned) -> ReadAmount {
        let located = self.text.locate(&found.range);
        let (mut confidence, mut readings) = (found.confidence.min(located.confidence), vec![found.said.clone()]);
        let verdict = match (found.instead, self.compare(&found.range)) {
            (Some(instead), _) => {
                readings = vec![found.value.clone(), instead];
                found.verdict
            }
            (None, Second::Same) => {
                confidence = case::field::Confidence::new(confidence.value().max(AGREED_AT_LEAST));
                Verdict::Confirmed
            }
            (None, Second::NotNeeded) => Verdict::Valid,
            (None, Second::None) => Verdict::Asked { why: Doubt::ReadOnce },
            (None, Second::Other(other)) => {
                readings.extend(other);
                Verdict::Asked { why: Doubt::EnginesDisagree }
            }
        };
        let value = Field::new(found.value, confidence, located.source).judged(verdict);
        let mention = Mention { kind: MentionKind::Amount, said: found.said, value };
        ReadAmount { range: found.range, mention: Some(mention), verdict, readings }
    }

    /// Compares the figures of an amount with those that the second engine read on its lines. Runs of figures are compared
    /// whole, and a run that stands there twice must have been read twice.
    fn compare(&self, range: &Range<usize>) -> Second {
        let mut whole = Second::None;
        for (placed, line, recognised) in self.lines(range) {
            if !recognised {
                return Second::NotNeeded;
            }
            let own = runs(self.characters.get(placed.range.clone()).unwrap_or_default());
            let shared = |run: &&Run| {
                let (start, end) = (run.range.start + placed.range.start, run.range.end + placed.range.start);
                start < range.end && range.start < end
            };
            let mut wanted = own.iter().filter(shared).peekable();
            if wanted.peek().is_none() {
                // Only the unit stands on this line.
                continue;
            }
            let Some(other) = &line.other else { return Second::None };
            let theirs = runs(&normalise(&other.text).chars().collect::<Vec<_>>());
            let count = |runs: &[Run], figures: &str| runs.iter().filter(|run| run.figures == figures).count();
            let agreed = wanted.all(|run| count(&own, &run.figures) <= count(&theirs, &run.figures));
            if !agreed {
                return Second::Other(their_amount(&own, &other.text));
            }
            whole = Second::Same;
        }
        whole
    }

    /// Amounts that the first engine lost: the second one read them on a line on which nothing is asked yet.
    fn lost<'own>(&'own self, amounts: &'own [ReadAmount]) -> impl Iterator<Item = ReadAmount> + use<'letter, 'own> {
        self.text.lines.iter().filter_map(move |placed| {
            let overlaps = |one: &&ReadAmount| one.range.start < placed.range.end && placed.range.start < one.range.end;
            if amounts.iter().filter(overlaps).any(|one| one.verdict.is_asked()) {
                return None;
            }
            let (_, line, recognised) = self.lines(&placed.range).find(|(one, ..)| *one == placed)?;
            let other = line.other.as_ref().filter(|_| recognised)?;
            let own = runs(self.characters.get(placed.range.clone())?);
            let lost = their_amount(&own, &other.text).filter(|lost| {
                let figures = |character: &char| fields::compared_figure(*character).is_some();
                lost.chars().filter(figures).count() >= LEAST_FIGURES
            })?;
            let verdict = Verdict::Asked { why: Doubt::EnginesDisagree };
            Some(ReadAmount { range: placed.range.clone(), mention: None, verdict, readings: vec![lost] })
        })
    }
}

/// The first amount in `other` that has figures which are not among ours, as written.
fn their_amount(own: &[Run], other: &str) -> Option<String> {
    let characters: Vec<char> = other.chars().collect();
    let theirs = fields::mentions(other, &fields::Context::default()).into_iter();
    let mut amounts = theirs.filter(|one| one.kind == MentionKind::Amount);
    let differs = |one: &fields::Mentioned| {
        let runs = runs(characters.get(one.range.clone()).unwrap_or_default());
        runs.iter().any(|run| own.iter().all(|own| own.figures != run.figures))
    };
    amounts.find(differs).map(|one| one.said)
}

/// Figures that stand together, in the form in which they are compared.
struct Run {
    figures: String,
    /// Where they stand in their line.
    range: Range<usize>,
}

/// The runs of figures of a line, across blanks and the commas between thousands.
fn runs(line: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut joined = false;
    for (place, character) in line.iter().enumerate() {
        let plain = normalise(&character.to_string()).chars().next().unwrap_or(*character);
        if plain.is_whitespace() || matches!(plain, ',' | '、') && is_inside_number(line, place) {
            continue;
        }
        let Some(figure) = fields::compared_figure(plain) else {
            joined = false;
            continue;
        };
        match runs.last_mut() {
            Some(run) if joined => {
                run.figures.push(figure);
                run.range.end = place + 1;
            }
            Some(_) | None => runs.push(Run { figures: figure.to_string(), range: place..place + 1 }),
        }
        joined = true;
    }
    for run in &mut runs {
        run.figures = run.figures.trim_matches('.').to_owned();
    }
    runs.retain(|run| !run.figures.is_empty());
    runs
}

/// Whether digits stand on both sides.
fn is_inside_number(line: &[char], place: usize) -> bool {
    let digit = |one: Option<&char>| {
        one.is_some_and(|one| normalise(&one.to_string()).starts_with(|c: char| c.is_ascii_digit()))
    };
    digit(place.checked_sub(1).and_then(|before| line.get(before))) && digit(line.get(place + 1))
}

#[cfg(test)]
mod tests {
    use super::super::made::page;
    use super::super::record::ENGINE_PPOCR;
    use super::*;

    /// The amounts of lines as PP-OCR read them, and as Tesseract did where it was asked.
    fn read(lines: &[(&str, Option<&str>)]) -> Vec<(String, Verdict, Vec<String>)> {
        let pages = [page(lines, ENGINE_PPOCR)];
        let text = LetterText::of(&pages);
        let value =
            |one: &ReadAmount| one.mention.as_ref().map(|mention| mention.value.value.clone()).unwrap_or_default();
        amounts(&text, &pages).into_iter().map(|one| (value(&one), one.verdict, one.readings)).collect()
    }

    const DISPUTED: Verdict = Verdict::Asked { why: Doubt::EnginesDisagree };

    #[test]
    fn an_amount_in_any_figures_that_both_engines_read_alike_is_confirmed() {
        for (line, other, value) in [
            ("拖欠工资18,600元，至今未付。", "拖欠工资 18600 元,至今未付。", "18600"),
            ("货款叁万贰仟元整未付。", "货款叁万贰仟兀整末付。", "32000"),
            ("他借走二十三万元。", "他借走二十三万元。", "230000"),
            ("押金3万元不退。", "押金3万元不退。", "30000"),
            ("补偿款三万二千五百元。", "补偿款三 万 二 千 五 百 元。", "32500"),
        ] {
            let read = read(&[(line, Some(other))]);
            assert_eq!(read.len(), 1, "{line}: {read:?}");
            assert_eq!((read[0].0.as_str(), read[0].1), (value, Verdict::Confirmed), "{line}");
        }
    }

    #[test]
    fn an_amount_that_they_read_differently_is_asked_with_both() {
        for (line, other, readings) in [
            ("拖欠工资18600元，至今未付。", "拖欠工资13600元", vec!["18600元", "13600元"]),
            ("货款叁万贰仟元整未付。", "货款叁万柒仟元整未付。", vec!["叁万贰仟元", "叁万柒仟元"]),
            ("他借走二十三万元。", "他借走二十二万元。", vec!["二十三万元", "二十二万元"]),
            ("押金3万元不退。", "押金3方元不退。", vec!["3万元"]),
            ("两笔3000元、3000元。", "两笔3000元、8000元。", vec!["3000元", "8000元"]),
        ] {
            let read = read(&[(line, Some(other))]);
            assert_eq!(
                (read[0].1, &read[0].2),
                (DISPUTED, &readings.iter().map(ToString::to_string).collect()),
                "{line}"
            );
        }
    }

    #[test]
    fn an_amount_that_one_engine_read_is_asked() {
        assert_eq!(read(&[("押金3万元不退。", None)])[0].1, Verdict::Asked { why: Doubt::ReadOnce });
    }

    #[test]
    fn an_amount_over_two_lines_needs_both() {
        let over = |second: &'static str| {
            let lines = [
                ("我们村的征地补偿款每户应当发给三万六千", Some("我们村的征地补偿款每户应当发给三万六千")),
                ("五百元，至今只发了一半，请求查明并补发。", Some(second)),
            ];
            read(&lines)[0].clone()
        };
        assert_eq!(over("五百元,至今只发了一半").1, Verdict::Confirmed);
        assert_eq!(over("王百元,至今只发了一半").1, DISPUTED);
    }

    #[test]
    fn an_amount_that_only_the_second_engine_read_is_asked() {
        let read = read(&[("他欠我了元不还，电话也不接。", Some("他欠我了36500元不还,电话也不接。"))]);
        assert_eq!(read, [(String::new(), DISPUTED, vec!["36500元".to_owned()])]);
    }

    #[test]
    fn capital_figures_and_digits_that_contradict_each_other_are_asked_both() {
        let line = "欠货款叁万元（32000元）未付。";
        let read = read(&[(line, Some(line))]);
        let asked = Verdict::Asked { why: Doubt::Contradicts };
        let readings = vec!["30000".to_owned(), "32000".to_owned()];
        assert_eq!(read, [("30000".to_owned(), asked, readings.clone()), ("32000".to_owned(), asked, readings)]);
    }
}
