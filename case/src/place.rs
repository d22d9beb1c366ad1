//! Codes of administrative places (统计用区划代码).

use std::fmt;

use serde::{Deserialize, Serialize};

/// 6 digits for a county or city, 9 for a township or street office, 12 for a village or community.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

/// The text is not 6, 9 or 12 digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("区划代码应为6、9或12位数字")]
pub struct InvalidPlaceCode;

impl PlaceCode {
    /// Reads a code.
    ///
    /// # Errors
    /// The text is not 6, 9 or 12 digits.
    pub fn parse(text: &str) -> Result<Self, InvalidPlaceCode> {
        let text = text.trim();
        let fits = matches!(text.len(), 6 | 9 | 12) && text.chars().all(|c| c.is_ascii_digit());
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidPlaceCode) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the township (9 digits) or county (6) that holds this place.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let length = self.0.len().checked_sub(3).filter(|length| *length >= 6)?;
        self.0.get(..length).map(|digits| Self(digits.to_owned()))
    }

    /// Whether `other` is this place or lies inside it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for PlaceCode {
    type Error = InvalidPlaceCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(code: &str) -> PlaceCode {
        PlaceCode::parse(code).unwrap()
    }

    #[test]
    fn a_village_lies_in_its_township_and_the_township_in_its_county() {
        let village = place("130682101201");
        let township = village.parent().unwrap();
        let county = township.parent().unwrap();
        assert_eq!((township.as_str(), county.as_str()), ("130682101", "130682"));
        assert_eq!(county.parent(), None);
        assert!(county.contains(&village) && township.contains(&village) && village.contains(&village));
        assert!(!village.contains(&township));
        assert!(!place("130682102").contains(&village));
    }

    #[test]
    fn other_lengths_and_characters_are_refused() {
        for code in ["", "13068", "1306821", "13068210", "1306821010", "13068x", "１３０６８２", "1306821012011"]
        {
            assert_eq!(PlaceCode::parse(code), Err(InvalidPlaceCode), "{code}");
        }
    }

    proptest! {
        #[test]
        fn accepted_codes_come_back_and_lie_in_their_parents(text in "[0-9]{6}|[0-9]{9}|[0-9]{12}|\\PC*") {
            if let Ok(place) = PlaceCode::parse(&text) {
                prop_assert_eq!(place.as_str(), text.trim());
                if let Some(parent) = place.parent() {
                    prop_assert!(parent.contains(&place));
                    prop_assert_eq!(PlaceCode::parse(parent.as_str()).unwrap(), parent);
                }
            }
        }
    }
}
