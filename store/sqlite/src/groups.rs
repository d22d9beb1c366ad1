//! Groups of cases on the same matter.

use async_trait::async_trait;
use case::group::Group;
use case::id::{CaseId, FindingId, GroupId};
use store::StoreError;
use store::groups::{GroupChanges, GroupLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::Row;

struct GroupRow {
    id: Uuid,
    title: String,
    formed_at: i64,
    cases: String,
}

/// `SELECT` of whole groups `g` with their cases, with what follows `FROM groups g`.
macro_rules! select_groups {
    ($rest:literal, $argument:expr) => {
        sqlx::query_as!(
            GroupRow,
            r#"SELECT g.id AS "id: Uuid", g.title, g.formed_at,
                      (SELECT json_group_array(hex(m.case_id) ORDER BY m.place)
                       FROM group_members m WHERE m.group_id = g.id) AS "cases!: String"
               FROM groups g "#
                + $rest,
            $argument
        )
    };
}

impl TryFrom<GroupRow> for Group {
    type Error = StoreError;

    fn try_from(row: GroupRow) -> Result<Self, StoreError> {
        let read = Row::of("groups", row.id);
        Ok(Self {
            id: GroupId::from_uuid(row.id),
            title: row.title,
            formed_at: read.time("formed_at", row.formed_at)?,
            cases: read.uuids("cases", &row.cases)?.into_iter().map(CaseId::from_uuid).collect(),
        })
    }
}

impl Access {
    async fn insert_member(
        &mut self,
        group: GroupId,
        case: CaseId,
        finding: Option<FindingId>,
    ) -> Result<(), StoreError> {
        let (group, case, finding) = (group.as_uuid(), case.as_uuid(), finding.map(FindingId::as_uuid));
        let result = sqlx::query!(
            "INSERT INTO group_members (group_id, case_id, finding_id) VALUES ($1, $2, $3)
             ON CONFLICT (group_id, case_id) DO NOTHING",
            group,
            case,
            finding
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "group").map(|_either| ())
    }
}

#[async_trait]
impl GroupLookups for Access {
    async fn group(&mut self, id: GroupId) -> Result<Option<Group>, StoreError> {
        let row = select_groups!("WHERE g.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "group")?.map(Group::try_from).transpose()
    }

    async fn groups_of_case(&mut self, case: CaseId) -> Result<Vec<Group>, StoreError> {
        let rows = select_groups!(
            "JOIN group_members own ON own.group_id = g.id WHERE own.case_id = $1 ORDER BY own.place",
            case.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "group")?.into_iter().map(Group::try_from).collect()
    }

    async fn grouping_by_finding(&mut self, finding: FindingId) -> Result<Option<(GroupId, CaseId)>, StoreError> {
        let finding = finding.as_uuid();
        let row = sqlx::query!(
            r#"SELECT group_id AS "group: Uuid", case_id AS "case: Uuid" FROM group_members WHERE finding_id = $1"#,
            finding
        )
        .fetch_optional(self.database()?)
        .await;
        let row = self.settle(row, "group")?;
        Ok(row.map(|row| (GroupId::from_uuid(row.group), CaseId::from_uuid(row.case))))
    }
}

#[async_trait]
impl GroupChanges for Access {
    async fn insert_group(&mut self, group: &Group) -> Result<(), StoreError> {
        let id = group.id.as_uuid();
        let formed_at = group.formed_at.as_microsecond();
        let result =
            sqlx::query!("INSERT INTO groups (id, title, formed_at) VALUES ($1, $2, $3)", id, group.title, formed_at)
                .execute(self.database()?)
                .await;
        self.settle_one(result, "group")?;
        for case in &group.cases {
            self.insert_member(group.id, *case, None).await?;
        }
        Ok(())
    }

    async fn add_to_group(&mut self, group: GroupId, case: CaseId, finding: FindingId) -> Result<(), StoreError> {
        self.insert_member(group, case, Some(finding)).await
    }

    async fn remove_from_group(&mut self, group: GroupId, case: CaseId) -> Result<(), StoreError> {
        let (group, case) = (group.as_uuid(), case.as_uuid());
        // The second part of the condition: when one case would be left, it goes too.
        let result = sqlx::query!(
            "DELETE FROM group_members
             WHERE group_id = $1
               AND (case_id = $2
                    OR (SELECT count(*) FROM group_members other WHERE other.group_id = $1 AND other.case_id <> $2) < 2)",
            group,
            case
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "group")?;
        let result = sqlx::query!(
            "DELETE FROM groups WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM group_members WHERE group_id = $1)",
            group
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "group").map(|_either| ())
    }
}
