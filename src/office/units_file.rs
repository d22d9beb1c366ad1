//! Units as a spreadsheet: `units.csv`, and what `unit import` takes.

use std::collections::BTreeMap;

use case::class::ContentClass;
use case::place::PlaceCode;
use case::problem::{Problem, ProblemCode};
use case::unit::{Unit, UnitCode, UnitKind};

use super::Office;
use super::classes::Classes;
use super::places::Places;
use super::table::{Row, Table};

/// The deepest tree of units.
const DEPTH_LIMIT: usize = 16;

/// Reads units; parents must be in the same file.
///
/// # Errors
/// Everything that is wrong, with lines.
pub fn parse(bytes: &[u8], office: &Office) -> Result<Vec<Unit>, Vec<Problem>> {
    parse_with(bytes, &office.places, &office.classes)
}

/// Reads units against these places and classes.
///
/// # Errors
/// Everything that is wrong, with lines.
pub fn parse_with(bytes: &[u8], places: &Places, classes: &Classes) -> Result<Vec<Unit>, Vec<Problem>> {
    let table = Table::parse("units.csv", bytes, &["code", "name", "kind", "classes", "places"])?;
    let units = table.read(|row| unit(row, places, classes))?;
    let mut parents: BTreeMap<&UnitCode, Option<&UnitCode>> = BTreeMap::new();
    let mut problems = Vec::new();
    for unit in &units {
        if parents.insert(&unit.code, unit.parent.as_ref()).is_some() {
            problems.push(wrong(&unit.code, "代码重复"));
        }
    }
    for unit in &units {
        problems.extend(parent_problem(unit, &parents));
    }
    if problems.is_empty() { Ok(units) } else { Err(problems) }
}

fn unit(row: Row<'_>, places: &Places, classes: &Classes) -> Result<Unit, Problem> {
    let code = |column: &str, text: &str| UnitCode::parse(text).map_err(|error| row.wrong(column, &error.to_string()));
    let class = |text: &str| {
        let class = ContentClass::parse(text).map_err(|error| row.wrong("classes", &error.to_string()))?;
        if classes.contains(&class) { Ok(class) } else { Err(row.wrong("classes", &format!("没有分类{text}"))) }
    };
    let place = |text: &str| {
        let place = PlaceCode::parse(text).map_err(|error| row.wrong("places", &error.to_string()))?;
        // A county's code stands for all of it and is in no list of townships.
        let known = text.len() == 6 || places.get(&place).is_some();
        if known { Ok(place) } else { Err(row.wrong("places", &format!("没有地点{text}"))) }
    };
    Ok(Unit {
        code: code("code", row.cell("code"))?,
        name: row.given("name").ok_or_else(|| row.wrong("name", "请填写名称"))?.to_owned(),
        aliases: row.words("aliases").map(str::to_owned).collect(),
        parent: row.given("parent").map(|text| code("parent", text)).transpose()?,
        kind: kind(row)?,
        classes: row.words("classes").map(class).collect::<Result<_, _>>()?,
        places: row.words("places").map(place).collect::<Result<_, _>>()?,
        head: row.given("head").map(str::to_owned),
        mail_address: row.given("mail_address").map(|text| mail_address(row, text)).transpose()?,
        phone: row.given("phone").map(str::to_owned),
        active: !matches!(row.cell("active"), "no" | "否" | "0" | "false"),
    })
}

fn kind(row: Row<'_>) -> Result<UnitKind, Problem> {
    match row.cell("kind") {
        "township" => Ok(UnitKind::Township),
        "department" => Ok(UnitKind::Department),
        "discipline" => Ok(UnitKind::Discipline),
        "petition_office" => Ok(UnitKind::PetitionOffice),
        "other" | "" => Ok(UnitKind::Other),
        _ => Err(row.wrong("kind", "应为township、department、discipline、petition_office或other")),
    }
}

fn mail_address(row: Row<'_>, text: &str) -> Result<String, Problem> {
    let parsed: Result<lettre::Address, _> = text.parse();
    parsed.map(|_address| text.to_owned()).map_err(|_invalid| row.wrong("mail_address", "邮箱地址格式有误"))
}

/// That the parent is missing, or that the unit is its own ancestor.
fn parent_problem(unit: &Unit, parents: &BTreeMap<&UnitCode, Option<&UnitCode>>) -> Option<Problem> {
    let mut above = unit.parent.as_ref();
    for _ in 0..DEPTH_LIMIT {
        let code = above?;
        let Some(next) = parents.get(code) else {
            return Some(wrong(&unit.code, &format!("上级单位{code}不在文件中")));
        };
        above = *next;
    }
    Some(wrong(&unit.code, "上级单位互相循环或层级过深"))
}

fn wrong(code: &UnitCode, detail: &str) -> Problem {
    ProblemCode::InvalidConfiguration.because(format!("units.csv单位{code}：{detail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "code,name,aliases,parent,kind,classes,places,head,mail_address,phone,active\n";

    fn problems(rows: &str) -> Vec<String> {
        let office = Office::shipped().unwrap();
        parse(format!("{HEADER}{rows}").as_bytes(), &office)
            .unwrap_err()
            .into_iter()
            .map(|problem| problem.detail)
            .collect()
    }

    #[test]
    fn every_wrong_line_is_told_at_once() {
        let told = problems("A B,x,,,other,,,,,,\nb,,,,other,,,,,,\nc,丙,,,other,123,,,,,\n");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().zip(["第2行", "第3行", "第4行"]).all(|(told, line)| told.contains(line)), "{told:?}");
    }

    #[test]
    fn units_that_are_their_own_parents_are_refused() {
        let told = problems("a,甲,,b,other,,,,,,\nb,乙,,a,other,,,,,,\n");
        assert!(told.iter().all(|told| told.contains("循环")), "{told:?}");
    }

    #[test]
    fn a_file_that_a_spreadsheet_saved_in_gb18030_is_read() {
        let office = Office::shipped().unwrap();
        let text = format!("{HEADER}a,甲办公室,,,other,,130682,,,,是\n");
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(parse(&bytes, &office).unwrap()[0].name, "甲办公室");
    }
}
