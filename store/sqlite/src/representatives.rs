//! Representatives of groups.

use async_trait::async_trait;
use case::id::{GroupId, SubmissionId};
use case::representative::{PetitionerPlace, Representative};
use store::StoreError;
use store::representatives::{RepresentativeChanges, RepresentativeLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct RepresentativeRow {
    group: Uuid,
    submission: Uuid,
    petitioner: i64,
    named_at: i64,
    named_by: String,
}

impl TryFrom<RepresentativeRow> for Representative {
    type Error = StoreError;

    fn try_from(row: RepresentativeRow) -> Result<Self, StoreError> {
        let read = Row::of("representatives", row.submission);
        Ok(Self {
            group: GroupId::from_uuid(row.group),
            who: PetitionerPlace {
                submission: SubmissionId::from_uuid(row.submission),
                petitioner: read.count("petitioner", row.petitioner)?,
            },
            named_at: read.time("named_at", row.named_at)?,
            named_by: read.json("named_by", &row.named_by)?,
        })
    }
}

#[async_trait]
impl RepresentativeLookups for Access {
    async fn representatives(&mut self, group: GroupId) -> Result<Vec<Representative>, StoreError> {
        let group = group.as_uuid();
        let rows = sqlx::query_as!(
            RepresentativeRow,
            r#"SELECT group_id AS "group: Uuid", submission_id AS "submission: Uuid", petitioner, named_at, named_by
               FROM representatives WHERE group_id = $1 ORDER BY place"#,
            group
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "representative")?.into_iter().map(Representative::try_from).collect()
    }

    async fn representatives_of_submission(
        &mut self,
        submission: SubmissionId,
    ) -> Result<Vec<Representative>, StoreError> {
        let submission = submission.as_uuid();
        let rows = sqlx::query_as!(
            RepresentativeRow,
            r#"SELECT group_id AS "group: Uuid", submission_id AS "submission: Uuid", petitioner, named_at, named_by
               FROM representatives WHERE submission_id = $1 ORDER BY place"#,
            submission
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "representative")?.into_iter().map(Representative::try_from).collect()
    }
}

#[async_trait]
impl RepresentativeChanges for Access {
    async fn insert_representative(&mut self, representative: &Representative) -> Result<(), StoreError> {
        let (group, submission) = (representative.group.as_uuid(), representative.who.submission.as_uuid());
        let petitioner = i64::from(representative.who.petitioner);
        let named_at = representative.named_at.as_microsecond();
        let named_by = cell::to_json(&representative.named_by)?;
        let result = sqlx::query!(
            "INSERT INTO representatives (group_id, submission_id, petitioner, named_at, named_by)
             VALUES ($1, $2, $3, $4, $5)",
            group,
            submission,
            petitioner,
            named_at,
            named_by
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "representative")
    }

    async fn remove_representative(&mut self, group: GroupId, who: PetitionerPlace) -> Result<bool, StoreError> {
        let (group, submission, petitioner) = (group.as_uuid(), who.submission.as_uuid(), i64::from(who.petitioner));
        let result = sqlx::query!(
            "DELETE FROM representatives WHERE group_id = $1 AND submission_id = $2 AND petitioner = $3",
            group,
            submission,
            petitioner
        )
        .execute(self.database()?)
        .await;
        Ok(self.settle(result, "representative")?.rows_affected() > 0)
    }
}
