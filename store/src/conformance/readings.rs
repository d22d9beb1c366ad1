//! Rules for readings of pages and for archive files.

use std::sync::Arc;

use case::channel::Channel;
use case::content_hash::ContentHash;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;
use case::statement::{Mark, Statement};
use case::verification::LetterCheck;

use super::sample::Samples;
use super::{Outcome, is_there_already};
use crate::readings::{ArchiveFile, LaterReading, PageReading};
use crate::{Store, StoreError};

async fn put(store: &dyn Store, reading: &PageReading) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.put_page_reading(reading).await?;
    unit.commit().await
}

/// Rule.
pub async fn a_page_reading_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let arrival = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.arrival.id;
    let other = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.arrival.id;
    let read = PageReading {
        arrival,
        page: 2,
        record: Some(ContentHash::of(b"record")),
        image: Some(ContentHash::of(b"image")),
        losses: 1,
        problem: None,
    };
    let problem = Some(ProblemCode::PageCrashed.because("识别进程异常退出"));
    let lost = PageReading { arrival, page: 1, record: None, image: None, losses: 2, problem };
    for reading in [&read, &lost, &PageReading { arrival: other, ..read.clone() }] {
        put(&*store, reading).await?;
    }
    assert_eq!(store.read().await?.page_readings(arrival).await?, [lost, read]);
    Ok(())
}

/// Rule.
pub async fn a_later_reading_of_a_page_takes_the_place_of_the_earlier(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let arrival = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.arrival.id;
    let problem = Some(ProblemCode::PageCrashed.into());
    put(&*store, &PageReading { arrival, page: 1, record: None, image: None, losses: 1, problem }).await?;
    let image = Some(ContentHash::of(b"image"));
    let read = PageReading { arrival, page: 1, record: image, image, losses: 1, problem: None };
    put(&*store, &read).await?;
    assert_eq!(store.read().await?.page_readings(arrival).await?, [read]);
    Ok(())
}

/// Rule.
pub async fn a_forgotten_page_is_unknown(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let arrival = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.arrival.id;
    let reading = |page| PageReading { arrival, page, record: None, image: None, losses: 2, problem: None };
    for page in [1, 2] {
        put(&*store, &reading(page)).await?;
    }
    let mut unit = store.begin().await?;
    unit.forget_page_reading(arrival, 1).await?;
    unit.forget_page_reading(arrival, 9).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.page_readings(arrival).await?, [reading(2)]);
    Ok(())
}

/// Rule.
pub async fn the_newest_archive_file_is_given(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let submission = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.submission.id;
    assert_eq!(store.read().await?.archive_file(submission).await?, None);
    let made = |bytes: u64| ArchiveFile {
        submission,
        made_at: samples.moment(),
        hash: ContentHash::of(&bytes.to_le_bytes()),
        bytes,
    };
    let (earlier, later) = (made(1), made(2));
    let mut unit = store.begin().await?;
    for file in [&later, &earlier] {
        unit.insert_archive_file(file).await?;
    }
    assert!(is_there_already(&unit.insert_archive_file(&later).await));
    unit.commit().await?;
    assert_eq!(store.read().await?.archive_file(submission).await?, Some(later));
    Ok(())
}

/// Rule.
pub async fn a_later_reading_stands_in_the_place_of_what_was_read(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?.submission;
    let unread = |page| Mark::PageUnread { page, problem: ProblemCode::PageCrashed.into() };
    let reading = |body: &str, marks: Vec<Mark>| LaterReading {
        submission: kept.id,
        statement: Statement { body: body.to_owned(), marks, ..kept.statement.clone() },
        files: kept.files.clone(),
        moved: Vec::new(),
        read_at: samples.moment(),
    };
    let mut unit = store.begin().await?;
    unit.insert_letter_check(&LetterCheck::unchecked(kept.id, 1)).await?;
    unit.commit().await?;
    for (body, marks, waiting) in [("一页", vec![unread(2)], vec![kept.id]), ("两页", Vec::new(), Vec::new())] {
        let later = reading(body, marks);
        let mut unit = store.begin().await?;
        unit.insert_later_reading(&later).await?;
        unit.commit().await?;
        let mut lookups = store.read().await?;
        assert_eq!(lookups.statement_as_read(kept.id).await?.map(|read| read.body), Some(body.to_owned()));
        let stands = lookups.submission(kept.id).await?;
        assert_eq!(stands.map(|submission| submission.statement.body), Some(body.to_owned()));
        assert_eq!(lookups.letters_with_unread_pages().await?, waiting);
    }
    Ok(())
}

/// Rule.
pub async fn a_mail_is_found_while_an_attachment_of_it_may_be_read_again(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?.submission;
    let unread =
        |again| Mark::AttachmentUnread { name: "1.pdf".to_owned(), problem: ProblemCode::OcrMissing.into(), again };
    assert_eq!(store.read().await?.read_again_at(kept.id).await?, None);
    let file = Some(ContentHash::of(b"scan"));
    for (again, waiting) in [(file, vec![kept.id]), (None, Vec::new())] {
        let read_at = samples.moment();
        let reading = LaterReading {
            submission: kept.id,
            statement: Statement { marks: vec![unread(again)], ..kept.statement.clone() },
            files: kept.files.clone(),
            moved: Vec::new(),
            read_at,
        };
        let mut unit = store.begin().await?;
        unit.insert_later_reading(&reading).await?;
        unit.commit().await?;
        let mut lookups = store.read().await?;
        assert_eq!(lookups.mails_with_unread_attachments().await?, waiting);
        assert_eq!(lookups.read_again_at(kept.id).await?, Some(read_at));
        assert_eq!(lookups.letters_with_unread_pages().await?, [], "a mail is no letter");
    }
    Ok(())
}
