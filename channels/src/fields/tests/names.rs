//! Who writes, and who is only named.

use super::*;

#[test]
fn names_of_petitioners() {
    assert_eq!(names("我是沙河镇东柳村村民欧阳春来，反映一件事。"), ["欧阳春来"]);
    assert_eq!(names("我们是二十三名农民工，带班人石大山，住东柳村。"), ["石大山"]);
    assert_eq!(names("申诉人：田秀禾，女，62岁。\n被申诉人：田建木，男。"), ["田秀禾"]);
    assert_eq!(names("反映人：石大山等二十三人"), ["石大山"]);
    assert_eq!(names("联名人：\n我们要求修路。\n信访人：石大山、柳青禾、田秀禾"), ["石大山", "柳青禾", "田秀禾"]);
    assert_eq!(names("楼上漏水没人管，请帮忙。\n石大山\n2026年3月1日"), ["石大山"]);
    assert_eq!(names("申请人：沙河镇东柳种植专业合作社"), ["沙河镇东柳种植专业合作社"]);
    assert_eq!(names("本人买买提·吐尔逊，在定州卖馕。"), ["买买提·吐尔逊"]);
    assert_eq!(names("我是沙河镇东柳村的石大山，井里没水了。"), ["石大山"]);
    assert_eq!(names("我是沙河镇东柳村的党员，井里没水了。"), Vec::<String>::new());
    assert_eq!(names("受田秀禾委托，河北某律师事务所反映如下事项。"), ["田秀禾"]);
    assert_eq!(names("我们接受石大山的委托反映。"), ["石大山"]);
    assert_eq!(
        names("我公司停汽一个月。\n联系人：办公室 田秀禾 电话0312-2345678\n定州市东柳包装有限公司\n2026年3月1日"),
        ["定州市东柳包装有限公司"],
        "who can be asked at a firm is no other petitioner"
    );
    assert_eq!(
        names("请补发补贴。\n序号 姓名 性别 电话\n1 石大山 男 13800000021\n2 田秀禾 女\n3 马文庆 男 13800000022\n"),
        ["石大山", "田秀禾", "马文庆"],
        "a row of the list without a number"
    );
}

#[test]
fn signatures_and_introductions_of_many_kinds() {
    assert_eq!(
        names("请换水管。\n住户签名：\n石大山　　　　马文庆\n　万　芳　　　　田秀禾\n2026年3月1日"),
        ["石大山", "马文庆", "万芳", "田秀禾"],
        "a name written wide in two columns"
    );
    assert_eq!(names("姓名：万　芳　性别：女\n请修路。"), ["万芳"]);
    assert_eq!(names("我是一名货车司机，叫石大山，被扣了车。\n公历2026年3月1日"), ["石大山"], "a calendar is nobody");
    assert_eq!(names("我是一名货车司机，我弟弟叫石小山，被扣了车。"), Vec::<String>::new());
    let written = fields("我父亲石大山不会写字。我叫石晓雯。\n石大山（捺印）\n女儿石晓雯代书\n2026年3月1日");
    assert_eq!(written.names.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["石大山"]);
    assert_eq!(written.proxy.map(|one| one.value).as_deref(), Some("石晓雯"), "who held the pen");
}

#[test]
fn who_is_addressed_or_complained_about_is_no_petitioner() {
    assert_eq!(names("定州市信访局领导：\n小区停水三天了。"), Vec::<String>::new());
    assert_eq!(names("尊敬的王局长：\n小区停水三天了。"), Vec::<String>::new());
    assert_eq!(names("被反映人：田建木\n他多占了公用的路。"), Vec::<String>::new());
    assert_eq!(names("全体业主\n2026年3月1日"), Vec::<String>::new());
    assert_eq!(names("本人居住于A市，本人成绩优秀，我是于去年搬来的。"), Vec::<String>::new());
    assert_eq!(names("路灯坏了没人修。\n市民\n敬上"), Vec::<String>::new());
    assert_eq!(names("投诉人员太多，窗口不够。本人于2024年买房，本人曾经去过。"), Vec::<String>::new());
}

