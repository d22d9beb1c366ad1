//! The facts of a matter: they are the same in every wording of it.

use super::Village;
use crate::sample::random::Sequence;

const SINCE: [&str; 20] = [
    "去年春天",
    "去年五月",
    "去年麦收",
    "去年秋天",
    "去年十月",
    "去年年底",
    "今年春节",
    "今年二月",
    "今年三月",
    "今年四月",
    "今年五月",
    "今年六月",
    "今年七月",
    "今年入夏",
    "2023年秋天",
    "2024年三月",
    "2024年六月",
    "2024年秋收",
    "2024年年底",
    "2025年八月",
];
const DIGITS: [&str; 8] = ["二", "三", "四", "五", "六", "七", "八", "九"];

/// What is told in braces.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    values: Vec<(&'static str, String)>,
}

impl Facts {
    /// The facts of a matter as `name` tells them.
    pub(super) fn of_matter(seed: u64, matter: u64, name: &str, village: &Village, object: &str) -> Self {
        let mut sequence = Sequence::of_item(seed.rotate_left(17), matter);
        let amount = (sequence.below(990) + 10) * 100;
        let count = sequence.below(75) + 5;
        let days = sequence.below(20) + 3;
        let values = vec![
            ("{place}", format!("{}{}", village.township, village.name)),
            ("{object}", object.to_owned()),
            ("{name}", name.to_owned()),
            ("{since}", sequence.word(&SINCE).to_owned()),
            ("{amount}", amount.to_string()),
            ("{count}", count.to_string()),
            ("{days}", days.to_string()),
            ("{times}", sequence.word(&DIGITS).to_owned()),
            ("{digit}", sequence.word(&DIGITS).to_owned()),
        ];
        Self { values }
    }

    /// `template` with the facts in the place of their names.
    pub(super) fn put_into(&self, template: &str) -> String {
        self.values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}
