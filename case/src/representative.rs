//! Who speaks for a joint petition (代表): persons whom the petitioners of one matter chose and an officer wrote down, never more than
//! [`REPRESENTATIVE_LIMIT`].
//!
//! A representative is a petitioner of a submission, named by the place in it: no name and no number stands here, so what is corrected
//! in the submission is right here too, and an event that names one tells nobody who it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::group::REPRESENTATIVE_LIMIT;
use crate::id::{CaseId, GroupId, SubmissionId};

/// A petition of several people, of whom some may speak for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JointPetition {
    /// The cases of a group.
    Group(GroupId),
    /// One case with several petitioners: a letter that many signed (联名信).
    Case(CaseId),
}

/// One petitioner of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PetitionerPlace {
    /// The submission.
    pub submission: SubmissionId,
    /// Which of its petitioners, from 1.
    pub petitioner: u16,
}

impl PetitionerPlace {
    /// The place among the submission's petitioners, from 0; none for a place that does not exist.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        usize::from(self.petitioner).checked_sub(1)
    }
}

/// A petitioner who speaks for all of a joint petition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// For whom.
    pub speaks_for: JointPetition,
    /// Who.
    pub who: PetitionerPlace,
    /// When an officer wrote the choice down.
    pub named_at: Timestamp,
    /// Which officer.
    pub named_by: Actor,
}

/// Why somebody cannot be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRepresentative {
    /// There are as many as there may be.
    #[error("代表已有{REPRESENTATIVE_LIMIT}人，不能再推选；要换人，请先撤销其中一人")]
    Full,
    /// Is one already.
    #[error("这位信访人已是代表")]
    Already,
}

/// That `who` can become a representative beside those who are.
///
/// # Errors
/// Is one already, or there are [`REPRESENTATIVE_LIMIT`] of them.
pub fn admit(named: &[Representative], who: PetitionerPlace) -> Result<(), InvalidRepresentative> {
    if named.iter().any(|one| one.who == who) {
        Err(InvalidRepresentative::Already)
    } else if named.len() >= REPRESENTATIVE_LIMIT {
        Err(InvalidRepresentative::Full)
    } else {
        Ok(())
    }
}
