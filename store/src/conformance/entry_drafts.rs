//! Rules for drafts of entries.

use std::sync::Arc;

use case::entry::{EntryContent, EntryDraft, EntryForm};
use case::id::EntryDraftId;
use case::staff::Staff;

use super::sample::{Made, Samples};
use super::{Outcome, is_conflict};
use crate::Store;
use crate::entry_drafts::DraftTrace;

fn draft(number: u8, staff: &Staff, samples: &Samples) -> Made<EntryDraft> {
    let content = EntryContent {
        form: EntryForm::WalkIn,
        name: "陆青禾".to_owned(),
        edited: vec!["name".to_owned()],
        ..EntryContent::default()
    };
    let id: EntryDraftId = format!("00000000-0000-7000-8000-0000000000{number:02}").parse()?;
    Ok(EntryDraft { id, staff: staff.id, saved_at: samples.moment(), version: 0, content })
}

/// Rule.
pub async fn a_draft_is_read_back_as_kept(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let li = samples.staff("li.yi")?;
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    let mut draft = draft(1, &li, &samples)?;
    draft.version = unit.keep_entry_draft(&draft).await?;
    assert_eq!(draft.version, 1);
    draft.content.body = "停水三天".to_owned();
    draft.saved_at = samples.moment();
    draft.version = unit.keep_entry_draft(&draft).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.entry_draft(draft.id, li.id).await?, Some(draft.clone()));
    drop(lookups);
    let mut unit = store.begin().await?;
    unit.remove_entry_draft(draft.id, li.id).await?;
    unit.remove_entry_draft(draft.id, li.id).await?;
    assert_eq!(unit.entry_draft(draft.id, li.id).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_draft_of_another_window_conflicts(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let li = samples.staff("li.yi")?;
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    let new = draft(1, &li, &samples)?;
    unit.keep_entry_draft(&new).await?;
    assert!(is_conflict(&unit.keep_entry_draft(&new).await), "two windows began it");
    let seen = EntryDraft { version: 1, ..new.clone() };
    unit.keep_entry_draft(&seen).await?;
    assert!(is_conflict(&unit.keep_entry_draft(&seen).await), "another window went on with it");
    unit.remove_entry_draft(new.id, li.id).await?;
    assert!(is_conflict(&unit.keep_entry_draft(&EntryDraft { version: 2, ..new }).await), "it is registered");
    Ok(())
}

/// Rule.
pub async fn a_draft_is_its_writers_alone(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (li, an) = (samples.staff("li.yi")?, samples.staff("an-ding")?);
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    unit.insert_staff(&an, "$argon2id$an").await?;
    let own = draft(1, &li, &samples)?;
    unit.keep_entry_draft(&own).await?;
    assert_eq!(unit.entry_draft(own.id, an.id).await?, None);
    let taken = EntryDraft { staff: an.id, version: 1, ..own.clone() };
    assert!(is_conflict(&unit.keep_entry_draft(&taken).await));
    assert!(is_conflict(&unit.keep_entry_draft(&EntryDraft { version: 0, ..taken }).await));
    unit.remove_entry_draft(own.id, an.id).await?;
    assert!(unit.entry_draft(own.id, li.id).await?.is_some());
    Ok(())
}

/// Rule.
pub async fn drafts_are_listed_last_kept_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (li, an) = (samples.staff("li.yi")?, samples.staff("an-ding")?);
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    unit.insert_staff(&an, "$argon2id$an").await?;
    for (number, staff) in [(1, &li), (2, &li), (3, &an), (4, &li)] {
        unit.keep_entry_draft(&draft(number, staff, &samples)?).await?;
    }
    let listed: Vec<EntryDraftId> = unit.entry_drafts_of(li.id, 2).await?.into_iter().map(|draft| draft.id).collect();
    assert_eq!(listed, [draft(4, &li, &samples)?.id, draft(2, &li, &samples)?.id]);
    Ok(())
}

/// Rule: what nobody went on with is told oldest first, whoever's it is, and keeping a draft again makes it new.
pub async fn the_oldest_drafts_come_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (li, wang) = (samples.staff("li.yi")?, samples.staff("wang.er")?);
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    unit.insert_staff(&wang, "$argon2id$wang").await?;
    let mut kept = Vec::new();
    for (number, staff) in [(1, &li), (2, &wang), (3, &li)] {
        let mut draft = draft(number, staff, &samples)?;
        draft.saved_at = samples.moment();
        draft.version = unit.keep_entry_draft(&draft).await?;
        kept.push(draft);
    }
    let [first, second, third] = kept.as_mut_slice() else { return Ok(()) };
    first.saved_at = samples.moment();
    first.version = unit.keep_entry_draft(first).await?;
    unit.commit().await?;
    let trace = |draft: &EntryDraft| DraftTrace { id: draft.id, staff: draft.staff, saved_at: draft.saved_at };
    let mut lookups = store.read().await?;
    assert_eq!(lookups.oldest_entry_drafts(10).await?, [trace(second), trace(third), trace(first)]);
    assert_eq!(lookups.oldest_entry_drafts(1).await?, [trace(second)]);
    Ok(())
}
