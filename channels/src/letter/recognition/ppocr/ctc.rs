//! From what the recognition network says about each step along a line to its characters ("connectionist temporal
//! classification", Graves et al. 2006): at every step the likeliest class; a class that stays is one character, and class 0
//! parts two equal ones.

use std::ops::Range;

/// A character of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Character {
    /// Which one.
    pub(super) character: char,
    /// How likely it is, 0 to 1: the most that any of its steps says.
    pub(super) likelihood: f32,
    /// Where the middle of its steps lies, as a fraction of all steps.
    pub(super) place: f32,
}

/// The characters of a line; `steps` holds `classes` values a step, which sum up to 1. Class 0 is the gap, class `n` is
/// `dictionary[n - 1]`.
#[must_use]
pub(super) fn characters(steps: &[f32], classes: usize, dictionary: &[char]) -> Vec<Character> {
    use super::super::super::cleaning::number::to_fraction;
    if classes == 0 {
        return Vec::new();
    }
    let best: Vec<(usize, f32)> = steps.chunks_exact(classes).map(likeliest).collect();
    let count = to_fraction(best.len().max(1));
    let mut characters = Vec::new();
    let mut start = 0;
    for run in best.chunk_by(|one, other| one.0 == other.0) {
        let range = start..start + run.len();
        start = range.end;
        let Some((class @ 1.., _)) = run.first() else { continue };
        let Some(character) = dictionary.get(class - 1) else { continue };
        let likelihood = run.iter().map(|(_, likelihood)| *likelihood).fold(0.0, f32::max);
        let Range { start: from, end: to } = range;
        characters.push(Character {
            character: *character,
            likelihood,
            place: (to_fraction(from) + to_fraction(to)) / (2.0 * count),
        });
    }
    characters
}

/// The likeliest class of a step.
fn likeliest(step: &[f32]) -> (usize, f32) {
    let mut best = (0, f32::NEG_INFINITY);
    for (class, likelihood) in step.iter().enumerate() {
        if *likelihood > best.1 {
            best = (class, *likelihood);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const DICTIONARY: [char; 2] = ['一', '二'];

    fn read(steps: &[[f32; 3]]) -> Vec<Character> {
        characters(&steps.concat(), 3, &DICTIONARY)
    }

    #[test]
    fn a_class_that_stays_is_one_character_and_a_gap_parts_two() {
        let (gap, one, two) = ([0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.3, 0.1, 0.6]);
        let found = read(&[gap, one, one, gap, one, two, gap, gap]);
        let text: String = found.iter().map(|found| found.character).collect();
        assert_eq!(text, "一一二");
        assert!((found[0].likelihood - 0.8).abs() < 1e-6 && (found[2].likelihood - 0.6).abs() < 1e-6);
        assert!((found[0].place - 2.0 / 8.0).abs() < 1e-6, "the middle of its two steps");
        assert!((found[2].place - 5.5 / 8.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_and_unknown_classes_give_nothing() {
        assert!(characters(&[], 3, &DICTIONARY).is_empty());
        assert!(characters(&[1.0], 0, &DICTIONARY).is_empty());
        assert!(characters(&[0.1, 0.0, 0.0, 0.9], 4, &DICTIONARY).is_empty(), "the dictionary has no third character");
    }
}
