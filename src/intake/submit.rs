//! The short way: form, API and calls are read at once and answered with a number. One unit of work holds everything.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;
use case::content_hash::ContentHash;
use case::entry::StaffEntry;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::submission::StoredFile;
use store::arrivals::Received;

use crate::gateway::Gateway;
use crate::intake::read::refused_event;
use crate::intake::receipt::Receipt;
use crate::intake::receive::{failed, received_event, source_key};
use crate::jobs::failure::Failure;

impl Gateway {
    /// Takes in, reads and registers `bytes` at once. When this returns a receipt, original and submission are durable; when it
    /// returns a refusal of the door, the original is in the quarantine. `attachments` were stored before and belong to it.
    ///
    /// # Errors
    /// The door's refusal, a full queue, or a store that failed.
    pub async fn submit(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        attachments: Vec<StoredFile>,
    ) -> Result<Receipt, Problem> {
        self.submit_from(channel, source_name, bytes, attachments, Actor::System).await
    }

    /// [`Gateway::submit`] of what `by` brought: who did is the first thing in its history.
    ///
    /// # Errors
    /// As [`Gateway::submit`].
    pub async fn submit_from(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        attachments: Vec<StoredFile>,
        by: Actor,
    ) -> Result<Receipt, Problem> {
        self.submit_whole(channel, source_name, bytes, attachments, by, None).await
    }

    /// [`Gateway::submit`] of what a member of the staff entered in the petitioner's name, as `entry` says.
    ///
    /// # Errors
    /// As [`Gateway::submit`].
    pub async fn submit_entered(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        entry: StaffEntry,
    ) -> Result<Receipt, Problem> {
        let by = Actor::Staff { staff: entry.staff };
        self.submit_whole(channel, source_name, bytes, Vec::new(), by, Some(entry)).await
    }

    async fn submit_whole(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        attachments: Vec<StoredFile>,
        by: Actor,
        entry: Option<StaffEntry>,
    ) -> Result<Receipt, Problem> {
        // Told before anything is written: what is refused here would leave an original that nothing names.
        if let Some(earlier) = self.earlier_arrival(channel, bytes).await? {
            self.require_same_content(&earlier, bytes).await?;
            return self.replayed(&earlier).await;
        }
        let mut arrival = self.keep_original(channel, source_name, bytes).await?;
        let reading = self.read_bytes(&arrival, bytes).await;
        let content = match reading {
            Ok(mut reading) => {
                reading.statement.entry = entry;
                Ok(self.keep_reading(&arrival, bytes, reading, attachments).await.map_err(|error| failed(&error))?)
            }
            Err(problem) => Err(problem),
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        if let Err(problem) = &content {
            arrival.state = ArrivalState::Refused { problem: problem.clone(), at: arrival.received_at };
        }
        match unit.insert_arrival(&arrival).await.map_err(|error| failed(&error))? {
            Received::New => {}
            // It came a second time while the first was being read. The first may be in the group that is committed next: nobody gets its
            // receipt before it is durable, and until then no other connection sees it.
            Received::Replay(earlier) => {
                unit.commit().await.map_err(|error| failed(&error))?;
                self.require_same_content(&earlier, bytes).await?;
                return self.replayed(&earlier).await;
            }
        }
        unit.append_event(received_event(&arrival, by)).await.map_err(|error| failed(&error))?;
        let content = match content {
            Ok(content) => content,
            Err(problem) => {
                let event = refused_event(arrival.id, arrival.received_at, &problem);
                unit.append_event(event).await.map_err(|error| failed(&error))?;
                unit.commit().await.map_err(|error| failed(&error))?;
                return Err(problem);
            }
        };
        let registered = self.register(&mut *unit, &arrival, content, None, Secrecy::Ordinary).await;
        let submission = registered.map_err(|failure| match failure {
            Failure::Later(problem) | Failure::Never(problem) => problem,
            Failure::Lost => ProblemCode::Conflict.into(),
        })?;
        self.step("submit.before_commit");
        unit.commit().await.map_err(|error| failed(&error))?;
        self.step("submit.after_commit");
        self.wake.ring();
        Ok(Receipt::of(&submission, false))
    }

    /// The arrival that these bytes are a replay of.
    pub(crate) async fn earlier_arrival(&self, channel: Channel, bytes: &[u8]) -> Result<Option<Arrival>, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.arrival_by_source_key(&source_key(channel, bytes)).await.map_err(|error| failed(&error))
    }

    /// That a form says what the earlier one with its key said: a client that uses a key twice must not take the receipt of
    /// another petition for its own.
    async fn require_same_content(&self, earlier: &Arrival, bytes: &[u8]) -> Result<(), Problem> {
        if earlier.channel != Channel::Web || earlier.original == ContentHash::of(bytes) {
            return Ok(());
        }
        let before = self.files.get(earlier.original).await.map_err(|error| failed(&error))?;
        let before = before.ok_or_else(|| ProblemCode::IntegrityBroken.because("原件不在存储中"))?;
        match (channels::web::parse(&before), channels::web::parse(bytes)) {
            (Ok(before), Ok(now)) if before != now => {
                Err(ProblemCode::KeyReused.because("idempotency_key已用于另一内容；新的信访请换用新的编号"))
            }
            _ => Ok(()),
        }
    }
}
