use case::field::Field;
use case::statement::Statement;

use super::*;
use crate::office::Office;

fn recognised(title: &str, body: &str) -> Vec<(String, String)> {
    let office = Office::shipped().unwrap();
    let statement = Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned());
    let found = recognise(&statement, &UnitNames::of(office.shipped_units()));
    found
        .into_iter()
        .map(|respondent| (respondent.name.value, respondent.unit.map(|unit| unit.to_string()).unwrap_or_default()))
        .collect()
}

#[test]
fn a_unit_that_only_the_text_names_becomes_a_respondent() {
    assert_eq!(
        recognised("投诉", "被投诉单位：定州市教育局。投诉内容：学籍转不出来。"),
        [("定州市教育局".to_owned(), "jyj".to_owned())]
    );
    assert_eq!(recognised("道路积水", "东亭镇一下雨就积水。"), []);
}

#[test]
fn a_named_respondent_gets_its_unit_once() {
    let office = Office::shipped().unwrap();
    let mut statement = Statement::new(Field::typed("投诉市教育局".to_owned(), "title"), String::new());
    let name = Field::typed("市教育局学籍科".to_owned(), "respondents");
    statement.respondents.push(Respondent { name, post: None, unit: None });
    let found = recognise(&statement, &UnitNames::of(office.shipped_units()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].unit.as_ref().map(ToString::to_string).as_deref(), Some("jyj"));
}

#[test]
fn the_place_of_the_words_is_told_in_characters() {
    let office = Office::shipped().unwrap();
    let body = "你好。我控告教育局。".to_owned();
    let statement = Statement::new(Field::typed("控告".to_owned(), "title"), body);
    let found = recognise(&statement, &UnitNames::of(office.shipped_units()));
    assert_eq!(found[0].name.source, Source::Body { start: 6, end: 9 });
}
