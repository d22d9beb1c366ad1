//! Figures that an office can measure on its own files.

pub mod letters;
