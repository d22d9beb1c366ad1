//! Attachments of a registered mail that could not be read when it came: a job reads them as soon as whatever was missing is there, and what
//! they say stands beside what the mail says, as a later reading of it (decision 0015). What was read and what people put right stays; what
//! only an attachment gives is a proposal about which a person is asked. After the last attempt a person can ask again.

use case::actor::Actor;
use case::channel::Channel;
use case::correction::moved;
use case::event::EventKind;
use case::id::SubmissionId;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::statement::{Mark, Statement};
use case::submission::{FileRole, StoredFile, Submission};
use channels::mail::{LaterRead, Readers, UnreadFile, is_untried};
use jiff::Timestamp;
use store::jobs::{Claim, Job, JobStatus};
use store::readings::LaterReading;
use store::{Lookups, StoreError, UnitOfWork};

use crate::desk::decide::{REASON_LIMIT, told};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

/// How many jobs follow one another by themselves, each with the whole time for one mail: two hundred slow files of one mail must not keep
/// letters waiting for a day. After them a person can ask for more.
const MOST_ROUNDS: u8 = 10;

/// How the reading of a mail's attachments stands.
#[derive(Debug, Clone)]
pub struct AttachmentReading {
    /// The mail.
    pub submission: SubmissionId,
    /// How many of its attachments may still be read.
    pub unread: usize,
    /// The job that reads them, also when it was given up.
    pub job: Option<Job>,
    /// When attachments were last read later.
    pub read_at: Option<Timestamp>,
}

/// How many attachments may be read again.
fn unread(statement: &Statement) -> usize {
    statement.marks.iter().filter_map(Mark::to_be_read).count()
}

/// How the reading of the attachments of a mail stands; none where all were read when it came.
///
/// # Errors
/// The store failed.
pub async fn reading_of(
    lookups: &mut dyn Lookups,
    submission: &Submission,
) -> Result<Option<AttachmentReading>, StoreError> {
    if submission.channel != Channel::Mail {
        return Ok(None);
    }
    let read_at = lookups.read_again_at(submission.id).await?;
    let unread = unread(&submission.statement);
    if unread == 0 && read_at.is_none() {
        return Ok(None);
    }
    let task = Task::ReadAttachments { submission: submission.id, round: 0 };
    let job = lookups.job_by_unique_key(&task.unique_key()).await?;
    Ok(Some(AttachmentReading { submission: submission.id, unread, job, read_at }))
}

