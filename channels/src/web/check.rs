//! What is wrong in a form, field by field.

use case::class::ContentClass;
use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};
use case::statement::{BODY_LIMIT, PETITIONER_LIMIT, TITLE_LIMIT};
use jiff::civil::Date;
use serde::Serialize;

use super::form::{Form, FormPetitioner};
use super::statement::{date, given};
use super::{ATTACHMENT_LIMIT, IDEMPOTENCY_KEY_LIMIT};
use crate::fields::is_mail_address;

/// Longest demand, in characters.
const DEMAND_LIMIT: usize = 2_000;
/// Longest name or post, in characters.
const NAME_LIMIT: usize = 100;
/// Longest address or place, in characters.
const ADDRESS_LIMIT: usize = 200;
/// Longest file name, in characters.
const FILE_NAME_LIMIT: usize = 255;
/// The most respondents of one form.
const RESPONDENT_LIMIT: usize = 50;
/// Longest text of a field that holds a number or code, in characters.
pub const NUMBER_LIMIT: usize = 64;

/// What is wrong with one field and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field as it is called in JSON: `petitioners[0].phone`.
    pub field: String,
    /// For the person who fills in the form: what is wrong and what to write instead. Never quotes what was written.
    pub message: String,
}

/// Everything that is wrong in `form`, for the person who is filling it in; empty when it can be sent. `today` is the day
/// after which no date can lie.
#[must_use]
pub fn check(form: &Form, today: Date) -> Vec<FieldProblem> {
    let mut problems = lengths(form);
    let mut wrong = |field: &str, message: String| problems.push(FieldProblem { field: field.to_owned(), message });
    if form.title.trim().is_empty() && form.body.trim().is_empty() {
        wrong("body", "请写明要反映的事情".to_owned());
    }
    if let Some(written) = given(form.place_code.as_ref())
        && let Err(error) = PlaceCode::parse(written)
    {
        wrong("place_code", error.to_string());
    }
    if let Some(written) = given(form.class.as_ref())
        && let Err(error) = ContentClass::parse(written)
    {
        wrong("class", error.to_string());
    }
    if let Some(written) = given(form.written_on.as_ref()) {
        match date(written) {
            None => wrong("written_on", "日期不存在，请按“2025-03-18”的样式填写".to_owned()),
            Some(date) if date > today => wrong("written_on", "日期不能晚于今天".to_owned()),
            Some(_) => {}
        }
    }
    for (place, petitioner) in form.petitioners.iter().enumerate() {
        numbers(petitioner, &format!("petitioners[{place}]"), today, &mut problems);
    }
    if let Some(proxy) = &form.proxy {
        numbers(proxy, "proxy", today, &mut problems);
    }
    problems
}

/// Refuses a form of which a field is over its limit.
pub(super) fn limits(form: &Form) -> Result<(), Problem> {
    let problems = lengths(form);
    if problems.is_empty() {
        return Ok(());
    }
    let all: Vec<String> =
        problems.iter().take(10).map(|problem| format!("{}：{}", problem.field, problem.message)).collect();
    Err(ProblemCode::InvalidField.because(all.join("；")))
}

fn lengths(form: &Form) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut text = |field: String, value: &str, limit: usize| {
        if value.chars().nth(limit).is_some() {
            problems
                .push(FieldProblem { field, message: format!("不得超过{limit}字，请精简或放入附件") });
        }
    };
    text("title".to_owned(), &form.title, TITLE_LIMIT);
    text("body".to_owned(), &form.body, BODY_LIMIT);
    for (field, value, limit) in [
        ("demand", &form.demand, DEMAND_LIMIT),
        ("place", &form.place, ADDRESS_LIMIT),
        ("place_code", &form.place_code, NUMBER_LIMIT),
        ("class", &form.class, NUMBER_LIMIT),
        ("written_on", &form.written_on, NUMBER_LIMIT),
        ("idempotency_key", &form.idempotency_key, IDEMPOTENCY_KEY_LIMIT),
    ] {
        text(field.to_owned(), value.as_deref().unwrap_or_default(), limit);
    }
    let named =
        form.petitioners.iter().enumerate().map(|(place, petitioner)| (format!("petitioners[{place}]"), petitioner));
    for (prefix, petitioner) in named.chain(form.proxy.iter().map(|proxy| ("proxy".to_owned(), proxy))) {
        for (field, value, limit) in [
            ("name", &petitioner.name, NAME_LIMIT),
            ("id_number", &petitioner.id_number, NUMBER_LIMIT),
            ("credit_code", &petitioner.credit_code, NUMBER_LIMIT),
            ("phone", &petitioner.phone, NUMBER_LIMIT),
            ("mail_address", &petitioner.mail_address, 254),
            ("address", &petitioner.address, ADDRESS_LIMIT),
        ] {
            text(format!("{prefix}.{field}"), value.as_deref().unwrap_or_default(), limit);
        }
    }
    for (place, respondent) in form.respondents.iter().enumerate() {
        text(format!("respondents[{place}].name"), &respondent.name, NAME_LIMIT);
        text(format!("respondents[{place}].post"), respondent.post.as_deref().unwrap_or_default(), NAME_LIMIT);
    }
    for (place, attachment) in form.attachments.iter().enumerate() {
        text(format!("attachments[{place}].name"), &attachment.name, FILE_NAME_LIMIT);
    }
    for (field, count, limit, unit) in [
        ("petitioners", form.petitioners.len(), PETITIONER_LIMIT, "人"),
        ("respondents", form.respondents.len(), RESPONDENT_LIMIT, "个"),
        ("attachments", form.attachments.len(), ATTACHMENT_LIMIT, "个"),
    ] {
        if count > limit {
            problems.push(FieldProblem { field: field.to_owned(), message: format!("不得超过{limit}{unit}") });
        }
    }
    problems
}

/// The numbers of one petitioner.
fn numbers(petitioner: &FormPetitioner, prefix: &str, today: Date, problems: &mut Vec<FieldProblem>) {
    let mut wrong = |field: &str, message: String| {
        problems.push(FieldProblem { field: format!("{prefix}.{field}"), message });
    };
    if let Some(written) = given(petitioner.id_number.as_ref()) {
        match IdNumber::parse(written) {
            Err(error) => wrong("id_number", error.to_string()),
            Ok(number) if number.birth_date().is_some_and(|birth| birth > today) => {
                wrong("id_number", "身份证号中的出生日期晚于今天，请核对".to_owned());
            }
            Ok(_) => {}
        }
    }
    if let Some(written) = given(petitioner.credit_code.as_ref())
        && let Err(error) = CreditCode::parse(written)
    {
        wrong("credit_code", error.to_string());
    }
    if let Some(written) = given(petitioner.phone.as_ref())
        && let Err(error) = Phone::parse(written)
    {
        wrong("phone", error.to_string());
    }
    if given(petitioner.mail_address.as_ref()).is_some_and(|written| !is_mail_address(written)) {
        wrong("mail_address", "电子邮箱应如“name@example.cn”".to_owned());
    }
}
