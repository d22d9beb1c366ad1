//! What is said for and against, and the words it rests on.

use search::judge::{Judge, Petition};

use crate::{judge, owners, petition};

#[test]
fn reasons_point_at_words_that_stand_in_the_texts() {
    let [first, second, _third] = owners();
    let judgement = judge(&second, &first);
    let folded = |petition: &Petition| search::text::fold(&format!("{}\n{}", petition.title, petition.body));
    for reason in judgement.reasons.iter().filter(|reason| reason.kind == "shared_phrases") {
        assert!(!reason.words.is_empty());
        for word in &reason.words {
            assert!(folded(&first).contains(word) && folded(&second).contains(word), "{word}");
        }
    }
}

#[test]
fn a_petition_is_taken_apart_into_what_where_whom_which_and_when() {
    let [first, ..] = owners();
    let entities = Judge::default()
        .prepare(&petition(0, &first.title, &format!("{}2026年1月5日报修过电梯。", first.body)))
        .entities();
    assert_eq!(entities.demands.first(), Some(&"电梯"));
    assert_eq!(entities.objects.first().map(String::as_str), Some("电梯"));
    assert_eq!(entities.estates, ["锦绣华庭小区"]);
    assert_eq!(entities.buildings, ["3栋"]);
    assert_eq!(entities.days, ["2026年1月5日"]);
}

#[test]
fn reasons_name_the_characters_they_rest_on_in_both_texts() {
    use case::finding::{Part, Side};

    let earlier = petition(0, "錦繡華庭小区三號樓电梯困人", "錦繡華庭小区三號樓的电梯 又坏了，关了人半个小时。");
    let later = petition(9, "锦绣华庭小区３号楼电梯又困人", "我住锦绣华庭小区３号楼，电梯又坏了，关了人半个小时。");
    let judgement = judge(&later, &earlier);
    let cut = |span: &case::finding::Span| -> String {
        let petition = if span.side == Side::Later { &later } else { &earlier };
        let text = if span.part == Part::Title { &petition.title } else { &petition.body };
        let (start, end) = (usize::try_from(span.start).unwrap(), usize::try_from(span.end).unwrap());
        text.chars().skip(start).take(end - start).collect()
    };
    let place = judgement.reasons.iter().find(|reason| reason.kind == "shared_place").unwrap();
    let words: Vec<String> = place.spans.iter().map(cut).collect();
    assert!(words.iter().any(|word| word.contains("錦繡華庭")), "in the old form, as it was written: {words:?}");
    assert!(words.iter().any(|word| word.contains("锦绣华庭")), "{words:?}");
    for reason in judgement.reasons.iter().filter(|reason| !reason.words.is_empty()) {
        for side in [Side::Later, Side::Earlier] {
            assert!(reason.spans.iter().any(|span| span.side == side), "{reason:?} has no place in {side:?}");
        }
        for span in &reason.spans {
            let folded = search::text::fold(&cut(span));
            let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
            assert!(
                reason.words.iter().any(|word| letters(word) == letters(&folded)),
                "{folded} is no word of {reason:?}"
            );
        }
    }
}
