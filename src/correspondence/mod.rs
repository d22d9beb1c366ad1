//! The exchange of mails with petitioners and units: what a mail that came in belongs to, and what goes out in answer.
//!
//! | file | what |
//! |---|---|
//! | `address` | our own addresses, and the marks in what we send |
//! | `sort` | a mail before it is read: report, automatic answer, our own, a unit's, or a person's |
//! | `report` | a mail of ours came back: its dispatch or notice is marked |
//! | `thread` | whether a petition answers one of our mails, and whether its sender may join that case |
//! | `acknowledge` | whether, to whom and in which language a mail is acknowledged |
//! | `notice` | the job that sends a notice |
//! | `template` | the texts of notices, which an office edits |
//!
//! Two rules hold everywhere: nothing automatic is ever answered, and nobody gets into a case by quoting its number.

pub mod acknowledge;
pub(crate) mod address;
pub(crate) mod notice;
pub(crate) mod report;
pub(crate) mod sort;
pub mod template;
pub(crate) mod thread;
