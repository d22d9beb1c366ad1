//! Numbers on paper.

use async_trait::async_trait;
use case::batch::{LaterScan, NumberUse, ReservedNumber, SealedEnvelope, SealedState};
use case::id::{ArrivalId, SealedEnvelopeId, SubmissionId};
use case::number::RegistrationNumber;
use jiff::civil::Date;
use store::stickers::{StickerChanges, StickerLookups};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct NumberRow {
    number: String,
    reserved_at: i64,
    reserved_by: String,
    used: String,
}

struct ScanRow {
    arrival_id: Uuid,
    submission_id: Uuid,
    files: String,
    unread: String,
    added_at: i64,
}

struct EnvelopeRow {
    id: Uuid,
    number: String,
    pieces: i64,
    received_at: i64,
    received_by: String,
    state: String,
}

/// `SELECT` of whole envelopes, with what follows `FROM sealed_envelopes`.
macro_rules! select_envelopes {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            EnvelopeRow,
            r#"SELECT id AS "id: Uuid", number, pieces, received_at, received_by, state FROM sealed_envelopes "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<NumberRow> for ReservedNumber {
    type Error = StoreError;

    fn try_from(row: NumberRow) -> Result<Self, StoreError> {
        let read = Row::of("reserved_numbers", &row.number);
        Ok(Self {
            number: read.parse("number", &row.number)?,
            reserved_at: read.time("reserved_at", row.reserved_at)?,
            reserved_by: read.json("reserved_by", &row.reserved_by)?,
            used: read.json("used", &row.used)?,
        })
    }
}

impl TryFrom<ScanRow> for LaterScan {
    type Error = StoreError;

    fn try_from(row: ScanRow) -> Result<Self, StoreError> {
        let read = Row::of("later_scans", row.arrival_id);
        Ok(Self {
            arrival: ArrivalId::from_uuid(row.arrival_id),
            submission: SubmissionId::from_uuid(row.submission_id),
            files: read.json("files", &row.files)?,
            unread: read.json("unread", &row.unread)?,
            added_at: read.time("added_at", row.added_at)?,
        })
    }
}

impl TryFrom<EnvelopeRow> for SealedEnvelope {
    type Error = StoreError;

    fn try_from(row: EnvelopeRow) -> Result<Self, StoreError> {
        let read = Row::of("sealed_envelopes", row.id);
        Ok(Self {
            id: SealedEnvelopeId::from_uuid(row.id),
            number: read.parse("number", &row.number)?,
            pieces: read.count("pieces", row.pieces)?,
            received_at: read.time("received_at", row.received_at)?,
            received_by: read.json("received_by", &row.received_by)?,
            state: read.json("state", &row.state)?,
        })
    }
}

const fn name_of(used: NumberUse) -> &'static str {
    match used {
        NumberUse::Free => "free",
        NumberUse::Submission { .. } => "submission",
        NumberUse::Sealed { .. } => "sealed",
    }
}

#[async_trait]
impl StickerLookups for Access {
    async fn reserved_number(&mut self, number: &RegistrationNumber) -> Result<Option<ReservedNumber>, StoreError> {
        let row = sqlx::query_as!(
            NumberRow,
            "SELECT number, reserved_at, reserved_by, used FROM reserved_numbers WHERE number = $1",
            number.as_str()
        )
        .fetch_optional(self.database()?)
        .await;
        self.settle(row, "reserved number")?.map(ReservedNumber::try_from).transpose()
    }

    async fn later_scans(&mut self, submission: SubmissionId) -> Result<Vec<LaterScan>, StoreError> {
        let rows = sqlx::query_as!(
            ScanRow,
            r#"SELECT l.arrival_id AS "arrival_id: Uuid", l.submission_id AS "submission_id: Uuid", l.files, l.unread,
                      (SELECT MIN(f.added_at) FROM later_scans f WHERE f.arrival_id = l.arrival_id) AS "added_at!: i64"
               FROM later_scans l
               WHERE l.submission_id = $1
                 AND l.added_at = (SELECT MAX(n.added_at) FROM later_scans n WHERE n.arrival_id = l.arrival_id)
               ORDER BY 5, l.arrival_id"#,
            submission.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "later scan")?.into_iter().map(LaterScan::try_from).collect()
    }

