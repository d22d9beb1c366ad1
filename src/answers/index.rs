//! The job that puts a published answer into its index, and takes its words out again when it was withdrawn.

use case::channel::Channel;
use case::id::{CaseId, PublishedAnswerId, SubmissionId};
use case::published_answer::PublishedAnswer;
use search::document::{Document, Space};
use store::jobs::Claim;

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// Answers put into a new index at once.
const BATCH: u32 = 200;

impl Gateway {
    /// Puts the answer in, or nothing in its place when the public may not read it any more.
    ///
    /// # Errors
    /// The store or the engine failed.
    pub(crate) async fn index_answer(&self, id: PublishedAnswerId, claim: &Claim) -> Result<(), Failure> {
        let (known, public) = {
            let mut lookups = self.store.read().await?;
            (lookups.published_answer(id).await?, lookups.public_answers(&[id]).await?)
        };
        let Some(known) = known else { return Err(Failure::subject_gone("公开答复")) };
        let stands = !public.is_empty();
        self.answers.put(vec![document(&known, stands)]).await?;
        self.step("answers.after_put");
        let mut unit = self.store.begin().await?;
        if unit.public_answers(&[id]).await?.is_empty() == stands {
            return Err(Failure::Later(case::problem::ProblemCode::Conflict.because("处理时公开答复有变动，重新处理")));
        }
        unit.finish_job(claim).await?;
        Ok(unit.commit().await?)
    }

    /// Makes the index of published answers anew.
    ///
    /// # Errors
    /// The store or the engine failed; the index in use is untouched.
    pub(crate) async fn rebuild_answers(&self) -> Result<(), Failure> {
        let mut rebuild = self.answers.rebuild().await?;
        let mut last = None;
        loop {
            let answers = self.store.read().await?.public_answers_after(last, BATCH).await?;
            let Some(newest) = answers.last() else { break };
            last = Some(newest.id);
            rebuild.put(answers.iter().map(|answer| document(answer, true)).collect()).await?;
        }
        Ok(rebuild.finish().await?)
    }
}

/// The answer as the engine knows it: the three public texts, and nothing of the case.
fn document(answer: &PublishedAnswer, stands: bool) -> Document {
    let text = |words: String| if stands { words } else { String::new() };
    Document {
        submission: SubmissionId::from_uuid(answer.id.as_uuid()),
        case: CaseId::from_uuid(answer.id.as_uuid()),
        sequence: u64::try_from(answer.published_at.as_millisecond()).unwrap_or(0),
        space: Space::Ordinary,
        channel: Channel::Web,
        registered_at: answer.published_at,
        title: text(answer.text.title().to_owned()),
        body: text(format!("{}\n{}", answer.text.question(), answer.text.answer())),
        respondents: Vec::new(),
        place: None,
        place_code: None,
        class: None,
        identity: Vec::new(),
    }
}
