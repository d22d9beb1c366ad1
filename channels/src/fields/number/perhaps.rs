//! Numbers about which a person is asked: those that cannot be right, and identity numbers that may be another party's.
//!
//! What cannot be right is given as it was written, never mended.

use case::field::Confidence;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;

use super::super::parties::Holder;
use super::super::{Fields, Found, Text, parties};
use super::digits::{Digit, Gap, RUN_LIMIT, end_of_group, run_from};
use super::label::{Label, label_before};
use super::whose::of_another;
use super::{COUNTED, PERHAPS_OF_ANOTHER, possessor};

/// How sure a name is at least that a label or the writer themselves gives.
const NAMED: f32 = 0.9;

/// Notes a number that was meant as one and cannot be right.
pub(super) fn impossible(
    text: &Text,
    run: &[Digit],
    length: usize,
    label: Label,
    fields: &mut Fields,
) -> Option<usize> {
    if holds_mobile(run) {
        return None;
    }
    let first_group = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    // Without a label only an unbroken run can be told from other figures.
    // Figures behind a comma or full stop are the next value: `身份证号…0419。2025年`. What is said goes on behind a pause.
    let typed = run.iter().skip(1).take_while(|digit| digit.gap != Gap::Comma && !digit.spoken).count() + 1;
    let typed = if run.get(typed).is_some_and(|digit| digit.spoken) { length } else { typed.min(length) };
    // So long a run without a gap is a whole identity number: the date of the next line is none of it.
    let taken = if label == Label::None || first_group >= 15 { first_group } else { typed };
    let part = run.get(..taken)?;
    let (start, mut end) = (part.first()?.position, part.last()?.position + 1);
    // A letter right behind belongs to what was written.
    end = text.skip(end, |character| character.is_ascii_alphanumeric());
    let digits: String = part.iter().map(|digit| digit.digit).collect();
    let birth =
        digits.get(6..10).and_then(|year| year.parse::<u16>().ok()).is_some_and(|year| (1900..2100).contains(&year));
    let field = match label {
        Label::IdNumber if digits.len() >= 10 => "id_number",
        Label::CreditCode if digits.len() >= 10 => "credit_code",
        Label::Phone if (7..=RUN_LIMIT).contains(&digits.len()) => "phone",
        Label::None if (17..=18).contains(&digits.len()) && birth => "id_number",
        Label::IdNumber | Label::CreditCode | Label::Phone | Label::Thing | Label::None => return None,
    };
    let amount = text.at(end).is_some_and(|next| COUNTED.contains(&next) || matches!(next, '年' | '.'));
    if amount || of_another(text, start) || parties::holder(text, start) == Holder::OtherSide {
        return None;
    }
    fields.impossible.push(text.impossible(field, start..end));
    Some(end)
}

/// `电话：l5733280469`: a number of the right length behind its label in which letters stand that are drawn like figures. It is given as
/// it was read.
pub(super) fn misread(text: &Text, start: usize, fields: &mut Fields) -> Option<usize> {
    const LIKE_FIGURES: &str = "OoQDlIiZzSsBb";
    const MOST: usize = 3;
    if !text.at(start)?.is_ascii_alphanumeric() || text.before(start).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = text.skip(start, |c| c.is_ascii_alphanumeric());
    // Without a label only what is alone in its line, below a name, is meant as a number to call.
    let alone = text.before(start).is_none_or(|c| c == '\n') && text.at(end).is_none_or(|c| c == '\n');
    let field = match (label_before(text, start), end - start) {
        (Label::Phone, 11) => "phone",
        (Label::None, 11) if alone && text.chars(start..start + 2).last() == Some(&'3') => "phone",
        (Label::IdNumber, 18) => "id_number",
        _ => return None,
    };
    // The last character of an identity number may be a letter.
    let figures = text.chars(start..if field == "phone" { end } else { end - 1 });
    let letters = figures.iter().filter(|c| !c.is_ascii_digit()).count();
    let like = figures.iter().all(|c| c.is_ascii_digit() || LIKE_FIGURES.contains(*c));
    let own = !of_another(text, start) && parties::holder(text, start) != Holder::OtherSide;
    if !(1..=MOST).contains(&letters) || !like || !own {
        return None;
    }
    fields.impossible.push(text.impossible(field, start..end));
    Some(end)
}

