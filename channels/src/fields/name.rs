//! Who speaks: the names of the petitioners.
//!
//! Three places tell it: a label (`信访人：…`), the words by which people introduce themselves (`我叫…`, `我是…村民…`), and the
//! signature. Whoever is addressed or complained about is not a petitioner.

mod introduction;
mod label;
mod list;
mod organisation;
mod proxy;
mod signature;
mod surname;
mod table;
mod words;

use std::ops::Range;

use case::field::Confidence;

use self::introduction::introduced;
use self::label::labelled;
use self::list::{signing_list, together};
use self::organisation::{organisation_alone, own_organisation, sealed_organisation, signing_organisation};
use self::proxy::{principal, proxy};
use self::signature::{signed, signing_relative};
use self::surname::by_surname;
use self::table::{belongs_to_another, beside_numbers, numbered};
pub(super) use self::words::{FOR_SOMEBODY, KIN, LABELS};
use self::words::{ORGANISATIONS, SPOKEN_FOR};
use super::surname::Name;
use super::{Fields, Found, Text, enclosure, spelling};

/// The most names that are taken from one label or signature.
const NAMES_LIMIT: usize = 100;
/// How many lines from the end may hold the signature.
const SIGNATURE_LINES: usize = 6;
/// A name that may be that of the other side is asked.
const ASKED: f32 = 0.5;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut names: Vec<Found<String>> = Vec::new();
    if let Some(range) = signing_organisation(text) {
        add(text, &mut names, range, 0.85);
    }
    // Who is named beside an organisation that signs with its seal only speaks for it.
    if let Some(range) = sealed_organisation(text) {
        add(text, &mut names, range, 0.9);
    }
    for (found, confidence) in introduced(text) {
        add(text, &mut names, found, confidence);
    }
    for (found, confidence) in by_surname(text) {
        add(text, &mut names, found, confidence);
    }
    let beside = beside_numbers(text);
    let mut rows: Vec<_> = numbered(text).into_iter().chain(labelled(text)).collect();
    rows.sort_by_key(|(range, _)| range.start);
    for (found, confidence) in rows.into_iter().chain(together(text)).chain(signers(text, &beside)) {
        add(text, &mut names, found, confidence);
    }
    // Who signs for an organisation, or can be asked there, is not another petitioner.
    let is_organisation = |name: &str| ORGANISATIONS.iter().any(|ending| name.ends_with(ending));
    let speaks_for_itself = names.iter().any(|found| is_organisation(&found.value));
    if names.first().is_some_and(|first| is_organisation(&first.value)) {
        names.retain(|found| is_organisation(&found.value) || !is_contact(text, found));
    }
    for (found, confidence) in signed(text).into_iter().filter(|_| !speaks_for_itself) {
        add(text, &mut names, found, confidence);
    }
    // `…业主委员会` signs alone, and somebody is named to be asked there: which of both petitions, the words do not say.
    if organisation_alone(text)
        && let Some(first) = names.first_mut().filter(|first| !is_organisation(&first.value) && is_contact(text, first))
    {
        first.confidence = first.confidence.min(Confidence::new(ASKED));
    }
    spoken_for(text, fields, &mut names);
    if fields.proxy.is_none()
        && let Some(range) = proxy(text)
    {
        let name = text.string(range.clone());
        names.retain(|known| known.value != name);
        fields.proxy = Some(text.found(name, 0.9, range));
    }
    if names.is_empty() {
        only_at_the_end(text, fields, &mut names);
    }
    // Whoever speaks for themselves is not complained about, whatever trouble their sentence tells of.
    let own: Vec<String> = own_organisation(text)
        .into_iter()
        .map(|(range, _)| range)
        .chain(sealed_organisation(text))
        .chain(signing_organisation(text))
        .map(|range| text.string(range))
        .collect();
    fields.respondents.retain(|respondent| !own.contains(&respondent.name.value));
    // Somebody who is complained about may be called by a label (`负责人：`), but does not speak.
    for found in &mut names {
        confirm(text, found);
    }
    names.retain(|found| !fields.respondents.iter().any(|respondent| respondent.name.value == found.value));
    leave_out_enclosed(text, &mut names);
    names.truncate(NAMES_LIMIT);
    fields.names = names;
    belongs_to_another(text, &beside, fields);
}

/// Who signs with a number and who with a thumb, in the order in which they stand.
fn signers(text: &Text, beside: &[Name]) -> Vec<(Range<usize>, f32)> {
    let sure = |name: &Name| if name.known_surname { 0.8 } else { ASKED };
    let mut signers = signing_list(text);
    signers.extend(beside.iter().map(|name| (name.range.clone(), sure(name))));
    signers.sort_by_key(|(range, _)| range.start);
    signers
}

/// Puts whoever is spoken for before who speaks for them, who becomes the proxy.
fn spoken_for(text: &Text, fields: &mut Fields, names: &mut Vec<Found<String>>) {
    // Who speaks for a relative says who they are; the petition is the relative's.
    let for_somebody = text.any_of(0..text.len(), FOR_SOMEBODY) || text.any_of(0..text.len(), SPOKEN_FOR);
    if (names.is_empty() || for_somebody)
        && let Some((found, confidence)) = principal(text)
    {
        let speaker = names.first().map(|first| first.value.clone());
        let alone = introduced(text).len() == 1 || names.len() == 1;
        let speaks = for_somebody && alone;
        add(text, names, found.clone(), confidence);
        let name = text.string(found);
        if let Some(place) = names.iter().position(|one| one.value == name).filter(|place| *place > 0 && speaks) {
            let principal = names.remove(place);
            let is_first = names.first().is_some_and(|first| Some(&first.value) == speaker.as_ref());
            fields.proxy = is_first.then(|| names.remove(0));
            names.insert(0, principal);
        }
    }
}

