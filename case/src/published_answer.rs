//! An answer that the office has published (公开答复), for everybody to read.
//!
//! A person writes its three texts; nothing is published by itself, and nothing of an accusation ever. A text that was published is not
//! changed: it is withdrawn, and another one is published.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::id::{CaseId, PublishedAnswerId};

/// The longest title, in characters.
pub const TITLE_LIMIT: usize = 100;
/// The longest question and the longest answer, in characters each.
pub const TEXT_LIMIT: usize = 5_000;

/// What everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicText {
    title: String,
    question: String,
    answer: String,
}

/// The texts cannot be published so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPublicText {
    /// One of them is missing.
    #[error("请填写{0}")]
    Missing(&'static str),
    /// One of them is too long.
    #[error("{0}不得超过{1}字")]
    TooLong(&'static str, usize),
}

impl PublicText {
    /// The texts without white space around them.
    ///
    /// # Errors
    /// One of them is empty, or longer than [`TITLE_LIMIT`] or [`TEXT_LIMIT`].
    pub fn new(title: &str, question: &str, answer: &str) -> Result<Self, InvalidPublicText> {
        let fitting = |name, text: &str, limit| {
            let text = text.trim();
            if text.is_empty() {
                return Err(InvalidPublicText::Missing(name));
            }
            if text.chars().count() > limit {
                return Err(InvalidPublicText::TooLong(name, limit));
            }
            Ok(text.to_owned())
        };
        Ok(Self {
            title: fitting("公开标题", title, TITLE_LIMIT)?,
            question: fitting("公开的问题", question, TEXT_LIMIT)?,
            answer: fitting("公开的答复", answer, TEXT_LIMIT)?,
        })
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What was asked.
    #[must_use]
    pub fn question(&self) -> &str {
        &self.question
    }

    /// What was answered.
    #[must_use]
    pub fn answer(&self) -> &str {
        &self.answer
    }
}

/// A published answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedAnswer {
    /// Its identifier.
    pub id: PublishedAnswerId,
    /// The case that was answered; never told to the public.
    pub case: CaseId,
    /// What everybody may read.
    pub text: PublicText,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it.
    pub published_by: Actor,
    /// How it was withdrawn; none while it stands.
    pub withdrawn: Option<Withdrawal>,
}

/// How a published answer was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_there_and_fits() {
        let long = "字".repeat(TITLE_LIMIT + 1);
        assert_eq!(PublicText::new(" ", "问", "答"), Err(InvalidPublicText::Missing("公开标题")));
        assert_eq!(PublicText::new(&long, "问", "答"), Err(InvalidPublicText::TooLong("公开标题", TITLE_LIMIT)));
        assert_eq!(PublicText::new("题", "问", "\n"), Err(InvalidPublicText::Missing("公开的答复")));
        assert_eq!(PublicText::new(" 题 ", "问", "答").unwrap().title(), "题");
    }
}
