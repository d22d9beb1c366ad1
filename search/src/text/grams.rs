//! Bigrams over units, with positions for phrases.

use case::text::is_han;

/// Stands between the two units of a bigram, so that `3` + `栋` never equals another pair and all bigrams that begin with a
/// unit share one prefix.
pub const JOIN: char = '\u{1f}';

/// A number of more digits is one of a person, an account or a telephone: it identifies someone and goes into no index.
pub const LONGEST_NUMBER: usize = 6;

/// The longest Latin word or code that is one unit, in characters; a longer one is cut.
const LONGEST_UNIT: usize = 40;

/// One bigram, or a lone unit at the end of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gram {
    /// Two units with [`JOIN`] between them, or one unit.
    pub term: String,
    /// The place of its first unit in the text, counted in units.
    pub position: usize,
}

/// A run of units as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// One unit: everything that contains it.
    Unit(String),
    /// Bigrams with their distance from the first one.
    Grams(Vec<(usize, String)>),
}

/// The runs of units in `folded`: a Han character is a unit, so is a number, so is a Latin word; punctuation ends a run.
/// Numbers of more than [`LONGEST_NUMBER`] digits end a run too and are left out.
#[must_use]
pub fn units(folded: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    let mut run: Vec<String> = Vec::new();
    let mut word = String::new();
    for character in folded.chars() {
        let joins = word.chars().last().is_some_and(|last| {
            // The check character of an identity number belongs to the number.
            last.is_numeric() == character.is_numeric() || (character == 'x' && names_a_person(&word))
        }) && word.chars().count() < LONGEST_UNIT;
        if is_han(character) {
            end_word(&mut word, &mut run, &mut runs);
            run.push(character.to_string());
        } else if character.is_alphanumeric() {
            if !joins && !word.is_empty() {
                end_word(&mut word, &mut run, &mut runs);
            }
            word.push(character);
        } else {
            end_word(&mut word, &mut run, &mut runs);
            end_run(&mut run, &mut runs);
        }
    }
    end_word(&mut word, &mut run, &mut runs);
    end_run(&mut run, &mut runs);
    runs
}

fn end_word(word: &mut String, run: &mut Vec<String>, runs: &mut Vec<Vec<String>>) {
    if word.is_empty() {
        return;
    }
    let word = std::mem::take(word);
    if names_a_person(&word) {
        end_run(run, runs);
    } else {
        run.push(word);
    }
}

/// Whether `text` holds a run of digits that is too long for anything but the number of a person, an account or a telephone.
#[must_use]
pub fn names_a_person(text: &str) -> bool {
    text.split(|character: char| !character.is_numeric()).any(|digits| digits.chars().count() > LONGEST_NUMBER)
}

fn end_run(run: &mut Vec<String>, runs: &mut Vec<Vec<String>>) {
    if !run.is_empty() {
        runs.push(std::mem::take(run));
    }
}

/// Every bigram of `folded` and the last unit of every run, in reading order.
#[must_use]
pub fn grams(folded: &str) -> Vec<Gram> {
    let mut grams = Vec::new();
    let mut position = 0_usize;
    for run in units(folded) {
        for pair in run.windows(2) {
            if let [first, second] = pair {
                grams.push(Gram { term: bigram(first, second), position });
                position = position.saturating_add(1);
            }
        }
        if let Some(last) = run.last() {
            grams.push(Gram { term: last.clone(), position });
            position = position.saturating_add(1);
        }
    }
    grams
}

/// How each run of `folded` is looked for. None for a run is never given: an empty answer means that nothing in the text can
/// be looked for.
#[must_use]
pub fn phrases(folded: &str) -> Vec<Phrase> {
    units(folded)
        .into_iter()
        .filter_map(|run| match run.as_slice() {
            [] => None,
            [unit] => Some(Phrase::Unit(unit.clone())),
            _ => Some(Phrase::Grams(
                run.windows(2)
                    .enumerate()
                    .filter_map(|(offset, pair)| match pair {
                        [first, second] => Some((offset, bigram(first, second))),
                        _ => None,
                    })
                    .collect(),
            )),
        })
        .collect()
}

fn bigram(first: &str, second: &str) -> String {
    format!("{first}{JOIN}{second}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    fn terms(text: &str) -> Vec<String> {
        grams(&fold(text)).into_iter().map(|gram| gram.term.replace(JOIN, "")).collect()
    }

    #[test]
    fn digits_and_characters_form_bigrams_across_their_border() {
        assert_eq!(terms("3栋2单元"), ["3栋", "栋2", "2单", "单元", "元"]);
        assert_eq!(terms("12月"), ["12月", "月"]);
    }

    #[test]
    fn punctuation_ends_a_run_and_positions_go_on() {
        let grams = grams("路灯,坏了");
        assert_eq!(grams.iter().map(|gram| gram.position).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(terms("路灯,坏了"), ["路灯", "灯", "坏了", "了"]);
    }

    #[test]
    fn numbers_that_name_a_person_are_left_out() {
        assert_eq!(terms("电话13800000001找我"), ["电话", "话", "找我", "我"]);
        assert!(terms("11010519491231002X").is_empty());
    }

    proptest! {
        #[test]
        fn positions_rise_and_no_term_is_empty(text in any::<String>()) {
            let grams = grams(&fold(&text));
            prop_assert!(grams.iter().enumerate().all(|(index, gram)| gram.position == index && !gram.term.is_empty()));
        }
    }
}
