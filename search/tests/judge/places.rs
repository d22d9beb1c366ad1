//! One template about two places, and one place with two matters.

use case::finding::Relation;
use case::identity::key::IdentityKind;
use search::judge::Petition;

use crate::{from, judge, kinds, owners, petition};

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
fn another_trouble_of_the_same_estate_is_at_most_related() {
    let [first, _second, _third] = owners();
    let parking =
        petition(9, "锦绣华庭小区停车位只售不租", "锦绣华庭小区开发商停车位只售不租,价格十五万元,业主无处停车。");
    let judgement = judge(&parking, &first);
    assert!(matches!(judgement.relation, None | Some(Relation::Related)), "{judgement:?}");
}

#[test]
fn a_platform_whose_name_has_no_ending_is_one_matter_for_all_whom_it_owes() {
    let lender = petition(
        0,
        "出借给湖畔聚宝的养老钱取不出来",
        "我是退休的,前年听了一堂课,把五万元投到湖畔聚宝这个平台,从九月起不给兑付,客服不接电话,老伴急得住了院,要求依法清退。",
    );
    let other = petition(
        200,
        "请查一查湖畔聚宝的账,追回本金",
        "湖畔聚宝三个月没有兑付,老街坊几十人都出借了,平台的人找不到,盼望清退,把本金要回来。",
    );
    let judgement = judge(&other, &lender);
    assert_eq!(judgement.relation, Some(Relation::SameMatter), "{judgement:?}");
    let elsewhere = petition(
        200,
        "请查一查金穗满仓的账,追回本金",
        "金穗满仓三个月没有兑付,老街坊几十人都出借了,平台的人找不到,盼望清退,把本金要回来。",
    );
    let judgement = judge(&elsewhere, &lender);
    assert!(!matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)), "{judgement:?}");
    let building = petition(200, "湖畔聚宝办公楼外墙瓷砖脱落", "湖畔聚宝在解放路的办公楼外墙瓷砖脱落,差点砸到行人。");
    let judgement = judge(&building, &lender);
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
fn one_template_about_a_village_and_a_community_is_not_one_matter() {
    let about = |phone: &str, place: &str| {
        let template = petition(
            0,
            "请求确认西洼承包权",
            &format!(
                "我是{place}人。{place}西洼的十亩地，去年麦收私自包给外人，租金没见到。调解过两次，对方不到场，镇里说走仲裁。"
            ),
        );
        from(IdentityKind::Phone, phone, Petition { place: Some(place.to_owned()), ..template })
    };
    let judgement = judge(&about("13800000001", "叮咛店镇西杨村"), &about("13800000002", "北城区街道东关社区"));
    assert!(!matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)), "{judgement:?}");
    assert!(kinds(&judgement.against).contains(&"place_conflict"), "{judgement:?}");
    // A village that became a community is the same place.
    let judgement = judge(&about("13800000001", "北城区街道东关村"), &about("13800000002", "北城区街道东关社区"));
    assert_eq!(judgement.relation, Some(Relation::SameMatter), "{judgement:?}");
}

#[test]
fn two_businesses_that_the_office_entered_are_two_matters_of_one_village() {
    let about = |business: &str| {
        let title = format!("塔耳洼村{business}污染水沟");
        let body = format!("{business}的污水直接排到塔耳洼村边的沟里，臭气熏天，村里人不敢喝井水，请环保部门来查。");
        Petition { respondents: vec![business.to_owned()], ..petition(0, &title, &body) }
    };
    let judgement = judge(&about("清炜洗料厂"), &about("松津造纸厂"));
    assert!(!matches!(judgement.relation, Some(Relation::SameMatter | Relation::Repeat)), "{judgement:?}");
    assert_eq!(judge(&about("清炜洗料厂"), &about("清炜洗料厂")).relation, Some(Relation::SameMatter));
}
