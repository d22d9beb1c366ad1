//! Who did something.

use serde::{Deserialize, Serialize};

use crate::id::StaffId;
use crate::unit::UnitCode;

/// The one who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "actor", rename_all = "snake_case")]
pub enum Actor {
    /// The gateway itself, by a rule.
    System,
    /// A petitioner, through a door or with number and query code.
    Petitioner,
    /// A member of the staff.
    Staff {
        /// Who.
        staff: StaffId,
    },
    /// A unit, through its portal or mail.
    Unit {
        /// Which.
        unit: UnitCode,
    },
    /// The person at the command line of the server.
    Operator,
}
