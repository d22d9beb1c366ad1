//! Whom a case must never reach: the respondent, every unit above or below it, and a unit led by the respondent (条例 article 30;
//! officials with an interest withdraw, article 28). Asked when a unit is suggested, and again when a person sends.

use case::dispatch::RefusedUnit;
use case::statement::Statement;
use case::unit::{Unit, UnitCode};

use crate::routing::reason;

/// The deepest tree of units that is followed.
const DEPTH: usize = 16;
/// The shortest name that is looked for in a respondent's name, in characters: shorter ones stand in anything.
const SHORTEST_NAME: usize = 3;

/// That `unit` may get the case.
///
/// # Errors
/// Why it must not.
pub fn check(unit: &UnitCode, statement: &Statement, units: &[Unit]) -> Result<(), RefusedUnit> {
    let refuse = |kind: &str, text: String| Err(RefusedUnit { unit: unit.clone(), reason: reason(kind, text, &[]) });
    let Some(own) = find(unit, units) else { return Ok(()) };
    for respondent in &statement.respondents {
        let name = respondent.name.value.trim();
        if own.head.as_deref().is_some_and(|head| is_person(name, head)) {
            return refuse("led_by_respondent", format!("{}的负责人是被反映人", own.name));
        }
        let named = respondent.unit.as_ref().and_then(|code| find(code, units)).into_iter();
        for accused in named.chain(units.iter().filter(|unit| is_named(unit, name))) {
            if accused.code == own.code {
                return refuse("is_respondent", format!("{}是被反映单位", own.name));
            }
            if is_above(&own.code, &accused.code, units) {
                return refuse("above_respondent", format!("{}是被反映单位{}的上级", own.name, accused.name));
            }
            if is_above(&accused.code, &own.code, units) {
                return refuse("below_respondent", format!("{}是被反映单位{}的下级", own.name, accused.name));
            }
        }
        // A person complained about who leads a unit: what is above and below that unit is as close.
        for led in units.iter().filter(|unit| unit.head.as_deref().is_some_and(|head| is_person(name, head))) {
            if is_above(&led.code, &own.code, units) || is_above(&own.code, &led.code, units) {
                return refuse("near_respondent", format!("{}与被反映人负责的{}是上下级", own.name, led.name));
            }
        }
    }
    Ok(())
}

fn find<'a>(code: &UnitCode, units: &'a [Unit]) -> Option<&'a Unit> {
    units.iter().find(|unit| unit.code == *code)
}

/// Whether the respondent's name, as written, means this unit: `住建局`, `定州市住建局王科长`.
fn is_named(unit: &Unit, respondent: &str) -> bool {
    let names = std::iter::once(unit.name.as_str()).chain(unit.aliases.iter().map(String::as_str));
    names.filter(|name| name.chars().count() >= SHORTEST_NAME).any(|name| respondent.contains(name))
}

/// Whether the respondent's name, as written, means this person: the name itself, perhaps with a post before or after it.
fn is_person(respondent: &str, head: &str) -> bool {
    head.chars().count() >= 2 && respondent.contains(head)
}

/// Whether `upper` stands above `lower`, however far.
fn is_above(upper: &UnitCode, lower: &UnitCode, units: &[Unit]) -> bool {
    let mut above = find(lower, units).and_then(|unit| unit.parent.as_ref());
    for _ in 0..DEPTH {
        match above {
            Some(code) if code == upper => return true,
            Some(code) => above = find(code, units).and_then(|unit| unit.parent.as_ref()),
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use case::field::Field;
    use case::respondent::Respondent;

    use super::*;
    use crate::office::Office;

    fn refused(unit: &str, respondent: &str) -> Option<String> {
        let office = Office::shipped().unwrap();
        let mut statement = Statement::new(Field::typed("反映问题".to_owned(), "title"), "内容".to_owned());
        let name = Field::typed(respondent.to_owned(), "respondent");
        statement.respondents.push(Respondent { name, post: None, unit: None });
        let code = UnitCode::parse(unit).unwrap();
        check(&code, &statement, office.shipped_units()).err().map(|refused| refused.reason.kind)
    }

    #[test]
    fn the_respondent_itself_is_refused_by_any_of_its_names() {
        assert_eq!(refused("zjj", "定州市住房和城乡建设局").as_deref(), Some("is_respondent"));
        assert_eq!(refused("zjj", "住建局的王科长").as_deref(), Some("is_respondent"));
    }

    #[test]
    fn its_parent_and_its_children_are_refused() {
        assert_eq!(refused("zjj", "物业服务指导中心").as_deref(), None, "an unlisted short form is not guessed");
        assert_eq!(refused("zjj", "定州市物业服务指导中心").as_deref(), Some("above_respondent"));
        assert_eq!(refused("wyzx", "住建局").as_deref(), Some("below_respondent"));
    }

    #[test]
    fn a_unit_led_by_the_respondent_is_refused_with_what_is_above_and_below_it() {
        assert_eq!(refused("jyj", "文育才").as_deref(), Some("led_by_respondent"));
        assert_eq!(refused("jyj", "教育局局长文育才").as_deref(), Some("led_by_respondent"));
        assert_eq!(refused("dysyzx", "文育才").as_deref(), Some("near_respondent"));
    }

    #[test]
    fn others_are_not_refused() {
        assert_eq!(refused("zjj", "教育局"), None);
        assert_eq!(refused("zjj", "鼎盛房地产开发有限公司"), None);
    }
}
