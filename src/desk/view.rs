//! One case with everything that belongs to it, as the desk sees it.

use std::collections::HashMap;

use case::channel::Channel;
use case::dispatch::Dispatch;
use case::event::{Event, EventKind};
use case::finding::{Decision, Finding};
use case::id::{CaseId, FindingId, SubmissionId};
use case::mask::People;
use case::matter::Case;
use case::notice::Notice;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::representative::JointPetition;
use case::respondent::Respondent;
use case::staff::Permission;
use case::state::CaseState;
use case::submission::{StoredFile, Submission};
use case::unit::Unit;
use case::verification::LetterCheck;
use store::cases::CaseLink;
use store::jobs::Job;
use store::{Lookups, Paging};

use crate::archive;
use crate::archive::open::Papers;
use crate::desk::group::{SeenGroup, groups_of};
use crate::desk::representatives::{SeenPetitioner, petitioners};
use crate::desk::seen_events::seen_events;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::attachments::{AttachmentReading, reading_of};
use crate::intake::receive::failed;
use crate::jobs::kind::TASKS_OF_JUDGING;
use crate::judging::index::space;
use crate::routing::respondents::{self, UnitNames};

/// A case and what belongs to it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// The case it was joined to as a repeat, when the viewer may see that one.
    pub joined_to: Option<Case>,
    /// What is known of its petitioners, to be hidden in its texts.
    pub people: People,
    /// Units of our list that its submissions complain about: read from their words, with where they stand.
    pub accused: Vec<Respondent>,
    /// Its submissions in the order of registration.
    pub submissions: Vec<Submission>,
    /// How far the check of each of its letters has come.
    pub checks: Vec<LetterCheck>,
    /// What is kept of the paper of each of its letters.
    pub papers: Vec<Papers>,
    /// How the reading of attachments of each of its mails stands, where some were not read when it came.
    pub attachments: Vec<AttachmentReading>,
    /// Findings of its submissions, and those that point to it.
    pub findings: Vec<FindingView>,
    /// Its dispatches, oldest first.
    pub dispatches: Vec<Dispatch>,
    /// The mails about its submissions; only for submissions that came or were answered by mail.
    pub correspondence: Vec<Correspondence>,
    /// Its events, oldest first.
    pub events: Vec<Event>,
    /// Its groups, as far as the viewer may see their cases.
    pub groups: Vec<SeenGroup>,
    /// Its links, with the case at the other end.
    pub links: Vec<(CaseLink, Case)>,
    /// A submission of it is not compared with the earlier ones yet.
    pub to_be_judged: bool,
    /// Its jobs that are not done.
    pub jobs: Vec<Job>,
    /// Every unit.
    pub units: Vec<Unit>,
    /// Its petitioners, each person once, and who of them speaks for all.
    pub petitioners: Vec<SeenPetitioner>,
}

/// The mails about a submission.
#[derive(Debug, Clone)]
pub struct Correspondence {
    /// The number of the submission.
    pub submission: RegistrationNumber,
    /// The mailboxes in which it stood, and the addresses to which it was handed over, each once.
    pub mailboxes: Vec<String>,
    /// What we wrote to the petitioner, oldest first.
    pub notices: Vec<Notice>,
}

/// A finding with both sides.
#[derive(Debug, Clone)]
pub struct FindingView {
    /// The finding.
    pub finding: Finding,
    /// The later submission.
    pub later: Submission,
    /// The earlier submission.
    pub earlier: Submission,
    /// The case of the earlier submission now.
    pub earlier_case: Case,
    /// Whether both submissions belong to that case.
    pub one_case: bool,
    /// While it is open: the groups of either case, to which a person may add the other.
    pub groups: Vec<SeenGroup>,
}

impl FindingView {
    /// What is known of the petitioners of both sides.
    #[must_use]
    pub fn people(&self) -> People {
        let mut people = People::of(&self.later.statement);
        people.add(&self.earlier.statement);
        people
    }
}

