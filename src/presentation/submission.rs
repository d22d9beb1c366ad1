//! A submission as JSON.

use case::submission::Submission;
use serde::Serialize;
use utoipa::ToSchema;

use crate::presentation::Masking;
use crate::presentation::petitioner::PetitionerDocument;

/// A submission with what it says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SubmissionDocument {
    /// Its number.
    pub number: String,
    /// `web`, `letter`, `mail` or `call`.
    pub channel: &'static str,
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
    /// What a person should look at.
    #[schema(value_type = Vec<Object>)]
    pub marks: Vec<case::statement::Mark>,
    /// The original and what was taken out of it.
    pub files: Vec<FileDocument>,
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
            marks: if masking == Masking::Plain { statement.marks.clone() } else { masked_marks(statement) },
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

/// The marks without the values that were written: an impossible number is still somebody's number.
fn masked_marks(statement: &case::statement::Statement) -> Vec<case::statement::Mark> {
    use case::statement::Mark;
    let masked = |mark: &Mark| match mark {
        Mark::Impossible { field, .. } => Mark::Impossible { field: field.clone(), written: "***".to_owned() },
        other => other.clone(),
    };
    statement.marks.iter().map(masked).collect()
}
