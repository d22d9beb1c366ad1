//! Whose a number or an address is, and the layouts in which they are written.

use super::*;

#[test]
fn a_number_is_whose_it_is_said_to_be() {
    let sure = |text: &str| {
        let found = fields(text);
        let sure = found.phones.iter().filter(|found| found.confidence.value() >= 0.6);
        sure.map(|found| found.value.as_str().to_owned()).collect::<Vec<_>>()
    };
    let own = "13800000021";
    for other in [
        "被申请人：侯大勇，男，电话13800000029。",
        "被投诉人：定州市顺达建筑工程有限公司定州分公司，电话0312-2345678。",
        "彼申请人：侯大勇，电话13800000029。",
        "被告：侯大勇，手机13800000029。",
        "被申请人：侯大勇\n住址：定州市高蓬镇\n电话：13800000029\n",
        "合同编号：13800000029。",
        "快递单号13800000029，",
    ] {
        assert_eq!(sure(other), [""; 0], "{other}");
        assert_eq!(sure(&format!("{other}\n申请人：龚桂芝，电话{own}。")), [own], "{other}");
        assert_eq!(sure(&format!("申请人：龚桂芝，电话{own}。\n{other}")), [own], "{other}");
    }
    let proxy = "委托代理人：龚小满，系申请人之子，身份证号999999198001010011，电话13800000025。";
    let both = format!("{proxy}\n申请人：龚桂芝，电话{own}。");
    assert_eq!(sure(&both), [own], "the proxy's is none of the petitioner's");
    let of_proxy = fields(&both).proxy_phones;
    assert_eq!(of_proxy.iter().map(|phone| phone.value.as_str()).collect::<Vec<_>>(), ["13800000025"]);
    assert_eq!(sure(proxy), ["13800000025"], "who gives no number is reached at their son's");
    let lawyer = "受龚桂芝委托反映如下事项。\n申请人：龚桂芝，电话13800000021\n代理律师：卫东\n河北衡正律师事务所\n联系电话：13800000026";
    let read = fields(lawyer);
    assert_eq!(read.proxy_phones.first().map(|phone| phone.value.as_str()), Some("13800000026"));
    assert_eq!(read.proxy.map(|proxy| proxy.value).as_deref(), Some("卫东"));
    assert_eq!(fields(&both).id_number, None, "a proxy's identity number is not the petitioner's");
    assert_eq!(sure("申请人：龚桂芝\n住址：定州市高蓬镇\n电话：13800000021\n"), [own]);
}

#[test]
fn identity_numbers_in_many_layouts() {
    let of = |text: &str| fields(text).id_number.map(|found| found.value.as_str().to_owned());
    for written in [
        "身份证号：９９９９９９１９８００１０１００１１",
        "身份证编号：999999198001010011",
        "身份证号：999999 19800101 0011",
        "身份证号：999999-19800101-0011",
        "身份证号：99999919800101\n0011",
        "（身份证：999999198001010011）",
        "合同编号20210318，身份证号999999198001010011",
    ] {
        assert_eq!(of(written).as_deref(), Some(ID), "{written}");
    }
    let (lower, upper) = (of("身份证号11010519491231002x"), of("身份证号11010519491231002X"));
    assert!(lower.is_some() && lower == upper, "{lower:?}");
    assert_eq!(of("身份证号11010519491231002×"), upper);
    assert!(of("身份证号：130503670401001").is_some(), "fifteen figures behind a label");
    assert_eq!(of("130503670401001"), None);
    for thing in ["合同编号：999999198001010011", "银行账号999999198001010011", "订单号：999999198001010011"]
    {
        assert_eq!(of(thing), None, "{thing}");
    }
}

