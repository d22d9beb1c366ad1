//! A job that is not done, as the desk shows it.

use store::jobs::{Job, JobStatus};

use crate::jobs::kind::{INDEX_SUBMISSION, JUDGE_SUBMISSION};
use crate::presentation::time;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    /// Its identifier.
    pub id: String,
    /// What it does.
    pub label: &'static str,
    /// Where it stands.
    pub status: &'static str,
    /// Whether it was given up.
    pub dead: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, or was to be tried.
    pub run_at: String,
    /// What went wrong last.
    pub problem: Option<String>,
    /// What it works on: identifiers only.
    pub subject: String,
}

impl From<&Job> for JobView {
    fn from(job: &Job) -> Self {
        let (status, dead) = match job.status {
            JobStatus::Waiting => ("等待", false),
            JobStatus::Leased(_) => ("处理中", false),
            JobStatus::Dead => ("已停止", true),
        };
        Self {
            id: job.job.id.to_string(),
            label: label(&job.job.kind),
            status,
            dead,
            attempts: job.attempts,
            run_at: time::moment(job.job.run_at),
            problem: job.problem.as_ref().map(|problem| match problem.detail.as_str() {
                "" => problem.code.title().to_owned(),
                detail => format!("{}：{detail}", problem.code.title()),
            }),
            subject: job.job.unique_key.clone().unwrap_or_default(),
        }
    }
}

/// What people call a kind of [`crate::jobs::kind::Task`]; a kind of another version is just work.
fn label(kind: &str) -> &'static str {
    match kind {
        "read_arrival" => "读取来件",
        "part_batch_file" => "拆分批量扫描件",
        "read_attachments" => "补读邮件附件",
        "make_archive" => "制作存档文件",
        INDEX_SUBMISSION => "编入检索",
        JUDGE_SUBMISSION => "查重与建议单位",
        "send_dispatch" => "发送函件",
        "index_answer" => "公开答复编入检索",
        "rebuild_index" => "重建检索索引",
        _ => "后台任务",
    }
}
