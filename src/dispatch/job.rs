//! The job that sends a dispatch. A crash between the mail server's answer and our commit sends it again under the same
//! Message-ID, and the attempts before it are on the dispatch for everybody to see.

use case::actor::Actor;
use case::dispatch::{Delivery, Dispatch};
use case::event::EventKind;
use case::id::DispatchId;
use case::mail_thread::MailThread;
use case::problem::ProblemCode;
use case::unit::UnitCode;
use lettre::Message;
use lettre::message::header::{ContentType, MIME_VERSION_1_0};
use store::jobs::Claim;

use crate::correspondence::address::{Automatic, mailbox, mark};
use crate::dispatch::attempt::Steps;
use crate::dispatch::letter::LetterContent;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::Task;

/// Where the crash tests stop.
const STEPS: Steps = Steps { before: "dispatch.before_mail", after: "dispatch.after_mail" };

impl Gateway {
    /// Sends the dispatch and writes down how that went.
    ///
    /// # Errors
    /// The mail could not be handed on, or the store failed.
    pub(crate) async fn send_dispatch(&self, id: DispatchId, claim: &Claim) -> Result<(), Failure> {
        let dispatch = self.store.read().await?.dispatch(id).await?.ok_or_else(|| Failure::subject_gone("函件"))?;
        if self.needs_no_sending(&dispatch.delivery, claim).await? {
            return Ok(());
        }
        let mail = self.dispatch_mail(&dispatch).await;
        let sent = self.hand_over(&id.to_string(), mail, &STEPS).await;
        match sent {
            Ok(()) => self.note_sent(&dispatch, claim).await,
            Err(failure) => self.note_not_sent(&dispatch, claim, failure).await,
        }
    }

    async fn dispatch_mail(&self, dispatch: &Dispatch) -> Result<Message, Failure> {
        let mut lookups = self.store.read().await?;
        let case = lookups.case(dispatch.case).await?.ok_or_else(|| Failure::subject_gone("信访事项"))?;
        let submissions = lookups.submissions_of_case(case.id).await?;
        let units = lookups.units().await?;
        let address =
            |code: &UnitCode| units.iter().find(|unit| unit.code == *code).and_then(|unit| unit.mail_address.clone());
        let lead = address(&dispatch.lead).ok_or_else(|| {
            ProblemCode::MailFailed.because(format!("单位{}没有登记邮箱，请补充后重发", dispatch.lead))
        })?;
        let content = LetterContent {
            office_name: &self.configuration.office.name,
            office_phone: &self.configuration.office.phone,
            office: &self.office,
            dispatch,
            case: &case,
            submissions: &submissions,
            units: &units,
        };
        let mut message = self
            .threaded(MailThread::Units(dispatch.id), &content.subject())?
            .to(mailbox(&lead)?)
            .date(system_time(dispatch.decided_at));
        for assisting in dispatch.assisting.iter().filter_map(address) {
            message = message.cc(mailbox(&assisting)?);
        }
        let built = message.header(MIME_VERSION_1_0).header(ContentType::TEXT_PLAIN).body(content.text());
        let mut message = built.map_err(|error| {
            tracing::error!(error = %error, dispatch = %dispatch.id, "the mail of dispatch {} cannot be built", dispatch.id);
            Failure::Never(ProblemCode::MailFailed.because("函件无法生成"))
        })?;
        mark(&mut message, Automatic::Generated, &dispatch.id.to_string());
        Ok(message)
    }

    async fn note_sent(&self, dispatch: &Dispatch, claim: &Claim) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let by = self.mailer.name().to_owned();
        let detail = serde_json::json!({ "dispatch": dispatch.id, "kind": dispatch.kind, "by": by });
        unit.set_delivery(dispatch.id, &Delivery::Sent { at: self.clock.now(), by }).await?;
        unit.append_event(self.event(dispatch.case, Actor::System, EventKind::DispatchSent, String::new(), detail))
            .await?;
        unit.finish_job(claim).await?;
        self.step("dispatch.before_commit");
        Ok(unit.commit().await?)
    }

    /// Writes the failed attempt on the dispatch, then lets the runner put the job off or bury it.
    async fn note_not_sent(&self, dispatch: &Dispatch, claim: &Claim, failure: Failure) -> Result<(), Failure> {
        let most = Task::SendDispatch { dispatch: dispatch.id }.attempts();
        let Some(delivery) = self.delivery_after(&failure, claim, most) else { return Err(failure) };
        let mut unit = self.store.begin().await?;
        if let Delivery::Failed { problem, .. } = &delivery {
            let detail = serde_json::json!({ "dispatch": dispatch.id, "kind": dispatch.kind, "problem": problem.code });
            let note = problem.detail.clone();
            unit.append_event(self.event(dispatch.case, Actor::System, EventKind::DispatchFailed, note, detail))
                .await?;
        }
        unit.set_delivery(dispatch.id, &delivery).await?;
        unit.commit().await?;
        Err(failure)
    }
}

/// The moment as the mail library wants it; before 1970 is 1970.
pub(crate) fn system_time(moment: jiff::Timestamp) -> std::time::SystemTime {
    let since = std::time::Duration::from_micros(u64::try_from(moment.as_microsecond()).unwrap_or(0));
    std::time::SystemTime::UNIX_EPOCH + since
}
