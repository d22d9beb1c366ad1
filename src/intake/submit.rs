//! The short way: form, API and calls are read at once and answered with a number. One unit of work holds everything.

use case::arrival::ArrivalState;
use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::submission::StoredFile;
use store::arrivals::Received;

use crate::gateway::Gateway;
use crate::intake::read::refused_event;
use crate::intake::receipt::Receipt;
use crate::intake::receive::{failed, received_event};
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
        let mut arrival = self.keep_original(channel, source_name, bytes).await?;
        let reading = self.read_bytes(&arrival, bytes).await;
        let content = match reading {
            Ok(reading) => {
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
            Received::Replay(earlier) => {
                drop(unit);
                return self.replayed(&earlier).await;
            }
        }
        unit.append_event(received_event(&arrival)).await.map_err(|error| failed(&error))?;
        let content = match content {
            Ok(content) => content,
            Err(problem) => {
                let event = refused_event(arrival.id, arrival.received_at, &problem);
                unit.append_event(event).await.map_err(|error| failed(&error))?;
                unit.commit().await.map_err(|error| failed(&error))?;
                return Err(problem);
            }
        };
        let submission = self.register(&mut *unit, &arrival, content).await.map_err(|failure| match failure {
            Failure::Later(problem) | Failure::Never(problem) => problem,
            Failure::Lost => ProblemCode::Conflict.into(),
        })?;
        self.step("submit.before_commit");
        unit.commit().await.map_err(|error| failed(&error))?;
        self.step("submit.after_commit");
        self.wake.ring();
        Ok(Receipt::of(&submission, false))
    }
}
