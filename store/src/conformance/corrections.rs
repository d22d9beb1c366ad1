//! Rules for the check of letters and for corrections.

use std::sync::Arc;

use case::batch::BatchLetter;
use case::channel::Channel;
use case::correction::{Change, Correction, FieldName, Part, Undone};
use case::field::{Area, Confidence, Source};
use case::id::{StaffId, SubmissionId};
use case::secrecy::Secrecy;
use case::statement::Mark;
use case::verification::{Draft, DraftValue, LetterCheck, Verification};

use super::sample::{Registered, Samples};
use super::{Outcome, is_conflict, is_there_already};
use crate::corrections::{LetterCounts, LetterFilter};
use crate::readings::LaterReading;
use crate::{Paging, Store, StoreError};

type Made<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A letter in `store` that waits for its check.
async fn letter(samples: &Samples, store: &dyn Store, secrecy: Secrecy) -> Made<Registered> {
    let kept = samples.keep(store, Channel::Letter, secrecy).await?;
    let mut unit = store.begin().await?;
    unit.insert_letter_check(&LetterCheck::unchecked(kept.submission.id, 3)).await?;
    unit.commit().await?;
    Ok(kept)
}

fn name(samples: &Samples, submission: SubmissionId, by: StaffId, before: &str, after: &str) -> Correction {
    Correction {
        id: samples.correction_id(),
        submission,
        change: Change::Field {
            field: FieldName::Name,
            place: 0,
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        },
        read_from: Some(Source::Page {
            page: 1,
            area: Some(Area { left: 10, top: 20, width: 30, height: 40 }),
            engine: "tesseract".to_owned(),
        }),
        by,
        at: samples.moment(),
    }
}

async fn correct(store: &dyn Store, corrections: &[Correction]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.insert_corrections(corrections).await?;
    unit.commit().await
}

async fn set(store: &dyn Store, check: &LetterCheck) -> Result<u64, StoreError> {
    let mut unit = store.begin().await?;
    let version = unit.update_letter_check(check).await?;
    unit.commit().await?;
    Ok(version)
}

/// The name that a submission has as it is looked up.
async fn name_of(store: &dyn Store, id: SubmissionId) -> Made<Option<String>> {
    let submission = store.read().await?.submission(id).await?.ok_or("it is there")?;
    let first = submission.statement.petitioners.first();
    Ok(first.and_then(|petitioner| petitioner.name.as_ref()).map(|name| name.value.clone()))
}

/// Rule.
pub async fn a_letter_check_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let id = kept.submission.id;
    let unchecked = LetterCheck::unchecked(id, 3);
    assert_eq!(store.read().await?.letter_check(id).await?, Some(unchecked.clone()));
    let by = samples.staff("li")?.id;
    let draft = Draft {
        values: vec![DraftValue { part: Part::Line { page: 2, line: 7 }, text: "请尽快供水".to_owned() }],
        saved_at: Some(samples.moment()),
    };
    let open = LetterCheck { state: unchecked.state.begin(by, samples.moment())?, draft, ..unchecked };
    assert_eq!(set(&*store, &open).await?, 2);
    let stored = store.read().await?.letter_check(id).await?;
    assert_eq!(stored, Some(LetterCheck { version: 2, ..open }));
    let mail = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    assert_eq!(store.read().await?.letter_check(mail.submission.id).await?, None);
    Ok(())
}

/// Rule: of two people who save what they read at the same time, the second is told.
pub async fn an_old_version_of_a_check_conflicts(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let read = LetterCheck::unchecked(kept.submission.id, 3);
    let by = |person: StaffId, at| LetterCheck {
        state: Verification::BeingChecked { by: person, since: at },
        ..read.clone()
    };
    let first = by(samples.staff("li")?.id, samples.moment());
    set(&*store, &first).await?;
    let second = by(samples.staff("wang")?.id, samples.moment());
    assert!(is_conflict(&set(&*store, &second).await));
    let stored = store.read().await?.letter_check(read.submission).await?;
    assert_eq!(stored, Some(LetterCheck { version: 2, ..first }));
    Ok(())
}

/// Rule.
pub async fn a_letter_is_checked_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let unknown = samples.registered(Channel::Letter, Secrecy::Ordinary)?.submission;
    let mut unit = store.begin().await?;
    assert!(is_there_already(&unit.insert_letter_check(&LetterCheck::unchecked(kept.submission.id, 0)).await));
    assert!(is_conflict(&unit.insert_letter_check(&LetterCheck::unchecked(unknown.id, 0)).await));
    Ok(())
}

