//! What the desk's pages show of cases and what belongs to them: plain values, personal data masked unless the page says otherwise.

pub mod compared;
pub mod correspondence;
pub mod dispatch;
pub mod event;
pub mod finding;
pub mod job;
pub mod marked;
pub mod pager;
pub mod rights;
pub mod submission;
pub mod suggestion;
pub mod text;
pub mod told;

pub use crate::desk::states;
