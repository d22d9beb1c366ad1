//! Which relation two petitions have: a repeat, the same matter, related, nothing.

use case::channel::Channel;
use case::finding::Relation;
use case::identity::key::IdentityKind;
use jiff::SignedDuration;
use proptest::prelude::*;
use search::judge::{Judge, Petition};

use crate::{from, judge, kinds, owners, petition};

#[test]
fn three_owners_in_their_own_words_are_about_one_matter() {
    let [first, second, third] = owners();
    for (later, earlier) in [(&second, &first), (&third, &first), (&third, &second)] {
        let judgement = judge(later, earlier);
        assert_eq!(judgement.relation, Some(Relation::SameMatter), "{judgement:?}");
        assert!(kinds(&judgement.reasons).contains(&"shared_place"), "{judgement:?}");
        assert!(kinds(&judgement.reasons).contains(&"same_demand"));
        assert!(kinds(&judgement.against).contains(&"other_petitioner"));
        assert!(!judgement.near_identical);
    }
}

#[test]
fn a_call_and_then_a_letter_of_one_person_are_a_repeat() {
    let call = from(
        IdentityKind::Phone,
        "13800000001",
        Petition {
            channel: Channel::Call,
            ..petition(
                0,
                "和平路路灯不亮",
                "我想说一下和平路东段那个路灯,从建设街到学校那一段,坏了有三个月了,晚上黑得很,孩子放学不安全",
            )
        },
    );
    let letter = from(
        IdentityKind::Phone,
        "13800000001",
        Petition {
            channel: Channel::Letter,
            ..petition(
                20,
                "关于和平路东段路灯不亮的反映",
                "和平路东段(建设街至学校)路灯已坏三个多月,晚上无照明,学生放学不安全,请尽快修复路灯。",
            )
        },
    );
    let judgement = judge(&letter, &call);
    assert_eq!(judgement.relation, Some(Relation::Repeat), "{judgement:?}");
    assert!(judgement.same_petitioner.value() > 0.8);
    assert!(kinds(&judgement.reasons).contains(&"same_petitioner"));
    assert!(!judgement.near_identical);
}

#[test]
fn a_shared_name_alone_makes_no_repeat() {
    let [first, second, _third] = owners();
    let (first, second) = (from(IdentityKind::Name, "张伟", first), from(IdentityKind::Name, "张伟", second));
    assert_eq!(judge(&second, &first).relation, Some(Relation::SameMatter));
}

#[test]
fn thanks_for_an_earlier_case_are_related_only() {
    let [first, _second, _third] = owners();
    let thanks = from(
        IdentityKind::Phone,
        "13800000001",
        petition(
            40,
            "感谢帮助解决锦绣华庭3栋电梯问题",
            "锦绣华庭小区3栋电梯经常困人的问题已经解决,物业公司更换了电梯,特此感谢!",
        ),
    );
    let judgement = judge(&thanks, &first);
    assert_eq!(judgement.relation, Some(Relation::Related), "{judgement:?}");
    assert!(kinds(&judgement.against).contains(&"thanks"));
}

#[test]
fn a_complaint_that_nothing_was_solved_is_no_thanks() {
    let [first, _second, _third] = owners();
    let again = from(
        IdentityKind::Phone,
        "13800000001",
        petition(
            40,
            "锦绣华庭3栋电梯困人问题没有解决",
            "锦绣华庭小区3栋电梯经常困人,反映后物业谎称已经解决,其实电梯没有更换,谢谢领导督促。",
        ),
    );
    assert_eq!(judge(&again, &first).relation, Some(Relation::Repeat));
}

#[test]
fn the_same_text_sent_again_is_near_identical() {
    let [first, _second, _third] = owners();
    let mut again = first.clone();
    again.registered_at += SignedDuration::from_hours(48);
    again.body = again.body.replace(',', "，\n");
    let judgement = judge(&again, &first);
    assert_eq!(judgement.relation, Some(Relation::Repeat));
    assert!(judgement.near_identical);
    again.body = again.body.replace("3栋", "5栋");
    assert!(!judge(&again, &first).near_identical);
}

#[test]
fn empty_texts_are_no_copies_of_one_another() {
    let judgement = judge(&petition(1, "", ""), &petition(0, "", ""));
    assert_eq!(judgement.relation, None);
    assert!(!judgement.near_identical);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn judging_is_deterministic_and_the_likelihood_symmetric(
        a in "[锦绣华庭小区电梯路灯噪音和平路东西村0-9,。a-c]{0,60}",
        b in "[锦绣华庭小区电梯路灯噪音和平路东西村0-9,。a-c]{0,60}",
        title in "[锦绣华庭小区电梯路灯和平路]{0,12}",
    ) {
        let (first, second) = (petition(0, &title, &a), petition(3, &b, &a));
        let judgement = judge(&second, &first);
        prop_assert_eq!(&judgement, &judge(&second, &first));
        let turned = judge(&first, &second);
        prop_assert_eq!(judgement.same_matter, turned.same_matter);
        prop_assert_eq!(judgement.same_petitioner, turned.same_petitioner);
        prop_assert_eq!(judgement.near_identical, turned.near_identical);
    }

    #[test]
    fn any_texts_can_be_judged(a in any::<String>(), b in any::<String>()) {
        let _judgement = judge(&petition(1, &a, &b), &petition(0, &b, &a));
    }
}

#[test]
fn one_event_is_known_by_its_day_however_it_is_written() {
    let fall = petition(0, "和平路井盖伤人", "2026年3月12日晚上,我母亲在和平路踩到松动的井盖摔伤,无人负责。");
    let told_again = petition(9, "井盖松动致人受伤", "二〇二六年三月十二日，邻居在和平路被井盖绊倒，骨折住院。");
    let judgement = judge(&told_again, &fall);
    let day = judgement.reasons.iter().find(|reason| reason.kind == "shared_day").unwrap();
    assert_eq!((day.text.as_str(), day.words.as_slice()), ("都提到2026年3月12日", &["2026年3月12日".to_owned()][..]));
    let other_year = petition(9, "和平路井盖松动", "2025年3月12日就反映过和平路井盖松动。");
    assert!(!kinds(&judge(&other_year, &fall).reasons).contains(&"shared_day"));
}

#[test]
fn of_many_the_likeliest_are_given_first_with_the_reasons_that_a_judgement_alone_gives() {
    let [first, second, third] = crate::owners();
    let repeat = Petition { registered_at: third.registered_at, ..first.clone() };
    let other = petition(3, "柳河村自来水浑浊", "柳河村的自来水最近一个月总是浑浊发黄，请卫生部门检测。");
    let judge = Judge::default();
    let earlier = vec![other, second.clone(), first.clone()];
    let all = judge.judge_all(&repeat, earlier.clone(), 8, Petition::clone);
    let found: Vec<(&Petition, Relation)> = all.iter().map(|(petition, relation, _)| (petition, *relation)).collect();
    assert_eq!(found, [(&first, Relation::Repeat), (&second, Relation::SameMatter)]);
    for (petition, _, judgement) in &all {
        assert_eq!(*judgement, judge.judge(&repeat, petition));
    }
    assert_eq!(judge.judge_all(&repeat, earlier, 1, Petition::clone), all[..1]);
}
