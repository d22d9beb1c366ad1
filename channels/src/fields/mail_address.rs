//! Mail addresses in running text.

use super::{Fields, Text};

/// Longest address, RFC 5321 section 4.5.3.1.3 without the angle brackets.
const LENGTH_LIMIT: usize = 254;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    for position in 0..text.len() {
        if text.at(position) != Some('@') {
            continue;
        }
        let local = text
            .chars(0..position)
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || "._%+-".contains(**c))
            .count();
        let range = position - local..text.skip(position + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let written = text.string(range.clone());
        let trimmed = written.trim_end_matches(['.', '-']);
        let range = range.start..range.end - (written.len() - trimmed.len());
        if is_address(trimmed) {
            fields.mail_address.get_or_insert_with(|| text.found(trimmed.to_owned(), 0.9, range));
        } else if local > 0 && range.end > position + 1 {
            fields.impossible.push(text.impossible("mail_address", range));
        }
    }
}

/// Whether `written` has the shape of an address: a local part, and a domain of at least two labels ending in letters.
pub(crate) fn is_address(written: &str) -> bool {
    let Some((local, domain)) = written.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    let label_fits = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    written.len() <= LENGTH_LIMIT
        && local_fits
        && labels.len() >= 2
        && labels.iter().all(label_fits)
        && labels.last().is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()))
}
