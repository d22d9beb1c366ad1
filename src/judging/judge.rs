//! The job that compares a submission with earlier ones, classifies it and suggests a unit.

use std::collections::BTreeSet;

use case::actor::Actor;
use case::channel::Channel;
use case::dispatch::UnitSuggestion;
use case::event::{EventKind, NewEvent};
use case::finding::{Decision, Finding, Reason, Relation};
use case::id::{FindingId, SubmissionId};
use case::identity::key::{IdentityKind, identity_keys};
use case::matter::Case;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::submission::Submission;
use case::unit::{Unit, UnitCode};
use search::engine::Reach;
use store::UnitOfWork;
use store::jobs::Claim;

use crate::desk::join::required_case;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::judging::index::petition;
use crate::judging::similar::Similar;
use crate::routing;

/// Whether a submission was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It was, or the job was another one.
    Done,
    /// It must wait for one that is judged at the same time.
    Waits,
}

impl Gateway {
    /// Judges the submission: findings, class, place and unit suggestion, in one unit of work. Judging again replaces what
    /// nobody has decided. Waits, with nothing written, when it looks like one of `beside`, which are judged at the same time: what becomes
    /// of those must be known before it is put beside them.
    ///
    /// # Errors
    /// The engine or the store failed.
    pub(crate) async fn judge_submission(
        &self,
        id: SubmissionId,
        claim: &Claim,
        beside: &BTreeSet<SubmissionId>,
    ) -> Result<Judged, Failure> {
        let judged = self.judge_once(id, claim, beside).await;
        match &judged {
            Ok(_) => self.waiting.clear(&[id]),
            Err(failure) if failure.is_of_engine() => self.waiting.note([id]),
            Err(_other) => {}
        }
        judged
    }

    async fn judge_once(
        &self,
        id: SubmissionId,
        claim: &Claim,
        beside: &BTreeSet<SubmissionId>,
    ) -> Result<Judged, Failure> {
        let submission =
            self.store.read().await?.submission(id).await?.ok_or_else(|| Failure::subject_gone("信访件"))?;
        // Accusations are compared with accusations, inside their sealed space.
        let reach = match submission.secrecy {
            Secrecy::Ordinary | Secrecy::Confidential => Reach::Ordinary,
            Secrecy::Sealed => Reach::Sealed,
        };
        let similar = self
            .similar(&petition(&submission, &self.secret), reach, Some(submission.sequence), Some(submission.id))
            .await?;
        if similar.iter().any(|similar| beside.contains(&similar.submission.id)) {
            return Ok(Judged::Waits);
        }
        let followers = self.followers(&submission, reach).await?;
        let findings: Vec<Finding> = similar.iter().map(|similar| self.finding(&submission, similar)).collect();
        self.step("judge.before_commit");
        let mut unit = self.store.begin().await?;
        self.require_unchanged(&mut *unit, std::slice::from_ref(&submission)).await?;
        // Sealed or unsealed meanwhile: what was found stands in the other space.
        if unit.submission(submission.id).await?.is_none_or(|now| now.secrecy != submission.secrecy) {
            return Err(Failure::Later(ProblemCode::Conflict.because("处理时密级有变，重新处理")));
        }
        let precedents = self.precedents(&mut *unit, &similar).await?;
        unit.clear_open_findings(submission.id).await?;
        unit.insert_findings(&findings).await?;
        unit.append_event(self.judged_event(&submission, &findings)).await?;
        self.suggest(&mut *unit, &submission, &precedents).await?;
        let certain = certain_repeat(&submission, &similar, &findings, self);
        if let Some(certain) = self.still_open(&mut *unit, &submission, certain).await? {
            self.join_case(
                &mut *unit,
                &submission,
                &certain,
                Relation::Repeat,
                Actor::System,
                Some("身份确定且内容几乎相同".to_owned()),
            )
            .await?;
        }
        for follower in &followers {
            let task = Task::JudgeSubmission { submission: follower.id };
            unit.enqueue(&self.job(&task, Queue::Quick, Some(follower.own_case), self.clock.now())).await?;
        }
        unit.finish_job(claim).await?;
        unit.commit().await?;
        self.step("judge.after_commit");
        Ok(Judged::Done)
    }

