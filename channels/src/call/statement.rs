//! From who said what to the one normal form.

use std::ops::Range;

use case::field::{Confidence, Field, Source};
use case::identity::phone::Phone;
use case::petitioner::Petitioner;
use case::statement::{BODY_LIMIT, Mark, Passage, PassageKind, Statement};
use case::text::truncate;
use jiff::civil::Date;

use super::answer;
use super::role::{Role, roles};
use super::transcript::{Transcript, Turn};
use crate::fields::{self, Context, Fields, Found, Located};

/// How sure a number is that was said and read back alike.
const AGREED: f32 = 0.99;
/// How sure it is that the number which called is the petitioner's own.
const CALLER_NUMBER: f32 = 0.8;
/// How sure a number is that only the operator said and the caller agreed to.
const READ_BACK: f32 = 0.9;
/// How well a recogniser hears words, when it does not tell.
const HEARD: f32 = 0.9;

/// The caller's words as one text, with the moment of each part.
#[derive(Default)]
struct Words {
    text: String,
    /// Number of characters in `text`.
    length: usize,
    /// First character of each turn and when it was said.
    moments: Vec<(usize, Option<u64>)>,
}

impl Words {
    /// Adds a turn. Turns of one run are one paragraph: recognisers cut at every breath.
    fn add(&mut self, turn: &Turn, goes_on: bool) {
        if !self.text.is_empty() {
            let ended = self.text.ends_with(['。', '！', '？', '，', '；', '!', '?', ',', ';', '、', '：', ':']);
            match (goes_on, ended) {
                (true, true) => {}
                (true, false) => self.push("，"),
                (false, _) => self.push("\n"),
            }
        }
        self.moments.push((self.length, turn.milliseconds));
        self.push(&turn.text);
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// When the characters of `range` began to be said.
    fn locate(&self, range: &Range<usize>) -> Located {
        let place = self.moments.partition_point(|(start, _)| *start <= range.start);
        match place.checked_sub(1).and_then(|turn| self.moments.get(turn)).and_then(|(_, moment)| *moment) {
            Some(milliseconds) => Located { source: Source::Moment { milliseconds }, confidence: Confidence::CERTAIN },
            None => Located::body(range),
        }
    }
}

/// The statement of a call.
pub(super) fn from_transcript(transcript: &Transcript, received_on: Option<Date>) -> Statement {
    let roles = roles(&transcript.turns);
    let mut words = Words::default();
    let mut beside = Vec::new();
    let mut previous = None;
    for (turn, role) in transcript.turns.iter().zip(&roles) {
        match role {
            Role::Caller => words.add(turn, previous == Some(Role::Caller)),
            Role::Operator => beside.push(Passage {
                kind: PassageKind::Operator,
                text: truncate(&turn.text, BODY_LIMIT).to_owned(),
                milliseconds: turn.milliseconds,
            }),
        }
        previous = Some(*role);
    }
    let context = Context { received_on };
    let mut found = fields::read(&words.text, &context);
    // Days that are told in a call are days on which something happened.
    found.written_on = None;
    found.impossible.retain(|impossible| impossible.field != "written_on");
    answers(&transcript.turns, &roles, &words, &mut found);
    let mut statement = found.into_statement(&words.text, |range| words.locate(range));
    statement
        .marks
        .retain(|mark| !matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone | Mark::NoText));
    statement.beside = beside;
    if statement.title.value.is_empty() {
        let made: String = words.text.lines().next().unwrap_or_default().chars().take(40).collect();
        statement.title = Field::new(made, Confidence::new(0.3), words.locate(&(0..1)).source);
    }
    caller_number(&mut statement, transcript.caller_number.as_deref());
    started_at(&mut statement, transcript.started_at.as_deref(), received_on);
    statement.with_missing_marked()
}

/// Adds what was asked and answered, and what was read back and agreed to.
fn answers(turns: &[Turn], roles: &[Role], words: &Words, found: &mut Fields) {
    let mut caller_turns = words.moments.iter().map(|(start, _)| *start);
    let mut pairs: Vec<(&Turn, Role, Option<usize>)> = Vec::with_capacity(turns.len());
    for (turn, role) in turns.iter().zip(roles) {
        let start = if *role == Role::Caller { caller_turns.next() } else { None };
        pairs.push((turn, *role, start));
    }
    for (place, (turn, role, _)) in pairs.iter().enumerate() {
        if *role != Role::Operator {
            continue;
        }
        let reply = pairs.get(place + 1).filter(|(_, role, _)| *role == Role::Caller);
        if let Some((reply, _, Some(start))) = reply {
            let range = *start..*start + reply.text.chars().count();
            take_answer(answer::to_question(&turn.text, &reply.text), &range, found);
        }
        read_back(&turn.text, reply, found);
    }
}