#[test]
fn telephone_numbers_in_many_layouts() {
    for (written, right) in [
        ("电话：1380000\n0021", vec!["13800000021"]),
        ("电话：138 0000 0021", vec!["13800000021"]),
        ("电话：138-0000-0021", vec!["13800000021"]),
        ("电话：１３８００００００２１", vec!["13800000021"]),
        ("电话：13800000021/13800000022", vec!["13800000021", "13800000022"]),
        ("电话：13800000021、13800000022", vec!["13800000021", "13800000022"]),
        ("案号（2024）冀0682民初1234号，电话13800000021", vec!["13800000021"]),
        ("合同编号HT-2021-0318，手机：13800000021", vec!["13800000021"]),
        ("卡号6217000000000000000，电话13800000021", vec!["13800000021"]),
    ] {
        assert_eq!(phones(written), right, "{written}");
    }
    let landline = phones("座机：（0312）2345678转801");
    assert!(landline.len() == 1 && landline.iter().all(|number| number.ends_with("801")), "{landline:?}");
}

#[test]
fn an_address_is_whose_it_is_said_to_be() {
    let of = |text: &str| fields(text).address.map(|found| found.value);
    let own = "我公司定州市禾丰种业有限公司，地址在定州市西城区胜利街88号，货款至今拖欠。";
    assert_eq!(of(own).as_deref(), Some("定州市西城区胜利街88号"));
    let other = "被申请人：侯大勇，男，住定州市高蓬镇高蓬村12号。";
    assert_eq!(of(other), None);
    assert_eq!(of("被申请人：定州市顺达建筑工程有限公司\n住所：定州市高蓬镇\n地址：定州市胜利街9号\n"), None);
    let both = format!("{other}\n申请人：龚桂芝，女，住定州市东亭镇翟城村8号。");
    assert_eq!(of(&both).as_deref(), Some("定州市东亭镇翟城村8号"));
}

#[test]
fn a_misread_label_of_the_other_side_names_no_petitioner() {
    for label in ["彼申诉人", "破申请人", "披投诉人", "祓举报人", "裱反映人"] {
        let own = label.chars().skip(1).collect::<String>();
        let text = format!("{own}：田秀禾，女，62岁。\n{label}：田建木，男。\n他多占了公用的路。");
        assert_eq!(names(&text), ["田秀禾"], "{label}");
        assert!(respondents(&text).contains(&"田建木".to_owned()), "{label}");
    }
    assert_eq!(names("第一申请人：田秀禾\n第二申请人：田建木\n我们要求修路。"), ["田秀禾", "田建木"]);
}

#[test]
fn a_label_that_comes_twice_is_asked() {
    let found = fields("申诉人：田秀禾，女。\n申诉人：田建木，男。\n他多占了公用的路。");
    let sure = |name: &str| {
        let found = found.names.iter().find(|found| found.value == name);
        found.map(|found| found.confidence.value())
    };
    assert!(sure("田秀禾").is_some_and(|sure| sure >= 0.6) && sure("田建木").is_none_or(|sure| sure < 0.6));
}

#[test]
fn what_was_sent_with_a_letter_does_not_speak_for_its_writer() {
    let letter = "关于押金不退的投诉\n我叫茅晓峰，我的电话13800000040。请求退还押金。\n茅晓峰\n2026年8月8日\n";
    let contract = "房屋租赁合同\n出租方：柴广利　电话：13800000041\n签订日期：2025年9月1日";
    let found = read(&format!("{letter}{contract}"), &Context::default());
    let sure: Vec<_> = found.phones.iter().filter(|one| one.confidence.value() >= 0.6).collect();
    assert_eq!(sure.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["13800000040"]);
    assert_eq!(found.written_on.map(|one| one.value.to_string()).as_deref(), Some("2026-08-08"));
    // Named above the signature, what is enclosed is a line of the letter.
    let named = "附件：合同一份\n茅晓峰，电话13800000040\n2026年8月8日";
    let found = read(named, &Context::default());
    assert!(found.phones[0].confidence.value() >= 0.6);
    assert_eq!(found.written_on.map(|one| one.value.to_string()).as_deref(), Some("2026-08-08"));
}

