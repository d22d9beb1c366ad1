//! The web door: the JSON that the public form and the API post.
//!
//! Two readers of the same form, because two people are served:
//! [`check()`] helps a citizen who still sits before the form and names every field that is wrong, at once;
//! [`read`] registers what was sent, whatever is in the fields: a date or number that cannot be right becomes a
//! [`Mark::Impossible`](case::statement::Mark::Impossible), never a refusal. Only what is no form, says nothing or is over
//! a limit is refused.

mod check;
mod form;
mod statement;

use case::channel::Channel;
use case::content_hash::ContentHash;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;
use case::statement::Statement;
use jiff::civil::Date;

use crate::Reading;

pub use check::{FieldProblem, NUMBER_LIMIT, check};
pub use form::{Form, FormAttachment, FormPetitioner, FormRespondent};

/// The most bytes of JSON: a body of 50,000 characters is 150 KiB in UTF-8, and up to 300 KiB with every character escaped.
pub const JSON_LIMIT: usize = 1024 * 1024;
/// The most attachments of one form.
pub const ATTACHMENT_LIMIT: usize = 20;
/// The longest idempotency key, in characters.
pub const IDEMPOTENCY_KEY_LIMIT: usize = 200;

/// What makes two forms the same input: the client's idempotency key, or else the content (the order of keys and white space
/// between them do not matter). Bytes that are no form have the key of their bytes.
#[must_use]
pub fn source_key(bytes: &[u8]) -> SourceKey {
    let Ok(form) = parse(bytes) else {
        return SourceKey::new(Channel::Web, "bytes", &[ContentHash::of(bytes).as_bytes()]);
    };
    if let Some(key) = form.idempotency_key.as_deref().map(str::trim).filter(|key| !key.is_empty()) {
        return SourceKey::new(Channel::Web, "idempotency", &[key.as_bytes()]);
    }
    // A form has only string keys and finite numbers, so it always has a JSON form.
    let canonical = serde_json::to_vec(&form).unwrap_or_default();
    SourceKey::new(Channel::Web, "content", &[&canonical])
}

/// The form in `bytes`, nothing in it checked but its shape and size. Attachments are named by their hash; whoever stored
/// them finds them by it.
///
/// # Errors
/// [`ProblemCode::EmptyInput`], [`ProblemCode::InputTooLarge`], or [`ProblemCode::MalformedInput`] with the line and column.
pub fn parse(bytes: &[u8]) -> Result<Form, Problem> {
    if bytes.len() > JSON_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("JSON不得超过{}KB", JSON_LIMIT / 1024)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ProblemCode::EmptyInput.because("没有收到任何内容"));
    }
    serde_json::from_slice(bytes).map_err(|error| malformed(&error))
}

/// Reads a form. `received_on` is the day on which it stood at the door, when the caller knows it.
///
/// # Errors
/// As [`parse`]; [`ProblemCode::EmptyInput`] when neither title nor body says anything; [`ProblemCode::InvalidField`] when
/// a field is longer, or a list has more members, than the limit.
pub fn read(bytes: &[u8], received_on: Option<Date>) -> Result<Reading, Problem> {
    Ok(Reading { statement: statement_of(&parse(bytes)?, received_on)?, files: Vec::new() })
}

/// What a form says.
///
/// # Errors
/// As [`read`].
pub(crate) fn statement_of(form: &Form, received_on: Option<Date>) -> Result<Statement, Problem> {
    check::limits(form)?;
    if form.title.trim().is_empty() && form.body.trim().is_empty() {
        return Err(ProblemCode::EmptyInput.because("标题和内容都是空的，请至少填写一项"));
    }
    Ok(statement::from_form(form, received_on))
}

/// What is wrong with the JSON, without the values in it: an error text of `serde_json` may quote a name or number.
#[must_use]
pub fn malformed(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let quoted = || text.split('`').nth(1).map_or_else(String::new, |name| case::text::truncate(name, 40).to_owned());
    let what = if text.starts_with("unknown field") {
        format!("没有“{}”这个字段", quoted())
    } else if text.starts_with("missing field") {
        format!("缺少字段“{}”", quoted())
    } else if text.starts_with("duplicate field") {
        format!("字段“{}”重复", quoted())
    } else if error.is_data() {
        "字段的类型或取值不符合要求".to_owned()
    } else if error.is_eof() {
        "JSON不完整".to_owned()
    } else {
        "不是有效的JSON".to_owned()
    };
    ProblemCode::MalformedInput.because(format!("第{}行第{}列：{what}", error.line(), error.column()))
}

#[cfg(test)]
mod tests;
