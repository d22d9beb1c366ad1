//! The number of a request: the same in the log, in the header `x-request-id` and on the page of a fault, so that what a person
//! reads out on the telephone finds the line that has the cause. It is drawn anew for every request; what a request says of itself
//! counts for nothing.

use std::fmt;
use std::future::Future;

use actix_web::http::header::{HeaderName, HeaderValue};
use case::ports::Randomness;

/// The header that carries it.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: RequestId;
}

/// 64 random bits: requests of one office do not meet in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// A new one.
    #[must_use]
    pub fn fresh(randomness: &dyn Randomness) -> Self {
        let mut bytes = [0_u8; 8];
        randomness.fill(&mut bytes);
        Self(u64::from_be_bytes(bytes))
    }

    /// The one of the request that is being answered; none outside of requests.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|id| *id).ok()
    }

    /// Runs `work` as part of the request.
    pub async fn around<W: Future>(self, work: W) -> W::Output {
        CURRENT.scope(self, work).await
    }

    /// As the value of a header.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        // Sixteen hexadecimal digits are always a value.
        HeaderValue::from_str(&self.to_string()).unwrap_or_else(|_impossible| HeaderValue::from_static("0"))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}
