//! The mails about a submission, as the desk shows them.

use case::dispatch::Delivery;
use case::notice::{Language, Notice, NoticeKind};

use crate::desk::view::Correspondence;
use crate::web::desk::view::dispatch::delivery;

/// The mails about one submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrespondenceView {
    /// The number of the submission.
    pub number: String,
    /// Where it came in.
    pub mailboxes: String,
    /// What we answered.
    pub notices: Vec<NoticeView>,
}

/// A mail of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// Its identifier.
    pub id: String,
    /// What it says.
    pub kind: &'static str,
    /// Where the sending stands.
    pub delivery: String,
    /// Whether it was given up and can be sent again.
    pub failed: bool,
}

impl From<&Correspondence> for CorrespondenceView {
    fn from(mails: &Correspondence) -> Self {
        Self {
            number: mails.submission.to_string(),
            mailboxes: mails.mailboxes.join("、"),
            notices: mails.notices.iter().map(NoticeView::from).collect(),
        }
    }
}

impl From<&Notice> for NoticeView {
    fn from(notice: &Notice) -> Self {
        let kind = match (notice.kind, notice.language) {
            (NoticeKind::Acknowledgement, Language::Zh) => "登记回执",
            (NoticeKind::Acknowledgement, Language::En) => "登记回执（英文）",
            (NoticeKind::Supplement, Language::Zh) => "补充材料回执",
            (NoticeKind::Supplement, Language::En) => "补充材料回执（英文）",
            (NoticeKind::AfterClosing, Language::Zh) => "办结后来信回执",
            (NoticeKind::AfterClosing, Language::En) => "办结后来信回执（英文）",
        };
        Self {
            id: notice.id.to_string(),
            kind,
            delivery: delivery(&notice.delivery),
            failed: matches!(notice.delivery, Delivery::Failed { .. }),
        }
    }
}
