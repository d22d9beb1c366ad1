//! The place of the problem (问题属地) as a code of the gazetteer.
//!
//! First the township, by everything that is named in it, then the village inside it. A village name that several townships have
//! (`刘家店村`) is settled by the township named beside it, or not at all: then the words stand and a person gives the code.

use std::collections::BTreeMap;

use case::field::{Confidence, Field, Source};
use case::place::PlaceCode;
use case::statement::{Place, Statement};

use crate::office::Office;
use crate::office::places::Mention;

/// What a mention says, by where it stands: the place field, the title, the body, the petitioner's address. People mostly write
/// about where they live, but not always.
const WEIGHTS: [f32; 4] = [3.0, 2.0, 1.0, 0.4];
/// How much more a village says than a township.
const FINER: f32 = 1.5;
/// How often mentions in one text count.
const MENTIONS: usize = 40;
/// How far the best township must be before the second, as a part of its own evidence.
const CLEAR: f32 = 0.2;
/// The evidence at which confidence reaches one half.
const HALF: f32 = 0.6;
/// How sure a place is whose code is for a person to give.
const UNSETTLED: f32 = 0.3;

/// A mention with where it was read.
#[derive(Debug)]
struct Read {
    weight: f32,
    mention: Mention,
    source: Source,
}

/// The place, with the code where one place fits best; a place that has a code already stays.
#[must_use]
pub fn resolve(statement: &Statement, office: &Office) -> Option<Field<Place>> {
    let written = statement.place.as_ref();
    if written.is_some_and(|place| place.value.code.is_some()) {
        return written.cloned();
    }
    let read = read(statement, office);
    let Some(first) = read.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)) else { return written.cloned() };
    let field = |code: Option<PlaceCode>, confidence: f32, from: &Read| {
        let text = written.map_or_else(|| from.mention.words.clone(), |place| place.value.text.clone());
        let source = written.map_or_else(|| from.source.clone(), |place| place.source.clone());
        Some(Field::new(Place { text, code }, Confidence::new(confidence), source))
    };
    let Some((township, evidence)) = clear_township(&read) else { return field(None, UNSETTLED, first) };
    let village = village(&read, &township);
    let code = village.unwrap_or_else(|| township.clone());
    let names = |read: &&Read| read.mention.codes.contains(&code) || inside(&read.mention, &township).next().is_some();
    let from = read.iter().filter(names).max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap_or(first);
    field(Some(code), evidence / (evidence + HALF), from)
}

/// Every mention of a place.
fn read(statement: &Statement, office: &Office) -> Vec<Read> {
    let [of_field, of_title, of_body, of_address] = WEIGHTS;
    let mut read = Vec::new();
    let mut add = |text: &str, weight: f32, source: &dyn Fn(&Mention) -> Source| {
        for mention in office.places().mentions(text).into_iter().take(MENTIONS) {
            let source = source(&mention);
            read.push(Read { weight, mention, source });
        }
    };
    if let Some(place) = &statement.place {
        add(&place.value.text, of_field, &|_| place.source.clone());
    }
    add(&statement.title.value, of_title, &|_| statement.title.source.clone());
    add(&statement.body, of_body, &|mention| Source::Body { start: mention.start, end: mention.end });
    if let Some(address) = statement.petitioners.first().and_then(|first| first.address.as_ref()) {
        add(&address.value, of_address, &|_| address.source.clone());
    }
    read
}

/// The township with the most evidence and how much that is, when it is clearly before the second.
fn clear_township(read: &[Read]) -> Option<(PlaceCode, f32)> {
    let named: Vec<&PlaceCode> =
        read.iter().flat_map(|read| &read.mention.codes).filter(|code| code.as_str().len() == 9).collect();
    let mut votes: BTreeMap<PlaceCode, f32> = BTreeMap::new();
    for Read { weight, mention, .. } in read {
        let mut townships: Vec<PlaceCode> = mention.codes.iter().filter_map(township).collect();
        townships.sort();
        townships.dedup();
        // A name that several townships have means the one that is named beside it.
        if townships.len() > 1 && townships.iter().any(|code| named.contains(&code)) {
            townships.retain(|code| named.contains(&code));
        }
        let finer = if mention.codes.iter().all(|code| code.as_str().len() == 12) { FINER } else { 1.0 };
        let shared = f32::from(u16::try_from(townships.len()).unwrap_or(u16::MAX));
        for code in townships {
            *votes.entry(code).or_default() += weight * finer / shared;
        }
    }
    let (best, evidence) = votes.iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let second = votes.iter().filter(|(code, _)| *code != best).map(|(_, votes)| *votes).fold(0.0, f32::max);
    (evidence - second > CLEAR * evidence).then(|| (best.clone(), *evidence))
}

