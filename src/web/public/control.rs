//! One labelled field of a form: label, hint, what is wrong with it, what was typed.

use askama::Template;

/// A field for one line or many lines of text.
#[derive(Template)]
#[template(path = "public/control.html")]
pub(super) struct Control {
    /// Its name and identifier.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) value: String,
    pub(super) problem: Option<String>,
    /// 0: one line.
    pub(super) rows: u8,
    /// The longest text in characters, for the counter; 0: none is shown.
    pub(super) limit: usize,
    /// What browsers may fill in (HTML `autocomplete`).
    pub(super) autocomplete: &'static str,
    /// The keyboard that phones show (HTML `inputmode`).
    pub(super) inputmode: &'static str,
}
