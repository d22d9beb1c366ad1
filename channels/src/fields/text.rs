//! A text made ready for searching: one written form of each character, and the way back to the character it came from.

use std::collections::HashSet;
use std::ops::Range;

use case::field::Confidence;
use case::simplified::simplify;
use case::statement::BODY_LIMIT;
use unicode_normalization::UnicodeNormalization;

use super::{Found, Impossible, wrap};

/// No value that is looked for is longer, in characters; keeps the search linear on texts without any punctuation.
const RUN_LIMIT: usize = 256;

/// The characters of a text after NFKC, one by one, in simplified Chinese, so that each still knows the character it came from.
/// Full-width digits and letters become plain ones, zero-width and control characters are left out, white space within a line
/// becomes a blank, line ends become `\n`. Line ends that only stand where the paper ended are left out.
pub(crate) struct Text {
    characters: Vec<char>,
    /// The characters as they were given.
    given: Vec<char>,
    /// For each of `characters` the number of the character of the given text that it came from.
    origins: Vec<usize>,
    /// Whether there were traditional characters.
    traditional: bool,
}

/// The lowest eight bits of the first characters of some words: tells at most places of a text, by one look, that none of the words
/// begins there.
#[derive(Clone, Copy)]
struct Beginnings([bool; 256]);

impl Beginnings {
    fn of(words: &[&str]) -> Self {
        let mut seen = [false; 256];
        for first in words.iter().filter_map(|word| word.chars().next()) {
            if let Some(place) = seen.get_mut(Self::place(first)) {
                *place = true;
            }
        }
        Self(seen)
    }

    fn may_hold(&self, character: char) -> bool {
        self.0.get(Self::place(character)).copied().unwrap_or(true)
    }

    fn place(character: char) -> usize {
        usize::from(u32::from(character).to_le_bytes()[0])
    }
}

impl Text {
    /// Makes `given` ready; what lies beyond [`BODY_LIMIT`] characters is not looked at.
    pub(crate) fn new(given: &str) -> Self {
        let given: Vec<char> = given.chars().take(BODY_LIMIT).collect();
        let mut text = Self { characters: Vec::new(), origins: Vec::new(), given: Vec::new(), traditional: false };
        let wrapped = wrap::breaks(&given);
        for (origin, character) in given.iter().copied().enumerate() {
            if wrapped.contains(&origin) {
                continue;
            }
            // Signs that are drawn like a colon; one of them is two points to Unicode.
            let character = if matches!(character, '∶' | '︰' | '꞉') { ':' } else { character };
            for plain in std::iter::once(character).nfkc() {
                let kept = match plain {
                    '\u{200b}'..='\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{2064}'
                    | '\u{feff}'
                    | '\u{ad}'
                    // What makes a picture of a figure: `1️⃣3️⃣8️⃣`.
                    | '\u{fe00}'..='\u{fe0f}'
                    | '\u{20e3}'
                    | '\r' => {
                        continue;
                    }
                    '\n' | '\u{2028}' | '\u{2029}' => '\n',
                    _ if plain.is_whitespace() => ' ',
                    _ if plain.is_control() => continue,
                    _ => plain,
                };
                let simple = simplify(kept);
                text.traditional |= simple != kept;
                text.characters.push(simple);
                text.origins.push(origin);
            }
        }
        text.given = given;
        text.end_sentences();
        text.close_labels();
        text.empty_rules();
        text
    }

    /// Takes the blanks out of labels that were written as wide as those of four characters beside them: `姓　名：`, `住 址：`.
    fn close_labels(&mut self) {
        let han = |position: usize| self.at(position).is_some_and(case::text::is_han);
        let mut blanks: HashSet<usize> = HashSet::new();
        for colon in (0..self.len()).filter(|position| self.at(*position) == Some(':')) {
            let Some(last) = colon.checked_sub(1).filter(|last| han(*last)) else { continue };
            let run = (0..last).rev().take_while(|position| self.at(*position) == Some(' ')).count();
            let Some(first) = last.checked_sub(run + 1).filter(|first| run > 0 && han(*first)) else { continue };
            if self.before(first).is_none_or(|before| matches!(before, ' ' | '\n')) {
                blanks.extend(first + 1..last);
            }
        }
        if blanks.is_empty() {
            return;
        }
        let kept = |place: &usize| !blanks.contains(place);
        let places: Vec<usize> = (0..self.len()).filter(kept).collect();
        self.characters = places.iter().filter_map(|place| self.characters.get(*place)).copied().collect();
        self.origins = places.iter().filter_map(|place| self.origins.get(*place)).copied().collect();
    }

