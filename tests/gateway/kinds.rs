//! Repeat, same matter and related over several cases, in any order, through the real gateway and database: what a decision does, and
//! nothing else; that undoing brings everything back; and that nothing tells of what is sealed.

use std::collections::BTreeSet;

use case::channel::Channel;
use case::finding::{Decision, Finding, Relation};
use case::id::{CaseId, FindingId, GroupId, StaffId};
use case::matter::Case;
use case::secrecy::Secrecy;
use case::staff::{Role, Staff, UserName};
use case::submission::Submission;
use proptest::prelude::*;
use store::conformance::sample::{Registered, Samples};
use store::{Paging, verify};
use xinqiao::configuration::Configuration;
use xinqiao::desk::decide::Verdict;
use xinqiao::desk::viewer::Viewer;
use xinqiao::gateway::Gateway;

/// Petitions of a sequence.
const PETITIONS: usize = 5;
/// Steps of a sequence.
const STEPS: usize = 14;

/// What somebody does at the desk; numbers choose among what there is.
#[derive(Debug, Clone, Copy)]
enum Step {
    Confirm(usize, Relation),
    IntoGroup(usize, usize),
    Refuse(usize),
    Undo(usize),
    Seal(usize),
    Unseal(usize),
}

fn any_step() -> impl Strategy<Value = Step> {
    let pair = 0..PETITIONS * (PETITIONS - 1) / 2;
    let relation = prop_oneof![Just(Relation::Repeat), Just(Relation::SameMatter), Just(Relation::Related)];
    prop_oneof![
        3 => (pair.clone(), relation).prop_map(|(pair, relation)| Step::Confirm(pair, relation)),
        2 => (pair.clone(), 0_usize..4).prop_map(|(pair, group)| Step::IntoGroup(pair, group)),
        1 => pair.clone().prop_map(Step::Refuse),
        3 => pair.prop_map(Step::Undo),
        1 => (0..PETITIONS).prop_map(Step::Seal),
        1 => (0..PETITIONS).prop_map(Step::Unseal),
    ]
}

/// A gateway of a test's own, with petitions each of which may have to do with every earlier one.
struct Desk {
    gateway: Gateway,
    officer: Viewer,
    accuser: Viewer,
    petitions: Vec<Registered>,
    findings: Vec<FindingId>,
}

/// What a person could count: submissions and state of each case, who stands in a group with whom, which are linked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    cases: Vec<(Vec<String>, &'static str, Secrecy)>,
    groups: BTreeSet<BTreeSet<CaseId>>,
    links: BTreeSet<(CaseId, CaseId)>,
}

fn viewer(role: Role, number: u128) -> Viewer {
    Viewer::new(Staff {
        id: StaffId::from_uuid(uuid::Uuid::from_u128(number)),
        user_name: UserName::parse("somebody").unwrap(),
        display_name: "某某".to_owned(),
        roles: vec![role],
        active: true,
    })
}

