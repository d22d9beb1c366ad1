//! The parts of a mail put together into the one normal form.

use case::field::{Confidence, Field, Source};
use case::number::RegistrationNumber;
use case::petitioner::Petitioner;
use case::problem::{Problem, ProblemCode};
use case::statement::{BODY_LIMIT, Mark, Passage, PassageKind, Statement, TITLE_LIMIT};
use case::text::truncate;
use jiff::civil::Date;
use mail_parser::MessageParser;

use super::attachment::Attachments;
use super::header::Headers;
use super::{armor, quote, sender};
use crate::Reading;
use crate::fields::{self, Context, Located};
use crate::words::clean;

/// A body with fewer letters than this, or that only points to an attachment, lets the attachment speak.
const POINTER_LENGTH: usize = 60;
/// A body with fewer letters than this says nothing by itself.
const WORDS_NEEDED: usize = 20;
/// Words by which a mail points to what is attached.
const POINTING: [&str; 9] = ["见附件", "附件", "附上", "随信", "见图", "见照片", "看图", "扫描件", "附后"];
/// Subjects that say nothing.
const EMPTY_SUBJECTS: [&str; 20] = [
    "无主题",
    "(无主题)",
    "no subject",
    "(no subject)",
    "无标题",
    "你好",
    "您好",
    "信访",
    "信访登记",
    "信访登记表",
    "来信登记",
    "来信登记表",
    "网上信访",
    "信访信",
    "信访件",
    "信访事项",
    "群众来信",
    "来信",
    "反映问题",
    "情况反映",
];
/// Labels in forms behind which the matter stands.
const MATTER_LABELS: [&str; 8] =
    ["反映事项", "反映内容", "反映问题", "信访事项", "信访内容", "投诉内容", "主要内容", "事项内容"];
/// What mail programs put before a subject.
const PREFIXES: [&str; 12] =
    ["re:", "fw:", "fwd:", "回复:", "回复：", "转发:", "转发：", "答复:", "答复：", "re：", "fw：", "fwd："];
/// How sure it is that the name of a mailbox is the petitioner's.
const DISPLAY_NAME: f32 = 0.5;
/// How sure it is that the mailbox is the petitioner's: somebody may have written for them.
const SENDER_ADDRESS: f32 = 0.8;

/// Puts together what was read. Refuses a mail in which nothing at all is said.
pub(super) fn reading(
    headers: &Headers<'_>,
    text: &str,
    charset_repaired: Option<&'static str>,
    attachments: Attachments,
    received_on: Option<Date>,
) -> Result<Reading, Problem> {
    let (text, is_encrypted) = armor::opened(&clean(text));
    let split = quote::split(&text);
    let subject = headers.text("subject").unwrap_or(super::header::Value { text: String::new(), repaired: None });
    let has_subject = subject.text.chars().any(char::is_alphanumeric);
    if split.words.is_empty() && !has_subject && attachments.files.is_empty() {
        return Err(ProblemCode::EmptyInput.because("邮件没有主题、正文和附件"));
    }
    let Attachments { files, scans, texts, wrapped, mut marks } = attachments;
    if is_encrypted {
        marks.push(Mark::AttachmentUnread { name: "正文".to_owned(), problem: armor::unreadable() });
    }
    let letters = split.words.chars().filter(|c| c.is_alphanumeric()).count();
    let points = letters < POINTER_LENGTH && POINTING.iter().any(|word| split.words.contains(word));
    let silent = letters < WORDS_NEEDED || points;
    let said = scans.iter().map(|scan| scan.body.clone()).chain(texts.clone()).find(|body| !body.trim().is_empty());
    // All that could be said is closed: a person must ask for it, and nothing is there to be registered.
    let closed = is_encrypted.then(armor::unreadable).or(wrapped);
    if let Some(problem) = closed.filter(|_| letters == 0 && said.is_none()) {
        return Err(problem);
    }
    let body = match &said {
        Some(said) if silent => format!("{}\n\n{}", split.words, clean(said).trim()).trim().to_owned(),
        _ => split.words.clone(),
    };
    let mut statement = fields::read(&body, &Context { received_on }).into_statement(&body, Located::body);
    statement
        .marks
        .retain(|mark| !matches!(mark, Mark::MissingName | Mark::MissingAddress | Mark::MissingPhone | Mark::NoText));
    for scan in scans {
        fill_from_scan(&mut statement, scan, silent);
    }
    beside(&mut statement, &split, &texts, silent, said.as_deref());
    title(&mut statement, &subject.text);
    from_sender(&mut statement, headers);
    date(&mut statement, headers, received_on);
    from_signature(&mut statement, &split.signature);
    let repaired = charset_repaired.or(subject.repaired).or(headers.text("from").and_then(|value| value.repaired));
    statement.marks.extend(repaired.map(|used| Mark::CharsetRepaired { used: used.to_owned() }));
    // What the mail points to could not be read, so nothing of the matter is known yet.
    let unread = marks.iter().any(|mark| matches!(mark, Mark::AttachmentUnread { .. }));
    if silent && said.is_none() && unread {
        statement.marks.push(Mark::NoText);
    }
    statement.marks.extend(marks);
    Ok(Reading { statement: statement.with_missing_marked(), files })
}

