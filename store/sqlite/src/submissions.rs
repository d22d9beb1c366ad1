//! Submissions and their numbers.

use async_trait::async_trait;
use case::correction::{Correction, effective};
use case::id::{ArrivalId, CaseId, SubmissionId};
use case::number::RegistrationNumber;
use case::query_code::QueryCode;
use case::secrecy::Secrecy;
use case::submission::Submission;
use case::unit::UnitCode;
use jiff::civil::Date;
use store::submissions::{NextNumbers, SubmissionChanges, SubmissionLookups};
use store::{Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct SubmissionRow {
    id: Uuid,
    arrival_id: Uuid,
    number: String,
    query_code: String,
    case_id: Uuid,
    own_case_id: Uuid,
    sequence: i64,
    channel: String,
    received_at: i64,
    registered_at: i64,
    secrecy: String,
    statement: String,
    files: String,
    corrections: String,
    checked: bool,
}

/// `SELECT` of whole submissions as they were read last, with the corrections that stand, with what follows `FROM submissions`.
macro_rules! select_submissions {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            SubmissionRow,
            r#"SELECT id AS "id: Uuid", arrival_id AS "arrival_id: Uuid", number, query_code, case_id AS "case_id: Uuid",
                      own_case_id AS "own_case_id: Uuid", sequence, channel, received_at, registered_at, secrecy,
                      COALESCE((SELECT r.statement FROM later_readings r WHERE r.submission_id = submissions.id
                                ORDER BY r.place DESC LIMIT 1), statement) AS "statement!: String",
                      COALESCE((SELECT r.files FROM later_readings r WHERE r.submission_id = submissions.id
                                ORDER BY r.place DESC LIMIT 1), files) AS "files!: String",
                      (SELECT json_group_array(json(COALESCE((SELECT m.correction FROM moved_corrections m
                                                              WHERE m.correction_id = c.id
                                                              ORDER BY m.place DESC LIMIT 1), c.correction)) ORDER BY c.place)
                       FROM corrections c
                       WHERE c.submission_id = submissions.id
                         AND NOT EXISTS (SELECT 1 FROM correction_undos u WHERE u.correction_id = c.id)
                      ) AS "corrections!: String",
                      EXISTS (SELECT 1 FROM letter_checks k
                              WHERE k.submission_id = submissions.id AND k.state_name = 'confirmed') AS "checked!: bool"
               FROM submissions "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<SubmissionRow> for Submission {
    type Error = StoreError;

    fn try_from(row: SubmissionRow) -> Result<Self, StoreError> {
        let read = Row::of("submissions", row.id);
        Ok(Self {
            id: SubmissionId::from_uuid(row.id),
            arrival: ArrivalId::from_uuid(row.arrival_id),
            number: read.parse("number", &row.number)?,
            query_code: QueryCode::parse(&row.query_code).map_err(|fault| read.inconsistent("query_code", fault))?,
            case: CaseId::from_uuid(row.case_id),
            own_case: CaseId::from_uuid(row.own_case_id),
            sequence: read.count("sequence", row.sequence)?,
            channel: read.parse("channel", &row.channel)?,
            received_at: read.time("received_at", row.received_at)?,
            registered_at: read.time("registered_at", row.registered_at)?,
            secrecy: read.parse("secrecy", &row.secrecy)?,
            statement: effective(
                read.json("statement", &row.statement)?,
                &read.json::<Vec<Correction>>("corrections", &row.corrections)?,
                row.checked,
            ),
            files: read.json("files", &row.files)?,
        })
    }
}

#[async_trait]
impl SubmissionLookups for Access {
    async fn submission(&mut self, id: SubmissionId) -> Result<Option<Submission>, StoreError> {
        let row = select_submissions!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "submission")?.map(Submission::try_from).transpose()
    }

    async fn submission_by_number(&mut self, number: &RegistrationNumber) -> Result<Option<Submission>, StoreError> {
        let row = select_submissions!("WHERE number = $1", number.as_str()).fetch_optional(self.database()?).await;
        self.settle(row, "submission")?.map(Submission::try_from).transpose()
    }

    async fn submissions_by_numbers(&mut self, numbers: &[RegistrationNumber]) -> Result<Vec<Submission>, StoreError> {
        let wanted = cell::to_list(numbers.iter().take(cell::limit(Paging::LIMIT)).map(RegistrationNumber::as_str))?;
        let rows = select_submissions!("WHERE number IN (SELECT value FROM json_each($1))", wanted)
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "submission")?.into_iter().map(Submission::try_from).collect()
    }

    async fn submissions(&mut self, ids: &[SubmissionId]) -> Result<Vec<Submission>, StoreError> {
        let wanted: Vec<String> =
            ids.iter().take(cell::limit(Paging::LIMIT)).map(|id| id.as_uuid().simple().to_string()).collect();
        let wanted = cell::to_json(&wanted)?;
        let rows = select_submissions!("WHERE id IN (SELECT unhex(value) FROM json_each($1))", wanted)
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "submission")?.into_iter().map(Submission::try_from).collect()
    }

    async fn submissions_standing(
        &mut self,
        ids: &[SubmissionId],
        secrecy: &[Secrecy],
        state: Option<&str>,
        unit: Option<&UnitCode>,
    ) -> Result<Vec<SubmissionId>, StoreError> {
        let wanted: Vec<String> =
            ids.iter().take(cell::limit(Paging::LIMIT)).map(|id| id.as_uuid().simple().to_string()).collect();
        let wanted = cell::to_json(&wanted)?;
        let secrecy = cell::to_list(secrecy.iter().map(|secrecy| secrecy.as_str()))?;
        let unit = unit.map(UnitCode::as_str);
        let rows = sqlx::query_scalar!(
            r#"SELECT s.id AS "id: Uuid" FROM submissions s JOIN cases c ON c.id = s.case_id
               WHERE s.id IN (SELECT unhex(value) FROM json_each($1))
                 AND s.secrecy IN (SELECT value FROM json_each($2))
                 AND c.secrecy IN (SELECT value FROM json_each($2))
                 AND ($3 IS NULL OR c.state_name = $3 OR ($3 = 'joined' AND s.case_id <> s.own_case_id))
                 AND ($4 IS NULL OR EXISTS (SELECT 1 FROM dispatches d
                                            WHERE d.lead = $4 AND d.case_id = c.id AND d.delivery_name <> 'recalled'))"#,
            wanted,
            secrecy,
            state,
            unit
        )
        .fetch_all(self.database()?)
        .await;
        Ok(self.settle(rows, "submission")?.into_iter().map(SubmissionId::from_uuid).collect())
    }

    async fn submissions_of_case(&mut self, case: CaseId) -> Result<Vec<Submission>, StoreError> {
        let rows = select_submissions!("WHERE case_id = $1 ORDER BY sequence", case.as_uuid())
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "submission")?.into_iter().map(Submission::try_from).collect()
    }

    async fn submissions_after(&mut self, sequence: u64, limit: u32) -> Result<Vec<Submission>, StoreError> {
        let sequence = cell::to_count(sequence);
        let rows = select_submissions!("WHERE sequence > $1 ORDER BY sequence LIMIT $2", sequence, limit)
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "submission")?.into_iter().map(Submission::try_from).collect()
    }

    async fn submission_count(&mut self) -> Result<u64, StoreError> {
        let count = sqlx::query_scalar!("SELECT count(*) FROM submissions").fetch_one(self.database()?).await;
        Row::of("submissions", "all").count("count", self.settle(count, "submission")?)
    }
}