#[test]
fn names_as_they_are_said() {
    assert_eq!(names("我姓马，马文庆，文化的文，庆祝的庆。"), ["马文庆"]);
    assert_eq!(names("你好，我是东柳村的，姓殷，殷建国。我想问问宅基地的事。"), ["殷建国"]);
    assert_eq!(names("免贵姓石，叫石大山，大小的大，高山的山。"), ["石大山"]);
    assert_eq!(names("我姓佟，佟——人字旁一个冬天的冬，佟立柱。"), ["佟立柱"]);
    assert_eq!(names("我叫张三，弓长张。"), ["张三"]);
    assert_eq!(names("我是田秀禾的儿子田小木，替我妈反映低保的事。"), ["田小木"]);
    assert_eq!(names("我叫马文清，文化的文，庆祝的庆。"), ["马文庆"], "the spelling decides");
    let sure = |text: &str| fields(text).names.first().map_or(0.0, |found| found.confidence.value());
    assert!(sure("我叫张三，弓长张。") > sure("我叫张三，家住东柳村。"));
    assert!(sure("我叫马文庆，春天的春，花草的草。") < 0.6, "the spelling contradicts the name");
}

#[test]
fn who_signs_together_and_who_speaks_for_others() {
    assert_eq!(
        names(
            "附名单\n石大山，身份证号999999198001010011，住东柳村。\n田秀禾，电话13800000044，住东柳村。\n反映人:石大山田秀禾"
        ),
        ["石大山", "田秀禾"]
    );
    assert_eq!(names("我公司鼎山门窗有限公司，联系人董先生。\n请求付清工程款。\n陈门"), ["鼎山门窗有限公司"]);
    assert_eq!(names("我父亲写了一封信，见附件。父亲叫石大山，住东柳村。"), ["石大山"]);
    let spoken_for = fields("我叫田秀禾，替我妈反映低保的事，妈妈叫李秀英。");
    assert_eq!(values(&spoken_for.names), ["李秀英"], "the petition is the mother's");
    assert_eq!(spoken_for.proxy.map(|proxy| proxy.value).as_deref(), Some("田秀禾"));
    assert_eq!(names("我叫田秀禾，我妈叫李秀英，她也知道这件事。"), ["田秀禾"], "who is only spoken of");
}

#[test]
fn others_who_are_named_in_speech_do_not_speak() {
    for text in [
        "没有牌子，老板姓崔，崔大牛。",
        "我找他，他姓崔，崔大牛。",
        "我妈的名字叫李秀英，今年八十了。",
        "我是说我儿子王小明，上学的事。",
        "我是李建国的妻子，他不在家。",
        "我姓马。还有就是，路坏了。",
        "老百姓，马上要过冬了。",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_name_that_is_signed_otherwise_by_one_character_is_doubtful() {
    let found = fields("我叫柳青禾，家住清河花园。\n此致敬礼\n信访人：柳青木");
    assert_eq!(found.names.len(), 1);
    let statement = found.into_statement("", Located::body);
    assert!(statement.marks.contains(&Mark::Doubtful { field: "name".to_owned() }));
}

#[test]
fn words_that_begin_like_names_are_none() {
    for text in ["投诉人严重不满。", "投诉人：姓名\n", "反映人：沙湾路住户", "投诉人于2019年向鼎山公司投诉。"]
    {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_number_beside_another_signature_is_asked() {
    let found = read(
        "关于电梯停运的反映\n请求修复电梯。\n联名人：\n晏书平 13800000035\n习春梅 13800000036",
        &Context::default(),
    );
    let of =
        |number: &str| found.phones.iter().find(|one| one.value.as_str() == number).map(|one| one.confidence.value());
    assert!(of("13800000035") >= Some(0.6) && of("13800000036") < Some(0.6), "{:?}", found.phones);
    let names: Vec<_> = found.names.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(names, ["晏书平", "习春梅"]);
}

#[test]
fn a_name_that_lost_its_end_at_the_edge_of_a_scan_is_no_other_person() {
    let list = "王保田，身份证号999999196908090055，电话13800000010，住塔耳洼村。\n李根生，电话13800000009。\n";
    let letter = format!("{list}反映人：李根生　王保\n2026年10月23日");
    let found = fields(&letter).names;
    assert_eq!(found.iter().map(|name| name.value.as_str()).collect::<Vec<_>>(), ["王保田", "李根生"], "{found:?}");
    assert!(found[0].confidence.value() < 0.6, "a person is asked: {found:?}");
    assert!(found[1].confidence.value() >= 0.6);
    let both = format!("{list}反映人：王保　李根生　王保田\n2026年10月23日");
    assert_eq!(names(&both).iter().filter(|name| name.starts_with("王保")).count(), 2, "two who sign in one line");
}
