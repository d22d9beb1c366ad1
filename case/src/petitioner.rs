//! Who speaks (信访人).

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::identity::credit_code::CreditCode;
use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;

/// Whether a petitioner is a natural person or an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PetitionerKind {
    /// 自然人.
    #[default]
    Person,
    /// 法人或者其他组织.
    Organisation,
}

/// One petitioner as far as the submission tells: everything may be missing (an anonymous or unreadable petition is
/// still registered; 条例 article 23 only lifts the duty to notify).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Petitioner {
    /// Person or organisation.
    pub kind: PetitionerKind,
    /// 姓名 or the organisation's name.
    pub name: Option<Field<String>>,
    /// 公民身份号码.
    pub id_number: Option<Field<IdNumber>>,
    /// 统一社会信用代码.
    pub credit_code: Option<Field<CreditCode>>,
    /// Numbers to call back, best first.
    pub phones: Vec<Field<Phone>>,
    /// Where notices may be mailed.
    pub mail_address: Option<Field<String>>,
    /// 住址, as written.
    pub address: Option<Field<String>>,
}

impl Petitioner {
    /// Whether anything at all is known of the petitioner.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.name.is_some()
            || self.id_number.is_some()
            || self.credit_code.is_some()
            || !self.phones.is_empty()
            || self.mail_address.is_some()
            || self.address.is_some()
    }
}
