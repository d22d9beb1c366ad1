//! Notices to petitioners.

use async_trait::async_trait;
use case::dispatch::Delivery;
use case::id::{CaseId, NoticeId, SubmissionId};
use case::notice::Notice;
use jiff::Timestamp;
use store::StoreError;
use store::notices::{NoticeChanges, NoticeLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct NoticeRow {
    id: Uuid,
    submission_id: Uuid,
    case_id: Uuid,
    kind: String,
    language: String,
    recipient: String,
    made_at: i64,
    delivery: String,
}

/// `SELECT` of whole notices `n`, with what follows `FROM notices n`.
macro_rules! select_notices {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            NoticeRow,
            r#"SELECT n.id AS "id: Uuid", n.submission_id AS "submission_id: Uuid", n.case_id AS "case_id: Uuid", n.kind, n.language,
                      n.recipient, n.made_at, n.delivery
               FROM notices n "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let read = Row::of("notices", row.id);
        Ok(Self {
            id: NoticeId::from_uuid(row.id),
            submission: SubmissionId::from_uuid(row.submission_id),
            case: CaseId::from_uuid(row.case_id),
            kind: read.parse("kind", &row.kind)?,
            language: read.parse("language", &row.language)?,
            recipient: row.recipient,
            made_at: read.time("made_at", row.made_at)?,
            delivery: read.json("delivery", &row.delivery)?,
        })
    }
}

#[async_trait]
impl NoticeLookups for Access {
    async fn notice(&mut self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        let row = select_notices!("WHERE n.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "notice")?.map(Notice::try_from).transpose()
    }

    async fn notices_of_submission(&mut self, submission: SubmissionId) -> Result<Vec<Notice>, StoreError> {
        let rows = select_notices!("WHERE n.submission_id = $1 ORDER BY n.made_at, n.id", submission.as_uuid())
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "notice")?.into_iter().map(Notice::try_from).collect()
    }

    async fn notices_of_case(&mut self, case: CaseId) -> Result<Vec<Notice>, StoreError> {
        let rows = select_notices!(
            "JOIN submissions s ON s.id = n.submission_id WHERE s.case_id = $1 ORDER BY n.made_at, n.id",
            case.as_uuid()
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "notice")?.into_iter().map(Notice::try_from).collect()
    }

    async fn notice_count(&mut self, recipient: &str, since: Timestamp) -> Result<u64, StoreError> {
        let since = since.as_microsecond();
        let count = sqlx::query_scalar!(
            "SELECT COUNT(*) FROM notices WHERE recipient = $1 AND made_at >= $2",
            recipient,
            since
        )
        .fetch_one(self.database()?)
        .await;
        Ok(u64::try_from(self.settle(count, "notice")?).unwrap_or(0))
    }
}

#[async_trait]
impl NoticeChanges for Access {
    async fn insert_notice(&mut self, notice: &Notice) -> Result<(), StoreError> {
        let id = notice.id.as_uuid();
        let submission = notice.submission.as_uuid();
        let case = notice.case.as_uuid();
        let kind = notice.kind.as_str();
        let language = notice.language.as_str();
        let made_at = notice.made_at.as_microsecond();
        let delivery = cell::to_json(&notice.delivery)?;
        let result = sqlx::query!(
            "INSERT INTO notices (id, submission_id, case_id, kind, language, recipient, made_at, delivery)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            submission,
            case,
            kind,
            language,
            notice.recipient,
            made_at,
            delivery
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "notice")
    }

    async fn set_notice_delivery(&mut self, id: NoticeId, delivery: &Delivery) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let delivery = cell::to_json(delivery)?;
        let result = sqlx::query!("UPDATE notices SET delivery = $2 WHERE id = $1", id, delivery)
            .execute(self.database()?)
            .await;
        self.settle_one(result, "notice")
    }
}
