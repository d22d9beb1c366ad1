//! Invented petitions: for the demo office, for tests and for measurements of scale. Nothing here stems from a real case.
//!
//! | what | module |
//! |---|---|
//! | the demo office's petitions, with what should come out | [`office()`], [`expectation`] |
//! | pages of letters, drawn | [`page`] |
//! | letters of many layouts, with what should be found in them | [`letters`] |
//! | those letters as pages of every class, for `evaluate letters` | [`measured`] |
//! | two hundred mixed pages as a mailroom scans them | [`batch`] |
//! | petitions without end, for measurements | [`generator`] |
//! | broken and hostile input | [`hostile`] |
//! | numbers of invented people | [`identity`] |
//! | the same "random" numbers in every run | [`random`] |

pub mod batch;
pub mod expectation;
pub mod generator;
pub mod hostile;
pub mod identity;
pub mod letters;
pub mod measured;
pub mod office;
pub mod page;
pub mod random;

pub use office::{Sample, office};
