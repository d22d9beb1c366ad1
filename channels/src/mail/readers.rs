//! Who reads what was sent with a mail, and how long all of it may take: twenty slow files must not hold a mail, and whoever reads it, for
//! hours. What is not reached is marked [`ProblemCode::NotReadYet`] and can be read later ([`super::read_later`]).

use std::time::{Duration, Instant};

use case::problem::{Problem, ProblemCode};

use crate::document::DocumentReader;
use crate::letter::is_temporary;
use crate::scan::ScanReader;

/// Who reads what was sent with a mail.
#[derive(Clone, Copy)]
pub struct Readers<'a> {
    /// Reads pages.
    pub(super) scans: &'a dyn ScanReader,
    /// Reads office documents.
    pub(super) documents: &'a dyn DocumentReader,
    /// How long all attachments of one mail may take together; none: as long as they do.
    whole: Option<Duration>,
}

impl<'a> Readers<'a> {
    /// `scans` reads pages and `documents` office documents, for as long as that takes.
    #[must_use]
    pub const fn new(scans: &'a dyn ScanReader, documents: &'a dyn DocumentReader) -> Self {
        Self { scans, documents, whole: None }
    }

    /// The same for at most `whole`, all attachments of one mail together. Needs a runtime with timers.
    #[must_use]
    pub const fn within(self, whole: Duration) -> Self {
        Self { whole: Some(whole), ..self }
    }

    /// The time begins.
    pub(super) fn begin(&self) -> Time {
        Time { limit: self.whole.map(|whole| (whole, Instant::now())) }
    }
}

/// The time that is left for the attachments of a mail.
pub(super) struct Time {
    limit: Option<(Duration, Instant)>,
}

impl Time {
    /// Waits for `work` as long as there is time. What had half of the whole and more and still was not done is too slow, which `slow` says;
    /// anything else did not have its turn.
    ///
    /// # Errors
    /// The time ran out.
    pub(super) async fn give<T>(&self, slow: ProblemCode, work: impl Future<Output = T>) -> Result<T, Problem> {
        let Some((whole, begun)) = self.limit else { return Ok(work.await) };
        let left = whole.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return Err(not_read_yet());
        }
        tokio::time::timeout(left, work).await.map_err(|_elapsed| {
            if left * 2 >= whole {
                slow.because(format!("此附件识读超过{}秒，已停止", left.as_secs()))
            } else {
                not_read_yet()
            }
        })
    }
}

/// The time for the attachments of a mail is used up.
fn not_read_yet() -> Problem {
    ProblemCode::NotReadYet.because("附件识读的总时间已用完，此件尚未识读")
}

/// Whether nobody has really tried what has this problem: it can be read as it is, once there is time or whatever is missing is there.
#[must_use]
pub fn is_untried(problem: &Problem) -> bool {
    problem.code == ProblemCode::NotReadYet || is_temporary(problem)
}

/// Whether reading an attachment that had this problem again may give its words: nothing is known to be wrong with the file.
pub(super) fn may_be_read_again(problem: &Problem) -> bool {
    use ProblemCode as Code;
    is_untried(problem)
        || matches!(
            problem.code,
            Code::PageTimeout | Code::PageCrashed | Code::PageMemory | Code::DocumentTimeout | Code::DocumentMemory
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::document::{Answer, DocumentError};

    struct Nobody;

    #[async_trait::async_trait]
    impl ScanReader for Nobody {
        async fn read(&self, _bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
            std::future::pending().await
        }
    }

    #[async_trait::async_trait]
    impl DocumentReader for Nobody {
        async fn read(&self, _bytes: &[u8]) -> Result<Answer, DocumentError> {
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn what_had_most_of_the_time_is_slow_and_what_had_none_waits() {
        let time = Readers::new(&Nobody, &Nobody).within(Duration::from_millis(20)).begin();
        let never = || ScanReader::read(&Nobody, b"", "");
        let codes = [
            time.give(ProblemCode::PageTimeout, never()).await.unwrap_err().code,
            time.give(ProblemCode::PageTimeout, never()).await.unwrap_err().code,
        ];
        assert_eq!(codes, [ProblemCode::PageTimeout, ProblemCode::NotReadYet]);
    }
}
