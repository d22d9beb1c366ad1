//! A call that an operator typed while it was going on: the fields of the form, with the number that called.
//!
//! `{"call_id", "caller_number"?, "form": {…}}`, where `form` is the one that the web door takes.

use case::problem::Problem;
use case::statement::Statement;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::web::{self, Form};

/// What an operator typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedCall {
    /// What makes it one input, however often it is sent.
    pub call_id: String,
    /// The number that called, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_number: Option<String>,
    /// The fields.
    pub form: Form,
}

/// What is found in words that are being typed, to offer it for the fields.
#[must_use]
pub fn offered(words: &str, received_on: Option<Date>) -> Statement {
    let context = crate::fields::Context { received_on };
    let mut statement = crate::fields::read(words, &context).into_statement(words, crate::fields::Located::body);
    for petitioner in &mut statement.petitioners {
        petitioner.address =
            petitioner.address.take().map(|address| address.map(|words| crate::fields::with_figures(&words)));
    }
    statement
}

/// The typed call in `text`, if it is one.
pub(super) fn parse(text: &str) -> Option<TypedCall> {
    // Transcripts are much longer and have no form: they are not parsed twice.
    let may_be = text.starts_with('{') && text.len() <= web::JSON_LIMIT && text.contains("\"form\"");
    may_be.then(|| serde_json::from_str(text).ok()).flatten()
}

/// What it says.
///
/// # Errors
/// As the web door.
pub(super) fn read(call: &TypedCall, received_on: Option<Date>) -> Result<Statement, Problem> {
    let mut statement = web::statement_of(&call.form, received_on)?;
    let found = crate::fields::mentions(&statement.body, &crate::fields::Context { received_on });
    statement.mentions =
        found.into_iter().map(|found| super::statement::mention_at(found, crate::fields::Located::body)).collect();
    super::statement::caller_number_of_typed(&mut statement, call.caller_number.as_deref());
    Ok(statement)
}
