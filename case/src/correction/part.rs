//! What a correction is about: a field by its stable name, or a line of a page.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;

macro_rules! fields {
    ($($name:ident, $code:literal, $label:literal;)*) => {
        /// A field of a statement that a person can put right.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FieldName {
            $(#[doc = $label] #[serde(rename = $code)] $name,)*
        }

        impl FieldName {
            /// Every field, in the order in which a person checks them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name; marks use the same one.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is called on pages.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

fields! {
    Name, "name", "姓名";
    Phone, "phone", "电话";
    IdNumber, "id_number", "身份证号";
    Address, "address", "住址";
    WrittenOn, "written_on", "信访日期";
    Title, "title", "标题";
    Demand, "demand", "诉求";
    Respondent, "respondent", "被反映人";
    Place, "place", "问题属地";
}

/// The text names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such field")]
pub struct UnknownField;

impl FromStr for FieldName {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|field| field.as_str() == text).ok_or(UnknownField)
    }
}

/// A part of what was read that a person checks: a field, or a line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Part {
    /// A field.
    Field {
        /// Which.
        field: FieldName,
        /// Its place among several of its kind, from 0: telephone numbers, petitioners, respondents.
        place: u16,
    },
    /// A line of the letter.
    Line {
        /// The page, from 1.
        page: u16,
        /// The line on it, from 0.
        line: u16,
    },
}

/// `phone.0`, `line.1.12`: the name of the part in forms, drafts and the API.
impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { field, place } => write!(formatter, "{}.{place}", field.as_str()),
            Self::Line { page, line } => write!(formatter, "line.{page}.{line}"),
        }
    }
}

/// The text names no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such part: one such as phone.0 or line.1.12 is expected")]
pub struct UnknownPart;

impl FromStr for Part {
    type Err = UnknownPart;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| {
            let plain = text.parse().map_err(|_none: std::num::ParseIntError| UnknownPart)?;
            // One written form: `+1` and `01` are none.
            if u16::to_string(&plain) == text { Ok(plain) } else { Err(UnknownPart) }
        };
        let (kind, rest) = text.split_once('.').ok_or(UnknownPart)?;
        if kind == "line" {
            let (page, line) = rest.split_once('.').ok_or(UnknownPart)?;
            return Ok(Self::Line { page: number(page)?, line: number(line)? });
        }
        let field = kind.parse().map_err(|UnknownField| UnknownPart)?;
        Ok(Self::Field { field, place: number(rest)? })
    }
}

impl TryFrom<String> for Part {
    type Error = UnknownPart;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl FieldName {
    /// Whether a letter may have several values of it.
    #[must_use]
    pub const fn has_several(self) -> bool {
        match self {
            Self::Name | Self::Phone | Self::Respondent => true,
            Self::IdNumber | Self::Address | Self::WrittenOn | Self::Title | Self::Demand | Self::Place => false,
        }
    }

    /// `text` in the one written form that values of the field have. Dates are in the form of ISO 8601.
    ///
    /// # Errors
    /// Why it cannot be such a value, for people.
    pub fn canonical(self, text: &str) -> Result<String, String> {
        match self {
            Self::Phone => Phone::parse(text).map(|phone| phone.as_str().to_owned()).map_err(|wrong| wrong.to_string()),
            Self::IdNumber => {
                IdNumber::parse(text).map(|number| number.as_str().to_owned()).map_err(|wrong| wrong.to_string())
            }
            Self::WrittenOn => {
                let date = text.trim().parse().map_err(|_none: jiff::Error| "没有这个日期".to_owned());
                date.map(|date: Date| date.to_string())
            }
            Self::Name | Self::Address | Self::Title | Self::Demand | Self::Respondent | Self::Place => {
                Ok(text.trim().to_owned())
            }
        }
    }
}
