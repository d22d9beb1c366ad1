//! The one form into which every door reads what it received.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::class::ContentClass;
use crate::content_hash::ContentHash;
use crate::entry::StaffEntry;
use crate::field::Field;
use crate::mention::Mention;
use crate::petitioner::Petitioner;
use crate::place::PlaceCode;
use crate::problem::Problem;
use crate::purpose::Purpose;
use crate::respondent::Respondent;

/// The longest body kept in the normal form, in characters; what is longer stays in the original and is marked
/// [`Mark::BodyTruncated`]. The exchange table of the national system allows 4,000.
pub const BODY_LIMIT: usize = 50_000;
/// The longest title, in characters.
pub const TITLE_LIMIT: usize = 200;
/// The most petitioners that one submission names.
pub const PETITIONER_LIMIT: usize = 500;

/// What is said in one submission. Never edited once registered: a correction is a new fact beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The petitioners, the first one speaking for the others; empty when nobody is named.
    pub petitioners: Vec<Petitioner>,
    /// Who brought it in the petitioners' name (代理人).
    pub proxy: Option<Petitioner>,
    /// The member of the staff who entered it in the petitioners' name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<StaffEntry>,
    /// Who is complained about.
    pub respondents: Vec<Respondent>,
    /// 标题: as written, or the first sentence that says what it is about.
    pub title: Field<String>,
    /// 诉求内容: the petitioner's own words, whole.
    pub body: String,
    /// 诉求: what is asked for, when it can be told.
    pub demand: Option<Field<String>>,
    /// 问题属地.
    pub place: Option<Field<Place>>,
    /// 信访日期: the date written on it.
    pub written_on: Option<Field<Date>>,
    /// 信访目的, when the petitioner chose it or it is plain from the words.
    pub purpose: Option<Field<Purpose>>,
    /// 内容分类, when the petitioner chose it.
    pub class: Option<Field<ContentClass>>,
    /// What the petitioner asked of us about privacy.
    pub wishes: Wishes,
    /// What was said beside the statement and is kept apart from it.
    pub beside: Vec<Passage>,
    /// Days, amounts and house numbers that spoken words name, in the order in which they were said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
    /// What a person should look at.
    pub marks: Vec<Mark>,
}

/// A place as written and, where the gazetteer knows it, its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As written.
    pub text: String,
    /// The gazetteer's code.
    pub code: Option<PlaceCode>,
}

/// What the petitioner asked about their data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Wishes {
    /// 匿名: no name is given on purpose.
    pub anonymous: bool,
    /// 保密: hide who I am from the unit that answers.
    pub confidential: bool,
    /// 公开: text and answer may be published without personal data.
    pub publishable: bool,
}

/// Words kept beside the statement: they are not the petitioner's case, but belong to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Whose words they are.
    pub kind: PassageKind,
    /// The words.
    pub text: String,
    /// When they began, in milliseconds from the start of a recording.
    pub milliseconds: Option<u64>,
}

/// Whose words a [`Passage`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The phone operator's turns.
    Operator,
    /// History quoted below a mail.
    QuotedHistory,
    /// A signature or footer.
    Signature,
    /// The text of an attachment.
    Attachment,
    /// 转办单: what an office or a program put around a petition that it handed on.
    ForwardingForm,
    /// 信笺抬头: what is printed on the paper of a letter.
    Letterhead,
}

/// How a page reads, other than in one column of level lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingOrder {
    /// 分栏: two columns of level lines, the left one first.
    TwoColumns,
    /// 竖排: columns from right to left.
    Vertical,
    /// Perhaps 竖排; it could not be told, and the page was read in level lines.
    Unsure,
}