/// Rule: every way to look a submission up gives it with what was put right.
pub async fn a_submission_is_given_with_the_corrections_that_stand(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let other = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let id = kept.submission.id;
    let by = samples.staff("li")?.id;
    let corrections = [name(&samples, id, by, "张甲", "张申"), name(&samples, id, by, "张申", "张由")];
    correct(&*store, &corrections).await?;
    assert_eq!(name_of(&*store, id).await?.as_deref(), Some("张由"), "the latest one stands");
    let mut lookups = store.read().await?;
    let seen = lookups.submission(id).await?;
    assert_eq!(lookups.submission_by_number(&kept.submission.number).await?, seen);
    assert_eq!(lookups.submissions(&[id]).await?.into_iter().next(), seen);
    assert_eq!(lookups.submissions_of_case(kept.case.id).await?.into_iter().next(), seen);
    assert_eq!(lookups.submissions_after(0, 1).await?.into_iter().next(), seen);
    assert_eq!(lookups.submission(other.submission.id).await?, Some(other.submission), "the other one is as it was");
    Ok(())
}

/// Rule.
pub async fn what_was_read_is_never_changed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let id = kept.submission.id;
    correct(&*store, &[name(&samples, id, samples.staff("li")?.id, "张甲", "张由")]).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.statement_as_read(id).await?, Some(kept.submission.statement));
    let unknown = samples.registered(Channel::Letter, Secrecy::Ordinary)?.submission;
    assert_eq!(lookups.statement_as_read(unknown.id).await?, None);
    Ok(())
}

/// Rule: what stood before stands again.
pub async fn a_correction_is_taken_back_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let id = kept.submission.id;
    let by = samples.staff("li")?.id;
    let corrections = [name(&samples, id, by, "张甲", "张申"), name(&samples, id, by, "张申", "张由")];
    correct(&*store, &corrections).await?;
    let [first, second] = corrections;
    let undone = Undone { by, at: samples.moment() };
    let mut unit = store.begin().await?;
    unit.undo_correction(second.id, &undone).await?;
    assert!(is_there_already(&unit.undo_correction(second.id, &undone).await));
    assert!(is_conflict(&unit.undo_correction(samples.correction_id(), &undone).await));
    unit.commit().await?;
    assert_eq!(name_of(&*store, id).await?.as_deref(), Some("张申"));
    let recorded = store.read().await?.correction(second.id).await?.ok_or("it is kept")?;
    assert_eq!((recorded.correction, recorded.undone), (second, Some(undone)));
    let mut unit = store.begin().await?;
    unit.undo_correction(first.id, &undone).await?;
    unit.commit().await?;
    assert_eq!(name_of(&*store, id).await?.as_deref(), Some("张甲"), "as it was read");
    Ok(())
}

/// Rule.
pub async fn corrections_are_kept_in_their_order(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let id = kept.submission.id;
    let by = samples.staff("li")?.id;
    let one = name(&samples, id, by, "张甲", "张申");
    let two = Correction {
        change: Change::Line {
            page: 1,
            line: 0,
            start: 0,
            end: 3,
            before: "请尽快".to_owned(),
            after: "请立即".to_owned(),
        },
        read_from: None,
        ..name(&samples, id, by, "", "")
    };
    correct(&*store, std::slice::from_ref(&one)).await?;
    correct(&*store, std::slice::from_ref(&two)).await?;
    let mut unit = store.begin().await?;
    assert!(is_there_already(&unit.insert_corrections(std::slice::from_ref(&one)).await));
    let elsewhere = samples.registered(Channel::Letter, Secrecy::Ordinary)?.submission.id;
    assert!(is_conflict(&unit.insert_corrections(&[name(&samples, elsewhere, by, "", "张")]).await));
    drop(unit);
    let mut lookups = store.read().await?;
    let kept: Vec<Correction> = lookups.corrections_of(id).await?.into_iter().map(|one| one.correction).collect();
    assert_eq!(kept, [one, two]);
    let body = lookups.submission(id).await?.map(|submission| submission.statement.body);
    assert_eq!(body.as_deref(), Some("请立即恢复供水。"));
    Ok(())
}

