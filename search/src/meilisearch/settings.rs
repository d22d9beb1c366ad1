//! How the server is told to treat our indices.

use meilisearch_sdk::settings::{LocalizedAttributes, PaginationSetting, Settings, TypoToleranceSettings};

/// The version of our records and settings: raise it whenever a field, the normal form or the cutting of text changes, so that an index of
/// another version is rebuilt and not misread.
pub const LAYOUT_VERSION: &str = "2";

/// The most results of one query that the server counts and gives.
pub(super) const MOST_COUNTED: usize = 10_000;

/// Settings of an index of petitions.
///
/// Words match exactly or not: our terms are codes, so tolerance of typing errors and beginnings of words would only find others. Ranking
/// asks how many of the terms a petition has, how near they stand, and where; then the latest comes first, which makes the order whole.
pub(super) fn of_petitions() -> Settings {
    let mut settings = Settings::new()
        .with_searchable_attributes(["title", "body", "about", "units"])
        .with_displayed_attributes(["id", "case", "sequence", "bands"])
        .with_filterable_attributes([
            "id",
            "sequence",
            "channel",
            "class",
            "place",
            "registered_at",
            "identity",
            "bands",
        ])
        .with_ranking_rules(["words", "proximity", "attributeRank", "wordPosition", "exactness", "sequence:desc"])
        .with_stop_words(Vec::<String>::new())
        .with_localized_attributes([LocalizedAttributes {
            // Nothing may be taken for another language, which would be cut in another way.
            locales: vec!["cmn".to_owned()],
            attribute_patterns: vec!["*".to_owned()],
        }])
        .with_pagination(PaginationSetting { max_total_hits: MOST_COUNTED })
        .with_typo_tolerance(TypoToleranceSettings { enabled: Some(false), ..TypoToleranceSettings::default() });
    settings.proximity_precision = Some("byWord".to_owned());
    settings
}
