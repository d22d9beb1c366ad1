//! Invented petitions: for the demo office, for tests and for measurements of scale. Nothing here stems from a real case.
//!
//! | what | module |
//! |---|---|
//! | pages of letters, drawn | [`page`] |
//! | the same "random" numbers in every run | [`random`] |

pub mod page;
pub mod random;