#[test]
fn a_number_that_may_be_somebody_elses_is_asked() {
    let own = "我叫龚桂芝，电话13800000021。";
    for other in [
        "证人：屈小亮，电话13900000349。",
        "（证人：屈小亮，电话13900000349）",
        "欠款人：屈小亮，电话13900000349。",
        "经手人：冀国良\n电话：13900000349",
        "被投诉单位：顺达物业公司\n联系电话：13900000349",
        "我找到中介小刘，电话13900000349，他不管。",
        "我问了王经理，电话是13900000349。",
        "张某的手机13900000349打不通。",
        "有事打邻居家电话13900000349，找郇老师叫我。",
        "村委会的电话是0312-2350349，没人接。",
        "客服电话0312-2350349打不通。",
        "我儿子裴建军（手机13900000349）常不在家。",
        "指派律师向东（执业证号：11306201810012345，电话：13900000349）办理。",
    ] {
        for letter in [other.to_owned(), format!("{own}\n{other}"), format!("{other}\n{own}")] {
            let found = fields(&letter);
            let sure: Vec<_> = found.phones.iter().filter(|phone| phone.confidence.value() >= 0.6).collect();
            assert!(sure.iter().all(|phone| phone.value.as_str() == "13800000021"), "{letter}: {sure:?}");
        }
        assert_eq!(fields(&format!("{other}\n{own}")).phones[0].value.as_str(), "13800000021", "{other}");
    }
    let headmaster = "校长姓靳，电话13900000344，一开始还接。";
    assert_eq!(phones(headmaster), [""; 0], "by the surname it is plainly another's");
    for own in [
        "我是老李，电话13800000021。",
        "联系人：刘经理 13800000021",
        "我公司联系电话：13800000021。",
        "王经理不管，我的电话13800000021。",
        "寄件人：龚桂芝，电话13800000021。",
        "写信人：龚桂芝\n电话：13800000021",
    ] {
        let found = fields(own);
        let sure = found.phones.iter().find(|phone| phone.confidence.value() >= 0.6);
        assert!(sure.is_some_and(|phone| phone.value.as_str() == "13800000021"), "{own}: {:?}", found.phones);
    }
}

#[test]
fn those_who_are_named_below_a_label_of_others_are_asked() {
    let letter = "我叫龚桂芝，电话13800000021。\n证人：\n屈小亮 13900000349\n贺秀兰 女\n晏书平 13900000350\n";
    let found = fields(letter);
    let sure = found.names.iter().filter(|name| name.confidence.value() >= 0.6).map(|name| name.value.as_str());
    assert_eq!(sure.collect::<Vec<_>>(), ["龚桂芝"]);
    let sure = found.phones.iter().filter(|phone| phone.confidence.value() >= 0.6).map(|phone| phone.value.as_str());
    assert_eq!(sure.collect::<Vec<_>>(), ["13800000021"]);
}

#[test]
fn an_address_in_a_printed_form_has_no_blanks_and_one_before_a_name_is_an_address() {
    let of = |text: &str| fields(text).address.map(|found| found.value);
    let printed = "本人 蔺朝晖 ，系涿州市 翠湖天地 小区 8 号楼 1 单元 1502 室业主，电话 13800000340 。";
    assert_eq!(of(printed).as_deref(), Some("涿州市翠湖天地小区8号楼1单元1502室"));
    let named = "我是安国市郑章镇南娄底村的冉秀芬，女，四十六岁。";
    assert_eq!(of(named).as_deref(), Some("安国市郑章镇南娄底村"));
}

#[test]
fn signatures_stand_beside_each_other_and_behind_an_address() {
    let letter = |signature: &str| names(&format!("请求退还定金。\n房主不卖了。\n{signature}\n2026年9月1日"));
    assert_eq!(letter("解振东　柏云霞"), ["解振东", "柏云霞"]);
    assert_eq!(letter("东风里七排十二号　练淑贤"), ["练淑贤"]);
    assert_eq!(letter("此致　敬礼"), [""; 0]);
}

#[test]
fn numbered_rows_stay_rows_and_name_those_who_sign() {
    let list = "农民工讨薪花名册\n1 史大力 999999197811020356 13800000412 12000\n2 时小雨 999999198306150357 13800000413 9500\n\
                3 舒心 999999198509090358 13800000414 8000\n";
    assert_eq!(names(list), ["史大力", "时小雨", "舒心"]);
    assert_eq!(phones(list), ["13800000412", "13800000413", "13800000414"]);
}

