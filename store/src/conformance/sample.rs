//! Invented records for the rules.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use case::arrival::{Arrival, ArrivalState};
use case::batch::{Batch, BatchFile, BatchFileState, BatchSource, Parting, SealedEnvelope, SealedState};
use case::channel::Channel;
use case::class::ContentClass;
use case::content_hash::ContentHash;
use case::dispatch::{Delivery, Dispatch, DispatchKind};
use case::event::{EventKind, NewEvent};
use case::field::{Confidence, Field};
use case::finding::{Decision, Finding, Part, Reason, Relation, Side, Span};
use case::id::{
    ArrivalId, BatchFileId, BatchId, CaseId, CorrectionId, DispatchId, FindingId, JobId, NoticeId, SealedEnvelopeId,
    StaffId, SubmissionId,
};
use case::matter::Case;
use case::notice::{Language, Notice, NoticeKind};
use case::number::{OfficePrefix, RegistrationNumber};
use case::petitioner::Petitioner;
use case::ports::{Clock, ManualClock, Randomness};
use case::purpose::Purpose;
use case::query_code::QueryCode;
use case::secrecy::Secrecy;
use case::source_key::SourceKey;
use case::staff::{Role, Staff, UserName};
use case::state::CaseState;
use case::statement::{Place, Statement};
use case::submission::{FileRole, StoredFile, Submission};
use case::unit::{Unit, UnitCode, UnitKind};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::jobs::NewJob;
use crate::{Store, StoreError};

/// What making a sample can fail with: a value of ours that does not parse, or the store.
pub(super) type Made<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The day on which the samples are registered.
pub const DAY: Date = date(2026, 11, 24);

/// The random bytes of the samples: different each time, the same in each run.
#[derive(Debug, Default)]
struct Counted(AtomicU32);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&count.to_le_bytes());
        hasher.finalize_xof().fill(bytes);
    }
}

/// Makes records that do not collide.
#[derive(Debug)]
pub struct Samples {
    clock: ManualClock,
    randomness: Counted,
    numbers: AtomicU32,
}

impl Default for Samples {
    fn default() -> Self {
        let morning = Timestamp::from_microsecond(1_795_482_000_123_456).unwrap_or_default();
        Self { clock: ManualClock::at(morning), randomness: Counted::default(), numbers: AtomicU32::new(1) }
    }
}

/// An arrival with its submission and the case that was opened for it.
#[derive(Debug, Clone)]
pub struct Registered {
    /// What stood at the door.
    pub arrival: Arrival,
    /// What was read.
    pub submission: Submission,
    /// What was opened.
    pub case: Case,
}

impl Samples {
    /// A moment; each one a minute later than the one before.
    pub fn moment(&self) -> Timestamp {
        self.clock.advance(Duration::from_secs(60));
        self.clock.now()
    }

    /// A fresh identifier, by the function of its kind.
    fn id<T>(&self, fresh: fn(&dyn Clock, &dyn Randomness) -> T) -> T {
        fresh(&self.clock, &self.randomness)
    }

    /// The identifier of a correction.
    pub fn correction_id(&self) -> CorrectionId {
        self.id(CorrectionId::fresh)
    }

    /// A batch of a scanner.
    pub fn batch(&self) -> Batch {
        Batch {
            id: self.id(BatchId::fresh),
            name: "前台扫描仪 2026-11-24".to_owned(),
            source: BatchSource::Folder,
            opened_at: self.moment(),
            opened_by: case::actor::Actor::System,
        }
    }

    /// A file of `batch` that waits to be parted.
    pub fn batch_file(&self, batch: BatchId) -> BatchFile {
        let id = self.id(BatchFileId::fresh);
        BatchFile {
            id,
            batch,
            name: "扫描 0001.pdf".to_owned(),
            original: ContentHash::of(id.to_string().as_bytes()),
            backs: Some(ContentHash::of("背面".as_bytes())),
            bytes: 9_000_000_000,
            received_at: self.moment(),
            parting: Parting { whole: false, envelope_first: true },
            state: BatchFileState::Waiting,
        }
    }

