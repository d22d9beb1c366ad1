//! Telephone and identity numbers, and figures that are none.

use super::*;

#[test]
fn an_identity_number_said_in_groups_is_no_telephone_number() {
    let read = fields("身份证一三零六八二，一九五八，零三一四，零零四，后面是个叉。");
    assert_eq!(read.id_number.map(|found| found.value.as_str().to_owned()).as_deref(), Some("13068219580314004X"));
    // Heard wrongly, it is asked about; its last groups look like a mobile number.
    let read = fields("一三零六八二，幺九五八，洞三一四，零零二，后面是个叉。");
    assert_eq!((read.id_number, read.phones), (None, Vec::new()));
    assert_eq!(read.impossible.first().map(|found| found.field), Some("id_number"));
}

#[test]
fn telephone_numbers_as_people_write_and_say_them() {
    assert_eq!(phones("电话：138-0000-0011"), ["13800000011"]);
    assert_eq!(phones("手机 138 0000 0011，座机0312-2000011"), ["13800000011", "0312-2000011"]);
    assert_eq!(phones("联系电话：（0312）2000011转801"), ["0312-2000011-801"]);
    assert_eq!(phones("我的号码是幺三八，零零零零，零零幺幺"), ["13800000011"]);
    assert_eq!(phones("电话138000\n00011，谢谢"), ["13800000011"], "a line of a scan may end in a number");
    assert_eq!(phones("电话13800000011、13900000022"), ["13800000011", "13900000022"]);
    assert_eq!(phones("电话1380000001113900000022。"), ["13800000011", "13900000022"], "the sign between was lost");
}

#[test]
fn other_figures_are_no_telephone_numbers() {
    assert_eq!(phones("共欠工资13800000011元，2023年4月至11月，12345热线打了4次。"), Vec::<String>::new());
    assert_eq!(phones("物业王经理电话13900000022一直不接。"), Vec::<String>::new(), "the number of another person");
    assert_eq!(phones("王经理不管，我的电话13800000011。"), ["13800000011"]);
    assert_eq!(phones("银行卡6222020000000000011"), Vec::<String>::new());
}

#[test]
fn numbers_that_cannot_be_right_are_marked_and_kept_as_written() {
    assert_eq!(
        impossible("身份证号999999198013010011，电话13800000011"),
        [("id_number", "999999198013010011".to_owned())]
    );
    assert_eq!(impossible("身份证：99999919800101001X。"), [("id_number", "99999919800101001X".to_owned())]);
    assert_eq!(impossible("联系电话：1380000001"), [("phone", "1380000001".to_owned())]);
    assert_eq!(impossible("我的证件999999198001010017"), [("id_number", "999999198001010017".to_owned())]);
    assert_eq!(impossible("邮箱zhang@qq"), [("mail_address", "zhang@qq".to_owned())]);
    assert_eq!(impossible("一切正常，拨打12345电话三次。"), []);
}

#[test]
fn an_identity_number_that_begins_like_a_telephone_number_is_no_telephone_number() {
    assert_eq!(phones("身份证13068219670 3154228，手机13800000011"), ["13800000011"]);
    assert_eq!(impossible("身份证13068219670 3154229"), [("id_number", "13068219670 3154229".to_owned())]);
}

#[test]
fn titles_never_hold_a_persons_number() {
    let title = |text: &str| fields(text).title.map(|found| found.value);
    assert_eq!(title("宅基地纠纷申诉书\n申诉人：田秀禾").as_deref(), Some("宅基地纠纷申诉书"));
    assert_eq!(
        title("关于清河花园小区业主办不\n了房产证的信访信\n领导您好：").as_deref(),
        Some("关于清河花园小区业主办不了房产证的信访信")
    );
    assert_eq!(
        title("您好，我叫柳青禾，电话13800000011，我们小区路灯坏了两个月没人修。").as_deref(),
        Some("我们小区路灯坏了两个月没人修")
    );
    assert_eq!(title("喂，你好。我想反映一下楼下烧烤店油烟扰民的问题。").as_deref(), Some("楼下烧烤店油烟扰民的问题"));
}

#[test]
fn the_number_of_whom_the_writer_turned_to_is_not_the_writers() {
    assert_eq!(phones("我找过教育股的人，电话是0312-2388001，让我等。"), [""; 0]);
    assert_eq!(phones("我问过热力公司的工作人员，电话是0312-2388001。我的电话是13800000011。"), ["13800000011"]);
    // Who says what they are gives their own.
    assert_eq!(phones("我是环卫所的工作人员，电话13800000011。"), ["13800000011"]);
    assert_eq!(phones("我找过村里的人，我电话13800000011。"), ["13800000011"]);
}
