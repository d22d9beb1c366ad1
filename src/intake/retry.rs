//! Trying a refused arrival again: after an upgrade, or when a person knows better.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;
use case::event::{EventKind, NewEvent};
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use store::UnitOfWork;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::{Task, reading_queue};

/// Whether a person may have a refused arrival registered as it is: a mail that nothing is wrong with but who seems to have sent it.
#[must_use]
pub fn can_be_registered(arrival: &Arrival) -> bool {
    let ArrivalState::Refused { problem, .. } = &arrival.state else { return false };
    arrival.channel == Channel::Mail && matches!(problem.code, ProblemCode::NotAPetition | ProblemCode::MarkedAsSpam)
}

impl Gateway {
    /// Lets the refused arrival be read again.
    ///
    /// # Errors
    /// It is not in the quarantine.
    pub async fn retry_arrival(&self, id: ArrivalId, by: Actor) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let arrival = refused(&mut *unit, id).await?;
        // A page that was set aside is tried once more; what was read stands.
        for reading in unit.page_readings(id).await.map_err(|error| failed(&error))? {
            if reading.problem.is_some() {
                unit.forget_page_reading(id, reading.page).await.map_err(|error| failed(&error))?;
            }
        }
        self.read_refused(unit, &arrival, by, String::new(), false).await
    }

    /// Registers a mail that was taken for an automatic one or for spam: `by` decided that it is a petition.
    ///
    /// # Errors
    /// It is not in the quarantine, or there for another reason.
    pub async fn register_refused_mail(&self, id: ArrivalId, by: Actor) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let arrival = refused(&mut *unit, id).await?;
        if !can_be_registered(&arrival) {
            let why = "只有判为自动邮件、退信或垃圾邮件的来件可以直接登记";
            return Err(ProblemCode::InvalidTransition.because(why));
        }
        self.read_refused(unit, &arrival, by, "判断为信访内容，予以登记".to_owned(), true).await
    }

    /// Has `arrival` read again, with who decided so in its history.
    async fn read_refused(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        arrival: &Arrival,
        by: Actor,
        note: String,
        anyway: bool,
    ) -> Result<(), Problem> {
        let at = self.clock.now();
        unit.settle_arrival(arrival.id, &ArrivalState::Waiting).await.map_err(|error| failed(&error))?;
        let event = NewEvent {
            case: None,
            arrival: Some(arrival.id),
            at,
            by,
            kind: EventKind::Retried,
            note,
            detail: serde_json::Value::Null,
        };
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        let task = Task::ReadArrival { arrival: arrival.id, anyway };
        let job = self.job(&task, reading_queue(arrival.channel), None, at);
        unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(())
    }
}

/// An arrival in the quarantine.
async fn refused(unit: &mut dyn UnitOfWork, id: ArrivalId) -> Result<Arrival, Problem> {
    let arrival = unit.arrival(id).await.map_err(|error| failed(&error))?;
    let arrival = arrival.filter(|arrival| matches!(arrival.state, ArrivalState::Refused { .. }));
    arrival.ok_or_else(|| ProblemCode::NotFound.because("该来件不在待处理区"))
}
