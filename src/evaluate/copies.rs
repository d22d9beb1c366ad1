//! Controlled copies of invented petitions: what is found and what is joined wrongly, for each way to copy and each door.
//!
//! The office holds a thousand or two invented originals. Each copy is looked up as if it had just come in; the truth is known
//! because the copy was made. A copy about another place is another matter: calling it the same one is a false join.

use std::collections::BTreeMap;

use case::channel::Channel;
use case::finding::Relation;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind};
use jiff::{SignedDuration, Timestamp};
use search::SearchError;
use search::document::{Document, Space};
use search::engine::{CandidateQuery, Reach, SearchEngine};
use search::evaluate::Progress;
use search::judge::{Judge, Petition, Prepared};
use serde::Serialize;
use uuid::Uuid;

use crate::sample::generator::{CopyKind, Copying, GeneratedPetition, Generator, through};
use crate::sample::random::Sequence;

/// The seed of the series: the same copies in every measurement.
const SEED: u64 = 20_261_124;
/// Invented originals in the index, each a matter of its own.
const ORIGINALS: u64 = 1_500;
/// Copies of each kind behind each door.
const COPIES: usize = 25;
/// How often a copy is by the writer of the original, in thousandths.
const SAME_PERSON: u16 = 500;
/// Candidates that the judge sees, as in the gateway.
const CANDIDATES: usize = 30;
/// Documents put into the engine at once.
const BATCH: usize = 500;
/// When the first original came in: 2026-01-01.
const BEGINNING: i64 = 1_767_225_600;

/// Figures by kind of copy, then by door.
pub type Copies = BTreeMap<&'static str, BTreeMap<&'static str, CopyFigures>>;

/// What became of the copies of one kind behind one door.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CopyFigures {
    /// How many.
    pub copies: usize,
    /// The share whose original was among the candidates.
    pub found: f64,
    /// The share whose original was called the same matter. A copy about another place has none: always 0 there.
    pub recall: f64,
    /// The share for which a petition about another matter was called the same matter.
    pub false_join: f64,
    /// The share for which such a petition would have been joined without a person, were the petitioner certain.
    pub wrong_automatic: f64,
}