    /// Makes a full stop of every point that ends a sentence: many type `.` for `。`. A point in a number, an address or a
    /// date stays.
    fn end_sentences(&mut self) {
        let ends: Vec<usize> = (1..self.len())
            .filter(|position| {
                self.at(*position) == Some('.')
                    && self.before(*position).is_some_and(case::text::is_han)
                    && !self.at(*position + 1).is_some_and(|next| next.is_ascii_alphanumeric() || next == '.')
            })
            .collect();
        for position in ends {
            if let Some(character) = self.characters.get_mut(position) {
                *character = '。';
            }
        }
    }

    /// Makes blanks of the rules of a printed form (`姓名：__石大山__`); one in a mail address stays.
    fn empty_rules(&mut self) {
        let beside = |text: &Self, at: usize| {
            text.at(at).is_none_or(|c| matches!(c, '_' | ':' | ' ' | '\n') || case::text::is_han(c))
        };
        let rules: Vec<usize> = (0..self.len())
            .filter(|at| self.at(*at) == Some('_') && (beside(self, at + 1) || *at == 0 || beside(self, at - 1)))
            .collect();
        for at in rules {
            if let Some(character) = self.characters.get_mut(at) {
                *character = ' ';
            }
        }
    }

    /// The words of `range` as they were given, in one line: the line ends of a scan are no part of what it says.
    pub(crate) fn as_written(&self, range: Range<usize>) -> String {
        let origin = self.origin(range);
        let written: String = self.given.get(origin).unwrap_or_default().iter().collect();
        written.replace(['\r', '\n'], "").replace(['\t', '\u{a0}', '\u{3000}'], " ").trim().to_owned()
    }

    /// Gives `found`, whose words were taken from the simplified characters, the characters in which it was written: a name stays as
    /// its bearer writes it.
    pub(crate) fn restore(&self, found: &mut Found<String>) {
        if !self.traditional {
            return;
        }
        let given = self.given.get(found.range.clone()).unwrap_or_default();
        let mut written = given.iter().flat_map(|character| std::iter::once(*character).nfkc());
        let as_written = |simple: char| written.by_ref().find(|one| simplify(*one) == simple).unwrap_or(simple);
        found.value = found.value.chars().map(as_written).collect();
    }

    /// The number of characters.
    pub(crate) fn len(&self) -> usize {
        self.characters.len()
    }

    /// The character at `position`.
    pub(crate) fn at(&self, position: usize) -> Option<char> {
        self.characters.get(position).copied()
    }

    /// Whether the full stop at `position` was typed as a point.
    pub(crate) fn was_point(&self, position: usize) -> bool {
        let typed = self.origins.get(position).and_then(|origin| self.given.get(*origin));
        matches!(typed, Some('.' | '．'))
    }

    /// The character before `position`.
    pub(crate) fn before(&self, position: usize) -> Option<char> {
        position.checked_sub(1).and_then(|previous| self.at(previous))
    }

    /// The characters of `range` as far as they exist.
    pub(crate) fn chars(&self, range: Range<usize>) -> &[char] {
        let end = range.end.min(self.len());
        self.characters.get(range.start.min(end)..end).unwrap_or_default()
    }

    /// The words of `range`.
    pub(crate) fn string(&self, range: Range<usize>) -> String {
        self.chars(range).iter().collect()
    }

    /// Whether `word` stands at `position`.
    pub(crate) fn has(&self, position: usize, word: &str) -> bool {
        word.chars().zip(position..).all(|(character, place)| self.at(place) == Some(character))
    }