    /// Later submissions that were compared with a letter before it was corrected, or that look like it now: they are judged again.
    /// Nothing for what was never corrected. Only later ones are named, so this comes to an end.
    async fn followers(&self, submission: &Submission, reach: Reach) -> Result<Vec<Submission>, Failure> {
        if submission.channel != Channel::Letter {
            return Ok(Vec::new());
        }
        let mut lookups = self.store.read().await?;
        if lookups.corrections_of(submission.id).await?.is_empty() {
            return Ok(Vec::new());
        }
        let pointing = lookups.findings_of_case(submission.own_case).await?;
        let pointing = pointing.iter().filter(|finding| finding.other_submission == submission.id);
        let pointing: Vec<SubmissionId> = pointing.map(|finding| finding.submission).collect();
        let compared = lookups.submissions(&pointing).await?;
        drop(lookups);
        let alike = self.similar(&petition(submission, &self.secret), reach, None, Some(submission.id)).await?;
        let mut followers: Vec<Submission> = compared
            .into_iter()
            .chain(alike.into_iter().map(|similar| similar.submission))
            .filter(|later| later.sequence > submission.sequence)
            .collect();
        followers.sort_by_key(|later| later.sequence);
        followers.dedup_by_key(|later| later.sequence);
        Ok(followers)
    }

    /// The finding as it stands, when nobody has decided about its pair and the case stands by itself: judging again keeps what was
    /// decided, and never decides it again.
    async fn still_open(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        certain: Option<&Finding>,
    ) -> Result<Option<Finding>, Failure> {
        let Some(certain) = certain else { return Ok(None) };
        let own = required_case(unit, submission.own_case).await?;
        let alone = unit.submissions_of_case(own.id).await?.iter().map(|one| one.id).eq([submission.id]);
        if !alone || !matches!(own.state, CaseState::Registered { .. }) {
            return Ok(None);
        }
        let standing = unit.findings_of_submission(certain.submission).await?;
        Ok(standing.into_iter().find(|one| one.id == certain.id))
    }

    fn finding(&self, submission: &Submission, similar: &Similar) -> Finding {
        Finding {
            id: FindingId::fresh(&*self.clock, &*self.randomness),
            submission: submission.id,
            other_submission: similar.submission.id,
            other: similar.submission.case,
            relation: similar.relation,
            score: similar.judgement.same_matter,
            reasons: similar.judgement.reasons.clone(),
            against: similar.judgement.against.clone(),
            found_at: self.clock.now(),
            decision: Decision::Open,
        }
    }

    fn judged_event(&self, submission: &Submission, findings: &[Finding]) -> NewEvent {
        NewEvent {
            case: Some(submission.own_case),
            arrival: None,
            at: self.clock.now(),
            by: Actor::System,
            kind: EventKind::Judged,
            note: if findings.is_empty() {
                "未发现相似事项".to_owned()
            } else {
                format!("发现{}件可能重复或相关的事项", findings.len())
            },
            detail: serde_json::json!({ "findings": findings.iter().map(|finding| finding.id).collect::<Vec<_>>() }),
        }
    }

    /// The units to which cases on the same matter were sent: evidence for the suggestion.
    async fn precedents(&self, unit: &mut dyn UnitOfWork, similar: &[Similar]) -> Result<Vec<UnitCode>, Failure> {
        let mut precedents = Vec::new();
        for similar in similar.iter().filter(|similar| similar.relation != Relation::Related) {
            let dispatches = unit.dispatches_of_case(similar.submission.case).await?;
            precedents.extend(dispatches.last().map(|dispatch| dispatch.lead.clone()));
        }
        Ok(precedents)
    }