    async fn sealed_envelope(&mut self, id: SealedEnvelopeId) -> Result<Option<SealedEnvelope>, StoreError> {
        let row = select_envelopes!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "sealed envelope")?.map(SealedEnvelope::try_from).transpose()
    }

    async fn sealed_envelopes(&mut self, paging: Paging) -> Result<Page<SealedEnvelope>, StoreError> {
        let mut moment = self.moment("sealed envelope").await?;
        let rows =
            select_envelopes!("ORDER BY received_at DESC, id DESC LIMIT $1 OFFSET $2", paging.limit, paging.offset)
                .fetch_all(&mut *moment)
                .await;
        let total = sqlx::query_scalar!("SELECT count(*) FROM sealed_envelopes").fetch_one(&mut *moment).await;
        drop(moment);
        self.settle_page(rows, total, "sealed envelope")
    }
}

impl Access {
    /// The next number of one count.
    async fn take_next(&mut self, scope: &str) -> Result<i64, StoreError> {
        let taken = sqlx::query_scalar!(
            r#"INSERT INTO numbers_taken (scope, taken) VALUES ($1, 1)
               ON CONFLICT (scope) DO UPDATE SET taken = taken + 1
               RETURNING taken AS "taken!""#,
            scope
        )
        .fetch_one(self.database()?)
        .await;
        self.settle(taken, "registration number")
    }
}

#[async_trait]
impl StickerChanges for Access {
    async fn take_number_of_day(&mut self, day: Date) -> Result<u32, StoreError> {
        let day = day.to_string();
        let taken = self.take_next(&day).await?;
        Row::of("numbers_taken", &day).count("taken", taken)
    }

    async fn take_sequence(&mut self) -> Result<u64, StoreError> {
        let taken = self.take_next("office").await?;
        Row::of("numbers_taken", "office").count("taken", taken)
    }

    async fn reserve_number(&mut self, number: &ReservedNumber) -> Result<(), StoreError> {
        let text = number.number.as_str();
        let reserved_at = number.reserved_at.as_microsecond();
        let reserved_by = cell::to_json(&number.reserved_by)?;
        let used_name = name_of(number.used);
        let used = cell::to_json(&number.used)?;
        let result = sqlx::query!(
            "INSERT INTO reserved_numbers (number, reserved_at, reserved_by, used_name, used) VALUES ($1, $2, $3, $4, $5)",
            text,
            reserved_at,
            reserved_by,
            used_name,
            used
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "reserved number")
    }

    async fn use_number(&mut self, number: &RegistrationNumber, used: NumberUse) -> Result<(), StoreError> {
        let number = number.as_str();
        let used_name = name_of(used);
        let used = cell::to_json(&used)?;
        let result = sqlx::query!(
            "UPDATE reserved_numbers SET used_name = $2, used = $3 WHERE number = $1 AND used_name = 'free'",
            number,
            used_name,
            used
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "reserved number")
    }

    async fn insert_later_scan(&mut self, scan: &LaterScan) -> Result<(), StoreError> {
        let (arrival, submission) = (scan.arrival.as_uuid(), scan.submission.as_uuid());
        let files = cell::to_json(&scan.files)?;
        let unread = cell::to_json(&scan.unread)?;
        let added_at = scan.added_at.as_microsecond();
        let result = sqlx::query!(
            "INSERT INTO later_scans (arrival_id, submission_id, files, unread, added_at) VALUES ($1, $2, $3, $4, $5)",
            arrival,
            submission,
            files,
            unread,
            added_at
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "later scan")
    }

    async fn insert_sealed_envelope(&mut self, envelope: &SealedEnvelope) -> Result<(), StoreError> {
        let id = envelope.id.as_uuid();
        let number = envelope.number.as_str();
        let pieces = i64::from(envelope.pieces);
        let received_at = envelope.received_at.as_microsecond();
        let received_by = cell::to_json(&envelope.received_by)?;
        let state_name = envelope.state.as_str();
        let state = cell::to_json(&envelope.state)?;
        let result = sqlx::query!(
            "INSERT INTO sealed_envelopes (id, number, pieces, received_at, received_by, state_name, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id,
            number,
            pieces,
            received_at,
            received_by,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "sealed envelope")
    }

    async fn settle_sealed_envelope(&mut self, id: SealedEnvelopeId, state: &SealedState) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let state_name = state.as_str();
        let state = cell::to_json(state)?;
        let result = sqlx::query!(
            "UPDATE sealed_envelopes SET state_name = $2, state = $3 WHERE id = $1 AND state_name = 'held'",
            id,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "sealed envelope")
    }
}
