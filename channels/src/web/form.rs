//! The wire form of a petition. Its documentation is the documentation of the API.

use case::content_hash::ContentHash;
use case::petitioner::PetitionerKind;
use case::purpose::Purpose;
use serde::{Deserialize, Serialize};

/// A petition as the public form and the API post it. At least one of `title` and `body` must say something; everything
/// else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// 标题, at most 200 characters. When it is empty the gateway makes one from the body.
    pub title: String,
    /// 诉求内容: what happened and why, in the petitioner's own words, at most 50,000 characters.
    pub body: String,
    /// 诉求: what is asked for, at most 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<String>,
    /// 信访人: at most 500, the first one speaking for the others. Empty for an anonymous petition.
    pub petitioners: Vec<FormPetitioner>,
    /// 代理人: who fills in the form in the petitioners' name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<FormPetitioner>,
    /// 被反映人或单位: at most 50.
    pub respondents: Vec<FormRespondent>,
    /// 问题属地 in words, such as `北城区锦绣华庭小区`, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// 问题属地 as a statistical code of 6, 9 or 12 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_code: Option<String>,
    /// 内容分类: a code of six digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// 信访目的. `accusation` seals the petition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// 信访日期, such as `2025-03-18`; not later than today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_on: Option<String>,
    /// 匿名: no name is given on purpose.
    pub anonymous: bool,
    /// 保密: hide who I am from the unit that answers.
    pub confidential: bool,
    /// 公开: text and answer may be published without personal data.
    pub publishable: bool,
    /// Files that were uploaded before, at most 20.
    pub attachments: Vec<FormAttachment>,
    /// Chosen by the client, different for every petition, the same when the client tries again after a lost answer; at most
    /// 200 characters. Without one, two forms of the same content are the same input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
}

/// One petitioner, or the proxy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormPetitioner {
    /// Person (when not given) or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<PetitionerKind>,
    /// 姓名 or the organisation's name, at most 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 公民身份号码: 18 characters, or 15 digits of an old one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// 统一社会信用代码: 18 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<String>,
    /// A mobile number, or a landline with area code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where notices may be mailed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_address: Option<String>,
    /// 住址, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// Who is complained about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRespondent {
    /// Name of the person or unit, at most 100 characters.
    pub name: String,
    /// 职务, when a person is meant, at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}

/// A file that was uploaded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormAttachment {
    /// Its name as the petitioner knows it, at most 255 characters; never used as a path.
    pub name: String,
    /// The address of its bytes, as the upload answered: 64 hexadecimal digits.
    pub hash: ContentHash,
}
