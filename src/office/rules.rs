//! Routing rules: `rules.toml`.

use case::class::ContentClass;
use case::problem::{Problem, ProblemCode};
use case::unit::UnitCode;
use serde::Deserialize;

/// The most rules of one office.
const RULE_LIMIT: usize = 2000;

/// One rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Fits when one of these words is in title or body.
    #[serde(default)]
    pub words: Vec<String>,
    /// Fits when the class is one of these or below one.
    #[serde(default)]
    pub classes: Vec<ContentClass>,
    /// The unit that should answer.
    pub lead: Target,
    /// Units that help.
    #[serde(default)]
    pub assisting: Vec<Target>,
    /// How much the rule counts, 0 to 1.
    pub weight: f32,
    /// Shown to the person who decides.
    pub why: String,
}

/// A unit as a rule names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Target {
    /// The township of the place of the problem.
    Township,
    /// A unit by its code.
    Unit(UnitCode),
}

impl TryFrom<String> for Target {
    type Error = case::unit::InvalidUnitCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "township" { Ok(Self::Township) } else { UnitCode::parse(&text).map(Self::Unit) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// Reads `rules.toml`.
///
/// # Errors
/// What is wrong, with its place in the file.
pub fn parse(bytes: &[u8]) -> Result<Vec<Rule>, Problem> {
    let wrong = |detail: String| ProblemCode::InvalidConfiguration.because(format!("rules.toml：{detail}"));
    let text = std::str::from_utf8(bytes).map_err(|_error| wrong("文字编码应为UTF-8".to_owned()))?;
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if file.rule.len() > RULE_LIMIT {
        return Err(wrong(format!("最多{RULE_LIMIT}条规则")));
    }
    for (index, rule) in file.rule.iter().enumerate() {
        let at = format!("第{}条规则（{}）", index + 1, rule.why);
        if !(0.0..=1.0).contains(&rule.weight) {
            return Err(wrong(format!("{at}的weight应在0到1之间")));
        }
        if rule.words.is_empty() && rule.classes.is_empty() {
            return Err(wrong(format!("{at}没有words也没有classes")));
        }
    }
    Ok(file.rule)
}

impl Rule {
    /// The units it names by code.
    pub fn units(&self) -> impl Iterator<Item = &UnitCode> {
        std::iter::once(&self.lead).chain(&self.assisting).filter_map(|target| match target {
            Target::Unit(code) => Some(code),
            Target::Township => None,
        })
    }

    /// Whether the rule fits, and by which word.
    #[must_use]
    pub fn fits(&self, text: &str, class: Option<&ContentClass>) -> Option<Option<&str>> {
        if let Some(word) = self.words.iter().find(|word| text.contains(word.as_str())) {
            return Some(Some(word));
        }
        let class = class?;
        self.classes.iter().any(|wanted| wanted.contains(class)).then_some(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_without_a_condition_is_refused() {
        let problem = parse("[[rule]]\nlead = \"rsj\"\nweight = 0.5\nwhy = \"总是\"\n".as_bytes()).unwrap_err();
        assert!(problem.detail.contains("第1条规则"), "{}", problem.detail);
    }

    #[test]
    fn an_unknown_setting_is_named_with_its_line() {
        let problem =
            parse("[[rule]]\nlead = \"rsj\"\nwords = [\"a\"]\nweigth = 0.5\nwhy = \"x\"\n".as_bytes()).unwrap_err();
        assert!(problem.detail.contains("weigth"), "{}", problem.detail);
    }
}
