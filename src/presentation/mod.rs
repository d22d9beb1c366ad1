//! Cases, submissions and findings as JSON, the same for the command line and the API. Personal data is masked unless whoever
//! asks for it says otherwise.

pub mod candidate;
pub mod case_document;
pub mod correspondence;
pub mod mail;
pub mod petitioner;
pub mod problem;
pub mod problem_guide;
pub mod said;
pub mod submission;
pub mod time;

use case::mask::People;

/// Whether personal data is shown as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Masking {
    /// Masked: the default.
    Masked,
    /// As it is; looking is an event where a person looks.
    Plain,
}

impl Masking {
    /// `text` of a petition as it may be shown: masked, what is known of `people` and every long number is hidden.
    #[must_use]
    pub fn words(self, text: &str, people: &People) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Masked => people.hide(text),
        }
    }
}
