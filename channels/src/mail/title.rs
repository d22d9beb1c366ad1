//! The title of a mail: its subject, unless that says nothing or are our own words come back.

mod words;

use case::field::{Confidence, Field, Source};
use case::number::RegistrationNumber;
use case::simplified::simplify;
use case::statement::{Statement, TITLE_LIMIT};
use case::text::truncate;

use crate::fields::{self, Context};
use crate::words::clean;
use words::{ANSWERING, COUNTED, EMPTY_WORDS, FORWARDING, MATTER_LABELS, NUMBER_LABELS, TAGS, TOLD_TO_THEM};

/// Subjects with fewer letters say nothing.
const LETTERS_NEEDED: usize = 2;
/// How sure a title is that is made of the words behind a label.
const MADE_SURE: f32 = 0.6;
/// How long a title is that is made of the first words, in characters.
const MADE_LENGTH: usize = 40;

/// A subject, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Subject {
    /// Without what mail programs put before it.
    pub(super) words: String,
    /// Whether the mail answers another one, by the last thing that was put before it.
    pub(super) answers: bool,
    /// Whether anything was put before it.
    repeated: bool,
}

impl Subject {
    /// Takes `written` apart.
    pub(super) fn of(written: &str) -> Self {
        let written = clean(written);
        let mut words = written.trim();
        let (mut answers, mut repeated) = (false, false);
        loop {
            if let Some((answering, rest)) = behind_prefix(words) {
                answers = if repeated { answers } else { answering };
                repeated = true;
                words = rest.trim();
            } else if let Some(rest) = behind_tag(words) {
                words = rest.trim();
            } else {
                break;
            }
        }
        Self { words: words.to_owned(), answers, repeated }
    }

