//! The line that `intake` prints for each original.

use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;
use case::finding::Finding;
use case::id::SubmissionId;
use case::mask::People;
use case::problem::{Problem, ProblemCode};
use case::statement::Mark;
use serde::Serialize;

use crate::command::output::ProblemLine;
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::intake::receive::failed;
use crate::presentation::Masking;
use crate::presentation::candidate::ReasonDocument;
use crate::presentation::petitioner::PetitionerDocument;
use crate::presentation::said::SaidDocument;
use crate::presentation::submission::{FileDocument, SubmissionDocument};
use crate::routing::respondents;

/// What became of one original.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// What it is called.
    pub source: String,
    /// The door.
    pub channel: Channel,
    /// `registered`, `replay`, `refused` or `waiting`.
    pub outcome: &'static str,
    /// What was registered, for `registered` and `replay`.
    #[serde(flatten)]
    pub registered: Option<Box<Registered>>,
    /// Why it was refused or waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemLine>,
}

/// What was registered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Registered {
    /// The number of the submission.
    pub submission: String,
    /// The number of the case it belongs to.
    pub case: String,
    /// The query code, in the form it is printed on receipts.
    pub query_code: String,
    /// Who speaks for the petitioners.
    pub petitioner: Option<PetitionerDocument>,
    /// Every petitioner.
    pub petitioners: Vec<PetitionerDocument>,
    /// Who is complained about.
    pub respondents: Vec<String>,
    /// Codes of the units of our list among them: read from the words, and kept from the case.
    pub accused: Vec<String>,
    /// 标题.
    pub title: String,
    /// 内容.
    pub body: String,
    /// 诉求.
    pub demand: Option<String>,
    /// 信访日期, as written.
    pub written_on: Option<String>,
    /// 问题属地, as written.
    pub place: Option<String>,
    /// Its code.
    pub place_code: Option<String>,
    /// 内容分类, six digits.
    pub class: Option<String>,
    /// The names of its levels.
    pub class_name: Option<String>,
    /// 信访目的.
    pub purpose: &'static str,
    /// How closed it is.
    pub secrecy: &'static str,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// What was said in a call and at which second, empty for other doors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<SaidDocument>,
    /// The original and what was taken out of it or came with it, with their hashes.
    pub files: Vec<FileDocument>,
    /// What a person should look at.
    pub marks: Vec<Mark>,
    /// What it may be in relation to earlier cases.
    pub candidates: Vec<Candidate>,
    /// The unit that should answer; null: a person decides.
    pub unit: Option<String>,
    /// The name of that unit.
    pub unit_name: Option<String>,
    /// How sure that is, 0 to 1.
    pub unit_confidence: Option<f32>,
    /// Why that unit.
    pub unit_reasons: Vec<ReasonDocument>,
    /// What speaks against it, or why a person decides.
    pub unit_against: Vec<ReasonDocument>,
}

/// A finding in the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The number of the earlier case.
    pub case: String,
    /// How likely, 0 to 1.
    pub score: f32,
    /// `repeat`, `same_matter` or `related`.
    pub relation: &'static str,
    /// What speaks for it.
    pub reasons: Vec<ReasonDocument>,
    /// What speaks against it.
    pub against: Vec<ReasonDocument>,
    /// `open`, `confirmed` or `refused`.
    pub decision: &'static str,
}

impl Line {
    /// The line of an original that was refused before it was taken in.
    #[must_use]
    pub fn refused(source: String, channel: Channel, problem: &Problem) -> Self {
        Self { source, channel, outcome: "refused", registered: None, problem: Some(problem.into()) }
    }