/// Takes from a scan what the mail does not say itself. When the scan speaks for the mail, its fields are the better ones:
/// they know their page and box.
fn fill_from_scan(statement: &mut Statement, scan: Statement, silent: bool) {
    if !silent {
        statement.beside.extend(passage(PassageKind::Attachment, &scan.body));
    }
    let name = |petitioners: &[Petitioner]| {
        petitioners.first().and_then(|first| first.name.as_ref()).map(|name| name.value.clone())
    };
    let (own, scanned) = (name(&statement.petitioners), name(&scan.petitioners));
    let told = std::mem::take(&mut statement.petitioners);
    statement.petitioners = if silent && (own.is_none() || own == scanned) {
        merged(told, scan.petitioners)
    } else if own.is_some() && own == scanned {
        merged(scan.petitioners, told)
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

/// The petitioners of `better`, with what only `other` tells of the first one.
fn merged(other: Vec<Petitioner>, better: Vec<Petitioner>) -> Vec<Petitioner> {
    let mut other = other.into_iter();
    let Some(filling) = other.next() else { return better };
    let mut better = better.into_iter();
    let Some(first) = better.next() else { return std::iter::once(filling).chain(other).collect() };
    let mut phones = first.phones;
    for phone in filling.phones {
        if !phones.iter().any(|known| known.value == phone.value) {
            phones.push(phone);
        }
    }
    let first = Petitioner {
        kind: first.kind,
        name: first.name.or(filling.name),
        id_number: first.id_number.or(filling.id_number),
        credit_code: first.credit_code.or(filling.credit_code),
        phones,
        mail_address: first.mail_address.or(filling.mail_address),
        address: first.address.or(filling.address),
    };
    std::iter::once(first).chain(better).collect()
}

/// What is kept beside the statement.
fn beside(statement: &mut Statement, split: &quote::Split, texts: &[String], silent: bool, said: Option<&str>) {
    statement.beside.extend(passage(PassageKind::QuotedHistory, &split.history));
    statement.beside.extend(passage(PassageKind::Signature, &split.signature));
    for text in texts {
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

/// The subject is the title, unless it says nothing.
fn title(statement: &mut Statement, subject: &str) {
    let subject = clean(subject);
    let mut subject = subject.trim();
    let written = subject.len();
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| {
        subject
            .get(..prefix.len())
            .filter(|start| start.to_lowercase() == **prefix)
            .and_then(|_| subject.get(prefix.len()..))
    }) {
        subject = rest.trim();
    }
    // `回复: 已收到您的来信，登记编号 …` is our subject, not theirs.
    let is_ours = subject.len() < written && names_a_registration(subject);
    let says = subject.chars().filter(|c| c.is_alphanumeric()).count() >= 2
        && !is_ours
        && !EMPTY_SUBJECTS.contains(&subject.to_lowercase().trim_matches(['！', '!', '。']));
    if says {
        let source = Source::Header { name: "subject".to_owned() };
        statement.title = Field::new(truncate(subject, TITLE_LIMIT).to_owned(), Confidence::new(0.95), source);
    } else if statement.title.value.is_empty()
        || MATTER_LABELS.iter().any(|label| statement.title.value.starts_with(label))
    {
        let first = matter(&statement.body).or(statement.body.lines().next()).unwrap_or_default();
        let made: String = first.chars().take(40).collect();
        let made = if made.is_empty() { subject.to_owned() } else { made };
        statement.title = Field::new(made, Confidence::new(0.4), statement.title.source.clone());
    }
}

/// The first words of the matter in a form: what stands behind its label, in the same line or the next.
fn matter(body: &str) -> Option<&str> {
    let mut lines = body.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(place) = MATTER_LABELS.iter().find_map(|label| Some(line.find(label)? + label.len())) else {
            continue;
        };
        let rest = line.get(place..)?.trim_start_matches([':', '：', '|', ' ', '\t', '\u{3000}']);
        let words = if rest.is_empty() { lines.next()? } else { rest };
        return words.split(['。', '！', '；']).next().filter(|words| !words.is_empty());
    }
    None
}

/// Whether a registration number of an office stands in a subject.
fn names_a_registration(subject: &str) -> bool {
    let plain = case::text::normalise(subject);
    let mut words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 16);
    words.any(|word| RegistrationNumber::parse(word).is_ok())
}

/// Sender's mailbox and, when it looks like one, the name on it. What the words say wins.
fn from_sender(statement: &mut Statement, headers: &Headers<'_>) {
    let from = sender::of(headers);
    if from.name.is_empty() && from.address.is_empty() {
        return;
    }
    let source = || Source::Header { name: "from".to_owned() };
    let impossible = |written: &str| Mark::Impossible {
        field: "mail_address".to_owned(),
        written: truncate(written, 254).to_owned(),
    };
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    let Some(first) = statement.petitioners.first_mut() else { return };
    if let Some(address) = from.reliable() {
        first
            .mail_address
            .get_or_insert_with(|| Field::new(address.to_owned(), Confidence::new(SENDER_ADDRESS), source()));
    } else if !from.several.is_empty() {
        statement.marks.push(impossible(&from.several.join("、")));
    } else if !from.address.is_empty() {
        statement.marks.push(impossible(&from.address));
    }
    if first.name.is_none() && !statement.wishes.anonymous && fields::is_personal_name(&from.name) {
        first.name = Some(Field::new(clean(&from.name), Confidence::new(DISPLAY_NAME), source()));
    }
    // Who writes in a relative's name, under a name of their own, is who speaks for them.
    let other = first.name.as_ref().is_some_and(|name| name.value != from.name);
    let speaks_for = ["代我", "替我", "代母", "代父", "替母", "替父"].iter().any(|word| statement.body.contains(word));
    if other && speaks_for && statement.proxy.is_none() && fields::is_personal_name(&from.name) {
        let name = Some(Field::new(clean(&from.name), Confidence::new(DISPLAY_NAME), source()));
        statement.proxy = Some(Petitioner { name, ..Petitioner::default() });
    }
    statement.petitioners.retain(Petitioner::is_known);
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

/// A signature often has the name and number that the words do not repeat.
fn from_signature(statement: &mut Statement, signature: &str) {
    if signature.is_empty() {
        return;
    }
    let found = fields::read(signature, &Context::default()).into_statement("", |_| Located {
        source: Source::Header { name: "signature".to_owned() },
        confidence: Confidence::new(0.7),
    });
    let Some(signed) = found.petitioners.into_iter().next() else { return };
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    if let Some(first) = statement.petitioners.first_mut() {
        let modest = first.name.as_ref().is_none_or(|name| name.confidence.value() <= DISPLAY_NAME);
        if modest && signed.name.is_some() {
            first.name = signed.name;
        }
        if first.phones.is_empty() {
            first.phones = signed.phones;
        }
        first.address = first.address.take().or(signed.address);
    }
    statement.petitioners.retain(Petitioner::is_known);
}
