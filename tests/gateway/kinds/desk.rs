//! A desk on which everything can be done in any order, and what must hold after each step.

use std::collections::BTreeSet;

use case::channel::Channel;
use case::dispatch::DispatchKind;
use case::finding::{Decision, Finding, Relation};
use case::group::REPRESENTATIVE_LIMIT;
use case::id::{CaseId, FindingId, GroupId, StaffId};
use case::matter::Case;
use case::representative::{JointPetition, PetitionerPlace};
use case::secrecy::Secrecy;
use case::staff::{Role, Staff, UserName};
use case::submission::Submission;
use case::unit::UnitCode;
use proptest::prelude::*;
use store::conformance::sample::{Registered, Samples};
use store::{Paging, verify};
use xinqiao::configuration::Configuration;
use xinqiao::desk::decide::Verdict;
use xinqiao::desk::send::Sending;
use xinqiao::desk::viewer::Viewer;
use xinqiao::gateway::Gateway;

/// Petitions of a sequence.
pub(super) const PETITIONS: usize = 5;
/// The unit to which they are sent.
const LEAD: &str = "130682106";

/// What somebody does at the desk; numbers choose among what there is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Confirm(usize, Relation),
    IntoGroup(usize, usize),
    Refuse(usize),
    Undo(usize),
    Seal(usize),
    Unseal(usize),
    Send(usize),
    Recall(usize),
    Name(usize),
    Unname(usize),
}

pub(super) fn any_step() -> impl Strategy<Value = Step> {
    let pair = 0..PETITIONS * (PETITIONS - 1) / 2;
    let relation = prop_oneof![Just(Relation::Repeat), Just(Relation::SameMatter), Just(Relation::Related)];
    prop_oneof![
        3 => (pair.clone(), relation).prop_map(|(pair, relation)| Step::Confirm(pair, relation)),
        2 => (pair.clone(), 0_usize..4).prop_map(|(pair, group)| Step::IntoGroup(pair, group)),
        1 => pair.clone().prop_map(Step::Refuse),
        3 => pair.prop_map(Step::Undo),
        1 => (0..PETITIONS).prop_map(Step::Seal),
        1 => (0..PETITIONS).prop_map(Step::Unseal),
        1 => (0..PETITIONS).prop_map(Step::Send),
        1 => (0..PETITIONS).prop_map(Step::Recall),
        2 => (0..PETITIONS).prop_map(Step::Name),
        1 => (0..PETITIONS).prop_map(Step::Unname),
    ]
}

/// A gateway of a test's own, with petitions each of which may have to do with every earlier one.
pub(super) struct Desk {
    pub(super) gateway: Gateway,
    pub(super) officer: Viewer,
    pub(super) accuser: Viewer,
    pub(super) petitions: Vec<Registered>,
    pub(super) findings: Vec<FindingId>,
}

/// What a person could count: submissions and state of each case, who stands in a group with whom and who speaks for it, which are linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) cases: Vec<(Vec<String>, &'static str, Secrecy)>,
    pub(super) groups: BTreeSet<BTreeSet<CaseId>>,
    pub(super) representatives: BTreeSet<(BTreeSet<CaseId>, PetitionerPlace)>,
    pub(super) links: BTreeSet<(CaseId, CaseId)>,
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
    pub(super) async fn open(folder: &std::path::Path) -> Self {
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

    pub(super) async fn case(&self, id: CaseId) -> Case {
        self.gateway.store.read().await.unwrap().case(id).await.unwrap().unwrap()
    }

    pub(super) async fn groups(&self) -> Vec<(GroupId, BTreeSet<CaseId>)> {
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

    pub(super) async fn standing(&self) -> Standing {
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
        let (mut groups, mut representatives) = (BTreeSet::new(), BTreeSet::new());
        for (group, members) in self.groups().await {
            let named =
                self.gateway.store.read().await.unwrap().representatives(JointPetition::Group(group)).await.unwrap();
            assert!(named.len() <= REPRESENTATIVE_LIMIT, "{named:?}");
            for one in named {
                let speaker = self.submission(one.who.submission).await;
                assert!(members.contains(&speaker.case), "speaks for a group of others");
                assert_ne!(speaker.secrecy, Secrecy::Sealed, "the sealed speak for nobody");
                representatives.insert((members.clone(), one.who));
            }
            groups.insert(members);
        }
        Standing { cases, groups, representatives, links }
    }

    async fn events(&self) -> u64 {
        verify::events(&mut *self.gateway.store.read().await.unwrap()).await.unwrap().count
    }

    /// Does the step as `viewer`; false when it was refused.
    pub(super) async fn act(&self, viewer: &Viewer, step: Step) -> bool {
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
            Step::Send(petition) => {
                let sending = Sending {
                    lead: UnitCode::parse(LEAD).unwrap(),
                    assisting: Vec::new(),
                    kind: DispatchKind::Forward,
                    note: None,
                };
                gateway.send(viewer, &number(petition), sending).await.map(|_dispatch| ())
            }
            Step::Recall(petition) => {
                let case = self.petitions[petition].case.id;
                let sent = gateway.store.read().await.unwrap().dispatches_of_case(case).await.unwrap();
                let Some(last) = sent.iter().max_by_key(|dispatch| dispatch.decided_at) else { return false };
                gateway.recall(viewer, last.id).await
            }
            Step::Name(petition) | Step::Unname(petition) => {
                let speaker = self.submission(self.petitions[petition].submission.id).await;
                let groups = self.groups().await;
                let Some((group, _)) = groups.iter().find(|(_, members)| members.contains(&speaker.case)) else {
                    return false;
                };
                if matches!(step, Step::Name(_)) {
                    gateway.name_representative(viewer, JointPetition::Group(*group), &speaker.number, 1).await
                } else {
                    gateway.undo_representative(viewer, JointPetition::Group(*group), &speaker.number, 1).await
                }
            }
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
    pub(super) async fn tells_nothing_of_the_sealed(&self) {
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
            let queued = queue.rows.iter().find(|queued| queued.row.case.id == view.case.id).unwrap();
            let row = &queued.row;
            assert_eq!(usize::try_from(row.undecided).unwrap(), open.count(), "the count is that of the page");
            told.push(format!("{:?}", queue.rows.iter().map(|queued| &queued.row.case.number).collect::<Vec<_>>()));
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
    pub(super) async fn check(&self, step: Step) {
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
            Step::Send(petition) => {
                assert_eq!((&after.groups, &after.links), (&before.groups, &before.links), "sending ties nobody");
                assert!(self.act(&self.accuser, Step::Recall(petition)).await);
                assert_eq!(self.standing().await, before, "recalled");
                assert!(self.act(&self.accuser, Step::Send(petition)).await, "what was recalled is sent again");
                assert_eq!(self.standing().await, after);
            }
            Step::Recall(_) => {
                assert_eq!((&after.groups, &after.links), (&before.groups, &before.links));
                assert_eq!(after.representatives, before.representatives);
            }
            Step::Name(petition) => {
                assert_eq!(after.representatives.len(), before.representatives.len() + 1);
                assert!(self.act(&self.accuser, Step::Unname(petition)).await);
                assert_eq!(self.standing().await, before, "taken back");
                assert!(self.act(&self.accuser, Step::Name(petition)).await);
                assert_eq!(self.standing().await, after);
            }
            Step::Unname(_) => assert_eq!(after.representatives.len() + 1, before.representatives.len()),
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
                assert_eq!(after.representatives, before.representatives);
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
