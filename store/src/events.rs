//! The append-only chain of events.

use async_trait::async_trait;
use case::event::{Event, NewEvent};
use case::id::CaseId;

use crate::StoreError;

/// Looking events up.
#[async_trait]
pub trait EventLookups {
    /// The events of a case, oldest first.
    ///
    /// # Errors
    /// The store failed.
    async fn events_of_case(&mut self, case: CaseId) -> Result<Vec<Event>, StoreError>;

    /// Up to `limit` events after the one at place `sequence`, in order: for checking the chain in steps.
    ///
    /// # Errors
    /// The store failed.
    async fn events_after(&mut self, sequence: u64, limit: u32) -> Result<Vec<Event>, StoreError>;
}

/// Appending events. There is no other change.
#[async_trait]
pub trait EventChanges {
    /// Appends an event to the chain.
    ///
    /// # Errors
    /// The store failed.
    async fn append_event(&mut self, event: NewEvent) -> Result<Event, StoreError>;
}
