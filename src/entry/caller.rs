//! Earlier cases of the number that calls. Looked for by the keyed hash of exactly this number, shown only as far as the person may
//! see the cases, and written down: who looked, when, and which cases were shown.

use case::event::{EventKind, NewEvent};
use case::identity::key::{IdentityKey, IdentityKind};
use case::identity::phone::Phone;
use case::mask::People;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use search::engine::SearchQuery;
use serde::Serialize;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::presentation::Masking;

/// The most submissions of one number that are looked at.
const MOST: usize = 50;

/// An earlier case of the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EarlierCase {
    /// Its number.
    pub number: String,
    /// Its title, masked.
    pub title: String,
    /// The day of its last submission.
    pub last_on: String,
    /// How many of its submissions have this number.
    pub submissions: usize,
    /// Its state, for people.
    pub state: &'static str,
}

impl Gateway {
    /// The cases of `number` that the viewer may see, the last one first.
    ///
    /// # Errors
    /// No right to read cases, no telephone number, or the engine or the store failed.
    pub async fn earlier_cases(&self, viewer: &Viewer, number: &str) -> Result<Vec<EarlierCase>, Problem> {
        viewer.require(Permission::Enter)?;
        viewer.require(Permission::ReadCases)?;
        let phone = Phone::parse(number).map_err(|error| ProblemCode::InvalidField.because(error.to_string()))?;
        let query = SearchQuery {
            reach: viewer.reach()?,
            words: String::new(),
            channel: None,
            class: None,
            place: None,
            from: None,
            until: None,
            identity: Some(IdentityKey::new(&self.secret, IdentityKind::Phone, phone.as_str())),
            offset: 0,
            limit: MOST,
        };
        let found = self.search(viewer, query.into()).await?;
        let mut earlier: Vec<(i64, EarlierCase)> = Vec::new();
        for case in found.cases.iter().filter(|case| viewer.secrecies().contains(&case.secrecy)) {
            let own: Vec<_> = found.rows.iter().filter(|row| row.case == case.id).collect();
            let Some(last) = own.iter().max_by_key(|row| row.registered_at) else { continue };
            let people = People::of(&last.statement);
            earlier.push((
                last.registered_at.as_microsecond(),
                EarlierCase {
                    number: case.number.to_string(),
                    title: Masking::Masked.words(&case.title, &people),
                    last_on: case::ports::office_date(last.registered_at).to_string(),
                    submissions: own.len(),
                    state: case.state.label(),
                },
            ));
        }
        earlier.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let earlier: Vec<EarlierCase> = earlier.into_iter().map(|(_, case)| case).collect();
        self.note_lookup(viewer, &earlier).await?;
        Ok(earlier)
    }

    /// Writes the look down, before it is shown.
    async fn note_lookup(&self, viewer: &Viewer, shown: &[EarlierCase]) -> Result<(), Problem> {
        let numbers: Vec<&str> = shown.iter().map(|case| case.number.as_str()).collect();
        let event = NewEvent {
            case: None,
            arrival: None,
            at: self.clock.now(),
            by: viewer.actor(),
            kind: EventKind::CallerLookedUp,
            note: format!("显示{}件", shown.len()),
            detail: serde_json::json!({ "cases": numbers }),
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}