    /// A number of [`DAY`] that no other sample has.
    ///
    /// # Errors
    /// The day's numbers are used up.
    pub fn number(&self) -> Made<RegistrationNumber> {
        let sequence = self.numbers.fetch_add(1, Ordering::Relaxed);
        Ok(RegistrationNumber::new(OfficePrefix::parse("DZ")?, DAY, sequence)?)
    }

    /// Two sealed envelopes that lie in the mailroom.
    ///
    /// # Errors
    /// The day's numbers are used up.
    pub fn sealed_envelope(&self) -> Made<SealedEnvelope> {
        Ok(SealedEnvelope {
            id: self.id(SealedEnvelopeId::fresh),
            number: self.number()?,
            pieces: 2,
            received_at: self.moment(),
            received_by: case::actor::Actor::Staff { staff: self.id(StaffId::fresh) },
            state: SealedState::Held,
        })
    }

    /// An arrival that waits at a door.
    pub fn arrival(&self, channel: Channel) -> Arrival {
        let id = self.id(ArrivalId::fresh);
        let bytes = format!("来件 {id}");
        Arrival {
            id,
            channel,
            source_key: SourceKey::new(channel, "file", &[bytes.as_bytes()]),
            source_name: "扫描件 0001.pdf".to_owned(),
            original: ContentHash::of(bytes.as_bytes()),
            original_bytes: 12,
            received_at: self.moment(),
            state: ArrivalState::Waiting,
        }
    }

    /// An arrival, its submission and its case, which fit each other and are not in any store.
    ///
    /// # Errors
    /// A value of the sample does not parse.
    pub fn registered(&self, channel: Channel, secrecy: Secrecy) -> Made<Registered> {
        let arrival = self.arrival(channel);
        let sequence = self.numbers.fetch_add(1, Ordering::Relaxed);
        let number = RegistrationNumber::new(OfficePrefix::parse("DZ")?, DAY, sequence)?;
        let registered_at = self.moment();
        let case = Case {
            id: self.id(CaseId::fresh),
            number: number.clone(),
            title: "锦绣华庭小区停水三天".to_owned(),
            opened_at: registered_at,
            state: CaseState::Registered { at: registered_at },
            secrecy,
            purpose: Purpose::AppealOrDemand,
            class: Some(Field::typed(ContentClass::parse("010203")?, "class")),
            place: Some(Field::typed(Place { text: "北城区".to_owned(), code: None }, "place")),
            suggestion: None,
            version: 1,
        };
        let title = Field::typed("锦绣华庭小区停水三天".to_owned(), "title");
        let mut statement = Statement::new(title, "请尽快恢复供水。".to_owned());
        statement.petitioners =
            vec![Petitioner { name: Some(Field::typed("张甲".to_owned(), "name")), ..Petitioner::default() }];
        let submission = Submission {
            id: self.id(SubmissionId::fresh),
            arrival: arrival.id,
            number,
            query_code: QueryCode::fresh(&self.randomness),
            case: case.id,
            own_case: case.id,
            sequence: u64::from(sequence),
            channel,
            received_at: arrival.received_at,
            registered_at,
            secrecy,
            statement: statement.with_missing_marked(),
            files: vec![StoredFile {
                role: FileRole::Original,
                name: arrival.source_name.clone(),
                media_type: "application/pdf".to_owned(),
                hash: arrival.original,
                bytes: arrival.original_bytes,
            }],
        };
        Ok(Registered { arrival, submission, case })
    }

    /// The same, kept in `store`.
    ///
    /// # Errors
    /// The store failed.
    pub async fn keep(&self, store: &dyn Store, channel: Channel, secrecy: Secrecy) -> Made<Registered> {
        let registered = self.registered(channel, secrecy)?;
        let mut unit = store.begin().await?;
        unit.insert_arrival(&registered.arrival).await?;
        unit.insert_case(&registered.case).await?;
        unit.insert_submission(&registered.submission).await?;
        unit.commit().await?;
        Ok(registered)
    }

