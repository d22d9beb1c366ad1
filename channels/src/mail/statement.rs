//! The parts of a mail put together into the one normal form.

use std::ops::Range;

use case::field::{Confidence, Field, Source};
use case::petitioner::Petitioner;
use case::problem::{Problem, ProblemCode};
use case::respondent::Respondent;
use case::statement::{BODY_LIMIT, Mark, Passage, PassageKind, Statement};
use case::text::truncate;
use jiff::civil::Date;
use mail_parser::MessageParser;

use super::attachment::{Attachments, Said};
use super::header::Headers;
use super::quote::{self, Forwarded, Outside};
use super::sender::Sender;
use super::title::Subject;
use super::{armor, forwarding_form, pages, people, sender, title};
use crate::Reading;
use crate::fields::{self, Context, Located};
use crate::words::clean;

/// A body with fewer letters than this, or that only points to an attachment, lets the attachment speak.
const POINTER_LENGTH: usize = 60;
/// A body with fewer letters than this says nothing by itself.
const WORDS_NEEDED: usize = 20;
/// Respondents of the subject are added while there are fewer than this.
const RESPONDENTS_OF_SUBJECT: usize = 10;
/// Words by which a mail points to what is attached.
const POINTING: [&str; 9] = ["见附件", "附件", "附上", "随信", "见图", "见照片", "看图", "扫描件", "附后"];

/// What stands in a clause that says who writes, greets or asks to be called, and nothing of a matter.
const AROUND: [&str; 12] =
    ["您好", "你好", "领导", "谢谢", "我叫", "我是", "本人", "电话", "手机", "联系", "此致", "敬礼"];

/// Whether the words point to what is attached and say little beside it: `车辆和行人都过不去，请尽快派人维修，照片见附件` speaks for itself.
fn only_points(words: &str) -> bool {
    let has = |clause: &str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    let clauses = words.split(['，', '。', '；', '：', '！', '？', ',', ';', '\n']);
    let told = clauses.filter(|clause| !has(clause, &POINTING) && !has(clause, &AROUND));
    has(words, &POINTING) && told.flat_map(str::chars).filter(|c| c.is_alphabetic()).count() < WORDS_NEEDED
}

/// `如题`, and below it at most who writes: the matter stands in the subject.
fn points_to_subject(words: &str) -> bool {
    const POINTING: [&str; 9] =
        ["如题", "如題", "见标题", "见主题", "如标题", "如主题", "同标题", "内容见标题", "内容见主题"];
    let first = words.lines().next().unwrap_or_default().trim();
    let first = first.trim_end_matches(['。', '，', '！', '.', ',', '!', ' ']);
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    letters < POINTER_LENGTH && POINTING.contains(&first)
}

