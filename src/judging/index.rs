//! The job that puts submissions into the search index, many at once.

use case::channel::Channel;
use case::id::SubmissionId;
use case::identity::key::{IdentitySecret, identity_keys};
use case::problem::ProblemCode;
use case::purpose::Purpose;
use case::secrecy::Secrecy;
use case::submission::Submission;
use case::unit::Unit;
use search::document::{Document, Space};
use search::judge::Petition;
use store::UnitOfWork;
use store::jobs::Claim;

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{INDEX_ATTEMPTS, Queue, Task};
use crate::routing::classify_and_place;

/// The space in which a submission of this secrecy stands.
#[must_use]
pub const fn space(secrecy: Secrecy) -> Space {
    match secrecy {
        Secrecy::Ordinary | Secrecy::Confidential => Space::Ordinary,
        Secrecy::Sealed => Space::Sealed,
    }
}

/// A submission as the judge knows it.
#[must_use]
pub fn petition(submission: &Submission, secret: &IdentitySecret) -> Petition {
    let statement = &submission.statement;
    Petition {
        title: statement.title.value.clone(),
        body: statement.body.clone(),
        registered_at: submission.registered_at,
        channel: submission.channel,
        identity: identity_keys(statement, secret),
        respondents: statement.respondents.iter().map(|respondent| respondent.name.value.clone()).collect(),
        place: statement.place.as_ref().map(|place| place.value.text.clone()),
    }
}

impl Gateway {
    /// A submission as the engine knows it: filed under the place and the class that its words and the office's data say, so that
    /// the filters of the desk find it whether or not the petitioner stated them.
    #[must_use]
    pub fn document(&self, submission: &Submission, units: &[Unit]) -> Document {
        let statement = &submission.statement;
        // Accusations, which are sealed, are filed by the organ that answers for them; all others by their words alone.
        let purpose = match submission.secrecy {
            Secrecy::Sealed => Purpose::Accusation,
            Secrecy::Ordinary | Secrecy::Confidential => Purpose::AppealOrDemand,
        };
        let (class, place) = classify_and_place(statement, purpose, &self.office, units);
        let stated = statement.place.as_ref().and_then(|place| place.value.code.clone());
        Document {
            submission: submission.id,
            case: submission.own_case,
            sequence: submission.sequence,
            space: space(submission.secrecy),
            channel: submission.channel,
            registered_at: submission.registered_at,
            title: statement.title.value.clone(),
            body: statement.body.clone(),
            respondents: statement.respondents.iter().map(|respondent| respondent.name.value.clone()).collect(),
            place: statement.place.as_ref().map(|place| place.value.text.clone()),
            place_code: stated.or_else(|| place.and_then(|place| place.value.code)),
            class: statement.class.as_ref().map(|class| class.value.clone()).or_else(|| class.map(|class| class.value)),
            identity: identity_keys(statement, &self.secret),
        }
    }
}

impl Gateway {
    /// Indexes the submissions of all `claims` in one go and enqueues their judging. When the index fails, every job is put off:
    /// intake goes on, judging catches up later.
    pub(crate) async fn index_submissions(&self, claims: &[Claim]) {
        if let Err(failure) = self.index_claimed(claims).await {
            if failure.is_of_engine() {
                self.waiting.note(claims.iter().filter_map(subject));
            }
            let problem = match failure {
                Failure::Later(problem) | Failure::Never(problem) => problem,
                Failure::Lost => return,
            };
            for claim in claims {
                self.failed(claim, Failure::Later(problem.clone()), INDEX_ATTEMPTS).await;
            }
        }
    }

    async fn index_claimed(&self, claims: &[Claim]) -> Result<(), Failure> {
        let ids: Vec<SubmissionId> = claims.iter().filter_map(subject).collect();
        let mut lookups = self.store.read().await?;
        let mut submissions = lookups.submissions(&ids).await?;
        let units = lookups.units().await?;
        drop(lookups);
        // They are judged in this order: what a later one is to an earlier one depends on the case that the earlier one has joined.
        submissions.sort_by_key(|submission| submission.sequence);
        let documents = submissions.iter().map(|submission| self.document(submission, &units)).collect();
        self.step("index.before_put");
        self.engine.put(documents).await?;
        self.step("index.after_put");
        let mut unit = self.store.begin().await?;
        self.require_unchanged(&mut *unit, &submissions).await?;
        for submission in &submissions {
            let task = Task::JudgeSubmission { submission: submission.id };
            let job = self.job(&task, Queue::Quick, Some(submission.own_case), self.clock.now());
            unit.enqueue(&job).await?;
        }
        for claim in claims {
            unit.finish_job(claim).await?;
        }
        unit.commit().await?;
        self.waiting.clear(&ids);
        Ok(())
    }
}

impl Gateway {
    /// That what was read is what stands: a correction meanwhile enqueued no job of its own where this one was open already. Only letters
    /// are corrected, so nothing is read again for the other doors.
    ///
    /// # Errors
    /// Something was corrected: the job must read again.
    pub(crate) async fn require_unchanged(
        &self,
        unit: &mut dyn UnitOfWork,
        read: &[Submission],
    ) -> Result<(), Failure> {
        let letters: Vec<SubmissionId> =
            read.iter().filter(|one| one.channel == Channel::Letter).map(|letter| letter.id).collect();
        if letters.is_empty() {
            return Ok(());
        }
        let now = unit.submissions(&letters).await?;
        let stands = |one: &Submission| {
            let then = read.iter().find(|then| then.id == one.id);
            then.is_some_and(|then| then.statement == one.statement && then.secrecy == one.secrecy)
        };
        if now.iter().all(stands) {
            Ok(())
        } else {
            Err(Failure::Later(ProblemCode::Conflict.because("处理时内容有更正，重新处理")))
        }
    }
}

fn subject(claim: &Claim) -> Option<SubmissionId> {
    submission(&claim.job.job.payload)
}

/// The submission that a job of indexing or judging is about.
pub(crate) fn submission(payload: &serde_json::Value) -> Option<SubmissionId> {
    match serde_json::from_value(payload.clone()) {
        Ok(Task::IndexSubmission { submission } | Task::JudgeSubmission { submission }) => Some(submission),
        Ok(
            Task::ReadArrival { .. }
            | Task::PartBatchFile { .. }
            | Task::ReadAgain { .. }
            | Task::ReadAttachments { .. }
            | Task::ReadLaterScanAgain { .. }
            | Task::MakeArchive { .. }
            | Task::SendDispatch { .. }
            | Task::SendNotice { .. }
            | Task::ForgetDrafts
            | Task::IndexAnswer { .. }
            | Task::RebuildIndex,
        )
        | Err(_) => None,
    }
}
