//! The place of the problem as a code of the gazetteer. A village name that several townships have is settled by a township named
//! beside it, or not at all.

use std::collections::BTreeMap;

use case::field::{Confidence, Field, Source};
use case::place::PlaceCode;
use case::statement::{Place, Statement};

use crate::office::Office;
use crate::office::places::Mention;

/// Where a mention stands, strongest first: the place field, the title, the body, the petitioner's address.
const WEIGHTS: [f32; 4] = [3.0, 2.0, 1.0, 0.5];

/// The place, with the code where one place fits best.
#[must_use]
pub fn resolve(statement: &Statement, office: &Office) -> Option<Field<Place>> {
    let written = statement.place.as_ref();
    if written.is_some_and(|place| place.value.code.is_some()) {
        return written.cloned();
    }
    let texts = [
        written.map(|place| place.value.text.as_str()).unwrap_or_default(),
        statement.title.value.as_str(),
        statement.body.as_str(),
        statement
            .petitioners
            .first()
            .and_then(|first| first.address.as_ref())
            .map_or("", |address| address.value.as_str()),
    ];
    let mentions: Vec<(f32, Mention)> = texts
        .into_iter()
        .zip(WEIGHTS)
        .flat_map(|(text, weight)| office.places().mentions(text).into_iter().map(move |mention| (weight, mention)))
        .collect();
    let townships: Vec<&PlaceCode> =
        mentions.iter().flat_map(|(_, mention)| &mention.codes).filter(|code| code.as_str().len() == 9).collect();
    let mut votes: BTreeMap<PlaceCode, (f32, &str)> = BTreeMap::new();
    for (weight, mention) in &mentions {
        let inside = |code: &&PlaceCode| townships.iter().any(|township| township.contains(code));
        let settled: Vec<&PlaceCode> = mention.codes.iter().filter(inside).collect();
        let candidates: Vec<&PlaceCode> = if settled.is_empty() { mention.codes.iter().collect() } else { settled };
        let shared = f32::from(u16::try_from(candidates.len()).unwrap_or(u16::MAX));
        for code in candidates {
            // A village says more than its township.
            let finer = if code.as_str().len() == 12 { 1.5 } else { 1.0 };
            let (sum, _) = votes.entry(code.clone()).or_insert((0.0, mention.words.as_str()));
            *sum += weight * finer / shared;
        }
    }
    let best = votes.iter().max_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b));
    let Some((code, (score, words))) = best else { return written.cloned() };
    let tied = votes.iter().filter(|(_, (other, _))| (other - score).abs() < f32::EPSILON).count() > 1;
    let text = written.map_or_else(|| (*words).to_owned(), |place| place.value.text.clone());
    let source = written.map_or(Source::Body { start: 0, end: 0 }, |place| place.source.clone());
    let confidence = Confidence::new(score / (score + 1.0));
    if tied {
        // Two villages of one name and nothing to tell them apart: the words stand, the code is for a person.
        return Some(Field::new(Place { text, code: None }, Confidence::new(0.3), source));
    }
    Some(Field::new(Place { text, code: Some(code.clone()) }, confidence, source))
}

/// The township (9 digits) in which a place lies.
#[must_use]
pub fn township(code: &PlaceCode) -> Option<PlaceCode> {
    match code.as_str().len() {
        9 => Some(code.clone()),
        12 => code.parent(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(title: &str, body: &str) -> Option<String> {
        let office = Office::shipped().unwrap();
        let statement = Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned());
        resolve(&statement, &office)?.value.code.map(|code| code.to_string())
    }

    #[test]
    fn a_township_is_found() {
        assert_eq!(code("东亭镇道路积水", "一下雨就积水").as_deref(), Some("130682106"));
        assert_eq!(code("供暖问题", "北城区某小区暖气不热").as_deref(), Some("130682002"));
    }

    #[test]
    fn a_village_is_found_inside_its_township() {
        let found = code("翟城村村务公开", "我是东亭镇翟城村村民").unwrap();
        assert!(found.starts_with("130682106") && found.len() == 12, "{found}");
    }

    #[test]
    fn a_village_name_of_several_townships_is_not_guessed() {
        let office = Office::shipped().unwrap();
        let shared = office
            .places()
            .mentions("西街村")
            .into_iter()
            .chain(office.places().mentions("李村"))
            .find(|mention| mention.codes.len() > 1);
        if let Some(mention) = shared {
            assert_eq!(code("村里的路坏了", &format!("我们{}的路坏了", mention.words)), None);
        }
    }
}
