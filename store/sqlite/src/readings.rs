//! Page readings and archive files.

use async_trait::async_trait;
use case::content_hash::ContentHash;
use case::id::{ArrivalId, SubmissionId};
use jiff::Timestamp;
use store::StoreError;
use store::readings::{ArchiveFile, LaterReading, PageReading, ReadingChanges, ReadingLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct PageRow {
    arrival_id: Uuid,
    page: i64,
    record: Option<Vec<u8>>,
    image: Option<Vec<u8>>,
    losses: i64,
    problem: Option<String>,
}

struct ArchiveRow {
    submission_id: Uuid,
    made_at: i64,
    hash: Vec<u8>,
    bytes: i64,
}

impl TryFrom<PageRow> for PageReading {
    type Error = StoreError;

    fn try_from(row: PageRow) -> Result<Self, StoreError> {
        let read = Row::of("page_readings", format!("{} {}", row.arrival_id, row.page));
        Ok(Self {
            arrival: ArrivalId::from_uuid(row.arrival_id),
            page: read.count("page", row.page)?,
            record: row.record.map(|record| read.hash("record", &record)).transpose()?,
            image: row.image.map(|image| read.hash("image", &image)).transpose()?,
            losses: read.count("losses", row.losses)?,
            problem: read.json_or_none("problem", row.problem.as_deref())?,
        })
    }
}

impl TryFrom<ArchiveRow> for ArchiveFile {
    type Error = StoreError;

    fn try_from(row: ArchiveRow) -> Result<Self, StoreError> {
        let read = Row::of("archive_files", row.submission_id);
        Ok(Self {
            submission: SubmissionId::from_uuid(row.submission_id),
            made_at: read.time("made_at", row.made_at)?,
            hash: read.hash("hash", &row.hash)?,
            bytes: read.count("bytes", row.bytes)?,
        })
    }
}

#[async_trait]
impl ReadingLookups for Access {
    async fn page_readings(&mut self, arrival: ArrivalId) -> Result<Vec<PageReading>, StoreError> {
        let rows = sqlx::query_as!(
            PageRow,
            r#"SELECT arrival_id AS "arrival_id: Uuid", page, record, image, losses, problem
               FROM page_readings WHERE arrival_id = $1 ORDER BY page"#,
            arrival.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "page reading")?.into_iter().map(PageReading::try_from).collect()
    }

    async fn letters_with_unread_pages(&mut self) -> Result<Vec<SubmissionId>, StoreError> {
        let rows = sqlx::query_scalar!(
            r#"SELECT s.id AS "id: Uuid"
               FROM submissions s JOIN letter_checks k ON k.submission_id = s.id
               WHERE EXISTS (
                   SELECT 1
                   FROM json_each(COALESCE((SELECT r.statement FROM later_readings r WHERE r.submission_id = s.id
                                            ORDER BY r.place DESC LIMIT 1), s.statement), '$.marks') m
                   WHERE json_extract(m.value, '$.mark') = 'page_unread')
                  OR EXISTS (
                   SELECT 1 FROM later_scans l
                   WHERE l.submission_id = s.id AND l.unread <> '[]'
                     AND l.added_at = (SELECT MAX(n.added_at) FROM later_scans n WHERE n.arrival_id = l.arrival_id))
               ORDER BY s.sequence"#
        )
        .fetch_all(self.database()?)
        .await;
        Ok(self.settle(rows, "submission")?.into_iter().map(SubmissionId::from_uuid).collect())
    }

    async fn mails_with_unread_attachments(&mut self) -> Result<Vec<SubmissionId>, StoreError> {
        let rows = sqlx::query_scalar!(
            r#"SELECT s.id AS "id: Uuid"
               FROM submissions s
               WHERE s.channel = 'mail' AND EXISTS (
                   SELECT 1
                   FROM json_each(COALESCE((SELECT r.statement FROM later_readings r WHERE r.submission_id = s.id
                                            ORDER BY r.place DESC LIMIT 1), s.statement), '$.marks') m
                   WHERE json_extract(m.value, '$.mark') = 'attachment_unread' AND json_extract(m.value, '$.again') IS NOT NULL)
               ORDER BY s.sequence"#
        )
        .fetch_all(self.database()?)
        .await;
        Ok(self.settle(rows, "submission")?.into_iter().map(SubmissionId::from_uuid).collect())
    }

    async fn read_again_at(&mut self, submission: SubmissionId) -> Result<Option<Timestamp>, StoreError> {
        let submission = submission.as_uuid();
        let moment = sqlx::query_scalar!(
            "SELECT read_at FROM later_readings WHERE submission_id = $1 ORDER BY place DESC LIMIT 1",
            submission
        )
        .fetch_optional(self.database()?)
        .await;
        let read = Row::of("later_readings", submission);
        self.settle(moment, "submission")?.map(|moment| read.time("read_at", moment)).transpose()
    }

    async fn archive_file(&mut self, submission: SubmissionId) -> Result<Option<ArchiveFile>, StoreError> {
        let row = sqlx::query_as!(
            ArchiveRow,
            r#"SELECT submission_id AS "submission_id: Uuid", made_at, hash, bytes
               FROM archive_files WHERE submission_id = $1 ORDER BY made_at DESC LIMIT 1"#,
            submission.as_uuid()
        )
        .fetch_optional(self.database()?)
        .await;
        self.settle(row, "archive file")?.map(ArchiveFile::try_from).transpose()
    }
}

#[async_trait]
impl ReadingChanges for Access {
    async fn put_page_reading(&mut self, reading: &PageReading) -> Result<(), StoreError> {
        let arrival = reading.arrival.as_uuid();
        let page = i64::from(reading.page);
        let record = reading.record.as_ref().map(|record| ContentHash::as_bytes(record).as_slice());
        let image = reading.image.as_ref().map(|image| ContentHash::as_bytes(image).as_slice());
        let losses = i64::from(reading.losses);
        let problem = cell::to_json_or_none(reading.problem.as_ref())?;
        let result = sqlx::query!(
            "INSERT INTO page_readings (arrival_id, page, record, image, losses, problem) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (arrival_id, page) DO UPDATE SET record = $3, image = $4, losses = $5, problem = $6",
            arrival,
            page,
            record,
            image,
            losses,
            problem
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "page reading")
    }

    async fn forget_page_reading(&mut self, arrival: ArrivalId, page: u16) -> Result<(), StoreError> {
        let (arrival, page) = (arrival.as_uuid(), i64::from(page));
        let result = sqlx::query!("DELETE FROM page_readings WHERE arrival_id = $1 AND page = $2", arrival, page)
            .execute(self.database()?)
            .await;
        self.settle(result, "page reading").map(|_gone| ())
    }

    async fn insert_later_reading(&mut self, reading: &LaterReading) -> Result<(), StoreError> {
        let submission = reading.submission.as_uuid();
        let statement = cell::to_json(&reading.statement)?;
        let files = cell::to_json(&reading.files)?;
        let read_at = reading.read_at.as_microsecond();
        let result = sqlx::query!(
            "INSERT INTO later_readings (submission_id, statement, files, read_at) VALUES ($1, $2, $3, $4)",
            submission,
            statement,
            files,
            read_at
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "submission")?;
        for correction in &reading.moved {
            let (id, json) = (correction.id.as_uuid(), cell::to_json(correction)?);
            let result =
                sqlx::query!("INSERT INTO moved_corrections (correction_id, correction) VALUES ($1, $2)", id, json)
                    .execute(self.database()?)
                    .await;
            self.settle_one(result, "correction")?;
        }
        Ok(())
    }

    async fn insert_archive_file(&mut self, file: &ArchiveFile) -> Result<(), StoreError> {
        let submission = file.submission.as_uuid();
        let made_at = file.made_at.as_microsecond();
        let hash = file.hash.as_bytes().as_slice();
        let bytes = cell::to_count(file.bytes);
        let result = sqlx::query!(
            "INSERT INTO archive_files (submission_id, made_at, hash, bytes) VALUES ($1, $2, $3, $4)",
            submission,
            made_at,
            hash,
            bytes
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "archive file")
    }
}
