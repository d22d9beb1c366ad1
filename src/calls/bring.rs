//! Taking a call in: the transcript is the original and the recording its attachment; a recording alone is the original, and a job
//! has it written down.

use case::actor::Actor;
use case::channel::Channel;
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use case::submission::{FileRole, StoredFile};
use channels::call::recording;

use crate::gateway::Gateway;
use crate::intake::receipt::Receipt;
use crate::intake::receive::{ORIGINAL_LIMIT, TakenIn, failed};

/// A file of a call, as it was brought.
#[derive(Debug, Clone, Copy)]
pub struct CallFile<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What became of a call that was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// It was registered; the caller can be told the number.
    Registered(Receipt),
    /// The recording is durable; a job has it written down.
    TakenIn(TakenIn),
}

impl Gateway {
    /// Takes a call in: one transcript, one recording, or one of each. When this returns, everything is durable. A replay gives the
    /// earlier receipt and changes nothing.
    ///
    /// # Errors
    /// Nothing or more than that was brought, the door refuses the transcript (it is then in the quarantine), or the store failed.
    pub async fn bring_call(&self, files: &[CallFile<'_>], by: Actor) -> Result<Brought, Problem> {
        let (recordings, transcripts): (Vec<&CallFile<'_>>, Vec<&CallFile<'_>>) =
            files.iter().partition(|file| recording::is_one(file.bytes));
        match (transcripts.as_slice(), recordings.as_slice()) {
            ([], []) => Err(ProblemCode::EmptyInput.because("没有通话记录，也没有录音")),
            ([transcript], []) => {
                let receipt =
                    self.submit_from(Channel::Call, transcript.name, transcript.bytes, Vec::new(), by).await?;
                Ok(Brought::Registered(receipt))
            }
            ([transcript], [recording]) => {
                let kept = self.keep_recording(transcript, recording).await?;
                let receipt = self.submit_from(Channel::Call, transcript.name, transcript.bytes, kept, by).await?;
                Ok(Brought::Registered(receipt))
            }
            ([], [recording]) => {
                Ok(Brought::TakenIn(self.receive_from(Channel::Call, recording.name, recording.bytes, by).await?))
            }
            (_, _) => Err(ProblemCode::InvalidField.because("一次来电只能有一份通话记录和一份录音")),
        }
    }

    /// Stores the recording of a transcript that will be registered. Nothing is stored for a replay or a refusal: nothing would name it.
    async fn keep_recording(
        &self,
        transcript: &CallFile<'_>,
        recording: &CallFile<'_>,
    ) -> Result<Vec<StoredFile>, Problem> {
        if recording.bytes.len() > ORIGINAL_LIMIT {
            return Err(ProblemCode::InputTooLarge.because(format!("录音超过{}MB", ORIGINAL_LIMIT >> 20)));
        }
        let earlier = self.earlier_arrival(Channel::Call, transcript.bytes).await?;
        if earlier.is_some() || channels::call::read(transcript.bytes, None).is_err() {
            return Ok(Vec::new());
        }
        let hash = self.files.put(recording.bytes).await.map_err(|error| failed(&error))?;
        Ok(vec![StoredFile {
            role: FileRole::Attachment,
            name: recording.name.to_owned(),
            media_type: channels::media_type(recording.bytes).to_owned(),
            hash,
            bytes: u64::try_from(recording.bytes.len()).unwrap_or(u64::MAX),
        }])
    }

    /// The arrival behind what was brought, and whether it had come before.
    ///
    /// # Errors
    /// The store failed.
    pub async fn arrival_of(&self, brought: &Brought) -> Result<(ArrivalId, bool), Problem> {
        match brought {
            Brought::TakenIn(taken) => Ok((taken.arrival.id, taken.replay)),
            Brought::Registered(receipt) => {
                let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
                let submission = lookups.submission(receipt.submission).await.map_err(|error| failed(&error))?;
                let submission = submission.ok_or_else(|| Problem::from(ProblemCode::Internal))?;
                Ok((submission.arrival, receipt.replay))
            }
        }
    }
}
