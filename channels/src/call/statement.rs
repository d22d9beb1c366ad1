//! From who said what to the one normal form.

mod others;

use std::ops::Range;

use case::field::{Confidence, Field, Source, Verdict};
use case::identity::phone::Phone;
use case::mention::{Mention, MentionKind};
use case::petitioner::Petitioner;
use case::statement::{BODY_LIMIT, Mark, Passage, PassageKind, Statement};
use case::text::truncate;
use jiff::civil::Date;

use super::piecemeal::Pieces;
use super::reading_copy::ReadingCopy;
use super::record::CallRecord;
use super::role::{self, Role, roles};
use super::settled::Settled;
use super::transcript::{Transcript, Turn};
use super::{answer, correction};
use crate::fields::{self, Context, Fields, Found, Located};
use others::{other_callers, part_callers};

/// How sure a number is that was said and read back alike.
const AGREED: f32 = 0.99;
/// How sure it is that the number which called is the petitioner's own.
const CALLER_NUMBER: f32 = 0.8;
/// How sure a number is that only the operator said and the caller agreed to.
const READ_BACK: f32 = 0.9;
/// How well a recogniser hears words, when it does not tell.
const HEARD: f32 = 0.9;
/// The figures of an identity number, its check character aside.
const LEAST_OF_IDENTITY: usize = 17;
/// The most turns over which a number may be said in groups.
const GROUPS: usize = 16;

/// The caller's words as one text, with the turn of each part.
#[derive(Default)]
struct Words<'call> {
    text: String,
    /// Number of characters in `text`.
    length: usize,
    /// First character of each turn, the turn, and how its words are read.
    turns: Vec<(usize, &'call Turn, &'call ReadingCopy)>,
}

/// A turn with who speaks, how it is read, and where it begins in the caller's words.
struct Spoken<'call> {
    turn: &'call Turn,
    role: Role,
    read: &'call str,
    start: usize,
}

impl Spoken<'_> {
    /// The characters of the caller's words that it has.
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.read.chars().count()
    }
}

impl<'call> Words<'call> {
    /// Adds a turn; gives where it begins. Turns of one run are one paragraph: recognisers cut at every breath.
    fn add(&mut self, turn: &'call Turn, copy: &'call ReadingCopy, goes_on: bool) -> usize {
        if copy.text.trim().is_empty() {
            // It has nothing to read; what rests on it rests on the words before it.
            return self.length.saturating_sub(1);
        }
        if !self.text.is_empty() {
            let ended = self.text.ends_with(['。', '！', '？', '，', '；', '!', '?', ',', ';', '、', '：', ':']);
            match (goes_on, ended) {
                (true, true) => {}
                (true, false) => self.push("，"),
                (false, _) => self.push("\n"),
            }
        }
        let start = self.length;
        self.turns.push((start, turn, copy));
        self.push(&copy.text);
        start
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// When the characters of `range` began to be said, and how well they were heard.
    fn locate(&self, range: &Range<usize>) -> Located {
        let place = self.turns.partition_point(|(start, _, _)| *start <= range.start);
        let found = place.checked_sub(1).and_then(|turn| self.turns.get(turn));
        let Some((start, turn, copy)) = found else { return Located::body(range) };
        let confidence = turn.heard.map_or(Confidence::CERTAIN, Confidence::new);
        match turn.moment(copy.heard(range.start - start)) {
            Some(milliseconds) => Located { source: Source::Moment { milliseconds }, confidence },
            None => Located { confidence, ..Located::body(range) },
        }
    }
}

/// The statement of a call, and the call turn by turn.
pub(super) fn from_transcript(mut transcript: Transcript, received_on: Option<Date>) -> (Statement, CallRecord) {
    transcript.turns = role::parted(transcript.turns);
    let roles = roles(&transcript.turns);
    let copies: Vec<ReadingCopy> = transcript.turns.iter().map(|turn| ReadingCopy::of(&turn.text)).collect();
    let record = CallRecord::of(&transcript.turns, &roles, &copies);
    let mut words = Words::default();
    let mut beside = Vec::new();
    let mut spoken: Vec<Spoken<'_>> = Vec::with_capacity(roles.len());
    for ((turn, copy), role) in transcript.turns.iter().zip(&copies).zip(&roles) {
        let goes_on = spoken.last().is_some_and(|before| before.role == Role::Caller);
        let start = match role {
            Role::Caller => words.add(turn, copy, goes_on),
            Role::Operator => {
                beside.push(Passage {
                    kind: PassageKind::Operator,
                    text: truncate(&turn.text, BODY_LIMIT).to_owned(),
                    milliseconds: turn.milliseconds,
                });
                words.length
            }
        };
        spoken.push(Spoken { turn, role: *role, read: &copy.text, start });
    }
    let day = transcript.started_at.as_deref().and_then(|written| day_of(written, received_on)).or(received_on);
    let context = Context { received_on: day };
    let mut found = fields::read(&words.text, &context);
    // Days that are told in a call are days on which something happened: they are mentioned.
    found.written_on = None;
    found.impossible.retain(|impossible| impossible.field != "written_on");
    correction::settle(&words.text, &mut found);
    let others = other_callers(&spoken, &mut found);
    let mut settled = Settled::default();
    answers(&spoken, &mut found, &mut settled);
    let numbers = numbers(&found, &words);
    let mut statement = found.into_statement(&words.text, |range| words.locate(range));
    statement
        .marks
        .retain(|mark| !matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone | Mark::NoText));
    statement.beside = beside;
    part_callers(&mut statement, &others);
    if statement.title.value.is_empty() {
        let made: String = words.text.lines().next().unwrap_or_default().chars().take(40).collect();
        statement.title = Field::new(made, Confidence::new(0.3), words.locate(&(0..1)).source);
    }
    let mut named = fields::mentions(&words.text, &context);
    correction::settle_mentions(&words.text, &mut named);
    let named = named.into_iter().map(|found| mention_at(found, |range| words.locate(range)));
    statement.mentions = numbers.into_iter().chain(named).collect();
    caller_number(&mut statement, transcript.caller_number.as_deref(), &mut settled);
    started_at(&mut statement, transcript.started_at.as_deref(), received_on);
    settled.judge(&mut statement);
    (statement.with_missing_marked(), record)
}

