//! The check of letters and corrections.

use async_trait::async_trait;
use case::correction::{Correction, Recorded, Undone};
use case::id::{BatchId, CorrectionId, StaffId, SubmissionId};
use case::number::RegistrationNumber;
use case::secrecy::Secrecy;
use case::statement::Statement;
use case::verification::LetterCheck;
use store::corrections::{CorrectionChanges, CorrectionLookups, LetterCounts, LetterFilter, LetterRow};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct CheckRow {
    submission_id: Uuid,
    state: String,
    doubts: Option<i64>,
    draft: String,
    version: i64,
}

struct RecordedRow {
    id: Uuid,
    correction: String,
    undone: Option<String>,
}

struct ListRow {
    submission_id: Uuid,
    state: String,
    doubts: Option<i64>,
    draft: String,
    version: i64,
    number: String,
    secrecy: String,
    registered_at: i64,
    source_name: String,
    batch_id: Option<Uuid>,
    batch_name: Option<String>,
}

/// `SELECT` of corrections `c` in the order in which they were made, with what follows the tables.
macro_rules! select_corrections {
    ($rest:literal, $argument:expr) => {
        sqlx::query_as!(
            RecordedRow,
            r#"SELECT c.id AS "id: Uuid",
                      COALESCE((SELECT m.correction FROM moved_corrections m WHERE m.correction_id = c.id
                                ORDER BY m.place DESC LIMIT 1), c.correction) AS "correction!: String", u.undone AS "undone?: String"
               FROM corrections c LEFT JOIN correction_undos u ON u.correction_id = c.id "#
                + $rest
                + " ORDER BY c.place",
            $argument
        )
    };
}

impl TryFrom<CheckRow> for LetterCheck {
    type Error = StoreError;

    fn try_from(row: CheckRow) -> Result<Self, StoreError> {
        let read = Row::of("letter_checks", row.submission_id);
        Ok(Self {
            submission: SubmissionId::from_uuid(row.submission_id),
            state: read.json("state", &row.state)?,
            doubts: row.doubts.map(|doubts| read.count("doubts", doubts)).transpose()?,
            draft: read.json("draft", &row.draft)?,
            version: read.count("version", row.version)?,
        })
    }
}

impl TryFrom<RecordedRow> for Recorded {
    type Error = StoreError;

    fn try_from(row: RecordedRow) -> Result<Self, StoreError> {
        let read = Row::of("corrections", row.id);
        Ok(Self {
            correction: read.json("correction", &row.correction)?,
            undone: read.json_or_none("undone", row.undone.as_deref())?,
        })
    }
}

impl TryFrom<ListRow> for LetterRow {
    type Error = StoreError;

    fn try_from(row: ListRow) -> Result<Self, StoreError> {
        let read = Row::of("letter_checks", row.submission_id);
        Ok(Self {
            number: read.parse("number", &row.number)?,
            secrecy: read.parse("secrecy", &row.secrecy)?,
            registered_at: read.time("registered_at", row.registered_at)?,
            source_name: row.source_name,
            batch: row.batch_id.map(BatchId::from_uuid).zip(row.batch_name),
            check: LetterCheck::try_from(CheckRow {
                submission_id: row.submission_id,
                state: row.state,
                doubts: row.doubts,
                draft: row.draft,
                version: row.version,
            })?,
        })
    }
}

fn names(secrecy: &[Secrecy]) -> Result<String, StoreError> {
    cell::to_list(secrecy.iter().map(|one| one.as_str()))
}

