//! What a petitioner sees with number and query code: where the submission stands, each date and the reason for it.

use case::dispatch::Dispatch;
use case::event::EventKind;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::query_code::QueryCode;
use case::secrecy::Secrecy;
use case::submission::Submission;
use jiff::Timestamp;

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Where a submission stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its number.
    pub number: RegistrationNumber,
    /// The number of the case it belongs to; another one when it was joined as a repeat.
    pub case_number: RegistrationNumber,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// The door.
    pub channel: case::channel::Channel,
    /// The state of the case, for people.
    pub state: &'static str,
    /// The unit that answers, when it was sent; never told of a sealed case.
    pub unit: Option<String>,
    /// What happened, oldest first.
    pub steps: Vec<StatusStep>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusStep {
    /// When.
    pub at: Timestamp,
    /// What.
    pub label: &'static str,
    /// More about it.
    pub note: String,
}

impl Gateway {
    /// The status of the submission with this number, for whoever holds its query code.
    ///
    /// # Errors
    /// [`ProblemCode::WrongNumberOrCode`], the same for a wrong number, a wrong code and a malformed one.
    pub async fn status(&self, number: &str, code: &str) -> Result<Status, Problem> {
        let wrong = || ProblemCode::WrongNumberOrCode.because("请核对登记回执上的编号和查询码");
        let (Ok(number), Ok(code)) = (RegistrationNumber::parse(number), QueryCode::parse(code)) else {
            return Err(wrong());
        };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let submission = lookups.submission_by_number(&number).await.map_err(|error| failed(&error))?;
        let submission = submission.filter(|submission| submission.query_code.matches(&code)).ok_or_else(wrong)?;
        let case = lookups.case(submission.case).await.map_err(|error| failed(&error))?;
        let case = case.ok_or_else(|| Problem::from(ProblemCode::Internal))?;
        let dispatches = lookups.dispatches_of_case(case.id).await.map_err(|error| failed(&error))?;
        let units = lookups.units().await.map_err(|error| failed(&error))?;
        let standing = dispatches.last().filter(|dispatch| !is_recalled(dispatch));
        let unit = standing
            .filter(|_| case.secrecy != Secrecy::Sealed)
            .and_then(|dispatch| units.iter().find(|unit| unit.code == dispatch.lead))
            .map(|unit| unit.name.clone());
        let mut events = lookups.events_of_case(submission.own_case).await.map_err(|error| failed(&error))?;
        if submission.case != submission.own_case {
            let of_case = lookups.events_of_case(submission.case).await.map_err(|error| failed(&error))?;
            events.extend(of_case.into_iter().filter(|event| event.event.at >= submission.registered_at));
        }
        let mut steps: Vec<StatusStep> = events
            .iter()
            .filter_map(|event| step(event.event.kind, event.event.at, &submission, unit.as_deref()))
            .collect();
        steps.sort_by_key(|step| step.at);
        steps.dedup();
        Ok(Status {
            number,
            case_number: case.number,
            registered_at: submission.registered_at,
            channel: submission.channel,
            state: case.state.label(),
            unit,
            steps,
        })
    }
}

const fn is_recalled(dispatch: &Dispatch) -> bool {
    matches!(dispatch.delivery, case::dispatch::Delivery::Recalled { .. })
}

/// What of an event a petitioner is told; the inner workings of the desk are not.
#[expect(
    clippy::too_many_lines,
    reason = "a table: whoever adds a kind of event says here whether petitioners are told"
)]
fn step(kind: EventKind, at: Timestamp, submission: &Submission, unit: Option<&str>) -> Option<StatusStep> {
    use EventKind as K;
    let note = match kind {
        K::Registered => format!("登记编号{}", submission.number),
        K::Dispatched => unit.map_or_else(String::new, |unit| format!("责任单位：{unit}")),
        K::Joined => "与您此前反映的同一事项合并办理，编号和查询码不变".to_owned(),
        K::Parted => "改为单独办理".to_owned(),
        K::DispatchRecalled => "重新确定责任单位".to_owned(),
        K::Accepted
        | K::Declined
        | K::Diverted
        | K::Extended
        | K::Opined
        | K::Served
        | K::ReviewAsked
        | K::Reviewed
        | K::ReReviewAsked
        | K::ReReviewed
        | K::Withdrawn
        | K::Closed => String::new(),
        K::AnswerPublished => "已隐去个人信息".to_owned(),
        K::Received
        | K::Refused
        | K::Retried
        | K::Sealed
        | K::Unsealed
        | K::Classified
        | K::Judged
        | K::Suggested
        | K::FindingConfirmed
        | K::FindingRefused
        | K::FindingUndone
        | K::Grouped
        | K::Ungrouped
        | K::RepresentativeNamed
        | K::RepresentativeRemoved
        | K::Linked
        | K::Unlinked
        | K::DispatchSent
        | K::DispatchFailed
        | K::Objected
        | K::StatusSeen
        | K::Unmasked
        | K::FileOpened
        | K::BatchFileReceived
        | K::BatchFileParted
        | K::BatchFileRefused
        | K::BatchFileRetried
        | K::NumbersReserved
        | K::LaterScanAdded
        | K::SealedEnvelopeReceived
        | K::SealedEnvelopeHandedOver
        | K::ReadAgainAsked
        | K::ReadAgain
        | K::Checking
        | K::Corrected
        | K::Verified
        | K::VerificationUndone
        | K::CorrectionUndone
        | K::CallerLookedUp
        | K::PetitionerSearched
        | K::AnswerWithdrawn
        | K::IndexRebuildAsked
        | K::IndexRebuilt
        | K::CameAgain
        | K::NoticeSent
        | K::NoticeFailed
        | K::NoticeResent
        | K::NoticeWithheld
        | K::DraftForgotten
        | K::AttachmentsAsked
        | K::AttachmentsRead
        | K::UnitWrote => return None,
    };
    Some(StatusStep { at, label: kind.label(), note })
}
