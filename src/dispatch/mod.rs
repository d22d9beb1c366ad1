//! Sending a case to its unit: the text, the mailer, and the job that joins them.

pub mod job;
pub mod letter;
pub mod mailer;
