//! What the judge says about invented petitions.

#![expect(clippy::unwrap_used, reason = "a test: a panic is its failure")]

use case::channel::Channel;
use case::finding::Relation;
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use search::judge::{Judge, Judgement, Petition};

fn petition(day: i64, title: &str, body: &str) -> Petition {
    Petition {
        title: title.to_owned(),
        body: body.to_owned(),
        registered_at: Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::from_hours(24 * day),
        channel: Channel::Web,
        identity: Vec::new(),
        respondents: Vec::new(),
        place: None,
    }
}

fn from(kind: IdentityKind, value: &str, petition: Petition) -> Petition {
    let key = IdentityKey::new(&IdentitySecret::new([1; 32]), kind, value);
    Petition { identity: vec![key], ..petition }
}

fn judge(later: &Petition, earlier: &Petition) -> Judgement {
    Judge::default().judge(later, earlier)
}

fn kinds(reasons: &[case::finding::Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.kind.as_str()).collect()
}

/// Three owners of one estate.
fn owners() -> [Petition; 3] {
    [
        from(
            IdentityKind::Phone,
            "13800000001",
            petition(
                0,
                "锦绣华庭小区3栋电梯经常困人",
                "您好,我是锦绣华庭小区3栋的业主。3栋电梯从今年3月起经常停运,上周又困人四十分钟,物业公司一直不更换。",
            ),
        ),
        from(
            IdentityKind::Phone,
            "13800000002",
            petition(
                6,
                "锦绣华庭电梯坏了没人修",
                "锦绣华庭三栋电梯三天两头出故障,家里老人腿脚不便,困在电梯里喊了半小时才有人来,请督促物业维修电梯。",
            ),
        ),
        from(
            IdentityKind::Phone,
            "13800000003",
            petition(
                15,
                "请督促锦绣华庭物业更换故障电梯",
                "我们锦绣华庭小区3栋的电梯又停了,困人不止一次,物业收了费不修电梯,要求更换。",
            ),
        ),
    ]
}

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
fn one_template_about_two_places_is_not_one_matter() {
    let template = |place: &str, road: &str| {
        petition(
            0,
            &format!("{place}夜宵店油烟扰民"),
            &format!(
                "尊敬的领导:{road}{place}临街门面长期油烟直排,投诉多次无果,油烟机从不清洗,树都熏死了,严重影响居民生活,请求管理。"
            ),
        )
    };
    for (a, b) in [(("幸福里小区", "建设街"), ("锦绣华庭小区", "和平路")), (("东张谦村", "村口"), ("西张谦村", "村口"))]
    {
        let judgement = judge(&template(b.0, b.1), &template(a.0, a.1));
        assert!(
            !matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)),
            "{} {}: {judgement:?}",
            a.0,
            b.0
        );
        assert!(kinds(&judgement.against).contains(&"place_conflict"), "{judgement:?}");
        assert!(!judgement.near_identical);
    }
}

#[test]
fn one_line_is_not_another() {
    let about = |line: u8| {
        petition(
            0,
            &format!("地铁{line}号线北延何时开工"),
            &format!("地铁{line}号线北延线规划公示两年了,至今没有开工,请问何时动工?"),
        )
    };
    let judgement = judge(&about(1), &about(2));
    assert!(!matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)), "{judgement:?}");
    assert!(kinds(&judgement.against).contains(&"number_conflict"));
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
fn another_trouble_of_the_same_estate_is_at_most_related() {
    let [first, _second, _third] = owners();
    let parking =
        petition(9, "锦绣华庭小区停车位只售不租", "锦绣华庭小区开发商停车位只售不租,价格十五万元,业主无处停车。");
    let judgement = judge(&parking, &first);
    assert!(matches!(judgement.relation, None | Some(Relation::Related)), "{judgement:?}");
}

#[test]
fn strangers_have_nothing_to_do_with_one_another() {
    let [first, _second, _third] = owners();
    let wages = petition(3, "拖欠农民工工资", "某建筑工地拖欠十二名农民工三个月工资,多次讨要无果,请领导帮助。");
    let judgement = judge(&wages, &first);
    assert_eq!(judgement.relation, None, "{judgement:?}");
    assert!(judgement.same_matter.value() < 0.2);
}

