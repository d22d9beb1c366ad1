//! Representatives of joint petitions.

use async_trait::async_trait;
use case::id::{CaseId, GroupId, SubmissionId};
use case::representative::{JointPetition, PetitionerPlace, Representative};
use store::StoreError;
use store::representatives::{RepresentativeChanges, RepresentativeLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct RepresentativeRow {
    group: Option<Uuid>,
    case: Option<Uuid>,
    submission: Uuid,
    petitioner: i64,
    named_at: i64,
    named_by: String,
}

impl TryFrom<RepresentativeRow> for Representative {
    type Error = StoreError;

    fn try_from(row: RepresentativeRow) -> Result<Self, StoreError> {
        let read = Row::of("representatives", row.submission);
        let speaks_for = match (row.group, row.case) {
            (Some(group), None) => JointPetition::Group(GroupId::from_uuid(group)),
            (None, Some(case)) => JointPetition::Case(CaseId::from_uuid(case)),
            (Some(_), Some(_)) | (None, None) => {
                return Err(read.inconsistent("group_id", "neither a group nor a case, or both"));
            }
        };
        Ok(Self {
            speaks_for,
            who: PetitionerPlace {
                submission: SubmissionId::from_uuid(row.submission),
                petitioner: read.count("petitioner", row.petitioner)?,
            },
            named_at: read.time("named_at", row.named_at)?,
            named_by: read.json("named_by", &row.named_by)?,
        })
    }
}

/// The group or the case, as the two columns have them.
const fn columns(of: JointPetition) -> (Option<Uuid>, Option<Uuid>) {
    match of {
        JointPetition::Group(group) => (Some(group.as_uuid()), None),
        JointPetition::Case(case) => (None, Some(case.as_uuid())),
    }
}

#[async_trait]
impl RepresentativeLookups for Access {
    async fn representatives(&mut self, of: JointPetition) -> Result<Vec<Representative>, StoreError> {
        let (group, case) = columns(of);
        let rows = sqlx::query_as!(
            RepresentativeRow,
            r#"SELECT group_id AS "group: Uuid", case_id AS "case: Uuid", submission_id AS "submission: Uuid", petitioner,
                      named_at, named_by
               FROM representatives WHERE group_id IS $1 AND case_id IS $2 ORDER BY place"#,
            group,
            case
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
            r#"SELECT group_id AS "group: Uuid", case_id AS "case: Uuid", submission_id AS "submission: Uuid", petitioner,
                      named_at, named_by
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
        let (group, case) = columns(representative.speaks_for);
        let submission = representative.who.submission.as_uuid();
        let petitioner = i64::from(representative.who.petitioner);
        let named_at = representative.named_at.as_microsecond();
        let named_by = cell::to_json(&representative.named_by)?;
        let result = sqlx::query!(
            "INSERT INTO representatives (group_id, case_id, submission_id, petitioner, named_at, named_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            group,
            case,
            submission,
            petitioner,
            named_at,
            named_by
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "representative")
    }

    async fn remove_representative(&mut self, of: JointPetition, who: PetitionerPlace) -> Result<bool, StoreError> {
        let (group, case) = columns(of);
        let (submission, petitioner) = (who.submission.as_uuid(), i64::from(who.petitioner));
        let result = sqlx::query!(
            "DELETE FROM representatives
             WHERE group_id IS $1 AND case_id IS $2 AND submission_id = $3 AND petitioner = $4",
            group,
            case,
            submission,
            petitioner
        )
        .execute(self.database()?)
        .await;
        Ok(self.settle(result, "representative")?.rows_affected() > 0)
    }
}
