//! Published answers like what a citizen is writing. What is typed is compared and forgotten: it is neither kept nor logged.

use std::collections::HashSet;

use case::id::PublishedAnswerId;
use case::problem::Problem;
use case::published_answer::PublishedAnswer;
use search::engine::{CandidateQuery, Reach};
use search::text::{fold, grams, strip_courtesy};

use crate::answers::read::answer_of;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Answers that are shown at most.
const SHOWN: usize = 5;
/// Candidates that the engine gives.
const CANDIDATES: usize = 20;
/// Characters of what was typed that are looked at.
const LOOKED_AT: usize = 2_000;
/// Fewer bigrams say nothing yet: about the first words of a title.
const LEAST_TYPED: usize = 4;
/// The share of the shorter side's bigrams that both must have. Two petitions that have nothing in common but being petitions share less
/// than a tenth; the same question in other words shares a fifth and more.
const LEAST_SHARED: f64 = 0.15;

impl Gateway {
    /// Those most like the title and the body, most alike first; none while too little was typed.
    ///
    /// # Errors
    /// The store or the engine failed.
    pub async fn similar_answers(&self, title: &str, body: &str) -> Result<Vec<PublishedAnswer>, Problem> {
        let (title, body) = (case::text::truncate(title, LOOKED_AT), case::text::truncate(body, LOOKED_AT));
        let typed = bigrams(&format!("{title}\n{body}"));
        if typed.len() < LEAST_TYPED {
            return Ok(Vec::new());
        }
        let query = CandidateQuery {
            reach: Reach::Ordinary,
            title: title.to_owned(),
            body: body.to_owned(),
            identity: Vec::new(),
            before: None,
            limit: CANDIDATES,
        };
        let hits = self.answers.candidates(&query).await.map_err(|error| {
            tracing::error!(error = %error, "the search engine failed");
            Problem::from(&error)
        })?;
        let ids: Vec<PublishedAnswerId> = hits.iter().map(|hit| answer_of(hit.submission)).collect();
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let answers = lookups.public_answers(&ids).await.map_err(|error| failed(&error))?;
        let mut alike: Vec<(f64, PublishedAnswer)> = answers
            .into_iter()
            .map(|answer| (share(&typed, &asked(&answer)), answer))
            .filter(|(share, _)| *share >= LEAST_SHARED)
            .collect();
        alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        alike.truncate(SHOWN);
        Ok(alike.into_iter().map(|(_, answer)| answer).collect())
    }
}

/// What was asked, which is what a citizen's words are compared with.
fn asked(answer: &PublishedAnswer) -> HashSet<String> {
    bigrams(&format!("{}\n{}", answer.text.title(), answer.text.question()))
}

fn bigrams(text: &str) -> HashSet<String> {
    grams(&strip_courtesy(&fold(text))).into_iter().map(|gram| gram.term()).collect()
}

/// The share of the smaller set that stands in the other one.
fn share(one: &HashSet<String>, other: &HashSet<String>) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let smaller = one.len().min(other.len());
    if smaller == 0 { 0.0 } else { count(one.intersection(other).count()) / count(smaller) }
}
