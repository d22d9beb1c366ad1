//! From what was typed to the form of the web door, and what is wrong with it.

use case::content_hash::ContentHash;
use case::purpose::Purpose;
use case::submission::StoredFile;
use channels::web::{Form, FormAttachment, FormPetitioner, FormRespondent, NUMBER_LIMIT, check};
use jiff::civil::Date;

use crate::office::places::Places;
use crate::web::form::Fields;
use crate::web::public::labels::{id_of, label_of, position_of};

/// The most people who petition together, besides the first one. More than five send representatives (条例 article 20) and come
/// with a list of names as an attachment.
pub(super) const JOINT_LIMIT: usize = 5;
/// The longest key that a page gives.
const KEY_LIMIT: usize = 64;

/// Something wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The field's identifier in the page.
    pub(super) id: String,
    /// What people call it.
    pub(super) label: String,
    /// What is wrong and what to do.
    pub(super) message: String,
}

impl Wrong {
    pub(super) fn new(id: &str, message: impl Into<String>) -> Self {
        Self { id: id.to_owned(), label: label_of(id), message: message.into() }
    }

    /// Whether it is about a number that could be as written all the same: some people's numbers are.
    fn is_of_number(&self, fields: &Fields) -> bool {
        (self.id.ends_with("-phone") || self.id.ends_with("-id_number"))
            && fields.text(&self.id).chars().nth(NUMBER_LIMIT).is_none()
    }
}

/// How many people besides the first one the page shows fields for.
pub(super) fn joint(fields: &Fields) -> usize {
    fields.text("joint").parse().map_or(0, |count: usize| count.min(JOINT_LIMIT))
}

/// Whether the petitioner has said that the numbers are as written.
pub(super) fn numbers_confirmed(fields: &Fields) -> bool {
    fields.given("numbers_confirmed").is_some()
}

