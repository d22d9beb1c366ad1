//! Telephone numbers: mobile, landline with area code and extension, and two that have run together.
//!
//! A landline without any sign that it is one needs a label: other figures look the same.

use case::identity::phone::Phone;

use super::super::parties::Holder;
use super::super::{Fields, Text, parties};
use super::digits::{Digit, Gap, digit_value, spoken};
use super::label::Label;
use super::whose::{of_another, of_kin, perhaps_of_another};
use super::{COUNTED, PERHAPS_OF_ANOTHER, lists_without_label, lowered, possessor};

/// Two numbers without anything between them are asked about.
const RUN_TOGETHER: f32 = 0.5;
/// The digits of a mobile number.
const MOBILE_LENGTH: usize = 11;
/// The number of who speaks for the petitioner comes after the petitioner's own.
const OF_PROXY: f32 = 0.8;

/// Two mobile numbers of which the sign between them was lost: both are given, and both are asked about.
pub(super) fn run_together(text: &Text, run: &[Digit], fields: &mut Fields) -> Option<usize> {
    let group = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    if group != 2 * MOBILE_LENGTH || spoken(run) {
        return None;
    }
    let (first, second) = run.get(..group)?.split_at_checked(MOBILE_LENGTH)?;
    let mobile = |part: &[Digit]| {
        let phone = Phone::parse(&part.iter().map(|digit| digit.digit).collect::<String>()).ok()?;
        let range = part.first()?.position..part.last()?.position + 1;
        phone.is_mobile().then_some((phone, range))
    };
    let both = [mobile(first)?, mobile(second)?];
    let (start, end) = (both[0].1.start, both[1].1.end);
    if !of_another(text, start) && parties::holder(text, start) != Holder::OtherSide {
        for (phone, range) in both {
            if !fields.phones.iter().any(|found| found.value == phone) {
                fields.phones.push(text.found(phone, RUN_TOGETHER, range));
            }
        }
    }
    Some(end)
}

/// Takes `part` as a telephone number when it is one.
pub(super) fn phone(
    text: &Text,
    part: &[Digit],
    next: Option<&Digit>,
    label: Label,
    fields: &mut Fields,
) -> Option<usize> {
    let (start, end) = (part.first()?.position, part.last()?.position + 1);
    if lists_without_label(part, label) {
        return None;
    }
    let written = with_dashes(part);
    let (phone, end) = extended(text, &written, part, next).or_else(|| Some((Phone::parse(&written).ok()?, end)))?;
    let landline_without_sign = !phone.is_mobile() && !written.contains('-') && label != Label::Phone;
    if landline_without_sign || text.at(end).is_some_and(|next| COUNTED.contains(&next)) {
        return None;
    }
    if possessor::is_struck_out(text, end) {
        return Some(end);
    }
    let of_kin = of_kin(text, start);
    let known = fields.phones.iter().chain(&fields.proxy_phones).any(|found| found.value == phone);
    if (of_kin || !of_another(text, start)) && !known {
        let confidence = match (parties::holder(text, start), label) {
            (Holder::OtherSide, _) => return Some(end),
            _ if of_kin || perhaps_of_another(text, start) => PERHAPS_OF_ANOTHER,
            (Holder::PerhapsOtherSide, _) => PERHAPS_OF_ANOTHER,
            (Holder::Proxy, _) => OF_PROXY,
            (Holder::Own | Holder::Unsaid, Label::Phone) => 0.97,
            (Holder::Own | Holder::Unsaid, _) => 0.85,
        };
        let of_proxy = !of_kin && parties::holder(text, start) == Holder::Proxy;
        let phones = if of_proxy { &mut fields.proxy_phones } else { &mut fields.phones };
        phones.push(text.found(phone, lowered(confidence, spoken(part)), start..end));
    }
    Some(end)
}

/// A landline with the extension that follows it: `0312-2345678-801` or `转801`.
fn extended(text: &Text, written: &str, part: &[Digit], next: Option<&Digit>) -> Option<(Phone, usize)> {
    // `0312-2345678` is no area code with an extension.
    Phone::parse(written).ok()?;
    let end = part.last()?.position + 1;
    let turn = text.skip(end, |character| matches!(character, ',' | ' '));
    let begins = if text.at(turn) == Some('转') {
        text.skip_blanks(turn + 1)
    } else {
        next.filter(|next| next.gap == Gap::Dash)?.position
    };
    let ends = text.skip(begins, |character| digit_value(character).is_some());
    let extension: String = text.chars(begins..ends).iter().filter_map(|character| digit_value(*character)).collect();
    let whole = Phone::parse(&format!("{written}-{extension}")).ok()?;
    (ends > begins && !whole.is_mobile()).then_some((whole, ends))
}

/// The digits of `part` with a dash where one was written.
fn with_dashes(part: &[Digit]) -> String {
    let mut written = String::new();
    for (place, digit) in part.iter().enumerate() {
        let area_code = written.starts_with('0') && (3..=4).contains(&place) && !written.contains('-');
        if digit.gap == Gap::Dash || (digit.gap != Gap::None && area_code) {
            written.push('-');
        }
        written.push(digit.digit);
    }
    written
}
