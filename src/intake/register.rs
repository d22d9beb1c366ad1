//! Giving a submission its number, its case and its next jobs.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::batch::NumberUse;
use case::channel::Channel;
use case::event::{EventKind, NewEvent};
use case::field::{Confidence, Field, Source};
use case::id::{CaseId, SubmissionId};
use case::matter::Case;
use case::number::RegistrationNumber;
use case::ports::office_date;
use case::problem::ProblemCode;
use case::purpose::Purpose;
use case::query_code::QueryCode;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::statement::Statement;
use case::submission::{FileRole, StoredFile, Submission};
use case::verification::LetterCheck;
use channels::Reading;
use channels::letter::LetterRecord;
use store::{StoreError, UnitOfWork};

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::routing;
use crate::verification::sheet::count_doubts;

/// A reading whose files are stored: all that registration needs.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    statement: Statement,
    files: Vec<StoredFile>,
    /// How many places ask for a person, when a person must compare it with paper.
    doubts: Option<u32>,
}

impl Content {
    /// What was read, and its files.
    pub(crate) fn into_parts(self) -> (Statement, Vec<StoredFile>) {
        (self.statement, self.files)
    }

    /// How many places ask for a person, when a person must compare it with paper.
    pub(crate) const fn doubts(&self) -> Option<u32> {
        self.doubts
    }

    /// What was read.
    pub(crate) const fn statement(&self) -> &Statement {
        &self.statement
    }
}

impl Gateway {
    /// Stores what the door took out of the original.
    ///
    /// # Errors
    /// The files could not be made durable.
    pub(crate) async fn keep_reading(
        &self,
        arrival: &Arrival,
        bytes: &[u8],
        reading: Reading,
        attachments: Vec<StoredFile>,
    ) -> Result<Content, StoreError> {
        let mut files = vec![StoredFile {
            role: FileRole::Original,
            name: arrival.source_name.clone(),
            media_type: original_media_type(arrival, bytes),
            hash: arrival.original,
            bytes: arrival.original_bytes,
        }];
        files.extend(attachments);
        let doubts = (arrival.channel == Channel::Letter).then(|| self.doubts_of(arrival, &reading));
        for file in reading.files {
            let hash = self.files.put(&file.bytes).await?;
            let bytes = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
            files.push(StoredFile { role: file.role, name: file.name, media_type: file.media_type, hash, bytes });
        }
        Ok(Content { statement: reading.statement, files, doubts })
    }

    /// How many places of a letter ask for a person.
    fn doubts_of(&self, arrival: &Arrival, reading: &Reading) -> u32 {
        let record = reading.files.iter().find(|file| file.role == FileRole::Reading);
        // What the door has just written parses; if it did not, the desk would say so, and the count only sorts.
        let record: LetterRecord = record.and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default();
        let received_on = office_date(arrival.received_at);
        count_doubts(&reading.statement, &record.pages, &self.office, received_on)
    }

    /// Registers a reading inside `unit`: numbers, submission, case, events, settled arrival and the job that indexes it. `sticker` is the
    /// number that the paper carries already. It is closed at least as much as `at_least`.
    ///
    /// # Errors
    /// The store failed, or the day's numbers are used up.
    pub(crate) async fn register(
        &self,
        unit: &mut dyn UnitOfWork,
        arrival: &Arrival,
        content: Content,
        sticker: Option<RegistrationNumber>,
        at_least: Secrecy,
    ) -> Result<Submission, Failure> {
        let at = self.clock.now();
        let (number, sequence) = match sticker {
            Some(number) => (number, unit.take_sequence().await?),
            None => self.next_numbers(unit, at).await?,
        };
        let units = unit.units().await?;
        let purpose = self.purpose_of(&content.statement, &units);
        let secrecy = routing::secrecy::of(&content.statement, purpose.value).max(at_least);
        let case = self.open_case(number.clone(), at, &content.statement, purpose.value, secrecy);
        let submission = Submission {
            id: SubmissionId::fresh(&*self.clock, &*self.randomness),
            arrival: arrival.id,
            number,
            query_code: QueryCode::fresh(&*self.randomness),
            case: case.id,
            own_case: case.id,
            sequence,
            channel: arrival.channel,
            received_at: arrival.received_at,
            registered_at: at,
            secrecy,
            statement: content.statement,
            files: content.files,
        };
        unit.insert_case(&case).await?;
        unit.insert_submission(&submission).await?;
        // A sticker from before a restored backup is known by its mark only: the number stands on the paper and is kept.
        if unit.reserved_number(&submission.number).await?.is_some() {
            unit.use_number(&submission.number, NumberUse::Submission { submission: submission.id }).await?;
        }
        if let Some(doubts) = content.doubts {
            unit.insert_letter_check(&LetterCheck::unchecked(submission.id, doubts)).await?;
        }
        unit.settle_arrival(arrival.id, &ArrivalState::Registered { submission: submission.id }).await?;
        unit.append_event(registered_event(&submission)).await?;
        if secrecy == Secrecy::Sealed {
            unit.append_event(sealed_event(&submission, &purpose)).await?;
        }
        let job = self.job(&Task::IndexSubmission { submission: submission.id }, Queue::Quick, Some(case.id), at);
        unit.enqueue(&job).await?;
        if submission.channel == Channel::Letter {
            self.enqueue_archive(unit, submission.id, case.id).await?;
        }
        Ok(submission)
    }

