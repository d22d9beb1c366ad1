//! More than one caller on the line: each with their own name and number.

use case::identity::phone::Phone;
use case::petitioner::Petitioner;
use case::statement::Statement;

use super::super::role::Role;
use super::Spoken;
use crate::fields::{self, Context, Fields, Found};

/// What somebody said of themselves who spoke beside the first caller.
pub(super) struct OtherCaller {
    name: String,
    phones: Vec<Phone>,
    address: Option<String>,
}

/// Finds those who speak beside the first caller, where the transcript tells callers apart, and adds their names.
pub(super) fn other_callers(spoken: &[Spoken<'_>], found: &mut Fields) -> Vec<OtherCaller> {
    let callers = || spoken.iter().filter(|turn| turn.role == Role::Caller);
    let mut others = Vec::new();
    let Some(first) = callers().find_map(|turn| turn.turn.speaker.as_deref()) else { return others };
    let mut numbers: Vec<(Option<&str>, Vec<Phone>, Option<String>)> = Vec::new();
    let mut speakers: Vec<(Option<&str>, usize)> = Vec::new();
    for turn in callers().filter(|turn| turn.turn.speaker.as_deref().is_some_and(|speaker| speaker != first)) {
        let said = fields::read(turn.read, &Context::default());
        let phones: Vec<Phone> = said.phones.into_iter().map(|phone| phone.value).collect();
        let address = said.address.map(|address| address.value);
        let speaker = turn.turn.speaker.as_deref();
        let Some(name) = said.names.into_iter().next() else {
            numbers.push((speaker, phones, address));
            continue;
        };
        speakers.push((speaker, others.len()));
        others.push(OtherCaller { name: name.value.clone(), phones, address });
        if !found.names.iter().any(|known| known.value == name.value) {
            let range = name.range.start + turn.start..name.range.end + turn.start;
            found.names.push(Found { range, ..name });
        }
    }
    // What somebody says of themselves in another turn than the one in which they give their name.
    for (speaker, phones, address) in numbers {
        let known = speakers.iter().find(|(other, _)| *other == speaker).and_then(|(_, place)| others.get_mut(*place));
        if let Some(other) = known {
            other.phones.extend(phones);
            other.address = other.address.take().or(address);
        }
    }
    others
}

/// Gives each of the other callers what they said of themselves: it is not the first caller's.
pub(super) fn part_callers(statement: &mut Statement, others: &[OtherCaller]) {
    let Some((first, rest)) = statement.petitioners.split_first_mut() else { return };
    for other in others {
        let is_theirs = |one: &&mut Petitioner| one.name.as_ref().is_some_and(|name| name.value == other.name);
        let Some(person) = rest.iter_mut().find(is_theirs) else { continue };
        person.phones.extend(first.phones.extract_if(.., |phone| other.phones.contains(&phone.value)));
        if first.address.as_ref().is_some_and(|home| Some(&home.value) == other.address.as_ref()) {
            person.address = first.address.take();
        }
    }
}
