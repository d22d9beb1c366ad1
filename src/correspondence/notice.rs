//! The job that sends a notice. A crash between the mail server's answer and our commit sends it again under the same Message-ID.

use case::actor::Actor;
use case::channel::Channel;
use case::dispatch::Delivery;
use case::event::EventKind;
use case::finding::Relation;
use case::id::NoticeId;
use case::mail_thread::MailThread;
use case::matter::Case;
use case::notice::{Language, Notice, NoticeKind};
use case::ports::office_date;
use case::problem::ProblemCode;
use case::submission::Submission;
use channels::mail::Envelope;
use lettre::Message;
use lettre::address::Envelope as Route;
use store::jobs::Claim;

use crate::correspondence::acknowledge::recipient_key;
use crate::correspondence::address::{Automatic, mailbox, mark, with_text_and_html};
use crate::correspondence::template::Values;
use crate::desk::join::standing_case;
use crate::dispatch::attempt::Steps;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::Task;

/// Where the crash tests stop.
const STEPS: Steps = Steps { before: "notice.before_mail", after: "notice.after_mail" };

impl Gateway {
    /// Sends the notice and writes down how that went.
    ///
    /// # Errors
    /// The mail could not be handed on, or the store failed.
    pub(crate) async fn send_notice(&self, id: NoticeId, claim: &Claim) -> Result<(), Failure> {
        let notice = self.store.read().await?.notice(id).await?.ok_or_else(|| Failure::subject_gone("回执"))?;
        if self.needs_no_sending(&notice.delivery, claim).await? {
            return Ok(());
        }
        let mail = self.notice_mail(&notice).await;
        let sent = self.hand_over(&id.to_string(), mail, &STEPS).await;
        match sent {
            Ok(()) => self.note_notice_sent(&notice, claim).await,
            Err(failure) => self.note_notice_not_sent(&notice, claim, failure).await,
        }
    }

    async fn notice_mail(&self, notice: &Notice) -> Result<Message, Failure> {
        let mut unit = self.store.begin().await?;
        let submission = unit.submission(notice.submission).await?.ok_or_else(|| Failure::subject_gone("信访件"))?;
        let mut case = standing_case(&mut *unit, submission.case).await?;
        if notice.kind == NoticeKind::AfterClosing {
            let answered = unit.findings_of_submission(submission.id).await?;
            if let Some(answered) = answered.into_iter().find(|finding| finding.relation == Relation::Supplement) {
                case = unit.case(answered.other).await?.ok_or_else(|| Failure::subject_gone("信访事项"))?;
            }
        }
        let arrival = unit.arrival(submission.arrival).await?.ok_or_else(|| Failure::subject_gone("来件"))?;
        drop(unit);
        let first = submission.statement.petitioners.first();
        let told = first.and_then(|petitioner| petitioner.mail_address.as_ref()).map(|address| address.value.clone());
        // Corrected since: whoever was meant then may be somebody else.
        let to = told
            .filter(|address| recipient_key(address, &self.secret) == notice.recipient)
            .ok_or_else(|| Failure::Never(ProblemCode::MailFailed.because("信访人邮箱已更正，未发送；请人工告知")))?;
        let answered = match arrival.channel {
            Channel::Mail => self.files.get(arrival.original).await?.and_then(|raw| Envelope::of(&raw).message_id),
            Channel::Web | Channel::Letter | Channel::Call => None,
        };
        let filled =
            self.office.notices().fill(notice.kind, notice.language, &self.values(notice, &submission, &case))?;
        let to = mailbox(&to)?;
        // The empty sender (RFC 3834 section 3.3): nobody can answer it automatically, and no report can go in circles.
        let route = Route::new(None, vec![to.email.clone()])
            .map_err(|_nobody| Failure::Never(ProblemCode::MailFailed.because("没有收件人")))?;
        let mut builder = self
            .threaded(MailThread::Petitioner(submission.id), &filled.subject)?
            .to(to)
            .envelope(route)
            .date(crate::dispatch::job::system_time(notice.made_at));
        if let Some(answered) = answered {
            builder = builder.in_reply_to(answered.clone()).references(answered);
        }
        let boundary = format!("xinqiao-{}", notice.id);
        let mut message = with_text_and_html(builder, &boundary, filled.text, filled.html).map_err(|error| {
            tracing::error!(error = %error, notice = %notice.id, "the mail of notice {} cannot be built", notice.id);
            Failure::Never(ProblemCode::MailFailed.because("回执无法生成"))
        })?;
        mark(&mut message, Automatic::Replied, &notice.id.to_string());
        Ok(message)
    }

    fn values(&self, notice: &Notice, submission: &Submission, case: &Case) -> Values {
        let day = office_date(submission.received_at);
        Values {
            office: self.configuration.office.name.clone(),
            phone: self.configuration.office.phone.clone(),
            number: submission.number.to_string(),
            query_code: submission.query_code.to_string(),
            case_number: case.number.to_string(),
            received_on: match notice.language {
                Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
                Language::En => day.to_string(),
            },
            status_url: format!("{}/petitions/status", self.configuration.public_url()),
        }
    }

    async fn note_notice_sent(&self, notice: &Notice, claim: &Claim) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let by = self.mailer.name().to_owned();
        let detail = serde_json::json!({ "notice": notice.id, "submission": notice.submission, "by": by });
        unit.set_notice_delivery(notice.id, &Delivery::Sent { at: self.clock.now(), by }).await?;
        unit.append_event(self.event(notice.case, Actor::System, EventKind::NoticeSent, String::new(), detail)).await?;
        unit.finish_job(claim).await?;
        self.step("notice.before_commit");
        Ok(unit.commit().await?)
    }

    /// Writes the failed attempt on the notice, then lets the runner put the job off or bury it.
    async fn note_notice_not_sent(&self, notice: &Notice, claim: &Claim, failure: Failure) -> Result<(), Failure> {
        let most = Task::SendNotice { notice: notice.id }.attempts();
        let Some(delivery) = self.delivery_after(&failure, claim, most) else { return Err(failure) };
        let mut unit = self.store.begin().await?;
        if let Delivery::Failed { problem, .. } = &delivery {
            let detail = serde_json::json!({ "notice": notice.id, "problem": problem.code });
            let note = problem.detail.clone();
            unit.append_event(self.event(notice.case, Actor::System, EventKind::NoticeFailed, note, detail)).await?;
        }
        unit.set_notice_delivery(notice.id, &delivery).await?;
        unit.commit().await?;
        Err(failure)
    }
}
