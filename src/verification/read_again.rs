//! Pages of a registered letter that were set aside are read again: a person asks for it, or whoever has upgraded the program does for
//! all letters. What was read before and what people put right stays; what the pages say is added, and a person is asked to look.

use std::sync::Arc;

use case::actor::Actor;
use case::batch::LaterScan;
use case::channel::Channel;
use case::correction::{Correction, ReadLine, moved, moved_draft};
use case::event::EventKind;
use case::id::SubmissionId;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, Statement};
use case::submission::Submission;
use channels::letter::LetterRecord;
use channels::letter::layout::LetterText;
use channels::letter::record::NumberedPage;
use store::jobs::Claim;
use store::readings::LaterReading;
use store::{StoreError, UnitOfWork};

use crate::desk::decide::REASON_LIMIT;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::intake::register::Content;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::mailroom::ledger::StandingPages;
use crate::verification::letter::{Found, seen};
use crate::verification::read_later_scan;

/// A letter as it stands before its pages are read again.
struct Before {
    submission: Submission,
    read: Statement,
    record: LetterRecord,
}

impl Gateway {
    /// Has the pages of a letter that could not be read be read again, those of its later scans too. Gives which of the letter's own.
    ///
    /// # Errors
    /// No right, no such letter, no reason given, every page of it was read, or the store failed.
    pub async fn ask_to_read_again(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        reason: &str,
    ) -> Result<Vec<u16>, Problem> {
        let reason = case::text::truncate(reason.trim(), REASON_LIMIT).to_owned();
        if reason.is_empty() {
            return Err(ProblemCode::InvalidField.because("请写明理由"));
        }
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let Found { submission, .. } = seen(&mut *unit, viewer, number).await?;
        let pages = self.enqueue_reading(&mut *unit, &submission, viewer.actor(), reason).await?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(pages)
    }

    /// Has the pages of every letter that could not be read be read again, such as after an upgrade. Gives how many letters.
    ///
    /// # Errors
    /// The store failed; letters that were enqueued before stay so.
    pub async fn read_all_again(&self, reason: &str) -> Result<u64, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let letters = lookups.letters_with_unread_pages().await.map_err(|error| failed(&error))?;
        drop(lookups);
        let mut count = 0;
        for id in letters {
            let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
            let Some(submission) = unit.submission(id).await.map_err(|error| failed(&error))? else { continue };
            if submission.channel == Channel::Letter {
                self.enqueue_reading(&mut *unit, &submission, Actor::System, reason.to_owned()).await?;
                unit.commit().await.map_err(|error| failed(&error))?;
                count += 1;
            }
        }
        self.wake.ring();
        Ok(count)
    }

    async fn enqueue_reading(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        by: Actor,
        reason: String,
    ) -> Result<Vec<u16>, Problem> {
        let read = unit.statement_as_read(submission.id).await.map_err(|error| failed(&error))?;
        let pages = unread(&read.ok_or(ProblemCode::NotFound)?);
        let scans = unit.later_scans(submission.id).await.map_err(|error| failed(&error))?;
        let scans: Vec<LaterScan> = scans.into_iter().filter(|scan| !scan.unread.is_empty()).collect();
        if pages.is_empty() && scans.is_empty() {
            return Err(ProblemCode::Conflict.because("这封信没有未能识别的页"));
        }
        // Each gets as many attempts as a page that nobody has tried.
        for page in &pages {
            unit.forget_page_reading(submission.arrival, *page).await.map_err(|error| failed(&error))?;
        }
        let later: Vec<Vec<u16>> = scans.iter().map(|scan| read_later_scan::pages(&scan.unread)).collect();
        let detail = serde_json::json!({ "number": submission.number, "pages": pages, "later": later });
        let event = self.event(submission.own_case, by, EventKind::ReadAgainAsked, reason, detail);
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        if !pages.is_empty() {
            let task = Task::ReadAgain { submission: submission.id };
            let job = self.job(&task, Queue::Letters, Some(submission.own_case), self.clock.now());
            unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        }
        for scan in &scans {
            self.enqueue_later_scan(unit, submission, scan).await?;
        }
        Ok(pages)
    }

    /// The job: reads the pages that are not read and puts what they say beside what stands. Running again reads on.
    ///
    /// # Errors
    /// The store failed, what reads scans is missing for now, or a person saved the letter at the same moment.
    pub(crate) async fn read_again(&self, id: SubmissionId, claim: &Claim) -> Result<(), Failure> {
        let before = self.before_reading(id).await?;
        let arrival = self.store.read().await?.arrival(before.submission.arrival).await?;
        let arrival = arrival.ok_or_else(|| Failure::subject_gone("来件"))?;
        let bytes = self.files.get(arrival.original).await?;
        let bytes = bytes.ok_or_else(|| Failure::Never(ProblemCode::IntegrityBroken.because("原件不在存储中")))?;
        let missing = unread(&before.read);
        let ledger = StandingPages::of(self, &before.submission, &before.record, &missing);
        let reading = match self.letters.read_kept(&bytes, &before.record.parts, Arc::new(ledger)).await {
            Ok(reading) => reading,
            Err(problem) if channels::letter::is_temporary(&problem) => return Err(Failure::Later(problem)),
            Err(problem) => return self.settle_unread(&before, &missing, &problem, claim).await,
        };
        let still = unread(&reading.statement);
        if let Some(problem) = first_problem(&reading.statement).filter(|_| still == missing) {
            return self.settle_unread(&before, &missing, &problem, claim).await;
        }
        let content = self.keep_reading(&arrival, &bytes, reading, Vec::new()).await?;
        self.step("read_again.after_files");
        self.settle_read_again(&before, content, &still, claim).await
    }

    async fn before_reading(&self, id: SubmissionId) -> Result<Before, Failure> {
        let mut lookups = self.store.read().await?;
        let gone = || Failure::subject_gone("信访件");
        let submission = lookups.submission(id).await?.ok_or_else(gone)?;
        let read = lookups.statement_as_read(id).await?.ok_or_else(gone)?;
        drop(lookups);
        let record = self.record_of(&submission).await.map_err(Failure::Never)?;
        Ok(Before { submission, read, record })
    }

    async fn settle_read_again(
        &self,
        before: &Before,
        content: Content,
        still: &[u16],
        claim: &Claim,
    ) -> Result<(), Failure> {
        let id = before.submission.id;
        let mut unit = self.store.begin().await?;
        let doubts = content.doubts();
        let (mut statement, files) = content.into_parts();
        // What does not come from the paper stays as it is.
        statement.entry.clone_from(&before.read.entry);
        statement.purpose = statement.purpose.or_else(|| before.read.purpose.clone());
        let after = Submission { files: files.clone(), ..before.submission.clone() };
        let record = self.record_of(&after).await.map_err(Failure::Never)?;
        let lines = lines_of(&before.record, &record);
        // Corrections of the very moment are among those of now.
        let recorded = unit.corrections_of(id).await?;
        let standing: Vec<Correction> =
            recorded.into_iter().filter(|one| one.undone.is_none()).map(|one| one.correction).collect();
        let moves = moved(&before.read, &statement, &standing, lines);
        if let Some(check) = unit.letter_check(id).await? {
            let at_their_places: Vec<Correction> = standing
                .iter()
                .map(|one| moves.iter().find(|moved| moved.id == one.id).unwrap_or(one).clone())
                .collect();
            let draft = moved_draft(&check.draft, (&before.read, &standing), (&statement, &at_their_places));
            let check = case::verification::LetterCheck { state: check.state.read_again(), doubts, draft, ..check };
            match unit.update_letter_check(&check).await {
                Err(StoreError::Conflict { .. }) => {
                    return Err(Failure::Later(ProblemCode::CheckChanged.because("核对内容刚被保存")));
                }
                written => written?,
            };
        }
        let reading = LaterReading { submission: id, statement, files, moved: moves, read_at: self.clock.now() };
        unit.insert_later_reading(&reading).await?;
        let now_read: Vec<u16> = unread(&before.read).into_iter().filter(|page| !still.contains(page)).collect();
        let mut note = format!("已识别第{}页，请核对", listed(&now_read));
        if !still.is_empty() {
            note.push_str(&format!("；第{}页仍未能识别", listed(still)));
        }
        self.note_reading(&mut *unit, &before.submission, note, &now_read, still).await?;
        self.carry_over(&mut *unit, Actor::System, &before.submission).await?;
        unit.finish_job(claim).await?;
        self.step("read_again.before_commit");
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }

    /// No page more than before was read: that is an event, and everything else stays.
    async fn settle_unread(
        &self,
        before: &Before,
        pages: &[u16],
        problem: &Problem,
        claim: &Claim,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let note = format!("第{}页仍未能识别：{}", listed(pages), problem.code.title());
        self.note_reading(&mut *unit, &before.submission, note, &[], pages).await?;
        unit.finish_job(claim).await?;
        Ok(unit.commit().await?)
    }

    pub(super) async fn note_reading(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        note: String,
        read: &[u16],
        unread: &[u16],
    ) -> Result<(), Failure> {
        let detail = serde_json::json!({ "number": submission.number, "read": read, "unread": unread });
        let event = self.event(submission.own_case, Actor::System, EventKind::ReadAgain, note, detail);
        Ok(unit.append_event(event).await.map(|_event| ())?)
    }
}

