//! How the form of a petition is described: [`channels::web::Form`] for the OpenAPI description. The channels know nothing of HTTP,
//! so their form is described here; a test holds both together.

use utoipa::ToSchema;

/// A petition. At least one of `title` and `body` must say something; everything else may be missing. A date or number that cannot
/// be right is registered and marked, never refused.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form and is never made")]
pub struct PetitionForm {
    /// 标题, at most 200 characters. When it is empty the gateway makes one from the body.
    #[schema(required = false, max_length = 200)]
    title: String,
    /// 诉求内容: what happened and why, in the petitioner's own words, at most 50,000 characters.
    #[schema(required = false, max_length = 50_000)]
    body: String,
    /// 诉求: what is asked for, at most 2,000 characters.
    #[schema(max_length = 2_000)]
    demand: Option<String>,
    /// 信访人: at most 500, the first one speaking for the others. Empty for an anonymous petition.
    #[schema(required = false, max_items = 500)]
    petitioners: Vec<PetitionPerson>,
    /// 代理人: who fills in the form in the petitioners' name.
    proxy: Option<PetitionPerson>,
    /// 被反映人或单位: at most 50.
    #[schema(required = false, max_items = 50)]
    respondents: Vec<PetitionRespondent>,
    /// 问题属地 in words, at most 200 characters.
    #[schema(max_length = 200)]
    place: Option<String>,
    /// 问题属地 as a statistical code of 6, 9 or 12 digits.
    place_code: Option<String>,
    /// 内容分类: a code of six digits.
    class: Option<String>,
    /// 信访目的: `suggestion`, `accusation` or `appeal_or_demand`. `accusation` seals the petition.
    purpose: Option<String>,
    /// 信访日期, such as `2025-03-18`; not later than today.
    written_on: Option<String>,
    /// 匿名: no name is given on purpose.
    #[schema(required = false)]
    anonymous: bool,
    /// 保密: hide who I am from the unit that answers.
    #[schema(required = false)]
    confidential: bool,
    /// 公开: text and answer may be published without personal data.
    #[schema(required = false)]
    publishable: bool,
    /// Left empty: the files themselves come with the form as `multipart/form-data`. A form that names files is refused.
    #[schema(required = false, max_items = 20)]
    attachments: Vec<PetitionAttachment>,
    /// Different for every petition, the same when the client tries again after a lost answer; at most 200 characters.
    #[schema(max_length = 200)]
    idempotency_key: Option<String>,
}

/// A petition with its files, as `multipart/form-data`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form and is never made")]
pub struct PetitionUpload {
    /// The petition as JSON. Must stand before the files.
    #[schema(value_type = PetitionForm)]
    petition: String,
    /// JPEG, PNG, TIFF, PDF, Word (docx), Excel (xlsx) or plain text: at most 10 files of 10 MiB each, 40 MiB together.
    #[schema(value_type = Vec<String>, format = Binary, required = false, max_items = 10)]
    attachments: Vec<Vec<u8>>,
}

/// One petitioner, or the proxy.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form and is never made")]
pub struct PetitionPerson {
    /// `person` (when not given) or `organisation`.
    kind: Option<String>,
    /// 姓名 or the organisation's name, at most 100 characters.
    #[schema(max_length = 100)]
    name: Option<String>,
    /// 公民身份号码: 18 characters, or 15 digits of an old one.
    id_number: Option<String>,
    /// 统一社会信用代码: 18 characters.
    credit_code: Option<String>,
    /// A mobile number, or a landline with area code.
    phone: Option<String>,
    /// Where notices may be mailed.
    mail_address: Option<String>,
    /// 住址, at most 200 characters.
    #[schema(max_length = 200)]
    address: Option<String>,
}

/// Who is complained about.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form and is never made")]
pub struct PetitionRespondent {
    /// Name of the person or unit, at most 100 characters.
    #[schema(max_length = 100)]
    name: String,
    /// 职务, when a person is meant, at most 100 characters.
    #[schema(max_length = 100)]
    post: Option<String>,
}

/// A file that belongs to the form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form and is never made")]
pub struct PetitionAttachment {
    /// Its name as the petitioner knows it, at most 255 characters.
    #[schema(max_length = 255)]
    name: String,
    /// The address of its bytes: 64 hexadecimal digits.
    hash: String,
}

#[cfg(test)]
mod tests {
    use case::content_hash::ContentHash;
    use case::petitioner::PetitionerKind;
    use case::purpose::Purpose;
    use channels::web::{Form, FormAttachment, FormPetitioner, FormRespondent};
    use serde_json::Value;
    use utoipa::PartialSchema;

    use super::*;

    fn text() -> Option<String> {
        Some("x".to_owned())
    }

    /// A form without anything left out; a new field breaks it here.
    fn whole() -> Form {
        let person = FormPetitioner {
            kind: Some(PetitionerKind::Person),
            name: text(),
            id_number: text(),
            credit_code: text(),
            phone: text(),
            mail_address: text(),
            address: text(),
        };
        Form {
            title: "x".to_owned(),
            body: "x".to_owned(),
            demand: text(),
            petitioners: vec![person.clone()],
            proxy: Some(person),
            respondents: vec![FormRespondent { name: "x".to_owned(), post: text() }],
            place: text(),
            place_code: text(),
            class: text(),
            purpose: Some(Purpose::Accusation),
            written_on: text(),
            anonymous: true,
            confidential: true,
            publishable: true,
            attachments: vec![FormAttachment { name: "x".to_owned(), hash: ContentHash::of(b"x") }],
            idempotency_key: text(),
        }
    }

    fn names(object: &Value) -> Vec<String> {
        let mut names: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    fn described<T: PartialSchema>() -> Vec<String> {
        names(&serde_json::to_value(T::schema()).unwrap()["properties"])
    }

    #[test]
    fn every_field_of_the_form_is_described() {
        let form = serde_json::to_value(whole()).unwrap();
        assert_eq!(described::<PetitionForm>(), names(&form));
        assert_eq!(described::<PetitionPerson>(), names(&form["petitioners"][0]));
        assert_eq!(described::<PetitionRespondent>(), names(&form["respondents"][0]));
        assert_eq!(described::<PetitionAttachment>(), names(&form["attachments"][0]));
    }
}
