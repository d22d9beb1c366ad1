//! The mail of a dispatch as it stands in the outbox folder. It holds what the unit was told of the petitioner, so reading it is
//! like opening an original: it needs the same right and is an event.

use case::dispatch::{Delivery, Dispatch};
use case::event::EventKind;
use case::id::DispatchId;
use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// A mail in the outbox folder.
#[derive(Debug, Clone)]
pub struct OutboxMail {
    /// The sending.
    pub dispatch: Dispatch,
    /// Its case.
    pub case: Case,
    /// The mail, RFC 5322.
    pub bytes: Vec<u8>,
}

impl Gateway {
    /// The mail of a dispatch that was written to the outbox folder.
    ///
    /// # Errors
    /// No right, no such dispatch, or its mail is not in the folder.
    pub async fn outbox_mail(&self, viewer: &Viewer, id: DispatchId) -> Result<OutboxMail, Problem> {
        viewer.require(Permission::OpenFiles)?;
        let gone = || Problem::from(ProblemCode::NotFound);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let dispatch = lookups.dispatch(id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        let case = lookups.case(dispatch.case).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        drop(lookups);
        viewer.require_sight(case.secrecy)?;
        if matches!(dispatch.delivery, Delivery::Waiting) {
            return Err(ProblemCode::NotFound.because("函件尚未发出"));
        }
        // The name is made of an identifier of ours, never of what somebody sent.
        let path = self.configuration.data.join("outbox").join(format!("{id}.eml"));
        let bytes = match tokio::fs::read(&path).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ProblemCode::NotFound.because("函件不在发件箱文件夹中，可能已由邮件服务器发出"));
            }
            Err(error) => {
                tracing::error!(error = %error, "a mail of the outbox cannot be read");
                return Err(ProblemCode::IntegrityBroken.because("发件箱文件夹无法读取"));
            }
        };
        let detail = serde_json::json!({ "dispatch": id });
        self.note_look(viewer, case.id, EventKind::FileOpened, detail).await?;
        Ok(OutboxMail { dispatch, case, bytes })
    }
}
