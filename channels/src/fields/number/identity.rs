//! Identity numbers and organisation codes, which prove themselves by their check digit.
//!
//! Which of several is the writer's own is decided when the names are known ([`super::own_id`]).

use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;

use super::super::parties::Holder;
use super::super::{Fields, Found, Text, parties};
use super::digits::{Digit, spoken};
use super::label::{Label, label_before};
use super::whose::of_another;
use super::{lists_without_label, lowered};

/// Takes `part` as an identity number when it is one; gives where it ends.
pub(super) fn id_number(
    text: &Text,
    part: &[Digit],
    label: Label,
    identities: &mut Vec<Found<IdNumber>>,
) -> Option<usize> {
    let (start, end) = (part.first()?.position, part.last()?.position + 1);
    let fits = part.len() == 18 || (part.len() == 15 && label == Label::IdNumber);
    if !fits || label == Label::CreditCode || lists_without_label(part, label) {
        return None;
    }
    let number = IdNumber::parse(&part.iter().map(|digit| digit.digit).collect::<String>()).ok()?;
    let own = !of_another(text, start) && matches!(parties::holder(text, start), Holder::Own | Holder::Unsaid);
    if own {
        let confidence = if label == Label::IdNumber { 0.98 } else { 0.9 };
        identities.push(text.found(number, lowered(confidence, spoken(part)), start..end));
    }
    Some(end)
}

/// Takes the organisation code that begins at `start`, if one does.
pub(super) fn credit_code(text: &Text, start: usize, fields: &mut Fields) -> Option<usize> {
    let begins = text.at(start)?.is_ascii_alphanumeric()
        && !text
            .before(start)
            .is_some_and(|before| before.is_ascii_alphanumeric() || matches!(before, '@' | '.' | '-' | '_'));
    if !begins {
        return None;
    }
    let end = text.skip(start, |character| character.is_ascii_alphanumeric());
    let labelled = label_before(text, start) == Label::CreditCode;
    let written = text.string(start..end);
    let letters = written.chars().take(17).any(|character| character.is_ascii_uppercase());
    if written.len() != 18 || !(labelled || letters) || !written.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    match CreditCode::parse(&written) {
        Ok(code) => {
            fields.credit_code.get_or_insert_with(|| text.found(code, if labelled { 0.97 } else { 0.7 }, start..end));
        }
        Err(_) if labelled => fields.impossible.push(text.impossible("credit_code", start..end)),
        Err(_) => return None,
    }
    Some(end)
}
