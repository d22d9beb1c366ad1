//! 转办单: the form in which a portal, a hotline or an office above hands a petition on. What stands behind its label of the content
//! is the petition; the rest is what an office or a program put around it, and is kept beside it. Left in, two matters that came
//! by the same form would be found to be the same words, and the portal's mailbox would get the petitioner's notices.

mod labels;

use std::ops::Range;

use case::field::{Confidence, Source};
use case::statement::{BODY_LIMIT, Passage, PassageKind, Statement};
use case::text::truncate;
use jiff::civil::Date;

use crate::fields::{self, Context, Found, Located};
use labels::{Kind, labels};

/// The name of the source of what stands in the form and not in the content.
const SOURCE: &str = "forwarding-form";
/// What stands above the form has at most this many letters: `现将以下工单转你单位办理`.
const COVER_LIMIT: usize = 150;
/// A content with fewer letters is none.
const CONTENT_NEEDED: usize = 8;
/// How sure it is that what a form calls the title is it.
const TITLE: f32 = 0.9;
/// How lines begin or what they say that a program put below the content.
const OF_PROGRAM: [&str; 9] =
    ["自动发送", "自动发出", "请勿直接回复", "请勿回复", "技术支持", "值班电话", "系统邮件", "登录系统", "点击链接"];
/// By these words an office or a program tells that it hands on what others wrote. A citizen who copies a form does not say so.
const HANDED_ON: [&str; 24] = [
    "转去",
    "待办件",
    "派来",
    "请及时签收",
    "转你",
    "转贵",
    "转送",
    "转办",
    "转请",
    "转至",
    "转交",
    "转来",
    "交办",
    "交由",
    "承办",
    "派单",
    "经办",
    "收到一封",
    "新来信",
    "新留言",
    "新信件",
    "新工单",
    "自动发送",
    "请勿",
];
/// How an office ends that signs below the content.
const OF_OFFICE: [&str; 9] = ["局", "科", "中心", "办公室", "办", "委员会", "平台", "大队", "热线"];
/// An office's name in a line of its own is no longer than this, in characters.
const OFFICE_LENGTH: usize = 20;

/// A form and where in it the petition stands; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ForwardingForm {
    content: Range<usize>,
    title: Option<Range<usize>>,
}

/// The form in `words` under `subject`, when they are one that an office hands on: numbered, with a person and one content, and
/// nobody speaks of themselves above it. Words longer than a body may be are none: a person has to look at them anyway.
pub(super) fn find(words: &str, subject: &str) -> Option<ForwardingForm> {
    if words.chars().nth(BODY_LIMIT).is_some() {
        return None;
    }
    let labels = labels(words);
    let first = labels.first()?;
    let has = |kind: Kind| labels.iter().any(|label| label.kind == kind);
    let mut contents = labels.iter().filter(|label| label.kind == Kind::Content);
    let content = contents.next()?;
    if contents.next().is_some() || !has(Kind::Number) || !has(Kind::Person) {
        return None;
    }
    let characters: Vec<char> = words.chars().collect();
    let cover: String = characters.iter().take(first.start).collect();
    let speaks =
        cover.replace("我局", "").replace("我单位", "").replace("我中心", "").replace("我办", "").contains('我');
    if speaks || cover.chars().filter(|c| c.is_alphanumeric()).count() > COVER_LIMIT {
        return None;
    }
    let mut behind =
        labels.iter().filter(|label| label.start > content.start).skip_while(|label| label.kind == Kind::Demand);
    let next = behind.next().map(|label| label.start);
    let range = trimmed(&characters, content.end..end_of_content(&characters, content.end, next));
    let letters = characters.get(range.clone())?.iter().filter(|c| c.is_alphanumeric()).count();
    let title = labels.iter().position(|label| label.kind == Kind::Title).and_then(|place| {
        let begin = labels.get(place)?.end;
        let line = characters.iter().skip(begin).position(|c| *c == '\n').map_or(characters.len(), |at| begin + at);
        let end = labels.get(place + 1).map_or(line, |label| label.start.min(line));
        Some(trimmed(&characters, begin..end)).filter(|range| !range.is_empty())
    });
    let form = ForwardingForm { content: range, title };
    let outside = format!("{subject}\n{}\n{}", form.before(words), form.behind(words));
    let is_handed_on = HANDED_ON.iter().any(|word| outside.contains(word));
    (letters >= CONTENT_NEEDED && is_handed_on).then_some(form)
}

