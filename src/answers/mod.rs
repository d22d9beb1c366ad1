//! Published answers (公开答复): a person at the desk writes for everybody to read what was asked and what was answered; citizens see
//! those like their own matter while they type, and can read and search all of them.
//!
//! They stand in an index of their own, beside the one of petitions: no query of the public opens an index in which anything else is.
//! The database decides again on the way out: what was withdrawn, or is of a case that was sealed since, is not given.

pub mod index;
pub mod publish;
pub mod read;
pub mod similar;
pub mod withdraw;
