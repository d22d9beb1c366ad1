//! The store port: what the gateway asks of a database and of a place for files, and nothing about how.
//!
//! The rules of the port:
//!
//! - A lookup gives `Result<Option<T>>` or a list: "not found" is a value, not an error.
//! - Everything takes `&mut self`: one operation at a time on one connection or transaction.
//! - Time comes in as a parameter, already cut to microseconds.
//! - [`UnitOfWork::commit`] returns only after the change is durable against loss of power. Dropping a unit of work
//!   undoes it. Never await the network, OCR or mail inside one: on SQLite it holds every other writer.
//! - What a record refers to is inserted before it: an arrival and a case before their submission, a submission before its
//!   findings, a case before its dispatches.
//! - A refused record ([`StoreError::Exists`], [`StoreError::Conflict`]) leaves the unit of work usable. After any other failure, and
//!   after a step that was given up (its future was dropped), it can only be undone.
//! - A side effect outside the database is a [`jobs::NewJob`] enqueued in the same unit of work.
//!
//! [`conformance`] holds the behaviour that every adapter must show, as functions that an adapter's tests run.

use async_trait::async_trait;

pub mod arrivals;
pub mod batches;
pub mod cases;
pub mod conformance;
pub mod corrections;
pub mod dispatches;
pub mod entry_drafts;
pub mod error;
pub mod events;
pub mod files;
pub mod findings;
pub mod groups;
pub mod jobs;
pub mod mailboxes;
pub mod mails;
pub mod matters;
pub mod notices;
pub mod page;
pub mod published_answers;
pub mod readings;
pub mod representatives;
pub mod staff;
pub mod stickers;
pub mod submissions;
pub mod units;
pub mod verify;

pub use error::StoreError;
pub use page::{Page, Paging};

/// A database of one office.
#[async_trait]
pub trait Store: Send + Sync {
    /// A connection to read from; sees what was committed when each of its lookups began.
    ///
    /// # Errors
    /// The database cannot be reached.
    async fn read(&self) -> Result<Box<dyn Lookups>, StoreError>;

    /// A connection to read from, whose lookups all see what was committed when the first of them began: for what is shown together, so
    /// that no page says both that a finding is there and that it is still looked for. To be dropped soon: what is written meanwhile cannot
    /// be tidied up.
    ///
    /// # Errors
    /// The database cannot be reached.
    async fn snapshot(&self) -> Result<Box<dyn Lookups>, StoreError>;

    /// Begins a unit of work; waits for its turn where there is one writer.
    ///
    /// # Errors
    /// The database cannot be reached or is full.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Whether the database answers, has its newest schema and passes its own quick check.
    ///
    /// # Errors
    /// Names what is wrong.
    async fn check(&self) -> Result<(), StoreError>;
}

/// Everything that can be looked up.
pub trait Lookups:
    arrivals::ArrivalLookups
    + batches::BatchLookups
    + stickers::StickerLookups
    + readings::ReadingLookups
    + submissions::SubmissionLookups
    + cases::CaseLookups
    + groups::GroupLookups
    + representatives::RepresentativeLookups
    + matters::MatterLookups
    + findings::FindingLookups
    + dispatches::DispatchLookups
    + events::EventLookups
    + corrections::CorrectionLookups
    + units::UnitLookups
    + staff::StaffLookups
    + entry_drafts::EntryDraftLookups
    + jobs::JobLookups
    + mailboxes::MailboxLookups
    + mails::MailLookups
    + notices::NoticeLookups
    + published_answers::PublishedAnswerLookups
    + Send
{
}

impl<T> Lookups for T where
    T: arrivals::ArrivalLookups
        + batches::BatchLookups
        + stickers::StickerLookups
        + readings::ReadingLookups
        + submissions::SubmissionLookups
        + cases::CaseLookups
        + groups::GroupLookups
        + representatives::RepresentativeLookups
        + matters::MatterLookups
        + findings::FindingLookups
        + dispatches::DispatchLookups
        + events::EventLookups
        + corrections::CorrectionLookups
        + units::UnitLookups
        + staff::StaffLookups
        + entry_drafts::EntryDraftLookups
        + jobs::JobLookups
        + mailboxes::MailboxLookups
        + mails::MailLookups
        + notices::NoticeLookups
        + published_answers::PublishedAnswerLookups
        + Send
{
}

/// One transaction: everything in it happens or nothing does.
#[async_trait]
pub trait UnitOfWork:
    Lookups
    + arrivals::ArrivalChanges
    + batches::BatchChanges
    + stickers::StickerChanges
    + readings::ReadingChanges
    + submissions::SubmissionChanges
    + cases::CaseChanges
    + groups::GroupChanges
    + representatives::RepresentativeChanges
    + findings::FindingChanges
    + dispatches::DispatchChanges
    + events::EventChanges
    + corrections::CorrectionChanges
    + units::UnitChanges
    + staff::StaffChanges
    + entry_drafts::EntryDraftChanges
    + jobs::JobChanges
    + mailboxes::MailboxChanges
    + mails::MailChanges
    + notices::NoticeChanges
    + published_answers::PublishedAnswerChanges
{
    /// Makes the change durable. Once this was polled, dropping its future no longer undoes the change; whether it happened
    /// must be looked up.
    ///
    /// # Errors
    /// The change did not happen.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
