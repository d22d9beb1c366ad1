//! The shipped weights, fitted by `cargo run -p search --example fit_judge` on judged pairs of citizens' messages. They hold
//! no text; every sign can be read: what is shared speaks for, what contradicts speaks against.

use super::model::Model;

/// From this likelihood on, two petitions are suggested as the same matter.
pub const SAME_MATTER_FROM: f64 = 0.5;
/// From this likelihood on, they are suggested as related.
pub const RELATED_FROM: f64 = 0.5;

/// Weights of *the same matter*, by the names of [`super::Evidence`].
const SAME_MATTER: &[(&str, f64)] = &[("bias", -4.0), ("text", 4.0), ("title_in_text", 3.0), ("rare_phrase", 2.0)];

/// Weights of *the same matter or related*.
const RELATED: &[(&str, f64)] = &[("bias", -2.0), ("text", 3.0), ("rare_phrase", 2.0)];

/// The model that says how likely it is that two petitions are about the same matter.
pub(super) fn same_matter() -> Model {
    Model::named(SAME_MATTER)
}

/// The model that says how likely it is that they have anything to do with one another.
pub(super) fn related() -> Model {
    Model::named(RELATED)
}
