//! What the validators say about a value: the same ones for what an engine read and for what a person types.

use case::correction::FieldName;
use case::statement::TITLE_LIMIT;
use jiff::civil::Date;

use crate::office::Office;

/// What is known of a value without looking at the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can be right; `note` says what was checked.
    Fits {
        /// The value in its one written form.
        canonical: String,
        /// What was checked, for people; empty when nothing can be.
        note: String,
    },
    /// It can be right, but is not usual.
    Unusual {
        /// The value in its one written form.
        canonical: String,
        /// What is not usual.
        note: String,
    },
    /// It cannot be right.
    Impossible {
        /// Why.
        note: String,
    },
    /// Nothing is there.
    Missing,
}

impl Verdict {
    /// The stable name, for programs and style sheets.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Fits { .. } => "fits",
            Self::Unusual { .. } => "unusual",
            Self::Impossible { .. } => "impossible",
            Self::Missing => "missing",
        }
    }

    /// What it says, for people.
    #[must_use]
    pub fn note(&self) -> &str {
        match self {
            Self::Fits { note, .. } | Self::Unusual { note, .. } | Self::Impossible { note } => note,
            Self::Missing => "未填写",
        }
    }

    /// The value as it is kept: in its one written form where it has one, as it is written where it cannot be right.
    #[must_use]
    pub fn kept(&self, text: &str) -> Option<String> {
        match self {
            Self::Fits { canonical, .. } | Self::Unusual { canonical, .. } => Some(canonical.clone()),
            Self::Impossible { .. } => Some(text.trim().to_owned()),
            Self::Missing => None,
        }
    }
}

/// What the validators say about `text` as a value of `field`. `today` is the last day that a date can have.
#[must_use]
pub fn judge(field: FieldName, text: &str, office: &Office, today: Date) -> Verdict {
    let text = text.trim();
    if text.is_empty() {
        return Verdict::Missing;
    }
    match field {
        FieldName::Phone => number(field, text, "号码格式正确"),
        FieldName::IdNumber => number(field, text, "校验位正确"),
        FieldName::WrittenOn => date(text, today),
        FieldName::Name => {
            let known = channels::fields::is_personal_name(text);
            told(text, known, "姓氏常见或为单位名称", "不是常见姓名，请对照原件")
        }
        FieldName::Address | FieldName::Place => {
            let mentions = office.places().mentions(text);
            match mentions.first() {
                Some(mention) => fits(text, format!("地名库有“{}”", mention.words)),
                None => unusual(text, "地名库中没有其中的地名"),
            }
        }
        FieldName::Title if text.chars().count() > TITLE_LIMIT => {
            Verdict::Impossible { note: format!("标题不得超过{TITLE_LIMIT}字") }
        }
        FieldName::Title | FieldName::Demand | FieldName::Respondent => fits(text, String::new()),
    }
}

fn fits(canonical: &str, note: String) -> Verdict {
    Verdict::Fits { canonical: canonical.to_owned(), note }
}

fn unusual(canonical: &str, note: &str) -> Verdict {
    Verdict::Unusual { canonical: canonical.to_owned(), note: note.to_owned() }
}

fn told(text: &str, usual: bool, fitting: &str, not: &str) -> Verdict {
    if usual { fits(text, fitting.to_owned()) } else { unusual(text, not) }
}

fn number(field: FieldName, text: &str, fitting: &str) -> Verdict {
    match field.canonical(text) {
        Ok(canonical) => Verdict::Fits { canonical, note: fitting.to_owned() },
        Err(note) => Verdict::Impossible { note },
    }
}

fn date(text: &str, today: Date) -> Verdict {
    let read = text.parse().ok().or_else(|| channels::fields::written_date(text));
    match read {
        Some(date) if date > today => {
            Verdict::Unusual { canonical: date.to_string(), note: "日期在收件之后，请对照原件".to_owned() }
        }
        Some(date) => Verdict::Fits { canonical: date.to_string(), note: "日期存在".to_owned() },
        None => Verdict::Impossible { note: "没有这个日期".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn judged(field: FieldName, text: &str) -> Verdict {
        judge(field, text, &Office::shipped().unwrap(), date(2026, 11, 24))
    }

    #[test]
    fn numbers_are_judged_by_their_own_rules() {
        assert_eq!(judged(FieldName::Phone, "138 0000 0001").kept("138 0000 0001").as_deref(), Some("13800000001"));
        assert_eq!(judged(FieldName::Phone, "1380000001").as_str(), "impossible");
        assert_eq!(judged(FieldName::Phone, "1380000001").kept("1380000001").as_deref(), Some("1380000001"));
        assert_eq!(judged(FieldName::IdNumber, "13068219800101001X").as_str(), "fits");
        assert!(judged(FieldName::IdNumber, "130682198001010011").note().contains("校验位"));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let verdict = judged(FieldName::WrittenOn, "2026年11月20日");
        assert_eq!(verdict.kept("").as_deref(), Some("2026-11-20"));
        assert_eq!(judged(FieldName::WrittenOn, "2026-11-25").as_str(), "unusual");
        assert_eq!(judged(FieldName::WrittenOn, "2026年2月30日").as_str(), "impossible");
    }

    #[test]
    fn names_and_places_are_only_doubted() {
        assert_eq!(judged(FieldName::Name, "张铁柱").as_str(), "fits");
        assert_eq!(judged(FieldName::Name, "弓长甲").as_str(), "unusual");
        assert_eq!(judged(FieldName::Address, "定州市东亭镇翟城村3号").as_str(), "fits");
        assert_eq!(judged(FieldName::Place, "某某村").as_str(), "unusual");
        assert_eq!(judged(FieldName::Place, "  "), Verdict::Missing);
    }
}