    /// Writes class, place and unit suggestion on the submission's own case, while nobody works on it.
    async fn suggest(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        precedents: &[UnitCode],
    ) -> Result<(), Failure> {
        let Some(mut case) = unit.case(submission.own_case).await? else {
            return Err(Failure::subject_gone("信访事项"));
        };
        if !matches!(case.state, CaseState::Registered { .. }) {
            return Ok(());
        }
        let units = unit.units().await?;
        let advice = routing::advise(&submission.statement, case.purpose, &self.office, &units, precedents);
        if case.class.is_none() {
            case.class = advice.class;
        }
        if case.place.as_ref().is_none_or(|place| place.value.code.is_none()) {
            case.place = advice.place.or(case.place);
        }
        case.suggestion = Some(self.or_unit_of_mailbox(unit, submission, advice.unit).await?);
        unit.update_case(&case).await?;
        unit.append_event(self.suggested_event(&case, &units)).await?;
        Ok(())
    }

    /// The suggestion, or, when it names no unit, the unit whose mailbox the mail came to. Never a unit that must not get it, and never
    /// for accusations.
    async fn or_unit_of_mailbox(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        mut suggestion: UnitSuggestion,
    ) -> Result<UnitSuggestion, Failure> {
        if suggestion.lead.is_some() || submission.channel != Channel::Mail || submission.secrecy == Secrecy::Sealed {
            return Ok(suggestion);
        }
        let places = unit.mail_places(submission.arrival).await?;
        let units = unit.units().await?;
        let mailboxes = self.configuration.mail.mailboxes.iter();
        for mailbox in mailboxes.filter(|mailbox| places.iter().any(|place| place.mailbox == mailbox.name)) {
            let Ok(code) = UnitCode::parse(&mailbox.unit) else { continue };
            let open = units.iter().any(|unit| unit.code == code && unit.active);
            if open && !suggestion.refused.iter().any(|refused| refused.unit == code) {
                let text = format!("来自邮箱“{}”", mailbox.name);
                suggestion.reasons.push(Reason::new("mailbox", text, Vec::new()));
                suggestion.lead = Some(code);
                return Ok(suggestion);
            }
        }
        Ok(suggestion)
    }

    fn suggested_event(&self, case: &Case, units: &[Unit]) -> NewEvent {
        let lead = case.suggestion.as_ref().and_then(|suggestion| suggestion.lead.as_ref());
        let name = |lead: &UnitCode| {
            let unit = units.iter().find(|unit| unit.code == *lead);
            unit.map_or_else(|| lead.to_string(), |unit| unit.name.clone())
        };
        NewEvent {
            case: Some(case.id),
            arrival: None,
            at: self.clock.now(),
            by: Actor::System,
            kind: EventKind::Suggested,
            note: lead.map_or_else(|| "责任单位需人工确定".to_owned(), |lead| format!("建议{}", name(lead))),
            detail: serde_json::json!({ "lead": lead, "class": case.class.as_ref().map(|class| &class.value) }),
        }
    }
}

/// The one finding that needs no person: the office allows it, the judge calls the texts near-identical, and a number that is
/// certain (identity or credit code) is shared.
fn certain_repeat<'a>(
    submission: &Submission,
    similar: &[Similar],
    findings: &'a [Finding],
    gateway: &Gateway,
) -> Option<&'a Finding> {
    if !gateway.configuration.intake.join_certain_repeats {
        return None;
    }
    let own = identity_keys(&submission.statement, &gateway.secret);
    let certain = |other: &Submission| {
        identity_keys(&other.statement, &gateway.secret)
            .iter()
            .any(|key| matches!(key.kind, IdentityKind::IdNumber | IdentityKind::CreditCode) && own.contains(key))
    };
    let index = similar.iter().position(|similar| {
        similar.relation == Relation::Repeat && similar.judgement.near_identical && certain(&similar.submission)
    })?;
    findings.get(index)
}