#[async_trait]
impl SubmissionChanges for Access {
    async fn take_numbers(&mut self, day: Date) -> Result<NextNumbers, StoreError> {
        let day = day.to_string();
        let taken = sqlx::query!(
            r#"INSERT INTO numbers_taken (scope, taken) VALUES ('office', 1), ($1, 1)
               ON CONFLICT (scope) DO UPDATE SET taken = taken + 1
               RETURNING scope AS "scope!", taken AS "taken!""#,
            day
        )
        .fetch_all(self.database()?)
        .await;
        let taken = self.settle(taken, "registration number")?;
        let read = Row::of("numbers_taken", &day);
        let number = |scope: &str| {
            let row = taken.iter().find(|row| row.scope == scope);
            row.map(|row| row.taken).ok_or_else(|| read.inconsistent("scope", "no number was given"))
        };
        Ok(NextNumbers {
            sequence: read.count("taken", number("office")?)?,
            of_day: read.count("taken", number(&day)?)?,
        })
    }

    async fn insert_submission(&mut self, submission: &Submission) -> Result<(), StoreError> {
        let id = submission.id.as_uuid();
        let arrival = submission.arrival.as_uuid();
        let number = submission.number.as_str();
        let query_code = submission.query_code.as_str();
        let case = submission.case.as_uuid();
        let own_case = submission.own_case.as_uuid();
        let sequence = cell::to_count(submission.sequence);
        let channel = submission.channel.as_str();
        let received_at = submission.received_at.as_microsecond();
        let registered_at = submission.registered_at.as_microsecond();
        let secrecy = submission.secrecy.as_str();
        let statement = cell::to_json(&submission.statement)?;
        let files = cell::to_json(&submission.files)?;
        let result = sqlx::query!(
            "INSERT INTO submissions
                 (id, arrival_id, number, query_code, case_id, own_case_id, sequence, channel, received_at, registered_at,
                  secrecy, statement, files)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            arrival,
            number,
            query_code,
            case,
            own_case,
            sequence,
            channel,
            received_at,
            registered_at,
            secrecy,
            statement,
            files
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "submission")
    }

    async fn move_submission(&mut self, id: SubmissionId, from: CaseId, to: CaseId) -> Result<(), StoreError> {
        let (id, from, to) = (id.as_uuid(), from.as_uuid(), to.as_uuid());
        let result = sqlx::query!("UPDATE submissions SET case_id = $3 WHERE id = $1 AND case_id = $2", id, from, to)
            .execute(self.database()?)
            .await;
        self.settle_one(result, "submission")
    }

    async fn set_submission_secrecy(&mut self, id: SubmissionId, secrecy: Secrecy) -> Result<(), StoreError> {
        let (id, secrecy) = (id.as_uuid(), secrecy.as_str());
        let result = sqlx::query!("UPDATE submissions SET secrecy = $2 WHERE id = $1", id, secrecy)
            .execute(self.database()?)
            .await;
        self.settle_one(result, "submission")
    }
}
