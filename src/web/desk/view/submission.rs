//! A submission, as the desk shows it.

use case::actor::Actor;
use case::field::{Field, Source};
use case::mask::People;
use case::petitioner::{Petitioner, PetitionerKind};
use case::statement::{PassageKind, Statement};
use case::submission::{StoredFile, Submission};

use store::jobs::JobStatus;

use crate::archive::open::Papers;
use crate::desk::names::Names;
use crate::intake::attachments::AttachmentReading;
use crate::presentation::Masking;
use crate::presentation::petitioner::PetitionerDocument;
use crate::presentation::said::{self, SaidDocument};
use crate::presentation::time;
use crate::web::desk::view::text;

/// The most petitioners of a joint petition that are listed.
const PETITIONERS: usize = 50;

/// A submission.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionView {
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The door.
    pub channel: &'static str,
    /// When it was registered.
    pub registered_at: String,
    /// 信访日期, as written on it.
    pub written_on: Option<String>,
    /// Who speaks.
    pub petitioners: Vec<PetitionerView>,
    /// How many petitioners are not listed.
    pub more_petitioners: usize,
    /// Who of the staff entered it in their name, and how they spoke.
    pub entered: Option<String>,
    /// Who speaks for them.
    pub proxy: Option<PetitionerView>,
    /// Who is complained about.
    pub respondents: String,
    /// 标题.
    pub title: String,
    /// 内容.
    pub body: String,
    /// 诉求.
    pub demand: Option<String>,
    /// What was asked of the office: 匿名, 保密, 同意公开.
    pub wishes: String,
    /// What stands beside the statement: what it is and its words.
    pub beside: Vec<(&'static str, String)>,
    /// What was said in a call, and when.
    pub said: Vec<SaidDocument>,
    /// What a person should look at.
    pub marks: Vec<String>,
    /// The original and what was taken out of it.
    pub files: Vec<FileView>,
    /// The size of its archive file, once that is made.
    pub archive: Option<String>,
    /// Later scans of its paper.
    pub later: Vec<ScanView>,
    /// How the attachments of a mail stand that were not read when it came.
    pub attachments: Option<AttachmentsView>,
}

/// How attachments stand that were not read when their mail came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentsView {
    /// What is done, was done, or was given up and why.
    pub standing: Vec<String>,
    /// What only attachments give, which a person is asked about: 电话、住址.
    pub proposed: String,
    /// Whether a person can ask to have them read.
    pub can_ask: bool,
}

/// A later scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanView {
    /// When it was added.
    pub added_at: String,
    /// Its files.
    pub files: Vec<FileView>,
    /// Its pages that could not be read, with the reasons.
    pub unread: Vec<String>,
}

/// A petitioner: labels and values that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetitionerView {
    /// The name, or that there is none.
    pub name: String,
    /// What else is known.
    pub facts: Vec<(&'static str, String)>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// Its place in the list of files.
    pub index: usize,
    /// What it is to the submission.
    pub role: &'static str,
    /// Its name, as sent.
    pub name: String,
    /// Its size for people.
    pub size: String,
}

impl SubmissionView {
    /// The submission, masked or not.
    #[must_use]
    pub fn of(submission: &Submission, masking: Masking, names: &Names) -> Self {
        let statement = &submission.statement;
        let respondents = statement.respondents.iter().map(|respondent| match &respondent.post {
            Some(post) => format!("{}（{post}）", respondent.name.value),
            None => respondent.name.value.clone(),
        });
        let people = People::of(statement);
        let petitioner = |petitioner| PetitionerView::of(petitioner, masking);
        Self {
            id: submission.id.to_string(),
            number: submission.number.to_string(),
            channel: statement.entry.map_or_else(|| submission.channel.label(), |entry| entry.form.label()),
            registered_at: time::moment(submission.registered_at),
            written_on: statement.written_on.as_ref().map(|date| date.value.to_string()),
            petitioners: statement.petitioners.iter().take(PETITIONERS).map(petitioner).collect(),
            more_petitioners: statement.petitioners.len().saturating_sub(PETITIONERS),
            entered: statement.entry.map(|entry| {
                format!("{}代登，{}", names.actor(&Actor::Staff { staff: entry.staff }), time::moment(entry.at))
            }),
            proxy: statement.proxy.as_ref().map(petitioner),
            respondents: respondents.collect::<Vec<_>>().join("、"),
            title: masking.words(&statement.title.value, &people),
            body: masking.words(&statement.body, &people),
            demand: statement.demand.as_ref().map(|demand| masking.words(&demand.value, &people)),
            wishes: wishes(submission),
            beside: statement
                .beside
                .iter()
                .map(|passage| (passage_kind(passage.kind), masking.words(&passage.text, &people)))
                .collect(),
            said: said::of(statement, masking, &people),
            marks: statement.marks.iter().map(|mark| text::mark(mark, masking)).collect(),
            files: files(&submission.files, masking, &people),
            archive: None,
            later: Vec::new(),
            attachments: None,
        }
    }

