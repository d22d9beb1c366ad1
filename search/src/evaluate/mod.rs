//! Measures the search for duplicates on judged petitions, so that an office can try it on its own cases.
//!
//! The figures: does the right partner come first (`retrieval`), are pairs told apart (`pairs`), would the desk have been
//! alarmed rightly (`alarm`), and would a petition ever have been joined wrongly without a person (`automatic`).

mod input;
mod measures;
mod run;

pub use input::{Input, MessageRow, PairLabel, PairRow, RetrievalRow, read_messages, read_pairs, read_retrieval};
pub use run::{Figures, Progress, Report, document, measure, petition};
