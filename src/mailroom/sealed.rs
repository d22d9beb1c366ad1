//! The book of sealed envelopes (密封件): accusations that must not be opened here. What is written down is that an envelope came and to
//! whom it was handed; nothing is scanned or read. Only who may see sealed cases sees the book.

use case::batch::{NumberUse, SealedEnvelope, SealedState};
use case::event::{EventKind, NewEvent};
use case::id::SealedEnvelopeId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use store::{Page, Paging};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The most pieces under one number.
const MOST_PIECES: u16 = 999;
/// The longest name of a receiver, in characters.
const RECEIVER_LIMIT: usize = 60;

impl Gateway {
    /// Writes down that `pieces` sealed envelopes came together; with `to`, that they were handed over at once. The clerk gets the number
    /// for the sticker.
    ///
    /// # Errors
    /// No right, a number of pieces that cannot be, or the store failed.
    pub async fn receive_sealed(
        &self,
        viewer: &Viewer,
        pieces: u16,
        to: Option<&str>,
    ) -> Result<SealedEnvelope, Problem> {
        viewer.require(Permission::Enter)?;
        if pieces == 0 || pieces > MOST_PIECES {
            return Err(ProblemCode::InvalidField.because(format!("“件数”应为1至{MOST_PIECES}")));
        }
        let to = to.map(receiver).transpose()?;
        let id = SealedEnvelopeId::fresh(&*self.clock, &*self.randomness);
        let (at, by) = (self.clock.now(), viewer.actor());
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let number = self.reserve_number(&mut *unit, by.clone(), NumberUse::Sealed { envelope: id }).await?;
        let state = match to {
            Some(to) => SealedState::HandedOver { to, pieces, at, by: by.clone() },
            None => SealedState::Held,
        };
        let envelope = SealedEnvelope { id, number, pieces, received_at: at, received_by: by, state };
        unit.insert_sealed_envelope(&envelope).await.map_err(|error| failed(&error))?;
        let received = self.sealed_event(viewer, &envelope, EventKind::SealedEnvelopeReceived);
        unit.append_event(received).await.map_err(|error| failed(&error))?;
        if matches!(envelope.state, SealedState::HandedOver { .. }) {
            let handed = self.sealed_event(viewer, &envelope, EventKind::SealedEnvelopeHandedOver);
            unit.append_event(handed).await.map_err(|error| failed(&error))?;
        }
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(envelope)
    }

    /// Writes down that an envelope was handed over.
    ///
    /// # Errors
    /// No right, it is not in the mailroom, other than its number of pieces, or the store failed.
    pub async fn hand_over_sealed(
        &self,
        viewer: &Viewer,
        id: SealedEnvelopeId,
        to: &str,
        pieces: u16,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Sealed)?;
        let to = receiver(to)?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let found = unit.sealed_envelope(id).await.map_err(|error| failed(&error))?;
        let mut envelope = found.ok_or(ProblemCode::NotFound)?;
        if pieces != envelope.pieces {
            let detail = format!("收到{}件，移交{pieces}件，件数不符，请核对实物", envelope.pieces);
            return Err(ProblemCode::InvalidField.because(detail));
        }
        let state = envelope.state.hand_over(to, pieces, self.clock.now(), viewer.actor());
        envelope.state = state.map_err(|_before| ProblemCode::Conflict.because("此前已移交"))?;
        unit.settle_sealed_envelope(id, &envelope.state).await.map_err(|error| failed(&error))?;
        let event = self.sealed_event(viewer, &envelope, EventKind::SealedEnvelopeHandedOver);
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }

    /// The book, newest first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn sealed_envelopes(&self, viewer: &Viewer, paging: Paging) -> Result<Page<SealedEnvelope>, Problem> {
        viewer.require(Permission::Sealed)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.sealed_envelopes(paging).await.map_err(|error| failed(&error))
    }

    fn sealed_event(&self, viewer: &Viewer, envelope: &SealedEnvelope, kind: EventKind) -> NewEvent {
        NewEvent {
            case: None,
            arrival: None,
            at: self.clock.now(),
            by: viewer.actor(),
            kind,
            note: format!("{}件", envelope.pieces),
            detail: serde_json::json!({ "envelope": envelope.id, "number": envelope.number }),
        }
    }
}

fn receiver(text: &str) -> Result<String, Problem> {
    let name = case::text::normalise(text);
    let name = name.trim();
    if name.is_empty() || name.chars().count() > RECEIVER_LIMIT {
        return Err(ProblemCode::InvalidField.because(format!("“接收人”应为1至{RECEIVER_LIMIT}个字")));
    }
    Ok(name.to_owned())
}
