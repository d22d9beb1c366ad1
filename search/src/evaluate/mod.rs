//! Measures the search for duplicates on judged petitions, so that an office can try it on its own cases.
//!
//! The figures: does the right partner come first (`retrieval`), are pairs told apart (`pairs`), would the desk have been
//! alarmed rightly (`alarm`), and would a petition ever have been joined wrongly without a person (`automatic`).

mod figures;
mod input;
mod measures;
mod run;
mod splits;

pub use figures::{AlarmFigures, AutomaticFigures, CrossValidation, Figures, PairFigures, Report, RetrievalFigures};
pub use input::{Input, MessageRow, PairLabel, PairRow, RetrievalRow, read_messages, read_pairs, read_retrieval};
pub use run::{Progress, document, examples, measure, petition};
pub use splits::{Splits, Spread};