/// Rule: a person has compared it with the paper.
pub async fn a_confirmed_letter_is_certain(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut kept = samples.registered(Channel::Letter, Secrecy::Ordinary)?;
    kept.submission.statement.title.confidence = Confidence::new(0.4);
    let doubtful = Mark::Doubtful { field: "name".to_owned() };
    kept.submission.statement.marks.push(doubtful.clone());
    let id = kept.submission.id;
    let check = LetterCheck::unchecked(id, 1);
    let mut unit = store.begin().await?;
    unit.insert_arrival(&kept.arrival).await?;
    unit.insert_case(&kept.case).await?;
    unit.insert_submission(&kept.submission).await?;
    unit.insert_letter_check(&check).await?;
    unit.commit().await?;
    let by = samples.staff("li")?.id;
    let open = LetterCheck { state: check.state.begin(by, samples.moment())?, ..check };
    let version = set(&*store, &open).await?;
    let seen = store.read().await?.submission(id).await?.ok_or("it is there")?;
    assert!(seen.statement.marks.contains(&doubtful), "nobody has confirmed it yet");
    let confirmed = LetterCheck { state: open.state.confirm(by, samples.moment())?, version, ..open };
    set(&*store, &confirmed).await?;
    let seen = store.read().await?.submission(id).await?.ok_or("it is there")?;
    assert!(!seen.statement.marks.contains(&doubtful));
    assert_eq!(seen.statement.title.confidence, Confidence::CERTAIN);
    Ok(())
}

/// Rule.
pub async fn letters_to_check_are_listed_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let by = samples.staff("li")?.id;
    let mut letters = Vec::new();
    for _ in 0..5 {
        letters.push(letter(&samples, &*store, Secrecy::Ordinary).await?.submission);
    }
    samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let [first, second, third, fourth, fifth] = letters.as_slice() else { return Err("five letters".into()) };
    for confirmed in [first, third] {
        let check = LetterCheck::unchecked(confirmed.id, 3);
        set(&*store, &LetterCheck { state: Verification::Confirmed { by, at: samples.moment() }, ..check }).await?;
    }
    let check = LetterCheck::unchecked(second.id, 3);
    set(&*store, &LetterCheck { state: check.state.begin(by, samples.moment())?, ..check }).await?;
    let mut lookups = store.read().await?;
    let every = LetterFilter { secrecy: vec![Secrecy::Ordinary], states: Vec::new(), batch: None };
    let listed = lookups.letters(&every, Paging::first(10)).await?;
    let numbers: Vec<_> = listed.rows.iter().map(|row| &row.number).collect();
    assert_eq!(numbers, [&fourth.number, &fifth.number, &second.number, &third.number, &first.number]);
    assert_eq!(listed.total, 5);
    assert_eq!(listed.rows.first().map(|row| row.source_name.as_str()), Some("扫描件 0001.pdf"));
    assert_eq!(listed.rows.first().and_then(|row| row.check.doubts), Some(3));
    let part = lookups.letters(&every, Paging::new(1, 2)).await?;
    assert_eq!(part.rows, listed.rows.get(1..3).unwrap_or_default());
    let open = LetterFilter { states: vec!["being_checked".to_owned()], ..every };
    let listed = lookups.letters(&open, Paging::first(10)).await?;
    assert_eq!((listed.total, listed.rows.len()), (1, 1));
    let counts = lookups.letter_counts(&[Secrecy::Ordinary]).await?;
    assert_eq!(counts, LetterCounts { unchecked: 2, being_checked: 1, confirmed: 2 });
    Ok(())
}

/// Rule: a letter knows the batch it was taken out of.
pub async fn letters_of_a_batch_are_listed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let own = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let other = letter(&samples, &*store, Secrecy::Ordinary).await?;
    let batch = samples.batch();
    let file = samples.batch_file(batch.id);
    let taken = BatchLetter {
        file: file.id,
        place: 1,
        arrival: own.arrival.id,
        replay: false,
        pages: Vec::new(),
        number: None,
    };
    let mut unit = store.begin().await?;
    unit.open_batch(&batch, None).await?;
    unit.insert_batch_file(&file).await?;
    unit.insert_batch_letter(&taken).await?;
    // The same letter scanned once more is the same letter.
    unit.insert_batch_letter(&BatchLetter { place: 2, replay: true, ..taken }).await?;
    unit.commit().await?;
    let every = LetterFilter { secrecy: vec![Secrecy::Ordinary], states: Vec::new(), batch: None };
    let listed = store.read().await?.letters(&every, Paging::first(10)).await?;
    let told: Vec<_> = listed.rows.iter().map(|row| (row.number.clone(), row.batch.clone())).collect();
    let from = Some((batch.id, batch.name));
    assert_eq!(told, [(own.submission.number.clone(), from), (other.submission.number, None)]);
    let own_only = LetterFilter { batch: Some(batch.id), ..every };
    let listed = store.read().await?.letters(&own_only, Paging::first(10)).await?;
    let numbers: Vec<_> = listed.rows.into_iter().map(|row| row.number).collect();
    assert_eq!((numbers, listed.total), (vec![own.submission.number], 1));
    Ok(())
}

