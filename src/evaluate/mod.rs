//! `xinqiao evaluate …`: figures that an office can take on its own cases.

pub mod classes;
pub mod copies;
pub mod duplicates;
pub mod letters;
pub mod own_decisions;
