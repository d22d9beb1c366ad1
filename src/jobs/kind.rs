//! Which jobs there are and which workers take them.

use case::channel::Channel;
use case::id::{ArrivalId, BatchFileId, DispatchId, JobId, NoticeId, PublishedAnswerId, SubmissionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::jobs::NewJob;

use crate::gateway::Gateway;

/// Workers that share one pace: slow work has a queue of its own, so that it never delays quick work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Indexing, judging.
    Quick,
    /// Sending mail: a mail server that does not answer holds up nothing but mail.
    Sending,
    /// Reading mails.
    Mails,
    /// Reading letters.
    Letters,
    /// Reading calls; a recording that must be written down takes as long as it lasts.
    Calls,
    /// Making the search index anew, which takes minutes.
    Rebuilding,
}

impl Queue {
    /// Every queue.
    pub const ALL: [Self; 6] = [Self::Quick, Self::Sending, Self::Mails, Self::Letters, Self::Calls, Self::Rebuilding];

    /// The name in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Sending => "sending",
            Self::Mails => "mails",
            Self::Letters => "letters",
            Self::Calls => "calls",
            Self::Rebuilding => "rebuilding",
        }
    }

    /// How many submissions one worker judges at a time, so that they share commits. Everything else is done one by one: numbers are given
    /// in the order in which originals came, and what takes a core for long or waits for a server holds nothing else up.
    #[must_use]
    pub const fn together(self) -> u32 {
        match self {
            Self::Quick => 16,
            Self::Mails | Self::Sending | Self::Letters | Self::Calls | Self::Rebuilding => 1,
        }
    }

    /// Whether its jobs read what came in, which may take longer than any lease.
    #[must_use]
    pub const fn reads(self) -> bool {
        match self {
            Self::Mails | Self::Letters | Self::Calls => true,
            Self::Quick | Self::Sending | Self::Rebuilding => false,
        }
    }

    /// How long a worker may hold a job before another one takes it.
    #[must_use]
    pub const fn lease(self) -> std::time::Duration {
        match self {
            // A rebuild extends its lease as it goes on.
            Self::Quick | Self::Rebuilding => std::time::Duration::from_secs(120),
            // Every answer of a mail server may take a minute.
            Self::Sending => std::time::Duration::from_secs(900),
            // A letter may have hundreds of pages; `jobs::runner` extends it while they are read.
            Self::Mails | Self::Letters => std::time::Duration::from_secs(1800),
            Self::Calls => std::time::Duration::from_secs(3600),
        }
    }
}

/// How often indexing and judging are tried before a person must look: for about an hour.
pub const INDEX_ATTEMPTS: u32 = 12;

/// What a job is to do. Holds identifiers only; the names are stored, so they are never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// Read an arrival and register it.
    ReadArrival {
        /// Which.
        arrival: ArrivalId,
        /// Whether a mail is registered whatever its outside says: a person took it for a petition, or it came again without a mark of spam.
        #[serde(default)]
        anyway: bool,
    },
    /// Put a submission into the search index. Done for many at once.
    IndexSubmission {
        /// Which.
        submission: SubmissionId,
    },
    /// Compare a submission with earlier ones, suggest class and unit.
    JudgeSubmission {
        /// Which.
        submission: SubmissionId,
    },
    /// Part a file of a batch into letters.
    PartBatchFile {
        /// Which.
        file: BatchFileId,
    },
    /// Read the pages of a letter that could not be read again.
    ReadAgain {
        /// Which.
        submission: SubmissionId,
    },
    /// Read the pages of a later scan that could not be read again.
    ReadLaterScanAgain {
        /// The letter.
        submission: SubmissionId,
        /// What brought the scan.
        arrival: ArrivalId,
    },
    /// Read the attachments of a registered mail that could not be read.
    ReadAttachments {
        /// Which.
        submission: SubmissionId,
        /// How many such jobs came before it: the first reads all that are not read, the others only what nobody has tried yet.
        #[serde(default)]
        round: u8,
    },
    /// Make the archive file of a letter.
    MakeArchive {
        /// Which.
        submission: SubmissionId,
    },
    /// Send a dispatch.
    SendDispatch {
        /// Which.
        dispatch: DispatchId,
    },
    /// Remove the drafts of staff that nobody went on with for longer than they are kept.
    ForgetDrafts,
    /// Put a published answer into its index, or take its words out of it.
    IndexAnswer {
        /// Which.
        answer: PublishedAnswerId,
    },
    /// Make the search index anew from the database.
    RebuildIndex,
    /// Send a notice to a petitioner.
    SendNotice {
        /// Which.
        notice: NoticeId,
    },
}