/// Takes an answer where nothing better was found; it rests on `range` of the caller's words.
fn take_answer(answered: Fields, range: &Range<usize>, found: &mut Fields) {
    fn placed<T>(found: Found<T>, range: &Range<usize>) -> Found<T> {
        Found { confidence: found.confidence.min(Confidence::new(HEARD)), range: range.clone(), ..found }
    }
    if found.names.is_empty() {
        found.names.extend(answered.names.into_iter().take(1).map(|name| placed(name, range)));
    }
    for phone in answered.phones {
        match found.phones.iter_mut().find(|known| known.value == phone.value) {
            // Given in answer to the question, it is the number to call back.
            Some(known) => known.confidence = Confidence::new(known.confidence.value().max(0.95)),
            None => found.phones.push(placed(phone, range)),
        }
    }
    found.id_number = found.id_number.take().or_else(|| answered.id_number.map(|number| placed(number, range)));
    found.address = found.address.take().or_else(|| answered.address.map(|address| placed(address, range)));
    for impossible in answered.impossible {
        let known = found.impossible.iter().any(|other| other.written == impossible.written);
        if !known {
            found.impossible.push(fields::Impossible { range: range.clone(), ..impossible });
        }
    }
}

/// A number that the operator reads back: alike, it makes the caller's sure; agreed to, it stands where the caller's was
/// not understood.
fn read_back(operator: &str, reply: Option<&(&Turn, Role, Option<usize>)>, found: &mut Fields) {
    let repeated = fields::read(operator, &Context::default());
    let agreed = reply.filter(|(turn, _, _)| answer::agrees(&turn.text));
    for phone in repeated.phones {
        if let Some(known) = found.phones.iter_mut().find(|known| known.value == phone.value) {
            known.confidence = Confidence::new(AGREED);
        } else if let Some((turn, _, Some(start))) = agreed {
            let range = *start..*start + turn.text.chars().count();
            found.phones.insert(0, Found { value: phone.value, confidence: Confidence::new(READ_BACK), range });
            // What was not understood the first time is settled.
            found.impossible.retain(|impossible| impossible.field != "phone");
        }
    }
    if let (Some(number), Some((turn, _, Some(start)))) = (repeated.id_number, agreed) {
        let range = *start..*start + turn.text.chars().count();
        match &mut found.id_number {
            Some(known) if known.value == number.value => known.confidence = Confidence::new(AGREED),
            Some(_) => {}
            None => {
                found.id_number = Some(Found { value: number.value, confidence: Confidence::new(READ_BACK), range });
                found.impossible.retain(|impossible| impossible.field != "id_number");
            }
        }
    }
}

/// The number that called is one to call back on.
fn caller_number(statement: &mut Statement, written: Option<&str>) {
    let Some(phone) = written.and_then(|written| Phone::parse(written).ok()) else { return };
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    let Some(first) = statement.petitioners.first_mut() else { return };
    match first.phones.iter_mut().find(|known| known.value == phone) {
        Some(known) => known.confidence = Confidence::new(AGREED),
        None => {
            let source = Source::Form { name: "caller_number".to_owned() };
            first.phones.push(Field::new(phone, Confidence::new(CALLER_NUMBER), source));
        }
    }
    first.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
}

/// The day of the call.
fn started_at(statement: &mut Statement, written: Option<&str>, received_on: Option<Date>) {
    let Some(written) = written else { return };
    let stamp =
        written.parse::<jiff::Timestamp>().ok().map(|time| jiff::tz::Offset::constant(8).to_datetime(time).date());
    let day = || {
        fields::written_date(truncate(written, 10)).or_else(|| fields::written_date(written.split_whitespace().next()?))
    };
    let latest = received_on.and_then(|received| received.tomorrow().ok());
    match stamp.or_else(day).filter(|day| latest.is_none_or(|latest| *day <= latest)) {
        Some(day) => {
            let source = Source::Form { name: "started_at".to_owned() };
            statement.written_on = Some(Field::new(day, Confidence::new(0.95), source));
        }
        None => statement
            .marks
            .push(Mark::Impossible { field: "written_on".to_owned(), written: truncate(written, 100).to_owned() }),
    }
}
