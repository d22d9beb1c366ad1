//! Whose a number or an address is, and the layouts in which they are written.

use super::{ID, fields, phones};

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
    assert_eq!(sure(&both), [own, "13800000025"], "the petitioner's own comes first");
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
