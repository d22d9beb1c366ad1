//! Durable jobs: which there are, who runs them, and what happens when one fails.
//!
//! Every job is idempotent: it may run again after a crash anywhere, and its last step makes the result durable and takes
//! the job away in one unit of work.

pub mod failure;
pub mod kind;
pub mod runner;
pub mod trouble;
pub mod wake;
