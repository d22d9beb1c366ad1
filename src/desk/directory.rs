//! The people and the units of the office, for whoever administers them.

use case::problem::Problem;
use case::staff::{Permission, Staff};
use case::unit::Unit;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

impl Gateway {
    /// Everybody, by user name.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn staff_list(&self, viewer: &Viewer) -> Result<Vec<Staff>, Problem> {
        viewer.require(Permission::Administer)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.all_staff().await.map_err(|error| failed(&error))
    }

    /// Every unit, closed ones too, by code.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn unit_list(&self, viewer: &Viewer) -> Result<Vec<Unit>, Problem> {
        viewer.require(Permission::Administer)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.units().await.map_err(|error| failed(&error))
    }
}
