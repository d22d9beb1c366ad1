//! The shipped weights, fitted by `cargo run -p search --example fit_judge` on judged pairs of citizens' messages. They hold
//! no text; every sign can be read: what is shared speaks for, what contradicts speaks against.

use super::model::Model;

/// From this likelihood on, two petitions are suggested as the same matter.
pub const SAME_MATTER_FROM: f64 = 0.5;
/// From this likelihood on, they are suggested as related.
pub const RELATED_FROM: f64 = 0.5;

/// Weights of *the same matter*, by the names of [`super::Evidence`].
const SAME_MATTER: &[(&str, f64)] = &[
    ("bias", -3.41),
    ("text", 2.25),
    ("title_in_text", 2.19),
    ("rare_phrase", 1.59),
    ("rare_count", 0.61),
    ("name_and_trouble", 2.15),
    ("title_name_conflict", -0.93),
    ("road_conflict", -0.76),
    ("district_conflict", -1.22),
    ("number_agrees", 0.56),
    ("number_conflict", -1.26),
    ("same_petitioner", 0.67),
    ("gap", -2.15),
];

/// Weights of *the same matter or related*.
const RELATED: &[(&str, f64)] = &[
    ("bias", -3.61),
    ("text", 1.98),
    ("title_in_text", 2.62),
    ("rare_phrase", 1.69),
    ("proper", 2.08),
    ("trouble_both", 0.86),
    ("name_agrees", 1.32),
    ("title_name_agrees", 1.82),
    ("title_name_conflict", -1.21),
    ("road_conflict", -1.21),
    ("district_conflict", -1.35),
    ("number_agrees", 0.91),
];

/// The model that says how likely it is that two petitions are about the same matter.
pub(super) fn same_matter() -> Model {
    Model::named(SAME_MATTER)
}

/// The model that says how likely it is that they have anything to do with one another.
pub(super) fn related() -> Model {
    Model::named(RELATED)
}
