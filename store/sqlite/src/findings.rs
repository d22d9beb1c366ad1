//! Findings and decisions.

use async_trait::async_trait;
use case::field::Confidence;
use case::finding::{Decision, Finding, Reason};
use case::id::{CaseId, FindingId, SubmissionId};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::findings::{FindingChanges, FindingLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct FindingRow {
    id: Uuid,
    submission_id: Uuid,
    other_submission_id: Uuid,
    other_case_id: Uuid,
    relation: String,
    grounds: String,
    found_at: i64,
    decision: String,
}

/// What a finding rests on, as JSON in the column `grounds`.
#[derive(Serialize, Deserialize)]
struct Grounds {
    score: Confidence,
    reasons: Vec<Reason>,
    against: Vec<Reason>,
}

/// `SELECT` of whole findings `f`, with what follows `FROM findings f`.
macro_rules! select_findings {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            FindingRow,
            r#"SELECT f.id AS "id: Uuid", f.submission_id AS "submission_id: Uuid",
                      f.other_submission_id AS "other_submission_id: Uuid", f.other_case_id AS "other_case_id: Uuid",
                      f.relation, f.grounds, f.found_at, f.decision
               FROM findings f "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<FindingRow> for Finding {
    type Error = StoreError;

    fn try_from(row: FindingRow) -> Result<Self, StoreError> {
        let read = Row::of("findings", row.id);
        let grounds: Grounds = read.json("grounds", &row.grounds)?;
        Ok(Self {
            id: FindingId::from_uuid(row.id),
            submission: SubmissionId::from_uuid(row.submission_id),
            other_submission: SubmissionId::from_uuid(row.other_submission_id),
            other: CaseId::from_uuid(row.other_case_id),
            relation: read.parse("relation", &row.relation)?,
            score: grounds.score,
            reasons: grounds.reasons,
            against: grounds.against,
            found_at: read.time("found_at", row.found_at)?,
            decision: read.json("decision", &row.decision)?,
        })
    }
}

#[async_trait]
impl FindingLookups for Access {
    async fn finding(&mut self, id: FindingId) -> Result<Option<Finding>, StoreError> {
        let row = select_findings!("WHERE f.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "finding")?.map(Finding::try_from).transpose()
    }

    async fn findings_of_submission(&mut self, submission: SubmissionId) -> Result<Vec<Finding>, StoreError> {
        let rows = select_findings!("WHERE f.submission_id = $1 ORDER BY f.score DESC, f.id", submission.as_uuid())
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "finding")?.into_iter().map(Finding::try_from).collect()
    }

    async fn findings_of_case(&mut self, case: CaseId) -> Result<Vec<Finding>, StoreError> {
        let rows = select_findings!(
            // Each of the four by its own index; as one condition with OR, SQLite would read every finding there is.
            "JOIN submissions s ON s.id = f.submission_id
             WHERE f.id IN (SELECT o.id FROM submissions own JOIN findings o ON o.submission_id = own.id WHERE own.case_id = $1
                            UNION
                            SELECT o.id FROM submissions own JOIN findings o ON o.submission_id = own.id WHERE own.own_case_id = $1
                            UNION
                            SELECT o.id FROM submissions own JOIN findings o ON o.other_submission_id = own.id WHERE own.case_id = $1
                            UNION
                            SELECT o.id FROM submissions own JOIN findings o ON o.other_submission_id = own.id WHERE own.own_case_id = $1)
             ORDER BY s.sequence DESC, f.score DESC, f.id",
            case.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "finding")?.into_iter().map(Finding::try_from).collect()
    }

    async fn decided_findings(&mut self, after: Option<FindingId>, limit: u32) -> Result<Vec<Finding>, StoreError> {
        let after = after.map(FindingId::as_uuid);
        let limit = i64::from(limit);
        let rows = select_findings!(
            "JOIN submissions l ON l.id = f.submission_id JOIN submissions e ON e.id = f.other_submission_id
             WHERE f.decision_name <> 'open' AND ($1 IS NULL OR f.id > $1)
               AND json_extract(f.decision, '$.by.actor') = 'staff'
               AND l.secrecy <> 'sealed' AND e.secrecy <> 'sealed'
             ORDER BY f.id LIMIT $2",
            after,
            limit
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "finding")?.into_iter().map(Finding::try_from).collect()
    }
}

#[async_trait]
impl FindingChanges for Access {
    async fn insert_findings(&mut self, findings: &[Finding]) -> Result<(), StoreError> {
        for finding in findings {
            let id = finding.id.as_uuid();
            let submission = finding.submission.as_uuid();
            let other_submission = finding.other_submission.as_uuid();
            let other = finding.other.as_uuid();
            let relation = finding.relation.as_str();
            let score = f64::from(finding.score.value());
            let grounds = cell::to_json(&Grounds {
                score: finding.score,
                reasons: finding.reasons.clone(),
                against: finding.against.clone(),
            })?;
            let found_at = finding.found_at.as_microsecond();
            let decision_name = finding.decision.as_str();
            let decision = cell::to_json(&finding.decision)?;
            let result = sqlx::query!(
                "INSERT INTO findings
                     (id, submission_id, other_submission_id, other_case_id, relation, score, grounds, found_at,
                      decision_name, decision)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 ON CONFLICT (submission_id, other_submission_id) DO NOTHING",
                id,
                submission,
                other_submission,
                other,
                relation,
                score,
                grounds,
                found_at,
                decision_name,
                decision
            )
            .execute(self.database()?)
            .await;
            self.settle(result, "finding")?;
        }
        Ok(())
    }

    async fn decide_finding(
        &mut self,
        id: FindingId,
        expected: &Decision,
        decision: &Decision,
    ) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let expected = expected.as_str();
        let decision_name = decision.as_str();
        let decision = cell::to_json(decision)?;
        let result = sqlx::query!(
            "UPDATE findings SET decision_name = $3, decision = $4 WHERE id = $1 AND decision_name = $2",
            id,
            expected,
            decision_name,
            decision
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "finding")
    }

    async fn clear_open_findings(&mut self, submission: SubmissionId) -> Result<(), StoreError> {
        let submission = submission.as_uuid();
        let result = sqlx::query!(
            "DELETE FROM findings WHERE submission_id = $1 AND decision_name = 'open' AND relation <> 'supplement'",
            submission
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "finding").map(|_any| ())
    }
}
