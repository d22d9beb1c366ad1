//! Who may have to answer (责任单位).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::class::ContentClass;
use crate::place::PlaceCode;

/// The short name by which an office's data files, rules and commands mean a unit, such as `rsj` or `130682101`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitCode(String);

/// The text is not a unit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("单位代码应为1至32位小写字母、数字、“-”或“_”")]
pub struct InvalidUnitCode;

impl UnitCode {
    /// Reads a code: 1 to 32 of `a-z`, `0-9`, `-` and `_`.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidUnitCode> {
        let fits = (1..=32).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidUnitCode) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for UnitCode {
    type Error = InvalidUnitCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.0
    }
}

/// What kind of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 乡镇、街道: answers for its area (属地管理).
    Township,
    /// 市直部门: answers for its remit (谁主管、谁负责).
    Department,
    /// 纪检监察机关: accusations go here.
    Discipline,
    /// 信访局、群众工作中心: the office itself, for what nobody else answers.
    PetitionOffice,
    /// 工作专班 and other units.
    Other,
}

/// A unit with its remit, its area and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The short name.
    pub code: UnitCode,
    /// The full name, such as `定州市人力资源和社会保障局`.
    pub name: String,
    /// Other names by which people mean it.
    pub aliases: Vec<String>,
    /// The unit above it.
    pub parent: Option<UnitCode>,
    /// What kind it is.
    pub kind: UnitKind,
    /// The classes it answers for (职责), of any level.
    pub classes: Vec<ContentClass>,
    /// The places it answers for (辖区).
    pub places: Vec<PlaceCode>,
    /// Its head's name: a unit led by the respondent gets no case about them.
    pub head: Option<String>,
    /// Where dispatches are mailed.
    pub mail_address: Option<String>,
    /// Its telephone number, as shown to people.
    pub phone: Option<String>,
    /// Whether cases can be sent to it; a closed unit stays for the record.
    pub active: bool,
}
