//! What can go wrong in an engine.

use case::problem::{Problem, ProblemCode};

/// An error of any engine. Carries no text of a query or a document.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index cannot be opened or used; it can be rebuilt.
    #[error("the search index is unavailable: {0}")]
    Unavailable(String),
    /// The search server does not answer; it may later.
    #[error("the search server cannot be reached: {0}")]
    Unreachable(String),
    /// The search server takes neither our key nor our requests.
    #[error("the search server refuses us: {0}")]
    Refused(String),
    /// Another process writes to the index.
    #[error("another process writes to the search index")]
    InUse,
    /// The index was made by another version and must be rebuilt.
    #[error("the search index has version {found}, not {expected}: rebuild it")]
    Version {
        /// What stands on the disk.
        found: String,
        /// What this program writes.
        expected: String,
    },
    /// The index on the disk is damaged and must be rebuilt.
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    /// No space is left.
    #[error("the disk is full")]
    DiskFull,
}

impl From<&SearchError> for Problem {
    fn from(error: &SearchError) -> Self {
        match error {
            SearchError::Unavailable(_) => {
                ProblemCode::SearchFailed.because("检索索引无法使用，请运行 xinqiao reindex")
            }
            SearchError::Unreachable(_) => {
                ProblemCode::SearchUnreachable.because("检索服务器暂时连不上，登记不受影响，恢复后自动补查")
            }
            SearchError::Refused(_) => {
                ProblemCode::SearchUnreachable.because("检索服务器拒绝访问，请检查配置search.key")
            }
            SearchError::InUse => ProblemCode::DataInUse.because("检索索引正被另一进程写入"),
            SearchError::Version { .. } => ProblemCode::IndexOutdated
                .because("检索索引由其他版本建立，服务运行时自动重建，也可运行 xinqiao reindex"),
            SearchError::Damaged(_) => {
                ProblemCode::IndexOutdated.because("检索索引已损坏，服务运行时自动重建，也可运行 xinqiao reindex")
            }
            SearchError::DiskFull => ProblemCode::DiskFull.because("检索索引所在磁盘已满"),
        }
    }
}
