//! Earlier petitions that may be about the same matter, ranked by the judge.

use std::sync::Arc;

use case::finding::Relation;
use case::id::SubmissionId;
use case::submission::Submission;
use search::engine::{CandidateQuery, Reach};
use search::judge::{Judge, Judgement, Petition};

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::judging::index::petition;

/// How many candidates the engine gives the judge.
const CANDIDATES: usize = 30;
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
        let ids: Vec<SubmissionId> = hits.iter().map(|hit| hit.submission).filter(|id| Some(*id) != own).collect();
        let judge = Judge::with_weights(self.engine.rarity(reach).await?, Arc::clone(self.office.judge()));
        let prepared = judge.prepare(later);
        let mut similar: Vec<Similar> = self
            .store
            .read()
            .await?
            .submissions(&ids)
            .await?
            .into_iter()
            // The index may lag behind a change of secrecy: the database decides who is seen.
            .filter(|submission| reach.spaces().contains(&crate::judging::index::space(submission.secrecy)))
            .filter_map(|submission| {
                let judgement = judge.judge_prepared(&prepared, &judge.prepare(&petition(&submission, &self.secret)));
                judgement.relation.map(|relation| Similar { submission, judgement, relation })
            })
            .collect();
        similar.sort_by(|a, b| order(b).total_cmp(&order(a)).then(a.submission.sequence.cmp(&b.submission.sequence)));
        similar.truncate(SUGGESTIONS);
        Ok(similar)
    }
}

fn order(similar: &Similar) -> f32 {
    let by_relation = match similar.relation {
        Relation::Repeat => 1.0,
        Relation::SameMatter => 0.5,
        Relation::Related | Relation::Supplement => 0.0,
    };
    by_relation + similar.judgement.same_matter.value()
}
