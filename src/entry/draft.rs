//! What is being typed, kept at any moment: a browser that dies loses nothing.

use case::entry::{EntryContent, EntryDraft, FIELD_LIMIT};
use case::id::EntryDraftId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::statement::BODY_LIMIT;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The most drafts that one person sees.
pub const MOST_DRAFTS: u32 = 20;

impl Gateway {
    /// The viewer's draft.
    ///
    /// # Errors
    /// No right, no such draft of the viewer's, or the store failed.
    pub async fn entry_draft(&self, viewer: &Viewer, id: EntryDraftId) -> Result<EntryDraft, Problem> {
        viewer.require(Permission::Enter)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let draft = lookups.entry_draft(id, viewer.staff().id).await.map_err(|error| failed(&error))?;
        draft.ok_or_else(|| ProblemCode::NotFound.into())
    }

    /// The viewer's drafts, the last one first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn entry_drafts(&self, viewer: &Viewer) -> Result<Vec<EntryDraft>, Problem> {
        viewer.require(Permission::Enter)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.entry_drafts_of(viewer.staff().id, MOST_DRAFTS).await.map_err(|error| failed(&error))
    }

    /// Keeps what is typed; `seen` is the version that the screen has, 0 for a new one. Gives the draft as it is kept.
    ///
    /// # Errors
    /// No right, a field is too long, the draft was kept by another window meanwhile, or the store failed.
    pub async fn keep_entry_draft(
        &self,
        viewer: &Viewer,
        id: EntryDraftId,
        seen: u64,
        content: EntryContent,
    ) -> Result<EntryDraft, Problem> {
        viewer.require(Permission::Enter)?;
        check_lengths(&content)?;
        let mut draft = EntryDraft { id, staff: viewer.staff().id, saved_at: self.clock.now(), version: seen, content };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        draft.version = unit.keep_entry_draft(&draft).await.map_err(|error| changed(&error))?;
        self.forget_drafts_later(&mut *unit, draft.saved_at).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(draft)
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn abandon_entry_draft(&self, viewer: &Viewer, id: EntryDraftId) -> Result<(), Problem> {
        viewer.require(Permission::Enter)?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.remove_entry_draft(id, viewer.staff().id).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}

fn changed(error: &store::StoreError) -> Problem {
    match error {
        store::StoreError::Conflict { .. } => ProblemCode::Conflict.because("已在另一窗口中修改或登记，请刷新"),
        other => failed(other),
    }
}

/// That nothing is longer than it may be.
pub(super) fn check_lengths(content: &EntryContent) -> Result<(), Problem> {
    let short = [
        (&content.call_id, "通话编号"),
        (&content.caller_number, "来电号码"),
        (&content.name, "姓名"),
        (&content.phone, "电话"),
        (&content.id_number, "身份证号"),
        (&content.address, "住址"),
        (&content.mail_address, "邮箱"),
        (&content.proxy_name, "代理人姓名"),
        (&content.proxy_phone, "代理人电话"),
        (&content.title, "标题"),
        (&content.place, "问题属地"),
    ];
    let is_over = |text: &str, most: usize| text.chars().nth(most).is_some();
    for (text, label) in short {
        if is_over(text, FIELD_LIMIT) {
            return Err(ProblemCode::InvalidField.because(format!("“{label}”最多{FIELD_LIMIT}字")));
        }
    }
    if is_over(&content.demand, 2_000) {
        return Err(ProblemCode::InvalidField.because("“诉求”最多2000字"));
    }
    if is_over(&content.body, BODY_LIMIT) {
        return Err(ProblemCode::InvalidField.because(format!("“内容”最多{BODY_LIMIT}字")));
    }
    if content.edited.len() > 30 {
        return Err(ProblemCode::InvalidField.because("表单不完整，请刷新"));
    }
    Ok(())
}
