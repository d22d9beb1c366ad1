//! The body of operations that need nothing but a reason.

use serde::Deserialize;
use utoipa::ToSchema;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The reason, at most 1,000 characters; kept among the events of the case.
    pub reason: String,
}
