//! Invented petitions with the class and the unit that a clerk would give, and the cases in which nobody is suggested.

use case::dispatch::{DispatchKind, UnitSuggestion};
use case::field::Field;
use case::petitioner::{Petitioner, PetitionerKind};
use case::purpose::Purpose;
use case::respondent::Respondent;
use case::statement::Statement;
use case::unit::{Unit, UnitCode};

use crate::office::Office;
use crate::routing::{Advice, advise, purpose};

fn statement(title: &str, body: &str) -> Statement {
    Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned())
}

fn advice(statement: &Statement, units: &[Unit], precedents: &[&str]) -> Advice {
    let office = Office::shipped().unwrap();
    let precedents: Vec<UnitCode> = precedents.iter().map(|code| UnitCode::parse(code).unwrap()).collect();
    let purpose = purpose::judge(statement, &office.unit_names(units)).purpose;
    advise(statement, purpose, &office, units, &precedents)
}

fn suggested(statement: &Statement) -> UnitSuggestion {
    advice(statement, Office::shipped().unwrap().shipped_units(), &[]).unit
}

fn against(suggestion: &UnitSuggestion) -> Vec<&str> {
    suggestion.against.iter().map(|reason| reason.kind.as_str()).collect()
}

fn refused(suggestion: &UnitSuggestion) -> Vec<(&str, &str)> {
    suggestion.refused.iter().map(|refused| (refused.unit.as_str(), refused.reason.kind.as_str())).collect()
}

/// Title, body, beginning of the class, unit; an empty unit means that a person decides.
const TABLE: &[(&str, &str, &str, &str)] = &[
    (
        "小区物业乱收费",
        "北城区街道锦绣小区物业公司不作为，物业费一年涨两次，电梯坏了没人修。",
        "城乡建设—住房保障与房地产",
        "zjj",
    ),
    (
        "房产证办不下来",
        "住在南城区街道，交房三年了，开发商一直不给办不动产权证。",
        "城乡建设—住房保障与房地产",
        "zrzyj",
    ),
    ("拖欠农民工工资", "我们二十人在东亭镇工地干活，包工头拖欠工资不给，讨薪无门。", "劳动和社会保障—劳动关系", "rsj"),
    ("征地补偿款不到位", "留早镇我们村土地被征收，占地补偿款迟迟不发放。", "国土资源—土地征收", "zrzyj"),
    ("夜间施工噪音扰民", "西城区街道工地每天施工到凌晨，噪音很大，扬尘也大。", "环境保护—环境污染", "sthjj"),
    ("饭店油烟扰民", "北城区街道楼下饭店油烟扰民，烟道对着窗户，居民不敢开窗。", "环境保护—环境污染", "cgj"),
    ("暖气不热", "长安路街道供暖一个月了，家里暖气不热，热力公司没人来。", "城乡建设—城市建设和市政管理", "zjj"),
    ("市区道路积水", "南城区街道中山路路口一下雨就积水，下水道不通。", "城乡建设—城市建设和市政管理", "zjj"),
    ("路灯不亮", "西城区街道小路的路灯坏了三个月，井盖也丢了。", "城乡建设—城市建设和市政管理", "cgj"),
    ("村里路灯不亮", "清风店镇大三路村的村里路灯坏了一年。", "城乡建设—城市建设和市政管理", "130682101"),
    ("低保被取消", "我是砖路镇北渠河村的，家庭困难，低保金被停发了。", "民政—社会救助", "mzj"),
    ("宅基地被占", "庞村镇苏泉村邻居盖房占了我家宅基地，院墙垒到我家窗户根。", "农村农业—土地承包经营", "130682102"),
    ("承包地被占", "子位镇木佃村东邻挪了界石，占了我家承包地三分多。", "农村农业—土地承包经营", "130682112"),
    ("医保报销难", "住院费用医保报销被拒，异地就医手续麻烦。", "劳动和社会保障—城镇居民社会保险", "ybj"),
    ("学校乱收费", "叮咛店镇某小学强制收资料费和校服费。", "教育文体—教育收费", "jyj"),
    ("非法集资", "公司高息吸储，现在投资款拿不回来，老板跑路。", "经济管理—金融财税", "jrb"),
    ("乡道路面破损", "通往高蓬镇的公路坑洼不平，大货车把路面压坏了。", "交通运输—建设管理", "jtj"),
    ("村账不公开", "明月店镇三十里铺村村委会多年不搞财务公开，村集体的钱去哪了。", "农村农业—村务管理", "130682104"),
    ("培训班退费难", "校外培训机构关门，学费不退。", "教育文体—教育行政管理", "jyj"),
    ("食品变质", "开元镇超市卖过期食品，孩子吃了食物中毒。", "卫生计生—食品药品监管", "scjgj"),
    ("孩子上学学区划分", "学区划分不合理，孩子入学难。", "教育文体—考试招生", "jyj"),
    ("退役军人待遇", "义务兵优抚金没有发，参战老兵补助没有发。", "民政—优抚", "tyjr"),
    ("延长公交末班时间", "从市区到火车站的公交末班车太早。", "城乡建设—城市建设和市政管理—公共汽车", "jtj"),
    ("路口没有红绿灯", "长安路街道辛店子村口没有红绿灯，大车多。", "政法—交通管理", "gaj"),
    ("健身房跑路", "健身房关门，会员卡不退款，消费者维权难。", "商贸旅游—市场监管", "scjgj"),
    ("工伤不给认定", "上班受伤，申请工伤认定，公司不配合。", "劳动和社会保障—城镇职工社会保险", "rsj"),
    ("养猪场臭味", "杨家庄乡大羊平村养猪场粪水横流，恶臭难闻，污水流到机井边。", "环境保护—环境污染", "sthjj"),
    ("自来水发黄", "息冢镇东甄村自来水发黄，经常停水，村民吃水困难。", "城乡建设—城市建设和市政管理", "slj"),
    ("楼盘烂尾", "南城区街道唐河铭郡楼盘烂尾，延期交房两年，开发商不给说法。", "城乡建设—住房保障与房地产", "zjj"),
    ("代课教师教龄补助", "原民办幼儿代课教师，教龄补助没有发。", "教育文体—教师队伍和待遇", "jyj"),
    ("公积金提取", "公积金贷款和提取手续太慢。", "城乡建设—住房保障与房地产—住房公积金", "gjj"),
    ("村里垃圾没人管", "高蓬镇位村的村里垃圾堆在路边没人清运。", "城乡建设—城市建设和市政管理", "130682109"),
    ("赡养", "东旺镇史村老人，三个儿子都不赡养，家庭矛盾多年。", "政法—仲裁与调解", "130682108"),
    ("消防通道被堵", "小区消防通道长期被私家车堵塞，消防设施损坏。", "政法—社会治安", "xfdd"),
    ("诉求", "请领导帮助。", "", ""),
];

