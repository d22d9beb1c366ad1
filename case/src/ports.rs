//! Time and randomness as the rest of the gateway sees them.
//!
//! Nothing reads the system clock or the system's randomness but through these, so tests move the clock and
//! repeat what happened.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};

/// Where the current time comes from.
pub trait Clock: Send + Sync {
    /// Now, cut to whole microseconds: the finest step that every store keeps.
    fn now(&self) -> Timestamp;
}

/// Where unguessable bytes come from.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` from a cryptographic source.
    fn fill(&self, bytes: &mut [u8]);
}

/// The offset of the office, UTC+08:00: the whole country keeps one time and has no daylight saving.
#[must_use]
pub fn office_time_zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// The civil date in the office at `moment`.
#[must_use]
pub fn office_date(moment: Timestamp) -> Date {
    moment.to_zoned_datetime(office_time_zone()).date()
}

/// `moment` cut to whole microseconds, for adapters of [`Clock`].
#[must_use]
pub fn whole_microseconds(moment: Timestamp) -> Timestamp {
    let cut = jiff::TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc);
    moment.round(cut).unwrap_or(moment)
}

/// A clock that stands still until it is moved, for tests and replayed runs.
#[derive(Debug)]
pub struct ManualClock(std::sync::Mutex<Timestamp>);

impl ManualClock {
    /// A clock that shows `moment`.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self(std::sync::Mutex::new(whole_microseconds(moment)))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: std::time::Duration) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = now.checked_add(by).unwrap_or(Timestamp::MAX);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
