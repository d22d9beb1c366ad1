//! Conditions in the server's filter language. Values are quoted and escaped here and nowhere else.

/// `attribute` is `value`.
pub(super) fn is(attribute: &str, value: &str) -> String {
    format!("{attribute} = {}", quoted(value))
}

/// `attribute` is, or holds, one of `values`; none when there are none, which the server would refuse.
pub(super) fn is_one_of<'a>(attribute: &str, values: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let listed: Vec<String> = values.into_iter().map(quoted).collect();
    (!listed.is_empty()).then(|| format!("{attribute} IN [{}]", listed.join(", ")))
}

/// `attribute` is a number below `bound`.
pub(super) fn is_below(attribute: &str, bound: impl Into<i128>) -> String {
    format!("{attribute} < {}", bound.into())
}

/// `attribute` is a number not below `bound`.
pub(super) fn is_at_least(attribute: &str, bound: impl Into<i128>) -> String {
    format!("{attribute} >= {}", bound.into())
}

/// All of them; none when there are none.
pub(super) fn all(conditions: &[String]) -> Option<String> {
    (!conditions.is_empty()).then(|| conditions.join(" AND "))
}

/// `value` so that it cannot end its quotation. The server unescapes quotation marks only: a value with a backslash finds nothing, which
/// is safe; ours are codes, names of doors, identifiers and digests.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_quotation() {
        assert_eq!(
            is("place", "1\" OR place EXISTS OR place = \"2"),
            r#"place = "1\" OR place EXISTS OR place = \"2""#
        );
        assert_eq!(is("place", "1\\"), r#"place = "1\\""#);
        assert_eq!(is_one_of("place", []), None);
    }
}
