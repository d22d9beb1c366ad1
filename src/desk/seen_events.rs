//! The events of a case as a person may see them. An event of a join, a group or a link names the other case; where that one was sealed
//! since, the event stays and what it says of the other does not.

use case::event::{Event, EventKind};
use case::id::{CaseId, FindingId, SubmissionId};
use case::problem::Problem;
use serde_json::Value;
use store::Lookups;

use crate::desk::viewer::Viewer;
use crate::intake::receive::failed;

/// The events of the case, oldest first.
pub(crate) async fn seen_events(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    case: CaseId,
) -> Result<Vec<Event>, Problem> {
    let mut events = lookups.events_of_case(case).await.map_err(|error| failed(&error))?;
    for event in &mut events {
        if names_another(event.event.kind) && !may_see_others(lookups, viewer, &event.event.detail).await? {
            event.event.note = String::new();
            event.event.detail = Value::Null;
        }
    }
    Ok(events)
}

/// Whether events of this kind name another case.
const fn names_another(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Joined
            | EventKind::Parted
            | EventKind::Grouped
            | EventKind::Ungrouped
            | EventKind::Linked
            | EventKind::Unlinked
    )
}

/// Whether every case that the detail names may be seen: by itself, or as the case of a submission or of a finding's two submissions.
async fn may_see_others(lookups: &mut dyn Lookups, viewer: &Viewer, detail: &Value) -> Result<bool, Problem> {
    let named = |name: &str| detail.get(name).and_then(Value::as_str);
    let mut submissions: Vec<SubmissionId> = Vec::new();
    submissions.extend(named("submission").and_then(|text| text.parse::<SubmissionId>().ok()));
    if let Some(id) = named("finding").and_then(|text| text.parse::<FindingId>().ok())
        && let Some(finding) = lookups.finding(id).await.map_err(|error| failed(&error))?
    {
        submissions.extend([finding.submission, finding.other_submission]);
    }
    for submission in lookups.submissions(&submissions).await.map_err(|error| failed(&error))? {
        if !viewer.secrecies().contains(&submission.secrecy) {
            return Ok(false);
        }
    }
    for name in ["into", "from", "earlier", "later"] {
        let Some(id) = named(name).and_then(|text| text.parse::<CaseId>().ok()) else { continue };
        let case = lookups.case(id).await.map_err(|error| failed(&error))?;
        if case.is_some_and(|case| !viewer.secrecies().contains(&case.secrecy)) {
            return Ok(false);
        }
    }
    Ok(true)
}
