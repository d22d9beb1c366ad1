//! Rules for cases and the links between them.

use std::sync::Arc;

use case::channel::Channel;
use case::class::ContentClass;
use case::dispatch::{Delivery, DispatchKind, UnitSuggestion};
use case::field::{Confidence, Field};
use case::finding::{Decision, Relation};
use case::id::CaseId;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::unit::UnitCode;

use super::sample::{Registered, Samples};
use super::{Outcome, is_conflict, is_there_already};
use crate::cases::{CaseFilter, CaseRow};
use crate::{Page, Paging, Store, StoreError};

/// Everything that may be seen by one who sees `secrecy`.
fn everything(secrecy: &[Secrecy]) -> CaseFilter {
    CaseFilter {
        secrecy: secrecy.to_vec(),
        states: Vec::new(),
        channel: None,
        class: None,
        unit: None,
        undecided: false,
    }
}

/// The cases of a list, with the number that it says there are.
async fn listed(store: &dyn Store, filter: CaseFilter) -> Result<(Vec<CaseId>, u64), StoreError> {
    let page = store.read().await?.cases(&filter, Paging::first(100)).await?;
    Ok((ids(&page), page.total))
}

fn ids(page: &Page<CaseRow>) -> Vec<CaseId> {
    page.rows.iter().map(|row| row.case.id).collect()
}

/// Rule.
pub async fn a_case_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut registered = samples.registered(Channel::Web, Secrecy::Confidential)?;
    registered.case.suggestion = Some(UnitSuggestion {
        lead: Some(UnitCode::parse("swj")?),
        assisting: vec![UnitCode::parse("zjj")?],
        kind: DispatchKind::Assign,
        confidence: Confidence::new(0.7),
        reasons: Vec::new(),
        against: Vec::new(),
        considered: Vec::new(),
        refused: Vec::new(),
    });
    let mut unit = store.begin().await?;
    unit.insert_case(&registered.case).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.case(registered.case.id).await?, Some(registered.case.clone()));
    assert_eq!(lookups.case_by_number(&registered.case.number).await?, Some(registered.case));
    let unknown = samples.registered(Channel::Web, Secrecy::Ordinary)?.case;
    assert_eq!(lookups.case(unknown.id).await?, None);
    assert_eq!(lookups.case_by_number(&unknown.number).await?, None);
    Ok(())
}

/// Rule: of two people who read the same version, the second one to write is told.
pub async fn update_with_old_version_conflicts(store: Arc<dyn Store>) -> Outcome {
    let case = Samples::default().keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
    let mut first = case.clone();
    first.title = "第一次修改".to_owned();
    let mut unit = store.begin().await?;
    unit.update_case(&first).await?;
    unit.commit().await?;
    let mut second = case;
    second.title = "第二次修改".to_owned();
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.update_case(&second).await));
    unit.commit().await?;
    let stored = store.read().await?.case(second.id).await?;
    assert_eq!(stored.map(|case| case.title), Some(first.title));
    Ok(())
}

/// Rule.
pub async fn an_update_counts_the_version_up(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut case = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
    let into = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
    case.state = case.state.join(into.id, samples.moment())?;
    case.secrecy = Secrecy::Confidential;
    case.class = None;
    case.place = None;
    let mut unit = store.begin().await?;
    unit.update_case(&case).await?;
    unit.commit().await?;
    case.version = case.version.saturating_add(1);
    assert_eq!(store.read().await?.case(case.id).await?, Some(case));
    Ok(())
}

/// Rule.
pub async fn a_case_number_is_given_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
    let mut other = samples.registered(Channel::Web, Secrecy::Ordinary)?.case;
    other.number = kept.number;
    let mut unit = store.begin().await?;
    assert!(is_there_already(&unit.insert_case(&other).await));
    Ok(())
}

/// Rule: neither the rows nor the number tell of a case that may not be seen.
pub async fn lists_never_show_other_secrecy(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let ordinary = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
    let confidential = samples.keep(&*store, Channel::Web, Secrecy::Confidential).await?.case;
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?.case;
    let seen = async |secrecy: &[Secrecy]| listed(&*store, everything(secrecy)).await;
    assert_eq!(seen(&[Secrecy::Ordinary, Secrecy::Confidential]).await?, (vec![confidential.id, ordinary.id], 2));
    assert_eq!(seen(&[Secrecy::Sealed]).await?, (vec![sealed.id], 1));
    assert_eq!(seen(&Secrecy::ALL).await?, (vec![sealed.id, confidential.id, ordinary.id], 3));
    assert_eq!(seen(&[]).await?, (vec![], 0), "who may see nothing sees nothing");
    Ok(())
}

/// Rule.
pub async fn cases_are_listed_newest_first_in_pages(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut newest_first = Vec::new();
    for _ in 0..5 {
        newest_first.insert(0, samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case.id);
    }
    let mut lookups = store.read().await?;
    let mut walked = Vec::new();
    for offset in [0, 2, 4, 6] {
        let page = lookups.cases(&everything(&[Secrecy::Ordinary]), Paging::new(offset, 2)).await?;
        assert_eq!(page.total, 5);
        walked.extend(ids(&page));
    }
    assert_eq!(walked, newest_first);
    Ok(())
}