/// The key of the page the form was on, if it has one.
pub(super) fn key(fields: &Fields) -> Option<&str> {
    fields.given("key").filter(|key| key.len() <= KEY_LIMIT && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The form. `files` were stored; `key` is the page's. The same page sent again with the same words is the same input, with other
/// words it is another one: who goes back and corrects something must not get the old receipt for it.
pub(super) fn form(fields: &Fields, files: &[StoredFile], places: &Places, key: &str) -> Form {
    let text = |name: &str| fields.given(name).map(ToOwned::to_owned);
    let mut form = Form {
        title: fields.text("title").to_owned(),
        body: fields.text("body").to_owned(),
        demand: text("demand"),
        petitioners: petitioners(fields),
        proxy: proxy(fields),
        respondents: respondents(fields),
        place: text("place").or_else(|| township(fields, places)),
        place_code: text("place_code"),
        purpose: fields.text("purpose").parse::<Purpose>().ok(),
        anonymous: fields.given("anonymous").is_some(),
        confidential: fields.given("confidential").is_some(),
        publishable: fields.given("publishable").is_some(),
        attachments: files.iter().map(|file| FormAttachment { name: file.name.clone(), hash: file.hash }).collect(),
        ..Form::default()
    };
    // A form has only string keys and finite numbers, so it always has a JSON form.
    let content = ContentHash::of(&serde_json::to_vec(&form).unwrap_or_default());
    form.idempotency_key = Some(format!("{key}-{content}"));
    form
}

/// Everything wrong with the form, but not what the petitioner confirmed, and whether a confirmation helps.
pub(super) fn problems(form: &Form, fields: &Fields, today: Date) -> (Vec<Wrong>, bool) {
    let found = check(form, today).into_iter();
    let mut wrong: Vec<Wrong> = found.map(|problem| Wrong::new(&id_of(&problem.field), problem.message)).collect();
    let first = form.petitioners.first();
    if form.anonymous && first.is_some_and(|first| first.name.is_some() || first.id_number.is_some()) {
        let message = "您勾选了匿名，又填写了姓名或身份证号。请清除这些内容，或取消匿名（可以改选保密）";
        wrong.push(Wrong::new("anonymous", message));
    }
    let confirmable = wrong.iter().any(|wrong| wrong.is_of_number(fields));
    if numbers_confirmed(fields) {
        wrong.retain(|wrong| !wrong.is_of_number(fields));
    }
    wrong.sort_by(|one, other| position_of(&one.id).cmp(&position_of(&other.id)));
    (wrong, confirmable)
}

/// The petitioners in the places the page has them, so that what is wrong names the right field; empty ones at the end are left out.
fn petitioners(fields: &Fields) -> Vec<FormPetitioner> {
    let mut all: Vec<FormPetitioner> =
        (0..=joint(fields)).map(|place| petitioner(fields, &format!("petitioners-{place}"))).collect();
    while all.last().is_some_and(|last| *last == FormPetitioner::default()) {
        all.pop();
    }
    all
}

fn proxy(fields: &Fields) -> Option<FormPetitioner> {
    Some(petitioner(fields, "proxy")).filter(|proxy| *proxy != FormPetitioner::default())
}

fn petitioner(fields: &Fields, prefix: &str) -> FormPetitioner {
    let text = |name: &str| fields.given(&format!("{prefix}-{name}")).map(ToOwned::to_owned);
    FormPetitioner {
        name: text("name"),
        phone: text("phone"),
        id_number: text("id_number"),
        address: text("address"),
        ..FormPetitioner::default()
    }
}

/// Who is complained about; a post without a name still says who is meant.
fn respondents(fields: &Fields) -> Vec<FormRespondent> {
    let (name, post) = (fields.text("respondents-0-name"), fields.given("respondents-0-post"));
    match (name, post) {
        ("", None) => Vec::new(),
        ("", Some(post)) => vec![FormRespondent { name: post.to_owned(), post: None }],
        (name, post) => vec![FormRespondent { name: name.to_owned(), post: post.map(ToOwned::to_owned) }],
    }
}

/// The name of the township that was chosen.
fn township(fields: &Fields, places: &Places) -> Option<String> {
    let code = fields.given("place_code")?;
    places.townships().find(|township| township.code.as_str() == code).map(|township| township.name.clone())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::office::Office;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn made(pairs: &[(&str, &str)]) -> (Form, Vec<Wrong>, bool) {
        let fields = fields(pairs);
        let office = Office::shipped().unwrap();
        let form = form(&fields, &[], office.places(), "00");
        let (wrong, confirmable) = problems(&form, &fields, date(2026, 11, 24));
        (form, wrong, confirmable)
    }

    #[test]
    fn a_confirmation_lets_numbers_through_and_nothing_else() {
        let long = "1".repeat(NUMBER_LIMIT + 1);
        let (_, wrong, confirmable) = made(&[
            ("body", "停水"),
            ("petitioners-0-phone", "12"),
            ("proxy-phone", &long),
            ("numbers_confirmed", "yes"),
        ]);
        assert!(confirmable);
        let left: std::collections::BTreeSet<&str> = wrong.iter().map(|wrong| wrong.id.as_str()).collect();
        assert_eq!(left.into_iter().collect::<Vec<_>>(), ["proxy-phone"], "the door refuses what is over its limit");
    }

    #[test]
    fn a_name_in_an_anonymous_form_is_asked_about() {
        let (_, wrong, confirmable) = made(&[("body", "停水"), ("anonymous", "yes"), ("petitioners-0-name", "张三")]);
        assert_eq!(wrong.iter().map(|wrong| wrong.id.as_str()).collect::<Vec<_>>(), ["anonymous"]);
        assert!(!confirmable);
    }

    #[test]
    fn a_township_alone_is_a_place_with_a_name() {
        let (form, wrong, _) = made(&[("body", "停水"), ("place_code", "130682106")]);
        assert_eq!(wrong, []);
        assert!(form.place.is_some_and(|place| !place.contains("130682106")));
    }

    #[test]
    fn other_words_on_the_same_page_are_another_input() {
        let key = |body: &str| made(&[("body", body)]).0.idempotency_key;
        assert_eq!(key("停水"), key("停水"));
        assert_ne!(key("停水"), key("停电"));
    }
}
