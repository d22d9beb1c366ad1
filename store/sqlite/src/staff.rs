//! The staff and their sessions.

use async_trait::async_trait;
use case::id::StaffId;
use case::staff::{Staff, UserName};
use jiff::Timestamp;
use store::StoreError;
use store::staff::{Session, StaffChanges, StaffLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct StaffRow {
    id: Uuid,
    user_name: String,
    display_name: String,
    roles: String,
    active: bool,
    password_hash: String,
}

/// `SELECT` of whole people, with what follows `FROM staff`.
macro_rules! select_staff {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            StaffRow,
            r#"SELECT id AS "id: Uuid", user_name, display_name, roles, active AS "active: bool", password_hash
               FROM staff "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<StaffRow> for Staff {
    type Error = StoreError;

    fn try_from(row: StaffRow) -> Result<Self, StoreError> {
        let read = Row::of("staff", row.id);
        Ok(Self {
            id: StaffId::from_uuid(row.id),
            user_name: UserName::parse(&row.user_name).map_err(|fault| read.inconsistent("user_name", fault))?,
            display_name: row.display_name,
            roles: read.json("roles", &row.roles)?,
            active: row.active,
        })
    }
}

struct SessionRow {
    staff_id: Uuid,
    began_at: i64,
    used_at: i64,
    ends_at: i64,
}

impl SessionRow {
    fn with(self, token_hash: [u8; 32]) -> Result<Session, StoreError> {
        // The hash of a token is not told in an error: the person says enough.
        let read = Row::of("sessions", self.staff_id);
        Ok(Session {
            token_hash,
            staff: StaffId::from_uuid(self.staff_id),
            began_at: read.time("began_at", self.began_at)?,
            used_at: read.time("used_at", self.used_at)?,
            ends_at: read.time("ends_at", self.ends_at)?,
        })
    }
}

#[async_trait]
impl StaffLookups for Access {
    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        let row = select_staff!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "staff")?.map(Staff::try_from).transpose()
    }

    async fn staff_by_user_name(&mut self, name: &UserName) -> Result<Option<(Staff, String)>, StoreError> {
        let row = select_staff!("WHERE user_name = $1", name.as_str()).fetch_optional(self.database()?).await;
        let Some(mut row) = self.settle(row, "staff")? else { return Ok(None) };
        let password_hash = std::mem::take(&mut row.password_hash);
        Ok(Some((row.try_into()?, password_hash)))
    }

    async fn all_staff(&mut self) -> Result<Vec<Staff>, StoreError> {
        let rows = select_staff!("ORDER BY user_name").fetch_all(self.database()?).await;
        self.settle(rows, "staff")?.into_iter().map(Staff::try_from).collect()
    }

    async fn session(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let key = token_hash.as_slice();
        let row = sqlx::query_as!(
            SessionRow,
            r#"SELECT staff_id AS "staff_id: Uuid", began_at, used_at, ends_at FROM sessions WHERE token_hash = $1"#,
            key
        )
        .fetch_optional(self.database()?)
        .await;
        self.settle(row, "session")?.map(|row| row.with(*token_hash)).transpose()
    }
}

#[async_trait]
impl StaffChanges for Access {
    async fn insert_staff(&mut self, staff: &Staff, password_hash: &str) -> Result<(), StoreError> {
        let id = staff.id.as_uuid();
        let user_name = staff.user_name.as_str();
        let roles = cell::to_json(&staff.roles)?;
        let result = sqlx::query!(
            "INSERT INTO staff (id, user_name, display_name, roles, active, password_hash)
             VALUES ($1, $2, $3, $4, $5, $6)",
            id,
            user_name,
            staff.display_name,
            roles,
            staff.active,
            password_hash
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "staff")
    }

    async fn update_staff(&mut self, staff: &Staff, password_hash: Option<&str>) -> Result<(), StoreError> {
        let id = staff.id.as_uuid();
        let roles = cell::to_json(&staff.roles)?;
        let result = sqlx::query!(
            "UPDATE staff SET display_name = $2, roles = $3, active = $4, password_hash = coalesce($5, password_hash)
             WHERE id = $1",
            id,
            staff.display_name,
            roles,
            staff.active,
            password_hash
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "staff")
    }

    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let token_hash = session.token_hash.as_slice();
        let staff = session.staff.as_uuid();
        let began_at = session.began_at.as_microsecond();
        let used_at = session.used_at.as_microsecond();
        let ends_at = session.ends_at.as_microsecond();
        let result = sqlx::query!(
            "INSERT INTO sessions (token_hash, staff_id, began_at, used_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
            token_hash,
            staff,
            began_at,
            used_at,
            ends_at
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "session")
    }

    async fn touch_session(&mut self, token_hash: &[u8; 32], used_at: Timestamp) -> Result<(), StoreError> {
        let token_hash = token_hash.as_slice();
        let used_at = used_at.as_microsecond();
        let result = sqlx::query!("UPDATE sessions SET used_at = $2 WHERE token_hash = $1", token_hash, used_at)
            .execute(self.database()?)
            .await;
        // It may have been ended meanwhile: then there is nothing to note.
        self.settle(result, "session").map(|_either| ())
    }

    async fn remove_session(&mut self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let token_hash = token_hash.as_slice();
        let result =
            sqlx::query!("DELETE FROM sessions WHERE token_hash = $1", token_hash).execute(self.database()?).await;
        self.settle(result, "session").map(|_either| ())
    }

    async fn remove_ended_sessions(&mut self, moment: Timestamp) -> Result<u64, StoreError> {
        let moment = moment.as_microsecond();
        let result = sqlx::query!("DELETE FROM sessions WHERE ends_at < $1", moment).execute(self.database()?).await;
        self.settle(result, "session").map(|result| result.rows_affected())
    }
}