/// Puts together what was read. Refuses a mail in which nothing at all is said.
pub(super) fn reading(
    headers: &Headers<'_>,
    text: &str,
    charset_repaired: Option<&'static str>,
    attachments: Attachments,
    received_on: Option<Date>,
) -> Result<Reading, Problem> {
    let (text, is_encrypted) = armor::opened(&clean(text));
    let written = headers.text("subject").unwrap_or(super::header::Value { text: String::new(), repaired: None });
    let subject = Subject::of(&written.text);
    let from = sender::of(headers);
    let follows = ["in-reply-to", "references"].iter().any(|name| headers.first(name).is_some());
    let split = quote::split(&text, Outside { sender: &from, answers: subject.answers, follows });
    let has_subject = subject.words.chars().any(char::is_alphanumeric);
    if split.words.is_empty() && !has_subject && attachments.files.is_empty() {
        return Err(ProblemCode::EmptyInput.because("邮件没有主题、正文和附件"));
    }
    let Attachments { files, scans, texts, cards, wrapped, waits, mut marks } = attachments;
    if is_encrypted {
        marks.push(Mark::AttachmentUnread { name: "正文".to_owned(), problem: armor::unreadable(), again: None });
    }
    let letters = split.words.chars().filter(|c| c.is_alphanumeric()).count();
    let silent = letters < WORDS_NEEDED || (letters < POINTER_LENGTH && only_points(&split.words));
    // Scans that speak for the mail are the pages of one letter.
    let scans = if silent { pages::as_one_letter(scans, &split.words) } else { scans };
    let of_scans = scans.iter().map(|scan| Said { text: scan.body.clone(), author: None });
    let said = of_scans.chain(texts.clone()).find(|said| !said.text.trim().is_empty());
    // All that could be said is closed: a person must ask for it, and nothing is there to be registered.
    let closed = is_encrypted.then(armor::unreadable).or(wrapped);
    if let Some(problem) = closed.filter(|_| letters == 0 && said.is_none()) {
        return Err(problem);
    }
    // The matter is on a page that nobody can read for now: the mail waits as a letter does. One that speaks for itself does not.
    if let Some(problem) = waits.filter(|_| silent && said.is_none()) {
        return Err(problem);
    }
    let Words { body, forwarded } = words(&split, said.as_ref().filter(|_| silent), &subject, &from);
    let (mut statement, is_form) = read_words(&body, forwarded.as_ref(), &subject, received_on);
    for scan in scans {
        fill_from_scan(&mut statement, scan, silent);
    }
    let said = said.map(|said| said.text);
    beside(&mut statement, &split, &texts, silent, said.as_deref());
    // The subject of a form is what a program or an office calls its mail.
    if !is_form || statement.title.value.is_empty() {
        title::give(&mut statement, &subject);
    }
    let receivers = headers.text("to").map(|value| value.text).unwrap_or_default();
    people::without_receivers(&mut statement, &receivers);
    accused_in_subject(&mut statement, &subject);
    // Mailbox and signature of who sends a form are an office's, unless it is the petitioner who copied it.
    if !is_form || people::is_first(&statement, &from) {
        match &forwarded {
            Some(Forwarded { author, start }) => {
                let cover: String = body.chars().take(*start).collect();
                people::handed_on(&mut statement, author, &from, &cover);
            }
            None => people::from_sender(&mut statement, &from),
        }
        people::from_signature(&mut statement, &split.signature);
        people::from_card(&mut statement, &cards);
    }
    statement.beside.extend(cards.iter().filter_map(|card| passage(PassageKind::Attachment, card)));
    date(&mut statement, headers, received_on);
    let repaired = charset_repaired.or(written.repaired).or(headers.text("from").and_then(|value| value.repaired));
    statement.marks.extend(repaired.map(|used| Mark::CharsetRepaired { used: used.to_owned() }));
    let lost = statement.title.value.chars().chain(statement.body.chars()).filter(|c| *c == '\u{fffd}').count();
    if let Some(count) = u32::try_from(lost).ok().filter(|count| *count > 0) {
        statement.marks.push(Mark::CharactersLost { count });
    }
    // What the mail points to could not be read, so nothing of the matter is known yet.
    let unread = marks.iter().any(|mark| matches!(mark, Mark::AttachmentUnread { .. }));
    if silent && said.is_none() && unread {
        statement.marks.push(Mark::NoText);
    }
    statement.marks.extend(marks);
    Ok(Reading { statement: statement.with_missing_marked(), files })
}

/// The words that are the petition.
struct Words {
    body: String,
    /// What in them somebody else than the sender wrote.
    forwarded: Option<Forwarded>,
}

/// The words of the mail, those of an attachment that speaks for it, or, where there are none, its subject.
fn words(split: &quote::Split, speaks: Option<&Said>, subject: &Subject, from: &Sender) -> Words {
    let Some(said) = speaks else {
        let body = match split.words.as_str() {
            words if !subject.says() => words.to_owned(),
            "" => subject.words.clone(),
            // Without the subject nothing is told of the matter.
            words if points_to_subject(words) => format!("{}\n{words}", subject.words),
            words => words.to_owned(),
        };
        return Words { body, forwarded: split.forwarded.clone() };
    };
    let start = pages::begins_behind(&split.words);
    let author = said.author.clone().filter(|author| !quote::is_same(author, from) && quote::is_petition(&said.text));
    Words {
        body: format!("{}\n\n{}", split.words, clean(&said.text).trim()).trim().to_owned(),
        forwarded: author.map(|author| Forwarded { author, start }),
    }
}

/// Reads the petition in `body`: what was forwarded in it, or all. Says whether it stood in a form of an office's.
fn read_words(
    body: &str,
    forwarded: Option<&Forwarded>,
    subject: &Subject,
    received_on: Option<Date>,
) -> (Statement, bool) {
    let start = forwarded.map_or(0, |forwarded| forwarded.start);
    let petition: String = body.chars().skip(start).collect();
    let context = Context { received_on };
    let form = forwarding_form::find(&petition, &subject.words);
    let mut statement = form.as_ref().map_or_else(
        || {
            let shifted = |range: &Range<usize>| Located::body(&(range.start + start..range.end + start));
            fields::read(&petition, &context).into_statement(body, shifted)
        },
        |form| form.read(&petition, &context),
    );
    if form.is_some() {
        let cover: String = body.chars().take(start).collect();
        statement.beside.extend(passage(PassageKind::QuotedHistory, &cover));
    }
    statement
        .marks
        .retain(|mark| !matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone | Mark::NoText));
    (statement, form.is_some())
}