    /// The line of an arrival.
    ///
    /// # Errors
    /// The store failed.
    pub async fn of(
        gateway: &Gateway,
        source: String,
        arrival: &Arrival,
        progress: &Progress,
        replay: bool,
        masked: bool,
    ) -> Result<Self, Problem> {
        let channel = arrival.channel;
        let ArrivalState::Registered { submission } = &arrival.state else {
            return Ok(match progress {
                Progress::Refused(problem) => Self::refused(source, channel, problem),
                Progress::Held(problem) => Self { problem: Some(problem.into()), ..Self::waiting(source, channel) },
                Progress::Working | Progress::Done => Self::waiting(source, channel),
            });
        };
        let registered = Registered::read(gateway, *submission, masked).await?;
        // A search engine that is down holds judging up, not registration: the line says both.
        let problem = match progress {
            Progress::Held(problem) => Some(problem.into()),
            Progress::Working | Progress::Done | Progress::Refused(_) => None,
        };
        let outcome = if replay { "replay" } else { "registered" };
        Ok(Self { source, channel, outcome, registered: Some(Box::new(registered)), problem })
    }

    fn waiting(source: String, channel: Channel) -> Self {
        Self { source, channel, outcome: "waiting", registered: None, problem: None }
    }
}

impl Registered {
    async fn read(gateway: &Gateway, id: SubmissionId, masked: bool) -> Result<Self, Problem> {
        let gone = || Problem::from(ProblemCode::Internal);
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        let submission = lookups.submission(id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        let own = lookups.case(submission.own_case).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        let case = lookups.case(submission.case).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        let units = lookups.units().await.map_err(|error| failed(&error))?;
        let mut candidates = Vec::new();
        for finding in lookups.findings_of_submission(id).await.map_err(|error| failed(&error))? {
            let other = lookups.case(finding.other).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
            let mut people = People::of(&submission.statement);
            if let Some(earlier) = lookups.submission(finding.other_submission).await.map_err(|error| failed(&error))? {
                people.add(&earlier.statement);
            }
            let masking = if masked { Masking::Masked } else { Masking::Plain };
            candidates.push(Candidate::of(&finding, other.number.to_string(), masking, &people));
        }
        let masking = if masked { Masking::Masked } else { Masking::Plain };
        let document = SubmissionDocument::of(&submission, masking);
        let suggestion = own.suggestion.as_ref();
        let lead = suggestion.and_then(|suggestion| suggestion.lead.as_ref());
        let reasons = |reasons: &[case::finding::Reason]| reasons.iter().map(ReasonDocument::from).collect();
        Ok(Self {
            submission: document.number,
            case: case.number.to_string(),
            query_code: submission.query_code.to_string(),
            petitioner: document.petitioners.first().cloned(),
            petitioners: document.petitioners,
            respondents: document.respondents,
            accused: respondents::recognise(&submission.statement, &gateway.office.unit_names(&units))
                .into_iter()
                .filter_map(|respondent| respondent.unit.map(|unit| unit.to_string()))
                .collect(),
            title: document.title,
            body: document.body,
            demand: document.demand,
            written_on: document.written_on,
            place: own.place.as_ref().map(|place| place.value.text.clone()),
            place_code: own.place.as_ref().and_then(|place| place.value.code.as_ref().map(ToString::to_string)),
            class: own.class.as_ref().map(|class| class.value.to_string()),
            class_name: own.class.as_ref().map(|class| gateway.office.class_name(&class.value)),
            purpose: own.purpose.as_str(),
            secrecy: own.secrecy.as_str(),
            confidence: submission.statement.confidence().value(),
            said: document.said,
            files: document.files,
            marks: document.marks,
            candidates,
            unit: lead.map(ToString::to_string),
            unit_name: lead.and_then(|lead| units.iter().find(|unit| unit.code == *lead)).map(|unit| unit.name.clone()),
            unit_confidence: suggestion.map(|suggestion| suggestion.confidence.value()),
            unit_reasons: suggestion.map(|suggestion| reasons(&suggestion.reasons)).unwrap_or_default(),
            unit_against: suggestion.map(|suggestion| reasons(&suggestion.against)).unwrap_or_default(),
        })
    }
}

impl Candidate {
    fn of(finding: &Finding, case: String, masking: Masking, people: &People) -> Self {
        let shown = |reason: &case::finding::Reason| ReasonDocument::of(reason, masking, people);
        Self {
            case,
            score: finding.score.value(),
            relation: finding.relation.as_str(),
            reasons: finding.reasons.iter().map(shown).collect(),
            against: finding.against.iter().map(shown).collect(),
            decision: finding.decision.as_str(),
        }
    }
}
