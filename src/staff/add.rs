//! Adding a member of the staff.

use case::id::StaffId;
use case::problem::{Problem, ProblemCode};
use case::staff::{Role, Staff, UserName};
use store::StoreError;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::staff::password::Password;

impl Gateway {
    /// Adds a person.
    ///
    /// # Errors
    /// The user name is taken, or the store failed.
    pub async fn add_staff(
        &self,
        user_name: UserName,
        display_name: &str,
        roles: Vec<Role>,
        password: Password,
    ) -> Result<Staff, Problem> {
        if roles.is_empty() {
            return Err(ProblemCode::InvalidField.because("至少要有一个角色"));
        }
        let randomness = self.randomness.clone();
        let hash = tokio::task::spawn_blocking(move || password.hash(&*randomness)).await;
        let hash = hash.map_err(|_panic| Problem::from(ProblemCode::Internal))??;
        let staff = Staff {
            id: StaffId::fresh(&*self.clock, &*self.randomness),
            user_name,
            display_name: display_name.trim().to_owned(),
            roles,
            active: true,
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.insert_staff(&staff, &hash).await.map_err(|error| match error {
            StoreError::Exists { .. } => ProblemCode::Conflict.because(format!("用户名{}已存在", staff.user_name)),
            error => failed(&error),
        })?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(staff)
    }
}
