//! Units as a spreadsheet: `units.csv`, and what `unit import` takes.

use std::collections::BTreeMap;

use case::problem::Problem;
use case::unit::{Unit, UnitCode, UnitKind};

use super::Office;
use super::classes::{self, Classes};
use super::places::{self, Places};
use super::table::{PROBLEM_LIMIT, Row, Table};

/// The name of the file in messages.
const FILE: &str = "units.csv";
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
/// Everything that is wrong, with line and column.
pub fn parse_with(bytes: &[u8], places: &Places, classes: &Classes) -> Result<Vec<Unit>, Vec<Problem>> {
    let table = Table::parse(FILE, bytes, &["code", "name", "kind", "classes", "places"])?;
    let read = table.read(|row| Ok((row.line, unit(row, places, classes)?)))?;
    let mut parents: BTreeMap<&UnitCode, Option<&UnitCode>> = BTreeMap::new();
    let mut problems = Vec::new();
    for (line, unit) in &read {
        if parents.insert(&unit.code, unit.parent.as_ref()).is_some() {
            problems.push(table.wrong(*line, "code", &format!("代码{}重复", unit.code)));
        }
    }
    for (line, unit) in &read {
        problems.extend(parent_problem(unit, &parents).map(|detail| table.wrong(*line, "parent", &detail)));
    }
    problems.truncate(PROBLEM_LIMIT);
    if problems.is_empty() { Ok(read.into_iter().map(|(_, unit)| unit).collect()) } else { Err(problems) }
}

fn unit(row: Row<'_>, places: &Places, classes: &Classes) -> Result<Unit, Problem> {
    let code = |column: &str, text: &str| UnitCode::parse(text).map_err(|error| row.wrong(column, &error.to_string()));
    let class = |text: &str| {
        let class = classes::code(text).map_err(|error| row.wrong("classes", &error.to_string()))?;
        if classes.contains(&class) { Ok(class) } else { Err(row.wrong("classes", &format!("没有分类{text}"))) }
    };
    let place = |text: &str| {
        let place = places::code(text).map_err(|error| row.wrong("places", &error))?;
        if places.get(&place).is_some() { Ok(place) } else { Err(row.wrong("places", &format!("没有地点{text}"))) }
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
        active: active(row)?,
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

/// A unit is open when nothing else is said.
fn active(row: Row<'_>) -> Result<bool, Problem> {
    match row.cell("active") {
        "" | "yes" | "是" | "1" | "true" | "TRUE" => Ok(true),
        "no" | "否" | "0" | "false" | "FALSE" => Ok(false),
        _ => Err(row.wrong("active", "应为yes或no（是或否）")),
    }
}

fn mail_address(row: Row<'_>, text: &str) -> Result<String, Problem> {
    let parsed: Result<lettre::Address, _> = text.parse();
    parsed.map(|_address| text.to_owned()).map_err(|_invalid| row.wrong("mail_address", "邮箱地址格式有误"))
}

/// That the parent is missing, or that the unit is its own ancestor.
fn parent_problem(unit: &Unit, parents: &BTreeMap<&UnitCode, Option<&UnitCode>>) -> Option<String> {
    let mut above = unit.parent.as_ref();
    for _ in 0..DEPTH_LIMIT {
        let code = above?;
        let Some(next) = parents.get(code) else {
            return Some(format!("上级单位{code}不在文件中，请补上该单位一行或更正代码"));
        };
        above = *next;
    }
    Some(format!("上级单位互相循环或超过{DEPTH_LIMIT}级，请更正"))
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
        assert!(told.len() == 2 && told.iter().all(|told| told.contains("循环")), "{told:?}");
        assert_eq!(problems("a,甲,,a,other,,,,,,\n").len(), 1);
    }

    #[test]
    fn every_kind_of_mistake_is_told_with_line_and_column() {
        let first = problems(
            "a,甲,,,bureau,,,,,,\n\
             b,乙,,,other,990099,,,,,\n\
             c,丙,,,other,,130682999,,,,\n\
             d,丁,,,other,,,,no-address,,\n\
             e,戊,,,other,,,,,,maybe\n\
             f,己,,Above,other,,,,,,\n",
        );
        let second = problems("a,甲,,nobody,other,,,,,,\na,乙,,,other,,,,,,\n");
        insta::assert_snapshot!([first, second].concat().join("\n"));
    }

    #[test]
    fn a_file_that_a_spreadsheet_saved_in_gb18030_is_read() {
        let office = Office::shipped().unwrap();
        let text = format!("{HEADER}a,甲办公室,,,other,,130682,,,,是\n");
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(parse(&bytes, &office).unwrap()[0].name, "甲办公室");
    }
}
