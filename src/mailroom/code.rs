//! What the office's own codes on paper say. Each carries a mark made with the office's secret, so that a petitioner who prints a
//! code of the same form changes nothing: it is not ours and is not seen.

use case::batch::PagePart;
use case::identity::key::IdentitySecret;
use case::number::RegistrationNumber;
use channels::letter::codes::PREFIX;

/// A code of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// 分隔页: the next sheet begins a letter, its envelope or its enclosures.
    Separator(PagePart),
    /// 登记标签: this paper belongs to this number.
    Registered(RegistrationNumber),
    /// 密封件标签: this paper must not be scanned.
    Sealed(RegistrationNumber),
}

impl Code {
    /// As it is printed: `XQ1-` and what it says and the mark, such as `XQ1-S-LETTER-0123456789AB`.
    #[must_use]
    pub fn text(&self, secret: &IdentitySecret) -> String {
        let said = match self {
            Self::Separator(part) => format!("S-{}", name_of(*part)),
            Self::Registered(number) => format!("R-{number}"),
            Self::Sealed(number) => format!("Z-{number}"),
        };
        format!("{PREFIX}{said}-{}", secret.mark_of(&said).to_ascii_uppercase())
    }

    /// Reads a code; none when it is not one that this office printed.
    #[must_use]
    pub fn parse(text: &str, secret: &IdentitySecret) -> Option<Self> {
        let (said, mark) = text.strip_prefix(PREFIX)?.rsplit_once('-')?;
        let (kind, value) = said.split_once('-')?;
        let number = || RegistrationNumber::parse(value).ok();
        let code = match kind {
            "S" => Self::Separator(PARTS.into_iter().find(|part| name_of(*part) == value)?),
            "R" => Self::Registered(number()?),
            "Z" => Self::Sealed(number()?),
            _ => return None,
        };
        // Both are hashes: where they differ tells nothing about the secret.
        mark.eq_ignore_ascii_case(&secret.mark_of(said)).then_some(code)
    }
}

/// What separator sheets there are.
pub const PARTS: [PagePart; 3] = [PagePart::Letter, PagePart::Envelope, PagePart::Enclosure];

const fn name_of(part: PagePart) -> &'static str {
    match part {
        PagePart::Letter => "LETTER",
        PagePart::Envelope => "ENVELOPE",
        PagePart::Enclosure => "ENCLOSURE",
    }
}

#[cfg(test)]
mod tests {
    use case::number::OfficePrefix;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_come_back_and_those_of_another_office_do_not() {
        let (ours, theirs) = (IdentitySecret::new([1; 32]), IdentitySecret::new([2; 32]));
        let number = RegistrationNumber::new(OfficePrefix::parse("DZ").unwrap(), date(2026, 11, 24), 7).unwrap();
        let separators = PARTS.into_iter().map(Code::Separator);
        for code in separators.chain([Code::Registered(number.clone()), Code::Sealed(number)]) {
            let text = code.text(&ours);
            assert!(text.len() <= 64, "{text}");
            assert_eq!(Code::parse(&text, &ours), Some(code), "{text}");
            assert_eq!(Code::parse(&text, &theirs), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nobody_guesses_a_code(text in "XQ1-[SRZ]-[A-Z0-9]{1,20}-[0-9A-F]{0,12}|\\PC*") {
            prop_assert_eq!(Code::parse(&text, &IdentitySecret::new([1; 32])), None);
        }
    }
}