    /// The same with what is kept of its paper.
    #[must_use]
    pub fn with_papers(self, submission: &Submission, masking: Masking, papers: &[Papers]) -> Self {
        let Some(own) = papers.iter().find(|papers| papers.submission == submission.id) else { return self };
        let people = People::of(&submission.statement);
        let later = own.later.iter().map(|scan| ScanView {
            added_at: time::moment(scan.added_at),
            files: files(&scan.files, masking, &people),
            unread: scan.unread.iter().map(|unread| text::page_unread(unread.page, &unread.problem)).collect(),
        });
        Self { archive: own.archive.map(|file| text::size(file.bytes)), later: later.collect(), ..self }
    }
}

impl SubmissionView {
    /// The same with how the attachments of the mail stand.
    #[must_use]
    pub fn with_attachments(self, submission: &Submission, readings: &[AttachmentReading]) -> Self {
        let Some(reading) = readings.iter().find(|reading| reading.submission == submission.id) else { return self };
        Self { attachments: Some(AttachmentsView::of(reading, &submission.statement)), ..self }
    }
}

impl AttachmentsView {
    fn of(reading: &AttachmentReading, statement: &Statement) -> Self {
        let mut standing = Vec::new();
        if let Some(read_at) = reading.read_at {
            // A reading that failed says so below; words that speak for the mail stand in its body.
            let is_beside = statement.beside.iter().any(|passage| passage.kind == PassageKind::Attachment);
            let found = if is_beside { "，读出的文字在“正文以外的文字”中" } else { "" };
            standing.push(format!("最近一次补读附件：{}{found}", time::moment(read_at)));
        }
        let dead = reading.job.as_ref().is_none_or(|job| job.status == JobStatus::Dead);
        let why = reading.job.as_ref().and_then(|job| job.problem.as_ref()).map(|problem| problem.code.title());
        if reading.unread > 0 {
            let (count, when) = (reading.unread, reading.job.as_ref().map(|job| time::moment(job.job.run_at)));
            standing.push(match (dead, why, when) {
                (true, Some(why), _) => format!("{count}个附件仍未读出，已停止自动补读：{why}"),
                (true, None, _) => format!("{count}个附件仍未读出，已停止自动补读，原因见上"),
                (false, Some(why), Some(when)) => format!("{count}个附件待补读，{when}自动再试；上次未成：{why}"),
                (false, _, _) => format!("{count}个附件待补读，系统将自动读取"),
            });
        }
        Self { standing, proposed: proposed(statement), can_ask: reading.unread > 0 && dead }
    }
}

/// What only pages of attachments give.
fn proposed(statement: &Statement) -> String {
    fn asked<T>(field: &Field<T>) -> bool {
        field.verdict.is_asked() && matches!(field.source, Source::Page { .. })
    }
    let first = statement.petitioners.first();
    let fields = [
        (first.is_some_and(|first| first.phones.iter().any(asked)), "电话"),
        (first.and_then(|first| first.id_number.as_ref()).is_some_and(asked), "身份证号"),
        (first.and_then(|first| first.address.as_ref()).is_some_and(asked), "住址"),
        (statement.demand.as_ref().is_some_and(asked), "诉求"),
        (statement.place.as_ref().is_some_and(asked), "问题属地"),
        (statement.respondents.iter().any(|one| asked(&one.name)), "被反映人或单位"),
    ];
    fields.into_iter().filter_map(|(asked, label)| asked.then_some(label)).collect::<Vec<_>>().join("、")
}

impl PetitionerView {
    fn of(petitioner: &Petitioner, masking: Masking) -> Self {
        let document = PetitionerDocument::of(petitioner, masking);
        let kind = match petitioner.kind {
            PetitionerKind::Person => None,
            PetitionerKind::Organisation => Some("法人或其他组织".to_owned()),
        };
        let phones = Some(document.phones.join("、")).filter(|phones| !phones.is_empty());
        let facts = [
            ("类别", kind),
            ("身份证号", document.id_number),
            ("统一社会信用代码", document.credit_code),
            ("电话", phones),
            ("邮箱", document.mail_address),
            ("住址", document.address),
        ];
        Self {
            name: document.name.unwrap_or_else(|| "未具名".to_owned()),
            facts: facts.into_iter().filter_map(|(label, value)| value.map(|value| (label, value))).collect(),
        }
    }
}

fn wishes(submission: &Submission) -> String {
    let wishes = submission.statement.wishes;
    [(wishes.anonymous, "匿名"), (wishes.confidential, "要求保密"), (wishes.publishable, "同意公开")]
        .into_iter()
        .filter_map(|(wished, label)| wished.then_some(label))
        .collect::<Vec<_>>()
        .join("、")
}

const fn passage_kind(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Operator => "接线员",
        PassageKind::QuotedHistory => "引用的往来邮件",
        PassageKind::Signature => "邮件签名",
        PassageKind::Attachment => "附件中的文字",
        PassageKind::ForwardingForm => "转办单",
        PassageKind::Letterhead => "信笺抬头",
    }
}

fn files(files: &[StoredFile], masking: Masking, people: &People) -> Vec<FileView> {
    let view = |(index, file): (usize, &StoredFile)| FileView {
        index,
        role: text::file_role(file.role),
        name: masking.words(&file.name, people),
        size: text::size(file.bytes),
    };
    files.iter().enumerate().map(view).collect()
}
