//! The staff, their passwords and their sessions.

use async_trait::async_trait;
use case::id::StaffId;
use case::staff::{Staff, UserName};
use jiff::Timestamp;

use crate::StoreError;

/// A session of a signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// BLAKE3 of the token in the cookie: the store cannot be used to sign in.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub staff: StaffId,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

/// Looking staff up.
#[async_trait]
pub trait StaffLookups {
    /// The person with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError>;

    /// The person with this user name, with the password's hash in PHC form.
    ///
    /// # Errors
    /// The store failed.
    async fn staff_by_user_name(&mut self, name: &UserName) -> Result<Option<(Staff, String)>, StoreError>;

    /// Everybody, by user name.
    ///
    /// # Errors
    /// The store failed.
    async fn all_staff(&mut self) -> Result<Vec<Staff>, StoreError>;

    /// The session with this hash of its token, whether or not it has ended.
    ///
    /// # Errors
    /// The store failed.
    async fn session(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError>;
}

/// Changing staff.
#[async_trait]
pub trait StaffChanges {
    /// Inserts a person with the password's hash in PHC form.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the user name is taken.
    async fn insert_staff(&mut self, staff: &Staff, password_hash: &str) -> Result<(), StoreError>;

    /// Writes roles, display name and activity of a person, and the password's hash when one is given.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such person.
    async fn update_staff(&mut self, staff: &Staff, password_hash: Option<&str>) -> Result<(), StoreError>;

    /// Inserts a session.
    ///
    /// # Errors
    /// The store failed.
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Notes that a session was used.
    ///
    /// # Errors
    /// The store failed.
    async fn touch_session(&mut self, token_hash: &[u8; 32], used_at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session, if it is there.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_session(&mut self, token_hash: &[u8; 32]) -> Result<(), StoreError>;

    /// Takes away the sessions that ended before `moment`.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_ended_sessions(&mut self, moment: Timestamp) -> Result<u64, StoreError>;
}
