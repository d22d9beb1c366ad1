//! The series is always the same, never repeats, and tells the truth about itself.

use std::collections::{HashMap, HashSet};

use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;

use super::{CopyKind, Copying, GeneratedPetition, Generator, Village};

const COUNT: usize = 10_000;

fn grams(text: &str) -> HashSet<(char, char)> {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The share of character pairs that two texts have in common (Jaccard).
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (grams(one), grams(other));
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    count(one.intersection(&other).count()) / count(one.union(&other).count())
}

#[test]
fn a_seed_gives_the_same_series_and_another_seed_another() {
    let first: Vec<GeneratedPetition> = Generator::new(1).take(200).collect();
    assert_eq!(first, Generator::new(1).take(200).collect::<Vec<_>>());
    let other: Vec<GeneratedPetition> = Generator::new(2).take(200).collect();
    assert!(first.iter().zip(&other).filter(|(one, two)| one.body == two.body).count() < 3);
    assert_eq!(Generator::new(1).petition(150), first[150]);
}

#[test]
fn originals_never_repeat() {
    let mut bodies = HashSet::new();
    let mut people = HashSet::new();
    for petition in Generator::new(42).take(COUNT).filter(|petition| petition.copy_of.is_none()) {
        assert!(people.insert((petition.petitioner.phone.clone(), petition.petitioner.id_number.clone())));
        assert!(bodies.insert(petition.body.clone()), "{}", petition.body);
    }
    assert!(Generator::new(42).capacity() > 2_000_000, "{}", Generator::new(42).capacity());
}

#[test]
fn numbers_are_valid_and_bodies_of_usual_length() {
    let mut lengths: Vec<usize> = Vec::new();
    for petition in Generator::new(3).take(COUNT) {
        assert!(IdNumber::parse(&petition.petitioner.id_number).is_ok(), "{}", petition.petitioner.id_number);
        assert!(Phone::parse(&petition.petitioner.phone).is_ok(), "{}", petition.petitioner.phone);
        assert!(!petition.body.contains(['{', '}', '[', ']', '|']), "{}", petition.body);
        assert!(!petition.title.contains(['{', '}', '[', ']', '|']), "{}", petition.title);
        if petition.copy != CopyKind::Trimmed {
            lengths.push(petition.body.chars().count());
        }
    }
    lengths.sort_unstable();
    assert!(lengths[0] >= 100 && lengths[lengths.len() - 1] <= 500, "{} {}", lengths[0], lengths[lengths.len() - 1]);
    assert!(lengths[lengths.len() / 10] >= 120, "{}", lengths[lengths.len() / 10]);
}

#[test]
fn copies_say_what_they_are() {
    let series: Vec<GeneratedPetition> = Generator::new(5).take(COUNT).collect();
    let mut seen: HashMap<CopyKind, Vec<f64>> = HashMap::new();
    for petition in &series {
        let Some(source) = petition.copy_of else {
            assert_eq!((petition.copy, petition.matter), (CopyKind::Original, petition.number));
            continue;
        };
        let source = &series[usize::try_from(source).unwrap()];
        assert_ne!(petition.body, source.body);
        assert!(source.number < petition.number && source.copy == CopyKind::Original);
        assert_eq!(petition.same_person, petition.petitioner == source.petitioner);
        if petition.copy == CopyKind::Elsewhere {
            assert_eq!(petition.matter, petition.number);
            assert_ne!(petition.village, source.village);
        } else {
            assert_eq!(petition.matter, source.number);
            assert_eq!(petition.village, source.village);
        }
        seen.entry(petition.copy).or_default().push(likeness(&petition.body, &source.body));
    }
    for kind in CopyKind::COPIES {
        let likenesses = &seen[&kind];
        let mean = likenesses.iter().sum::<f64>() / f64::from(u32::try_from(likenesses.len()).unwrap());
        let (low, high) = match kind {
            CopyKind::Typo | CopyKind::OcrConfusion => (0.70, 0.99),
            CopyKind::Homophones => (0.50, 0.95),
            CopyKind::Reordered => (0.85, 1.00),
            CopyKind::Trimmed => (0.55, 0.90),
            CopyKind::OtherWords => (0.15, 0.50),
            CopyKind::Elsewhere => (0.65, 0.95),
            CopyKind::Original => panic!("an original is no copy"),
        };
        assert!(likenesses.len() > 50, "{kind:?} {}", likenesses.len());
        assert!((low..=high).contains(&mean), "{kind:?} {mean}");
    }
}

#[test]
fn no_two_originals_share_kind_place_and_object() {
    // The first sentence names neither; the combination itself is what must differ.
    let generator = Generator::new(9);
    let mut seen = HashSet::new();
    for number in 0..100_000 {
        let combination = generator.combination(number);
        assert!(seen.insert((combination.kind, combination.village, combination.object)), "{number}");
    }
}

#[test]
fn shares_of_copies_are_kept() {
    assert!(Generator::new(1).copying(Copying::none()).take(2_000).all(|petition| petition.copy_of.is_none()));
    let copies = Generator::new(1).take(COUNT).filter(|petition| petition.copy_of.is_some()).count();
    assert!((1_700..2_200).contains(&copies), "{copies}");
}

#[test]
fn villages_can_be_given_and_forms_are_whole() {
    let villages = vec![Village { township: "东亭镇".to_owned(), name: "元光村".to_owned() }];
    for petition in Generator::new(1).in_villages(villages).take(50) {
        let form = petition.to_web_form();
        assert_eq!(form["place"], "东亭镇元光村");
        assert_eq!(form["petitioners"][0]["phone"], petition.petitioner.phone);
        assert_eq!(form["body"], petition.body);
    }
}
