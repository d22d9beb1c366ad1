//! The sentences, read from the text files beside this one.

use super::fact::Facts;
use crate::sample::random::Sequence;

/// What is complained about, with its sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Kind {
    pub(super) class: &'static str,
    /// Whether the object is the one complained about.
    pub(super) names_respondent: bool,
    /// What follows the name of an object.
    pub(super) suffixes: Vec<&'static str>,
    pub(super) titles: Vec<&'static str>,
    pub(super) what: Vec<&'static str>,
    pub(super) detail: Vec<&'static str>,
    pub(super) effect: Vec<&'static str>,
    pub(super) demand: Vec<&'static str>,
}

/// All sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Grammar {
    pub(super) kinds: Vec<Kind>,
    pub(super) openings: Vec<&'static str>,
    pub(super) tried: Vec<&'static str>,
    pub(super) closings: Vec<&'static str>,
}

impl Grammar {
    /// The built-in sentences.
    pub(super) fn built_in() -> Self {
        let mut grammar = Self::default();
        for line in include_str!("matters.txt").lines() {
            let Some((mark, rest)) = line.split_once(' ') else { continue };
            if mark == "@" {
                grammar.kinds.push(heading(rest));
            } else if let Some(kind) = grammar.kinds.last_mut() {
                match mark {
                    "T" => kind.titles.push(rest),
                    "W" => kind.what.push(rest),
                    "D" => kind.detail.push(rest),
                    "E" => kind.effect.push(rest),
                    "Q" => kind.demand.push(rest),
                    _ => {}
                }
            }
        }
        let mut section = "";
        for line in include_str!("frame.txt").lines() {
            match line.strip_prefix("@ ") {
                Some(name) => section = name,
                None if section == "开头" => grammar.openings.push(line),
                None if section == "反映过" => grammar.tried.push(line),
                None => grammar.closings.push(line),
            }
        }
        grammar
    }

    pub(super) fn kind(&self, number: usize) -> &Kind {
        const NONE: &Kind = &Kind {
            class: "",
            names_respondent: false,
            suffixes: Vec::new(),
            titles: Vec::new(),
            what: Vec::new(),
            detail: Vec::new(),
            effect: Vec::new(),
            demand: Vec::new(),
        };
        self.kinds.get(number).unwrap_or(NONE)
    }

    /// Takes one of each `[one|other]` and puts the facts in for `{name}`.
    pub(super) fn expand(&self, template: &str, facts: &Facts, sequence: &mut Sequence) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('[') {
            text.push_str(before);
            let (choices, behind) = after.split_once(']').unwrap_or((after, ""));
            let choices: Vec<&str> = choices.split('|').collect();
            text.push_str(sequence.word(&choices));
            rest = behind;
        }
        text.push_str(rest);
        facts.put_into(&text)
    }
}

/// Reads `名称|类别|后缀 后缀`; a `!` behind the name says that the object is complained about.
fn heading(text: &'static str) -> Kind {
    let mut parts = text.split('|');
    let name = parts.next().unwrap_or_default();
    let class = parts.next().unwrap_or_default();
    let suffixes = parts.next().unwrap_or_default().split(' ').collect();
    Kind { class, suffixes, names_respondent: name.ends_with('!'), ..Kind::default() }
}

#[cfg(test)]
mod tests {
    use super::Grammar;

    #[test]
    fn every_matter_can_be_said_in_four_ways() {
        let grammar = Grammar::built_in();
        assert!(grammar.kinds.len() >= 30, "{}", grammar.kinds.len());
        for kind in &grammar.kinds {
            for slot in [&kind.what, &kind.detail, &kind.effect, &kind.demand] {
                assert!(slot.len() >= 4, "{} {slot:?}", kind.class);
            }
            assert!(kind.titles.len() >= 2 && kind.suffixes.len() >= 3, "{kind:?}");
        }
        for slot in [&grammar.openings, &grammar.tried, &grammar.closings] {
            assert!(slot.len() >= 6);
        }
    }

    #[test]
    fn brackets_are_paired() {
        let lines = include_str!("matters.txt").lines().chain(include_str!("frame.txt").lines());
        for line in lines {
            let mut open = false;
            for character in line.chars() {
                match character {
                    '[' => assert!(!std::mem::replace(&mut open, true), "{line}"),
                    ']' => assert!(std::mem::replace(&mut open, false), "{line}"),
                    _ => {}
                }
            }
            assert!(!open, "{line}");
        }
    }
}
