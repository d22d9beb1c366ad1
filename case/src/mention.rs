//! What the words of a petition name beside its fields: days, amounts, house numbers, each in one written form and with the place
//! at which it was said.

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::petitioner::Petitioner;

/// A value that the words name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// As it was said. May be personal data.
    pub said: String,
    /// In its one written form, see [`MentionKind`].
    pub value: Field<String>,
}

/// What a [`Mention`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A year, month or day: `2020`, `2020-04`, `2020-04-15`. One of the lunar calendar as it was said, with the calendar's name before
    /// it: `农历腊月二十三`.
    Date,
    /// An amount of money in yuan, with two decimals when it is no whole one: `36500`.
    Amount,
    /// A house number in figures: `3栋2单元501室`. Personal data when it is the petitioner's.
    HouseNumber,
    /// A telephone number of the petitioner. Personal data.
    Phone,
    /// An identity number of the petitioner. Personal data.
    IdNumber,
}

impl Mention {
    /// Whether the words tell who or where a petitioner of `people` is, so that they are hidden wherever fields are.
    #[must_use]
    pub fn is_personal(&self, people: &[Petitioner]) -> bool {
        let lives_there = |person: &Petitioner| {
            person.address.as_ref().is_some_and(|address| address.value.contains(&self.value.value))
        };
        match self.kind {
            MentionKind::Date | MentionKind::Amount => false,
            MentionKind::Phone | MentionKind::IdNumber => true,
            MentionKind::HouseNumber => people.iter().any(lives_there),
        }
    }
}

impl MentionKind {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Amount => "amount",
            Self::HouseNumber => "house_number",
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
        }
    }

    /// What it is called on pages.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "时间",
            Self::Amount => "金额",
            Self::HouseNumber => "门牌",
            Self::Phone => "电话",
            Self::IdNumber => "身份证号",
        }
    }
}
