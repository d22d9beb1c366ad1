//! Published answers as the public reads them, and as the desk sees those of one case.

use case::id::{PublishedAnswerId, SubmissionId};
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::published_answer::PublishedAnswer;
use case::staff::Permission;
use search::engine::{Reach, SearchQuery};
use store::{Page, Paging};

use crate::desk::view::people_of;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The longest words that are searched for, in characters.
const WORDS_LIMIT: usize = 200;

impl Gateway {
    /// What stands, newest first; with words, what has all of them, best first.
    ///
    /// # Errors
    /// The store or the engine failed.
    pub async fn public_answers(&self, words: &str, paging: Paging) -> Result<Page<PublishedAnswer>, Problem> {
        let words = case::text::truncate(words.trim(), WORDS_LIMIT);
        if words.is_empty() {
            let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
            return lookups.public_answer_list(paging).await.map_err(|error| failed(&error));
        }
        let mut query = SearchQuery::words(Reach::Ordinary, words, usize::try_from(paging.limit).unwrap_or(1));
        query.offset = usize::try_from(paging.offset).unwrap_or(usize::MAX);
        let hits = self.answers.search(&query).await.map_err(|error| {
            tracing::error!(error = %error, "the search engine failed");
            Problem::from(&error)
        })?;
        let ids: Vec<PublishedAnswerId> = hits.rows.iter().map(|hit| answer_of(hit.submission)).collect();
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let rows = lookups.public_answers(&ids).await.map_err(|error| failed(&error))?;
        let gone = ids.len().saturating_sub(rows.len());
        Ok(Page { rows, total: u64::try_from(hits.total.saturating_sub(gone)).unwrap_or(u64::MAX) })
    }

    /// One that stands.
    ///
    /// # Errors
    /// There is none, or the store failed.
    pub async fn public_answer(&self, id: PublishedAnswerId) -> Result<PublishedAnswer, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let found = lookups.public_answers(&[id]).await.map_err(|error| failed(&error))?;
        found.into_iter().next().ok_or_else(|| ProblemCode::NotFound.because("没有这个公开答复，可能已经撤回"))
    }

    /// The case and the answers that were published for it, oldest first, withdrawn ones too.
    ///
    /// # Errors
    /// No right, or no such case for this viewer.
    pub async fn answers_of(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
    ) -> Result<(Case, Vec<PublishedAnswer>), Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let case = lookups.case_by_number(number).await.map_err(|error| failed(&error))?;
        let mut case = case.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(case.secrecy)?;
        case.title = people_of(&mut *lookups, &case).await?.hide(&case.title);
        let answers = lookups.answers_of_case(case.id).await.map_err(|error| failed(&error))?;
        Ok((case, answers))
    }
}

/// The answer that stands in the index of answers under this identifier.
pub(super) fn answer_of(id: SubmissionId) -> PublishedAnswerId {
    PublishedAnswerId::from_uuid(id.as_uuid())
}