/// Whom the subject accuses by name belongs to the matter, although the words speak of `该镇政府` only.
fn accused_in_subject(statement: &mut Statement, subject: &Subject) {
    if !subject.says() || subject.answers {
        return;
    }
    let source = Source::Header { name: "subject".to_owned() };
    for found in fields::read(&subject.words, &Context::default()).respondents {
        let name = &found.name.value;
        let own = statement.petitioners.iter().filter_map(|one| one.name.as_ref()).any(|own| own.value == *name);
        let known = statement
            .respondents
            .iter()
            .any(|one| one.name.value.contains(name.as_str()) || name.contains(&one.name.value));
        if !own && !known && statement.respondents.len() < RESPONDENTS_OF_SUBJECT {
            let field = Field::new(found.name.value, found.name.confidence, source.clone());
            statement.respondents.push(Respondent { name: field, post: found.post, unit: None });
        }
    }
}

/// Takes from a scan what the mail does not say itself. When the scan speaks for the mail, its fields are the better ones:
/// they know their page and box.
pub(super) fn fill_from_scan(statement: &mut Statement, scan: Statement, silent: bool) {
    if !silent {
        statement.beside.extend(passage(PassageKind::Attachment, &scan.body));
    }
    let name = |petitioners: &[Petitioner]| {
        petitioners.first().and_then(|first| first.name.as_ref()).map(|name| name.value.clone())
    };
    let (own, scanned) = (name(&statement.petitioners), name(&scan.petitioners));
    let told = std::mem::take(&mut statement.petitioners);
    statement.petitioners = if silent && (own.is_none() || own == scanned) {
        people::merged(told, scan.petitioners)
    } else if own.is_some() && own == scanned {
        people::merged(scan.petitioners, told)
    } else {
        // A contract or an answer that was sent as evidence names others.
        told
    };
    if silent {
        if !scan.title.value.is_empty() {
            statement.title = scan.title;
        }
        statement.respondents =
            if scan.respondents.is_empty() { std::mem::take(&mut statement.respondents) } else { scan.respondents };
        statement.demand = scan.demand.or(statement.demand.take());
        statement.place = scan.place.or(statement.place.take());
        statement.written_on = scan.written_on.or(statement.written_on.take());
        statement.purpose = scan.purpose.or(statement.purpose.take());
    }
    for mark in scan.marks {
        let missing = matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone | Mark::NoText);
        if !missing && !statement.marks.contains(&mark) {
            statement.marks.push(mark);
        }
    }
}

/// What is kept beside the statement.
fn beside(statement: &mut Statement, split: &quote::Split, texts: &[Said], silent: bool, said: Option<&str>) {
    statement.beside.extend(passage(PassageKind::QuotedHistory, &split.history));
    statement.beside.extend(passage(PassageKind::Signature, &split.signature));
    for text in texts.iter().map(|said| &said.text) {
        // What became the body is not kept twice.
        let is_body = clean(text).trim() == split.words.trim();
        let speaks = silent && said == Some(text.as_str());
        if !is_body && !speaks {
            statement.beside.extend(passage(PassageKind::Attachment, text));
        }
    }
}

fn passage(kind: PassageKind, text: &str) -> Option<Passage> {
    let text = clean(text);
    let text = truncate(text.trim(), BODY_LIMIT);
    (!text.is_empty()).then(|| Passage { kind, text: text.to_owned(), milliseconds: None })
}

/// The day on which the mail says that it was sent, when the words give none.
fn date(statement: &mut Statement, headers: &Headers<'_>, received_on: Option<Date>) {
    if statement.written_on.is_some() {
        return;
    }
    let Some(written) = headers.text("date").map(|value| value.text).filter(|text| !text.is_empty()) else { return };
    let line = format!("Date: {written}\r\n\r\n");
    let sent =
        MessageParser::default().parse_headers(line.as_bytes()).and_then(|message| message.date().and_then(civil));
    // Clocks of senders may be a day ahead of ours.
    let latest = received_on.and_then(|received| received.tomorrow().ok());
    match sent.filter(|sent| latest.is_none_or(|latest| *sent <= latest)) {
        Some(sent) => {
            let source = Source::Header { name: "date".to_owned() };
            statement.written_on = Some(Field::new(sent, Confidence::new(0.85), source));
        }
        None => statement
            .marks
            .push(Mark::Impossible { field: "written_on".to_owned(), written: truncate(&written, 100).to_owned() }),
    }
}

/// The day in China (+08:00) of a mail's time; `None` when that time does not exist.
fn civil(time: &mail_parser::DateTime) -> Option<Date> {
    let small = |number: u8| i8::try_from(number).ok();
    let written = jiff::civil::DateTime::new(
        i16::try_from(time.year).ok().filter(|year| *year >= 1970)?,
        small(time.month)?,
        small(time.day)?,
        small(time.hour)?,
        small(time.minute)?,
        small(time.second)?.min(59),
        0,
    )
    .ok()?;
    let minutes = i64::from(time.tz_hour) * 60 + i64::from(time.tz_minute);
    let from_utc = if time.tz_before_gmt { -minutes } else { minutes };
    let china = written.checked_add(jiff::SignedDuration::from_mins(8 * 60 - from_utc)).ok()?;
    Some(china.date())
}
