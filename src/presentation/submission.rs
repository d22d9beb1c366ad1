//! A submission as JSON.

use case::entry::StaffEntry;
use case::submission::Submission;
use serde::Serialize;
use utoipa::ToSchema;

use crate::presentation::Masking;
use crate::presentation::petitioner::PetitionerDocument;
use crate::presentation::said::{self, SaidDocument};

/// A submission with what it says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SubmissionDocument {
    /// Its number.
    pub number: String,
    /// `web`, `letter`, `mail` or `call`.
    pub channel: &'static str,
    /// Who of the staff entered it in the petitioners' name; null when they sent it themselves.
    pub entry: Option<EntryDocument>,
    /// Who brought it in the petitioners' name (代理人), masked as petitioners are.
    pub proxy: Option<PetitionerDocument>,
    /// When it was registered, RFC 3339.
    pub registered_at: String,
    /// `ordinary`, `confidential` or `sealed`.
    pub secrecy: &'static str,
    /// Who speaks.
    pub petitioners: Vec<PetitionerDocument>,
    /// Who is complained about.
    pub respondents: Vec<String>,
    /// 标题.
    pub title: String,
    /// 内容.
    pub body: String,
    /// 诉求.
    pub demand: Option<String>,
    /// 信访日期, as written on it.
    pub written_on: Option<String>,
    /// What was said in a call and at which second, empty for other doors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<SaidDocument>,
    /// What a person should look at.
    #[schema(value_type = Vec<Object>)]
    pub marks: Vec<case::statement::Mark>,
    /// The original and what was taken out of it.
    pub files: Vec<FileDocument>,
}

/// That a member of the staff entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryDocument {
    /// `phone`, `walk_in` or `letter`: how the petitioner spoke.
    pub form: &'static str,
    /// The identifier of who entered it.
    pub staff: String,
    /// When, RFC 3339.
    pub at: String,
}

impl From<&StaffEntry> for EntryDocument {
    fn from(entry: &StaffEntry) -> Self {
        Self { form: entry.form.as_str(), staff: entry.staff.to_string(), at: entry.at.to_string() }
    }
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileDocument {
    /// `original`, `attachment`, `page` or `reading`.
    #[schema(value_type = String)]
    pub role: case::submission::FileRole,
    /// Its name, as sent.
    pub name: String,
    /// Its type, by its bytes.
    pub media_type: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
    /// Their number.
    pub bytes: u64,
}

impl SubmissionDocument {
    /// The submission, masked or not.
    #[must_use]
    pub fn of(submission: &Submission, masking: Masking) -> Self {
        let statement = &submission.statement;
        let people = case::mask::People::of(statement);
        let words = |text: &str| masking.words(text, &people);
        Self {
            number: submission.number.to_string(),
            channel: submission.channel.as_str(),
            entry: statement.entry.as_ref().map(EntryDocument::from),
            proxy: statement.proxy.as_ref().map(|proxy| PetitionerDocument::of(proxy, masking)),
            registered_at: submission.registered_at.to_string(),
            secrecy: submission.secrecy.as_str(),
            petitioners: statement
                .petitioners
                .iter()
                .map(|petitioner| PetitionerDocument::of(petitioner, masking))
                .collect(),
            respondents: statement.respondents.iter().map(|respondent| respondent.name.value.clone()).collect(),
            title: words(&statement.title.value),
            body: words(&statement.body),
            demand: statement.demand.as_ref().map(|demand| words(&demand.value)),
            written_on: statement.written_on.as_ref().map(|date| date.value.to_string()),
            said: said::of(statement, masking, &people),
            marks: if masking == Masking::Plain { statement.marks.clone() } else { masked_marks(statement, words) },
            files: submission
                .files
                .iter()
                .map(|file| FileDocument {
                    role: file.role,
                    name: words(&file.name),
                    media_type: file.media_type.clone(),
                    hash: file.hash.to_string(),
                    bytes: file.bytes,
                })
                .collect(),
        }
    }
}

/// The marks without the values that were written or may be meant: an impossible number is still somebody's number. File names are
/// masked as `words` masks them.
fn masked_marks(statement: &case::statement::Statement, words: impl Fn(&str) -> String) -> Vec<case::statement::Mark> {
    use case::statement::Mark;
    let masked = |mark: &Mark| match mark {
        Mark::Impossible { field, .. } => Mark::Impossible { field: field.clone(), written: "***".to_owned() },
        Mark::Asked { field, why, .. } => Mark::Asked { field: field.clone(), why: *why, readings: Vec::new() },
        Mark::AttachmentUnread { name, problem, again } => {
            Mark::AttachmentUnread { name: words(name), problem: problem.clone(), again: *again }
        }
        other => other.clone(),
    };
    statement.marks.iter().map(masked).collect()
}
