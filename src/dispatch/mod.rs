//! Sending a case to its unit: the text, the mailer, and the job that joins them.

pub(crate) mod attempt;
pub mod job;
pub mod letter;
pub mod mailer;
pub mod server;
