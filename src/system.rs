//! The real clock and the real randomness behind the ports of [`case::ports`]. The only place that reads either.

use case::ports::{Clock, Randomness, whole_microseconds};
use jiff::Timestamp;

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the adapter of the Clock port")]
    fn now(&self) -> Timestamp {
        whole_microseconds(Timestamp::now())
    }
}

/// The system's cryptographic randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "this is the adapter of the Randomness port")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Query codes and session tokens must never be made of anything weaker: stop rather than go on.
            tracing::error!(error = %error, "the system gives no randomness");
            std::process::abort();
        }
    }
}