/// The pages of a letter that could not be read, in order.
#[must_use]
pub fn unread(statement: &Statement) -> Vec<u16> {
    let page = |mark: &Mark| if let Mark::PageUnread { page, .. } = mark { Some(*page) } else { None };
    let mut pages: Vec<u16> = statement.marks.iter().filter_map(page).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

pub(super) fn first_problem(statement: &Statement) -> Option<Problem> {
    statement.marks.iter().find_map(|mark| match mark {
        Mark::PageUnread { problem, .. } => Some(problem.clone()),
        _ => None,
    })
}

/// Pages for people: `2、5`.
#[must_use]
pub fn listed(pages: &[u16]) -> String {
    pages.iter().map(u16::to_string).collect::<Vec<_>>().join("、")
}

/// Where a line of the earlier reading stands in the later one: the line of the same words on the same page.
fn lines_of(before: &LetterRecord, after: &LetterRecord) -> impl Fn(u16, u16) -> Option<ReadLine> + use<> {
    fn placed(record: &LetterRecord) -> Vec<(u16, u16, std::ops::Range<u32>, String)> {
        let pages: Vec<NumberedPage> = record.in_reading_order();
        let text = LetterText::of(&pages);
        let characters: Vec<char> = text.text.chars().collect();
        let line = |line: &channels::letter::layout::PlacedLine| {
            let words: String = characters.get(line.range.clone())?.iter().collect();
            let range = u32::try_from(line.range.start).ok()?..u32::try_from(line.range.end).ok()?;
            Some((line.page, u16::try_from(line.line).ok()?, range, words))
        };
        text.lines.iter().filter_map(line).collect()
    }
    let (before, after) = (placed(before), placed(after));
    move |page, line| {
        let (.., words) = before.iter().find(|was| (was.0, was.1) == (page, line))?;
        let same = |stands: &&(u16, u16, std::ops::Range<u32>, String)| stands.0 == page && stands.3 == *words;
        let stands = after.iter().filter(same).min_by_key(|stands| stands.1.abs_diff(line))?;
        Some(ReadLine { line: stands.1, range: stands.2.clone() })
    }
}
