//! Rules for batches of scans.

use std::sync::Arc;

use case::batch::{Batch, BatchFile, BatchFileState, BatchLetter, BatchSource, LetterPage, PagePart};
use case::channel::Channel;
use case::problem::ProblemCode;

use super::sample::Samples;
use super::{Outcome, is_conflict, is_there_already};
use crate::batches::BatchCount;
use crate::{Paging, Store, StoreError};

const ALL: Paging = Paging { offset: 0, limit: 100 };

/// Opens `batch` and gives the one that stands there.
async fn open(store: &dyn Store, batch: &Batch, run: Option<&str>) -> Result<Batch, StoreError> {
    let mut unit = store.begin().await?;
    let open = unit.open_batch(batch, run).await?;
    unit.commit().await?;
    Ok(open)
}

/// Keeps a file of `batch`.
async fn keep_file(store: &dyn Store, file: &BatchFile) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.insert_batch_file(file).await?;
    unit.commit().await
}

async fn settle(store: &dyn Store, file: &BatchFile, state: &BatchFileState) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.settle_batch_file(file.id, state).await?;
    unit.commit().await
}

/// The letter of `file` at `place`, from an arrival that is kept with it.
async fn keep_letter(
    samples: &Samples,
    store: &dyn Store,
    file: &BatchFile,
    place: u16,
) -> Result<BatchLetter, Box<dyn std::error::Error + Send + Sync>> {
    let arrival = samples.arrival(Channel::Letter);
    let pages = vec![
        LetterPage { page: 1, part: PagePart::Envelope, blank: false },
        LetterPage { page: 2, part: PagePart::Letter, blank: true },
    ];
    let number = Some(samples.number()?);
    let letter = BatchLetter { file: file.id, place, arrival: arrival.id, replay: false, pages, number };
    let mut unit = store.begin().await?;
    unit.insert_arrival(&arrival).await?;
    unit.insert_batch_letter(&letter).await?;
    unit.commit().await?;
    Ok(letter)
}

/// Rule.
pub async fn a_batch_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let batch = samples.batch();
    assert_eq!(open(&*store, &batch, Some("flatbed/2026-11-24")).await?, batch);
    let file = samples.batch_file(batch.id);
    keep_file(&*store, &file).await?;
    assert!(is_there_already(&keep_file(&*store, &file).await));
    let mut lookups = store.read().await?;
    assert_eq!(lookups.batch(batch.id).await?, Some(batch));
    assert_eq!(lookups.batch_file(file.id).await?, Some(file));
    assert_eq!(lookups.batch(samples.batch().id).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_scanners_day_is_one_batch(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (first, second, other) = (samples.batch(), samples.batch(), samples.batch());
    assert_eq!(open(&*store, &first, Some("flatbed/2026-11-24")).await?, first);
    assert_eq!(open(&*store, &second, Some("flatbed/2026-11-24")).await?, first);
    assert_eq!(open(&*store, &other, Some("flatbed/2026-11-25")).await?, other);
    assert_eq!(store.read().await?.batches(ALL).await?.total, 2);
    Ok(())
}

/// Rule.
pub async fn uploads_are_batches_of_their_own(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    for _ in 0..2 {
        let upload = Batch { source: BatchSource::Upload, ..samples.batch() };
        assert_eq!(open(&*store, &upload, None).await?, upload);
    }
    assert_eq!(store.read().await?.batches(ALL).await?.total, 2);
    Ok(())
}

/// Rule.
pub async fn batches_are_counted_and_listed_newest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (earlier, later) = (samples.batch(), samples.batch());
    for batch in [&earlier, &later] {
        open(&*store, batch, None).await?;
    }
    let files = [samples.batch_file(earlier.id), samples.batch_file(earlier.id), samples.batch_file(earlier.id)];
    for file in &files {
        keep_file(&*store, file).await?;
    }
    let [parted, refused, _waiting] = &files;
    for place in [1, 2] {
        keep_letter(&samples, &*store, parted, place).await?;
    }
    let at = samples.moment();
    settle(&*store, parted, &BatchFileState::Parted { pages: 4, letters: 2, at }).await?;
    settle(&*store, refused, &BatchFileState::Refused { problem: ProblemCode::DamagedFile.into(), at }).await?;
    let listed = store.read().await?.batches(ALL).await?;
    let empty = BatchCount { batch: later, files: 0, waiting: 0, refused: 0, letters: 0 };
    let counted = BatchCount { batch: earlier.clone(), files: 3, waiting: 1, refused: 1, letters: 2 };
    assert_eq!((listed.rows, listed.total), (vec![empty, counted], 2));
    let second = store.read().await?.batches(Paging { offset: 1, limit: 1 }).await?;
    assert_eq!(second.rows.iter().map(|row| row.batch.id).collect::<Vec<_>>(), [earlier.id]);
    Ok(())
}