#[test]
fn a_form_of_which_a_scan_left_no_blanks_is_read_all_the_same() {
    let form = "信访事项登记表\n姓名郎建民性别男\n联系电话13800000043\n住址定州市周村镇西孟庄村\n信访事项西孟庄村机井长年不修\n\
                被反映单位周村镇人民政府\n反映内容：机井坏了两年，浇地要用邻村的水。\n填表日期2026年4月2日";
    let found = fields(form);
    assert_eq!(names(form), ["郎建民"]);
    assert_eq!(found.title.map(|title| title.value).as_deref(), Some("西孟庄村机井长年不修"));
    assert_eq!(found.phones[0].value.as_str(), "13800000043");
    assert_eq!(names("姓名月份欠发金额电话\n路灯不亮。"), [""; 0], "the head of a table");
}

#[test]
fn a_day_below_a_full_line_is_a_line_of_its_own() {
    let letter = "关于宏远装饰收了定金不开工的投诉\n我于今年八月在宏远装饰交了定金一万二千元，约定九月一\n日开工，至今没有开工，退款也不给。\n\
                  住址：定州市长安路街道御景花园小区12栋2单元903室\n2025年10月15日\n附：收据复印件\n2025年8月12日";
    let found = fields(letter);
    assert_eq!(found.address.map(|found| found.value).as_deref(), Some("定州市长安路街道御景花园小区12栋2单元903室"));
    assert_eq!(found.written_on.map(|found| found.value.to_string()).as_deref(), Some("2025-10-15"));
}

/// What of `said` is taken as the writer's without asking, in a letter that gives a number of its own and in one that gives none.
pub(super) fn taken(said: &str) -> (Vec<String>, Option<String>) {
    let mut numbers = Vec::new();
    let mut identity = None;
    for own in ["", "电话13700000333，"] {
        let letter = format!(
            "反映村里的事\n信访局：\n我是东亭镇翟城村村民田秀禾，{own}家里有三口人，两亩地。{said}\n请求尽快解决。\n田秀禾\n2026年5月6日"
        );
        let found = fields(&letter);
        let sure = found.phones.iter().filter(|phone| phone.confidence.value() >= 0.6);
        let sure = sure.map(|phone| phone.value.as_str().to_owned());
        numbers.extend(sure.filter(|number| number != "13700000333"));
        let id = found.id_number.filter(|id| id.confidence.value() >= 0.6);
        identity = identity.or(id.map(|id| id.value.as_str().to_owned()));
    }
    numbers.dedup();
    (numbers, identity)
}

#[test]
fn a_number_that_is_told_of_somebody_else_is_never_taken_without_asking() {
    for said in [
        "占地的是包工头赵建国，他现在用的号是13900000222。",
        "骗子用13900000222给我打电话，说是公安局的。",
        "欠款人刘志强，男，汉族，住西关街，手机13900000222。",
        "派出所民警给我的联系电话是0312-2351234，打了三次没人接。",
        "我打了镇政府的电话0312-2351234，没人接。",
        "打人者马强（手机号13900000222）至今没有道歉。",
        "同村同年入伍的暴占江（电话13900000222）每月有补贴。",
        "收据上写的经手人是冀国良，电话13900000222。",
        "广告上的电话是13900000222。",
        "我前夫刘志强不给抚养费，电话13900000222。",
        "儿媳妇电话13900000222，就是她把我赶出来的。",
        "电表号13900000222，每月多收二十元。",
        "运单13900000222显示已签收，我没有收到。",
        "我把钱打到支付宝13900000222上。",
        "三个儿子：老大漆建国，电话13900000222；老二漆建军，电话13900000223。",
        "撞我的人姓刘，手机13900000222。",
        "老板电话：13900000222",
        "领导可以打13900000222问村会计。",
    ] {
        assert_eq!(taken(said).0, [""; 0], "{said}");
    }
    for own in [
        "请打我电话13800000111。",
        "有事打13800000111，我随时在家。",
        "盼复。13800000111",
        "电 话：+86 138 0000 0111",
        "对方电话13900000222，我的电话13800000111。",
        "手机（微信同号）：13800000111",
        "晚上六点以后打13800000111。",
        "田秀禾，女，52岁，13800000111",
    ] {
        assert_eq!(taken(own).0, ["13800000111"], "{own}");
    }
}