#[test]
fn petitions_get_the_class_and_the_unit_that_a_clerk_would_give() {
    let office = Office::shipped().unwrap();
    let mut wrong = Vec::new();
    for (title, body, class, unit) in TABLE {
        let advice = advice(&statement(title, body), office.shipped_units(), &[]);
        let given = advice.class.map(|class| office.class_name(&class.value)).unwrap_or_default();
        let lead = advice.unit.lead.as_ref().map(UnitCode::as_str).unwrap_or_default();
        if !given.starts_with(class) || lead != *unit {
            let told: Vec<&str> = advice.unit.against.iter().map(|reason| reason.text.as_str()).collect();
            wrong.push(format!("{title}: {given}, {lead}; expected {class}, {unit}; {told:?}"));
        }
        assert_eq!(advice.unit.lead.is_some(), advice.unit.confidence.value() >= super::LEAST_SCORE, "{title}");
        assert_eq!(advice.unit.lead.is_some(), !advice.unit.reasons.is_empty(), "{title}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_suggestion_in_full() {
    insta::assert_json_snapshot!(suggested(&statement(
        "拖欠农民工工资",
        "我们在东亭镇翟城村工地干活，包工头拖欠工资不给。"
    )));
}

#[test]
fn the_township_helps_a_department_and_the_department_helps_a_township() {
    let helping = |title: &str, body: &str| {
        let suggestion = suggested(&statement(title, body));
        (suggestion.lead.unwrap().to_string(), suggestion.assisting.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (lead, assisting) = helping("低保停发", "砖路镇北渠河村低保停发");
    assert!(lead == "mzj" && assisting.contains(&"130682103".to_owned()), "{assisting:?}");
    let (lead, assisting) = helping("宅基地纠纷", "庞村镇苏泉村宅基地纠纷");
    assert!(lead == "130682102" && assisting.contains(&"zrzyj".to_owned()), "{assisting:?}");
}

#[test]
fn the_respondent_never_gets_the_case() {
    // Named in the form, and named in the text only.
    for (respondent, body) in [
        (Some("定州市教育局"), "学校乱收费，强制收校服费。"),
        (None, "投诉教育局对学校乱收费不作为，强制收校服费没人管。"),
    ] {
        let mut petition = statement("学校乱收费", body);
        let name = respondent.map(|name| Field::typed(name.to_owned(), "respondent"));
        petition.respondents.extend(name.map(|name| Respondent { name, post: None, unit: None }));
        let suggestion = suggested(&petition);
        assert_eq!(suggestion.lead, None);
        assert_eq!(against(&suggestion)[0], "unit_in_charge_refused");
        assert!(refused(&suggestion).contains(&("jyj", "is_respondent")));
        assert!(refused(&suggestion).contains(&("dysyzx", "below_respondent")));
        assert!(suggestion.considered.iter().all(|considered| considered.unit.as_str() != "jyj"));
    }
}

#[test]
fn the_parent_of_the_respondent_never_gets_the_case() {
    let mut petition = statement("暖气不热", "家里暖气不热，供热中心不管。");
    let name = Field::typed("供热中心".to_owned(), "respondent");
    petition.respondents.push(Respondent { name, post: None, unit: None });
    let suggestion = suggested(&petition);
    assert_eq!(suggestion.lead, None);
    assert!(refused(&suggestion).contains(&("zjj", "above_respondent")));
    assert!(!suggestion.assisting.iter().any(|unit| ["zjj", "grgs", "wyzx"].contains(&unit.as_str())));
}

#[test]
fn a_unit_led_by_the_respondent_never_gets_the_case() {
    let mut petition = statement("拖欠工资", "在东亭镇干活被拖欠工资，老板躲着不见。");
    let name = Field::typed("劳有成".to_owned(), "respondent");
    petition.respondents.push(Respondent { name, post: Some("老板".to_owned()), unit: None });
    let suggestion = suggested(&petition);
    assert_eq!(suggestion.lead, None);
    assert!(refused(&suggestion).contains(&("rsj", "led_by_respondent")));
    assert!(refused(&suggestion).contains(&("ldjc", "near_respondent")));
}

#[test]
fn an_accusation_goes_to_the_discipline_organ_and_nowhere_else() {
    let suggestion = suggested(&statement(
        "举报东亭镇翟城村村支书侵占集体资金",
        "我举报东亭镇翟城村村支书虚报冒领补贴，财务公开从来没有，请不要转给东亭镇政府。",
    ));
    assert_eq!(suggestion.lead.as_ref().map(UnitCode::as_str), Some("jiwei"));
    assert_eq!(suggestion.considered.len(), 1);
    assert_eq!(suggestion.assisting, []);
    assert!(refused(&suggestion).contains(&("130682106", "asked_away")));
}

#[test]
fn an_accusation_of_the_discipline_organ_is_for_a_person() {
    let suggestion = suggested(&statement("控告", "我控告市纪委工作人员以权谋私，收受红包，包庇村支书。"));
    assert_eq!(suggestion.lead, None);
    assert_eq!(suggestion.considered, []);
    assert_eq!(against(&suggestion), ["unit_in_charge_refused"]);
    assert!(refused(&suggestion).contains(&("jiwei", "is_respondent")));
}

#[test]
fn a_chosen_accusation_stays_one_whatever_the_words() {
    let office = Office::shipped().unwrap();
    let petition = statement("学校乱收费", "学校强制收校服费。");
    let suggestion = advise(&petition, Purpose::Accusation, &office, office.shipped_units(), &[]).unit;
    assert_eq!(suggestion.lead.as_ref().map(UnitCode::as_str), Some("jiwei"));
}

#[test]
fn two_units_of_the_same_remit_are_for_a_person() {
    let office = Office::shipped().unwrap();
    let mut units = office.shipped_units().to_vec();
    let mut second = units.iter().find(|unit| unit.code.as_str() == "ybj").unwrap().clone();
    second.code = UnitCode::parse("ybj-new").unwrap();
    second.name = "定州市新医疗保障局".to_owned();
    second.aliases = Vec::new();
    units.push(second);
    let petition = statement("医保报销难", "住院费用医保报销被拒。");
    let suggestion = advice(&petition, &units, &[]).unit;
    assert_eq!(suggestion.lead, None);
    assert_eq!(against(&suggestion)[0], "contested");
    // An earlier case on the same matter settles it.
    let settled = advice(&petition, &units, &["ybj-new"]).unit;
    assert_eq!(settled.lead.as_ref().map(UnitCode::as_str), Some("ybj-new"));
    assert!(settled.reasons.iter().any(|reason| reason.kind == "precedent"));
}

#[test]
fn a_township_alone_is_too_little() {
    let suggestion = suggested(&statement("反映问题", "我是东亭镇的，有件事想反映。"));
    assert_eq!(suggestion.lead, None);
    assert!(against(&suggestion).contains(&"little_evidence") && against(&suggestion).contains(&"unknown_class"));
    assert_eq!(suggestion.considered[0].unit.as_str(), "130682106");
}

#[test]
fn an_unknown_place_is_told_and_does_not_hinder_a_department() {
    let suggestion = suggested(&statement("医保报销难", "住院费用医保报销被拒。"));
    assert_eq!(suggestion.lead.as_ref().map(UnitCode::as_str), Some("ybj"));
    assert_eq!(against(&suggestion), ["unknown_place"]);
}

#[test]
fn a_village_of_two_townships_gives_no_township() {
    let suggestion = suggested(&statement("宅基地", "我们刘家店村的宅基地被邻居占了。"));
    let townships = ["130682203", "130682104"];
    assert!(suggestion.lead.as_ref().is_none_or(|lead| !townships.contains(&lead.as_str())));
    assert!(against(&suggestion).contains(&"unknown_place"));
    assert!(suggestion.assisting.iter().all(|unit| !townships.contains(&unit.as_str())));
}

#[test]
fn a_closed_unit_is_not_suggested() {
    let office = Office::shipped().unwrap();
    let mut units = office.shipped_units().to_vec();
    for unit in units.iter_mut().filter(|unit| unit.code.as_str() == "ybj") {
        unit.active = false;
    }
    let suggestion = advice(&statement("医保报销难", "住院费用医保报销被拒。"), &units, &["ybj"]).unit;
    assert!(suggestion.considered.iter().all(|considered| considered.unit.as_str() != "ybj"));
    assert!(suggestion.lead.as_ref().is_none_or(|lead| lead.as_str() != "ybj"));
}

#[test]
fn what_is_important_is_assigned() {
    let kind = |petition: &Statement| suggested(petition).kind;
    assert_eq!(kind(&statement("医保报销难", "医保报销被拒。")), DispatchKind::Forward);
    assert_eq!(kind(&statement("房子要塌", "房子裂缝，随时可能倒塌，危及生命。")), DispatchKind::Assign);
    assert_eq!(kind(&statement("拖欠工资", "拖欠工资不给。")), DispatchKind::Assign);
    let mut five = statement("医保报销难", "医保报销被拒。");
    let petitioner = Petitioner {
        kind: PetitionerKind::Person,
        name: None,
        id_number: None,
        credit_code: None,
        phones: Vec::new(),
        mail_address: None,
        address: None,
    };
    five.petitioners = vec![petitioner; 5];
    assert_eq!(kind(&five), DispatchKind::Assign);
    assert!(suggested(&five).reasons.iter().any(|reason| reason.kind == "important"));
}

#[test]
fn the_demo_forms_reach_a_unit_that_a_person_would_choose() {
    let office = Office::shipped().unwrap();
    for (text, units) in [
        (include_str!("../../sample/office/web/estate-delay.json"), &["zjj"][..]),
        (include_str!("../../sample/office/web/street-lamps-dasanlu.json"), &["130682101", "cgj", "zjj"]),
        (include_str!("../../sample/office/web/accusation-township.json"), &["jiwei"]),
        (include_str!("../../sample/office/web/bus-suggestion.json"), &["jtj"]),
        (
            include_str!("../../sample/office/web/night-noise-anonymous.json"),
            &["sthjj", "gaj", "cgj", "wlj", "130682003"],
        ),
        (include_str!("../../sample/office/web/medical-insurance.json"), &["ybj"]),
        (include_str!("../../sample/office/web/subsistence-proxy.json"), &["mzj", "130682103"]),
        (include_str!("../../sample/office/web/expired-food.json"), &["scjgj"]),
        (include_str!("../../sample/office/web/heating-cold.json"), &["zjj", "cgj", "130682001"]),
    ] {
        let form: serde_json::Value = serde_json::from_str(text).unwrap();
        let mut petition = statement(form["title"].as_str().unwrap(), form["body"].as_str().unwrap());
        for respondent in form["respondents"].as_array().unwrap() {
            let name = Field::typed(respondent["name"].as_str().unwrap().to_owned(), "respondents");
            petition.respondents.push(Respondent { name, post: None, unit: None });
        }
        let suggestion = advice(&petition, office.shipped_units(), &[]).unit;
        let lead = suggestion.lead.as_ref().map(UnitCode::as_str).unwrap_or_default();
        assert!(units.contains(&lead), "{}: {lead:?}, {:#?}", form["title"], suggestion.against);
    }
}
