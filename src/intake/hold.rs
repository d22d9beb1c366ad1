//! Keeping what is known of a mail that is too large to take in: its headers and the reason stand in the quarantine, and the mail
//! stays where it is.

use case::actor::Actor;
use case::arrival::ArrivalState;
use case::channel::Channel;
use case::problem::Problem;
use store::arrivals::Received;

use crate::gateway::Gateway;
use crate::intake::read::refused_event;
use crate::intake::receive::{failed, received_event};

impl Gateway {
    /// Puts `head` into the quarantine for `problem`. Gives whether that is new.
    ///
    /// # Errors
    /// It could not be made durable.
    pub async fn hold_mail(&self, mailbox: &str, head: &[u8], problem: &Problem) -> Result<bool, Problem> {
        let mut arrival = self.keep_original(Channel::Mail, mailbox, head).await?;
        let at = arrival.received_at;
        arrival.state = ArrivalState::Refused { problem: problem.clone(), at };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        match unit.insert_arrival(&arrival).await.map_err(|error| failed(&error))? {
            // The earlier one may be in the group that is committed next; whoever is told of it marks the mail.
            Received::Replay(_) => {
                unit.commit().await.map_err(|error| failed(&error))?;
                return Ok(false);
            }
            Received::New => {}
        }
        unit.append_event(received_event(&arrival, Actor::System)).await.map_err(|error| failed(&error))?;
        unit.append_event(refused_event(arrival.id, at, problem)).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(true)
    }
}
