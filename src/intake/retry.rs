//! Trying a refused arrival again: after an upgrade, or when a person knows better.

use case::actor::Actor;
use case::arrival::ArrivalState;
use case::event::{EventKind, NewEvent};
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::{Task, reading_queue};

impl Gateway {
    /// Lets the refused arrival be read again.
    ///
    /// # Errors
    /// It is not in the quarantine.
    pub async fn retry_arrival(&self, id: ArrivalId, by: Actor) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let arrival = unit.arrival(id).await.map_err(|error| failed(&error))?;
        let arrival = arrival.filter(|arrival| matches!(arrival.state, ArrivalState::Refused { .. }));
        let arrival = arrival.ok_or_else(|| ProblemCode::NotFound.because("该来件不在待处理区"))?;
        let at = self.clock.now();
        // A page that was set aside is tried once more; what was read stands.
        for reading in unit.page_readings(id).await.map_err(|error| failed(&error))? {
            if reading.problem.is_some() {
                unit.forget_page_reading(id, reading.page).await.map_err(|error| failed(&error))?;
            }
        }
        unit.settle_arrival(id, &ArrivalState::Waiting).await.map_err(|error| failed(&error))?;
        let event = NewEvent {
            case: None,
            arrival: Some(id),
            at,
            by,
            kind: EventKind::Retried,
            note: String::new(),
            detail: serde_json::Value::Null,
        };
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        let job = self.job(&Task::ReadArrival { arrival: id }, reading_queue(arrival.channel), None, at);
        unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(())
    }
}
