//! Dispatches and how far their sending has come.

use async_trait::async_trait;
use case::dispatch::{Delivery, Dispatch};
use case::id::{CaseId, DispatchId};
use case::secrecy::Secrecy;

use crate::{Page, Paging, StoreError};

/// Looking dispatches up.
#[async_trait]
pub trait DispatchLookups {
    /// The dispatch with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn dispatch(&mut self, id: DispatchId) -> Result<Option<Dispatch>, StoreError>;

    /// The dispatches of a case, oldest first.
    ///
    /// # Errors
    /// The store failed.
    async fn dispatches_of_case(&mut self, case: CaseId) -> Result<Vec<Dispatch>, StoreError>;

    /// Dispatches of cases with one of these degrees of secrecy, newest first: the desk's outbox.
    ///
    /// # Errors
    /// The store failed.
    async fn dispatches(&mut self, secrecy: &[Secrecy], paging: Paging) -> Result<Page<Dispatch>, StoreError>;
}

/// Changing dispatches.
#[async_trait]
pub trait DispatchChanges {
    /// Inserts a dispatch.
    ///
    /// # Errors
    /// The store failed.
    async fn insert_dispatch(&mut self, dispatch: &Dispatch) -> Result<(), StoreError>;

    /// Writes how far the sending has come.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was recalled meanwhile or there is no such dispatch.
    async fn set_delivery(&mut self, id: DispatchId, delivery: &Delivery) -> Result<(), StoreError>;
}
