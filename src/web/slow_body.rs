//! Bodies that come too slowly are given up: a sender who dribbles bytes, or falls silent, holds a connection and a handler that
//! others need.
//!
//! Only the time in which we wait for the sender counts. Within it, a body may be silent for a while, and on the whole it must come
//! at a rate that the slowest line in use reaches.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};

/// Bytes a second that a body must reach on the whole, 1 KiB: a mobile telephone at the edge of a 2G cell does.
const SLOWEST_RATE: u64 = 1 << 10;

/// Whether the body of a request was given up.
#[derive(Debug, Clone, Default)]
pub struct GivenUp(Rc<Cell<bool>>);

impl GivenUp {
    /// Whether it was.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.get()
    }
}

/// A body being watched.
struct Watched {
    payload: Payload,
    patience: Duration,
    waited: Duration,
    received: u64,
    given_up: GivenUp,
}

/// `payload`, given up once its sender is silent for `patience` or too slow for it on the whole.
#[must_use]
pub fn watched(payload: Payload, patience: Duration) -> (Payload, GivenUp) {
    let given_up = GivenUp::default();
    if matches!(payload, Payload::None) {
        return (payload, given_up);
    }
    let start = Watched { payload, patience, waited: Duration::ZERO, received: 0, given_up: given_up.clone() };
    let stream: std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> =
        Box::pin(stream::unfold(Some(start), |watched| async move { watched?.next().await }).fuse());
    (Payload::Stream { payload: stream }, given_up)
}

impl Watched {
    async fn next(mut self) -> Option<(Result<Bytes, PayloadError>, Option<Self>)> {
        let started = Instant::now();
        let Ok(chunk) = tokio::time::timeout(self.allowed(), self.payload.next()).await else {
            self.given_up.0.set(true);
            let error = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Some((Err(PayloadError::Io(error)), None));
        };
        self.waited = self.waited.saturating_add(started.elapsed());
        match chunk? {
            Ok(bytes) => {
                self.received = self.received.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                Some((Ok(bytes), Some(self)))
            }
            Err(error) => Some((Err(error), None)),
        }
    }

    /// How long the next bytes may take.
    fn allowed(&self) -> Duration {
        let earned = Duration::from_secs(self.received / SLOWEST_RATE);
        let left = self.patience.saturating_add(earned).saturating_sub(self.waited);
        left.min(self.patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Payload {
        Payload::Stream { payload: Box::pin(chunks) }
    }

    #[actix_web::test]
    async fn a_sender_who_falls_silent_is_given_up() {
        let one = stream::iter([Ok(Bytes::from_static(b"begun"))]).chain(stream::pending());
        let (mut payload, given_up) = watched(of(one), Duration::from_millis(5));
        assert_eq!(payload.next().await.unwrap().unwrap(), "begun");
        assert!(!given_up.is_set());
        assert!(payload.next().await.unwrap().is_err());
        assert!(given_up.is_set() && payload.next().await.is_none());
        assert!(payload.next().await.is_none(), "readers may ask again after the end");
    }

    #[test]
    fn patience_is_used_up_by_a_dribble_and_earned_by_bytes() {
        let watched = |waited, received| Watched {
            payload: Payload::None,
            patience: Duration::from_secs(30),
            waited: Duration::from_secs(waited),
            received,
            given_up: GivenUp::default(),
        };
        assert_eq!(watched(0, 0).allowed().as_secs(), 30);
        assert_eq!(watched(29, 29).allowed().as_secs(), 1);
        assert_eq!(watched(31, 31).allowed().as_secs(), 0);
        assert_eq!(watched(31, 100 << 10).allowed().as_secs(), 30);
    }
}