/// `1-101 13800000112`: a number of a flat, and in the next cell a telephone number that is read by itself.
fn holds_mobile(run: &[Digit]) -> bool {
    let starts = run.iter().enumerate().skip(1).filter(|(_, digit)| digit.gap == Gap::Blank).map(|(place, _)| place);
    starts.filter_map(|start| run.get(start..)).any(|rest| {
        let group = rest.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
        let digits: String = rest.iter().take(group).map(|digit| digit.digit).collect();
        group == 11 && Phone::parse(&digits).is_ok_and(|phone| phone.is_mobile())
    })
}

/// Takes the writer's own of the identity numbers that were found: the first one beside the first petitioner's name, or else the first
/// that speaks of the writer. Where all are told of somebody else, a debtor or a child, a person is asked about the first.
pub(in crate::fields) fn own_id(text: &Text, identities: &[Found<IdNumber>], fields: &mut Fields) {
    let known: Vec<String> = fields.names.iter().map(|name| name.value.clone()).collect();
    let of = |identity: &Found<IdNumber>, names: &[String]| {
        text.position(identity.range.start).is_none_or(|start| possessor::speaks_of_writer(text, start, names))
    };
    let first = known.get(..1).unwrap_or_default();
    // `贺玉祥身份证号…`, and another one signs: whoever was only named beside a number may not be who writes.
    let signs_else = fields.names.len() > 1
        && fields.names.first().is_some_and(|name| name.confidence.value() < NAMED && is_named_once(text, &name.value));
    let own = identities.iter().find(|identity| of(identity, first)).filter(|_| !signs_else);
    let perhaps = || {
        let identity = identities.iter().find(|identity| of(identity, &known)).or_else(|| identities.first())?;
        Some(Found { confidence: identity.confidence.min(Confidence::new(PERHAPS_OF_ANOTHER)), ..identity.clone() })
    };
    fields.id_number = own.cloned().or_else(perhaps);
}

/// Whether `name` stands only once in the text.
fn is_named_once(text: &Text, name: &str) -> bool {
    (0..text.len()).filter(|at| text.has(*at, name)).count() <= 1
}

/// Identity numbers that stand where it is not plain whose they are, such as in the rows of an enclosed contract, when the writer
/// gave none of their own: the one below the writer's name, or else the first. A person is asked.
pub(in crate::fields) fn perhaps_own_id(text: &Text, fields: &mut Fields) {
    if fields.id_number.is_some() {
        return;
    }
    let mut best: Option<(bool, Found<IdNumber>)> = None;
    let mut position = 0;
    while position < text.len() {
        let begins = text.at(position).is_some_and(|c| c.is_ascii_digit())
            && !text.before(position).is_some_and(|before| before.is_ascii_alphanumeric());
        if !begins {
            position += 1;
            continue;
        }
        let run = run_from(text, position);
        let number =
            run.get(..18).and_then(|run| IdNumber::parse(&run.iter().map(|one| one.digit).collect::<String>()).ok());
        let asked = || parties::holder(text, position) == Holder::PerhapsOtherSide && !of_another(text, position);
        if let Some(number) = number.filter(|_| asked()) {
            let party = text.string(parties::rows_before(text, position));
            let named = fields.names.first().is_some_and(|name| party.contains(&name.value));
            if best.as_ref().is_none_or(|(earlier, _)| named && !earlier) {
                let last = run.get(17).map_or(position, |digit| digit.position + 1);
                best = Some((named, text.found(number, PERHAPS_OF_ANOTHER, position..last)));
            }
        }
        position = end_of_group(&run, position);
    }
    fields.id_number = best.map(|(_, found)| found);
}
