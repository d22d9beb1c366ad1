//! Pages of a later scan that were set aside are read again, as those of the letter itself: see [`super::read_again`]. What is read stands
//! in the place of the scan's earlier reading. The letter itself is not changed, so nothing of its check moves.

use std::sync::Arc;

use case::batch::{LaterScan, UnreadPage};
use case::id::{ArrivalId, SubmissionId};
use case::problem::{Problem, ProblemCode};
use case::submission::Submission;
use store::UnitOfWork;
use store::jobs::Claim;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::mailroom::ledger::StandingPages;
use crate::verification::read_again::{first_problem, listed, unread};

impl Gateway {
    /// Has the unread pages of a later scan be read again, with as many attempts as pages that nobody has tried.
    pub(super) async fn enqueue_later_scan(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        scan: &LaterScan,
    ) -> Result<(), Problem> {
        for page in &scan.unread {
            unit.forget_page_reading(scan.arrival, page.page).await.map_err(|error| failed(&error))?;
        }
        let task = Task::ReadLaterScanAgain { submission: submission.id, arrival: scan.arrival };
        let job = self.job(&task, Queue::Letters, Some(submission.own_case), self.clock.now());
        unit.enqueue(&job).await.map(|_added| ()).map_err(|error| failed(&error))
    }

    /// The job: reads the pages of the later scan that are not read. Running again reads on.
    ///
    /// # Errors
    /// The store failed, or what reads scans is missing for now.
    pub(crate) async fn read_later_scan_again(
        &self,
        id: SubmissionId,
        arrival: ArrivalId,
        claim: &Claim,
    ) -> Result<(), Failure> {
        let mut lookups = self.store.read().await?;
        let submission = lookups.submission(id).await?.ok_or_else(|| Failure::subject_gone("信访件"))?;
        let scan = lookups.later_scans(id).await?.into_iter().find(|scan| scan.arrival == arrival);
        let scan = scan.ok_or_else(|| Failure::subject_gone("补充扫描件"))?;
        let arrival = lookups.arrival(arrival).await?.ok_or_else(|| Failure::subject_gone("来件"))?;
        drop(lookups);
        let bytes = self.files.get(arrival.original).await?;
        let bytes = bytes.ok_or_else(|| Failure::Never(ProblemCode::IntegrityBroken.because("原件不在存储中")))?;
        let missing = pages(&scan.unread);
        // The scan as if it were the letter.
        let paper = Submission { files: scan.files.clone(), arrival: scan.arrival, ..submission };
        let record = self.record_of(&paper).await.map_err(Failure::Never)?;
        let ledger = StandingPages::of(self, &paper, &record, &missing);
        let reading = match self.letters.read_kept(&bytes, &record.parts, Arc::new(ledger)).await {
            Ok(reading) => reading,
            Err(problem) if channels::letter::is_temporary(&problem) => return Err(Failure::Later(problem)),
            Err(problem) => {
                return self.settle_scan(&paper, None, still_unread(&missing, &problem), &missing, claim).await;
            }
        };
        let still = unread(&reading.statement);
        if let Some(problem) = first_problem(&reading.statement).filter(|_| still == missing) {
            return self.settle_scan(&paper, None, still_unread(&missing, &problem), &missing, claim).await;
        }
        let content = self.keep_reading(&arrival, &bytes, reading, Vec::new()).await?;
        self.step("read_later_scan.after_files");
        let (statement, files) = content.into_parts();
        let read: Vec<u16> = missing.iter().copied().filter(|page| !still.contains(page)).collect();
        let mut note = format!("补充扫描件已识别第{}页", listed(&read));
        if !still.is_empty() {
            note.push_str(&format!("；第{}页仍未能识别", listed(&still)));
        }
        let unread = UnreadPage::all_of(&statement);
        let scan = LaterScan { files, unread, added_at: self.clock.now(), ..scan };
        self.settle_scan(&paper, Some(scan), note, &missing, claim).await
    }

    /// Writes what came of it: `read` stands from now on; without it no page more was read, and that is an event.
    async fn settle_scan(
        &self,
        paper: &Submission,
        read: Option<LaterScan>,
        note: String,
        missing: &[u16],
        claim: &Claim,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let still = read.as_ref().map_or_else(|| missing.to_vec(), |scan| pages(&scan.unread));
        let now_read: Vec<u16> = missing.iter().copied().filter(|page| !still.contains(page)).collect();
        self.note_reading(&mut *unit, paper, note, &now_read, &still).await?;
        if let Some(scan) = read {
            unit.insert_later_scan(&scan).await?;
            self.enqueue_archive(&mut *unit, paper.id, paper.case).await?;
        }
        unit.finish_job(claim).await?;
        self.step("read_later_scan.before_commit");
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }
}

/// The numbers of pages.
pub(crate) fn pages(unread: &[UnreadPage]) -> Vec<u16> {
    unread.iter().map(|unread| unread.page).collect()
}

fn still_unread(pages: &[u16], problem: &Problem) -> String {
    format!("补充扫描件第{}页仍未能识别：{}", listed(pages), problem.code.title())
}