/// The words by which the petitioner's numbers were said.
fn numbers(found: &Fields, words: &Words<'_>) -> Vec<Mention> {
    /// A number that was only agreed to was not said by the caller.
    const LEAST_FIGURES: usize = 3;
    let mention = |kind, value: &str, range: &Range<usize>, confidence: Confidence| {
        let said: String = words.text.chars().skip(range.start).take(range.len()).collect();
        let figures = said.chars().filter(|character| fields::is_figure(*character)).count();
        let value = Field::new(value.to_owned(), confidence, words.locate(range).source).judged(Verdict::Valid);
        (figures >= LEAST_FIGURES).then_some(Mention { kind, said, value })
    };
    let phones =
        found.phones.iter().map(|phone| (MentionKind::Phone, phone.value.as_str(), &phone.range, phone.confidence));
    let id = found.id_number.iter().map(|id| (MentionKind::IdNumber, id.value.as_str(), &id.range, id.confidence));
    phones.chain(id).filter_map(|(kind, value, range, confidence)| mention(kind, value, range, confidence)).collect()
}

/// A mention whose characters `locate` finds.
pub(super) fn mention_at(found: fields::Mentioned, locate: impl Fn(&Range<usize>) -> Located) -> Mention {
    let located = locate(&found.range);
    let value = Field::new(found.value, found.confidence.min(located.confidence), located.source).judged(found.verdict);
    Mention { kind: found.kind, said: found.said, value }
}

