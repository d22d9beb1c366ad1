//! Batches of scans.

use async_trait::async_trait;
use case::batch::{Batch, BatchFile, BatchFileState, BatchLetter, BatchSource};
use case::content_hash::ContentHash;
use case::id::{ArrivalId, BatchFileId, BatchId};
use store::batches::{BatchChanges, BatchCount, BatchLookups};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct BatchRow {
    id: Uuid,
    name: String,
    source: String,
    opened_at: i64,
    opened_by: String,
}

struct CountRow {
    id: Uuid,
    name: String,
    source: String,
    opened_at: i64,
    opened_by: String,
    files: i64,
    waiting: i64,
    refused: i64,
    letters: i64,
}

struct FileRow {
    id: Uuid,
    batch_id: Uuid,
    name: String,
    original: Vec<u8>,
    backs: Option<Vec<u8>>,
    bytes: i64,
    received_at: i64,
    parting: String,
    state: String,
}

struct LetterRow {
    file_id: Uuid,
    place: i64,
    arrival_id: Uuid,
    replay: i64,
    pages: String,
    number: Option<String>,
}

/// `SELECT` of whole batches, with what follows `FROM batches`.
macro_rules! select_batches {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            BatchRow,
            r#"SELECT id AS "id: Uuid", name, source, opened_at, opened_by FROM batches "# + $rest
            $(, $argument)*
        )
    };
}

/// `SELECT` of whole files, with what follows `FROM batch_files`.
macro_rules! select_files {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            FileRow,
            r#"SELECT id AS "id: Uuid", batch_id AS "batch_id: Uuid", name, original, backs, bytes, received_at, parting, state
               FROM batch_files "# + $rest
            $(, $argument)*
        )
    };
}

/// `SELECT` of whole letters, with what follows `FROM batch_letters`.
macro_rules! select_letters {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            LetterRow,
            r#"SELECT file_id AS "file_id: Uuid", place AS "place!", arrival_id AS "arrival_id: Uuid", replay AS "replay!", pages AS "pages!", number
               FROM batch_letters "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<BatchRow> for Batch {
    type Error = StoreError;

    fn try_from(row: BatchRow) -> Result<Self, StoreError> {
        let read = Row::of("batches", row.id);
        Ok(Self {
            id: BatchId::from_uuid(row.id),
            name: row.name,
            source: BatchSource::from_name(&row.source).ok_or_else(|| read.inconsistent("source", "no such source"))?,
            opened_at: read.time("opened_at", row.opened_at)?,
            opened_by: read.json("opened_by", &row.opened_by)?,
        })
    }
}

impl TryFrom<CountRow> for BatchCount {
    type Error = StoreError;

    fn try_from(row: CountRow) -> Result<Self, StoreError> {
        let read = Row::of("batches", row.id);
        let CountRow { id, name, source, opened_at, opened_by, files, waiting, refused, letters } = row;
        Ok(Self {
            batch: BatchRow { id, name, source, opened_at, opened_by }.try_into()?,
            files: read.count("files", files)?,
            waiting: read.count("waiting", waiting)?,
            refused: read.count("refused", refused)?,
            letters: read.count("letters", letters)?,
        })
    }
}

impl TryFrom<FileRow> for BatchFile {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let read = Row::of("batch_files", row.id);
        Ok(Self {
            id: BatchFileId::from_uuid(row.id),
            batch: BatchId::from_uuid(row.batch_id),
            name: row.name,
            original: read.hash("original", &row.original)?,
            backs: row.backs.map(|backs| read.hash("backs", &backs)).transpose()?,
            bytes: read.count("bytes", row.bytes)?,
            received_at: read.time("received_at", row.received_at)?,
            parting: read.json("parting", &row.parting)?,
            state: read.json("state", &row.state)?,
        })
    }
}

impl TryFrom<LetterRow> for BatchLetter {
    type Error = StoreError;

    fn try_from(row: LetterRow) -> Result<Self, StoreError> {
        let read = Row::of("batch_letters", format!("{} {}", row.file_id, row.place));
        Ok(Self {
            file: BatchFileId::from_uuid(row.file_id),
            place: read.count("place", row.place)?,
            arrival: ArrivalId::from_uuid(row.arrival_id),
            replay: row.replay == 1,
            pages: read.json("pages", &row.pages)?,
            number: row.number.map(|number| read.parse("number", &number)).transpose()?,
        })
    }
}