    /// The first of `words` that stands at `position`, with its end. Longer words must come before their beginnings.
    pub(crate) fn one_of<'words>(&self, position: usize, words: &[&'words str]) -> Option<(&'words str, usize)> {
        // Most words fail at their first character; comparing its bytes costs no decoding.
        let mut bytes = [0; 4];
        let first = self.at(position)?.encode_utf8(&mut bytes).as_bytes();
        let stands = |word: &&&str| word.as_bytes().starts_with(first) && self.has(position, word);
        words.iter().find(stands).map(|word| (*word, position + word.chars().count()))
    }

    /// Every place in `range` where one of `words` begins, in order, with the place where it ends.
    pub(crate) fn all_of<'text>(
        &'text self,
        range: Range<usize>,
        words: &'text [&'static str],
    ) -> impl Iterator<Item = (&'static str, Range<usize>)> + 'text {
        let beginnings = Beginnings::of(words);
        range
            .clone()
            .filter(move |position| self.at(*position).is_some_and(|first| beginnings.may_hold(first)))
            .filter_map(move |position| {
                let (word, end) = self.one_of(position, words)?;
                (end <= range.end).then_some((word, position..end))
            })
    }

    /// Whether one of `words` stands somewhere in `range`.
    pub(crate) fn any_of(&self, range: Range<usize>, words: &'static [&'static str]) -> bool {
        self.all_of(range, words).next().is_some()
    }

    /// The first position from `position` on that holds no blank (a line end is no blank).
    pub(crate) fn skip_blanks(&self, position: usize) -> usize {
        self.skip(position, |character| character == ' ')
    }

    /// The first position from `position` on whose character does not fit, at most [`RUN_LIMIT`] characters on.
    pub(crate) fn skip(&self, position: usize, fits: impl Fn(char) -> bool) -> usize {
        let run = self
            .chars(position..position.saturating_add(RUN_LIMIT))
            .iter()
            .take_while(|character| fits(**character))
            .count();
        position + run
    }

    /// `range` without white space at its ends.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let start = self.skip(range.start, char::is_whitespace).min(range.end);
        let behind =
            self.chars(start..range.end).iter().rev().take_while(|character| character.is_whitespace()).count();
        start..range.end - behind
    }

    /// The lines, without their ends and without blanks around them; empty ones are left out.
    pub(crate) fn lines(&self) -> Vec<Range<usize>> {
        self.pieces(|character| character == '\n')
    }

    /// The sentences: ended by a full stop, a question or exclamation mark, a semicolon or a line end. The ending mark belongs
    /// to the sentence.
    pub(crate) fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (position, character) in self.characters.iter().enumerate() {
            let ends = matches!(character, '。' | '!' | '?' | ';' | '\n');
            if ends {
                sentences.push(self.trim(start..position + 1));
                start = position + 1;
            }
        }
        sentences.push(self.trim(start..self.len()));
        sentences.retain(|sentence| !sentence.is_empty());
        sentences
    }

    fn pieces(&self, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for (position, character) in self.characters.iter().enumerate() {
            if ends(*character) {
                pieces.push(self.trim(start..position));
                start = position + 1;
            }
        }
        pieces.push(self.trim(start..self.len()));
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// `range` counted in the characters of the given text.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origins.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|last| self.origins.get(last)).copied();
        start..last.map_or(start, |last| last + 1)
    }

    /// The position of the first character that came from the given text's character `origin` or a later one.
    pub(crate) fn position(&self, origin: usize) -> Option<usize> {
        let position = self.origins.partition_point(|from| *from < origin);
        (position < self.len()).then_some(position)
    }

    /// A find that rests on `range`.
    pub(crate) fn found<T>(&self, value: T, confidence: f32, range: Range<usize>) -> Found<T> {
        Found { value, confidence: Confidence::new(confidence), range: self.origin(range) }
    }

    /// A value of `range` that cannot be right.
    pub(crate) fn impossible(&self, field: &'static str, range: Range<usize>) -> Impossible {
        Impossible { field, written: self.string(range.clone()), range: self.origin(range) }
    }
}
