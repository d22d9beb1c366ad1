//! Drafts of entries.

use async_trait::async_trait;
use case::entry::EntryDraft;
use case::id::{EntryDraftId, StaffId};
use store::StoreError;
use store::entry_drafts::{DraftTrace, EntryDraftChanges, EntryDraftLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct DraftRow {
    id: Uuid,
    staff_id: Uuid,
    saved_at: i64,
    version: i64,
    content: String,
}

impl TryFrom<DraftRow> for EntryDraft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        let read = Row::of("entry_drafts", row.id);
        Ok(Self {
            id: EntryDraftId::from_uuid(row.id),
            staff: StaffId::from_uuid(row.staff_id),
            saved_at: read.time("saved_at", row.saved_at)?,
            version: read.count("version", row.version)?,
            content: read.json("content", &row.content)?,
        })
    }
}

#[async_trait]
impl EntryDraftLookups for Access {
    async fn entry_draft(&mut self, id: EntryDraftId, staff: StaffId) -> Result<Option<EntryDraft>, StoreError> {
        let (id, staff) = (id.as_uuid(), staff.as_uuid());
        let row = sqlx::query_as!(
            DraftRow,
            r#"SELECT id AS "id: Uuid", staff_id AS "staff_id: Uuid", saved_at, version, content
               FROM entry_drafts WHERE id = $1 AND staff_id = $2"#,
            id,
            staff
        )
        .fetch_optional(self.database()?)
        .await;
        self.settle(row, "entry draft")?.map(EntryDraft::try_from).transpose()
    }

    async fn entry_drafts_of(&mut self, staff: StaffId, limit: u32) -> Result<Vec<EntryDraft>, StoreError> {
        let staff = staff.as_uuid();
        let rows = sqlx::query_as!(
            DraftRow,
            r#"SELECT id AS "id: Uuid", staff_id AS "staff_id: Uuid", saved_at, version, content
               FROM entry_drafts WHERE staff_id = $1 ORDER BY saved_at DESC, id DESC LIMIT $2"#,
            staff,
            limit
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "entry drafts")?.into_iter().map(EntryDraft::try_from).collect()
    }

    async fn oldest_entry_drafts(&mut self, limit: u32) -> Result<Vec<DraftTrace>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT id AS "id: Uuid", staff_id AS "staff_id: Uuid", saved_at FROM entry_drafts ORDER BY saved_at, id LIMIT $1"#,
            limit
        )
        .fetch_all(self.database()?)
        .await;
        let rows = self.settle(rows, "entry drafts")?.into_iter().map(|row| {
            let saved_at = Row::of("entry_drafts", row.id).time("saved_at", row.saved_at)?;
            let (id, staff) = (EntryDraftId::from_uuid(row.id), StaffId::from_uuid(row.staff_id));
            Ok(DraftTrace { id, staff, saved_at })
        });
        rows.collect()
    }
}

#[async_trait]
impl EntryDraftChanges for Access {
    async fn keep_entry_draft(&mut self, draft: &EntryDraft) -> Result<u64, StoreError> {
        let (id, staff) = (draft.id.as_uuid(), draft.staff.as_uuid());
        let saved_at = draft.saved_at.as_microsecond();
        let version = cell::to_count(draft.version);
        let content = cell::to_json(&draft.content)?;
        let result = if draft.version == 0 {
            sqlx::query!(
                "INSERT INTO entry_drafts (id, staff_id, saved_at, version, content) VALUES ($1, $2, $3, 1, $4)
                 ON CONFLICT (id) DO NOTHING",
                id,
                staff,
                saved_at,
                content
            )
            .execute(self.database()?)
            .await
        } else {
            sqlx::query!(
                "UPDATE entry_drafts SET saved_at = $4, content = $5, version = version + 1
                 WHERE id = $1 AND staff_id = $2 AND version = $3",
                id,
                staff,
                version,
                saved_at,
                content
            )
            .execute(self.database()?)
            .await
        };
        self.settle_one(result, "entry draft")?;
        Ok(draft.version.saturating_add(1))
    }

    async fn remove_entry_draft(&mut self, id: EntryDraftId, staff: StaffId) -> Result<(), StoreError> {
        let (id, staff) = (id.as_uuid(), staff.as_uuid());
        let result = sqlx::query!("DELETE FROM entry_drafts WHERE id = $1 AND staff_id = $2", id, staff)
            .execute(self.database()?)
            .await;
        self.settle(result, "entry draft").map(|_removed| ())
    }
}