/// Where the content ends that begins at `begin`: at the next label, at what a program put below it, or at the office that signs.
fn end_of_content(characters: &[char], begin: usize, next: Option<usize>) -> usize {
    let last = next.unwrap_or(characters.len());
    let mut start = begin;
    let mut is_behind_blank = false;
    while let Some(rest) = characters.get(start..last).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().position(|c| *c == '\n').map_or(rest.len(), |at| at + 1);
        let line: String = rest.iter().take(length).collect();
        let line = line.trim();
        let signs = is_behind_blank
            && line.chars().count() <= OFFICE_LENGTH
            && OF_OFFICE.iter().any(|ending| line.ends_with(ending));
        if start > begin && (signs || OF_PROGRAM.iter().any(|words| line.contains(words))) {
            return start;
        }
        is_behind_blank = line.is_empty();
        start += length;
    }
    last
}

/// `range` without the blanks at its ends.
fn trimmed(characters: &[char], range: Range<usize>) -> Range<usize> {
    let inside = characters.get(range.clone()).unwrap_or_default();
    let before = inside.iter().take_while(|c| c.is_whitespace()).count();
    let behind = inside.iter().skip(before).rev().take_while(|c| c.is_whitespace()).count();
    range.start + before..(range.end - behind).max(range.start + before)
}

impl ForwardingForm {
    /// Reads the petition in `words`, in which this form was found: the matter from the content, the people from the whole form.
    pub(super) fn read(&self, words: &str, context: &Context) -> Statement {
        let content = characters(words, &self.content);
        let inside = fields::read(&content, context);
        let mut found = fields::read(&labels::with_colons(words), context);
        found.demand = inside.demand.map(|demand| self.shifted(demand));
        found.purpose = inside.purpose.map(|purpose| self.shifted(purpose));
        found.written_on = written_on(words).or(found.written_on);
        let titled = self.title.clone().map(|range| Found {
            value: characters(words, &range),
            confidence: Confidence::new(TITLE),
            range,
        });
        found.title = titled.or_else(|| inside.title.map(|title| self.shifted(title)));
        let mut statement = found.into_statement(words, |range| self.located(range));
        truncate(&content, BODY_LIMIT).clone_into(&mut statement.body);
        statement.beside.extend(self.around(words));
        statement
    }

    /// What the form has beside the content, as it stood.
    fn around(&self, words: &str) -> Option<Passage> {
        let text = format!("{}\n{}", self.before(words).trim(), self.behind(words).trim());
        let text = truncate(text.trim(), BODY_LIMIT).to_owned();
        (!text.is_empty()).then_some(Passage { kind: PassageKind::ForwardingForm, text, milliseconds: None })
    }

    fn before(&self, words: &str) -> String {
        characters(words, &(0..self.content.start))
    }

    fn behind(&self, words: &str) -> String {
        words.chars().skip(self.content.end).collect()
    }

    fn located(&self, range: &Range<usize>) -> Located {
        if self.content.start <= range.start && range.end <= self.content.end {
            return Located::body(&(range.start - self.content.start..range.end - self.content.start));
        }
        Located { source: Source::Header { name: SOURCE.to_owned() }, confidence: Confidence::CERTAIN }
    }

    fn shifted<T>(&self, found: Found<T>) -> Found<T> {
        let by = self.content.start;
        Found { range: found.range.start + by..found.range.end + by, ..found }
    }
}

/// The day on which the petition was written or told, by its label: a form has others, such as that by which an answer is due.
fn written_on(words: &str) -> Option<Found<Date>> {
    const LABELS: [&str; 10] = [
        "来信日期",
        "来信时间",
        "留言时间",
        "提交时间",
        "来电时间",
        "受理时间",
        "受理日期",
        "登记时间",
        "登记日期",
        "信访日期",
    ];
    let labels = labels(words);
    labels.iter().enumerate().find_map(|(number, label)| {
        let called = characters(words, &(label.start..label.end));
        LABELS.iter().find(|known| called.contains(*known))?;
        let end = labels.get(number + 1).map_or(usize::MAX, |next| next.start);
        let value: String = words.chars().take(end).skip(label.end).collect();
        let line = value.trim_start().lines().next().unwrap_or_default();
        let day = fields::dates(line).first().copied()?;
        Some(Found { value: day, confidence: Confidence::new(TITLE), range: label.start..label.end })
    })
}

fn characters(text: &str, range: &Range<usize>) -> String {
    text.chars().skip(range.start).take(range.len()).collect()
}

#[cfg(test)]
mod tests;