impl Gateway {
    /// The case with this number, as the viewer may see it.
    ///
    /// # Errors
    /// No right, no such case, or the store failed.
    pub async fn case_view(&self, viewer: &Viewer, number: &RegistrationNumber) -> Result<CaseView, Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let lookups = &mut *lookups;
        let case = lookups.case_by_number(number).await.map_err(|error| failed(&error))?;
        let case = case.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(case.secrecy)?;
        let joined_to = if let CaseState::Joined { into, .. } = case.state {
            seen_case(lookups, viewer, into).await?
        } else {
            None
        };
        let submissions = lookups.submissions_of_case(case.id).await.map_err(|error| failed(&error))?;
        let units = lookups.units().await.map_err(|error| failed(&error))?;
        let jobs = lookups.jobs_of_case(case.id).await.map_err(|error| failed(&error))?;
        let mut people = people_of(lookups, &case).await?;
        let (mut checks, mut papers, mut attachments) = (Vec::new(), Vec::new(), Vec::new());
        for submission in &submissions {
            if submission.channel == Channel::Letter {
                papers.push(archive::open::papers(lookups, submission.id).await?);
            }
            attachments.extend(reading_of(lookups, submission).await.map_err(|error| failed(&error))?);
            people.add(&submission.statement);
            checks.extend(lookups.letter_check(submission.id).await.map_err(|error| failed(&error))?);
        }
        Ok(CaseView {
            joined_to,
            people,
            accused: accused(&submissions, &self.office.unit_names(&units)),
            correspondence: correspondence(lookups, &submissions).await?,
            submissions,
            checks,
            papers,
            attachments,
            findings: findings(lookups, viewer, case.id).await?,
            dispatches: lookups.dispatches_of_case(case.id).await.map_err(|error| failed(&error))?,
            events: seen_events(lookups, viewer, case.id).await?,
            petitioners: petitioners(lookups, JointPetition::Case(case.id), viewer.secrecies())
                .await
                .map_err(|error| failed(&error))?,
            groups: groups_of(lookups, viewer, case.id).await?,
            links: links(lookups, viewer, case.id).await?,
            to_be_judged: jobs.iter().any(|job| TASKS_OF_JUDGING.contains(&job.job.kind.as_str())),
            jobs,
            units,
            case,
        })
    }

    /// A finding with both texts, as the viewer may see it.
    ///
    /// # Errors
    /// No right, no such finding, or the store failed.
    pub async fn finding_view(&self, viewer: &Viewer, id: FindingId) -> Result<FindingView, Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let finding = lookups.finding(id).await.map_err(|error| failed(&error))?;
        let finding = finding.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let view = both_sides(&mut *lookups, viewer, finding).await?;
        view.ok_or_else(|| ProblemCode::NotFound.into())
    }

    /// A file of a submission. Opening one is an event.
    ///
    /// # Errors
    /// No right, no such file, or the store failed.
    pub async fn open_file(
        &self,
        viewer: &Viewer,
        submission: SubmissionId,
        index: usize,
    ) -> Result<(StoredFile, Vec<u8>), Problem> {
        viewer.require(Permission::OpenFiles)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let submission = lookups.submission(submission).await.map_err(|error| failed(&error))?;
        let submission = submission.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(submission.secrecy)?;
        let file = submission.files.get(index).ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let bytes = self.files.get(file.hash).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("文件不在存储中"))?;
        self.note_look(viewer, submission.case, EventKind::FileOpened, serde_json::json!({ "file": file.hash }))
            .await?;
        Ok((file.clone(), bytes))
    }

    /// Notes that a person looks at the petitioner's data of a case unmasked, and why.
    ///
    /// # Errors
    /// No right, no such case, or the store failed.
    pub async fn unmask(&self, viewer: &Viewer, case: &Case, reason: &str) -> Result<(), Problem> {
        viewer.require(Permission::Unmask)?;
        viewer.require_sight(case.secrecy)?;
        let reason = case::text::truncate(reason.trim(), crate::desk::decide::REASON_LIMIT);
        if reason.is_empty() {
            return Err(ProblemCode::InvalidField.because("请写明查看理由"));
        }
        self.note_look(viewer, case.id, EventKind::Unmasked, serde_json::json!({ "reason": reason })).await
    }

    /// Notes that a person looked at something.
    pub(crate) async fn note_look(
        &self,
        viewer: &Viewer,
        case: CaseId,
        kind: EventKind,
        detail: serde_json::Value,
    ) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let event = self.event(case, viewer.actor(), kind, String::new(), detail);
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}

async fn correspondence(lookups: &mut dyn Lookups, submissions: &[Submission]) -> Result<Vec<Correspondence>, Problem> {
    let mut mails = Vec::new();
    for submission in submissions {
        let mut mailboxes: Vec<String> = Vec::new();
        for place in lookups.mail_places(submission.arrival).await.map_err(|error| failed(&error))? {
            if !mailboxes.contains(&place.mailbox) {
                mailboxes.push(place.mailbox);
            }
        }
        let notices = lookups.notices_of_submission(submission.id).await.map_err(|error| failed(&error))?;
        if !mailboxes.is_empty() || !notices.is_empty() {
            mails.push(Correspondence { submission: submission.number.clone(), mailboxes, notices });
        }
    }
    Ok(mails)
}

