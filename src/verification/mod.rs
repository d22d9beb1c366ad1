//! The check of scanned letters by a person (来信核对): page beside text, what is doubtful first, and what was put right kept as facts.
//!
//! [`sheet::Sheet`] is everything that one letter shows. A person begins ([`begin`]), what is typed is kept ([`draft`]), and
//! confirming ([`confirm`]) turns it into corrections, which are indexed, judged and routed again in the same unit of work that
//! writes them. Every step can be taken back ([`undo`]), and each names the version of the check that it has seen: of two people at one
//! letter the second is told.
//!
//! Nothing that was read by a machine is taken for certain: a number that only one engine read is always asked ([`doubt`]).

pub mod begin;
pub mod confirm;
pub mod doubt;
pub mod draft;
pub mod image;
pub mod letter;
pub mod queue;
pub mod read_again;
pub mod read_later_scan;
pub mod sheet;
pub mod undo;
pub mod verdict;
