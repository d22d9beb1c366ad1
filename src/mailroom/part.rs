//! The job that parts a batch's file into letters, each an arrival of its own.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::batch::{BatchFile, BatchFileState, BatchLetter, LetterPage, NumberUse};
use case::channel::Channel;
use case::content_hash::ContentHash;
use case::event::EventKind;
use case::id::{ArrivalId, BatchFileId};
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;
use store::Lookups;
use store::arrivals::Received;
use store::jobs::Claim;

use super::code::Code;
use super::parting::{self, FoundLetter, SeenPage};
use super::take_in::file_event;
use crate::gateway::Gateway;
use crate::intake::receive::{received_event, source_key};
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Task, reading_queue};

/// A stack, looked at.
struct Stack {
    /// The file, and the file of its backs.
    files: Vec<Vec<u8>>,
    /// Its pages in reading order: file and page from 0.
    places: Vec<(usize, u16)>,
    /// What is on them.
    seen: Vec<SeenPage>,
}

/// A letter taken out of a stack and stored.
struct TakenOut {
    arrival: Arrival,
    letter: BatchLetter,
}

impl Gateway {
    /// Parts the file and settles it. Running again after a crash parts it again: same pages, same arrivals.
    ///
    /// # Errors
    /// The store failed, or what reads scans is missing for now.
    pub(crate) async fn part_batch_file(&self, id: BatchFileId, claim: &Claim) -> Result<(), Failure> {
        let file = self.store.read().await?.batch_file(id).await?;
        let file = file.ok_or_else(|| Failure::subject_gone("批量扫描件"))?;
        if matches!(file.state, BatchFileState::Parted { .. }) {
            let mut unit = self.store.begin().await?;
            unit.finish_job(claim).await?;
            return Ok(unit.commit().await?);
        }
        match self.take_apart(&file).await {
            Ok((pages, letters)) => self.settle_parted(&file, pages, letters, claim).await,
            Err(Failure::Never(problem)) if problem.code != ProblemCode::IntegrityBroken => {
                self.settle_unparted(&file, problem, claim).await
            }
            Err(failure) => Err(failure),
        }
    }

    async fn take_apart(&self, file: &BatchFile) -> Result<(u16, Vec<TakenOut>), Failure> {
        let stack = self.look_at_stack(file).await?;
        self.step("part.after_look");
        self.refuse_sealed(&stack.seen).await?;
        let found = parting::part(&stack.seen, file.parting);
        if found.is_empty() {
            return Err(Failure::Never(ProblemCode::EmptyInput.because("只有分隔页或空白，没有信件")));
        }
        let mut taken = Vec::with_capacity(found.len());
        for (index, letter) in found.into_iter().enumerate() {
            let place = u16::try_from(index + 1).unwrap_or(u16::MAX);
            taken.push(self.take_out(file, &stack, letter, place).await?);
        }
        self.step("part.after_files");
        Ok((u16::try_from(stack.places.len()).unwrap_or(u16::MAX), taken))
    }

    async fn look_at_stack(&self, file: &BatchFile) -> Result<Stack, Failure> {
        let mut files = Vec::new();
        for hash in std::iter::once(file.original).chain(file.backs) {
            let bytes = self.files.get(hash).await?;
            files.push(bytes.ok_or_else(|| Failure::Never(ProblemCode::IntegrityBroken.because("原件不在存储中")))?);
        }
        let surveys = self.letters.survey(&files).await.map_err(|problem| {
            if channels::letter::is_temporary(&problem) { Failure::Later(problem) } else { Failure::Never(problem) }
        })?;
        let length =
            |index: usize| surveys.get(index).map_or(0, |pages| u16::try_from(pages.len()).unwrap_or(u16::MAX));
        let places = if file.backs.is_some() {
            parting::collate(length(0), length(1)).ok_or_else(|| {
                let detail = format!("正面{}页，背面{}页，张数不符，请重新扫描", length(0), length(1));
                Failure::Never(ProblemCode::MalformedInput.because(detail))
            })?
        } else {
            (0..length(0)).map(|page| (0, page)).collect()
        };
        let seen = places.iter().map(|(file, page)| {
            let survey = surveys.get(*file).and_then(|pages| pages.get(usize::from(*page)));
            survey.map_or_else(SeenPage::default, |survey| SeenPage {
                codes: survey.codes.iter().filter_map(|text| Code::parse(text, &self.secret)).collect(),
                blank: survey.blank,
            })
        });
        let seen = seen.collect();
        Ok(Stack { files, places, seen })
    }

    /// That no page carries the sticker of a sealed envelope: then nothing of the file is read.
    async fn refuse_sealed(&self, seen: &[SeenPage]) -> Result<(), Failure> {
        let sealed = || {
            Failure::Never(
                ProblemCode::SealedScanned.because("其中有密封件标签；全部内容未识别、未登记，请移交专办人员"),
            )
        };
        let mut lookups = self.store.read().await?;
        for code in seen.iter().flat_map(|page| &page.codes) {
            match code {
                Code::Sealed(_) => return Err(sealed()),
                Code::Registered(number) => {
                    let reserved = lookups.reserved_number(number).await?;
                    if reserved.is_some_and(|reserved| matches!(reserved.used, NumberUse::Sealed { .. })) {
                        return Err(sealed());
                    }
                }
                Code::Separator(_) => {}
            }
        }
        Ok(())
    }

