//! Arrivals.

use async_trait::async_trait;
use case::arrival::{Arrival, ArrivalState};
use case::id::ArrivalId;
use case::source_key::SourceKey;
use store::arrivals::{ArrivalChanges, ArrivalFilter, ArrivalLookups, ArrivalStateName, Received};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct ArrivalRow {
    id: Uuid,
    channel: String,
    source_key: String,
    source_name: String,
    original: Vec<u8>,
    original_bytes: i64,
    received_at: i64,
    state: String,
}

/// `SELECT` of whole arrivals, with what follows `FROM arrivals`.
macro_rules! select_arrivals {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            ArrivalRow,
            r#"SELECT id AS "id: Uuid", channel, source_key, source_name, original, original_bytes, received_at, state
               FROM arrivals "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<ArrivalRow> for Arrival {
    type Error = StoreError;

    fn try_from(row: ArrivalRow) -> Result<Self, StoreError> {
        let read = Row::of("arrivals", row.id);
        Ok(Self {
            id: ArrivalId::from_uuid(row.id),
            channel: read.parse("channel", &row.channel)?,
            source_key: SourceKey::from_stored(row.source_key),
            source_name: row.source_name,
            original: read.hash("original", &row.original)?,
            original_bytes: read.count("original_bytes", row.original_bytes)?,
            received_at: read.time("received_at", row.received_at)?,
            state: read.json("state", &row.state)?,
        })
    }
}

const fn name_of(state: &ArrivalState) -> &'static str {
    match state {
        ArrivalState::Waiting => "waiting",
        ArrivalState::Registered { .. } => "registered",
        ArrivalState::Refused { .. } => "refused",
    }
}

const fn name_in_filter(state: ArrivalStateName) -> &'static str {
    match state {
        ArrivalStateName::Waiting => "waiting",
        ArrivalStateName::Registered => "registered",
        ArrivalStateName::Refused => "refused",
    }
}

#[async_trait]
impl ArrivalLookups for Access {
    async fn arrival(&mut self, id: ArrivalId) -> Result<Option<Arrival>, StoreError> {
        let row = select_arrivals!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "arrival")?.map(Arrival::try_from).transpose()
    }

    async fn arrival_by_source_key(&mut self, key: &SourceKey) -> Result<Option<Arrival>, StoreError> {
        let row = select_arrivals!("WHERE source_key = $1", key.as_str()).fetch_optional(self.database()?).await;
        self.settle(row, "arrival")?.map(Arrival::try_from).transpose()
    }

    async fn arrivals(&mut self, filter: ArrivalFilter, paging: Paging) -> Result<Page<Arrival>, StoreError> {
        let channel = filter.channel.map(case::channel::Channel::as_str);
        let state = filter.state.map(name_in_filter);
        let mut moment = self.moment("arrival").await?;
        let rows = select_arrivals!(
            "WHERE ($1 IS NULL OR channel = $1) AND ($2 IS NULL OR state_name = $2)
             ORDER BY received_at DESC, id DESC LIMIT $3 OFFSET $4",
            channel,
            state,
            paging.limit,
            paging.offset
        )
        .fetch_all(&mut *moment)
        .await;
        let total = sqlx::query_scalar!(
            "SELECT count(*) FROM arrivals WHERE ($1 IS NULL OR channel = $1) AND ($2 IS NULL OR state_name = $2)",
            channel,
            state
        )
        .fetch_one(&mut *moment)
        .await;
        drop(moment);
        self.settle_page(rows, total, "arrival")
    }
}

#[async_trait]
impl ArrivalChanges for Access {
    async fn insert_arrival(&mut self, arrival: &Arrival) -> Result<Received, StoreError> {
        let id = arrival.id.as_uuid();
        let channel = arrival.channel.as_str();
        let source_key = arrival.source_key.as_str();
        let original = arrival.original.as_bytes().as_slice();
        let original_bytes = cell::to_count(arrival.original_bytes);
        let received_at = arrival.received_at.as_microsecond();
        let state_name = name_of(&arrival.state);
        let state = cell::to_json(&arrival.state)?;
        let result = sqlx::query!(
            "INSERT INTO arrivals
                 (id, channel, source_key, source_name, original, original_bytes, received_at, state_name, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (source_key) DO NOTHING",
            id,
            channel,
            source_key,
            arrival.source_name,
            original,
            original_bytes,
            received_at,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        if self.settle(result, "arrival")?.rows_affected() == 1 {
            return Ok(Received::New);
        }
        let earlier = self.arrival_by_source_key(&arrival.source_key).await?;
        earlier.map(|earlier| Received::Replay(Box::new(earlier))).ok_or(StoreError::Conflict { what: "arrival" })
    }

    async fn settle_arrival(&mut self, id: ArrivalId, state: &ArrivalState) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let state_name = name_of(state);
        let state = cell::to_json(state)?;
        let result = sqlx::query!(
            "UPDATE arrivals SET state_name = $2, state = $3 WHERE id = $1 AND state_name <> 'registered'",
            id,
            state_name,
            state
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "arrival")
    }
}
