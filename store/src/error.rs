//! What can go wrong in a store.

use case::problem::{Problem, ProblemCode};

/// An error of any adapter.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or does not answer.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No space is left for the change.
    #[error("the disk is full")]
    DiskFull(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The record changed since it was read, or is not in the expected state.
    #[error("{what} changed meanwhile")]
    Conflict {
        /// Which kind of record.
        what: &'static str,
    },
    /// A record that must be unique is there already.
    #[error("{what} exists already")]
    Exists {
        /// Which kind of record.
        what: &'static str,
    },
    /// A stored value does not parse: the database was changed by something else, or by a newer version.
    #[error("{table}.{column} of {row} is inconsistent: {cause}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        row: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The schema is not the one this version needs.
    #[error("the database schema does not fit: {0}")]
    Schema(String),
    /// The bytes under a content hash are not the ones that were stored.
    #[error("stored file {0} is damaged")]
    Damaged(case::content_hash::ContentHash),
}

impl From<&StoreError> for Problem {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => ProblemCode::StoreFailed.because("数据库暂时无法使用，请稍后重试"),
            StoreError::DiskFull(_) => ProblemCode::DiskFull.because("数据目录所在磁盘已满，请清理空间后重试"),
            StoreError::Conflict { .. } => ProblemCode::Conflict.into(),
            StoreError::Exists { .. } => ProblemCode::Conflict.because("记录已存在"),
            StoreError::Inconsistent { .. } | StoreError::Damaged(_) => {
                ProblemCode::IntegrityBroken.because("存储的数据不一致，请运行 xinqiao check")
            }
            StoreError::Schema(_) => ProblemCode::StoreFailed.because("数据库结构与程序版本不符"),
        }
    }
}
