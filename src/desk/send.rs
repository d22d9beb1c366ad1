//! A person sends a case to a unit. The mail itself is a job of the same unit of work.

use case::dispatch::{Delivery, Dispatch, DispatchKind};
use case::event::EventKind;
use case::id::DispatchId;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::staff::Permission;
use case::unit::{Unit, UnitCode, UnitKind};

use crate::desk::decide::told;
use crate::desk::join::transition;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::routing;

/// The longest note for the unit, in characters.
pub const NOTE_LIMIT: usize = 2000;
/// The most assisting units of one dispatch.
pub const ASSISTING_LIMIT: usize = 10;

/// To whom and how a case is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// 责任单位.
    pub lead: UnitCode,
    /// 配合单位.
    pub assisting: Vec<UnitCode>,
    /// 转送 or 交办.
    pub kind: DispatchKind,
    /// What the person adds for the unit.
    pub note: Option<String>,
}

impl Gateway {
    /// Sends the case. The units are checked again here, whatever was suggested: never to the respondent, its parent, its child
    /// or a unit led by it, and the sealed only to the discipline organ.
    ///
    /// # Errors
    /// No right, a unit that must not get it, or a case that was sent already.
    pub async fn send(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        sending: Sending,
    ) -> Result<DispatchId, Problem> {
        viewer.require(Permission::Decide)?;
        self.send_in_one(viewer, number, sending).await.map_err(told)
    }

    async fn send_in_one(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        sending: Sending,
    ) -> Result<DispatchId, Failure> {
        let mut unit = self.store.begin().await?;
        let case = unit.case_by_number(number).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        viewer.require_sight(case.secrecy)?;
        let units = unit.units().await?;
        let names = self.office.unit_names(&units);
        let submissions = unit.submissions_of_case(case.id).await?;
        for code in std::iter::once(&sending.lead).chain(&sending.assisting) {
            allowed(code, &case, &units)?;
            for submission in &submissions {
                routing::conflict::check(code, &submission.statement, &names).map_err(|refused| {
                    ProblemCode::UnitIsRespondent.because(format!("{}：{}", name_of(code, &units), refused.reason.text))
                })?;
            }
        }
        if sending.assisting.len() > ASSISTING_LIMIT || sending.assisting.contains(&sending.lead) {
            let detail = format!("配合单位最多{ASSISTING_LIMIT}个，且不能与责任单位相同");
            return Err(ProblemCode::InvalidField.because(detail).into());
        }
        let dispatch = Dispatch {
            id: DispatchId::fresh(&*self.clock, &*self.randomness),
            case: case.id,
            lead: sending.lead,
            assisting: sending.assisting,
            kind: sending.kind,
            by: viewer.actor(),
            decided_at: self.clock.now(),
            note: sending
                .note
                .map(|note| case::text::truncate(note.trim(), NOTE_LIMIT).to_owned())
                .filter(|n| !n.is_empty()),
            delivery: Delivery::Waiting,
        };
        let at = dispatch.decided_at;
        let state =
            case.state.clone().dispatch(dispatch.id, dispatch.lead.clone(), at).map_err(|error| transition(&error))?;
        unit.update_case(&Case { state, ..case.clone() }).await?;
        unit.insert_dispatch(&dispatch).await?;
        let note = format!("{}{}", dispatch.kind.label(), name_of(&dispatch.lead, &units));
        let detail = serde_json::json!({ "dispatch": dispatch.id, "lead": dispatch.lead, "assisting": dispatch.assisting,
            "suggested": case.suggestion.as_ref().and_then(|suggestion| suggestion.lead.as_ref()) });
        unit.append_event(self.event(case.id, viewer.actor(), EventKind::Dispatched, note, detail)).await?;
        let job = self.job(&Task::SendDispatch { dispatch: dispatch.id }, Queue::Sending, Some(case.id), at);
        unit.enqueue(&job).await?;
        self.step("send.before_commit");
        unit.commit().await?;
        self.step("send.after_commit");
        self.wake.ring();
        Ok(dispatch.id)
    }
}

/// That the unit is there, open, and of a kind that this case may go to.
fn allowed(code: &UnitCode, case: &Case, units: &[Unit]) -> Result<(), Problem> {
    let unit = units.iter().find(|unit| unit.code == *code && unit.active);
    let unit = unit.ok_or_else(|| ProblemCode::InvalidField.because(format!("没有可用的单位{code}")))?;
    match (case.secrecy, unit.kind) {
        (Secrecy::Ordinary | Secrecy::Confidential, _) | (Secrecy::Sealed, UnitKind::Discipline) => Ok(()),
        (Secrecy::Sealed, UnitKind::Township | UnitKind::Department | UnitKind::PetitionOffice | UnitKind::Other) => {
            Err(ProblemCode::InvalidField.because("检举控告只能送纪检监察机关；如非检举控告，请先解除密封"))
        }
    }
}

fn name_of(code: &UnitCode, units: &[Unit]) -> String {
    units.iter().find(|unit| unit.code == *code).map_or_else(|| code.to_string(), |unit| unit.name.clone())
}
