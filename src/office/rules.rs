//! Routing rules: `rules.toml`, with the line of each so that what is wrong can be told where it stands.

mod file;

use case::class::ContentClass;
use case::dispatch::DispatchKind;
use case::place::PlaceCode;
use case::problem::Problem;
use case::statement::Statement;
use case::unit::{Unit, UnitCode};

use super::classes::Classes;
use super::places::Places;

/// The name of the file in messages.
const FILE: &str = "rules.toml";

/// All rules of an office.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// Which unit, in the order of the file.
    pub routing: Vec<Rule>,
    /// What is important enough for 交办.
    pub important: Vec<Important>,
}

/// One rule that speaks for a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Fits when one of these words is in title or body,
    pub words: Vec<String>,
    /// or when the class is one of these or below one;
    pub classes: Vec<ContentClass>,
    /// if any are given, the place must lie in one of these.
    pub places: Vec<PlaceCode>,
    /// The unit that should answer.
    pub lead: Target,
    /// Units that help.
    pub assisting: Vec<Target>,
    /// 转送 or 交办, where the rule says so.
    pub kind: Option<DispatchKind>,
    /// How much the rule counts, 0 to 1.
    pub weight: f32,
    /// Shown to the person who decides.
    pub why: String,
    /// The line in the file.
    pub line: usize,
}

/// What makes a matter important (条例 article 22 (3)): it is 交办, with a report on the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Important {
    /// Fits when one of these words is in title or body,
    pub words: Vec<String>,
    /// or when at least so many petitioners are named.
    pub petitioners: Option<usize>,
    /// Shown to the person who decides.
    pub why: String,
}

/// A unit as a rule names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The township of the place of the problem.
    Township,
    /// A unit by its code.
    Unit(UnitCode),
}

/// What is known of a matter that rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Title and body.
    pub text: &'a str,
    /// 内容分类.
    pub class: Option<&'a ContentClass>,
    /// 问题属地.
    pub place: Option<&'a PlaceCode>,
}

/// Reads `rules.toml` against the classes and places that its rules may name.
///
/// # Errors
/// Everything that is wrong, with line and column.
pub fn parse(bytes: &[u8], places: &Places, classes: &Classes) -> Result<Rules, Vec<Problem>> {
    file::parse(bytes, places, classes)
}

impl Rules {
    /// The rules that name a unit which is not in `units`.
    #[must_use]
    pub fn unknown_units(&self, units: &[Unit]) -> Vec<Problem> {
        let unknown = |code: &&UnitCode| !units.iter().any(|unit| unit.code == **code);
        let problems = self.routing.iter().flat_map(|rule| {
            rule.units().filter(unknown).map(|code| {
                file::wrong(rule.line, 1, &format!("没有单位{code}，请更正单位代码，或先用unit import导入该单位"))
            })
        });
        problems.collect()
    }
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
    pub fn fits(&self, facts: &Facts<'_>) -> Option<Option<&str>> {
        let here = facts.place.is_some_and(|place| self.places.iter().any(|wanted| wanted.contains(place)));
        if !self.places.is_empty() && !here {
            return None;
        }
        if let Some(word) = self.words.iter().find(|word| facts.text.contains(word.as_str())) {
            return Some(Some(word));
        }
        let of_class = facts.class.is_some_and(|class| self.classes.iter().any(|wanted| wanted.contains(class)));
        let by_place_alone = self.words.is_empty() && self.classes.is_empty();
        (of_class || by_place_alone).then_some(None)
    }
}

impl Important {
    /// Whether it fits, and by which word.
    #[must_use]
    pub fn fits(&self, statement: &Statement, text: &str) -> Option<Option<&str>> {
        if let Some(word) = self.words.iter().find(|word| text.contains(word.as_str())) {
            return Some(Some(word));
        }
        self.petitioners.is_some_and(|least| statement.petitioners.len() >= least).then_some(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Office;

    fn problems(text: &str) -> String {
        let office = Office::shipped().unwrap();
        let told = parse(text.as_bytes(), office.places(), office.classes()).unwrap_err();
        told.into_iter().map(|problem| problem.detail).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        insta::assert_snapshot!(problems(
            r#"# 规则
[[rule]]
lead = "rsj"
weight = 0.5
why = "没有条件"

[[rule]]
words = ["欠薪"]
lead = "人社局"
weight = 1.5

[[rule]]
words = ["欠"]
classes = ["150699", "15"]
places = ["130682999"]
lead = "rsj"
assisting = ["township", "RSJ"]
kind = "send"
weight = 0.2
why = "x"

[[important]]
why = "没有条件"
"#
        ));
    }

    #[test]
    fn what_is_not_toml_or_not_a_setting_is_told_with_its_line() {
        insta::assert_snapshot!(
            [
                problems("[[rule]]\nlead = \"rsj\"\nwords = [\"欠薪\"]\nweigth = 0.5\nwhy = \"x\"\n"),
                problems("[[rule]\n"),
                problems("[[rule]]\nwords = \"欠薪\"\n"),
            ]
            .join("\n")
        );
        let office = Office::shipped().unwrap();
        assert!(parse(b"\xff\xff\xff", office.places(), office.classes()).is_err());
    }

    #[test]
    fn a_unit_that_nobody_knows_is_told_with_its_line() {
        let office = Office::shipped().unwrap();
        let text = "\n[[rule]]\nwords = [\"欠薪\"]\nlead = \"nobody\"\nweight = 0.5\nwhy = \"x\"\n";
        let rules = parse(text.as_bytes(), office.places(), office.classes()).unwrap();
        let told = rules.unknown_units(office.shipped_units());
        assert_eq!(told.len(), 1);
        assert!(told[0].detail.starts_with("rules.toml第2行") && told[0].detail.contains("nobody"), "{}", told[0]);
        assert_eq!(office.rules().unknown_units(office.shipped_units()), []);
    }

    #[test]
    fn a_place_narrows_a_rule() {
        let office = Office::shipped().unwrap();
        let text =
            "[[rule]]\nwords = [\"路灯\"]\nplaces = [\"130682106\"]\nlead = \"township\"\nweight = 0.5\nwhy = \"x\"\n";
        let rules = parse(text.as_bytes(), office.places(), office.classes()).unwrap();
        let fits = |place: &str| {
            let place = PlaceCode::parse(place).unwrap();
            rules.routing[0].fits(&Facts { text: "路灯不亮", class: None, place: Some(&place) }).is_some()
        };
        assert!(fits("130682106") && fits("130682106200") && !fits("130682107"));
        assert!(rules.routing[0].fits(&Facts { text: "路灯不亮", class: None, place: None }).is_none());
    }
}
