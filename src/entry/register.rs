//! A draft becomes a submission. The record says who entered it and how the petitioner spoke; the petitioner is the petitioner, so
//! notices go there.

use case::channel::Channel;
use case::entry::{EntryContent, EntryForm, StaffEntry};
use case::id::EntryDraftId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use channels::call::typed::TypedCall;
use channels::web::{Form, FormPetitioner};

use crate::desk::viewer::Viewer;
use crate::entry::draft::check_lengths;
use crate::gateway::Gateway;
use crate::intake::receipt::Receipt;
use crate::intake::receive::failed;

/// What such originals are called.
const SOURCE_NAME: &str = "代登";

impl Gateway {
    /// Registers what was typed. The same draft registers once, however often it is sent: a replay gives the receipt again.
    ///
    /// # Errors
    /// No right, nothing was said, a field is too long, or the store failed.
    pub async fn register_entry(
        &self,
        viewer: &Viewer,
        id: EntryDraftId,
        content: &EntryContent,
    ) -> Result<Receipt, Problem> {
        viewer.require(Permission::Enter)?;
        check_lengths(content)?;
        if content.body.trim().is_empty() && content.title.trim().is_empty() {
            return Err(ProblemCode::EmptyInput.because("请填写来电、来访或来信的内容"));
        }
        let key = format!("entry:{id}");
        let form = form_of(content);
        let (channel, bytes) = match content.form {
            EntryForm::Phone => {
                let call = TypedCall { call_id: key, caller_number: given(&content.caller_number), form };
                (Channel::Call, serde_json::to_vec(&call))
            }
            EntryForm::WalkIn | EntryForm::Letter => {
                (Channel::Web, serde_json::to_vec(&Form { idempotency_key: Some(key), ..form }))
            }
        };
        let bytes = bytes.map_err(|_impossible| Problem::from(ProblemCode::Internal))?;
        let entry = StaffEntry { staff: viewer.staff().id, form: content.form, at: self.clock.now() };
        let receipt = self.submit_entered(channel, SOURCE_NAME, &bytes, entry).await?;
        self.step("entry.after_registering");
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.remove_entry_draft(id, viewer.staff().id).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(receipt)
    }
}

fn given(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn form_of(content: &EntryContent) -> Form {
    let petitioner = FormPetitioner {
        kind: None,
        name: given(&content.name),
        id_number: given(&content.id_number),
        credit_code: None,
        phone: given(&content.phone),
        mail_address: given(&content.mail_address),
        address: given(&content.address),
    };
    let proxy = FormPetitioner {
        name: given(&content.proxy_name),
        phone: given(&content.proxy_phone),
        ..FormPetitioner::default()
    };
    Form {
        title: content.title.trim().to_owned(),
        body: content.body.trim().to_owned(),
        demand: given(&content.demand),
        petitioners: Some(petitioner).filter(|one| *one != FormPetitioner::default()).into_iter().collect(),
        proxy: Some(proxy).filter(|one| *one != FormPetitioner::default()),
        place: given(&content.place),
        anonymous: content.anonymous,
        confidential: content.confidential,
        ..Form::default()
    }
}
