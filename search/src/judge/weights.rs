//! The shipped weights, fitted by `cargo run -p search --example fit_judge` on judged pairs of citizens' messages. They hold
//! no text; every sign can be read: what is shared speaks for, what contradicts speaks against.

use super::model::Model;

/// From this likelihood on, two petitions are suggested as the same matter.
pub const SAME_MATTER_FROM: f64 = 0.5;
/// From this likelihood on, they are suggested as related.
pub const RELATED_FROM: f64 = 0.5;

/// Weights of *the same matter*, by the names of [`super::Evidence`].
const SAME_MATTER: &[(&str, f64)] = &[
    ("bias", -3.38),
    ("text", 2.29),
    ("title_in_text", 2.12),
    ("rare_phrase", 1.60),
    ("rare_count", 0.65),
    ("name_and_trouble", 2.13),
    ("title_name_conflict", -0.93),
    ("road_conflict", -1.26),
    ("district_conflict", -1.14),
    ("number_agrees", 0.58),
    ("number_conflict", -1.27),
    ("same_petitioner", 0.67),
    ("gap", -2.18),
];

/// Weights of *the same matter or related*.
const RELATED: &[(&str, f64)] = &[
    ("bias", -3.60),
    ("text", 2.09),
    ("title_in_text", 2.58),
    ("rare_phrase", 1.72),
    ("proper", 2.02),
    ("trouble_both", 0.87),
    ("name_agrees", 1.31),
    ("title_name_agrees", 1.81),
    ("title_name_conflict", -1.25),
    ("road_conflict", -1.56),
    ("district_conflict", -1.26),
    ("number_agrees", 0.92),
];

/// The model that says how likely it is that two petitions are about the same matter.
pub(super) fn same_matter() -> Model {
    Model::named(SAME_MATTER)
}

/// The model that says how likely it is that they have anything to do with one another.
pub(super) fn related() -> Model {
    Model::named(RELATED)
}
