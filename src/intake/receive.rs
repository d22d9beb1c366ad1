//! Taking an arrival in: nothing is made of the bytes yet, but nothing can lose them any more.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;
use case::event::{EventKind, NewEvent};
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;
use channels::mail::Envelope;
use store::arrivals::Received;
use store::jobs::QueueCount;
use store::mails::MailPlace;
use store::{StoreError, UnitOfWork};

use crate::configuration::mail::SpamRule;
use crate::gateway::Gateway;
use crate::jobs::kind::{Task, reading_queue};

/// The most bytes of one original, 100 MiB: a letter of 200 pages at 300 dpi in JPEG stays below it.
pub const ORIGINAL_LIMIT: usize = 100 << 20;
/// The longest name of a source that is kept, in characters.
const SOURCE_NAME_LIMIT: usize = 200;

/// An arrival that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// The arrival; of a replay, the earlier one.
    pub arrival: Arrival,
    /// Whether the same input had been taken in before.
    pub replay: bool,
}

impl Gateway {
    /// Takes bytes in at the door `channel`; `source_name` is what the sender calls them. When this returns, original, arrival
    /// and the job that reads it are durable. A replay gives the earlier arrival and changes nothing.
    ///
    /// # Errors
    /// The bytes are over the limit, too many arrivals wait, or they could not be made durable.
    pub async fn receive(&self, channel: Channel, source_name: &str, bytes: &[u8]) -> Result<TakenIn, Problem> {
        self.receive_at(channel, source_name, bytes, Actor::System, None).await
    }

    /// [`Gateway::receive`] of what `by` brought: who entered it is the first thing in its history.
    ///
    /// # Errors
    /// As [`Gateway::receive`].
    pub async fn receive_from(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        by: Actor,
    ) -> Result<TakenIn, Problem> {
        self.receive_at(channel, source_name, bytes, by, None).await
    }

    /// The same for a mail that stood somewhere: the place is durable with it, also of a replay.
    ///
    /// # Errors
    /// As [`Gateway::receive`].
    pub async fn receive_mail(&self, place: &MailPlace, bytes: &[u8]) -> Result<TakenIn, Problem> {
        self.receive_at(Channel::Mail, &place.mailbox, bytes, Actor::System, Some(place)).await
    }

    async fn receive_at(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
        by: Actor,
        place: Option<&MailPlace>,
    ) -> Result<TakenIn, Problem> {
        self.require_room(channel, bytes).await?;
        let mut arrival = self.keep_original(channel, source_name, bytes).await?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        arrival.state = ArrivalState::Waiting;
        if let Received::Replay(earlier) = unit.insert_arrival(&arrival).await.map_err(|error| failed(&error))? {
            if let Some(place) = place {
                self.note_another_place(&mut *unit, &earlier, place, bytes).await.map_err(|error| failed(&error))?;
            }
            // The earlier one may be in the group that is committed next; whoever is told of it deletes a file or marks a mail.
            unit.commit().await.map_err(|error| failed(&error))?;
            return Ok(TakenIn { arrival: *earlier, replay: true });
        }
        if let Some(place) = place {
            unit.note_mail_place(arrival.id, place).await.map_err(|error| failed(&error))?;
        }
        unit.append_event(received_event(&arrival, by)).await.map_err(|error| failed(&error))?;
        let job = self.job(
            &Task::ReadArrival { arrival: arrival.id, anyway: false },
            reading_queue(channel),
            None,
            arrival.received_at,
        );
        unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        self.step("receive.before_commit");
        unit.commit().await.map_err(|error| failed(&error))?;
        self.step("receive.after_commit");
        self.wake.ring();
        Ok(TakenIn { arrival, replay: false })
    }

    /// Notes where a mail stood that was taken in before; the first time in another mailbox is an event, so that the case shows both.
    async fn note_another_place(
        &self,
        unit: &mut dyn UnitOfWork,
        earlier: &Arrival,
        place: &MailPlace,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let places = unit.mail_places(earlier.id).await?;
        if !unit.note_mail_place(earlier.id, place).await? || places.iter().any(|known| known.mailbox == place.mailbox)
        {
            return Ok(());
        }
        let case = match earlier.state {
            ArrivalState::Registered { submission } => unit.submission(submission).await?.map(|found| found.own_case),
            ArrivalState::Waiting | ArrivalState::Refused { .. } => None,
        };
        let event = NewEvent {
            case,
            arrival: Some(earlier.id),
            at: place.noted_at,
            by: Actor::System,
            kind: EventKind::CameAgain,
            note: place.mailbox.clone(),
            detail: serde_json::json!({ "mailbox": place.mailbox }),
        };
        unit.append_event(event).await?;
        self.reconsider_spam(unit, earlier, place, bytes).await
    }