    async fn next_numbers(
        &self,
        unit: &mut dyn UnitOfWork,
        at: jiff::Timestamp,
    ) -> Result<(RegistrationNumber, u64), Failure> {
        let day = office_date(at);
        let numbers = unit.take_numbers(day).await?;
        let prefix = self.configuration.prefix().map_err(Failure::Never)?;
        let number = RegistrationNumber::new(prefix, day, numbers.of_day)
            .map_err(|_full| Failure::Later(ProblemCode::NumbersUsedUp.because("请次日再登记")))?;
        Ok((number, numbers.sequence))
    }

    /// The purpose that the petitioner chose; a plain accusation in the words overrules it, since sealing too much can be
    /// undone and sealing too little cannot.
    fn purpose_of(&self, statement: &Statement, units: &[case::unit::Unit]) -> Field<Purpose> {
        let suggested = routing::purpose::suggest(statement, &self.office.unit_names(units));
        match &statement.purpose {
            Some(chosen) if suggested.value != Purpose::Accusation => chosen.clone(),
            Some(_) | None => suggested,
        }
    }

    fn open_case(
        &self,
        number: RegistrationNumber,
        at: jiff::Timestamp,
        statement: &Statement,
        purpose: Purpose,
        secrecy: Secrecy,
    ) -> Case {
        Case {
            id: CaseId::fresh(&*self.clock, &*self.randomness),
            number,
            title: statement.title.value.clone(),
            opened_at: at,
            state: CaseState::Registered { at },
            secrecy,
            purpose,
            class: statement.class.clone(),
            place: statement.place.clone(),
            suggestion: None,
            version: 1,
        }
    }
}

/// The type of the original: what its door is for, and of scans and recordings what their bytes say.
fn original_media_type(arrival: &Arrival, bytes: &[u8]) -> String {
    match arrival.channel {
        Channel::Web => "application/json".to_owned(),
        Channel::Mail => "message/rfc822".to_owned(),
        Channel::Letter | Channel::Call => channels::media_type(bytes).to_owned(),
    }
}

fn registered_event(submission: &Submission) -> NewEvent {
    let entry = submission.statement.entry;
    let door = match entry {
        Some(entry) => format!("{}，工作人员代登", entry.form.label()),
        None => submission.channel.label().to_owned(),
    };
    NewEvent {
        case: Some(submission.own_case),
        arrival: Some(submission.arrival),
        at: submission.registered_at,
        by: entry.map_or(Actor::System, |entry| Actor::Staff { staff: entry.staff }),
        kind: EventKind::Registered,
        note: format!("{door}，编号{}", submission.number),
        detail: serde_json::json!({
            "submission": submission.id, "number": submission.number, "entry": entry.map(|entry| entry.form),
        }),
    }
}

fn sealed_event(submission: &Submission, purpose: &Field<Purpose>) -> NewEvent {
    let chosen = matches!(purpose.source, Source::Form { .. }) && purpose.confidence == Confidence::CERTAIN;
    NewEvent {
        case: Some(submission.own_case),
        arrival: None,
        at: submission.registered_at,
        by: Actor::System,
        kind: EventKind::Sealed,
        note: if chosen { "信访人选择检举控告".to_owned() } else { "内容为检举控告".to_owned() },
        detail: serde_json::json!({ "confidence": purpose.confidence }),
    }
}
