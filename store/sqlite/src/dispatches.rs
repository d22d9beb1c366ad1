//! Dispatches.

use async_trait::async_trait;
use case::dispatch::{Delivery, Dispatch};
use case::id::{CaseId, DispatchId};
use case::secrecy::Secrecy;
use case::unit::UnitCode;
use store::dispatches::{DispatchChanges, DispatchLookups};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct DispatchRow {
    id: Uuid,
    case_id: Uuid,
    lead: String,
    assisting: String,
    kind: String,
    decided_by: String,
    decided_at: i64,
    note: Option<String>,
    delivery: String,
}

/// `SELECT` of whole dispatches `d`, with what follows `FROM dispatches d`.
macro_rules! select_dispatches {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            DispatchRow,
            r#"SELECT d.id AS "id: Uuid", d.case_id AS "case_id: Uuid", d.lead, d.assisting, d.kind, d.decided_by, d.decided_at,
                      d.note, d.delivery
               FROM dispatches d "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<DispatchRow> for Dispatch {
    type Error = StoreError;

    fn try_from(row: DispatchRow) -> Result<Self, StoreError> {
        let read = Row::of("dispatches", row.id);
        Ok(Self {
            id: DispatchId::from_uuid(row.id),
            case: CaseId::from_uuid(row.case_id),
            lead: UnitCode::parse(&row.lead).map_err(|fault| read.inconsistent("lead", fault))?,
            assisting: read.json("assisting", &row.assisting)?,
            kind: read.parse("kind", &row.kind)?,
            by: read.json("decided_by", &row.decided_by)?,
            decided_at: read.time("decided_at", row.decided_at)?,
            note: row.note,
            delivery: read.json("delivery", &row.delivery)?,
        })
    }
}

const fn name_of(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Waiting => "waiting",
        Delivery::Retrying { .. } => "retrying",
        Delivery::Sent { .. } => "sent",
        Delivery::Failed { .. } => "failed",
        Delivery::Recalled { .. } => "recalled",
    }
}

#[async_trait]
impl DispatchLookups for Access {
    async fn dispatch(&mut self, id: DispatchId) -> Result<Option<Dispatch>, StoreError> {
        let row = select_dispatches!("WHERE d.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "dispatch")?.map(Dispatch::try_from).transpose()
    }

    async fn dispatches_of_case(&mut self, case: CaseId) -> Result<Vec<Dispatch>, StoreError> {
        let rows = select_dispatches!("WHERE d.case_id = $1 ORDER BY d.decided_at, d.id", case.as_uuid())
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "dispatch")?.into_iter().map(Dispatch::try_from).collect()
    }

    async fn dispatches(&mut self, secrecy: &[Secrecy], paging: Paging) -> Result<Page<Dispatch>, StoreError> {
        let secrecy = cell::to_list(secrecy.iter().map(|secrecy| secrecy.as_str()))?;
        let mut moment = self.moment("dispatch").await?;
        let rows = select_dispatches!(
            // CROSS JOIN: the dispatches are walked in the order of their index, newest first.
            "CROSS JOIN cases c ON c.id = d.case_id WHERE c.secrecy IN (SELECT value FROM json_each($1))
             ORDER BY d.decided_at DESC, d.id DESC LIMIT $2 OFFSET $3",
            secrecy,
            paging.limit,
            paging.offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!(
            "SELECT count(*) FROM dispatches d JOIN cases c ON c.id = d.case_id
             WHERE c.secrecy IN (SELECT value FROM json_each($1))",
            secrecy
        )
        .fetch_one(&mut *moment)
        .await;
        drop(moment);
        self.settle_page(rows, total, "dispatch")
    }
}

#[async_trait]
impl DispatchChanges for Access {
    async fn insert_dispatch(&mut self, dispatch: &Dispatch) -> Result<(), StoreError> {
        let id = dispatch.id.as_uuid();
        let case = dispatch.case.as_uuid();
        let lead = dispatch.lead.as_str();
        let assisting = cell::to_json(&dispatch.assisting)?;
        let kind = dispatch.kind.as_str();
        let decided_by = cell::to_json(&dispatch.by)?;
        let decided_at = dispatch.decided_at.as_microsecond();
        let delivery_name = name_of(&dispatch.delivery);
        let delivery = cell::to_json(&dispatch.delivery)?;
        let result = sqlx::query!(
            "INSERT INTO dispatches
                 (id, case_id, lead, assisting, kind, decided_by, decided_at, note, delivery_name, delivery)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id,
            case,
            lead,
            assisting,
            kind,
            decided_by,
            decided_at,
            dispatch.note,
            delivery_name,
            delivery
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "dispatch")
    }

    async fn set_delivery(&mut self, id: DispatchId, delivery: &Delivery) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let delivery_name = name_of(delivery);
        let delivery = cell::to_json(delivery)?;
        let result = sqlx::query!(
            "UPDATE dispatches SET delivery_name = $2, delivery = $3 WHERE id = $1 AND delivery_name <> 'recalled'",
            id,
            delivery_name,
            delivery
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "dispatch")
    }
}