/// The one village of the township with the most evidence.
fn village(read: &[Read], township: &PlaceCode) -> Option<PlaceCode> {
    let mut votes: BTreeMap<&PlaceCode, f32> = BTreeMap::new();
    for Read { weight, mention, .. } in read {
        // `明月店` is the township and a village in it; the wider one is meant.
        if mention.codes.contains(township) {
            continue;
        }
        let villages: Vec<&PlaceCode> = inside(mention, township).collect();
        let shared = f32::from(u16::try_from(villages.len()).unwrap_or(u16::MAX));
        for code in villages {
            *votes.entry(code).or_default() += weight / shared;
        }
    }
    let (best, most) = votes.iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let rivals = votes.iter().filter(|(code, votes)| code != &best && most - **votes < CLEAR * most).count();
    (rivals == 0).then(|| (*best).clone())
}

fn inside<'a>(mention: &'a Mention, township: &PlaceCode) -> impl Iterator<Item = &'a PlaceCode> {
    mention.codes.iter().filter(|code| code.as_str().len() == 12 && township.contains(code))
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

    fn resolved(title: &str, body: &str) -> Option<Field<Place>> {
        let office = Office::shipped().unwrap();
        resolve(&Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned()), &office)
    }

    fn code(title: &str, body: &str) -> Option<String> {
        resolved(title, body)?.value.code.map(|code| code.to_string())
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
        let found = code("东亭镇路灯不亮", "我们翟城村的路灯坏了").unwrap();
        assert!(found.starts_with("130682106") && found.len() == 12, "the finer one, though the title names the wider");
    }

    #[test]
    fn two_villages_of_one_township_give_the_township() {
        assert_eq!(code("补贴", "东旺镇张村和史村的面积都对不上").as_deref(), Some("130682108"));
    }

    #[test]
    fn a_village_name_of_several_townships_is_not_guessed() {
        let found = resolved("村里的路坏了", "我们刘家店村的路坏了").unwrap();
        assert_eq!((found.value.text.as_str(), found.value.code), ("刘家店村", None));
        assert!(found.confidence.value() <= 0.3);
        for (township, expected) in [("东留春乡", "130682203213"), ("明月店镇", "130682104214")] {
            assert_eq!(code("路坏了", &format!("我们{township}刘家店村的路坏了")).as_deref(), Some(expected));
        }
    }

    #[test]
    fn two_townships_that_are_named_alike_are_for_a_person() {
        assert_eq!(code("修路", "东亭镇到高蓬镇的路坏了"), None);
    }

    #[test]
    fn places_elsewhere_are_not_ours() {
        for body in ["家住北京市西城区", "曲阳县东旺村的亲戚说", "大西王村的路", "这个地方没有说"]
        {
            assert_eq!(code("反映问题", body), None, "{body}");
        }
        assert!(code("反映问题", "定州市东旺镇的路").is_some() && code("反映问题", "我市东旺镇的路").is_some());
    }

    #[test]
    fn the_words_in_the_body_are_pointed_at() {
        let found = resolved("路坏了", "你好，东亭镇的路坏了").unwrap();
        assert_eq!(found.source, Source::Body { start: 3, end: 6 });
    }

    #[test]
    fn an_address_alone_gives_a_place_with_little_confidence() {
        let office = Office::shipped().unwrap();
        let mut statement = Statement::new(Field::typed("低保".to_owned(), "title"), "低保停了".to_owned());
        statement.petitioners.push(case::petitioner::Petitioner {
            kind: case::petitioner::PetitionerKind::Person,
            name: None,
            id_number: None,
            credit_code: None,
            phones: Vec::new(),
            mail_address: None,
            address: Some(Field::typed("砖路镇北渠河村".to_owned(), "address")),
        });
        let found = resolve(&statement, &office).unwrap();
        assert!(found.value.code.unwrap().as_str().starts_with("130682103"));
        assert!(found.confidence.value() < 0.7, "{}", found.confidence);
    }

    #[test]
    fn a_code_that_was_chosen_stays() {
        let office = Office::shipped().unwrap();
        let mut statement = Statement::new(Field::typed("东亭镇".to_owned(), "title"), String::new());
        let chosen = Place { text: "留早镇".to_owned(), code: Some(PlaceCode::parse("130682100").unwrap()) };
        statement.place = Some(Field::typed(chosen, "place_code"));
        assert_eq!(resolve(&statement, &office), statement.place);
    }
}