/// Rule.
pub async fn cases_are_filtered_by_state_and_door(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let web = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let letter = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let mut withdrawn = letter.case.clone();
    withdrawn.state = CaseState::Withdrawn { at: samples.moment() };
    let mut unit = store.begin().await?;
    unit.update_case(&withdrawn).await?;
    unit.commit().await?;
    let found = async |states: &[&str], channel| {
        let states = states.iter().map(|&state| state.to_owned()).collect();
        listed(&*store, CaseFilter { states, channel, ..everything(&Secrecy::ALL) }).await
    };
    assert_eq!(found(&["registered"], None).await?, (vec![web.case.id], 1));
    assert_eq!(found(&["withdrawn"], None).await?, (vec![letter.case.id], 1));
    assert_eq!(found(&["registered", "withdrawn"], None).await?, (vec![letter.case.id, web.case.id], 2));
    assert_eq!(found(&[], Some(Channel::Letter)).await?, (vec![letter.case.id], 1));
    assert_eq!(found(&["registered"], Some(Channel::Letter)).await?, (vec![], 0));
    Ok(())
}

/// Rule.
pub async fn cases_are_filtered_by_class_and_those_below(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut with_class = Vec::new();
    for code in [Some("010000"), Some("010200"), Some("010203"), Some("010300"), Some("020200"), None] {
        let mut case = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case;
        case.class = code.map(ContentClass::parse).transpose()?.map(|class| Field::typed(class, "class"));
        let mut unit = store.begin().await?;
        unit.update_case(&case).await?;
        unit.commit().await?;
        with_class.push((code, case.id));
    }
    for (wanted, expected) in [
        ("010000", vec!["010300", "010203", "010200", "010000"]),
        ("010200", vec!["010203", "010200"]),
        ("010203", vec!["010203"]),
        ("010204", vec![]),
        ("020000", vec!["020200"]),
    ] {
        let class = Some(ContentClass::parse(wanted)?);
        let (found, total) = listed(&*store, CaseFilter { class, ..everything(&Secrecy::ALL) }).await?;
        let expected: Vec<CaseId> = expected
            .iter()
            .filter_map(|code| with_class.iter().find(|(class, _)| class == &Some(*code)).map(|(_, id)| *id))
            .collect();
        assert_eq!(total, u64::try_from(expected.len())?, "of class {wanted}");
        assert_eq!(found, expected, "of class {wanted}");
    }
    Ok(())
}

/// Rule: by the unit that leads; not by one that a sending was taken back from.
pub async fn cases_are_filtered_by_unit(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let mistaken = samples.dispatch(kept.case.id, "jyj")?;
    let right = samples.dispatch(kept.case.id, "swj")?;
    let mut unit = store.begin().await?;
    unit.insert_dispatch(&mistaken).await?;
    unit.set_delivery(mistaken.id, &Delivery::Recalled { at: samples.moment() }).await?;
    unit.insert_dispatch(&right).await?;
    unit.commit().await?;
    for (code, expected) in [("swj", vec![kept.case.id]), ("jyj", vec![]), ("zjj", vec![])] {
        let unit = Some(UnitCode::parse(code)?);
        let (found, total) = listed(&*store, CaseFilter { unit, ..everything(&Secrecy::ALL) }).await?;
        assert_eq!((found, total), (expected.clone(), u64::try_from(expected.len())?), "of unit {code}");
    }
    Ok(())
}

/// Rule: what is open between the sealed and the others, or between two submissions of one case, waits for nobody.
pub async fn findings_that_nobody_can_decide_are_not_counted(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?;
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let second = samples.keep(&*store, Channel::Web, Secrecy::Confidential).await?;
    let mut unit = store.begin().await?;
    unit.insert_findings(&[samples.finding(&second, &sealed, 0.9)]).await?;
    unit.commit().await?;
    let undecided = async || listed(&*store, CaseFilter { undecided: true, ..everything(&Secrecy::ALL) }).await;
    assert_eq!(undecided().await?, (vec![], 0), "nothing is told of the sealed by a count");
    let mut unit = store.begin().await?;
    unit.insert_findings(&[samples.finding(&second, &first, 0.9)]).await?;
    unit.commit().await?;
    assert_eq!(undecided().await?, (vec![second.case.id], 1));
    let mut unit = store.begin().await?;
    unit.move_submission(second.submission.id, second.case.id, first.case.id).await?;
    unit.commit().await?;
    assert_eq!(undecided().await?, (vec![], 0), "they are of one case now");
    Ok(())
}

/// Rule: a case counts the submissions that belong to it now, and their open findings.
pub async fn cases_count_submissions_and_undecided_findings(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let repeat = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let open = samples.finding(&repeat, &first, 0.8);
    let mut unit = store.begin().await?;
    unit.insert_findings(std::slice::from_ref(&open)).await?;
    unit.commit().await?;
    let counts = async |registered: &Registered| -> Result<_, StoreError> {
        let page = store.read().await?.cases(&everything(&Secrecy::ALL), Paging::first(10)).await?;
        let row = page.rows.into_iter().find(|row| row.case.id == registered.case.id);
        Ok(row.map(|row| (row.channel, row.submissions, row.undecided)))
    };
    let undecided = async || listed(&*store, CaseFilter { undecided: true, ..everything(&Secrecy::ALL) }).await;
    assert_eq!(counts(&first).await?, Some((Channel::Web, 1, 0)));
    assert_eq!(counts(&repeat).await?, Some((Channel::Letter, 1, 1)));
    assert_eq!(undecided().await?, (vec![repeat.case.id], 1));

    let by = case::actor::Actor::System;
    let confirmed = Decision::Open.confirm(Relation::Repeat, by, samples.moment(), None)?;
    let mut unit = store.begin().await?;
    unit.decide_finding(open.id, &Decision::Open, &confirmed).await?;
    unit.move_submission(repeat.submission.id, repeat.case.id, first.case.id).await?;
    unit.commit().await?;
    assert_eq!(counts(&first).await?, Some((Channel::Web, 2, 0)));
    assert_eq!(counts(&repeat).await?, Some((Channel::Letter, 0, 0)), "the door stays that of its founding");
    assert_eq!(undecided().await?, (vec![], 0));
    Ok(())
}
