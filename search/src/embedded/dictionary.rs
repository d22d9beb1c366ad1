//! How many documents hold a term, asked of a field many times.
//!
//! `Searcher::doc_freq` finds the dictionary of the field in every segment anew, behind a lock, for every term; a look-up asks for thousands.

use std::io;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, Term};

use super::failure::of_engine;
use crate::SearchError;

/// The dictionaries of one field in every segment that a searcher sees.
#[derive(Clone)]
pub(super) struct Dictionary(Vec<Arc<InvertedIndexReader>>);

impl Dictionary {
    pub(super) fn of(searcher: &Searcher, field: Field) -> Result<Self, SearchError> {
        let segments = searcher.segment_readers().iter();
        Ok(Self(segments.map(|segment| segment.inverted_index(field)).collect::<Result<_, _>>().map_err(of_engine)?))
    }

    /// In how many documents `term` of this field stands; deleted ones count until their segment is merged.
    pub(super) fn documents_with(&self, term: &Term) -> Result<u64, SearchError> {
        let counts = self.0.iter().map(|segment| segment.doc_freq(term).map(u64::from));
        counts.sum::<io::Result<u64>>().map_err(|error| of_engine(error.into()))
    }
}
