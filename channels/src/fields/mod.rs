//! Finds what a form would have asked for in running Chinese text: name, numbers, address, place, respondents, date, title,
//! demand and purpose, each with how sure the find is and the characters it rests on.
//!
//! The doors that have no form (letter, mail, call) use it. It knows nothing of pages, headers or seconds: whoever calls it maps
//! the characters of a find to a [`case::field::Source`] in [`Fields::into_statement`].
//!
//! Invariants: any text gives [`Fields`]; every range lies inside the text; a number is only given when it validates, and a
//! number that was clearly meant as one but does not is given in [`Fields::impossible`], never silently mended.

mod address;
mod date;
mod demand;
mod enclosure;
mod lunar;
mod mail_address;
mod mention;
mod name;
mod number;
mod numeral;
mod opposing;
mod parties;
mod place;
mod purpose;
mod respondent;
mod spelling;
mod statement;
mod surname;
mod text;
mod title;
mod wishes;
mod wrap;

use case::field::Confidence;
use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use case::purpose::Purpose;
use case::statement::Wishes;
use jiff::civil::Date;
use std::ops::Range;

pub(crate) use mail_address::is_address as is_mail_address;
pub(crate) use mention::{Mentioned, mentions, with_figures};
pub(crate) use number::digit_value;
pub(crate) use numeral::{compared as compared_figure, is_figure};
pub use statement::Located;
pub(crate) use text::Text;

/// What is known about a text before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The day on which it stood at the door, when the caller knows it: a date written on it cannot be later.
    pub received_on: Option<Date>,
}

/// A value that was found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// How sure it is that the value is what it is taken for; says nothing about how well the characters were read.
    pub confidence: Confidence,
    /// The characters it rests on, counted from 0 in the text that was given to [`read`].
    pub range: Range<usize>,
}

/// A respondent that was found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundRespondent {
    /// The name as written.
    pub name: Found<String>,
    /// 职务, when a person is meant and it is told.
    pub post: Option<String>,
}

/// A value that was clearly meant as the field `field` but cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Which field, in the words of [`case::statement::Mark::Impossible`].
    pub field: &'static str,
    /// As written.
    pub written: String,
    /// The characters it rests on.
    pub range: Range<usize>,
}

/// Everything that was found in a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// The names of the petitioners, the one who speaks first.
    pub names: Vec<Found<String>>,
    /// Who speaks for the first of them, when somebody else does (代理人).
    pub proxy: Option<Found<String>>,
    /// 公民身份号码 of the speaker.
    pub id_number: Option<Found<IdNumber>>,
    /// 统一社会信用代码 of the speaker.
    pub credit_code: Option<Found<CreditCode>>,
    /// Numbers to call back, best first.
    pub phones: Vec<Found<Phone>>,
    /// Numbers of who speaks for the petitioner, such as a lawyer.
    pub proxy_phones: Vec<Found<Phone>>,
    /// Where notices may be mailed.
    pub mail_address: Option<Found<String>>,
    /// 住址 of the speaker.
    pub address: Option<Found<String>>,
    /// 问题属地, as written.
    pub place: Option<Found<String>>,
    /// Who is complained about.
    pub respondents: Vec<FoundRespondent>,
    /// The date written on it.
    pub written_on: Option<Found<Date>>,
    /// 标题: a line that is one, or the first sentence that says what it is about.
    pub title: Option<Found<String>>,
    /// 诉求: the sentences that ask for something.
    pub demand: Option<Found<String>>,
    /// 信访目的, when it is plain from the words.
    pub purpose: Option<Found<Purpose>>,
    /// What the writer asked about their data in so many words.
    pub wishes: Wishes,
    /// Values that cannot be right.
    pub impossible: Vec<Impossible>,
}

/// Reads what can be found in `text`. Only the first [`case::statement::BODY_LIMIT`] characters are looked at.
#[must_use]
pub fn read(text: &str, context: &Context) -> Fields {
    let text = Text::new(text);
    let mut fields = Fields::default();
    let identities = number::find(&text, &mut fields);
    mail_address::find(&text, &mut fields);
    date::find(&text, context, &mut fields);
    title::find(&text, &mut fields);
    respondent::find(&text, &mut fields);
    name::find(&text, &mut fields);
    number::beside_others(&text, &mut fields);
    number::own_id(&text, &identities, &mut fields);
    number::id_beside_others(&text, &mut fields);
    number::perhaps_own_id(&text, &mut fields);
    address::find(&text, &mut fields);
    place::find(&text, &mut fields);
    demand::find(&text, &mut fields);
    purpose::find(&text, &mut fields);
    wishes::find(&text, &mut fields);
    if fields.phones.is_empty() {
        number::call_back(&text, &mut fields);
    }
    let respondents = fields.respondents.iter_mut().map(|respondent| &mut respondent.name);
    let others = [&mut fields.proxy, &mut fields.address, &mut fields.place, &mut fields.title, &mut fields.demand]
        .into_iter()
        .flatten();
    fields.names.iter_mut().chain(respondents).chain(others).for_each(|found| text.restore(found));
    fields
}

/// The date that `written` gives in any of the usual ways of writing, when it exists.
#[must_use]
pub fn written_date(written: &str) -> Option<Date> {
    let text = Text::new(written.trim());
    let found = date::date_at(&text, 0)?;
    found.date.filter(|_| found.range.end == text.len())
}

/// The days that stand in `text`, in any of the usual ways of writing.
pub(crate) fn dates(text: &str) -> Vec<Date> {
    let text = Text::new(text);
    (0..text.len()).filter_map(|position| date::date_at(&text, position)?.date).collect()
}

/// Whether `name` can be a person's or an organisation's name, not a nickname: Chinese with a known surname, or two to four
/// Latin words.
#[must_use]
pub fn is_personal_name(name: &str) -> bool {
    let text = Text::new(name.trim());
    let chinese = surname::name_at(&text, 0).is_some_and(|found| found.known_surname && found.range.end == text.len());
    let words: Vec<&str> = name.split_whitespace().collect();
    let latin = (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(|c| c.is_ascii_alphabetic())
        });
    chinese || latin || statement::is_organisation(name.trim())
}

#[cfg(test)]
mod tests;
