//! The list of units.

use async_trait::async_trait;
use case::unit::{Unit, UnitCode};

use crate::StoreError;

/// Looking units up.
#[async_trait]
pub trait UnitLookups {
    /// The unit with this code.
    ///
    /// # Errors
    /// The store failed.
    async fn unit(&mut self, code: &UnitCode) -> Result<Option<Unit>, StoreError>;

    /// Every unit, closed ones too, by code.
    ///
    /// # Errors
    /// The store failed.
    async fn units(&mut self) -> Result<Vec<Unit>, StoreError>;
}

/// Changing units.
#[async_trait]
pub trait UnitChanges {
    /// Inserts a unit or writes over the one with the same code.
    ///
    /// # Errors
    /// The store failed.
    async fn put_unit(&mut self, unit: &Unit) -> Result<(), StoreError>;
}
