//! The mails about a submission as JSON: where it came in, and what we answered.

use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::view::Correspondence;

/// The mails about one submission.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CorrespondenceDocument {
    /// The number of the submission.
    pub submission: String,
    /// The mailboxes in which it stood, and the addresses to which it was handed over, each once.
    pub mailboxes: Vec<String>,
    /// What we wrote to the petitioner.
    pub notices: Vec<NoticeDocument>,
}

/// A mail of ours to a petitioner. The address is not shown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticeDocument {
    /// Its identifier: what sending again names.
    pub id: String,
    /// `acknowledgement`, `supplement` or `after_closing`.
    pub kind: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
    /// When it was decided, RFC 3339.
    pub made_at: String,
    /// How far the sending has come.
    #[schema(value_type = Object)]
    pub delivery: case::dispatch::Delivery,
}

impl CorrespondenceDocument {
    /// The mails.
    #[must_use]
    pub fn of(mails: &Correspondence) -> Self {
        let notice = |notice: &case::notice::Notice| NoticeDocument {
            id: notice.id.to_string(),
            kind: notice.kind.as_str(),
            language: notice.language.as_str(),
            made_at: notice.made_at.to_string(),
            delivery: notice.delivery.clone(),
        };
        Self {
            submission: mails.submission.to_string(),
            mailboxes: mails.mailboxes.clone(),
            notices: mails.notices.iter().map(notice).collect(),
        }
    }
}
