use channels::fields::{Context, Fields, Found, read};
use serde::Deserialize;

use super::ALL;
use crate::sample::page::Letter;

/// From here on a value counts as sure.
const SURE: f32 = 0.6;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    name: Vec<String>,
    phone: Vec<String>,
    idno: Option<String>,
    address: Option<String>,
    place: Option<String>,
    date: Option<String>,
    title: Option<String>,
    demand: Option<String>,
    #[serde(default)]
    respondent: Vec<String>,
    #[serde(default)]
    asked: Vec<String>,
}

fn sure<T: ToString>(found: &[Found<T>]) -> Vec<String> {
    let sure = found.iter().filter(|one| one.confidence.value() >= SURE);
    sure.map(|one| one.value.to_string()).collect()
}

fn one<T: ToString>(found: Option<&Found<T>>) -> Option<String> {
    found.map(|one| one.value.to_string())
}

#[test]
fn every_field_of_every_layout_is_right_or_asked() {
    for letter in ALL {
        let truth: Truth = serde_json::from_str(letter.truth).unwrap();
        let text = Letter::from_plain(letter.plain).text();
        let found: Fields = read(&text, &Context::default());
        assert_eq!(sure(&found.names), truth.name, "{}", letter.name);
        let asked = found.names.iter().filter(|one| one.confidence.value() < SURE);
        assert_eq!(asked.map(|one| one.value.clone()).collect::<Vec<_>>(), truth.asked, "{}", letter.name);
        let phones: Vec<&str> = found.phones.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(phones, truth.phone, "{}", letter.name);
        assert_eq!(found.id_number.as_ref().map(|one| one.value.as_str()), truth.idno.as_deref(), "{}", letter.name);
        assert_eq!(one(found.written_on.as_ref()), truth.date, "{}", letter.name);
        // An address that is not found is marked as missing: a person is asked.
        let address = one(found.address.as_ref());
        assert!(address.is_none() || address == truth.address, "{}: {address:?}", letter.name);
        for (value, right) in [
            (one(found.place.as_ref()), &truth.place),
            (one(found.title.as_ref()), &truth.title),
            (one(found.demand.as_ref()), &truth.demand),
        ] {
            assert!(right.is_none() || value == *right, "{}: {value:?} is not {right:?}", letter.name);
        }
        let respondents: Vec<String> = found.respondents.iter().map(|one| one.name.value.clone()).collect();
        assert!(truth.respondent.iter().all(|right| respondents.contains(right)), "{}: {respondents:?}", letter.name);
    }
}
