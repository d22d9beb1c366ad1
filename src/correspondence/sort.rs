//! What a mail is before its words are read. Only a person's own mail goes on to be read.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::event::{EventKind, NewEvent};
use case::id::DispatchId;
use case::mail_thread::MailThread;
use case::problem::{Problem, ProblemCode};
use channels::mail::{Envelope, Nature};
use store::UnitOfWork;
use store::jobs::Claim;

use crate::configuration::mail::SpamRule;
use crate::gateway::Gateway;
use crate::intake::read::refused_event;
use crate::jobs::failure::Failure;

impl Gateway {
    /// Settles a mail that is no petition; gives whether it was one of those.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn settle_no_petition(
        &self,
        arrival: &Arrival,
        envelope: &Envelope,
        claim: &Claim,
    ) -> Result<bool, Failure> {
        let mut unit = self.store.begin().await?;
        let threads = MailThread::find(&envelope.threads, &self.secret);
        let problem = match &envelope.nature {
            Nature::Bounce(bounce) => self.note_bounce(&mut *unit, envelope, bounce).await?,
            Nature::Automatic(_) => match envelope.nature.require_person() {
                Ok(()) => return Ok(false),
                Err(problem) => problem,
            },
            Nature::Person => {
                if envelope.sender.as_deref().is_some_and(|sender| self.is_own_address(sender)) {
                    ProblemCode::NotAPetition.because("本中心邮箱发出的邮件，未登记")
                } else if let Some(dispatch) = threads.iter().find_map(|thread| match thread {
                    MailThread::Units(dispatch) => Some(*dispatch),
                    MailThread::Petitioner(_) => None,
                }) {
                    self.note_unit_letter(&mut *unit, arrival, dispatch).await?
                } else if let Some(problem) = self.held_as_spam(&mut *unit, arrival, envelope).await? {
                    problem
                } else {
                    return Ok(false);
                }
            }
        };
        let at = self.clock.now();
        unit.settle_arrival(arrival.id, &ArrivalState::Refused { problem: problem.clone(), at }).await?;
        unit.append_event(refused_event(arrival.id, at, &problem)).await?;
        unit.finish_job(claim).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// The header by which a mail is called spam; none for an answer to a mail of ours, whose token no spam has.
    pub(crate) fn spam_mark(&self, envelope: &Envelope) -> Option<&'static str> {
        envelope.spam.filter(|_| MailThread::find(&envelope.threads, &self.secret).is_empty())
    }

    /// What is done with spam in the mailbox of this name; of a file or an address, what the office does with all.
    pub(crate) fn spam_rule(&self, mailbox: &str) -> SpamRule {
        let settings = &self.configuration.mail;
        let own = settings.mailboxes.iter().find(|one| one.name == mailbox).and_then(|one| one.spam);
        own.unwrap_or(settings.spam)
    }

    /// Why a mail that its server calls spam waits for a person; none when it does not. One mailbox that registers such mails is enough.
    async fn held_as_spam(
        &self,
        unit: &mut dyn UnitOfWork,
        arrival: &Arrival,
        envelope: &Envelope,
    ) -> Result<Option<Problem>, Failure> {
        let Some(header) = self.spam_mark(envelope) else { return Ok(None) };
        let places = unit.mail_places(arrival.id).await?;
        let mut rules = places.iter().map(|place| self.spam_rule(&place.mailbox));
        let registers = |rule| rule == SpamRule::Register;
        let register = if places.is_empty() { registers(self.configuration.mail.spam) } else { rules.any(registers) };
        let detail = format!("信头{header}有此标记，未自动登记；请查看，确为信访内容的可登记为信访件");
        Ok((!register).then(|| ProblemCode::MarkedAsSpam.because(detail)))
    }

    /// An answer to a letter that we sent to units: it is shown on the case, and a person reads it.
    async fn note_unit_letter(
        &self,
        unit: &mut dyn UnitOfWork,
        arrival: &Arrival,
        dispatch: DispatchId,
    ) -> Result<Problem, Failure> {
        if let Some(dispatch) = unit.dispatch(dispatch).await? {
            let event = NewEvent {
                case: Some(dispatch.case),
                arrival: Some(arrival.id),
                at: self.clock.now(),
                by: Actor::System,
                kind: EventKind::UnitWrote,
                note: "在待处理来件中，请人工处理".to_owned(),
                detail: serde_json::json!({ "dispatch": dispatch.id, "arrival": arrival.id }),
            };
            unit.append_event(event).await?;
        }
        Ok(ProblemCode::NotAPetition.because("对转送、交办函件的回复，请人工处理"))
    }
}
