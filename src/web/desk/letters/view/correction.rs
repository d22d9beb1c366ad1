//! Something that a person has put right, with who did it and who took it back.
//!
//! What stood there before is always shown beside what stands there now.

use case::actor::Actor;
use case::correction::{Change, Recorded};

use super::line::line_label;
use crate::desk::names::Names;
use crate::presentation::time;

/// Something that was put right.
pub struct CorrectionView {
    /// Its identifier.
    pub id: String,
    /// What: `电话`, `第1页第3行`.
    pub part: String,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// Who and when.
    pub by: String,
    /// Who took it back and when.
    pub undone: Option<String>,
}

impl CorrectionView {
    pub(super) fn of(recorded: &Recorded, names: &Names) -> Self {
        let correction = &recorded.correction;
        let person = |staff| names.actor(&Actor::Staff { staff });
        let (part, before, after) = match &correction.change {
            Change::Field { field, before, after, .. } => {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "（空）".to_owned());
                (field.label().to_owned(), text(before), text(after))
            }
            Change::Line { page, line, before, after, .. } => (line_label(*page, *line), before.clone(), after.clone()),
        };
        Self {
            id: correction.id.to_string(),
            part,
            before,
            after,
            by: format!("{} {}", person(correction.by), time::moment(correction.at)),
            undone: recorded.undone.map(|undone| format!("{} {}", person(undone.by), time::moment(undone.at))),
        }
    }
}
