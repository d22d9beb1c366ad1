//! Where mails stood: in which mailboxes, or to which addresses they were handed. The same mail in two mailboxes is one arrival that
//! stood in two places; a place that is noted is never fetched again.

use async_trait::async_trait;
use case::id::ArrivalId;
use jiff::Timestamp;

use crate::StoreError;

/// A place where a mail stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPlace {
    /// The mailbox as the configuration calls it, or the address to which a mail server handed the mail.
    pub mailbox: String,
    /// Which mail of the mailbox; none for a mail that was handed over.
    pub uid: Option<MailUid>,
    /// When it was seen there.
    pub noted_at: Timestamp,
}

/// What a mailbox calls a mail (RFC 9051 section 2.3.1.1): never used again while the validity stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailUid {
    /// UIDVALIDITY of the folder.
    pub validity: u32,
    /// UID of the mail.
    pub uid: u32,
}

/// Looking places up.
#[async_trait]
pub trait MailLookups {
    /// The arrival that stood in this mailbox under this name.
    ///
    /// # Errors
    /// The store failed.
    async fn arrival_at(&mut self, mailbox: &str, uid: MailUid) -> Result<Option<ArrivalId>, StoreError>;

    /// The places of an arrival, in the order in which they were noted.
    ///
    /// # Errors
    /// The store failed.
    async fn mail_places(&mut self, arrival: ArrivalId) -> Result<Vec<MailPlace>, StoreError>;
}

/// Noting places.
#[async_trait]
pub trait MailChanges {
    /// Notes that a mail stood somewhere. Gives whether that is new: a place that is noted already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such arrival.
    async fn note_mail_place(&mut self, arrival: ArrivalId, place: &MailPlace) -> Result<bool, StoreError>;
}
