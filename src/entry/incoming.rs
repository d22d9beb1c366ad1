//! Calls that the telephone system announces (CTI), kept for a few minutes in memory: the screen of an operator opens by them.
//!
//! Nothing here is durable, because nothing here is a petition yet: whoever takes the call saves what is said. Everything is
//! bounded: how many calls are kept, for how long, and how many screens wait.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use case::staff::UserName;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, Semaphore};

/// The most calls that are kept; a county office has a handful at a time.
const MOST_CALLS: usize = 200;
/// How long a call is kept: it was taken or missed by then.
const KEPT: SignedDuration = SignedDuration::from_mins(5);
/// The most screens that wait at the same time; others ask again later.
pub const MOST_WAITING: usize = 200;

/// A call that is coming in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingCall {
    /// Its place in the order, from 1.
    pub sequence: u64,
    /// The telephone system's name of it.
    pub call_id: String,
    /// The number that calls; empty when it is withheld. Personal data.
    pub caller_number: String,
    /// Whose telephone rings; everybody's when none is named.
    pub operator: Option<UserName>,
    /// When it was announced.
    pub at: Timestamp,
}

/// The calls that are coming in.
#[derive(Debug)]
pub struct IncomingCalls {
    calls: Mutex<Kept>,
    rang: Notify,
    places: Semaphore,
}

#[derive(Debug, Default)]
struct Kept {
    calls: VecDeque<IncomingCall>,
    last: u64,
}

impl Default for IncomingCalls {
    fn default() -> Self {
        Self { calls: Mutex::default(), rang: Notify::new(), places: Semaphore::new(MOST_WAITING) }
    }
}

impl IncomingCalls {
    /// Announces a call. One that was announced already is not announced again.
    pub fn announce(&self, call_id: &str, caller_number: &str, operator: Option<UserName>, at: Timestamp) {
        let mut kept = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget(at);
        if kept.calls.iter().any(|call| call.call_id == call_id && call.operator == operator) {
            return;
        }
        kept.last += 1;
        let sequence = kept.last;
        kept.calls.push_back(IncomingCall {
            sequence,
            call_id: call_id.to_owned(),
            caller_number: caller_number.to_owned(),
            operator,
            at,
        });
        if kept.calls.len() > MOST_CALLS {
            kept.calls.pop_front();
        }
        drop(kept);
        self.rang.notify_waiters();
    }

    /// The calls for `operator` behind `after`, and the place of the last one of all.
    #[must_use]
    pub fn behind(&self, after: u64, operator: &UserName, now: Timestamp) -> (Vec<IncomingCall>, u64) {
        let mut kept = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget(now);
        let theirs = |call: &&IncomingCall| {
            call.sequence > after && call.operator.as_ref().is_none_or(|named| named == operator)
        };
        (kept.calls.iter().filter(theirs).cloned().collect(), kept.last)
    }

    /// The call with this name, when it is still kept and is for `operator`.
    #[must_use]
    pub fn call(&self, call_id: &str, operator: &UserName, now: Timestamp) -> Option<IncomingCall> {
        self.behind(0, operator, now).0.into_iter().find(|call| call.call_id == call_id)
    }

    /// Waits until something rings, at most `longest`; at once when too many wait.
    pub async fn wait(&self, longest: std::time::Duration) {
        let Ok(_place) = self.places.try_acquire() else { return };
        let _either = tokio::time::timeout(longest, self.rang.notified()).await;
    }
}

impl Kept {
    fn forget(&mut self, now: Timestamp) {
        while self.calls.front().is_some_and(|call| now.duration_since(call.at) > KEPT) {
            self.calls.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> UserName {
        UserName::parse(text).unwrap()
    }

    #[test]
    fn a_call_is_shown_to_whom_it_is_for_and_for_a_while() {
        let (calls, now) = (IncomingCalls::default(), Timestamp::UNIX_EPOCH);
        calls.announce("a", "13800000001", Some(name("li.yi")), now);
        calls.announce("a", "13800000001", Some(name("li.yi")), now);
        calls.announce("b", "", None, now);
        let ids = |operator: &str, after| {
            let (found, _) = calls.behind(after, &name(operator), now);
            found.into_iter().map(|call| call.call_id).collect::<Vec<_>>()
        };
        assert_eq!(ids("li.yi", 0), ["a", "b"]);
        assert_eq!(ids("an", 0), ["b"]);
        assert_eq!(ids("li.yi", 1), ["b"]);
        assert_eq!(calls.call("a", &name("an"), now), None);
        assert_eq!(calls.behind(0, &name("li.yi"), now + SignedDuration::from_mins(6)), (Vec::new(), 2));
    }

    #[test]
    fn a_flood_of_calls_costs_no_more_than_the_bound() {
        let (calls, now) = (IncomingCalls::default(), Timestamp::UNIX_EPOCH);
        for number in 0..MOST_CALLS * 3 {
            calls.announce(&number.to_string(), "", None, now);
        }
        assert_eq!(calls.behind(0, &name("li.yi"), now).0.len(), MOST_CALLS);
    }
}