#[async_trait]
impl CorrectionLookups for Access {
    async fn statement_as_read(&mut self, submission: SubmissionId) -> Result<Option<Statement>, StoreError> {
        let id = submission.as_uuid();
        let statement = sqlx::query_scalar!(
            r#"SELECT COALESCE((SELECT r.statement FROM later_readings r WHERE r.submission_id = submissions.id
                                ORDER BY r.place DESC LIMIT 1), statement) AS "statement!: String"
               FROM submissions WHERE id = $1"#,
            id
        )
        .fetch_optional(self.database()?)
        .await;
        let statement = self.settle(statement, "submission")?;
        statement.map(|json| Row::of("submissions", id).json("statement", &json)).transpose()
    }

    async fn corrections_of(&mut self, submission: SubmissionId) -> Result<Vec<Recorded>, StoreError> {
        let rows =
            select_corrections!("WHERE c.submission_id = $1", submission.as_uuid()).fetch_all(self.database()?).await;
        self.settle(rows, "correction")?.into_iter().map(Recorded::try_from).collect()
    }

    async fn correction(&mut self, id: CorrectionId) -> Result<Option<Recorded>, StoreError> {
        let row = select_corrections!("WHERE c.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "correction")?.map(Recorded::try_from).transpose()
    }

    async fn letter_check(&mut self, submission: SubmissionId) -> Result<Option<LetterCheck>, StoreError> {
        let id = submission.as_uuid();
        let row = sqlx::query_as!(
            CheckRow,
            r#"SELECT submission_id AS "submission_id: Uuid", state, doubts, draft, version
               FROM letter_checks WHERE submission_id = $1"#,
            id
        )
        .fetch_optional(self.database()?)
        .await;
        self.settle(row, "letter check")?.map(LetterCheck::try_from).transpose()
    }

    async fn letters(&mut self, filter: &LetterFilter, paging: Paging) -> Result<Page<LetterRow>, StoreError> {
        let secrecy = names(&filter.secrecy)?;
        let states = cell::to_list(filter.states.iter().map(String::as_str))?;
        let batch = filter.batch.map(BatchId::as_uuid);
        let mut moment = self.moment("letter check").await?;
        let rows = sqlx::query_as!(
            ListRow,
            r#"SELECT k.submission_id AS "submission_id: Uuid", k.state, k.doubts, k.draft, k.version,
                      s.number, s.secrecy, s.registered_at, a.source_name,
                      b.id AS "batch_id?: Uuid", b.name AS "batch_name?: String"
               FROM letter_checks k JOIN submissions s ON s.id = k.submission_id JOIN arrivals a ON a.id = s.arrival_id
               LEFT JOIN batch_letters l ON l.arrival_id = s.arrival_id AND l.replay = 0
               LEFT JOIN batch_files f ON f.id = l.file_id LEFT JOIN batches b ON b.id = f.batch_id
               WHERE s.secrecy IN (SELECT value FROM json_each($1))
                 AND ($2 = '[]' OR k.state_name IN (SELECT value FROM json_each($2)))
                 AND ($5 IS NULL OR f.batch_id = $5)
               ORDER BY CASE k.state_name WHEN 'unchecked' THEN 0 WHEN 'being_checked' THEN 1 ELSE 2 END,
                        CASE k.state_name WHEN 'confirmed' THEN -s.sequence ELSE s.sequence END
               LIMIT $3 OFFSET $4"#,
            secrecy,
            states,
            paging.limit,
            paging.offset,
            batch
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!(
            "SELECT count(*) FROM letter_checks k JOIN submissions s ON s.id = k.submission_id
             LEFT JOIN batch_letters l ON l.arrival_id = s.arrival_id AND l.replay = 0
             LEFT JOIN batch_files f ON f.id = l.file_id
             WHERE s.secrecy IN (SELECT value FROM json_each($1))
               AND ($2 = '[]' OR k.state_name IN (SELECT value FROM json_each($2)))
               AND ($3 IS NULL OR f.batch_id = $3)",
            secrecy,
            states,
            batch
        )
        .fetch_one(&mut *moment)
        .await;
        drop(moment);
        self.settle_page(rows, total, "letter check")
    }

    async fn letter_counts(&mut self, secrecy: &[Secrecy]) -> Result<LetterCounts, StoreError> {
        let secrecy = names(secrecy)?;
        let rows = sqlx::query!(
            r#"SELECT k.state_name, count(*) AS "count!: i64"
               FROM letter_checks k JOIN submissions s ON s.id = k.submission_id
               WHERE s.secrecy IN (SELECT value FROM json_each($1))
               GROUP BY k.state_name"#,
            secrecy
        )
        .fetch_all(self.database()?)
        .await;
        let rows = self.settle(rows, "letter check")?;
        let read = Row::of("letter_checks", "all");
        let count = |state: &str| {
            let row = rows.iter().find(|row| row.state_name == state);
            row.map_or(Ok(0), |row| read.count("count", row.count))
        };
        Ok(LetterCounts {
            unchecked: count("unchecked")?,
            being_checked: count("being_checked")?,
            confirmed: count("confirmed")?,
        })
    }

    async fn next_letter(
        &mut self,
        secrecy: &[Secrecy],
        after: u64,
        person: StaffId,
    ) -> Result<Option<RegistrationNumber>, StoreError> {
        let secrecy = names(secrecy)?;
        let after = cell::to_count(after);
        let person = person.as_uuid();
        let number = sqlx::query_scalar!(
            "SELECT s.number
             FROM letter_checks k JOIN submissions s ON s.id = k.submission_id
             WHERE (k.state_name = 'unchecked' OR (k.state_name = 'being_checked' AND k.checker_id = $3))
               AND s.secrecy IN (SELECT value FROM json_each($1))
               AND s.sequence <> $2
             ORDER BY s.sequence < $2, s.sequence
             LIMIT 1",
            secrecy,
            after,
            person
        )
        .fetch_optional(self.database()?)
        .await;
        let number = self.settle(number, "letter check")?;
        number.map(|number| Row::of("submissions", "next").parse("number", &number)).transpose()
    }
}

#[async_trait]
impl CorrectionChanges for Access {
    async fn insert_letter_check(&mut self, check: &LetterCheck) -> Result<(), StoreError> {
        let submission = check.submission.as_uuid();
        let state_name = check.state.as_str();
        let checker = check.state.checker().map(StaffId::as_uuid);
        let state = cell::to_json(&check.state)?;
        let draft = cell::to_json(&check.draft)?;
        let version = cell::to_count(check.version);
        let result = sqlx::query!(
            "INSERT INTO letter_checks (submission_id, state_name, checker_id, state, doubts, draft, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            submission,
            state_name,
            checker,
            state,
            check.doubts,
            draft,
            version
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "letter check")
    }

    async fn update_letter_check(&mut self, check: &LetterCheck) -> Result<u64, StoreError> {
        let submission = check.submission.as_uuid();
        let state_name = check.state.as_str();
        let checker = check.state.checker().map(StaffId::as_uuid);
        let state = cell::to_json(&check.state)?;
        let draft = cell::to_json(&check.draft)?;
        let version = cell::to_count(check.version);
        let doubts = check.doubts.map(i64::from);
        let result = sqlx::query!(
            "UPDATE letter_checks
             SET state_name = $3, checker_id = $4, state = $5, draft = $6, doubts = $7, version = version + 1
             WHERE submission_id = $1 AND version = $2",
            submission,
            version,
            state_name,
            checker,
            state,
            draft,
            doubts
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "letter check")?;
        Ok(check.version.saturating_add(1))
    }

    async fn insert_corrections(&mut self, corrections: &[Correction]) -> Result<(), StoreError> {
        for correction in corrections {
            let (id, submission) = (correction.id.as_uuid(), correction.submission.as_uuid());
            let json = cell::to_json(correction)?;
            let result = sqlx::query!(
                "INSERT INTO corrections (id, submission_id, correction) VALUES ($1, $2, $3)",
                id,
                submission,
                json
            )
            .execute(self.database()?)
            .await;
            self.settle_one(result, "correction")?;
        }
        Ok(())
    }

    async fn undo_correction(&mut self, id: CorrectionId, undone: &Undone) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let undone = cell::to_json(undone)?;
        let result = sqlx::query!("INSERT INTO correction_undos (correction_id, undone) VALUES ($1, $2)", id, undone)
            .execute(self.database()?)
            .await;
        self.settle_one(result, "correction")
    }
}
