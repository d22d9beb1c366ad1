//! `xinqiao evaluate …`: figures that an office can take on its own cases.

pub mod classes;
pub mod duplicates;
pub mod letters;