impl Gateway {
    /// Who reads what was sent with mails, and for how long.
    pub(crate) fn attachment_readers(&self) -> Readers<'_> {
        let whole = std::time::Duration::from_secs(self.configuration.mail.attachment_seconds);
        Readers::new(&*self.letters, &*self.documents).within(whole)
    }

    /// Has the attachments of a mail that was just registered be read, where some were not.
    pub(super) async fn have_attachments_read(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
    ) -> Result<(), StoreError> {
        if unread(&submission.statement) == 0 {
            return Ok(());
        }
        self.enqueue_attachments(unit, submission, 0).await
    }

    async fn enqueue_attachments(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        round: u8,
    ) -> Result<(), StoreError> {
        let task = Task::ReadAttachments { submission: submission.id, round };
        let job = self.job(&task, Queue::Letters, Some(submission.own_case), self.clock.now());
        unit.enqueue(&job).await.map(|_added| ())
    }

    /// Has the attachments of a mail that could not be read be read again. Gives how many.
    ///
    /// # Errors
    /// No right, no such mail, no reason given, nothing is there to be read, or it is being done already.
    pub async fn ask_to_read_attachments(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        reason: &str,
    ) -> Result<usize, Problem> {
        viewer.require(Permission::Verify)?;
        let reason = case::text::truncate(reason.trim(), REASON_LIMIT).to_owned();
        if reason.is_empty() {
            return Err(ProblemCode::InvalidField.because("请写明理由"));
        }
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let submission = unit.submission_by_number(number).await.map_err(|error| failed(&error))?;
        let submission = submission.filter(|submission| submission.channel == Channel::Mail);
        let submission = submission.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(submission.secrecy)?;
        let count = self.ask_in(&mut *unit, &submission, viewer.actor(), reason).await.map_err(told)?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(count)
    }

    /// Has the attachments of every mail that could not be read be read again, such as after an upgrade. Gives how many mails.
    ///
    /// # Errors
    /// The store failed; mails that were enqueued before stay so.
    pub async fn read_all_attachments_again(&self, reason: &str) -> Result<u64, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let mails = lookups.mails_with_unread_attachments().await.map_err(|error| failed(&error))?;
        drop(lookups);
        let mut count = 0;
        for id in mails {
            let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
            let Some(submission) = unit.submission(id).await.map_err(|error| failed(&error))? else { continue };
            match self.ask_in(&mut *unit, &submission, Actor::System, reason.to_owned()).await {
                Ok(_asked) => count += 1,
                // Its job is at it already.
                Err(Failure::Never(problem)) if problem.code == ProblemCode::Conflict => continue,
                Err(failure) => return Err(told(failure)),
            }
            unit.commit().await.map_err(|error| failed(&error))?;
        }
        self.wake.ring();
        Ok(count)
    }

    async fn ask_in(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        by: Actor,
        reason: String,
    ) -> Result<usize, Failure> {
        let count = unread(&submission.statement);
        if count == 0 {
            return Err(ProblemCode::Conflict.because("这封邮件没有可以补读的附件").into());
        }
        let key = Task::ReadAttachments { submission: submission.id, round: 0 }.unique_key();
        match unit.job_by_unique_key(&key).await? {
            Some(given_up) if given_up.status == JobStatus::Dead => {
                unit.revive_job(given_up.job.id, self.clock.now()).await?;
            }
            Some(_at_it) => return Err(ProblemCode::Conflict.because("正在补读，或即将自动再试").into()),
            None => self.enqueue_attachments(unit, submission, 0).await?,
        }
        let detail = serde_json::json!({ "number": submission.number, "attachments": count });
        unit.append_event(self.event(submission.own_case, by, EventKind::AttachmentsAsked, reason, detail)).await?;
        Ok(count)
    }

    /// The job: reads the attachments that are not read and puts what they say beside what stands. Running again reads again and writes once.
    ///
    /// # Errors
    /// The store failed, or what reads scans or documents is missing for now.
    pub(crate) async fn read_attachments(&self, id: SubmissionId, round: u8, claim: &Claim) -> Result<(), Failure> {
        let mut lookups = self.store.read().await?;
        let gone = || Failure::subject_gone("信访件");
        let submission = lookups.submission(id).await?.ok_or_else(gone)?;
        let read = lookups.statement_as_read(id).await?.ok_or_else(gone)?;
        let arrival = lookups.arrival(submission.arrival).await?;
        drop(lookups);
        let files = self.unread_files(&submission, &read, round).await?;
        if files.is_empty() {
            let mut unit = self.store.begin().await?;
            unit.finish_job(claim).await?;
            return Ok(unit.commit().await?);
        }
        let arrival = arrival.ok_or_else(|| Failure::subject_gone("来件"))?;
        let raw = self.bytes_of(arrival.original).await?;
        let later = channels::mail::read_later(&raw, &read, files, &self.attachment_readers()).await;
        let later = later.map_err(|problem| {
            if channels::letter::is_temporary(&problem) { Failure::Later(problem) } else { Failure::Never(problem) }
        })?;
        self.settle_attachments(&submission, &read, later, round, claim).await
    }

    /// The attachments that this round reads.
    async fn unread_files(
        &self,
        submission: &Submission,
        read: &Statement,
        round: u8,
    ) -> Result<Vec<UnreadFile>, Failure> {
        let mut files: Vec<UnreadFile> = Vec::new();
        for mark in &read.marks {
            let Some((hash, problem)) = mark.to_be_read() else { continue };
            let kept = |file: &&StoredFile| file.role == FileRole::Attachment && file.hash == hash;
            let stored = submission.files.iter().find(kept);
            let again = files.iter().any(|file| file.hash == hash);
            if let Some(stored) = stored.filter(|_| !again && (round == 0 || is_untried(problem))) {
                files.push(UnreadFile { name: stored.name.clone(), hash, bytes: self.bytes_of(hash).await? });
            }
        }
        Ok(files)
    }

    async fn bytes_of(&self, hash: case::content_hash::ContentHash) -> Result<Vec<u8>, Failure> {
        let bytes = self.files.get(hash).await?;
        bytes.ok_or_else(|| Failure::Never(ProblemCode::IntegrityBroken.because("文件不在存储中")))
    }

    async fn settle_attachments(
        &self,
        submission: &Submission,
        before: &Statement,
        later: LaterRead,
        round: u8,
        claim: &Claim,
    ) -> Result<(), Failure> {
        let mut files = submission.files.clone();
        for file in later.files {
            let hash = self.files.put(&file.bytes).await?;
            let bytes = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
            let kept = StoredFile { role: file.role, name: file.name, media_type: file.media_type, hash, bytes };
            if !files.contains(&kept) {
                files.push(kept);
            }
        }
        self.step("read_attachments.after_files");
        let mut unit = self.store.begin().await?;
        let recorded = unit.corrections_of(submission.id).await?;
        let standing: Vec<_> =
            recorded.into_iter().filter(|one| one.undone.is_none()).map(|one| one.correction).collect();
        // A mail has no lines on pages.
        let moved = moved(before, &later.statement, &standing, |_, _| None);
        let (statement, read) = (later.statement, later.read.len());
        let note = note_of(&statement, submission, read);
        let more =
            round < MOST_ROUNDS && statement.marks.iter().filter_map(Mark::to_be_read).any(|(_, why)| is_untried(why));
        let detail = serde_json::json!({ "number": submission.number, "read": read, "unread": unread(&statement) });
        let reading = LaterReading { submission: submission.id, statement, files, moved, read_at: self.clock.now() };
        unit.insert_later_reading(&reading).await?;
        let event = self.event(submission.own_case, Actor::System, EventKind::AttachmentsRead, note, detail);
        unit.append_event(event).await?;
        if reading.statement.body != before.body || reading.statement.beside != before.beside {
            self.carry_over(&mut *unit, Actor::System, submission).await?;
        }
        unit.finish_job(claim).await?;
        if more {
            self.enqueue_attachments(&mut *unit, submission, round + 1).await?;
        }
        self.step("read_attachments.before_commit");
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }
}

/// What came of it, for people: attachments by their place among those of the mail, since their names may tell of persons.
fn note_of(statement: &Statement, submission: &Submission, read: usize) -> String {
    let attachments = submission.files.iter().filter(|file| file.role == FileRole::Attachment);
    let hashes: Vec<_> = attachments.map(|file| file.hash).collect();
    let mut note =
        if read == 0 { "补读附件，未读出新的".to_owned() } else { format!("已补读{read}个附件") };
    for (hash, problem) in statement.marks.iter().filter_map(Mark::to_be_read) {
        let place = hashes.iter().position(|known| *known == hash).map_or(0, |place| place + 1);
        note.push_str(&format!("；第{place}个附件仍未读出：{}", problem.code.title()));
    }
    note
}
