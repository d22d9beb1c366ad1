//! While somebody types: earlier petitions that may be about the same matter, and values for fields that are still empty.
//!
//! By the words alone. Who calls is looked up apart ([`crate::entry::caller`]), where it is written down.

use case::channel::Channel;
use case::entry::EntryContent;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use case::mask::People;
use case::ports::office_date;
use case::problem::Problem;
use case::staff::Permission;
use case::statement::Statement;
use channels::call::typed;
use search::engine::Reach;
use search::judge::Petition;
use serde::Serialize;

use crate::desk::decide::told;
use crate::desk::viewer::Viewer;
use crate::entry::draft::check_lengths;
use crate::entry::read_back::{self, ReadBack};
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::judging::similar::Similar;
use crate::presentation::Masking;
use crate::presentation::candidate::ReasonDocument;

/// The most earlier cases that are shown: more than a person reads while listening are no help.
const MOST: usize = 5;
/// How many the judge compares: enough to fill the list, few enough to answer each key.
const JUDGED: usize = 15;
/// Fewer characters say nothing about a matter.
const LEAST: usize = 2;
/// Below this, a value is not offered for a field.
const LEAST_CONFIDENCE: f32 = 0.6;

/// What the screen shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestions {
    /// Earlier cases, likeliest first.
    pub candidates: Vec<SuggestedCase>,
    /// Values for fields, by their names on the screen.
    pub fields: Vec<OfferedField>,
    /// The telephone number that is typed, to read back; or why it is none.
    pub phone: Option<Checked>,
    /// The identity number that is typed, likewise.
    pub id_number: Option<Checked>,
}

/// An earlier case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestedCase {
    /// Its number.
    pub number: String,
    /// Its title, masked.
    pub title: String,
    /// 可能重复, 可能同类 or 可能相关.
    pub relation: &'static str,
    /// How likely, in hundredths.
    pub score: f32,
    /// The day on which the earlier submission was registered.
    pub registered_on: String,
    /// Its state, for people.
    pub state: &'static str,
    /// What speaks for it, masked.
    pub reasons: Vec<String>,
    /// What speaks against it, masked.
    pub against: Vec<String>,
}

/// A value for a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfferedField {
    /// The field's name on the screen.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// A number that is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// It can be read back.
    ReadBack(ReadBack),
    /// It is none yet, and why.
    Problem(String),
}

impl Gateway {
    /// What can be said about what is typed so far.
    ///
    /// # Errors
    /// No right, a field is too long, or the engine or the store failed.
    pub async fn suggest_for_entry(&self, viewer: &Viewer, content: &EntryContent) -> Result<Suggestions, Problem> {
        viewer.require(Permission::Enter)?;
        check_lengths(content)?;
        let words = [content.body.as_str(), content.demand.as_str()].join("\n");
        let candidates =
            if viewer.may(Permission::ReadCases) { self.candidates(content, &words).await? } else { Vec::new() };
        let found = typed::offered(&content.body, Some(office_date(self.clock.now())));
        Ok(Suggestions {
            candidates,
            fields: offered(&found, content),
            phone: checked(&content.phone, |text| Phone::parse(text).map(|phone| read_back::of_phone(&phone))),
            id_number: checked(&content.id_number, |text| {
                IdNumber::parse(text).map(|number| read_back::of_id_number(&number))
            }),
        })
    }

    async fn candidates(&self, content: &EntryContent, words: &str) -> Result<Vec<SuggestedCase>, Problem> {
        let title = content.title.trim();
        if title.chars().chain(words.chars()).filter(|character| character.is_alphanumeric()).count() < LEAST {
            return Ok(Vec::new());
        }
        let petition = Petition {
            title: case::text::normalise(title),
            body: case::text::normalise(words.trim()),
            registered_at: self.clock.now(),
            channel: Channel::Call,
            identity: Vec::new(),
            respondents: Vec::new(),
            place: Some(content.place.trim().to_owned()).filter(|place| !place.is_empty()),
        };
        // The sealed are compared where they are read, never while others look on.
        let similar = self.similar_among(JUDGED, &petition, Reach::Ordinary, None, None).await.map_err(told)?;
        let mut shown: Vec<SuggestedCase> = Vec::new();
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        for similar in &similar {
            let case = lookups.case(similar.submission.case).await.map_err(|error| failed(&error))?;
            let Some(case) = case else { continue };
            if shown.len() < MOST && !shown.iter().any(|other| other.number == case.number.to_string()) {
                shown.push(suggested(similar, &case));
            }
        }
        Ok(shown)
    }
}

fn suggested(similar: &Similar, case: &case::matter::Case) -> SuggestedCase {
    let people = People::of(&similar.submission.statement);
    let texts = |reasons: &[case::finding::Reason]| {
        reasons.iter().map(|reason| ReasonDocument::of(reason, Masking::Masked, &people).text).collect()
    };
    SuggestedCase {
        number: case.number.to_string(),
        title: Masking::Masked.words(&similar.submission.statement.title.value, &people),
        relation: match similar.relation {
            case::finding::Relation::Repeat => "可能重复",
            case::finding::Relation::SameMatter => "可能同类",
            case::finding::Relation::Related => "可能相关",
            case::finding::Relation::Supplement => "可能是补充材料",
        },
        score: similar.judgement.same_matter.value(),
        registered_on: office_date(similar.submission.registered_at).to_string(),
        state: case.state.label(),
        reasons: texts(&similar.judgement.reasons),
        against: texts(&similar.judgement.against),
    }
}

/// Values for the fields that the person has not typed in.
fn offered(found: &Statement, content: &EntryContent) -> Vec<OfferedField> {
    let first = found.petitioners.first();
    let text = |field: Option<&case::field::Field<String>>| {
        field.filter(|field| field.confidence.value() >= LEAST_CONFIDENCE).map(|field| field.value.clone())
    };
    let fields = [
        ("name", first.and_then(|first| text(first.name.as_ref()))),
        ("phone", first.and_then(|first| first.phones.first()).map(|phone| phone.value.as_str().to_owned())),
        ("id_number", first.and_then(|first| first.id_number.as_ref()).map(|id| id.value.as_str().to_owned())),
        ("address", first.and_then(|first| text(first.address.as_ref()))),
        ("title", Some(found.title.value.clone())),
        ("demand", found.demand.as_ref().map(|demand| demand.value.clone())),
        ("place", found.place.as_ref().map(|place| place.value.text.clone())),
    ];
    fields
        .into_iter()
        .filter(|(name, _)| !content.edited.iter().any(|edited| edited == name))
        .filter_map(|(name, value)| value.filter(|value| !value.is_empty()).map(|value| OfferedField { name, value }))
        .collect()
}

fn checked<E: std::fmt::Display>(text: &str, read: impl Fn(&str) -> Result<ReadBack, E>) -> Option<Checked> {
    let text = text.trim();
    (!text.is_empty())
        .then(|| read(text).map_or_else(|problem| Checked::Problem(problem.to_string()), Checked::ReadBack))
}
