//! What the mail server that delivered a mail says of it: that it is advertising or fraud.
//!
//! Only verdicts count, in the headers in which filters write them: `Authentication-Results` tells who sent a mail and is no verdict, nor
//! is a score without one. A mail server puts its headers above those that came with the mail, so of two verdicts of one name the first is
//! its own. A sender who forges one only has their own mail held.

use super::header::Headers;

/// Verdicts of `yes` or `true`: SpamAssassin and Amavis, Rspamd, Barracuda, bogofilter.
const VERDICTS: [&str; 5] = ["x-spam-flag", "x-spam-status", "x-spam", "x-barracuda-spam-flag", "x-bogosity"];
/// The words with which such a verdict begins.
const YES: [&str; 3] = ["yes", "true", "spam"];
/// What Exchange says of a mail from 0 to 9, inside of an organisation only; a mail from outside cannot bring it in.
const EXCHANGE: &str = "x-ms-exchange-organization-scl";
/// From here on Exchange puts a mail among the unwanted ones.
const EXCHANGE_LEAST: i32 = 5;

/// The header, in lower case, that says so; none when no header does.
pub(super) fn mark(headers: &Headers<'_>) -> Option<&'static str> {
    let value = |name: &str| headers.text(name).map(|value| value.text.to_ascii_lowercase()).unwrap_or_default();
    let says_yes = |name: &&str| {
        let value = value(name);
        let word = value.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        YES.contains(&word)
    };
    let of_exchange = || value(EXCHANGE).trim().parse().is_ok_and(|level: i32| level >= EXCHANGE_LEAST);
    VERDICTS.into_iter().find(says_yes).or_else(|| of_exchange().then_some(EXCHANGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(lines: &str) -> Option<&'static str> {
        mark(&Headers::of(format!("From: a@example.invalid\n{lines}\nSubject: a\n\n").as_bytes()))
    }

    #[test]
    fn a_verdict_counts_and_nothing_else_does() {
        for verdict in [
            "X-Spam-Flag: YES",
            "X-Spam-Status: Yes, score=9.1 required=5.0 tests=BAYES_99",
            "X-Spam-Status: Yes,\n\tscore=9.1",
            "X-Spam: Yes",
            "X-Spam: spam",
            "X-Spam-Flag: true",
            "X-Bogosity: Spam, tests=bogofilter",
            "X-MS-Exchange-Organization-SCL: 6",
        ] {
            assert!(marked(verdict).is_some(), "{verdict}");
        }
        for none in [
            "Authentication-Results: mx.example.invalid; spf=fail smtp.mailfrom=a@example.invalid; dkim=fail; dmarc=fail",
            "X-Spam-Status: No, score=1.2 required=5.0",
            "X-Spam-Flag: NO",
            "X-Spam-Level: *******",
            "X-Spam-Score: 7.5",
            "X-Spam-Report: yes it might be",
            "X-Spam:",
            "X-MS-Exchange-Organization-SCL: 1",
            "X-MS-Exchange-Organization-SCL: -1",
            "X-Bogosity: Ham",
        ] {
            assert_eq!(marked(none), None, "{none}");
        }
        assert_eq!(marked("X-Spam-Status: No\nX-Spam-Status: Yes"), None, "the server's own stands above");
    }
}