/// The kinds of job after which a submission has been compared with the earlier ones: [`Task::IndexSubmission`], then [`Task::JudgeSubmission`].
pub const TASKS_OF_JUDGING: [&str; 2] = [INDEX_SUBMISSION, JUDGE_SUBMISSION];
/// [`Task::IndexSubmission`] in the store.
pub const INDEX_SUBMISSION: &str = "index_submission";
/// [`Task::JudgeSubmission`] in the store.
pub const JUDGE_SUBMISSION: &str = "judge_submission";

impl Task {
    /// The name in the store.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ReadArrival { .. } => "read_arrival",
            Self::IndexSubmission { .. } => INDEX_SUBMISSION,
            Self::JudgeSubmission { .. } => JUDGE_SUBMISSION,
            Self::PartBatchFile { .. } => "part_batch_file",
            Self::ReadAgain { .. } => "read_again",
            Self::ReadLaterScanAgain { .. } => "read_later_scan_again",
            Self::ReadAttachments { .. } => "read_attachments",
            Self::MakeArchive { .. } => "make_archive",
            Self::SendDispatch { .. } => "send_dispatch",
            Self::SendNotice { .. } => "send_notice",
            Self::ForgetDrafts => "forget_drafts",
            Self::IndexAnswer { .. } => "index_answer",
            Self::RebuildIndex => "rebuild_index",
        }
    }

    /// The key under which the task is never enqueued twice: its kind and subject.
    #[must_use]
    pub fn unique_key(&self) -> String {
        match self {
            Self::ReadArrival { arrival, .. } | Self::ReadLaterScanAgain { arrival, .. } => {
                format!("{}:{arrival}", self.kind())
            }
            Self::IndexSubmission { submission }
            | Self::JudgeSubmission { submission }
            | Self::ReadAgain { submission }
            | Self::ReadAttachments { submission, .. }
            | Self::MakeArchive { submission } => {
                format!("{}:{submission}", self.kind())
            }
            Self::IndexAnswer { answer } => format!("{}:{answer}", self.kind()),
            Self::PartBatchFile { file } => format!("{}:{file}", self.kind()),
            Self::SendDispatch { dispatch } => format!("{}:{dispatch}", self.kind()),
            Self::ForgetDrafts | Self::RebuildIndex => self.kind().to_owned(),
            Self::SendNotice { notice } => format!("{}:{notice}", self.kind()),
        }
    }

    /// How often the task is tried before a person must look at it.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        match self {
            // A page reader that crashes on an arrival twice will crash again.
            Self::ReadArrival { .. }
            | Self::ReadAgain { .. }
            | Self::ReadLaterScanAgain { .. }
            | Self::PartBatchFile { .. }
            | Self::MakeArchive { .. } => 5,
            Self::IndexAnswer { .. }
            | Self::IndexSubmission { .. }
            | Self::JudgeSubmission { .. }
            | Self::ForgetDrafts
            | Self::RebuildIndex => INDEX_ATTEMPTS,
            // 5 s, 10 s, … up to an hour: a mail server may be down for a night, and so may what reads scans.
            Self::ReadAttachments { .. } | Self::SendDispatch { .. } | Self::SendNotice { .. } => 20,
        }
    }
}

/// How long to wait after the `attempts`-th failure: 5 s, 10 s, 20 s … at most one hour.
#[must_use]
pub fn backoff(attempts: u32) -> std::time::Duration {
    let doublings = attempts.saturating_sub(1).min(10);
    std::time::Duration::from_secs((5 << doublings).min(3600))
}

impl Gateway {
    /// A job for `task`, due at `run_at`.
    #[must_use]
    pub fn job(&self, task: &Task, queue: Queue, case: Option<case::id::CaseId>, run_at: Timestamp) -> NewJob {
        NewJob {
            id: JobId::fresh(&*self.clock, &*self.randomness),
            kind: task.kind().to_owned(),
            queue: queue.as_str().to_owned(),
            // A task is a plain enum of identifiers: it always has a JSON form.
            payload: serde_json::to_value(task).unwrap_or_default(),
            case,
            run_at,
            unique_key: Some(task.unique_key()),
        }
    }
}

/// The queue that reads arrivals of a door.
#[must_use]
pub const fn reading_queue(channel: Channel) -> Queue {
    match channel {
        Channel::Letter => Queue::Letters,
        Channel::Mail => Queue::Mails,
        Channel::Call => Queue::Calls,
        Channel::Web => Queue::Quick,
    }
}
