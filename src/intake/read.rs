//! The job that reads an arrival: registers what its door made of it, or refuses it into the quarantine.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::batch::PagePart;
use case::channel::Channel;
use case::event::{EventKind, NewEvent};
use case::id::ArrivalId;
use case::notice::NoticeKind;
use case::ports::office_date;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use channels::Reading;
use channels::call::recording;
use channels::mail::Envelope;
use store::UnitOfWork;
use store::jobs::Claim;

use crate::correspondence::thread::Standing;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::intake::register::Content;
use crate::jobs::failure::Failure;
use crate::mailroom::ledger::StoredPages;

impl Gateway {
    /// Reads the arrival and settles it; a mail is read `anyway` whatever its outside says. Running again after a crash reads again and registers once.
    ///
    /// # Errors
    /// The store failed, or what reads scans or documents is missing for now.
    pub(crate) async fn read_arrival(&self, id: ArrivalId, anyway: bool, claim: &Claim) -> Result<(), Failure> {
        let arrival = self.store.read().await?.arrival(id).await?.ok_or_else(|| Failure::subject_gone("来件"))?;
        if matches!(arrival.state, ArrivalState::Registered { .. }) {
            let mut unit = self.store.begin().await?;
            unit.finish_job(claim).await?;
            return Ok(unit.commit().await?);
        }
        let Some(bytes) = self.files.get(arrival.original).await? else {
            return Err(Failure::Never(ProblemCode::IntegrityBroken.because("原件不在存储中")));
        };
        self.step("read.before_reading");
        let envelope = (arrival.channel == Channel::Mail).then(|| Envelope::of(&bytes));
        if let Some(envelope) = envelope.as_ref().filter(|_| !anyway)
            && self.settle_no_petition(&arrival, envelope, claim).await?
        {
            return Ok(());
        }
        let read = if anyway && arrival.channel == Channel::Mail {
            channels::mail::read_anyway(&bytes, &self.attachment_readers(), Some(office_date(arrival.received_at)))
                .await
        } else {
            self.read_bytes(&arrival, &bytes).await
        };
        match read {
            Ok(reading) => {
                self.settle_registered(&arrival, &bytes, reading, envelope.map(|envelope| (envelope, anyway)), claim)
                    .await
            }
            Err(problem) if channels::letter::is_temporary(&problem) => Err(Failure::Later(problem)),
            Err(problem) => self.settle_refused(&arrival, problem, claim).await,
        }
    }

    /// Reads the bytes of an arrival through its door, without writing anything.
    ///
    /// # Errors
    /// The door's refusal.
    pub(crate) async fn read_bytes(&self, arrival: &Arrival, bytes: &[u8]) -> Result<Reading, Problem> {
        if bytes.is_empty() {
            return Err(ProblemCode::EmptyInput.because("收到0字节，请重新扫描或发送"));
        }
        let received_on = Some(office_date(arrival.received_at));
        match arrival.channel {
            Channel::Web => channels::web::read(bytes, received_on),
            Channel::Letter => {
                let parts = self.parts_of(arrival).await?;
                self.letters.read_kept(bytes, &parts, StoredPages::of(self, arrival.id)).await
            }
            Channel::Mail => channels::mail::read(bytes, &self.attachment_readers(), received_on).await,
            Channel::Call if recording::is_one(bytes) => self.read_recording(bytes, received_on).await,
            Channel::Call => channels::call::read(bytes, received_on),
        }
    }

    /// What each page of a letter is, when it came in a batch.
    async fn parts_of(&self, arrival: &Arrival) -> Result<Vec<PagePart>, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let letter = lookups.batch_letter_of(arrival.id).await.map_err(|error| failed(&error))?;
        Ok(letter.map(|letter| letter.pages.iter().map(|page| page.part).collect()).unwrap_or_default())
    }

    async fn settle_registered(
        &self,
        arrival: &Arrival,
        bytes: &[u8],
        reading: Reading,
        mail: Option<(Envelope, bool)>,
        claim: &Claim,
    ) -> Result<(), Failure> {
        let content = self.keep_reading(arrival, bytes, reading, Vec::new()).await?;
        self.step("read.after_files");
        let mut unit = self.store.begin().await?;
        let number = unit.batch_letter_of(arrival.id).await?.and_then(|letter| letter.number);
        match (mail, Self::registered_before(&mut *unit, number.as_ref()).await?) {
            (Some((envelope, anyway)), _) => {
                self.register_mail(&mut *unit, arrival, content, &envelope, anyway).await?;
            }
            (None, Some(submission)) => {
                self.add_later_scan(&mut *unit, arrival, &submission, content).await?;
            }
            (None, None) => {
                self.register(&mut *unit, arrival, content, number, Secrecy::Ordinary).await?;
            }
        }
        unit.finish_job(claim).await?;
        self.step("read.before_commit");
        unit.commit().await?;
        self.step("read.after_commit");
        self.wake.ring();
        Ok(())
    }

    /// Registers a mail, puts it to the case that it answers, and has it acknowledged.
    async fn register_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        arrival: &Arrival,
        content: Content,
        envelope: &Envelope,
        anyway: bool,
    ) -> Result<(), Failure> {
        let standing = self.standing(unit, envelope, content.statement()).await?;
        let at_least = standing.as_ref().map_or(Secrecy::Ordinary, Standing::secrecy);
        let submission = self.register(unit, arrival, content, None, at_least).await?;
        self.have_attachments_read(unit, &submission).await?;
        let mut kind = NoticeKind::Acknowledgement;
        if let Some(standing) = standing {
            self.place_in_thread(unit, &submission, &standing).await?;
            if standing.joins() {
                kind = NoticeKind::Supplement;
            } else if standing.has_ended() {
                kind = NoticeKind::AfterClosing;
            }
        }
        self.acknowledge(unit, &submission, envelope, kind, anyway).await
    }

    async fn settle_refused(&self, arrival: &Arrival, problem: Problem, claim: &Claim) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let at = self.clock.now();
        unit.settle_arrival(arrival.id, &ArrivalState::Refused { problem: problem.clone(), at }).await?;
        unit.append_event(refused_event(arrival.id, at, &problem)).await?;
        unit.finish_job(claim).await?;
        Ok(unit.commit().await?)
    }
}

pub(crate) fn refused_event(arrival: ArrivalId, at: jiff::Timestamp, problem: &Problem) -> NewEvent {
    NewEvent {
        case: None,
        arrival: Some(arrival),
        at,
        by: Actor::System,
        kind: EventKind::Refused,
        note: problem.code.title().to_owned(),
        detail: serde_json::json!({ "problem": problem.code }),
    }
}