    /// An open finding that `later` may have to do with `earlier`.
    #[must_use]
    pub fn finding(&self, later: &Registered, earlier: &Registered, score: f32) -> Finding {
        let reason = |kind: &str, text: &str| Reason {
            spans: vec![Span { side: Side::Earlier, part: Part::Title, start: 2, end: 6 }],
            ..Reason::new(kind, text, vec!["锦绣华庭".to_owned()])
        };
        Finding {
            id: self.id(FindingId::fresh),
            submission: later.submission.id,
            other_submission: earlier.submission.id,
            other: earlier.case.id,
            relation: Relation::SameMatter,
            score: Confidence::new(score),
            reasons: vec![reason("shared_place", "都提到“锦绣华庭小区”")],
            against: vec![reason("other_demand", "诉求不同")],
            found_at: self.moment(),
            decision: Decision::Open,
        }
    }

    /// A dispatch of `case` to `lead`.
    ///
    /// # Errors
    /// `lead` is no unit code.
    pub fn dispatch(&self, case: CaseId, lead: &str) -> Made<Dispatch> {
        Ok(Dispatch {
            id: self.id(DispatchId::fresh),
            case,
            lead: UnitCode::parse(lead)?,
            assisting: vec![UnitCode::parse("zjj")?],
            kind: DispatchKind::Assign,
            by: case::actor::Actor::Staff { staff: self.id(StaffId::fresh) },
            decided_at: self.moment(),
            note: Some("请于五日内答复".to_owned()),
            delivery: Delivery::Waiting,
        })
    }

    /// A notice about the submission of `kept` to a recipient.
    #[must_use]
    pub fn notice(&self, kept: &Registered, recipient: &str) -> Notice {
        Notice {
            id: self.id(NoticeId::fresh),
            submission: kept.submission.id,
            case: kept.case.id,
            kind: NoticeKind::Acknowledgement,
            language: Language::En,
            recipient: recipient.to_owned(),
            made_at: self.moment(),
            delivery: Delivery::Waiting,
        }
    }

    /// An event about `case`.
    pub fn event(&self, case: Option<CaseId>) -> NewEvent {
        NewEvent {
            case,
            arrival: None,
            at: self.moment(),
            by: case::actor::Actor::System,
            kind: EventKind::Registered,
            note: "登记".to_owned(),
            detail: serde_json::json!({ "z": 0.1, "a": [1, "二", null], "m": { "y": 1, "b": true } }),
        }
    }

    /// A job of `queue`, due at `run_at`.
    pub fn job(&self, queue: &str, kind: &str, run_at: Timestamp) -> NewJob {
        NewJob {
            id: self.id(JobId::fresh),
            kind: kind.to_owned(),
            queue: queue.to_owned(),
            payload: serde_json::json!({ "arrival": "0193" }),
            case: None,
            run_at,
            unique_key: None,
        }
    }

    /// A member of the staff.
    ///
    /// # Errors
    /// `user_name` is no user name.
    pub fn staff(&self, user_name: &str) -> Made<Staff> {
        Ok(Staff {
            id: self.id(StaffId::fresh),
            user_name: UserName::parse(user_name)?,
            display_name: "李乙".to_owned(),
            roles: vec![Role::Officer, Role::Clerk],
            active: true,
        })
    }
}

/// A unit with every field filled.
///
/// # Errors
/// `code` is no unit code.
pub fn unit(code: &str) -> Made<Unit> {
    Ok(Unit {
        code: UnitCode::parse(code)?,
        name: "定州市水务局".to_owned(),
        aliases: vec!["水务局".to_owned()],
        parent: Some(UnitCode::parse("zf")?),
        kind: UnitKind::Department,
        classes: vec![ContentClass::parse("010200")?],
        places: vec![case::place::PlaceCode::parse("130682001")?],
        head: Some("王丙".to_owned()),
        mail_address: Some("shuiwu@example.invalid".to_owned()),
        phone: Some("0312-5550001".to_owned()),
        active: true,
    })
}

/// Enqueues `job` in a unit of work of its own.
///
/// # Errors
/// The store failed.
pub async fn enqueue(store: &dyn Store, job: &NewJob) -> Result<bool, StoreError> {
    let mut unit = store.begin().await?;
    let added = unit.enqueue(job).await?;
    unit.commit().await?;
    Ok(added)
}
