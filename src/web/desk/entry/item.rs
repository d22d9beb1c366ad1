//! What was entered, in the address of the page that tells what became of it.

use case::problem::ProblemCode;

use crate::desk::entered::Entry;

/// Where that page is.
pub const PATH: &str = "/desk/entered";
/// The query field, once for each.
pub const FIELD: &str = "item";

/// One thing that was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// It was taken.
    Taken(Entry),
    /// It was not taken.
    Refused(ProblemCode),
}

impl Item {
    /// As the address carries it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Taken(Entry::Arrival(id)) => format!("a-{id}"),
            Self::Taken(Entry::Submission(id)) => format!("s-{id}"),
            Self::Refused(code) => format!("r-{}", code.code()),
        }
    }

    /// From the address; none when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, value) = text.split_once('-')?;
        match kind {
            "a" => value.parse().ok().map(|id| Self::Taken(Entry::Arrival(id))),
            "s" => value.parse().ok().map(|id| Self::Taken(Entry::Submission(id))),
            "r" => ProblemCode::ALL.iter().find(|code| code.code() == value).map(|code| Self::Refused(*code)),
            _ => None,
        }
    }
}

/// The address of the page that tells of `items`.
#[must_use]
pub fn address(items: &[Item]) -> String {
    let fields: Vec<String> = items.iter().map(|item| format!("{FIELD}={}", item.code())).collect();
    format!("{PATH}?{}", fields.join("&"))
}

#[cfg(test)]
mod tests {
    use case::id::{ArrivalId, SubmissionId};

    use super::*;

    #[test]
    fn items_come_back_from_the_address() {
        let id = uuid::Uuid::from_u128(7);
        for item in [
            Item::Taken(Entry::Arrival(ArrivalId::from_uuid(id))),
            Item::Taken(Entry::Submission(SubmissionId::from_uuid(id))),
            Item::Refused(ProblemCode::InputTooLarge),
        ] {
            assert_eq!(Item::parse(&item.code()), Some(item));
        }
        for text in ["", "a", "a-", "a-x", "r-任意文字", "x-1"] {
            assert_eq!(Item::parse(text), None, "{text}");
        }
    }
}