    /// Stores the letter's own original. Of a file that is one letter from its first page to its last, that is the file itself.
    async fn take_out(
        &self,
        file: &BatchFile,
        stack: &Stack,
        letter: FoundLetter,
        place: u16,
    ) -> Result<TakenOut, Failure> {
        let whole = file.backs.is_none() && letter.pages.len() == stack.places.len();
        let places: Vec<(usize, u16)> =
            letter.pages.iter().filter_map(|(page, _)| stack.places.get(*page).copied()).collect();
        let key = match stack.files.first() {
            Some(bytes) if whole => source_key(Channel::Letter, bytes),
            Some(_) | None => stack_key(file, &letter),
        };
        let earlier = self.store.read().await?.arrival_by_source_key(&key).await?;
        let (original, original_bytes) = match earlier {
            Some(earlier) => (earlier.original, earlier.original_bytes),
            None if whole => (file.original, file.bytes),
            None => {
                let taken = self.letters.take_out(&stack.files, &places).await.map_err(|problem| {
                    if channels::letter::is_temporary(&problem) {
                        Failure::Later(problem)
                    } else {
                        Failure::Never(problem)
                    }
                })?;
                (self.files.put(&taken).await?, u64::try_from(taken.len()).unwrap_or(u64::MAX))
            }
        };
        let number = |page: usize| u16::try_from(page + 1).unwrap_or(u16::MAX);
        let blank = |page: usize| stack.seen.get(page).is_some_and(|seen| seen.blank);
        let pages: Vec<LetterPage> = letter
            .pages
            .iter()
            .map(|(page, part)| LetterPage { page: number(*page), part: *part, blank: blank(*page) })
            .collect();
        let source_name = match (whole, pages.first(), pages.last()) {
            (false, Some(first), Some(last)) if first.page == last.page => format!("{} 第{}页", file.name, first.page),
            (false, Some(first), Some(last)) => format!("{} 第{}至{}页", file.name, first.page, last.page),
            _ => file.name.clone(),
        };
        let arrival = Arrival {
            id: ArrivalId::fresh(&*self.clock, &*self.randomness),
            channel: Channel::Letter,
            source_key: key,
            source_name,
            original,
            original_bytes,
            received_at: file.received_at,
            state: ArrivalState::Waiting,
        };
        let letter =
            BatchLetter { file: file.id, place, arrival: arrival.id, replay: false, pages, number: letter.number };
        Ok(TakenOut { arrival, letter })
    }

    async fn settle_parted(
        &self,
        file: &BatchFile,
        pages: u16,
        letters: Vec<TakenOut>,
        claim: &Claim,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let count = u16::try_from(letters.len()).unwrap_or(u16::MAX);
        let mut unit = self.store.begin().await?;
        for TakenOut { arrival, mut letter } in letters {
            match unit.insert_arrival(&arrival).await? {
                Received::New => {
                    unit.append_event(received_event(&arrival, Actor::System)).await?;
                    let task = Task::ReadArrival { arrival: arrival.id, anyway: false };
                    unit.enqueue(&self.job(&task, reading_queue(arrival.channel), None, at)).await?;
                }
                Received::Replay(earlier) => {
                    letter.arrival = earlier.id;
                    letter.replay = true;
                }
            }
            unit.insert_batch_letter(&letter).await?;
        }
        unit.settle_batch_file(file.id, &BatchFileState::Parted { pages, letters: count, at }).await?;
        let mut event = file_event(file, EventKind::BatchFileParted, format!("{pages}页，{count}件"));
        event.at = at;
        unit.append_event(event).await?;
        unit.finish_job(claim).await?;
        self.step("part.before_commit");
        unit.commit().await?;
        self.step("part.after_commit");
        self.wake.ring();
        Ok(())
    }

    async fn settle_unparted(&self, file: &BatchFile, problem: Problem, claim: &Claim) -> Result<(), Failure> {
        let at = self.clock.now();
        let mut unit = self.store.begin().await?;
        let mut event = file_event(file, EventKind::BatchFileRefused, problem.code.title().to_owned());
        event.at = at;
        unit.append_event(event).await?;
        unit.settle_batch_file(file.id, &BatchFileState::Refused { problem, at }).await?;
        unit.finish_job(claim).await?;
        Ok(unit.commit().await?)
    }
}

/// What makes two letters of stacks the same input: the stack's bytes and the pages.
fn stack_key(file: &BatchFile, letter: &FoundLetter) -> SourceKey {
    let backs = file.backs.as_ref().map_or(&[][..], |backs| ContentHash::as_bytes(backs).as_slice());
    let pages: Vec<u8> =
        letter.pages.iter().flat_map(|(page, _)| u32::try_from(*page).unwrap_or(u32::MAX).to_le_bytes()).collect();
    SourceKey::new(Channel::Letter, "stack", &[file.original.as_bytes(), backs, &pages])
}

/// Whether every letter of the file is read: true when at least one of them was registered, false when none was; none while
/// something is still to be done.
///
/// # Errors
/// The store failed.
pub(crate) async fn outcome(lookups: &mut dyn Lookups, file: &BatchFile) -> Result<Option<bool>, store::StoreError> {
    match &file.state {
        BatchFileState::Waiting => Ok(None),
        BatchFileState::Refused { .. } => Ok(Some(false)),
        BatchFileState::Parted { .. } => {
            let mut registered = false;
            for letter in lookups.batch_letters(file.id).await? {
                match lookups.arrival(letter.arrival).await?.map(|arrival| arrival.state) {
                    Some(ArrivalState::Waiting) => return Ok(None),
                    Some(ArrivalState::Registered { .. }) => registered = true,
                    Some(ArrivalState::Refused { .. }) | None => {}
                }
            }
            Ok(Some(registered))
        }
    }
}
