//! The fields of the index and how a document is written into them.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::cut::BIGRAMS;
use crate::document::Document;
use crate::terms::{class_levels, identity_term, microseconds, place_levels};
use crate::text::fold;

/// The version of this layout: raise it whenever a field, the normal form or the cutting of text changes, so that an index
/// of another version is rebuilt and not misread.
pub const LAYOUT_VERSION: &str = "4";

/// The most characters of a body that are indexed; the doors refuse far earlier.
const LONGEST_BODY: usize = 200_000;

/// The name of the fast field that orders and filters by registration.
pub(super) const SEQUENCE: &str = "sequence";

/// Handles of the fields; the same in both spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The submission's identifier.
    pub(super) submission: Field,
    /// The identifier of its own case.
    pub(super) case: Field,
    /// The order of registration.
    pub(super) sequence: Field,
    /// The door.
    pub(super) channel: Field,
    /// The class and those above it, as prefixes of 2, 4 and 6 digits.
    pub(super) class: Field,
    /// The place and those around it, as prefixes of 6, 9 and 12 digits.
    pub(super) place: Field,
    /// Microseconds since 1970.
    pub(super) registered_at: Field,
    /// Keyed identities.
    pub(super) identity: Field,
    /// Bigrams of the title.
    pub(super) title: Field,
    /// Bigrams of the body.
    pub(super) body: Field,
    /// Bigrams of the respondents' names and of the place as written.
    pub(super) about: Field,
}

impl Fields {
    /// The schema and its handles.
    pub(super) fn schema() -> (Schema, Self) {
        let bigrams = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(BIGRAMS)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                    .set_fieldnorms(true),
            )
        };
        let mut schema = Schema::builder();
        let fields = Self {
            submission: schema.add_text_field("submission", STRING | STORED),
            case: schema.add_text_field("case", STRING | STORED),
            sequence: schema.add_u64_field(SEQUENCE, INDEXED | FAST),
            channel: schema.add_text_field("channel", STRING),
            class: schema.add_text_field("class", STRING),
            place: schema.add_text_field("place", STRING),
            registered_at: schema.add_i64_field("registered_at", INDEXED | FAST),
            identity: schema.add_text_field("identity", STRING),
            title: schema.add_text_field("title", bigrams()),
            body: schema.add_text_field("body", bigrams()),
            about: schema.add_text_field("about", bigrams()),
        };
        (schema.build(), fields)
    }

    /// What is written for `document`, its texts folded. They are not stored: the database has them.
    pub(super) fn write(&self, document: &Document) -> TantivyDocument {
        let mut written = TantivyDocument::default();
        written.add_text(self.submission, document.submission.to_string());
        written.add_text(self.case, document.case.to_string());
        written.add_u64(self.sequence, document.sequence);
        written.add_text(self.channel, document.channel.as_str());
        written.add_i64(self.registered_at, microseconds(document.registered_at));
        for level in document.class.iter().flat_map(class_levels) {
            written.add_text(self.class, level);
        }
        for level in document.place_code.iter().flat_map(place_levels) {
            written.add_text(self.place, level);
        }
        for key in &document.identity {
            written.add_text(self.identity, identity_term(key));
        }
        let title = fold(&document.title);
        let body = fold(case::text::truncate(&document.body, LONGEST_BODY));
        for name in document.respondents.iter().chain(&document.place) {
            written.add_text(self.about, fold(name));
        }
        written.add_text(self.title, title);
        written.add_text(self.body, body);
        written
    }
}