/// Something that a person should look at before relying on the statement. Never a reason to refuse it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// 缺姓名 although anonymity was not asked for.
    MissingName,
    /// 缺住址.
    MissingAddress,
    /// 缺电话: no number to call back within 24 hours.
    MissingPhone,
    /// A value was written that cannot be right; it is kept as written in `written`.
    Impossible {
        /// Which field: `id_number`, `phone`, `written_on`, `credit_code`, `mail_address`.
        field: String,
        /// As written.
        written: String,
    },
    /// A field was read with little confidence.
    Doubtful {
        /// Which field.
        field: String,
    },
    /// A person must say what a field is before it counts: the engines disagree, its check fails, or only one engine read
    /// it. Where the field has a value, it says so itself ([`crate::field::Verdict::Asked`]).
    Asked {
        /// Which field, in the words of [`Mark::Impossible`], and `name`, `amount`.
        field: String,
        /// Why.
        why: crate::field::Doubt,
        /// What it may be, likeliest first: the readings and what was proposed. Personal data.
        readings: Vec<String>,
    },
    /// A page could not be read; pages count from 1.
    PageUnread {
        /// The page.
        page: u16,
        /// Why.
        problem: Problem,
    },
    /// A page does not read line by line from top to bottom, so its lines may stand in the wrong order; pages count from 1.
    ReadingOrder {
        /// The page.
        page: u16,
        /// How it reads.
        order: ReadingOrder,
    },
    /// An attachment could not be read; it is kept.
    AttachmentUnread {
        /// Its name.
        name: String,
        /// Why.
        problem: Problem,
        /// Its file, where reading it again may give its words: nothing is known to be wrong with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<ContentHash>,
    },
    /// The text was in another charset than it claimed and was repaired.
    CharsetRepaired {
        /// The charset that fitted.
        used: String,
    },
    /// Characters could not be decoded and stand as U+FFFD; the original has them.
    CharactersLost {
        /// How many.
        count: u32,
    },
    /// The body is longer than [`BODY_LIMIT`]; the rest is in the original.
    BodyTruncated,
    /// No text of the petitioner could be found; the original must be looked at.
    NoText,
}

impl Mark {
    /// What was written in `field` and cannot be one of its values.
    #[must_use]
    pub fn impossible(&self, field: &str) -> Option<&str> {
        if let Self::Impossible { field: marked, written } = self { (marked == field).then_some(written) } else { None }
    }

    /// Why a person is asked about `field`, and what it may be.
    #[must_use]
    pub fn asked(&self, field: &str) -> Option<(crate::field::Doubt, &[String])> {
        if let Self::Asked { field: marked, why, readings } = self {
            (marked == field).then_some((*why, readings.as_slice()))
        } else {
            None
        }
    }

    /// The file of an attachment that may be read again, and why it was not read.
    #[must_use]
    pub const fn to_be_read(&self) -> Option<(ContentHash, &Problem)> {
        if let Self::AttachmentUnread { problem, again: Some(file), .. } = self { Some((*file, problem)) } else { None }
    }

    /// Why `page` could not be read.
    #[must_use]
    pub fn unread(&self, page: u16) -> Option<&Problem> {
        if let Self::PageUnread { page: marked, problem } = self { (*marked == page).then_some(problem) } else { None }
    }
}

impl Statement {
    /// A statement of `title` and `body` in which nothing else is known yet.
    #[must_use]
    pub const fn new(title: Field<String>, body: String) -> Self {
        Self {
            petitioners: Vec::new(),
            proxy: None,
            entry: None,
            respondents: Vec::new(),
            title,
            body,
            demand: None,
            place: None,
            written_on: None,
            purpose: None,
            class: None,
            wishes: Wishes { anonymous: false, confidential: false, publishable: false },
            beside: Vec::new(),
            mentions: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Adds the marks for what is missing. Doors call this last.
    #[must_use]
    pub fn with_missing_marked(mut self) -> Self {
        let first = self.petitioners.first();
        let mut missing = Vec::new();
        if !self.wishes.anonymous {
            if first.is_none_or(|petitioner| petitioner.name.is_none()) {
                missing.push(Mark::MissingName);
            }
            if first.is_none_or(|petitioner| petitioner.address.is_none()) {
                missing.push(Mark::MissingAddress);
            }
            if first.is_none_or(|petitioner| petitioner.phones.is_empty()) {
                missing.push(Mark::MissingPhone);
            }
        }
        if self.body.trim().is_empty() {
            missing.push(Mark::NoText);
        }
        for mark in missing {
            if !self.marks.contains(&mark) {
                self.marks.push(mark);
            }
        }
        self
    }

    /// How sure the reading of the statement is: the least of its title, name and numbers; less where pages or
    /// fields are marked.
    #[must_use]
    pub fn confidence(&self) -> crate::field::Confidence {
        let first = self.petitioners.first();
        let of_petitioner = first.into_iter().flat_map(|petitioner| {
            petitioner
                .name
                .as_ref()
                .map(|field| field.confidence)
                .into_iter()
                .chain(petitioner.id_number.as_ref().map(|field| field.confidence))
                .chain(petitioner.phones.first().map(|field| field.confidence))
        });
        let least = of_petitioner.fold(self.title.confidence, crate::field::Confidence::min);
        let unread = self.marks.iter().any(|mark| matches!(mark, Mark::PageUnread { .. } | Mark::NoText));
        if unread { least.min(crate::field::Confidence::new(0.3)) } else { least }
    }
}
