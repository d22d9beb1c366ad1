//! Groups of cases on the same matter.

use async_trait::async_trait;
use case::group::Group;
use case::id::{CaseId, FindingId, GroupId};
use store::groups::{GroupChanges, GroupFilter, GroupLookups, Grouping};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct GroupRow {
    id: Uuid,
    title: String,
    formed_at: i64,
    formed_by: String,
    cases: String,
}

/// `SELECT` of whole groups `g` with all their cases, with what follows `FROM groups g`.
macro_rules! select_groups {
    ($rest:literal, $argument:expr) => {
        sqlx::query_as!(
            GroupRow,
            r#"SELECT g.id AS "id: Uuid", g.title, g.formed_at, g.formed_by,
                      (SELECT json_group_array(hex(m.case_id) ORDER BY m.place)
                       FROM (SELECT s.case_id, min(k.place * 2 + (s.id = f.submission_id)) AS place
                             FROM groupings k JOIN findings f ON f.id = k.finding_id
                             JOIN submissions s ON s.id IN (f.other_submission_id, f.submission_id)
                             WHERE k.group_id = g.id GROUP BY s.case_id) m) AS "cases!: String"
               FROM groups g "#
                + $rest,
            $argument
        )
    };
}

/// The groups `g` with the number of those of their cases that may be seen (`$1`), formed from `$2` until `$3`, with at least `$4`.
macro_rules! groups_formed {
    ($columns:literal, $query:ident ! ($($row:ident)?), $rest:literal, $($argument:expr),+) => {
        sqlx::$query!(
            $($row,)?
            "SELECT " + $columns + r#"
             FROM (SELECT n.id, n.title, n.formed_at, n.formed_by, json_group_array(hex(n.case_id) ORDER BY n.place) AS cases
                   FROM (SELECT g.id, g.title, g.formed_at, g.formed_by, c.id AS case_id,
                                min(k.place * 2 + (s.id = f.submission_id)) AS place
                         FROM groups g JOIN groupings k ON k.group_id = g.id JOIN findings f ON f.id = k.finding_id
                         JOIN submissions s ON s.id IN (f.other_submission_id, f.submission_id)
                         JOIN cases c ON c.id = s.case_id
                         WHERE g.formed_at >= $2 AND g.formed_at < $3
                           AND c.secrecy IN (SELECT value FROM json_each($1))
                         GROUP BY g.id, c.id) n
                   GROUP BY n.id HAVING count(*) >= $4) "# + $rest,
            $($argument),+
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
            formed_by: read.json("formed_by", &row.formed_by)?,
            cases: read.uuids("cases", &row.cases)?.into_iter().map(CaseId::from_uuid).collect(),
        })
    }
}

impl Access {
    /// A group that no finding holds any more is none.
    async fn dissolve_empty(&mut self, group: Option<Uuid>) -> Result<(), StoreError> {
        let Some(group) = group else { return Ok(()) };
        let result = sqlx::query!(
            "DELETE FROM groups WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM groupings WHERE group_id = $1)",
            group
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
            "WHERE g.id IN (SELECT k.group_id FROM submissions s JOIN findings f ON f.submission_id = s.id
                            JOIN groupings k ON k.finding_id = f.id WHERE s.case_id = $1
                            UNION
                            SELECT k.group_id FROM submissions s JOIN findings f ON f.other_submission_id = s.id
                            JOIN groupings k ON k.finding_id = f.id WHERE s.case_id = $1)
             ORDER BY g.formed_at, g.id",
            case.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "group")?.into_iter().map(Group::try_from).collect()
    }

    async fn group_of_finding(&mut self, finding: FindingId) -> Result<Option<GroupId>, StoreError> {
        let finding = finding.as_uuid();
        let row =
            sqlx::query_scalar!(r#"SELECT group_id AS "group: Uuid" FROM groupings WHERE finding_id = $1"#, finding)
                .fetch_optional(self.database()?)
                .await;
        Ok(self.settle(row, "group")?.map(GroupId::from_uuid))
    }

    async fn groupings(&mut self, group: GroupId) -> Result<Vec<Grouping>, StoreError> {
        let group = group.as_uuid();
        let rows = sqlx::query!(
            r#"SELECT f.id AS "finding: Uuid", e.case_id AS "earlier: Uuid", l.case_id AS "later: Uuid"
               FROM groupings k JOIN findings f ON f.id = k.finding_id
               JOIN submissions e ON e.id = f.other_submission_id JOIN submissions l ON l.id = f.submission_id
               WHERE k.group_id = $1 ORDER BY k.place"#,
            group
        )
        .fetch_all(self.database()?)
        .await;
        let grouping = |finding, earlier, later| Grouping {
            finding: FindingId::from_uuid(finding),
            earlier: CaseId::from_uuid(earlier),
            later: CaseId::from_uuid(later),
        };
        Ok(self.settle(rows, "group")?.into_iter().map(|row| grouping(row.finding, row.earlier, row.later)).collect())
    }

    async fn groups_formed(&mut self, filter: &GroupFilter, paging: Paging) -> Result<Page<Group>, StoreError> {
        let secrecy = cell::to_list(filter.secrecy.iter().map(|secrecy| secrecy.as_str()))?;
        let (from, until) = (filter.from.as_microsecond(), filter.until.as_microsecond());
        let least = i64::from(filter.least);
        let (limit, offset) = (i64::from(paging.limit), i64::from(paging.offset));
        let mut moment = self.moment("group").await?;
        let rows = groups_formed!(
            r#"id AS "id!: Uuid", title AS "title!: String", formed_at AS "formed_at!: i64",
               formed_by AS "formed_by!: String", cases AS "cases!: String""#,
            query_as!(GroupRow),
            "ORDER BY formed_at DESC, id DESC LIMIT $5 OFFSET $6",
            secrecy,
            from,
            until,
            least,
            limit,
            offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total =
            groups_formed!("count(*)", query_scalar!(), "", secrecy, from, until, least).fetch_one(&mut *moment).await;
        drop(moment);
        self.settle_page(rows, total, "group")
    }
}

#[async_trait]
impl GroupChanges for Access {
    async fn insert_group(&mut self, group: &Group) -> Result<(), StoreError> {
        let id = group.id.as_uuid();
        let formed_at = group.formed_at.as_microsecond();
        let formed_by = cell::to_json(&group.formed_by)?;
        let result = sqlx::query!(
            "INSERT INTO groups (id, title, formed_at, formed_by) VALUES ($1, $2, $3, $4)",
            id,
            group.title,
            formed_at,
            formed_by
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "group")
    }

    async fn put_in_group(&mut self, group: GroupId, finding: FindingId) -> Result<(), StoreError> {
        let before = self.group_of_finding(finding).await?.map(GroupId::as_uuid);
        let (group, finding) = (group.as_uuid(), finding.as_uuid());
        let result = sqlx::query!(
            "INSERT INTO groupings (finding_id, group_id) VALUES ($1, $2)
             ON CONFLICT (finding_id) DO UPDATE SET group_id = $2",
            finding,
            group
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "group")?;
        self.dissolve_empty(before).await
    }

    async fn take_from_group(&mut self, finding: FindingId) -> Result<(), StoreError> {
        let before = self.group_of_finding(finding).await?.map(GroupId::as_uuid);
        let finding = finding.as_uuid();
        let result =
            sqlx::query!("DELETE FROM groupings WHERE finding_id = $1", finding).execute(self.database()?).await;
        self.settle(result, "group")?;
        self.dissolve_empty(before).await
    }
}