    /// A mail that is held as spam is read after all when it came again where it is not: unmarked, or to a mailbox that registers such mails.
    async fn reconsider_spam(
        &self,
        unit: &mut dyn UnitOfWork,
        earlier: &Arrival,
        place: &MailPlace,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let is_held = matches!(&earlier.state, ArrivalState::Refused { problem, .. } if problem.code == ProblemCode::MarkedAsSpam);
        if !is_held {
            return Ok(());
        }
        let anyway = Envelope::of(bytes).spam.is_none();
        if !anyway && self.spam_rule(&place.mailbox) == SpamRule::Hold {
            return Ok(());
        }
        unit.settle_arrival(earlier.id, &ArrivalState::Waiting).await?;
        let task = Task::ReadArrival { arrival: earlier.id, anyway };
        unit.enqueue(&self.job(&task, reading_queue(earlier.channel), None, place.noted_at)).await?;
        Ok(())
    }

    /// That not too much waits for one more to be taken in. Asked before the original is written, which nothing would name
    /// afterwards; what comes at the same moment may go a little over the limit. A replay needs no room.
    async fn require_room(&self, channel: Channel, bytes: &[u8]) -> Result<(), Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let waiting: u64 = lookups.queue_counts().await.map_err(|error| failed(&error))?.iter().map(open_jobs).sum();
        if waiting < self.configuration.intake.waiting_limit {
            return Ok(());
        }
        let earlier = lookups.arrival_by_source_key(&source_key(channel, bytes)).await;
        match earlier.map_err(|error| failed(&error))? {
            Some(_) => Ok(()),
            None => Err(ProblemCode::QueueFull.because("等待处理的来件过多，请稍后重试；原件未登记")),
        }
    }

    /// Stores the original and describes its arrival; nothing is in the database yet.
    pub(crate) async fn keep_original(
        &self,
        channel: Channel,
        source_name: &str,
        bytes: &[u8],
    ) -> Result<Arrival, Problem> {
        if bytes.len() > ORIGINAL_LIMIT {
            return Err(ProblemCode::InputTooLarge.because(format!("原件超过{}MB，请分开提交", ORIGINAL_LIMIT >> 20)));
        }
        let original = self.files.put(bytes).await.map_err(|error| failed(&error))?;
        self.step("receive.after_original");
        Ok(Arrival {
            id: ArrivalId::fresh(&*self.clock, &*self.randomness),
            channel,
            source_key: source_key(channel, bytes),
            source_name: case::text::truncate(&case::text::normalise(source_name), SOURCE_NAME_LIMIT).to_owned(),
            original,
            original_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            received_at: self.clock.now(),
            state: ArrivalState::Waiting,
        })
    }
}

/// What makes these bytes the same input as others, as their door sees it.
#[must_use]
pub fn source_key(channel: Channel, bytes: &[u8]) -> SourceKey {
    match channel {
        Channel::Web => channels::web::source_key(bytes),
        Channel::Letter => channels::letter::source_key(bytes),
        Channel::Mail => channels::mail::source_key(bytes),
        Channel::Call => channels::call::source_key(bytes),
    }
}

pub(crate) fn received_event(arrival: &Arrival, by: Actor) -> NewEvent {
    NewEvent {
        case: None,
        arrival: Some(arrival.id),
        at: arrival.received_at,
        by,
        kind: EventKind::Received,
        note: format!("{}，{}字节", arrival.channel.label(), arrival.original_bytes),
        detail: serde_json::json!({ "channel": arrival.channel, "original": arrival.original }),
    }
}

const fn open_jobs(count: &QueueCount) -> u64 {
    count.open
}

/// A store error as what the sender is told; the cause is logged here, once.
pub(crate) fn failed(error: &store::StoreError) -> Problem {
    tracing::error!(error = %error, "the store failed");
    error.into()
}
