//! A child that hangs, crashes or eats memory costs one page; the letter and the other pages stay.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, Statement};
use case::submission::FileRole;
use channels::Reading;
use channels::letter::ledger::{KeptPage, PageLedger};
use channels::letter::{LetterReader, LetterSettings};

use super::made::{record, settings, tiff};

/// A letter of three pages read by children that misbehave in this way on this page.
fn misbehaving(how: &str, page: &str) -> LetterSettings {
    let mut settings = settings(&["misbehave", how, page]);
    settings.page_timeout = Duration::from_secs(2);
    settings.limits.child_memory_bytes = 512 * 1024 * 1024;
    settings
}

fn unread(statement: &Statement) -> Vec<(u16, ProblemCode)> {
    let marks = statement.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::PageUnread { page, problem } => Some((*page, problem.code)),
            _ => None,
        })
        .collect()
}

/// Reads three pages, the second of which misbehaves, and expects everything else to be there.
async fn second_page(how: &str, wanted: ProblemCode) {
    let reading = LetterReader::new(misbehaving(how, "1")).read(&tiff(3), "来信").await.expect("registered");
    assert_eq!(unread(&reading.statement), [(2, wanted)]);
    assert_eq!(
        reading.statement.body.matches("读出").count(),
        2,
        "the other two were read: {}",
        reading.statement.body
    );
    assert_eq!(images(&reading), 3, "a person can still look at the second");
    assert!(reading.statement.confidence().value() <= 0.3);
}

fn images(reading: &Reading) -> usize {
    reading.files.iter().filter(|file| file.role == FileRole::Page).count()
}

pub(crate) async fn a_page_that_hangs_costs_itself_only() {
    second_page("hang", ProblemCode::PageTimeout).await;
}

pub(crate) async fn a_page_that_never_ends_is_stopped_by_its_cpu_time_even_when_nobody_waits() {
    let mut settings = misbehaving("spin", "1");
    // Nobody kills the child in this test: only the system can.
    settings.page_timeout = Duration::from_secs(600);
    settings.limits.page_cpu_seconds = 1;
    let reading = LetterReader::new(settings).read(&tiff(3), "来信").await.expect("registered");
    assert_eq!(unread(&reading.statement), [(2, ProblemCode::PageTimeout)]);
    assert_eq!(reading.statement.body.matches("读出").count(), 2, "{}", reading.statement.body);
    assert_eq!(images(&reading), 3);
}

pub(crate) async fn a_page_that_eats_memory_costs_itself_only() {
    second_page("eat", ProblemCode::PageMemory).await;
}

pub(crate) async fn a_page_that_crashes_costs_itself_only() {
    second_page("crash", ProblemCode::PageCrashed).await;
}

pub(crate) async fn a_letter_whose_pages_all_hang_is_still_registered() {
    let reading = LetterReader::new(misbehaving("hang", "all")).read(&tiff(3), "来信").await.expect("registered");
    assert_eq!(unread(&reading.statement).len(), 3);
    assert!(reading.statement.marks.contains(&Mark::NoText));
    assert_eq!(images(&reading), 3);
}

pub(crate) async fn children_are_kept_over_pages_and_replaced_in_time() {
    let readers = |reading: &Reading| -> Vec<String> {
        record(reading)
            .pages
            .iter()
            .flat_map(|page| page.record.words().map(|word| word.text.clone()).collect::<Vec<_>>())
            .collect()
    };
    let mut settings = misbehaving("well", "none");
    settings.workers = 1;
    let reader = LetterReader::new(settings.clone());
    let (one, other) =
        (reader.read(&tiff(3), "甲").await.expect("read"), reader.read(&tiff(3), "乙").await.expect("read"));
    let mut all = [readers(&one), readers(&other)].concat();
    all.dedup();
    assert_eq!(all.len(), 1, "one child read both letters: {all:?}");

    // Each letter is one count and three pages; after two tasks a child is replaced.
    settings.recycle_after = 2;
    let mut all = readers(&LetterReader::new(settings).read(&tiff(3), "丙").await.expect("read"));
    all.dedup();
    assert_eq!(all.len(), 2, "the first child did the count and one page: {all:?}");
}