/// Adds what was asked and answered, and what was read back and agreed to.
fn answers(spoken: &[Spoken<'_>], found: &mut Fields, settled: &mut Settled) {
    let mut pieces = Pieces::default();
    let questions = spoken.iter().enumerate().filter(|(_, turn)| turn.role == Role::Operator);
    for (number, (place, asked)) in questions.enumerate() {
        let reply = spoken.get(place + 1).filter(|turn| turn.role == Role::Caller);
        if let Some(reply) = reply {
            pieces.hear(number, &asked.turn.text, reply.read, reply.range());
            let behind = spoken.get(place + 1..).unwrap_or_default();
            if answer::asks_for_principal(&asked.turn.text) {
                take_principal(reply, found);
                continue;
            }
            if !in_groups(&asked.turn.text, behind, found) {
                let mut answered = answer::to_question(&asked.turn.text, reply.read);
                if number == 0 && asked.turn.text.contains('好') {
                    // `您好，请问有什么诉求？` greets; the answer tells the matter.
                    answered.demand = None;
                }
                take_answer(answered, &reply.range(), found);
            }
        }
        read_back(&asked.turn.text, reply, found, settled);
    }
    pieces.put_together(found);
}

/// Takes the name of the one for whom the caller speaks: the petition is theirs, and who has called is their proxy.
fn take_principal(reply: &Spoken<'_>, found: &mut Fields) {
    let Some(name) = answer::name(reply.read) else { return };
    let confidence = name.confidence.min(Confidence::new(HEARD));
    let principal = Found { confidence, range: reply.range(), ..name };
    let caller = found.names.iter().position(|known| known.value != principal.value);
    if found.proxy.is_none() {
        found.proxy = caller.map(|place| found.names.remove(place));
    }
    found.names.retain(|known| known.value != principal.value);
    found.names.insert(0, principal);
}

/// Takes a number that is said in groups, each of which the operator may repeat. Whether there was one.
fn in_groups(question: &str, behind: &[Spoken<'_>], found: &mut Fields) -> bool {
    if !answer::asks_for_number(question) {
        return false;
    }
    let mut joined = String::new();
    let mut whole: Option<Range<usize>> = None;
    let mut groups = 0;
    for turn in behind.iter().take(GROUPS) {
        match turn.role {
            Role::Caller if answer::is_group(turn.read) => {
                joined.push_str(turn.read.trim_end_matches(['。', '，', ',', '.']));
                let range = turn.range();
                whole = Some(whole.map_or(range.start, |whole| whole.start)..range.end);
                groups += 1;
            }
            Role::Operator if answer::goes_along(&turn.turn.text) => {}
            Role::Caller | Role::Operator => break,
        }
    }
    let Some(range) = whole.filter(|_| groups > 1) else { return false };
    let answered = answer::to_question(question, &joined);
    if answered.phones.is_empty() && answered.id_number.is_none() {
        return false;
    }
    // A group alone was no number.
    found.impossible.retain(|impossible| impossible.range.end <= range.start || impossible.range.start >= range.end);
    take_answer(Fields { impossible: Vec::new(), ..answered }, &range, found);
    true
}

/// Takes an answer where nothing better was found; it rests on `range` of the caller's words.
fn take_answer(answered: Fields, range: &Range<usize>, found: &mut Fields) {
    fn placed<T>(found: Found<T>, range: &Range<usize>) -> Found<T> {
        Found { confidence: found.confidence.min(Confidence::new(HEARD)), range: range.clone(), ..found }
    }
    if let Some(name) = answered.names.into_iter().next() {
        // `我姓娄，娄师傅，叫娄建平`: the whole name.
        let called = |known: &Found<String>| answer::is_form_of_address_of(&known.value, &name.value);
        match found.names.iter().position(called) {
            Some(place) => found.names.splice(place..=place, [placed(name, range)]).for_each(drop),
            None if found.names.is_empty() => found.names.push(placed(name, range)),
            None => {}
        }
    }
    for phone in answered.phones {
        match found.phones.iter_mut().find(|known| known.value == phone.value) {
            // Given in answer to the question, it is the number to call back.
            Some(known) => known.confidence = Confidence::new(known.confidence.value().max(0.95)),
            None => found.phones.push(placed(phone, range)),
        }
    }
    // Who is asked what they want says it.
    found.demand = answered.demand.map(|demand| placed(demand, range)).or_else(|| found.demand.take());
    found.id_number = found.id_number.take().or_else(|| answered.id_number.map(|number| placed(number, range)));
    // What was asked for is the whole of it where the words before gave only a part.
    let longer = |answered: &Found<String>, known: &Found<String>| {
        answered.value.chars().count() > known.value.chars().count() && answered.value.starts_with(&known.value)
    };
    if let Some(address) = answered.address {
        let is_better = found.address.as_ref().is_none_or(|known| longer(&address, known));
        found.address = if is_better { Some(placed(address, range)) } else { found.address.take() };
    }
    for respondent in answered.respondents {
        let known = found.respondents.iter().any(|known| known.name.value.contains(&respondent.name.value));
        if !known {
            found.respondents.push(fields::FoundRespondent { name: placed(respondent.name, range), ..respondent });
        }
    }
    for impossible in answered.impossible {
        let known = found.impossible.iter().any(|other| other.written == impossible.written);
        if !known {
            found.impossible.push(fields::Impossible { range: range.clone(), ..impossible });
        }
    }
}

/// A number that the operator reads back: alike, it makes the caller's sure; agreed to, it stands where the caller's was
/// not understood; denied, it is none.
fn read_back(operator: &str, reply: Option<&Spoken<'_>>, found: &mut Fields, settled: &mut Settled) {
    let mut repeated = fields::read(operator, &Context::default());
    // `130682，19580314，004X，是吗？`: groups without a label are a list anywhere else.
    let figures = operator.chars().filter(|character| fields::is_figure(*character)).count();
    if repeated.id_number.is_none() && figures >= LEAST_OF_IDENTITY {
        repeated.id_number = fields::read(&format!("身份证号：{operator}"), &Context::default()).id_number;
    }
    let agreed = reply.filter(|reply| answer::agrees(&reply.turn.text));
    let denied = reply.filter(|reply| answer::denies(&reply.turn.text));
    for phone in repeated.phones {
        if let Some(reply) = denied {
            let instead = fields::read(reply.read, &Context::default()).phones;
            if instead.iter().any(|other| other.value != phone.value) {
                found.phones.retain(|known| known.value != phone.value);
            }
            settled.denied.push(phone.value);
        } else if let Some(known) = found.phones.iter_mut().find(|known| known.value == phone.value) {
            known.confidence = Confidence::new(AGREED);
            settled.confirmed.push(phone.value);
        } else if let Some(reply) = agreed {
            let confidence = Confidence::new(READ_BACK);
            settled.confirmed.push(phone.value.clone());
            found.phones.insert(0, Found { value: phone.value, confidence, range: reply.range() });
            // What was not understood the first time is settled.
            found.impossible.retain(|impossible| impossible.field != "phone");
        }
    }
    if let (Some(number), Some(reply)) = (repeated.id_number, agreed) {
        match &mut found.id_number {
            Some(known) if known.value == number.value => known.confidence = Confidence::new(AGREED),
            Some(_) => return,
            None => {
                let confidence = Confidence::new(READ_BACK);
                found.id_number = Some(Found { value: number.value, confidence, range: reply.range() });
                found.impossible.retain(|impossible| impossible.field != "id_number");
            }
        }
        settled.id_number = true;
    }
}

/// The same for a call that was typed.
pub(super) fn caller_number_of_typed(statement: &mut Statement, written: Option<&str>) {
    caller_number(statement, written, &mut Settled::default());
    statement.marks.retain(|mark| *mark != Mark::MissingPhone);
    *statement = statement.clone().with_missing_marked();
}

/// The number that called is one to call back on.
fn caller_number(statement: &mut Statement, written: Option<&str>, settled: &mut Settled) {
    let Some(phone) = written.and_then(|written| Phone::parse(written).ok()) else { return };
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    let Some(first) = statement.petitioners.first_mut() else { return };
    match first.phones.iter_mut().find(|known| known.value == phone) {
        Some(known) => {
            known.confidence = Confidence::new(AGREED);
            settled.confirmed.push(phone);
        }
        None => {
            let source = Source::Form { name: "caller_number".to_owned() };
            first.phones.push(Field::new(phone, Confidence::new(CALLER_NUMBER), source));
        }
    }
    first.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
}

/// The day of the call, as `written`, when it can be: a call that was not made yet is none.
fn day_of(written: &str, received_on: Option<Date>) -> Option<Date> {
    let stamp =
        written.parse::<jiff::Timestamp>().ok().map(|time| jiff::tz::Offset::constant(8).to_datetime(time).date());
    let day = || {
        fields::written_date(truncate(written, 10)).or_else(|| fields::written_date(written.split_whitespace().next()?))
    };
    let latest = received_on.and_then(|received| received.tomorrow().ok());
    stamp.or_else(day).filter(|day| latest.is_none_or(|latest| *day <= latest))
}

/// 信访日期 of a call is the day on which it was made.
fn started_at(statement: &mut Statement, written: Option<&str>, received_on: Option<Date>) {
    let Some(written) = written else { return };
    match day_of(written, received_on) {
        Some(day) => {
            let source = Source::Form { name: "started_at".to_owned() };
            statement.written_on = Some(Field::new(day, Confidence::new(0.95), source));
        }
        None => statement
            .marks
            .push(Mark::Impossible { field: "written_on".to_owned(), written: truncate(written, 100).to_owned() }),
    }
}
