//! Earlier petitions that may be about the same matter, ranked by the judge.

use std::sync::Arc;

use case::finding::Relation;
use case::id::SubmissionId;
use case::problem::ProblemCode;
use case::submission::Submission;
use search::engine::{CandidateQuery, Reach};
use search::judge::{Judge, Judgement, Petition};

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::INDEX_SUBMISSION;
use crate::judging::index::{self, petition};

/// How many candidates the engine gives the judge.
const CANDIDATES: usize = 30;
/// How many of those that are not indexed yet are judged beside them, the latest first.
const UNINDEXED: u32 = 60;
/// How many suggestions a person sees at most.
const SUGGESTIONS: usize = 8;

/// An earlier submission and what the new one is to it.
#[derive(Debug, Clone)]
pub struct Similar {
    /// The earlier submission.
    pub submission: Submission,
    /// What the judge says; its relation is never none.
    pub judgement: Judgement,
    /// The relation that the judge named.
    pub relation: Relation,
}

impl Gateway {
    /// What the petition may be in relation to earlier ones, most likely first. `before` leaves out what was registered at or after
    /// that place in the order; `own` leaves out the submission itself.
    ///
    /// # Errors
    /// The engine or the store failed.
    pub async fn similar(
        &self,
        later: &Petition,
        reach: Reach,
        before: Option<u64>,
        own: Option<SubmissionId>,
    ) -> Result<Vec<Similar>, Failure> {
        self.similar_among(CANDIDATES, later, reach, before, own).await
    }

    /// [`Gateway::similar`] of at most `candidates` that the engine gives the judge: fewer where somebody waits for each key.
    ///
    /// # Errors
    /// The engine or the store failed.
    pub async fn similar_among(
        &self,
        candidates: usize,
        later: &Petition,
        reach: Reach,
        before: Option<u64>,
        own: Option<SubmissionId>,
    ) -> Result<Vec<Similar>, Failure> {
        let query = CandidateQuery {
            reach,
            title: later.title.clone(),
            body: later.body.clone(),
            identity: later.identity.clone(),
            before,
            limit: candidates,
        };
        let hits = self.engine.candidates(&query).await?;
        let mut ids: Vec<SubmissionId> = hits.iter().map(|hit| hit.submission).collect();
        ids.extend(self.not_yet_indexed().await?);
        ids.retain(|id| Some(*id) != own);
        ids.sort_unstable();
        ids.dedup();
        let judge = Judge::with_weights(self.engine.rarity(reach).await?, Arc::clone(self.office.judge()));
        let mut earlier: Vec<Submission> = self
            .store
            .read()
            .await?
            .submissions(&ids)
            .await?
            .into_iter()
            .filter(|submission| before.is_none_or(|before| submission.sequence < before))
            // The index may lag behind a change of secrecy: the database decides who is seen.
            .filter(|submission| reach.spaces().contains(&index::space(submission.secrecy)))
            .collect();
        // The first of those that are alike is shown first.
        earlier.sort_by_key(|submission| submission.sequence);
        let (later, secret) = (later.clone(), self.secret.clone());
        let judged = tokio::task::spawn_blocking(move || {
            judge.judge_all(&later, earlier, SUGGESTIONS, |submission| petition(submission, &secret))
        });
        // Only a panic ends it early.
        let judged = judged.await.map_err(|_panic| Failure::Later(ProblemCode::Internal.because("比对异常终止")))?;
        let similar = |(submission, relation, judgement)| Similar { submission, judgement, relation };
        Ok(judged.into_iter().map(similar).collect())
    }
}

impl Gateway {
    /// What is registered and not in the index yet: a submission is comparable from the moment it has its number, however long the engine
    /// takes, so that two copies that arrive together find each other.
    async fn not_yet_indexed(&self) -> Result<Vec<SubmissionId>, Failure> {
        let jobs = self.store.read().await?.jobs_of_kind(INDEX_SUBMISSION, UNINDEXED).await?;
        Ok(jobs.into_iter().filter_map(|job| index::submission(&job.job.payload)).collect())
    }
}