/// Measures `engine`, empty at the start, and the judge that is made once the originals are in it.
///
/// # Errors
/// The engine failed.
pub async fn measure(
    engine: &dyn SearchEngine,
    judge: &(dyn Fn() -> Result<Judge, SearchError> + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Copies, SearchError> {
    let originals: Vec<GeneratedPetition> =
        (0..ORIGINALS).map(|number| Generator::new(SEED).copying(Copying::none()).petition(number)).collect();
    for batch in originals.chunks(BATCH) {
        engine.put(batch.iter().map(document).collect()).await?;
    }
    let mut office = Office { judge: judge()?, engine, originals: &originals, prepared: BTreeMap::new() };
    let mut figures = Copies::new();
    let all = CopyKind::COPIES.len().saturating_mul(Channel::ALL.len());
    let mut done = 0_usize;
    for kind in CopyKind::COPIES {
        let copies = copies(kind);
        for door in Channel::ALL {
            let measured = office.look_up_all(&copies, door).await?;
            figures.entry(kind.as_str()).or_default().insert(door.as_str(), measured);
            done = done.saturating_add(1);
            progress(Progress::LookedUp(done, all));
        }
    }
    Ok(figures)
}

/// Copies of one kind of the originals, from behind their end in the series.
fn copies(kind: CopyKind) -> Vec<GeneratedPetition> {
    let copying = Copying { same_person_per_mille: SAME_PERSON, ..Copying::none() };
    let generator = Generator::new(SEED).copying(copying);
    (ORIGINALS..generator.capacity())
        .filter_map(|number| generator.copy(number, ORIGINALS, kind))
        .take(COPIES)
        .collect()
}

struct Office<'a> {
    judge: Judge,
    engine: &'a dyn SearchEngine,
    originals: &'a [GeneratedPetition],
    prepared: BTreeMap<u64, Prepared>,
}

impl Office<'_> {
    async fn look_up_all(&mut self, copies: &[GeneratedPetition], door: Channel) -> Result<CopyFigures, SearchError> {
        let (mut found, mut recalled, mut wrong, mut automatic) = (0_usize, 0_usize, 0_usize, 0_usize);
        for copy in copies {
            let seen = self.look_up(copy, door).await?;
            found = found.saturating_add(usize::from(seen.found));
            recalled = recalled.saturating_add(usize::from(seen.recalled));
            wrong = wrong.saturating_add(usize::from(seen.wrong));
            automatic = automatic.saturating_add(usize::from(seen.automatic));
        }
        let share = |count: usize| ratio(count, copies.len());
        Ok(CopyFigures {
            copies: copies.len(),
            found: share(found),
            recall: share(recalled),
            false_join: share(wrong),
            wrong_automatic: share(automatic),
        })
    }

    async fn look_up(&mut self, copy: &GeneratedPetition, door: Channel) -> Result<Seen, SearchError> {
        let mut sequence = Sequence::of_item(SEED, copy.number);
        let body = through(door, &copy.body, &mut sequence);
        // A caller gives no title; what is said first stands for it.
        let title = if door == Channel::Call { body.chars().take(24).collect() } else { copy.title.clone() };
        let later = Petition { title, body, channel: door, ..petition(copy) };
        let query = CandidateQuery {
            reach: Reach::Ordinary,
            title: later.title.clone(),
            body: later.body.clone(),
            identity: later.identity.clone(),
            before: None,
            limit: CANDIDATES,
        };
        let later = self.judge.prepare(&later);
        let mut seen = Seen::default();
        for hit in self.engine.candidates(&query).await? {
            let number = u64::try_from(hit.submission.as_uuid().as_u128()).unwrap_or(u64::MAX);
            let Some(original) = usize::try_from(number).ok().and_then(|place| self.originals.get(place)) else {
                continue;
            };
            let judge = &self.judge;
            let earlier = self.prepared.entry(number).or_insert_with(|| judge.prepare(&petition(original)));
            let judgement = judge.judge_prepared(&later, earlier);
            let same = matches!(judgement.relation, Some(Relation::Repeat | Relation::SameMatter));
            let right = original.matter == copy.matter;
            seen.found |= copy.copy_of == Some(number);
            seen.recalled |= same && right;
            seen.wrong |= same && !right;
            seen.automatic |= judgement.near_identical && !right;
        }
        Ok(seen)
    }
}

#[derive(Debug, Default)]
struct Seen {
    found: bool,
    recalled: bool,
    wrong: bool,
    automatic: bool,
}

fn ratio(part: usize, whole: usize) -> f64 {
    let real = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

fn identity(petition: &GeneratedPetition) -> Vec<IdentityKey> {
    vec![IdentityKey { kind: IdentityKind::Phone, digest: petition.petitioner.phone.clone() }]
}

fn registered_at(number: u64) -> Timestamp {
    // One every hour and a half; copies come in behind all originals, within weeks.
    let minutes = i64::try_from(number.min(ORIGINALS.saturating_add(500)).saturating_mul(90)).unwrap_or(0);
    Timestamp::from_second(BEGINNING).unwrap_or(Timestamp::UNIX_EPOCH) + SignedDuration::from_mins(minutes)
}

fn petition(petition: &GeneratedPetition) -> Petition {
    Petition {
        title: petition.title.clone(),
        body: petition.body.clone(),
        registered_at: registered_at(petition.number),
        channel: Channel::Web,
        identity: identity(petition),
        respondents: petition.respondent.iter().cloned().collect(),
        place: Some(format!("{}{}", petition.village.township, petition.village.name)),
    }
}

fn document(petition: &GeneratedPetition) -> Document {
    Document {
        submission: SubmissionId::from_uuid(Uuid::from_u128(u128::from(petition.number))),
        case: CaseId::from_uuid(Uuid::from_u128(u128::from(petition.number))),
        sequence: petition.number.saturating_add(1),
        space: Space::Ordinary,
        channel: Channel::Web,
        registered_at: registered_at(petition.number),
        title: petition.title.clone(),
        body: petition.body.clone(),
        respondents: petition.respondent.iter().cloned().collect(),
        place: Some(format!("{}{}", petition.village.township, petition.village.name)),
        place_code: None,
        class: None,
        identity: identity(petition),
    }
}
