//! Checks on what is stored, for `xinqiao check`.

use case::content_hash::ContentHash;
use case::event::genesis;

use crate::{Lookups, StoreError};

/// How many events are read at once: bounds the memory of a check.
const STEP: u32 = 500;

/// A chain of events without a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventsVerified {
    /// How many events there are.
    pub count: u64,
    /// The hash of the last one, or [`genesis`] when there is none. Whoever writes it down elsewhere can tell later that the
    /// chain up to here was not made anew, which the chain alone cannot show.
    pub last: ContentHash,
}

/// Why a chain of events could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum ChainFault {
    /// The first event that does not carry the right hash or does not follow the one before.
    #[error("the chain of events is broken at event {sequence}: {what}")]
    Broken {
        /// The place at which another event was expected.
        sequence: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// The events could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Walks the chain of events from its beginning.
///
/// # Errors
/// [`ChainFault::Broken`] names the first place that is wrong. An event that does not even parse is a
/// [`StoreError::Inconsistent`] with its place.
pub async fn events(lookups: &mut dyn Lookups) -> Result<EventsVerified, ChainFault> {
    let mut verified = EventsVerified { count: 0, last: genesis() };
    loop {
        let step = lookups.events_after(verified.count, STEP).await?;
        if step.is_empty() {
            return Ok(verified);
        }
        for event in step {
            let sequence = verified.count.saturating_add(1);
            if !event.follows(verified.last, verified.count) {
                let what = if event.sequence != sequence {
                    "it is missing"
                } else if event.previous != verified.last {
                    "it does not follow the event before it"
                } else {
                    "its content was changed"
                };
                return Err(ChainFault::Broken { sequence, what });
            }
            verified = EventsVerified { count: sequence, last: event.hash };
        }
    }
}
