//! How the mailboxes stand that are fetched: when that went well last, why it does not now, and what came out of them that nobody has
//! settled yet. Kept in the store, so that every process of the office can tell.

use async_trait::async_trait;
use case::problem::Problem;
use jiff::Timestamp;

use crate::StoreError;

/// How a mailbox stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxState {
    /// What the configuration calls it.
    pub name: String,
    /// How it was watched when it was fetched last.
    pub watched: Watched,
    /// When it was fetched last without trouble; none for never.
    pub fetched_at: Option<Timestamp>,
    /// How many mails were new, altogether.
    pub mails: u64,
    /// Why it cannot be fetched now, and since when.
    pub trouble: Option<(Problem, Timestamp)>,
}

/// How a mailbox is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// The server tells when a mail comes (IDLE).
    Idle,
    /// It is looked at every so often.
    Polling,
    /// Only when `xinqiao fetch` runs.
    ByHand,
}

impl Watched {
    /// Every way.
    pub const ALL: &'static [Self] = &[Self::Idle, Self::Polling, Self::ByHand];

    /// The stable name, as stored and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Polling => "polling",
            Self::ByHand => "by_hand",
        }
    }
}

/// No way to watch a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no way to watch a mailbox")]
pub struct InvalidWatched;

impl std::str::FromStr for Watched {
    type Err = InvalidWatched;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|watched| watched.as_str() == text).ok_or(InvalidWatched)
    }
}

/// What came from one mailbox, or to one address, and is not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledMails {
    /// The mailbox, or the address to which a mail server handed the mails.
    pub mailbox: String,
    /// Not read yet.
    pub waiting: u64,
    /// In the quarantine: no petition, or not readable.
    pub held: u64,
}

/// Looking mailboxes up.
#[async_trait]
pub trait MailboxLookups {
    /// Every mailbox that was ever fetched, by name.
    ///
    /// # Errors
    /// The store failed.
    async fn mailboxes(&mut self) -> Result<Vec<MailboxState>, StoreError>;

    /// What is not settled, by mailbox; one that has nothing is left out. A mail that stood in two counts in both.
    ///
    /// # Errors
    /// The store failed.
    async fn unsettled_mails(&mut self) -> Result<Vec<UnsettledMails>, StoreError>;
}

/// Changing mailboxes.
#[async_trait]
pub trait MailboxChanges {
    /// Writes how a mailbox stands, over what was known of it.
    ///
    /// # Errors
    /// The store failed.
    async fn put_mailbox(&mut self, mailbox: &MailboxState) -> Result<(), StoreError>;
}
