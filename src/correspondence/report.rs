//! A mail of ours came back: whoever waits for its answer must learn that it never arrived.
//!
//! A report counts only when a token of ours stands in it. Nobody but us and the servers on its way ever saw that token, so nobody
//! else can mark a dispatch as failed.

use case::actor::Actor;
use case::dispatch::{Delivery, Dispatch};
use case::event::EventKind;
use case::mail_thread::MailThread;
use case::notice::Notice;
use case::problem::{Problem, ProblemCode};
use channels::mail::{Bounce, BounceAction, Envelope};
use store::UnitOfWork;

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

impl Gateway {
    /// Marks what a report is about; gives the reason for which the report itself is no petition.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn note_bounce(
        &self,
        unit: &mut dyn UnitOfWork,
        envelope: &Envelope,
        bounce: &Bounce,
    ) -> Result<Problem, Failure> {
        let mut threads = MailThread::find(&bounce.about, &self.secret);
        threads.extend(MailThread::find(&envelope.threads, &self.secret));
        threads.sort_unstable();
        threads.dedup();
        let mut marked = false;
        if bounce.action == BounceAction::Failed {
            for thread in threads {
                match thread {
                    MailThread::Units(dispatch) => {
                        if let Some(dispatch) = unit.dispatch(dispatch).await? {
                            marked |= self.dispatch_came_back(unit, &dispatch, bounce).await?;
                        }
                    }
                    MailThread::Petitioner(submission) => {
                        for notice in unit.notices_of_submission(submission).await? {
                            marked |= self.notice_came_back(unit, &notice, bounce).await?;
                        }
                    }
                }
            }
        }
        let what = match (bounce.action, marked) {
            (BounceAction::Failed, true) => "退信，已标在相应的函件上",
            (BounceAction::Failed, false) => "退信，与在途函件无关，未登记",
            (BounceAction::Delayed, _) => "投递延迟通知，邮件服务器仍在重试，未登记",
            (BounceAction::Delivered, _) => "送达回执，未登记",
        };
        Ok(ProblemCode::NotAPetition.because(what))
    }

    async fn dispatch_came_back(
        &self,
        unit: &mut dyn UnitOfWork,
        dispatch: &Dispatch,
        bounce: &Bounce,
    ) -> Result<bool, Failure> {
        if !is_under_way(&dispatch.delivery) {
            return Ok(false);
        }
        let (problem, at) = (came_back(bounce, &not_reached(unit, dispatch, bounce).await?), self.clock.now());
        unit.set_delivery(dispatch.id, &Delivery::Failed { at, problem: problem.clone() }).await?;
        let detail = serde_json::json!({ "dispatch": dispatch.id, "kind": dispatch.kind, "problem": problem.code });
        let event = self.event(dispatch.case, Actor::System, EventKind::DispatchFailed, problem.detail, detail);
        unit.append_event(event).await?;
        Ok(true)
    }

    async fn notice_came_back(
        &self,
        unit: &mut dyn UnitOfWork,
        notice: &Notice,
        bounce: &Bounce,
    ) -> Result<bool, Failure> {
        if !is_under_way(&notice.delivery) {
            return Ok(false);
        }
        let (problem, at) = (came_back(bounce, ""), self.clock.now());
        unit.set_notice_delivery(notice.id, &Delivery::Failed { at, problem: problem.clone() }).await?;
        let detail = serde_json::json!({ "notice": notice.id, "problem": problem.code });
        let event = self.event(notice.case, Actor::System, EventKind::NoticeFailed, problem.detail, detail);
        unit.append_event(event).await?;
        Ok(true)
    }
}

/// Whether a sending may still come back.
const fn is_under_way(delivery: &Delivery) -> bool {
    match delivery {
        Delivery::Sent { .. } | Delivery::Retrying { .. } => true,
        Delivery::Waiting | Delivery::Failed { .. } | Delivery::Recalled { .. } => false,
    }
}

/// The names of the units that a dispatch did not reach, in brackets: one copy may come back while the others arrived.
async fn not_reached(unit: &mut dyn UnitOfWork, dispatch: &Dispatch, bounce: &Bounce) -> Result<String, Failure> {
    let units = unit.units().await?;
    let sent_to = std::iter::once(&dispatch.lead).chain(&dispatch.assisting);
    let names: Vec<&str> = sent_to
        .filter_map(|code| units.iter().find(|unit| unit.code == *code))
        .filter(|unit| {
            let address = unit.mail_address.as_ref().map(|address| address.to_lowercase());
            address.is_some_and(|address| bounce.recipients.contains(&address))
        })
        .map(|unit| unit.name.as_str())
        .collect();
    Ok(if names.is_empty() { String::new() } else { format!("（{}）", names.join("、")) })
}

fn came_back(bounce: &Bounce, whom: &str) -> Problem {
    ProblemCode::MailFailed.because(format!("退信{whom}：{}", bounce.diagnosis()))
}
