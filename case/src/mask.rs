//! How personal data is shown by default (个人信息保护法 articles 6 and 51): enough to recognise, not enough to use.

use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;

/// `张*`, `欧阳**`: the first character, the rest as stars; the length of long names is not told.
#[must_use]
pub fn name(name: &str) -> String {
    let mut characters = name.trim().chars();
    let Some(first) = characters.next() else { return String::new() };
    let stars = characters.count().clamp(1, 3);
    format!("{first}{}", "*".repeat(stars))
}

/// `138****0000`; a landline keeps its area code and last two digits.
#[must_use]
pub fn phone(phone: &Phone) -> String {
    let number = phone.as_str();
    let (keep_front, keep_back) = if phone.is_mobile() { (3, 4) } else { (5, 2) };
    middle_hidden(number, keep_front, keep_back)
}

/// `130682********001X`.
#[must_use]
pub fn id_number(number: &IdNumber) -> String {
    middle_hidden(number.as_str(), 6, 4)
}

/// `定州市…`: at most the first six characters of an address.
#[must_use]
pub fn address(address: &str) -> String {
    let kept: String = address.trim().chars().take(6).collect();
    if kept.is_empty() { kept } else { format!("{kept}…") }
}

/// `zh***@example.invalid`.
#[must_use]
pub fn mail_address(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().take(2).collect::<String>()),
        None => "***".to_owned(),
    }
}

fn middle_hidden(text: &str, keep_front: usize, keep_back: usize) -> String {
    let count = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(index, character)| if index < keep_front || index + keep_back >= count { character } else { '*' })
        .collect()
}

/// Hides the numbers of a free text: every run of seven or more digits (dashes and spaces between them allowed) keeps
/// its first three. For text that leaves the office where 保密 was asked.
#[must_use]
pub fn numbers_in(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for character in characters.into_iter().chain(['\u{0}']) {
        let joins = matches!(character, '-' | ' ' | 'X' | 'x') && run.last().is_some_and(char::is_ascii_digit);
        if character.is_ascii_digit() || joins {
            run.push(character);
            continue;
        }
        let digits = run.iter().filter(|c| c.is_ascii_digit()).count();
        let mut seen = 0;
        for kept in run.drain(..) {
            seen += usize::from(kept.is_ascii_digit());
            masked.push(if digits >= 7 && seen > 3 && !kept.is_whitespace() { '*' } else { kept });
        }
        if character != '\u{0}' {
            masked.push(character);
        }
    }
    masked
}
