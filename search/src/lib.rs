//! Finding what was said before: the search port, its two engines, and the judge that tells *the same matter* from
//! *the same place* and *the same words elsewhere*.
//!
//! - [`engine`] is the port: put documents in, get candidates and results out. It never decides anything.
//! - [`embedded`] is its adapter on tantivy, in the data folder.
//! - [`meilisearch`] is its adapter on a Meilisearch server.
//! - [`judge`] compares two petitions exactly and says what they are to one another, with reasons. It sees no engine.
//!
//! The database is the truth: an index can be deleted and rebuilt at any time. Sealed petitions stand in a space of their
//! own; a query names the spaces it reaches ([`engine::Reach`]) and the engine opens no other one.

pub mod conformance;
pub mod document;
pub mod embedded;
pub mod engine;
pub mod error;
pub mod evaluate;
pub mod judge;
pub mod meilisearch;
mod terms;
pub mod text;
pub mod train;
pub mod typed;

pub use error::SearchError;

/// A count as a real number; counts beyond four thousand million do not occur in one office.
pub(crate) fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
