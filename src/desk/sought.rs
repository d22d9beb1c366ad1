//! What a person looks for: words, and filters by name. Page, API and command line take the same ones, read here once.

use case::class::ContentClass;
use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use case::identity::phone::Phone;
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};
use case::unit::UnitCode;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use search::engine::{Reach, SearchQuery};

use crate::desk::states::STATES;

/// A search.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// What the engine answers.
    pub query: SearchQuery,
    /// Only what belongs to a case that was sent to this unit as lead, and not recalled from it. The database answers: no index knows
    /// where a case stands.
    pub unit: Option<UnitCode>,
    /// Only what belongs to a case in this state (a name of [`STATES`]); `joined` finds what was joined to another case.
    pub state: Option<&'static str>,
}

/// The filters by name, with what a value looks like.
pub const FILTERS: [(&str, &str); 7] = [
    ("channel", "web、letter、mail或call"),
    ("class", "六位数字的内容分类代码"),
    ("place", "问题属地的行政区划代码"),
    ("unit", "责任单位代码"),
    ("state", "办理状态的名称，如registered、dispatched"),
    ("from", "日期YYYY-MM-DD"),
    ("until", "日期YYYY-MM-DD"),
];

/// A filter that does not exist, or a value that it does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongFilter {
    /// No filter of this name.
    #[error("no such filter")]
    Name,
    /// Not such a value.
    #[error("the value should be {0}")]
    Value(&'static str),
}

impl Sought {
    /// A search for `words` without filters, from the first result on.
    #[must_use]
    pub fn words(words: &str, limit: usize) -> Self {
        Self::from(SearchQuery::words(Reach::Ordinary, words, limit))
    }

    /// Sets the filter called `name` (one of [`FILTERS`]). Both days of a period count whole, in the office's time.
    ///
    /// # Errors
    /// No such filter, or no such value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), WrongFilter> {
        let (name, expected) = FILTERS.into_iter().find(|(known, _)| *known == name).ok_or(WrongFilter::Name)?;
        let wrong = || WrongFilter::Value(expected);
        let day = || value.parse::<Date>().map_err(|_unreadable| wrong());
        let query = &mut self.query;
        match name {
            "channel" => query.channel = Some(value.parse().map_err(|_unknown| wrong())?),
            "class" => query.class = Some(ContentClass::parse(value).map_err(|_unreadable| wrong())?),
            "place" => query.place = Some(PlaceCode::parse(value).map_err(|_unreadable| wrong())?),
            "unit" => self.unit = Some(UnitCode::parse(value).map_err(|_unreadable| wrong())?),
            "state" => self.state = Some(state(value).ok_or_else(wrong)?),
            "from" => query.from = Some(midnight(day()?).ok_or_else(wrong)?),
            "until" => {
                let after = day()?.checked_add(1.day()).map_err(|_end_of_time| wrong())?;
                query.until = Some(midnight(after).ok_or_else(wrong)?);
            }
            _ => return Err(WrongFilter::Name),
        }
        Ok(())
    }

    /// Whether the database must answer too.
    #[must_use]
    pub const fn is_narrowed(&self) -> bool {
        self.unit.is_some() || self.state.is_some()
    }
}

impl From<SearchQuery> for Sought {
    fn from(query: SearchQuery) -> Self {
        Self { query, unit: None, state: None }
    }
}

/// The name of a state.
fn state(text: &str) -> Option<&'static str> {
    STATES.into_iter().map(|(name, _label)| name).find(|name| *name == text)
}

/// When a day begins in the office.
pub(crate) fn midnight(day: Date) -> Option<Timestamp> {
    day.to_zoned_datetime(case::ports::office_time_zone()).map(|start| start.timestamp()).ok()
}

/// The key of a petitioner by a number that somebody typed: identity number, credit code or telephone. The number itself goes no
/// further than this.
///
/// # Errors
/// [`ProblemCode::InvalidField`], without the number.
pub fn identity(secret: &IdentitySecret, typed: &str) -> Result<(IdentityKey, &'static str), Problem> {
    let typed = case::text::normalise(typed.trim());
    let key = |kind, value: &str, label| Ok((IdentityKey::new(secret, kind, value), label));
    if let Ok(number) = IdNumber::parse(&typed) {
        return key(IdentityKind::IdNumber, number.as_str(), "身份证号");
    }
    if let Ok(code) = CreditCode::parse(&typed) {
        return key(IdentityKind::CreditCode, code.as_str(), "统一社会信用代码");
    }
    if let Ok(phone) = Phone::parse(&typed) {
        return key(IdentityKind::Phone, phone.as_str(), "联系电话");
    }
    Err(ProblemCode::InvalidField.because("应为完整的身份证号、统一社会信用代码或联系电话，请核对后重新填写"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, value: &str) -> Result<Sought, WrongFilter> {
        let mut sought = Sought::words("停水", 20);
        sought.set(name, value).map(|()| sought)
    }

    #[test]
    fn every_filter_takes_its_values_and_no_other() {
        let values = [
            ("channel", "letter"),
            ("class", "010200"),
            ("place", "130682101"),
            ("unit", "zjj"),
            ("state", "dispatched"),
            ("from", "2026-01-01"),
            ("until", "2026-01-31"),
        ];
        assert_eq!(values.map(|(name, _)| name), FILTERS.map(|(name, _)| name));
        for (name, value) in values {
            assert_ne!(set(name, value).unwrap(), Sought::words("停水", 20), "{name}");
            assert!(matches!(set(name, "？"), Err(WrongFilter::Value(_))), "{name}");
        }
        assert_eq!(set("petitioner", "13800000001"), Err(WrongFilter::Name));
    }

    #[test]
    fn the_last_day_counts_whole() {
        let until = set("until", "2026-01-31").unwrap().query.until;
        assert_eq!(until, set("from", "2026-02-01").unwrap().query.from);
    }

    #[test]
    fn a_number_becomes_the_key_of_its_kind_and_is_not_repeated() {
        let secret = IdentitySecret::new([7; 32]);
        for (typed, kind) in [
            ("11010519491231002X", IdentityKind::IdNumber),
            ("138 0000 0001", IdentityKind::Phone),
            ("１３８０００００００１", IdentityKind::Phone),
        ] {
            assert_eq!(identity(&secret, typed).unwrap().0.kind, kind, "{typed}");
        }
        let problem = identity(&secret, "1380000000").unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidField);
        assert!(!problem.detail.contains("1380000000"));
    }
}