#[test]
fn an_identity_number_that_is_told_of_somebody_else_is_never_taken_without_asking() {
    let other = "999999197506150349";
    for said in [
        "欠款人刘志强，身份证号{}，借我五万元。",
        "借我钱的刘志强（身份证号码{}）一直不还。",
        "身份证号：{}的刘志强冒用我的名字贷款。",
        "我儿子田小宝身份证号{}，今年该上学了。",
        "孩子父亲杭建波身份证号{}，现在联系不上。",
        "借条上写着：今借到现金五万元，借款人刘志强，身份证号{}。",
        "担保人孙德胜，身份证号{}。",
    ] {
        let said = said.replace("{}", other);
        assert_eq!(taken(&said).1, None, "{said}");
        assert_eq!(taken(&format!("{said}我的身份证号{ID}。")).1.as_deref(), Some(ID), "{said}");
    }
    let mother =
        "求助信\n我母亲景秀英，身份证号999999197506150349，不会写字，由我代她写信。\n景秀英（手印）\n女儿景晓雯代书";
    assert_eq!(fields(mother).id_number.map(|id| id.value.as_str().to_owned()).as_deref(), Some(other), "hers");
}

#[test]
fn what_others_wrote_below_a_letter_is_none_of_it() {
    let letter = "反映机井\n信访局：\n机井坏了两年没人修。\n请求修好机井。\n田秀禾\n2026年5月6日\n";
    for below in [
        "情况属实。\n翟城村村民委员会（章）\n村主任：刘志强\n2026年5月9日",
        "请信访局阅处。\n刘志强\n2026年5月9日",
        "登记人：刘志强\n登记日期：2026年5月9日",
        "邮戳：2026.5.10",
        "信访事项处理意见书\n联系人：支海涛　联系电话：0312-2370152\n2026年4月22日",
        "销售单\n售后电话：0312-2310333\n2026年5月1日",
    ] {
        let found = fields(&format!("{letter}{below}"));
        assert_eq!(values(&found.names), ["田秀禾"], "{below}");
        assert_eq!(found.written_on.map(|day| day.value), Some(date(2026, 5, 6)), "{below}");
        assert!(found.phones.iter().all(|phone| phone.confidence.value() < 0.6), "{below}");
    }
    // The days of evidence above the signature end no letter.
    let evidence =
        "反映机井\n信访局：\n机井坏了两年没人修。\n附收据：2025年3月1日\n附合同：2025年4月2日\n田秀禾\n2026年5月6日";
    assert_eq!(fields(evidence).written_on.map(|day| day.value), Some(date(2026, 5, 6)));
}

#[test]
fn several_sign_in_one_line_with_their_numbers_and_fill_in_rules() {
    let list = "请求换变压器。\n签名：\n丁保成 13800000421　牛素英 13800000422\n申国庆 13800000423　骆二喜 13800000424\n2026年3月5日";
    let found = fields(list);
    let mut signed = values(&found.names);
    signed.sort();
    assert_eq!(signed, ["丁保成", "牛素英", "申国庆", "骆二喜"]);
    assert!(found.phones.len() == 4 && found.phones.iter().all(|phone| phone.confidence.value() >= 0.6));
    let form = fields(
        "来访登记表\n姓名：＿＿石大山＿＿ 性别：＿男＿\n联系电话：＿13800000131＿\n住址：＿定州市东旺镇马家寨村＿＿＿\n反映：河堤塌了。",
    );
    assert_eq!(values(&form.names), ["石大山"]);
    assert_eq!(form.address.map(|found| found.value).as_deref(), Some("定州市东旺镇马家寨村"));
    assert_eq!(names("申请人一：石大山，电话13800000421\n申请人二：柳长河，电话13800000422"), ["石大山", "柳长河"]);
    assert_eq!(names("申诉人因土地纠纷提出申诉。\n申诉人：淳于德胜\n2026年4月27日"), ["淳于德胜"]);
}