impl Desk {
    async fn open(folder: &std::path::Path) -> Self {
        let configuration = Configuration::load(None, folder.to_owned()).unwrap();
        let gateway = xinqiao::startup::open(configuration).await.unwrap();
        let samples = Samples::default();
        let mut petitions: Vec<Registered> = Vec::new();
        let mut found: Vec<Finding> = Vec::new();
        for _ in 0..PETITIONS {
            let later = samples.keep(&*gateway.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
            found.extend(petitions.iter().map(|earlier| samples.finding(&later, earlier, 0.9)));
            petitions.push(later);
        }
        let mut unit = gateway.store.begin().await.unwrap();
        unit.insert_findings(&found).await.unwrap();
        unit.commit().await.unwrap();
        let findings = found.into_iter().map(|finding| finding.id).collect();
        Self { gateway, officer: viewer(Role::Officer, 1), accuser: viewer(Role::Accusations, 2), petitions, findings }
    }

    async fn finding(&self, number: usize) -> Option<Finding> {
        self.gateway.store.read().await.unwrap().finding(self.findings[number]).await.unwrap()
    }

    async fn submission(&self, id: case::id::SubmissionId) -> Submission {
        self.gateway.store.read().await.unwrap().submission(id).await.unwrap().unwrap()
    }

    async fn case(&self, id: CaseId) -> Case {
        self.gateway.store.read().await.unwrap().case(id).await.unwrap().unwrap()
    }

    async fn groups(&self) -> Vec<(GroupId, BTreeSet<CaseId>)> {
        let mut lookups = self.gateway.store.read().await.unwrap();
        let mut groups = Vec::new();
        for petition in &self.petitions {
            for group in lookups.groups_of_case(petition.case.id).await.unwrap() {
                let members: BTreeSet<CaseId> = group.cases.into_iter().collect();
                // Two submissions of one case are no group to anybody.
                if members.len() > 1 && !groups.iter().any(|(known, _)| *known == group.id) {
                    groups.push((group.id, members));
                }
            }
        }
        groups
    }

    async fn standing(&self) -> Standing {
        let mut lookups = self.gateway.store.read().await.unwrap();
        let (mut cases, mut links) = (Vec::new(), BTreeSet::new());
        for petition in &self.petitions {
            let case = lookups.case(petition.case.id).await.unwrap().unwrap();
            let submissions = lookups.submissions_of_case(case.id).await.unwrap();
            cases.push((
                submissions.iter().map(|one| one.number.to_string()).collect(),
                case.state.as_str(),
                case.secrecy,
            ));
            let of_case = lookups.links_of_case(case.id).await.unwrap();
            links.extend(of_case.into_iter().map(|link| (link.earlier, link.later)));
        }
        drop(lookups);
        Standing { cases, groups: self.groups().await.into_iter().map(|(_, members)| members).collect(), links }
    }

    async fn events(&self) -> u64 {
        verify::events(&mut *self.gateway.store.read().await.unwrap()).await.unwrap().count
    }

    /// Does the step as `viewer`; false when it was refused.
    async fn act(&self, viewer: &Viewer, step: Step) -> bool {
        let gateway = &self.gateway;
        let number = |petition: usize| self.petitions[petition].case.number.clone();
        let done = match step {
            Step::Confirm(pair, relation) => {
                gateway.decide(viewer, self.findings[pair], Verdict::Confirm(relation), None).await
            }
            Step::IntoGroup(pair, group) => {
                let groups = self.groups().await;
                let Some((group, _)) = groups.get(group % groups.len().max(1)) else { return false };
                gateway.decide(viewer, self.findings[pair], Verdict::IntoGroup(*group), None).await
            }
            Step::Refuse(pair) => gateway.decide(viewer, self.findings[pair], Verdict::Refuse, None).await,
            Step::Undo(pair) => gateway.undo(viewer, self.findings[pair]).await,
            Step::Seal(petition) => gateway.seal(viewer, &number(petition), "属于检举控告").await,
            Step::Unseal(petition) => gateway.unseal(viewer, &number(petition), "不是检举控告").await,
        };
        done.is_ok()
    }

    /// Pairs of cases that stand in one group.
    async fn together(&self) -> BTreeSet<(CaseId, CaseId)> {
        let mut pairs = BTreeSet::new();
        for (_, members) in self.groups().await {
            for one in &members {
                pairs.extend(members.iter().filter(|other| *other > one).map(|other| (*one, *other)));
            }
        }
        pairs
    }

    /// Nothing that an officer is shown names a sealed case, and every count is that of what is shown.
    async fn tells_nothing_of_the_sealed(&self) {
        let mut sealed = Vec::new();
        for petition in &self.petitions {
            let case = self.case(petition.case.id).await;
            if case.secrecy == Secrecy::Sealed {
                sealed.extend([case.number.to_string(), case.id.to_string()]);
            }
        }
        let mut told: Vec<String> = Vec::new();
        for petition in &self.petitions {
            let Ok(view) = self.gateway.case_view(&self.officer, &petition.case.number).await else {
                assert!(sealed.contains(&petition.case.number.to_string()), "an open case is there");
                continue;
            };
            told.push(format!("{:?} {:?} {:?} {:?}", view.groups, view.links, view.events, view.joined_to));
            for found in &view.findings {
                told.push(format!("{} {} {:?}", found.later.number, found.earlier.number, found.groups));
            }
            let open = view.findings.iter().filter(|found| {
                found.finding.decision == Decision::Open && !found.one_case && found.later.case == view.case.id
            });
            let filter = store::cases::CaseFilter {
                secrecy: Vec::new(),
                states: Vec::new(),
                channel: None,
                class: None,
                unit: None,
                undecided: false,
            };
            let queue = self.gateway.queue(&self.officer, filter, Paging::first(50)).await.unwrap();
            let row = queue.rows.iter().find(|row| row.case.id == view.case.id).unwrap();
            assert_eq!(usize::try_from(row.undecided).unwrap(), open.count(), "the count is that of the page");
            told.push(format!("{:?}", queue.rows.iter().map(|row| &row.case.number).collect::<Vec<_>>()));
        }
        let today = case::ports::office_date(self.gateway.clock.now());
        let formed = self.gateway.groups_formed(&self.officer, today, today, Paging::first(50)).await.unwrap();
        assert_eq!(usize::try_from(formed.total).unwrap(), formed.rows.len());
        assert!(formed.rows.iter().all(|group| group.size >= 2 && group.size == group.cases.len()));
        told.push(format!("{:?}", formed.rows));
        told.push(format!("{:?}", self.gateway.hot_matters(&self.officer, 8).await.unwrap()));
        for hidden in &sealed {
            for text in &told {
                assert!(!text.contains(hidden), "{hidden} is sealed and told in {text}");
            }
        }
    }

    /// Nobody stands in a group but by a chain of decisions about pairs.
    async fn groups_are_connected(&self) {
        for (group, members) in self.groups().await {
            let pairs = self.gateway.store.read().await.unwrap().groupings(group).await.unwrap();
            let mut reached = BTreeSet::from([pairs[0].earlier, pairs[0].later]);
            for _ in &pairs {
                for pair in &pairs {
                    if reached.contains(&pair.earlier) || reached.contains(&pair.later) {
                        reached.extend([pair.earlier, pair.later]);
                    }
                }
            }
            assert_eq!(reached, members);
        }
    }

    /// Takes the step and checks what it did.
    async fn check(&self, step: Step) {
        let (before, together, events) = (self.standing().await, self.together().await, self.events().await);
        // An officer may not do everything; whoever may see the sealed can.
        let done = self.act(&self.accuser, step).await;
        let after = self.standing().await;
        if !done {
            assert_eq!(after, before, "{step:?} was refused and changed something");
            assert_eq!(self.events().await, events);
            return;
        }
        assert!(self.events().await > events, "{step:?} left no event");
        self.groups_are_connected().await;
        match step {
            Step::Confirm(pair, relation) => self.check_confirmed(pair, relation, &before, &together).await,
            Step::IntoGroup(pair, _) => self.check_undone(pair, &before).await,
            Step::Refuse(_) => assert_eq!(after, before, "refusing has no effect"),
            Step::Undo(_) | Step::Seal(_) | Step::Unseal(_) => {}
        }
    }

    async fn check_confirmed(
        &self,
        pair: usize,
        relation: Relation,
        before: &Standing,
        together: &BTreeSet<(CaseId, CaseId)>,
    ) {
        let finding = self.finding(pair).await.unwrap();
        let ends = [finding.submission, finding.other_submission];
        let [later, earlier] = [self.submission(ends[0]).await, self.submission(ends[1]).await];
        assert_eq!(later.secrecy == Secrecy::Sealed, earlier.secrecy == Secrecy::Sealed, "nothing crosses the seal");
        let after = self.standing().await;
        match relation {
            Relation::SameMatter => {
                let decided = (later.case.min(earlier.case), later.case.max(earlier.case));
                let more: Vec<_> = self.together().await.difference(together).copied().collect();
                assert!(more.is_empty() || more == [decided], "only the pair that was decided: {more:?}");
                assert!(self.together().await.contains(&decided));
                assert_eq!(after.cases, before.cases);
            }
            Relation::Related => {
                assert!(after.links.contains(&(earlier.case, later.case)));
                assert_eq!((&after.cases, &after.groups), (&before.cases, &before.groups));
            }
            Relation::Repeat | Relation::Supplement => {
                assert_eq!(later.case, earlier.case, "they are of one case");
                assert_ne!(later.case, later.own_case);
                assert_eq!(self.case(later.own_case).await.state.as_str(), "joined");
            }
        }
        assert!(!self.act(&self.accuser, Step::Confirm(pair, relation)).await, "nobody decides twice");
        self.check_undone(pair, before).await;
    }

    /// Undoing brings back what stood before, to the last count; deciding again does it again.
    async fn check_undone(&self, pair: usize, before: &Standing) {
        let decided = self.standing().await;
        let Decision::Confirmed { relation, .. } = self.finding(pair).await.unwrap().decision else {
            panic!("confirmed")
        };
        let group = self.gateway.store.read().await.unwrap().group_of_finding(self.findings[pair]).await.unwrap();
        assert!(self.act(&self.accuser, Step::Undo(pair)).await);
        assert_eq!(&self.standing().await, before, "undone");
        let again = match group {
            Some(group) if self.groups().await.iter().any(|(known, _)| *known == group) => Verdict::IntoGroup(group),
            Some(_) | None => Verdict::Confirm(relation),
        };
        self.gateway.decide(&self.accuser, self.findings[pair], again, None).await.unwrap();
        let standing = self.standing().await;
        assert_eq!((&standing.cases, &standing.links), (&decided.cases, &decided.links), "decided again");
        // A group that only the join held together stays in its parts.
        if relation == Relation::SameMatter {
            assert_eq!(standing.groups, decided.groups, "decided again");
        }
    }
}

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
            assert_eq!((last.groups, last.links), (first.groups, first.links));
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

/// Petitions about one broken thing in one of many villages; `wording` makes two of one village differ.
fn about(registered: &mut Registered, village: usize, wording: &str) {
    const VILLAGES: [&str; 6] = ["翟城", "东亭", "西坂", "高蓬", "邢邑", "砖路"];
    const TROUBLES: [&str; 5] = ["路灯不亮", "自来水停水", "垃圾没人清运", "道路积水", "变压器噪音"];
    let (name, trouble) = (VILLAGES[village % VILLAGES.len()], TROUBLES[village / VILLAGES.len()]);
    let statement = &mut registered.submission.statement;
    statement.title.value = format!("{name}村{trouble}");
    statement.body = format!("{wording}我们{name}村{trouble}已经{village}个月了，{wording}请派人处理。");
    statement.place = None;
    statement.respondents.clear();
}

#[tokio::test]
async fn an_office_learns_from_what_it_decided_and_not_from_the_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration::load(None, folder.path().to_owned()).unwrap();
    let gateway = xinqiao::startup::open(configuration).await.unwrap();
    let samples = Samples::default();
    let keep = async |village: usize, wording: &str, secrecy: Secrecy| {
        let mut registered = samples.registered(Channel::Web, secrecy).unwrap();
        about(&mut registered, village, wording);
        let mut unit = gateway.store.begin().await.unwrap();
        unit.insert_arrival(&registered.arrival).await.unwrap();
        unit.insert_case(&registered.case).await.unwrap();
        unit.insert_submission(&registered.submission).await.unwrap();
        unit.commit().await.unwrap();
        registered
    };
    let by = case::actor::Actor::Staff { staff: StaffId::from_uuid(uuid::Uuid::from_u128(1)) };
    let decide = async |later: &Registered, earlier: &Registered, same: bool| {
        let finding = samples.finding(later, earlier, 0.5);
        let at = gateway.clock.now();
        let decision = if same {
            Decision::Open.confirm(Relation::SameMatter, by.clone(), at, None).unwrap()
        } else {
            Decision::Open.refuse(by.clone(), at, None).unwrap()
        };
        let mut unit = gateway.store.begin().await.unwrap();
        unit.insert_findings(std::slice::from_ref(&finding)).await.unwrap();
        unit.decide_finding(finding.id, &Decision::Open, &decision).await.unwrap();
        unit.commit().await.unwrap();
    };
    let mut last: Option<Registered> = None;
    for village in 0..30 {
        let first = keep(village, "", Secrecy::Ordinary).await;
        let second = keep(village, "多次反映，", Secrecy::Ordinary).await;
        decide(&second, &first, true).await;
        if let Some(other) = &last {
            decide(&first, other, false).await;
        }
        if village == 5 {
            let few = xinqiao::evaluate::own_decisions::learn(&gateway, &|_progress| {}).await.unwrap_err();
            assert!(few.detail.contains("6对") && few.detail.contains("5对"), "{few}");
        }
        last = Some(second);
    }
    let sealed = keep(0, "举报", Secrecy::Sealed).await;
    decide(&sealed, &last.unwrap(), true).await;
    let learned = xinqiao::evaluate::own_decisions::learn(&gateway, &|_progress| {}).await.unwrap();
    assert_eq!((learned.same_matter, learned.other), (30, 29), "the sealed is left out");
    assert!(learned.after.f1 > 0.9, "{:?}", learned.after);
    let again = xinqiao::evaluate::own_decisions::learn(&gateway, &|_progress| {}).await.unwrap();
    assert_eq!(again.weights.to_text().unwrap(), learned.weights.to_text().unwrap());
}
