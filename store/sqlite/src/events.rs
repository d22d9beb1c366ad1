//! The append-only chain of events.

use async_trait::async_trait;
use case::content_hash::ContentHash;
use case::event::{Event, NewEvent, genesis};
use case::id::CaseId;
use store::StoreError;
use store::events::{EventChanges, EventLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct EventRow {
    sequence: i64,
    previous: Vec<u8>,
    hash: Vec<u8>,
    case_id: Option<Uuid>,
    event: String,
}

/// `SELECT` of whole events, with what follows `FROM events`.
macro_rules! select_events {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            EventRow,
            r#"SELECT sequence, previous, hash, case_id AS "case_id: Uuid", event FROM events "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let read = Row::of("events", row.sequence);
        let event: NewEvent = read.json("event", &row.event)?;
        if event.case.map(CaseId::as_uuid) != row.case_id {
            // The hash covers `event` only, so the column that look-ups use is held against it.
            return Err(read.inconsistent("case_id", "another case than in `event`"));
        }
        Ok(Self {
            sequence: read.count("sequence", row.sequence)?,
            previous: read.hash("previous", &row.previous)?,
            hash: read.hash("hash", &row.hash)?,
            event,
        })
    }
}

#[async_trait]
impl EventLookups for Access {
    async fn events_of_case(&mut self, case: CaseId) -> Result<Vec<Event>, StoreError> {
        let rows =
            select_events!("WHERE case_id = $1 ORDER BY sequence", case.as_uuid()).fetch_all(self.database()?).await;
        self.settle(rows, "event")?.into_iter().map(Event::try_from).collect()
    }

    async fn events_after(&mut self, sequence: u64, limit: u32) -> Result<Vec<Event>, StoreError> {
        let sequence = cell::to_count(sequence);
        let rows = select_events!("WHERE sequence > $1 ORDER BY sequence LIMIT $2", sequence, limit)
            .fetch_all(self.database()?)
            .await;
        self.settle(rows, "event")?.into_iter().map(Event::try_from).collect()
    }
}

#[async_trait]
impl EventChanges for Access {
    async fn append_event(&mut self, event: NewEvent) -> Result<Event, StoreError> {
        // Nobody appends between this and the insertion: the writer is ours.
        let last = sqlx::query!("SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1")
            .fetch_optional(self.database()?)
            .await;
        let (previous, sequence): (ContentHash, u64) = match self.settle(last, "event")? {
            None => (genesis(), 0),
            Some(row) => {
                let read = Row::of("events", row.sequence);
                (read.hash("hash", &row.hash)?, read.count("sequence", row.sequence)?)
            }
        };
        let appended = Event::chain(previous, sequence.saturating_add(1), event);
        let sequence = cell::to_count(appended.sequence);
        let previous = appended.previous.as_bytes().as_slice();
        let hash = appended.hash.as_bytes().as_slice();
        let case = appended.event.case.map(CaseId::as_uuid);
        let json = cell::to_json(&appended.event)?;
        let result = sqlx::query!(
            "INSERT INTO events (sequence, previous, hash, case_id, event) VALUES ($1, $2, $3, $4, $5)",
            sequence,
            previous,
            hash,
            case,
            json
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "event")?;
        Ok(appended)
    }
}
