//! A letter that is checked, as the person who checks it may see it.

use case::batch::LaterScan;
use case::correction::Recorded;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::statement::Statement;
use case::submission::{FileRole, Submission};
use case::verification::{LetterCheck, Verification};
use channels::letter::LetterRecord;
use store::Lookups;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// A letter with its check, what was read of it, and what was put right.
#[derive(Debug, Clone)]
pub struct CheckedLetter {
    /// The letter with what stands.
    pub submission: Submission,
    /// What it said when it was read.
    pub read: Statement,
    /// How far the check has come.
    pub check: LetterCheck,
    /// Every correction, those that were taken back too.
    pub corrections: Vec<Recorded>,
    /// Later scans of its paper, oldest first.
    pub later: Vec<LaterScan>,
    /// Words and boxes of its pages; empty when they were not kept.
    pub record: LetterRecord,
}

impl CheckedLetter {
    /// The corrections that stand, in the order in which they were made.
    #[must_use]
    pub fn standing(&self) -> Vec<case::correction::Correction> {
        let standing = self.corrections.iter().filter(|recorded| recorded.undone.is_none());
        standing.map(|recorded| recorded.correction.clone()).collect()
    }
}

/// What a lookup found of a letter, before its pages are read from their file.
pub(crate) struct Found {
    pub(crate) submission: Submission,
    pub(crate) check: LetterCheck,
}

/// The letter with this number and its check. What the viewer may not see is not there.
pub(crate) async fn seen(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    number: &RegistrationNumber,
) -> Result<Found, Problem> {
    viewer.require(Permission::Verify)?;
    let gone = || Problem::from(ProblemCode::NotFound);
    let submission = lookups.submission_by_number(number).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
    viewer.require_sight(submission.secrecy)?;
    let check = lookups.letter_check(submission.id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
    Ok(Found { submission, check })
}

impl Gateway {
    /// The letter with this number, for checking it.
    ///
    /// # Errors
    /// No right, no such letter, or its record is not readable.
    pub async fn checked_letter(&self, viewer: &Viewer, number: &RegistrationNumber) -> Result<CheckedLetter, Problem> {
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let Found { submission, check } = seen(&mut *lookups, viewer, number).await?;
        let read = lookups.statement_as_read(submission.id).await.map_err(|error| failed(&error))?;
        let read = read.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let corrections = lookups.corrections_of(submission.id).await.map_err(|error| failed(&error))?;
        let later = lookups.later_scans(submission.id).await.map_err(|error| failed(&error))?;
        drop(lookups);
        let record = self.record_of(&submission).await?;
        Ok(CheckedLetter { submission, read, check, corrections, later, record })
    }

    /// Words and boxes of the pages of a letter.
    pub(crate) async fn record_of(&self, submission: &Submission) -> Result<LetterRecord, Problem> {
        let Some(file) = submission.files.iter().find(|file| file.role == FileRole::Reading) else {
            return Ok(LetterRecord::default());
        };
        let bytes = self.files.get(file.hash).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("识别结果不在存储中"))?;
        serde_json::from_slice(&bytes).map_err(|error| {
            tracing::error!(submission = %submission.id, line = error.line(), "a stored reading does not parse");
            ProblemCode::IntegrityBroken.because("识别结果无法读取")
        })
    }

    /// What the scanner or the clerk called a letter, and the number of the case it belongs to.
    ///
    /// # Errors
    /// The store failed.
    pub async fn paper_of(&self, submission: &Submission) -> Result<(String, String), Problem> {
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let arrival = lookups.arrival(submission.arrival).await.map_err(|error| failed(&error))?;
        let case = lookups.case(submission.case).await.map_err(|error| failed(&error))?;
        let name = arrival.map(|arrival| arrival.source_name).unwrap_or_default();
        Ok((name, case.map(|case| case.number.to_string()).unwrap_or_default()))
    }

    /// That the check is the one that the person has seen.
    ///
    /// # Errors
    /// [`ProblemCode::CheckChanged`], which names whoever changed it.
    pub(crate) async fn require_version(&self, check: &LetterCheck, version: u64) -> Result<(), Problem> {
        if check.version == version { Ok(()) } else { Err(self.changed(check).await) }
    }

    /// That somebody else was faster, and who.
    pub(crate) async fn changed(&self, check: &LetterCheck) -> Problem {
        let (person, did) = match check.state {
            Verification::BeingChecked { by, .. } => (Some(by), "正在核对"),
            Verification::Confirmed { by, .. } => (Some(by), "已核对完毕"),
            Verification::Unchecked => (None, "已修改"),
        };
        let names = self.names().await.ok();
        let name = person.zip(names).map(|(staff, names)| names.actor(&case::actor::Actor::Staff { staff }));
        let name = name.unwrap_or_else(|| "他人".to_owned());
        ProblemCode::CheckChanged.because(format!("{name}{did}；您刚才输入的内容没有写入"))
    }
}
