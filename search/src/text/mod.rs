//! How text is cut for comparison and for search: one normal form, then bigrams for both engines and the judge, and
//! words with their kinds to find names by.
//!
//! Chinese is written without spaces and no segmenter knows the names of estates and villages, so overlapping bigrams carry
//! the comparison (they also survive a wrong character of OCR or of speech recognition: only two of them break). A number or
//! a Latin word counts as *one* unit, so `3栋2单元`, `5月12日` and `3月` are found as they are written and `12月` is not
//! found by `2月`.

mod courtesy;
mod fold;
mod grams;
mod key;
mod located;
mod numerals;
mod units;
mod words;

pub use courtesy::strip_courtesy;
pub use fold::fold;
pub use grams::{Bigram, Gram, JOIN, Phrase, grams, phrases};
pub(crate) use key::GramKey;
pub use located::Located;
pub(crate) use units::runs;
pub use units::{LONGEST_NUMBER, names_a_person, units};
pub(crate) use words::{Word, cut_tagged};
