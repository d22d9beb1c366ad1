//! A dispatch, as the desk shows it.

use case::dispatch::{Delivery, Dispatch};

use crate::desk::names::Names;
use crate::presentation::time;

/// A dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchView {
    /// Its identifier.
    pub id: String,
    /// 转送 or 交办.
    pub kind: &'static str,
    /// 责任单位.
    pub lead: String,
    /// 配合单位.
    pub assisting: String,
    /// When it was decided.
    pub decided_at: String,
    /// Who decided.
    pub by: String,
    /// What the person added.
    pub note: Option<String>,
    /// Where the sending stands.
    pub delivery: String,
    /// Whether it was given up and can be sent again.
    pub failed: bool,
    /// Whether it was taken back.
    pub recalled: bool,
    /// Whether its mail stands in the outbox folder.
    pub in_outbox: bool,
}

impl DispatchView {
    /// The dispatch, with names.
    #[must_use]
    pub fn of(dispatch: &Dispatch, names: &Names) -> Self {
        let assisting: Vec<String> = dispatch.assisting.iter().map(|unit| names.unit(unit)).collect();
        Self {
            id: dispatch.id.to_string(),
            kind: dispatch.kind.label(),
            lead: names.unit(&dispatch.lead),
            assisting: assisting.join("、"),
            decided_at: time::moment(dispatch.decided_at),
            by: names.actor(&dispatch.by),
            note: dispatch.note.clone(),
            delivery: delivery(&dispatch.delivery),
            failed: matches!(dispatch.delivery, Delivery::Failed { .. }),
            recalled: matches!(dispatch.delivery, Delivery::Recalled { .. }),
            in_outbox: matches!(&dispatch.delivery, Delivery::Sent { by, .. } if by == "outbox"),
        }
    }
}

/// Where a sending stands, for people.
pub(crate) fn delivery(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Waiting => "等待发送".to_owned(),
        Delivery::Retrying { attempts, problem } => {
            format!("已试{attempts}次未成功，将自动重试：{} {}", problem.code.title(), problem.detail)
        }
        Delivery::Sent { at, by } if by == "outbox" => format!("{} 已写入发件箱文件夹", time::moment(*at)),
        Delivery::Sent { at, .. } => format!("{} 已发出", time::moment(*at)),
        Delivery::Failed { at, problem } => {
            format!("{} 发送失败：{} {}", time::moment(*at), problem.code.title(), problem.detail)
        }
        Delivery::Recalled { at } => format!("{} 已撤回", time::moment(*at)),
    }
}