/// Rule.
pub async fn files_of_a_batch_are_in_the_order_of_their_taking(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (batch, other) = (samples.batch(), samples.batch());
    for batch in [&batch, &other] {
        open(&*store, batch, None).await?;
    }
    let files = [samples.batch_file(batch.id), samples.batch_file(batch.id)];
    let foreign = samples.batch_file(other.id);
    let [first, second] = &files;
    for file in [second, &foreign, first] {
        keep_file(&*store, file).await?;
    }
    let listed = store.read().await?.batch_files(batch.id, ALL).await?;
    assert_eq!((listed.rows.as_slice(), listed.total), (files.as_slice(), 2));
    Ok(())
}

/// Rule.
pub async fn a_parted_file_is_never_settled_again(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let batch = open(&*store, &samples.batch(), None).await?;
    let file = samples.batch_file(batch.id);
    keep_file(&*store, &file).await?;
    let at = samples.moment();
    let refused = BatchFileState::Refused { problem: ProblemCode::DamagedFile.because("第1页"), at };
    settle(&*store, &file, &refused).await?;
    settle(&*store, &file, &BatchFileState::Waiting).await?;
    let parted = BatchFileState::Parted { pages: 3, letters: 1, at };
    settle(&*store, &file, &parted).await?;
    assert!(is_conflict(&settle(&*store, &file, &refused).await));
    assert!(is_conflict(&settle(&*store, &samples.batch_file(batch.id), &refused).await), "a file that is not there");
    assert_eq!(store.read().await?.batch_file(file.id).await?.map(|file| file.state), Some(parted));
    Ok(())
}

/// Rule.
pub async fn letters_of_a_file_are_in_order(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let batch = open(&*store, &samples.batch(), None).await?;
    let file = samples.batch_file(batch.id);
    keep_file(&*store, &file).await?;
    let second = keep_letter(&samples, &*store, &file, 2).await?;
    let first = keep_letter(&samples, &*store, &file, 1).await?;
    assert!(keep_letter(&samples, &*store, &file, 1).await.is_err(), "the place is taken");
    let mut lookups = store.read().await?;
    assert_eq!(lookups.batch_letters(file.id).await?, [first.clone(), second]);
    assert_eq!(lookups.batch_letter_of(first.arrival).await?, Some(first));
    assert_eq!(lookups.batch_letter_of(samples.arrival(Channel::Letter).id).await?, None);
    Ok(())
}

/// Rule.
pub async fn an_arrival_is_one_letter_and_any_number_of_replays(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let batch = open(&*store, &samples.batch(), None).await?;
    let files = [samples.batch_file(batch.id), samples.batch_file(batch.id), samples.batch_file(batch.id)];
    for file in &files {
        keep_file(&*store, file).await?;
    }
    let [first, second, third] = &files;
    let letter = keep_letter(&samples, &*store, first, 1).await?;
    let mut unit = store.begin().await?;
    let twice = BatchLetter { file: second.id, ..letter.clone() };
    assert!(is_there_already(&unit.insert_batch_letter(&twice).await));
    for file in [second, third] {
        unit.insert_batch_letter(&BatchLetter { file: file.id, replay: true, ..letter.clone() }).await?;
    }
    unit.commit().await?;
    assert_eq!(store.read().await?.batch_letter_of(letter.arrival).await?, Some(letter));
    Ok(())
}
