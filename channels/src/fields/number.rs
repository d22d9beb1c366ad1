//! Telephone, identity and organisation numbers.
//!
//! A number is given only when it validates. One that stands behind a label (`身份证号`, `电话`) or has the shape of an
//! identity number but does not validate is given as impossible, as it was written.

mod beside;
mod digits;
mod identity;
mod label;
mod perhaps;
mod possessor;
mod telephone;
mod whose;

pub(super) use self::beside::{beside_others, call_back, id_beside_others};
pub(crate) use self::digits::digit_value;
use self::digits::{Digit, Gap, end_of_group, run_from, spoken};
use self::identity::{credit_code, id_number};
use self::label::{Label, label_before};
use self::perhaps::{impossible, misread};
pub(super) use self::perhaps::{own_id, perhaps_own_id};
use self::telephone::{phone, run_together};
use self::whose::of_another;
use case::identity::id_number::IdNumber;

use super::parties::Holder;
use super::{Fields, Found, Text, parties};

/// A number that stands in the other side's part of a form is asked about.
const PERHAPS_OF_ANOTHER: f32 = 0.5;
/// What follows an amount or a count, not a telephone number.
const COUNTED: [char; 9] = ['元', '万', '亿', '亩', '户', '人', '吨', '块', '%'];

/// Finds the numbers; gives the identity numbers that may be the writer's, about which [`own_id`] decides when the names are known.
pub(super) fn find(text: &Text, fields: &mut Fields) -> Vec<Found<IdNumber>> {
    let mut identities = Vec::new();
    let mut position = 0;
    while position < text.len() {
        if let Some(end) = credit_code(text, position, fields) {
            position = end;
            continue;
        }
        if let Some(end) = misread(text, position, fields) {
            position = end;
            continue;
        }
        let begins = text.at(position).and_then(digit_value).is_some()
            && !text.before(position).is_some_and(|before| before.is_ascii_alphanumeric());
        if !begins {
            position += 1;
            continue;
        }
        let run = run_from(text, position);
        position = number(text, &run, fields, &mut identities).unwrap_or_else(|| end_of_group(&run, position));
    }
    fields.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
    identities
}

/// Takes the number that begins `run`, if it is one; gives where it ends.
fn number(text: &Text, run: &[Digit], fields: &mut Fields, identities: &mut Vec<Found<IdNumber>>) -> Option<usize> {
    let start = run.first()?.position;
    let label = label_before(text, start);
    if label == Label::Thing {
        return None;
    }
    // The ends of groups, shortest first: `138 0000 0001` is tried as 3, 7 and 11 digits.
    // In `186 0000 0001一直打不通` no figure follows: whoever writes figures does not end in a Chinese one.
    let ends: Vec<usize> = (1..=run.len())
        .filter(|length| {
            let last = length.checked_sub(1).and_then(|last| run.get(last));
            run.get(*length)
                .is_none_or(|next| next.gap != Gap::None || last.is_some_and(|last| !last.spoken && next.spoken))
        })
        .collect();
    // Identity numbers first: the beginning of one that was written in groups may look like a telephone number.
    for length in &ends {
        if let Some(end) = id_number(text, run.get(..*length)?, label, identities) {
            return Some(end);
        }
    }
    if is_said_identity(run) {
        let (start, end) = (run.first()?.position, run.last()?.position + 1);
        if of_another(text, start) || parties::holder(text, start) == Holder::OtherSide {
            return Some(end);
        }
        fields.impossible.push(text.impossible("id_number", start..end));
        return Some(end);
    }
    if label != Label::IdNumber {
        for length in &ends {
            if let Some(end) = phone(text, run.get(..*length)?, run.get(*length), label, fields) {
                return Some(end);
            }
        }
    }
    run_together(text, run, fields).or_else(|| impossible(text, run, *ends.last()?, label, fields))
}

/// Whether the digits are those of an identity number that was said in groups, whole or without its check character: the groups behind
/// the first may look like a telephone number.
fn is_said_identity(run: &[Digit]) -> bool {
    let digits: String = run.iter().map(|digit| digit.digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u16>().ok());
    let area = part(0, 2).is_some_and(|area| (11..=65).contains(&area));
    let born = part(6, 10).is_some_and(|year| (1900..2100).contains(&year))
        && part(10, 12).is_some_and(|month| (1..=12).contains(&month))
        && part(12, 14).is_some_and(|day| (1..=31).contains(&day));
    (17..=18).contains(&run.len()) && spoken(run) && area && born
}

/// Figures with commas between them are a list, unless they were said or a label says that they are one number.
fn lists_without_label(part: &[Digit], label: Label) -> bool {
    label == Label::None && !spoken(part) && part.iter().any(|digit| digit.gap == Gap::Comma)
}

fn lowered(confidence: f32, spoken: bool) -> f32 {
    if spoken { confidence - 0.1 } else { confidence }
}
