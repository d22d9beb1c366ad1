//! The legal unit of clocks and replies (信访事项): one or more submissions of the same petitioner on the same matter.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::class::ContentClass;
use crate::dispatch::UnitSuggestion;
use crate::field::Field;
use crate::id::CaseId;
use crate::number::RegistrationNumber;
use crate::purpose::Purpose;
use crate::secrecy::Secrecy;
use crate::state::CaseState;
use crate::statement::Place;

/// A case. Opened for each submission when it is registered; a confirmed repeat moves the submission into the earlier case
/// and leaves its own one [`CaseState::Joined`], so that undoing brings it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its identifier.
    pub id: CaseId,
    /// The number of the submission it was opened for.
    pub number: RegistrationNumber,
    /// What it is about, in one line.
    pub title: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Where it stands.
    pub state: CaseState,
    /// How closed it is.
    pub secrecy: Secrecy,
    /// 信访目的.
    pub purpose: Purpose,
    /// 内容分类, suggested or decided.
    pub class: Option<Field<ContentClass>>,
    /// 问题属地.
    pub place: Option<Field<Place>>,
    /// Which unit should answer, and why.
    pub suggestion: Option<UnitSuggestion>,
    /// Counts the changes: an update names the version it read, so that two people cannot overwrite each other.
    pub version: u64,
}