/// Who holds the pen, or a relative who signs, where nobody else is named.
fn only_at_the_end(text: &Text, fields: &mut Fields, names: &mut Vec<Found<String>>) {
    // `全体村民，执笔人：符大有`: where nobody else is named, who holds the pen is one of those who write.
    if let Some(writer) = fields.proxy.take_if(|writer| holds_pen(text, writer)) {
        names.push(Found { confidence: writer.confidence.min(Confidence::new(0.7)), ..writer });
    }
    if names.is_empty()
        && fields.proxy.is_none()
        && let Some((range, confidence)) = signing_relative(text)
    {
        add(text, names, range, confidence);
    }
}

/// Who is named in what was enclosed is nobody more, when the letter itself says who writes.
fn leave_out_enclosed(text: &Text, names: &mut Vec<Found<String>>) {
    let Some(begins) = enclosure::begins(text) else { return };
    let enclosed = text.origin(begins..begins + 1).start;
    if names.iter().any(|found| found.range.start < enclosed) {
        names.retain(|found| found.range.start < enclosed);
    }
}

/// `执笔人：…`, by whom several write together.
fn holds_pen(text: &Text, writer: &Found<String>) -> bool {
    text.position(writer.range.start).is_some_and(|start| {
        let label = (0..start).rev().find(|at| !matches!(text.at(*at), Some(' ' | ':'))).map_or(0, |last| last + 1);
        label.checked_sub(3).is_some_and(|begins| text.has(begins, "执笔人"))
    })
}

/// `联系人：办公室 佘静`: a name behind this label.
fn is_contact(text: &Text, found: &Found<String>) -> bool {
    const REACH: usize = 12;
    text.position(found.range.start).is_some_and(|start| {
        let label = text.all_of(start.saturating_sub(REACH)..start, &["联系人"]).last();
        label.is_some_and(|(_, label)| !text.chars(label.end..start).contains(&'\n'))
    })
}

/// Adds a name; the same name found again makes the first find surer, a name that differs in one character of as many (a misreading), or
/// that ends its line without its last one (`王保` at the edge of a scan that names `王保田`), makes it doubtful: a person is asked.
fn add(text: &Text, names: &mut Vec<Found<String>>, range: Range<usize>, confidence: f32) {
    // `万　芳` is written wide beside names of three characters.
    let name = text.string(range.clone()).replace(' ', "").replace(['。', '.'], "·");
    let found = text.found(name, confidence, range);
    let near = |one: &str, other: &str| {
        one.chars().count() == other.chars().count()
            && one.chars().count() > 1
            && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
            && one.chars().next() == other.chars().next()
            && one.chars().count() > 2
    };
    if names.len() > NAMES_LIMIT {
        return;
    }
    let cut = |one: &Found<String>, other: &Found<String>| {
        one.value.chars().count() + 1 == other.value.chars().count()
            && other.value.starts_with(&one.value)
            && text.position(one.range.end).is_none_or(|end| text.at(end) == Some('\n'))
    };
    if let Some(same) = names.iter_mut().find(|same| same.value == found.value) {
        if same.range != found.range {
            let both = 1.0 - (1.0 - same.confidence.value()) * (1.0 - found.confidence.value());
            same.confidence = Confidence::new(both.min(0.99));
        }
    } else if let Some(other) = names
        .iter_mut()
        .find(|other| near(&other.value, &found.value) && !stand_together(text, &other.value, &found.value))
    {
        if found.confidence > other.confidence {
            *other = found;
        }
        other.confidence = other.confidence.min(Confidence::new(0.55));
    } else if let Some(whole) = names.iter_mut().find(|other| cut(&found, other) || cut(other, &found)) {
        if cut(whole, &found) {
            *whole = found;
        }
        whole.confidence = whole.confidence.min(Confidence::new(0.55));
    } else {
        names.push(found);
    }
}

/// Whether the two names stand beside each other in one list anywhere: brothers, however alike they are called.
fn stand_together(text: &Text, one: &str, other: &str) -> bool {
    let places = |name: &str| {
        let length = name.chars().count();
        (0..text.len()).filter(|at| text.has(*at, name)).map(|at| text.origin(at..at + length)).collect::<Vec<_>>()
    };
    let others = places(other);
    places(one).iter().any(|first| others.iter().any(|second| list::lists(text, first, second)))
}

/// Holds a name against the characters that are spelled out behind it. The spelling decides: what sounds alike is only a guess
/// until then.
fn confirm(text: &Text, found: &mut Found<String>) {
    let Some(position) = text.position(found.range.end) else { return };
    let (spelled, _) = spelling::run(text, position);
    let name: Vec<char> = found.value.chars().collect();
    if spelled.is_empty() || name.len() > 4 || spelled.len() > name.len() {
        return;
    }
    // `张三，弓长张` spells the surname, `马文庆，文化的文，庆祝的庆` what follows it.
    let places = name.len() - spelled.len()..name.len();
    let given = name.get(places.clone()).unwrap_or_default();
    let differing = given.iter().zip(&spelled).filter(|(one, other)| one != other).count();
    let confirmed = differing == 0 || spelled.iter().all(|character| name.contains(character));
    if confirmed {
        found.confidence = Confidence::new(found.confidence.value().max(0.98));
    } else if places.start == 1 && differing == 1 {
        found.value = name.iter().take(1).chain(&spelled).collect();
        found.confidence = Confidence::new(0.85);
    } else {
        found.confidence = found.confidence.min(Confidence::new(0.55));
    }
}
