//! Arrivals: what stands at the doors.

use async_trait::async_trait;
use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;
use case::id::ArrivalId;
use case::source_key::SourceKey;

use crate::{Page, Paging, StoreError};

/// Which arrivals are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArrivalFilter {
    /// Only this door.
    pub channel: Option<Channel>,
    /// Only those in this state.
    pub state: Option<ArrivalStateName>,
}

/// The state of an arrival without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrivalStateName {
    /// Not read yet.
    Waiting,
    /// Read and registered.
    Registered,
    /// In the quarantine.
    Refused,
}

/// What became of an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is new.
    New,
    /// A replay: an arrival with the same source key was there already.
    Replay(Box<Arrival>),
}

/// Looking arrivals up.
#[async_trait]
pub trait ArrivalLookups {
    /// The arrival with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn arrival(&mut self, id: ArrivalId) -> Result<Option<Arrival>, StoreError>;

    /// The arrival with this source key.
    ///
    /// # Errors
    /// The store failed.
    async fn arrival_by_source_key(&mut self, key: &SourceKey) -> Result<Option<Arrival>, StoreError>;

    /// Arrivals, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn arrivals(&mut self, filter: ArrivalFilter, paging: Paging) -> Result<Page<Arrival>, StoreError>;
}

/// Changing arrivals.
#[async_trait]
pub trait ArrivalChanges {
    /// Inserts an arrival unless its source key is known.
    ///
    /// # Errors
    /// The store failed.
    async fn insert_arrival(&mut self, arrival: &Arrival) -> Result<Received, StoreError>;

    /// Sets the state of an arrival that is not registered (waiting or refused).
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is registered or gone.
    async fn settle_arrival(&mut self, id: ArrivalId, state: &ArrivalState) -> Result<(), StoreError>;
}
