//! From the engine's addresses to the port's hits.

use case::id::{CaseId, SubmissionId};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::schema::Value;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};

use super::failure::of_engine;
use super::schema::{Fields, SEQUENCE};
use crate::SearchError;
use crate::document::Space;
use crate::engine::Hit;

/// Results by score, the latest registered first among equals.
pub(super) fn best_first() -> ((SortBySimilarityScore, Order), (SortByStaticFastValue<u64>, Order)) {
    ((SortBySimilarityScore, Order::Desc), (SortByStaticFastValue::for_field(SEQUENCE), Order::Desc))
}

/// The hit at `address`.
pub(super) fn hit(
    searcher: &Searcher,
    fields: &Fields,
    space: Space,
    score: f32,
    address: DocAddress,
) -> Result<Hit, SearchError> {
    let document: TantivyDocument = searcher.doc(address).map_err(of_engine)?;
    let text = |field| document.get_first(field).and_then(|value| value.as_str());
    let submission = text(fields.submission).and_then(|text| text.parse::<SubmissionId>().ok());
    let case = text(fields.case).and_then(|text| text.parse::<CaseId>().ok());
    match (submission, case) {
        (Some(submission), Some(case)) => Ok(Hit { submission, case, space, score }),
        _ => Err(SearchError::Unavailable("a document of the index has no identifier".to_owned())),
    }
}

/// The order of registration of the document at `address`.
pub(super) fn sequence(searcher: &Searcher, address: DocAddress) -> Result<u64, SearchError> {
    let segment = searcher.segment_reader(address.segment_ord);
    let column = segment.fast_fields().u64(SEQUENCE).map_err(of_engine)?;
    Ok(column.first(address.doc_id).unwrap_or(0))
}
