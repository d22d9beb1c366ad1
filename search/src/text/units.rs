//! What a text is made of when it is compared: characters, numbers and words.

use case::text::is_han;

/// A number of more digits is one of a person, an account or a telephone: it identifies someone and goes into no index.
pub const LONGEST_NUMBER: usize = 6;

/// The longest Latin word or code that is one unit, in characters; a longer one is cut.
const LONGEST_UNIT: usize = 40;

/// The runs of units in `folded`: a Han character is a unit, so is a number, so is a Latin word; punctuation ends a run.
/// Numbers of more than [`LONGEST_NUMBER`] digits end a run too and are left out. The units of a run stand in the text without anything
/// between them.
#[must_use]
pub fn units(folded: &str) -> Vec<Vec<&str>> {
    runs(folded).into_iter().map(|run| run.units).collect()
}

/// Units that follow one another without anything between them.
#[derive(Default)]
pub(crate) struct Run<'a> {
    /// Where the first one stands in the text, in bytes.
    pub(super) begin: usize,
    pub(super) units: Vec<&'a str>,
}

/// The runs of `folded` as [`units`] gives them.
pub(crate) fn runs(folded: &str) -> Vec<Run<'_>> {
    let mut runs = Runs { text: folded, ..Runs::default() };
    for (place, character) in folded.char_indices() {
        if is_han(character) {
            runs.end_word(place);
            let after = place.saturating_add(character.len_utf8());
            runs.push(place, after);
            runs.begin_word(after);
        } else if character.is_alphanumeric() {
            if !runs.word(place).is_empty() && !runs.joins(character, place) {
                runs.end_word(place);
            }
        } else {
            runs.end_word(place);
            runs.end_run();
            runs.begin_word(place.saturating_add(character.len_utf8()));
        }
    }
    runs.end_word(folded.len());
    runs.end_run();
    runs.done
}

/// The runs so far, and the number or the word that is being read.
#[derive(Default)]
struct Runs<'a> {
    text: &'a str,
    /// Where the word begins that is being read.
    begin: usize,
    run: Run<'a>,
    done: Vec<Run<'a>>,
}

impl<'a> Runs<'a> {
    fn word(&self, end: usize) -> &'a str {
        self.text.get(self.begin..end).unwrap_or_default()
    }

    const fn begin_word(&mut self, place: usize) {
        self.begin = place;
    }

    /// Whether `character` goes on with the word before it.
    fn joins(&self, character: char, place: usize) -> bool {
        let word = self.word(place);
        let joins = word.chars().next_back().is_some_and(|last| {
            // The check character of an identity number belongs to the number.
            last.is_numeric() == character.is_numeric() || (character == 'x' && names_a_person(word))
        });
        joins && word.chars().count() < LONGEST_UNIT
    }

    fn end_word(&mut self, end: usize) {
        let word = self.word(end);
        if names_a_person(word) {
            self.end_run();
        } else if !word.is_empty() {
            self.push(self.begin, end);
        }
        self.begin_word(end);
    }

    fn push(&mut self, begin: usize, end: usize) {
        if self.run.units.is_empty() {
            self.run.begin = begin;
        }
        self.run.units.extend(self.text.get(begin..end));
    }

    fn end_run(&mut self) {
        if !self.run.units.is_empty() {
            self.done.push(std::mem::take(&mut self.run));
        }
    }
}

/// Whether `text` holds a run of digits that is too long for anything but the number of a person, an account or a telephone.
#[must_use]
pub fn names_a_person(text: &str) -> bool {
    text.split(|character: char| !character.is_numeric()).any(|digits| digits.chars().count() > LONGEST_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_cut_and_nothing_of_it_is_lost() {
        let word = "a".repeat(LONGEST_UNIT + 2);
        assert_eq!(units(&word), [["a".repeat(LONGEST_UNIT).as_str(), "aa"]]);
    }
}
