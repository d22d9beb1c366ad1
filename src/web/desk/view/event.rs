//! An event of a case, as the desk shows it.

use case::event::Event;

use crate::desk::names::Names;
use crate::presentation::time;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// What.
    pub label: &'static str,
    /// More about it.
    pub note: String,
}

impl EventView {
    /// The event, with names.
    #[must_use]
    pub fn of(event: &Event, names: &Names) -> Self {
        let event = &event.event;
        let reason = event.detail.get("reason").and_then(serde_json::Value::as_str).unwrap_or_default();
        let parts: Vec<&str> = [event.note.as_str(), reason].into_iter().filter(|part| !part.is_empty()).collect();
        Self { at: time::moment(event.at), by: names.actor(&event.by), label: event.label(), note: parts.join("；") }
    }
}
