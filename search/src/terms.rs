//! What stands in the fields that queries filter by; the same in both engines.

use case::class::ContentClass;
use case::identity::key::{IdentityKey, IdentityKind};
use case::place::PlaceCode;
use jiff::Timestamp;

/// `moment` as the index keeps it.
pub(crate) fn microseconds(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// The term of an identity key.
pub(crate) fn identity_term(key: &IdentityKey) -> String {
    let kind = match key.kind {
        IdentityKind::IdNumber => "id_number",
        IdentityKind::CreditCode => "credit_code",
        IdentityKind::Phone => "phone",
        IdentityKind::MailAddress => "mail_address",
        IdentityKind::NameAndAddress => "name_and_address",
        IdentityKind::Name => "name",
    };
    format!("{kind}:{}", key.digest)
}

/// The digits that name a class as a filter: without the zeros of the levels that are not given.
pub(crate) fn class_term(class: &ContentClass) -> String {
    let length = usize::from(class.level()).saturating_mul(2);
    class.as_str().get(..length).unwrap_or(class.as_str()).to_owned()
}

/// The class and those above it, as prefixes of 2, 4 and 6 digits.
pub(crate) fn class_levels(class: &ContentClass) -> Vec<String> {
    prefixes(&class_term(class), &[2, 4, 6])
}

/// The place and those around it, as prefixes of 6, 9 and 12 digits.
pub(crate) fn place_levels(place: &PlaceCode) -> Vec<String> {
    prefixes(place.as_str(), &[6, 9, 12])
}

fn prefixes(code: &str, lengths: &[usize]) -> Vec<String> {
    lengths.iter().filter_map(|length| code.get(..*length)).map(str::to_owned).collect()
}
