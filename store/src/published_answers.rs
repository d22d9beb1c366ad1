//! Published answers. What the public may read stands and is of no sealed case: the lookups for the public give nothing else.

use async_trait::async_trait;
use case::id::{CaseId, PublishedAnswerId};
use case::published_answer::{PublishedAnswer, Withdrawal};

use crate::{Page, Paging, StoreError};

/// Looking published answers up.
#[async_trait]
pub trait PublishedAnswerLookups {
    /// The answer with this identifier, withdrawn or not, of whatever case: for the desk.
    ///
    /// # Errors
    /// The store failed.
    async fn published_answer(&mut self, id: PublishedAnswerId) -> Result<Option<PublishedAnswer>, StoreError>;

    /// The answers of a case, withdrawn ones too, oldest first: for the desk.
    ///
    /// # Errors
    /// The store failed.
    async fn answers_of_case(&mut self, case: CaseId) -> Result<Vec<PublishedAnswer>, StoreError>;

    /// Those of `ids` that the public may read, in the order of `ids`.
    ///
    /// # Errors
    /// The store failed.
    async fn public_answers(&mut self, ids: &[PublishedAnswerId]) -> Result<Vec<PublishedAnswer>, StoreError>;

    /// What the public may read, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn public_answer_list(&mut self, paging: Paging) -> Result<Page<PublishedAnswer>, StoreError>;

    /// What the public may read of those that were published after `after`, or of all, oldest first, at most `limit`. What is withdrawn
    /// between two looks moves nothing out of the next one.
    ///
    /// # Errors
    /// The store failed.
    async fn public_answers_after(
        &mut self,
        after: Option<PublishedAnswerId>,
        limit: u32,
    ) -> Result<Vec<PublishedAnswer>, StoreError>;

    /// What the public may not read, withdrawn or of a sealed case, of those that were published after `after`, or of all, oldest first, at
    /// most `limit`.
    ///
    /// # Errors
    /// The store failed.
    async fn closed_answers_after(
        &mut self,
        after: Option<PublishedAnswerId>,
        limit: u32,
    ) -> Result<Vec<PublishedAnswerId>, StoreError>;
}

/// Changing published answers.
#[async_trait]
pub trait PublishedAnswerChanges {
    /// Inserts an answer that stands.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the identifier is taken.
    async fn insert_published_answer(&mut self, answer: &PublishedAnswer) -> Result<(), StoreError>;

    /// Withdraws an answer.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it does not stand.
    async fn withdraw_published_answer(
        &mut self,
        id: PublishedAnswerId,
        withdrawal: &Withdrawal,
    ) -> Result<(), StoreError>;
}
