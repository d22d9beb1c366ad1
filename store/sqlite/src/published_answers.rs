//! Published answers.

use async_trait::async_trait;
use case::id::{CaseId, PublishedAnswerId};
use case::published_answer::{PublicText, PublishedAnswer, Withdrawal};
use store::published_answers::{PublishedAnswerChanges, PublishedAnswerLookups};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct AnswerRow {
    id: Uuid,
    case_id: Uuid,
    title: String,
    question: String,
    answer: String,
    published_at: i64,
    published_by: String,
    withdrawn_at: Option<i64>,
    withdrawn_by: Option<String>,
    withdrawn_because: Option<String>,
}

/// `SELECT` of whole answers `a`, with what follows `FROM published_answers a`.
macro_rules! select_answers {
    ($rest:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            AnswerRow,
            r#"SELECT a.id AS "id: Uuid", a.case_id AS "case_id: Uuid", a.title, a.question, a.answer, a.published_at,
                      a.published_by, a.withdrawn_at, a.withdrawn_by, a.withdrawn_because
               FROM published_answers a "#
                + $rest,
            $($argument),*
        )
    };
}

impl TryFrom<AnswerRow> for PublishedAnswer {
    type Error = StoreError;

    fn try_from(row: AnswerRow) -> Result<Self, StoreError> {
        let read = Row::of("published_answers", row.id);
        let text = PublicText::new(&row.title, &row.question, &row.answer);
        let withdrawn = match (row.withdrawn_at, &row.withdrawn_by, row.withdrawn_because) {
            (Some(at), Some(by), Some(reason)) => {
                Some(Withdrawal { at: read.time("withdrawn_at", at)?, by: read.json("withdrawn_by", by)?, reason })
            }
            _ => None,
        };
        Ok(Self {
            id: PublishedAnswerId::from_uuid(row.id),
            case: CaseId::from_uuid(row.case_id),
            text: text.map_err(|fault| read.inconsistent("title, question, answer", fault))?,
            published_at: read.time("published_at", row.published_at)?,
            published_by: read.json("published_by", &row.published_by)?,
            withdrawn,
        })
    }
}

#[async_trait]
impl PublishedAnswerLookups for Access {
    async fn published_answer(&mut self, id: PublishedAnswerId) -> Result<Option<PublishedAnswer>, StoreError> {
        let id = id.as_uuid();
        let row = select_answers!("WHERE a.id = $1", id).fetch_optional(self.database()?).await;
        self.settle(row, "published answer")?.map(PublishedAnswer::try_from).transpose()
    }

    async fn answers_of_case(&mut self, case: CaseId) -> Result<Vec<PublishedAnswer>, StoreError> {
        let case = case.as_uuid();
        let rows = select_answers!("WHERE a.case_id = $1 ORDER BY a.place", case).fetch_all(self.database()?).await;
        self.settle(rows, "published answer")?.into_iter().map(PublishedAnswer::try_from).collect()
    }

    async fn public_answers(&mut self, ids: &[PublishedAnswerId]) -> Result<Vec<PublishedAnswer>, StoreError> {
        let digits: Vec<String> = ids.iter().map(|id| id.as_uuid().simple().to_string()).collect();
        let listed = cell::to_list(digits.iter().map(String::as_str))?;
        let rows = select_answers!(
            "JOIN json_each($1) wanted ON a.id = unhex(wanted.value) JOIN cases c ON c.id = a.case_id
             WHERE a.withdrawn_at IS NULL AND c.secrecy <> 'sealed' ORDER BY wanted.key",
            listed
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "published answer")?.into_iter().map(PublishedAnswer::try_from).collect()
    }

    async fn public_answer_list(&mut self, paging: Paging) -> Result<Page<PublishedAnswer>, StoreError> {
        let (limit, offset) = (i64::from(paging.limit), i64::from(paging.offset));
        let mut moment = self.moment("published answer").await?;
        let rows = select_answers!(
            "JOIN cases c ON c.id = a.case_id WHERE a.withdrawn_at IS NULL AND c.secrecy <> 'sealed'
             ORDER BY a.place DESC LIMIT $1 OFFSET $2",
            limit,
            offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!(
            "SELECT count(*) FROM published_answers a JOIN cases c ON c.id = a.case_id
             WHERE a.withdrawn_at IS NULL AND c.secrecy <> 'sealed'"
        )
        .fetch_one(&mut *moment)
        .await;
        drop(moment);
        self.settle_page(rows, total, "published answer")
    }

    async fn public_answers_after(
        &mut self,
        after: Option<PublishedAnswerId>,
        limit: u32,
    ) -> Result<Vec<PublishedAnswer>, StoreError> {
        let (after, limit) = (after.map(PublishedAnswerId::as_uuid), i64::from(limit));
        let rows = select_answers!(
            "JOIN cases c ON c.id = a.case_id WHERE a.withdrawn_at IS NULL AND c.secrecy <> 'sealed'
             AND a.place > coalesce((SELECT place FROM published_answers WHERE id = $1), 0) ORDER BY a.place LIMIT $2",
            after,
            limit
        )
        .fetch_all(self.database()?)
        .await;
        self.settle(rows, "published answer")?.into_iter().map(PublishedAnswer::try_from).collect()
    }

    async fn closed_answers_after(
        &mut self,
        after: Option<PublishedAnswerId>,
        limit: u32,
    ) -> Result<Vec<PublishedAnswerId>, StoreError> {
        let (after, limit) = (after.map(PublishedAnswerId::as_uuid), i64::from(limit));
        let ids = sqlx::query_scalar!(
            r#"SELECT a.id AS "id: uuid::Uuid" FROM published_answers a JOIN cases c ON c.id = a.case_id
            WHERE (a.withdrawn_at IS NOT NULL OR c.secrecy = 'sealed')
            AND a.place > coalesce((SELECT place FROM published_answers WHERE id = $1), 0) ORDER BY a.place LIMIT $2"#,
            after,
            limit
        )
        .fetch_all(self.database()?)
        .await;
        Ok(self.settle(ids, "published answer")?.into_iter().map(PublishedAnswerId::from_uuid).collect())
    }
}

#[async_trait]
impl PublishedAnswerChanges for Access {
    async fn insert_published_answer(&mut self, answer: &PublishedAnswer) -> Result<(), StoreError> {
        let (id, case) = (answer.id.as_uuid(), answer.case.as_uuid());
        let (title, question, text) = (answer.text.title(), answer.text.question(), answer.text.answer());
        let published_at = answer.published_at.as_microsecond();
        let published_by = cell::to_json(&answer.published_by)?;
        let result = sqlx::query!(
            "INSERT INTO published_answers (id, case_id, title, question, answer, published_at, published_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id,
            case,
            title,
            question,
            text,
            published_at,
            published_by
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "published answer")
    }

    async fn withdraw_published_answer(
        &mut self,
        id: PublishedAnswerId,
        withdrawal: &Withdrawal,
    ) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let at = withdrawal.at.as_microsecond();
        let by = cell::to_json(&withdrawal.by)?;
        let result = sqlx::query!(
            "UPDATE published_answers SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_because = $4
             WHERE id = $1 AND withdrawn_at IS NULL",
            id,
            at,
            by,
            withdrawal.reason
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "published answer")
    }
}
