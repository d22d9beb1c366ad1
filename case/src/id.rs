//! Identifiers of records: UUID version 7 (RFC 9562), so they sort by the time they were made.
//!
//! Made only from the clock and randomness ports ([`crate::ports`]); never shown to citizens, who see the
//! registration number instead.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ports::{Clock, Randomness};

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind: a UUID such as 0193… is expected")]
pub struct InvalidId;

/// A fresh version 7 UUID of the ports' time and randomness.
fn fresh(clock: &dyn Clock, randomness: &dyn Randomness) -> Uuid {
    let milliseconds = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    let mut bytes = [0; 10];
    randomness.fill(&mut bytes);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh identifier; later ones sort after earlier ones of another millisecond.
            #[must_use]
            pub fn fresh(clock: &dyn Clock, randomness: &dyn Randomness) -> Self {
                Self(fresh(clock, randomness))
            }

            /// The identifier with exactly this value, as a store keeps it.
            #[must_use]
            pub const fn from_uuid(value: Uuid) -> Self {
                Self(value)
            }

            /// The value, as a store keeps it.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self).map_err(|_invalid| InvalidId)
            }
        }
    };
}

identifier!(
    /// Names one [`crate::arrival::Arrival`].
    ArrivalId
);
identifier!(
    /// Names one [`crate::submission::Submission`].
    SubmissionId
);
identifier!(
    /// Names one [`crate::matter::Case`].
    CaseId
);
identifier!(
    /// Names one [`crate::group::Group`].
    GroupId
);
identifier!(
    /// Names one [`crate::finding::Finding`].
    FindingId
);
identifier!(
    /// Names one [`crate::dispatch::Dispatch`].
    DispatchId
);
identifier!(
    /// Names one member of the staff.
    StaffId
);
identifier!(
    /// Names one durable job.
    JobId
);
identifier!(
    /// Names one [`crate::entry::EntryDraft`].
    EntryDraftId
);
identifier!(
    /// Names one [`crate::batch::Batch`].
    BatchId
);
identifier!(
    /// Names one [`crate::batch::BatchFile`].
    BatchFileId
);
identifier!(
    /// Names one [`crate::batch::SealedEnvelope`].
    SealedEnvelopeId
);
identifier!(
    /// Names one [`crate::correction::Correction`].
    CorrectionId
);
identifier!(
    /// Names one [`crate::notice::Notice`].
    NoticeId
);
identifier!(
    /// Names one [`crate::published_answer::PublishedAnswer`].
    PublishedAnswerId
);
