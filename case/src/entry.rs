//! What staff enter in a petitioner's name (代登): at the counter, on the telephone, from a letter that is typed.
//!
//! Who entered it stands on the statement ([`StaffEntry`]); it is never a petitioner, so notices go to the petitioner. What is being
//! typed is kept as an [`EntryDraft`] until it is registered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{EntryDraftId, StaffId};

/// How the petitioner spoke to whoever entered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum EntryForm {
    /// 来电.
    #[default]
    Phone,
    /// 来访.
    WalkIn,
    /// 来信, typed from paper that is not scanned.
    Letter,
}

impl EntryForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Phone, Self::WalkIn, Self::Letter];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::WalkIn => "walk_in",
            Self::Letter => "letter",
        }
    }

    /// What it is called on pages (信访形式).
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Phone => "来电",
            Self::WalkIn => "来访",
            Self::Letter => "来信",
        }
    }

    /// The form with this stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }
}

/// That a member of the staff entered a statement in the petitioner's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEntry {
    /// Who entered it.
    pub staff: StaffId,
    /// How the petitioner spoke to them.
    pub form: EntryForm,
    /// When it was entered.
    pub at: Timestamp,
}

/// The longest text of a draft's field, in characters; the words themselves have the limit of a statement's body.
pub const FIELD_LIMIT: usize = 200;

/// What is typed on the entry screen, field by field, as it was typed: nothing in it is checked yet. Personal data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryContent {
    /// How the petitioner speaks.
    pub form: EntryForm,
    /// The telephone system's name of the call.
    pub call_id: String,
    /// The number that calls.
    pub caller_number: String,
    /// 姓名.
    pub name: String,
    /// A number to call back.
    pub phone: String,
    /// 身份证号.
    pub id_number: String,
    /// 住址.
    pub address: String,
    /// A mail address for notices.
    pub mail_address: String,
    /// 代理人 or whoever speaks for the petitioner: name.
    pub proxy_name: String,
    /// Their number.
    pub proxy_phone: String,
    /// 标题.
    pub title: String,
    /// What is said, in the petitioner's words.
    pub body: String,
    /// 诉求.
    pub demand: String,
    /// 问题属地.
    pub place: String,
    /// 匿名.
    pub anonymous: bool,
    /// 保密.
    pub confidential: bool,
    /// Names of the fields that the person typed themselves: they are never filled in again.
    pub edited: Vec<String>,
}

/// What is being entered and is not registered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// Its identifier; the submission that it becomes is known by it, so that it becomes only one.
    pub id: EntryDraftId,
    /// Who enters it; nobody else sees it.
    pub staff: StaffId,
    /// When it was last kept.
    pub saved_at: Timestamp,
    /// Counts the changes, from 1; 0 for one that is not kept yet.
    pub version: u64,
    /// What is typed.
    pub content: EntryContent,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_one_name_in_code_and_json() {
        for form in EntryForm::ALL {
            assert_eq!(EntryForm::from_name(form.as_str()), Some(form));
            assert_eq!(serde_json::to_value(form).unwrap(), form.as_str());
        }
        assert_eq!(EntryForm::from_name("telegram"), None);
    }

    #[test]
    fn a_draft_of_another_version_is_read_with_what_it_has() {
        let read: EntryContent = serde_json::from_str(r#"{"name":"陆青禾","later_field":1}"#).unwrap();
        assert_eq!(read, EntryContent { name: "陆青禾".to_owned(), ..EntryContent::default() });
    }
}