/// Rule: whoever may not see what is sealed does not learn that it is there.
pub async fn letters_of_other_secrecy_are_not_listed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let sealed = letter(&samples, &*store, Secrecy::Sealed).await?.submission;
    let mut lookups = store.read().await?;
    let person = samples.staff("li")?.id;
    let seen = |secrecy: &[Secrecy]| LetterFilter { secrecy: secrecy.to_vec(), states: Vec::new(), batch: None };
    for (secrecy, count) in
        [(&[Secrecy::Ordinary, Secrecy::Confidential][..], 0), (&[Secrecy::Sealed][..], 1), (&[], 0)]
    {
        let listed = lookups.letters(&seen(secrecy), Paging::first(10)).await?;
        assert_eq!((listed.total, listed.rows.len()), (count, usize::try_from(count)?));
        assert_eq!(lookups.letter_counts(secrecy).await?.unchecked, count);
        let next = lookups.next_letter(secrecy, 0, person).await?;
        assert_eq!(next, Some(sealed.number.clone()).filter(|_| count > 0));
    }
    Ok(())
}

/// Rule.
pub async fn the_next_letter_is_one_to_check(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (li, wang) = (samples.staff("li")?.id, samples.staff("wang")?.id);
    let mut letters = Vec::new();
    for _ in 0..4 {
        letters.push(letter(&samples, &*store, Secrecy::Ordinary).await?.submission);
    }
    let [first, second, third, fourth] = letters.as_slice() else { return Err("four letters".into()) };
    let check = LetterCheck::unchecked(second.id, 3);
    set(&*store, &LetterCheck { state: check.state.begin(wang, samples.moment())?, ..check }).await?;
    let check = LetterCheck::unchecked(third.id, 3);
    set(&*store, &LetterCheck { state: Verification::Confirmed { by: wang, at: samples.moment() }, ..check }).await?;
    let mut lookups = store.read().await?;
    let seen = [Secrecy::Ordinary];
    assert_eq!(lookups.next_letter(&seen, first.sequence, li).await?, Some(fourth.number.clone()));
    assert_eq!(lookups.next_letter(&seen, first.sequence, wang).await?, Some(second.number.clone()));
    assert_eq!(
        lookups.next_letter(&seen, fourth.sequence, li).await?,
        Some(first.number.clone()),
        "from the first one on"
    );
    assert_eq!(lookups.next_letter(&seen, 0, li).await?, Some(first.number.clone()));
    for letter in [first, fourth] {
        let check = LetterCheck::unchecked(letter.id, 3);
        set(&*store, &LetterCheck { state: Verification::Confirmed { by: li, at: samples.moment() }, ..check }).await?;
    }
    assert_eq!(lookups.next_letter(&seen, fourth.sequence, li).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_correction_stands_where_a_later_reading_has_moved_it(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = letter(&samples, &*store, Secrecy::Ordinary).await?.submission;
    let person = samples.staff("clerk")?.id;
    let first = name(&samples, kept.id, person, "张申", "张甲");
    correct(&*store, std::slice::from_ref(&first)).await?;
    let moved_to = Change::Field {
        field: FieldName::Name,
        place: 1,
        before: Some("张申".to_owned()),
        after: Some("张甲".to_owned()),
    };
    let moved = Correction { change: moved_to, ..first.clone() };
    let reading = LaterReading {
        submission: kept.id,
        statement: kept.statement.clone(),
        files: kept.files.clone(),
        moved: vec![moved.clone()],
        read_at: samples.moment(),
    };
    let mut unit = store.begin().await?;
    unit.insert_later_reading(&reading).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.correction(first.id).await?.map(|recorded| recorded.correction), Some(moved.clone()));
    let stands = lookups.submission(kept.id).await?.map(|submission| submission.statement);
    assert_eq!(stands, Some(case::correction::effective(kept.statement, &[moved], false)));
    Ok(())
}