#[async_trait]
impl BatchLookups for Access {
    async fn batch(&mut self, id: BatchId) -> Result<Option<Batch>, StoreError> {
        let row = select_batches!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "batch")?.map(Batch::try_from).transpose()
    }

    async fn batches(&mut self, paging: Paging) -> Result<Page<BatchCount>, StoreError> {
        let mut moment = self.moment("batch").await?;
        let rows = sqlx::query_as!(
            CountRow,
            r#"SELECT id AS "id: Uuid", name, source, opened_at, opened_by,
                      (SELECT count(*) FROM batch_files WHERE batch_id = batches.id) AS "files!: i64",
                      (SELECT count(*) FROM batch_files WHERE batch_id = batches.id AND state_name = 'waiting') AS "waiting!: i64",
                      (SELECT count(*) FROM batch_files WHERE batch_id = batches.id AND state_name = 'refused') AS "refused!: i64",
                      (SELECT count(*) FROM batch_letters JOIN batch_files ON batch_files.id = batch_letters.file_id
                       WHERE batch_files.batch_id = batches.id) AS "letters!: i64"
               FROM batches ORDER BY opened_at DESC, id DESC LIMIT $1 OFFSET $2"#,
            paging.limit,
            paging.offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!("SELECT count(*) FROM batches").fetch_one(&mut *moment).await;
        drop(moment);
        self.settle_page(rows, total, "batch")
    }

    async fn batch_file(&mut self, id: BatchFileId) -> Result<Option<BatchFile>, StoreError> {
        let row = select_files!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "batch file")?.map(BatchFile::try_from).transpose()
    }

    async fn batch_files(&mut self, batch: BatchId, paging: Paging) -> Result<Page<BatchFile>, StoreError> {
        let batch = batch.as_uuid();
        let mut moment = self.moment("batch file").await?;
        let rows = select_files!(
            "WHERE batch_id = $1 ORDER BY received_at, id LIMIT $2 OFFSET $3",
            batch,
            paging.limit,
            paging.offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!("SELECT count(*) FROM batch_files WHERE batch_id = $1", batch)
            .fetch_one(&mut *moment)
            .await;
        drop(moment);
        self.settle_page(rows, total, "batch file")
    }

    async fn batch_letters(&mut self, file: BatchFileId) -> Result<Vec<BatchLetter>, StoreError> {
        let rows =
            select_letters!("WHERE file_id = $1 ORDER BY place", file.as_uuid()).fetch_all(self.database()?).await;
        self.settle(rows, "batch letter")?.into_iter().map(BatchLetter::try_from).collect()
    }

    async fn batch_letter_of(&mut self, arrival: ArrivalId) -> Result<Option<BatchLetter>, StoreError> {
        let row = select_letters!("WHERE arrival_id = $1 AND replay = 0", arrival.as_uuid())
            .fetch_optional(self.database()?)
            .await;
        self.settle(row, "batch letter")?.map(BatchLetter::try_from).transpose()
    }
}

#[async_trait]
impl BatchChanges for Access {
    async fn open_batch(&mut self, batch: &Batch, run: Option<&str>) -> Result<Batch, StoreError> {
        let id = batch.id.as_uuid();
        let source = batch.source.as_str();
        let opened_at = batch.opened_at.as_microsecond();
        let opened_by = cell::to_json(&batch.opened_by)?;
        let result = sqlx::query!(
            "INSERT INTO batches (id, name, source, run, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (run) WHERE run IS NOT NULL DO NOTHING",
            id,
            batch.name,
            source,
            run,
            opened_at,
            opened_by
        )
        .execute(self.database()?)
        .await;
        if self.settle(result, "batch")?.rows_affected() == 1 {
            return Ok(batch.clone());
        }
        let row = select_batches!("WHERE run = $1", run).fetch_optional(self.database()?).await;
        let found = self.settle(row, "batch")?.map(Batch::try_from).transpose()?;
        found.ok_or(StoreError::Conflict { what: "batch" })
    }

    async fn insert_batch_file(&mut self, file: &BatchFile) -> Result<(), StoreError> {
        let (id, batch) = (file.id.as_uuid(), file.batch.as_uuid());
        let original = file.original.as_bytes().as_slice();
        let backs = file.backs.as_ref().map(|backs| ContentHash::as_bytes(backs).as_slice());
        let bytes = cell::to_count(file.bytes);
        let received_at = file.received_at.as_microsecond();
        let parting = cell::to_json(&file.parting)?;
        let state_name = file.state.as_str();
        let state = cell::to_json(&file.state)?;
        let result = sqlx::query!(
            "INSERT INTO batch_files (id, batch_id, name, original, backs, bytes, received_at, parting, state_name, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id,
            batch,
            file.name,
            original,
            backs,
            bytes,
            received_at,
            parting,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "batch file")
    }

    async fn settle_batch_file(&mut self, id: BatchFileId, state: &BatchFileState) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let state_name = state.as_str();
        let state = cell::to_json(state)?;
        let result = sqlx::query!(
            "UPDATE batch_files SET state_name = $2, state = $3 WHERE id = $1 AND state_name <> 'parted'",
            id,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "batch file")
    }

    async fn insert_batch_letter(&mut self, letter: &BatchLetter) -> Result<(), StoreError> {
        let (file, arrival) = (letter.file.as_uuid(), letter.arrival.as_uuid());
        let place = i64::from(letter.place);
        let replay = i64::from(letter.replay);
        let pages = cell::to_json(&letter.pages)?;
        let number = letter.number.as_ref().map(|number| number.as_str());
        let result = sqlx::query!(
            "INSERT INTO batch_letters (file_id, place, arrival_id, replay, pages, number) VALUES ($1, $2, $3, $4, $5, $6)",
            file,
            place,
            arrival,
            replay,
            pages,
            number
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "batch letter")
    }
}