#[test]
fn empty_texts_are_no_copies_of_one_another() {
    let judgement = judge(&petition(1, "", ""), &petition(0, "", ""));
    assert_eq!(judgement.relation, None);
    assert!(!judgement.near_identical);
}

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

/// Owners of one unfinished estate, each of another building and living in another community by now.
fn buyers() -> [Petition; 3] {
    [
        from(
            IdentityKind::Phone,
            "13800000021",
            Petition {
                respondents: vec!["清河永隆房地产开发有限公司".to_owned()],
                place: Some("河西区街道云栖雅苑小区".to_owned()),
                ..petition(
                    0,
                    "云栖雅苑逾期一年不交房",
                    "我2022年5月买了云栖雅苑小区2号楼的房子,合同约定2025年6月交房,开发商清河永隆房地产开发有限公司到现在没有交房,\
                     工地停工半年,违约金也不付。孩子明年上小学,没有房产证报不上名。",
                )
            },
        ),
        from(
            IdentityKind::Phone,
            "13800000022",
            petition(
                5,
                "云栖雅苑停工,请督促开发商复工交房",
                "我是云栖雅苑9号楼的业主,家住河西区街道柳荫社区。永隆公司开发的云栖雅苑去年说好交房,现在工地停工,大门也没有装,\
                 请政府督促复工,按合同赔付违约金。",
            ),
        ),
        from(
            IdentityKind::Phone,
            "13800000023",
            petition(
                9,
                "关于云栖雅苑小区迟迟不能入住的信",
                "我叫秦玉梅,是云栖雅苑5号楼的购房户,现住河西区街道槐荫社区。钱都交给了清河永隆房地产开发有限公司,说好去年拿钥匙,\
                 工地停工没有人干活,房子到底什么时候能交房,违约金赔不赔。",
            ),
        ),
    ]
}

#[test]
fn where_the_buyers_of_one_estate_live_does_not_part_them() {
    let [first, second, third] = buyers();
    for (later, earlier) in [(&second, &first), (&third, &first), (&third, &second)] {
        let judgement = judge(later, earlier);
        assert_eq!(judgement.relation, Some(Relation::SameMatter), "{judgement:?}");
        let against = kinds(&judgement.against);
        for wrong in ["number_conflict", "place_conflict", "firm_conflict"] {
            assert!(!against.contains(&wrong), "{judgement:?}");
        }
    }
}

#[test]
fn a_lift_of_another_building_is_another_matter() {
    let about = |building: u8| {
        petition(
            0,
            &format!("锦绣华庭小区{building}号楼电梯困人"),
            &format!("锦绣华庭小区{building}号楼电梯困人多次,物业不修。"),
        )
    };
    let judgement = judge(&about(3), &about(8));
    assert!(kinds(&judgement.against).contains(&"number_conflict"), "{judgement:?}");
}

#[test]
fn one_template_about_two_villages_is_not_one_matter_though_no_title_names_them() {
    let about = |place: &str, home: &str| {
        petition(
            0,
            "村里水井抽不上水无人管",
            &format!(
                "我村的机井用了二十年,从今年春天起抽不上水,麦子浇不了,老人挑水吃。向村里反映,村里说没有钱维修,希望上级派人打新井。\
                 \n地点:{place}。\n住址:{home}"
            ),
        )
    };
    let (one, other) = (about("柳河镇大三路村", "柳河镇大三路村"), about("石桥镇南谷村", "石桥镇南谷村"));
    let judgement = judge(&other, &one);
    assert!(!matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)), "{judgement:?}");
    assert!(kinds(&judgement.against).contains(&"place_conflict"), "{judgement:?}");
    // The same village from another home is the same matter.
    let neighbour = about("柳河镇大三路村", "石桥镇南谷村");
    assert_eq!(judge(&neighbour, &one).relation, Some(Relation::SameMatter));
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
