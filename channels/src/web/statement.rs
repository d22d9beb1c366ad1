//! From the form to the one normal form. What the form leaves open is looked for in the body.

use case::class::ContentClass;
use case::field::{Confidence, Field, Source};
use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use case::petitioner::Petitioner;
use case::place::PlaceCode;
use case::purpose::Purpose;
use case::respondent::Respondent;
use case::statement::{Mark, Place, Statement, Wishes};
use case::text::{normalise, truncate};
use jiff::civil::Date;

use super::form::{Form, FormPetitioner};
use crate::fields::{self, Context, Located, is_mail_address};
use crate::words::clean;

/// A title that is made of the body when nothing better is found, in characters.
const MADE_TITLE: usize = 40;

/// From this confidence on the words accuse so plainly that another purpose chosen in the form is doubtful: an accusation
/// must be sealed, and few who write one know the word for it.
const PLAINLY: f32 = 0.8;

/// What was typed into an optional field; nothing when it is blank.
pub(super) fn given(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The date that `written` gives, in any of the usual ways of writing.
pub(super) fn date(written: &str) -> Option<Date> {
    fields::written_date(written)
}

/// The statement of a form that is within its limits.
pub(super) fn from_form(form: &Form, received_on: Option<Date>) -> Statement {
    let body = clean(&form.body);
    let body = body.trim();
    let found = fields::read(body, &Context { received_on }).into_statement(body, Located::body);
    let title = title(form, body, found.title);
    let mut statement = Statement::new(title, body.to_owned());
    let mut marks = Vec::new();
    statement.petitioners = form
        .petitioners
        .iter()
        .enumerate()
        .map(|(place, petitioner)| {
            petitioner_from(petitioner, &format!("petitioners[{place}]"), received_on, &mut marks)
        })
        .filter(Petitioner::is_known)
        .collect();
    if statement.petitioners.is_empty() && !form.anonymous {
        statement.petitioners = found.petitioners;
    }
    statement.proxy = form
        .proxy
        .as_ref()
        .map(|proxy| petitioner_from(proxy, "proxy", received_on, &mut marks))
        .filter(Petitioner::is_known);
    statement.respondents = form
        .respondents
        .iter()
        .enumerate()
        .filter(|(_, respondent)| !respondent.name.trim().is_empty())
        .map(|(place, respondent)| Respondent {
            name: Field::typed(normalise(respondent.name.trim()), &format!("respondents[{place}].name")),
            post: given(respondent.post.as_ref()).map(normalise),
            unit: None,
        })
        .collect();
    if statement.respondents.is_empty() {
        statement.respondents = found.respondents;
    }
    statement.demand = given(form.demand.as_ref()).map(|text| Field::typed(clean(text), "demand")).or(found.demand);
    statement.place = place(form, &mut marks).or(found.place);
    statement.written_on = given(form.written_on.as_ref()).and_then(|written| {
        let date = date(written).filter(|date| received_on.is_none_or(|received| *date <= received));
        if date.is_none() {
            marks.push(impossible("written_on", written));
        }
        date.map(|date| Field::typed(date, "written_on"))
    });
    let accuses = |found: &Field<Purpose>| found.value == Purpose::Accusation && found.confidence.value() >= PLAINLY;
    if form.purpose.is_some_and(|chosen| chosen != Purpose::Accusation) && found.purpose.as_ref().is_some_and(accuses) {
        marks.push(Mark::Doubtful { field: "purpose".to_owned() });
    }
    statement.purpose = form.purpose.map(|purpose| Field::typed(purpose, "purpose")).or(found.purpose);
    statement.class = given(form.class.as_ref()).and_then(|written| match ContentClass::parse(written) {
        Ok(class) => Some(Field::typed(class, "class")),
        Err(_invalid) => {
            marks.push(impossible("class", written));
            None
        }
    });
    statement.wishes = Wishes {
        anonymous: form.anonymous,
        confidential: form.confidential || found.wishes.confidential,
        publishable: form.publishable,
    };
    statement.marks = marks;
    statement.with_missing_marked()
}

/// The title as typed; else the one that was found in the body, or its first words.
fn title(form: &Form, body: &str, found: Field<String>) -> Field<String> {
    match clean(&form.title).trim() {
        "" if found.value.is_empty() => {
            let made = truncate(body, MADE_TITLE).split('\n').next().unwrap_or_default().to_owned();
            Field::new(made, Confidence::new(0.4), found.source)
        }
        "" => found,
        typed => Field::typed(typed.replace('\n', " "), "title"),
    }
}

fn place(form: &Form, marks: &mut Vec<Mark>) -> Option<Field<Place>> {
    let code = given(form.place_code.as_ref()).and_then(|written| match PlaceCode::parse(written) {
        Ok(code) => Some(code),
        Err(_invalid) => {
            marks.push(impossible("place_code", written));
            None
        }
    });
    let text = given(form.place.as_ref()).map(normalise);
    let name = if text.is_some() { "place" } else { "place_code" };
    let text = text.or_else(|| code.as_ref().map(|code| code.as_str().to_owned()))?;
    Some(Field::typed(Place { text, code }, name))
}

/// A petitioner with every value that can be right; a mark for each that cannot.
fn petitioner_from(
    form: &FormPetitioner,
    prefix: &str,
    received_on: Option<Date>,
    marks: &mut Vec<Mark>,
) -> Petitioner {
    let typed = |field: &str| Source::Form { name: format!("{prefix}.{field}") };
    let certain = |text: String, field: &str| Field::new(text, Confidence::CERTAIN, typed(field));
    let id_number = given(form.id_number.as_ref()).and_then(|written| {
        let number = IdNumber::parse(written).ok();
        let born = |number: &IdNumber| {
            received_on.is_none_or(|received| number.birth_date().is_none_or(|birth| birth <= received))
        };
        let number = number.filter(born);
        if number.is_none() {
            marks.push(impossible("id_number", written));
        }
        number.map(|number| Field::new(number, Confidence::CERTAIN, typed("id_number")))
    });
    let credit_code = given(form.credit_code.as_ref()).and_then(|written| {
        let code = CreditCode::parse(written).ok();
        if code.is_none() {
            marks.push(impossible("credit_code", written));
        }
        code.map(|code| Field::new(code, Confidence::CERTAIN, typed("credit_code")))
    });
    let phone = given(form.phone.as_ref()).and_then(|written| {
        let phone = Phone::parse(written).ok();
        if phone.is_none() {
            marks.push(impossible("phone", written));
        }
        phone.map(|phone| Field::new(phone, Confidence::CERTAIN, typed("phone")))
    });
    let mail_address = given(form.mail_address.as_ref()).and_then(|written| {
        let fits = is_mail_address(written);
        if !fits {
            marks.push(impossible("mail_address", written));
        }
        fits.then(|| certain(written.to_owned(), "mail_address"))
    });
    Petitioner {
        kind: form.kind.unwrap_or_default(),
        name: given(form.name.as_ref()).map(|name| certain(normalise(name), "name")),
        id_number,
        credit_code,
        phones: phone.into_iter().collect(),
        mail_address,
        address: given(form.address.as_ref()).map(|address| certain(normalise(address), "address")),
    }
}

fn impossible(field: &str, written: &str) -> Mark {
    Mark::Impossible { field: field.to_owned(), written: written.to_owned() }
}