    /// Whether it tells what the mail is about.
    pub(super) fn says(&self) -> bool {
        let simple: String = self.words.to_lowercase().chars().map(simplify).collect();
        let mut rest = without_counts(&simple);
        for word in EMPTY_WORDS {
            rest = rest.replace(word, "");
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        // `您反映的事项已受理`, `请补充情况` was written to the petitioner, not by them.
        let tells_them = TOLD_TO_THEM.iter().any(|told| self.words.contains(told));
        let asks_them = self.answers && (self.words.starts_with('请') || tells_them);
        let is_ours = self.repeated && (names_a_registration(&self.words) || self.words.contains('您') || asks_them);
        // `“业主3群”的聊天记录`: what chat programs call what is copied out of them.
        let is_chat = self.words.ends_with("聊天记录") || self.words.ends_with("聊天截图");
        letters(&rest) > 0 && letters(&self.words) >= LETTERS_NEEDED && !is_ours && !is_chat
    }
}

/// `text` without numbers of things that are not told: `反映三个问题` is `反映问题`.
fn without_counts(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut place = 0;
    while let Some(character) = characters.get(place) {
        let figures = characters.iter().skip(place).take_while(|c| fields::is_figure(**c)).count();
        let counted = characters.get(place + figures).is_some_and(|next| COUNTED.contains(next));
        if figures > 0 && counted {
            place += figures + 1;
            continue;
        }
        kept.push(*character);
        place += 1;
    }
    kept
}

/// What stands behind a prefix of a mail program, and whether the prefix is one of an answer.
fn behind_prefix(subject: &str) -> Option<(bool, &str)> {
    let behind = |prefix: &&str| {
        let start = subject.get(..prefix.len())?;
        (start.to_lowercase() == **prefix).then(|| subject.get(prefix.len()..)).flatten()
    };
    let answering = ANSWERING.iter().find_map(behind).map(|rest| (true, rest));
    answering.or_else(|| FORWARDING.iter().find_map(behind).map(|rest| (false, rest)))
}

/// What stands behind `【紧急】` and the like.
fn behind_tag(subject: &str) -> Option<&str> {
    let (tag, rest) = [('【', '】'), ('[', ']'), ('［', '］'), ('（', '）'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| subject.strip_prefix(*open)?.split_once(*close))?;
    TAGS.contains(&tag.trim().trim_end_matches(['！', '!']).to_lowercase().as_str()).then_some(rest)
}

/// Gives `statement` its title.
pub(super) fn give(statement: &mut Statement, subject: &Subject) {
    let words = without_numbers(&subject.words);
    if subject.says() && !words.is_empty() {
        let source = Source::Header { name: "subject".to_owned() };
        statement.title = Field::new(truncate(&words, TITLE_LIMIT).to_owned(), Confidence::new(0.95), source);
        return;
    }
    let is_label = MATTER_LABELS.iter().any(|label| statement.title.value.starts_with(label));
    let is_none = statement.title.value.is_empty() || is_label;
    // A form tells the matter behind a label; any other sentence is only the likeliest.
    let of_form = matter(&statement.body).filter(|_| is_none || statement.title.confidence.value() <= MADE_SURE);
    if of_form.is_none()
        && statement.title.confidence.value() <= MADE_SURE
        && let Some(points) = points(&statement.body)
    {
        statement.title = Field::new(points, Confidence::new(MADE_SURE), statement.title.source.clone());
        return;
    }
    let first = of_form.or(statement.body.lines().next().filter(|_| is_none));
    if let Some(first) = first {
        let made: String = without_numbers(first).chars().take(MADE_LENGTH).collect();
        let made = if made.is_empty() { words } else { made };
        let sure = if of_form.is_some() { MADE_SURE } else { 0.4 };
        statement.title = Field::new(made, Confidence::new(sure), statement.title.source.clone());
    } else if is_none {
        statement.title = Field::new(words, Confidence::new(0.4), statement.title.source.clone());
    }
}

/// `subject` without the numbers of persons: titles stand in lists.
fn without_numbers(subject: &str) -> String {
    let found = fields::read(subject, &Context::default());
    let numbers = found.phones.iter().map(|phone| &phone.range);
    let numbers = numbers.chain(found.id_number.iter().map(|id| &id.range));
    let numbers: Vec<_> = numbers.chain(found.impossible.iter().map(|one| &one.range)).cloned().collect();
    if numbers.is_empty() {
        return subject.to_owned();
    }
    let mut kept = String::new();
    for (place, character) in subject.chars().enumerate() {
        if numbers.iter().any(|number| number.contains(&place)) {
            let before = ends(&kept);
            let before = NUMBER_LABELS.iter().find_map(|label| before.strip_suffix(label)).unwrap_or(before);
            kept.truncate(ends(before).len());
        } else {
            kept.push(character);
        }
    }
    ends(&kept).trim().to_owned()
}

/// `text` without the marks and blanks at its end.
fn ends(text: &str) -> &str {
    text.trim_end_matches([' ', ':', '：', '，', ',', '、', '；', ';', '(', '（', ')', '）'])
}

/// The first words of the matter in a form: what stands behind its label, in the same line or the next.
fn matter(body: &str) -> Option<&str> {
    let mut lines = body.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(behind) = MATTER_LABELS.iter().find_map(|label| line.strip_prefix(label)) else { continue };
        let rest = behind.trim_start_matches([':', '：', '|', ' ', '\t', '\u{3000}']);
        // `反映问题如下` in a sentence is no label.
        if rest.len() == behind.len() && !behind.is_empty() {
            continue;
        }
        let words = if rest.is_empty() { lines.next()? } else { rest };
        return words.split(['。', '！', '；']).next().filter(|words| !words.is_empty());
    }
    None
}

/// The first clauses of the points of a mail that numbers its matters, as many as fit: `公厕一直锁着门；路灯只有两盏亮`. None where it
/// does not; points that only ask belong to one matter.
fn points(body: &str) -> Option<String> {
    const ASKS: [&str; 9] = ["请", "要求", "希望", "恳请", "依法", "责令", "望", "建议", "公开"];
    let mut points: Vec<String> = Vec::new();
    let mut expected = 1;
    for line in body.lines().map(str::trim) {
        let Some(told) = numbered(line, expected) else { continue };
        expected += 1;
        let clause =
            told.split(['，', ',', '。', '；', ';', '！', '!', '：', ':', '？', '?']).next().unwrap_or_default().trim();
        if ASKS.iter().any(|word| clause.starts_with(word)) {
            return None;
        }
        points.push(without_numbers(clause));
    }
    points.retain(|clause| clause.chars().count() >= LETTERS_NEEDED);
    if points.len() < 2 {
        return None;
    }
    let mut title = String::new();
    for clause in points {
        let length = title.chars().count() + 1 + clause.chars().count();
        if !title.is_empty() && length > MADE_LENGTH {
            break;
        }
        if !title.is_empty() {
            title.push('；');
        }
        title.extend(clause.chars().take(MADE_LENGTH));
    }
    Some(title)
}

/// What stands behind the number of point `number` at the beginning of a line: `一、`, `1.`, `（一）`, `第一，`.
fn numbered(line: &str, number: usize) -> Option<&str> {
    const HAN: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let figure = number.to_string();
    let han = HAN.get(number.checked_sub(1)?)?;
    let line = line.strip_prefix('第').unwrap_or(line);
    let opened = line.strip_prefix(['（', '(']);
    let behind = [figure.as_str(), han].iter().find_map(|said| opened.unwrap_or(line).strip_prefix(said))?;
    let marks: &[char] =
        if opened.is_some() { &['）', ')'] } else { &['、', '.', '．', '，', ',', '）', ')', '：', ':'] };
    let told = behind.strip_prefix("是").unwrap_or(behind).strip_prefix(marks)?.trim_start();
    // `1.5万元` is no point.
    (!told.starts_with(|c: char| c.is_ascii_digit())).then_some(told)
}

/// Whether a registration number of an office stands in a subject.
fn names_a_registration(subject: &str) -> bool {
    let plain = case::text::normalise(subject);
    let mut words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 16);
    words.any(|word| RegistrationNumber::parse(word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_programs_put_before_a_subject_is_not_in_it() {
        let of = |subject: &str| {
            let subject = Subject::of(subject);
            (subject.words, subject.answers)
        };
        assert_eq!(of("回复：Fw: 路灯坏了"), ("路灯坏了".to_owned(), true));
        assert_eq!(of("转发: 回复: 路灯坏了"), ("路灯坏了".to_owned(), false));
        assert_eq!(of("Re：转：RE: 路灯坏了"), ("路灯坏了".to_owned(), true));
        assert_eq!(of("【催办】路灯坏了"), ("路灯坏了".to_owned(), false));
        assert_eq!(of("回复：[External] 【紧急！】路灯坏了"), ("路灯坏了".to_owned(), true));
        assert_eq!(of("【翟城村】路灯坏了"), ("【翟城村】路灯坏了".to_owned(), false), "a place belongs to it");
        assert_eq!(of("转盘道口路灯坏了"), ("转盘道口路灯坏了".to_owned(), false));
    }

    #[test]
    fn subjects_that_say_nothing_are_known_however_they_are_put_together() {
        for nothing in [
            "",
            "无",
            "信访事项登记表",
            "情况反映材料",
            "（无主题）",
            "您好！",
            "关于反映问题的信",
            "材料",
            "投诉",
            "。。",
            "反映几个问题",
            "转群众来信",
            "实名举报",
            "登记回执",
            "反映三个问题",
            "2件事情",
            "转一位老人的来信",
            "紧急求助函",
            "求帮忙！！！",
        ] {
            assert!(!Subject::of(nothing).says(), "{nothing}");
        }
        for something in ["路灯", "关于路灯的问题", "拖欠工资", "咨询医保", "投诉物业"] {
            assert!(Subject::of(something).says(), "{something}");
        }
        assert!(!Subject::of("回复: 您反映的事项已受理").says(), "our own words");
        assert!(!Subject::of("答复: 请补充情况").says(), "what they were asked");
        assert!(!Subject::of("回复：路灯已修复").says() && Subject::of("路灯修了又坏").says());
        assert!(Subject::of("请修路灯").says() && Subject::of("转发: 请修路灯").says());
        assert!(Subject::of("您们管不管路灯").says(), "the petitioner's words");
    }

    #[test]
    fn a_mail_of_several_matters_names_them() {
        let of = |body: &str| points(body);
        assert_eq!(
            of("反映以下问题：\n一、公厕锁着门，老人不方便。\n二、路灯全灭。\n三、垃圾三四天才清一次，臭得开不了窗，夏天更是没有办法。\n").as_deref(),
            Some("公厕锁着门；路灯全灭；垃圾三四天才清一次")
        );
        assert_eq!(of("1.公厕锁着门\n2、路灯全灭").as_deref(), Some("公厕锁着门；路灯全灭"));
        assert_eq!(of("1、请修路灯。\n2、请清垃圾。"), None, "what is asked in one matter");
        assert_eq!(of("一共三次。\n二楼漏水。\n1.5万元没给。"), None);
        assert_eq!(of("一、公厕锁着门。"), None);
    }

    #[test]
    fn numbers_of_persons_stand_in_no_title() {
        assert_eq!(without_numbers("电梯坏了半个月 13800000911"), "电梯坏了半个月");
        assert_eq!(without_numbers("电梯坏了，联系电话：13800000911，谢谢"), "电梯坏了，谢谢");
        assert_eq!(without_numbers("3号楼2单元电梯坏了15天"), "3号楼2单元电梯坏了15天");
    }
}
