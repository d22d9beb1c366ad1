//! How the mailboxes stand, for the pages and figures that tell.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use case::problem::Problem;
use jiff::Timestamp;

use crate::mailbox::fetch::Round;

/// The mailboxes that this process fetches, by name.
#[derive(Debug, Default)]
pub struct Mailboxes(Mutex<BTreeMap<String, MailboxState>>);

/// How a mailbox stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailboxState {
    /// When it was fetched last without trouble.
    pub fetched_at: Option<Timestamp>,
    /// How many mails were new since the start.
    pub new: u64,
    /// Why it cannot be fetched now, and since when.
    pub trouble: Option<(Problem, Timestamp)>,
}

impl Mailboxes {
    /// Notes how a round ended.
    pub fn note(&self, name: &str, ended: Result<Round, Problem>, at: Timestamp) {
        let mut states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = states.entry(name.to_owned()).or_default();
        match ended {
            Ok(round) => {
                state.fetched_at = Some(at);
                state.new += round.new;
                state.trouble = None;
            }
            Err(problem) => {
                let since = state.trouble.as_ref().map_or(at, |(_, since)| *since);
                state.trouble = Some((problem, since));
            }
        }
    }

    /// How they stand now.
    #[must_use]
    pub fn states(&self) -> BTreeMap<String, MailboxState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
