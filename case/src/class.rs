//! Codes of content classes (内容分类): three levels of two digits each.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Six digits, two for each level; `0100` endings name the upper levels: `010000` is a first level, `010200` a second.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentClass(String);

/// The text is not a class code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("内容分类代码应为6位数字，首两位不为00，上级为00时下级也为00")]
pub struct InvalidContentClass;

impl ContentClass {
    /// The code for what fits no class (其他).
    #[must_use]
    pub fn other() -> Self {
        Self("990000".to_owned())
    }

    /// Reads a code.
    ///
    /// # Errors
    /// The text is not six digits with levels from left to right.
    pub fn parse(text: &str) -> Result<Self, InvalidContentClass> {
        let text = text.trim();
        let levels = (text.get(..2), text.get(2..4), text.get(4..));
        let (Some(first), Some(second), Some(third)) = levels else { return Err(InvalidContentClass) };
        let fits = text.len() == 6
            && text.chars().all(|c| c.is_ascii_digit())
            && first != "00"
            && (second != "00" || third == "00");
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidContentClass) }
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many levels are given: 1, 2 or 3.
    #[must_use]
    pub fn level(&self) -> u8 {
        if self.0.ends_with("0000") {
            1
        } else if self.0.ends_with("00") {
            2
        } else {
            3
        }
    }

    /// The class of `level` (1, 2 or 3) that this one is or lies in; none when this one lies above that level.
    #[must_use]
    pub fn upper(&self, level: u8) -> Option<Self> {
        let length = usize::from(level).checked_mul(2).filter(|length| (2..=6).contains(length))?;
        let digits = self.0.get(..length).filter(|_| self.level() >= level)?;
        Some(Self(format!("{digits:0<6}")))
    }

    /// Whether `other` is this class or one below it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let length = match self.level() {
            1 => 2,
            2 => 4,
            _ => 6,
        };
        self.0.get(..length).is_some_and(|levels| other.0.starts_with(levels))
    }
}

impl fmt::Display for ContentClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ContentClass {
    type Error = InvalidContentClass;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ContentClass> for String {
    fn from(class: ContentClass) -> Self {
        class.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn class(code: &str) -> ContentClass {
        ContentClass::parse(code).unwrap()
    }

    #[test]
    fn a_class_contains_itself_and_those_below_it() {
        for (upper, lower, contained) in [
            ("010000", "010000", true),
            ("010000", "010203", true),
            ("010200", "010203", true),
            ("010203", "010203", true),
            ("010203", "010200", false),
            ("010200", "010000", false),
            ("010200", "010303", false),
            ("010000", "020000", false),
            // Zeros inside a level belong to its number.
            ("100000", "101000", true),
            ("101000", "101001", true),
            ("100000", "110000", false),
            ("101000", "100100", false),
        ] {
            assert_eq!(class(upper).contains(&class(lower)), contained, "{lower} in {upper}");
        }
    }

    #[test]
    fn levels_are_given_from_left_to_right() {
        for (code, level) in [("010000", 1), ("100000", 1), ("010200", 2), ("101000", 2), ("010203", 3), ("101010", 3)]
        {
            assert_eq!(class(code).level(), level, "{code}");
        }
        for code in ["", "000000", "000100", "010002", "01020", "0102030", "01020a", "内容分类", "一二"] {
            assert_eq!(ContentClass::parse(code), Err(InvalidContentClass), "{code}");
        }
        assert_eq!(ContentClass::other().level(), 1);
    }

    proptest! {
        #[test]
        fn accepted_codes_come_back(text in "[0-9]{6}|\\PC*") {
            if let Ok(class) = ContentClass::parse(&text) {
                prop_assert_eq!(class.as_str(), text.trim());
                prop_assert!((1..=3).contains(&class.level()));
                prop_assert!(class.contains(&class));
            }
        }
    }
}