pub(crate) async fn a_reading_that_is_given_up_ends_its_children() {
    let mut settings = misbehaving("hang", "all");
    settings.page_timeout = Duration::from_secs(600);
    let scratch = tempfile::tempdir().expect("a folder");
    settings.scratch = Some(scratch.path().to_path_buf());
    let reader = LetterReader::new(settings);
    let letter = tiff(3);
    let given_up = tokio::time::timeout(Duration::from_secs(1), reader.read(&letter, "来信")).await;
    assert!(given_up.is_err(), "its pages hang");
    drop(reader);
    // The tasks of the pages end as the runtime gets to them; then nothing of the letter is left on the disk.
    let emptied = async {
        while std::fs::read_dir(scratch.path()).expect("there").next().is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), emptied).await.expect("the private folder is gone");
}

/// Keeps pages in memory and counts what it is asked.
#[derive(Default)]
struct Remembered {
    kept: Mutex<BTreeMap<u16, KeptPage>>,
    lost: Mutex<BTreeMap<u16, u32>>,
}

#[async_trait]
impl PageLedger for Remembered {
    async fn kept(&self, page: u16) -> Result<Option<KeptPage>, Problem> {
        Ok(self.kept.lock().expect("no panic before").get(&page).cloned())
    }

    async fn keep(&self, page: u16, kept: &KeptPage) -> Result<(), Problem> {
        self.kept.lock().expect("no panic before").insert(page, kept.clone());
        Ok(())
    }

    async fn lost(&self, page: u16, _problem: &Problem) -> Result<u32, Problem> {
        let mut lost = self.lost.lock().expect("no panic before");
        Ok(*lost.entry(page).and_modify(|count| *count += 1).or_insert(1))
    }
}

pub(crate) async fn a_page_that_crashed_its_child_twice_is_set_aside_for_good() {
    let ledger = Arc::new(Remembered::default());
    let read = async |how: &str| {
        let reader = LetterReader::new(misbehaving(how, "1"));
        reader.read_kept(&tiff(3), &[], ledger.clone()).await.expect("registered")
    };
    assert_eq!(unread(&read("crash").await.statement), [(2, ProblemCode::PageCrashed)]);
    assert_eq!(*ledger.lost.lock().expect("no panic before"), BTreeMap::from([(2, 2)]), "twice, and only that page");
    let again = read("well").await;
    assert_eq!(unread(&again.statement), [(2, ProblemCode::PageCrashed)], "a restart does not try it again");
    assert_eq!(images(&again), 3);

    // A person who knows better lets it be read again; what was read stands.
    ledger.kept.lock().expect("no panic before").remove(&2);
    ledger.lost.lock().expect("no panic before").clear();
    assert_eq!(unread(&read("well").await.statement), []);
}

pub(crate) async fn losses_are_counted_over_restarts() {
    let ledger = Arc::new(Remembered::default());
    // The gateway went down with the child the first time.
    ledger.lost.lock().expect("no panic before").insert(2, 1);
    let reader = LetterReader::new(misbehaving("crash", "1"));
    let reading = reader.read_kept(&tiff(3), &[], ledger.clone()).await.expect("registered");
    assert_eq!(unread(&reading.statement), [(2, ProblemCode::PageCrashed)]);
    assert_eq!(ledger.lost.lock().expect("no panic before").get(&2), Some(&2), "once more, not twice");
}

pub(crate) async fn pages_that_are_kept_are_not_read_again() {
    let ledger = Arc::new(Remembered::default());
    let reader = LetterReader::new(misbehaving("well", "1"));
    let first = reader.read_kept(&tiff(3), &[], ledger.clone()).await.expect("registered");
    let reader = LetterReader::new(misbehaving("crash", "all"));
    let again = reader.read_kept(&tiff(3), &[], ledger.clone()).await.expect("registered");
    assert_eq!(first, again, "no child was asked");
}
