//! Repeat, same matter and related over several cases, in any order, through the real gateway and database: what a decision does, and
//! nothing else; that undoing brings everything back, also with what was sent and recalled and who was named meanwhile; and that nothing
//! tells of what is sealed.

mod desk;
mod learning;

use std::collections::BTreeSet;

use case::finding::Relation;
use case::id::CaseId;
use case::secrecy::Secrecy;
use proptest::prelude::*;
use xinqiao::desk::decide::Verdict;

use self::desk::{Desk, PETITIONS, Step, any_step};

/// Steps of a sequence.
const STEPS: usize = 14;

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_decisions_keeps_the_kinds_apart(steps in proptest::collection::vec(any_step(), STEPS)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let desk = Desk::open(folder.path()).await;
            let first = desk.standing().await;
            for step in steps {
                desk.check(step).await;
                desk.tells_nothing_of_the_sealed().await;
            }
            for petition in 0..PETITIONS {
                desk.act(&desk.accuser, Step::Recall(petition)).await;
                desk.act(&desk.accuser, Step::Unseal(petition)).await;
            }
            // Some cannot be undone before others that rest on them.
            for _ in 0..desk.findings.len() {
                for pair in 0..desk.findings.len() {
                    desk.act(&desk.accuser, Step::Undo(pair)).await;
                }
            }
            let last = desk.standing().await;
            assert_eq!(last.cases.iter().map(|case| (&case.0, case.1)).collect::<Vec<_>>(),
                       first.cases.iter().map(|case| (&case.0, case.1)).collect::<Vec<_>>(), "everything is undone");
            assert_eq!((last.groups, last.representatives, last.links), (first.groups, first.representatives, first.links));
        });
    }
}

/// The matter of the petitions at the village gate, and that of the school: one petition asks for both.
#[tokio::test]
async fn a_petition_with_two_demands_stands_in_two_groups_and_ties_nobody_together() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path()).await;
    let case = |petition: usize| desk.petitions[petition].case.id;
    // Findings are in the order 1-0, 2-0, 2-1, 3-0, 3-1, 3-2, …
    let (one_zero, two_one, three_zero) = (0, 2, 3);
    assert!(desk.act(&desk.officer, Step::Confirm(one_zero, Relation::SameMatter)).await);
    assert!(desk.act(&desk.officer, Step::Confirm(two_one, Relation::SameMatter)).await);
    let groups: BTreeSet<BTreeSet<CaseId>> = desk.standing().await.groups;
    assert_eq!(groups, BTreeSet::from([BTreeSet::from([case(0), case(1)]), BTreeSet::from([case(1), case(2)])]));

    // A person puts the fourth with the first group.
    let (first_group, _) = desk.groups().await.into_iter().find(|(_, members)| members.contains(&case(0))).unwrap();
    let verdict = Verdict::IntoGroup(first_group);
    desk.gateway.decide(&desk.officer, desk.findings[three_zero], verdict, None).await.unwrap();
    let with_fourth = BTreeSet::from([case(0), case(1), case(3)]);
    assert!(desk.standing().await.groups.contains(&with_fourth));

    // What is left without the decision that held it together falls apart, and nothing else.
    assert!(desk.act(&desk.officer, Step::Undo(one_zero)).await);
    let groups: BTreeSet<BTreeSet<CaseId>> = desk.standing().await.groups;
    assert_eq!(groups, BTreeSet::from([BTreeSet::from([case(0), case(3)]), BTreeSet::from([case(1), case(2)])]));

    // A group in which neither of the two stands is no choice.
    let (other, _) = desk.groups().await.into_iter().find(|(_, members)| members.contains(&case(2))).unwrap();
    let refused = desk.gateway.decide(&desk.officer, desk.findings[one_zero], Verdict::IntoGroup(other), None).await;
    assert!(refused.is_ok(), "the second case stands in it: {refused:?}");
    let four_zero = 6;
    let refused = desk.gateway.decide(&desk.officer, desk.findings[four_zero], Verdict::IntoGroup(other), None).await;
    assert!(refused.is_ok(), "the first case stands in it now: {refused:?}");
}

/// What stood in a group with a sealed case is shown without it, also in what happened.
#[tokio::test]
async fn a_sealed_case_takes_its_repeats_along_and_leaves_no_trace_in_groups() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path()).await;
    let (one_zero, two_zero, four_zero) = (0, 1, 6);
    assert!(desk.act(&desk.officer, Step::Confirm(one_zero, Relation::Repeat)).await);
    assert!(desk.act(&desk.officer, Step::Confirm(two_zero, Relation::SameMatter)).await);
    assert!(desk.act(&desk.officer, Step::Confirm(four_zero, Relation::Related)).await);
    desk.tells_nothing_of_the_sealed().await;
    assert!(desk.act(&desk.officer, Step::Seal(0)).await);
    for petition in [0, 1] {
        let hidden = desk.gateway.case_view(&desk.officer, &desk.petitions[petition].case.number).await;
        assert!(hidden.is_err(), "the case and what was joined to it");
    }
    desk.tells_nothing_of_the_sealed().await;
    let view = desk.gateway.case_view(&desk.officer, &desk.petitions[2].case.number).await.unwrap();
    assert!(view.groups.is_empty() && view.links.is_empty());
    assert!(!desk.act(&desk.officer, Step::Undo(two_zero)).await, "not even by undoing");

    // Whoever may see it takes the repeat out; it stays sealed until somebody unseals it.
    assert!(desk.act(&desk.accuser, Step::Undo(one_zero)).await);
    let parted = desk.case(desk.petitions[1].case.id).await;
    assert_eq!((parted.secrecy, parted.state.as_str()), (Secrecy::Sealed, "registered"));
    assert!(desk.act(&desk.accuser, Step::Unseal(0)).await);
    let view = desk.gateway.case_view(&desk.officer, &desk.petitions[2].case.number).await.unwrap();
    assert_eq!(view.groups.len(), 1, "unsealing brings the group back");
}
