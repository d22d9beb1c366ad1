//! The case model of the gateway: what a petition is, which states it can be in, and which values are well formed.
//!
//! Pure by construction: no I/O, no async, no clock and no randomness of its own ([`ports`] names what others must
//! supply). Every other crate sees this one; this one sees none of ours.
//!
//! The nouns, each in a module of its own name:
//!
//! | noun | Chinese | meaning |
//! |---|---|---|
//! | [`arrival::Arrival`] | 来件 | bytes that stand at a door, kept before anything is made of them |
//! | [`batch::Batch`] | 批次 | one run of scanning, parted into letters |
//! | [`submission::Submission`] | 信访件 | what came through one door at one time, read into one form |
//! | [`matter::Case`] | 信访事项 | the legal unit of clocks and replies: one or more submissions of the same petitioner on the same matter |
//! | [`group::Group`] | 同类事项 | cases of different petitioners on the same concrete matter |
//! | [`unit::Unit`] | 责任单位 | who may have to answer |
//! | [`correction::Correction`] | 更正 | what a person put right in a submission since it was read; a new fact beside it |
//! | [`dispatch::Dispatch`] | 转送、交办 | one sending of a case to a unit |
//! | [`notice::Notice`] | 通知 | one mail of ours to a petitioner, such as the acknowledgement of a mail |
//! | [`published_answer::PublishedAnswer`] | 公开答复 | an answer that a person wrote for everybody to read |
//! | [`event::Event`] | 流转记录 | what happened, who did it and why; append-only |

pub mod actor;
pub mod arrival;
pub mod batch;
pub mod channel;
pub mod class;
pub mod content_hash;
pub mod correction;
pub mod dispatch;
pub mod entry;
pub mod event;
pub mod field;
pub mod finding;
pub mod group;
pub mod id;
pub mod identity;
pub mod mail_thread;
pub mod mask;
pub mod matter;
pub mod mention;
pub mod notice;
pub mod number;
pub mod petitioner;
pub mod place;
pub mod ports;
pub mod problem;
pub mod published_answer;
pub mod purpose;
pub mod query_code;
pub mod representative;
pub mod respondent;
pub mod secrecy;
pub mod simplified;
pub mod source_key;
pub mod staff;
pub mod state;
pub mod statement;
pub mod submission;
pub mod text;
pub mod unit;
pub mod verification;