async fn findings(lookups: &mut dyn Lookups, viewer: &Viewer, case: CaseId) -> Result<Vec<FindingView>, Problem> {
    let mut views = Vec::new();
    for finding in lookups.findings_of_case(case).await.map_err(|error| failed(&error))? {
        views.extend(both_sides(lookups, viewer, finding).await?);
    }
    Ok(views)
}

/// The finding with both sides; none when the viewer may not see one of them.
async fn both_sides(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    finding: Finding,
) -> Result<Option<FindingView>, Problem> {
    let later = lookups.submission(finding.submission).await.map_err(|error| failed(&error))?;
    let earlier = lookups.submission(finding.other_submission).await.map_err(|error| failed(&error))?;
    let (Some(later), Some(earlier)) = (later, earlier) else { return Ok(None) };
    let seen = [later.secrecy, earlier.secrecy].iter().all(|secrecy| viewer.secrecies().contains(secrecy));
    // One of them was sealed since: nobody can decide it, and what was decided stands for whoever may see both.
    let decidable = space(later.secrecy) == space(earlier.secrecy) || finding.decision != Decision::Open;
    if !seen || !decidable {
        return Ok(None);
    }
    let Some(earlier_case) = seen_case(lookups, viewer, earlier.case).await? else { return Ok(None) };
    let one_case = later.case == earlier.case;
    let groups = groups_to_choose(lookups, viewer, &finding, [later.case, earlier.case]).await?;
    Ok(Some(FindingView { finding, later, earlier, earlier_case, one_case, groups }))
}

/// The groups to which the finding could be added, each once.
async fn groups_to_choose(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    finding: &Finding,
    cases: [CaseId; 2],
) -> Result<Vec<SeenGroup>, Problem> {
    let mut groups: Vec<SeenGroup> = Vec::new();
    if finding.decision == Decision::Open {
        for case in cases {
            for group in groups_of(lookups, viewer, case).await? {
                if !groups.iter().any(|known| known.id == group.id) {
                    groups.push(group);
                }
            }
        }
    }
    Ok(groups)
}

async fn links(lookups: &mut dyn Lookups, viewer: &Viewer, case: CaseId) -> Result<Vec<(CaseLink, Case)>, Problem> {
    let mut links = Vec::new();
    for link in lookups.links_of_case(case).await.map_err(|error| failed(&error))? {
        let other = if link.earlier == case { link.later } else { link.earlier };
        links.extend(seen_case(lookups, viewer, other).await?.map(|case| (link, case)));
    }
    Ok(links)
}

/// The case, if the viewer may see it, its title masked.
pub(crate) async fn seen_case(lookups: &mut dyn Lookups, viewer: &Viewer, id: CaseId) -> Result<Option<Case>, Problem> {
    let case = lookups.case(id).await.map_err(|error| failed(&error))?;
    let Some(mut case) = case.filter(|case| viewer.secrecies().contains(&case.secrecy)) else { return Ok(None) };
    // Another case is shown in one line, always masked.
    case.title = people_of(lookups, &case).await?.hide(&case.title);
    Ok(Some(case))
}

/// What is known of the petitioners of the submission for which the case was opened.
pub(crate) async fn people_of(lookups: &mut dyn Lookups, case: &Case) -> Result<People, Problem> {
    let founding = lookups.submission_by_number(&case.number).await.map_err(|error| failed(&error))?;
    Ok(founding.map(|submission| People::of(&submission.statement)).unwrap_or_default())
}

/// [`people_of`] for many cases with one question for each [`Paging::LIMIT`] of them, in the order of `cases`.
pub(crate) async fn people_of_each(lookups: &mut dyn Lookups, cases: &[&Case]) -> Result<Vec<People>, Problem> {
    let mut people: HashMap<RegistrationNumber, People> = HashMap::new();
    for part in cases.chunks(usize::try_from(Paging::LIMIT).unwrap_or(1)) {
        let numbers: Vec<RegistrationNumber> = part.iter().map(|case| case.number.clone()).collect();
        let founding = lookups.submissions_by_numbers(&numbers).await.map_err(|error| failed(&error))?;
        people.extend(founding.into_iter().map(|one| (one.number.clone(), People::of(&one.statement))));
    }
    Ok(cases.iter().map(|case| people.remove(&case.number).unwrap_or_default()).collect())
}

/// The units that the submissions complain about, each once.
fn accused(submissions: &[Submission], names: &UnitNames) -> Vec<Respondent> {
    let mut accused: Vec<Respondent> = Vec::new();
    for submission in submissions {
        for respondent in respondents::recognise(&submission.statement, names) {
            let known = accused.iter().any(|other| other.unit == respondent.unit);
            if respondent.unit.is_some() && !known {
                accused.push(respondent);
            }
        }
    }
    accused
}
