//! Ways of writing that people have and forms do not: thumbprints, tables of co-workers, nicknames, numbers of relatives.

use super::{fields, names};

/// Phones of `text` with whether a person is asked about them.
fn phones(text: &str) -> Vec<(String, bool)> {
    fields(text).phones.iter().map(|found| (found.value.as_str().to_owned(), found.confidence.value() < 0.6)).collect()
}

#[test]
fn women_who_are_named_after_the_moon_have_names() {
    for name in ["仝月娥", "张月英", "欧阳月华"] {
        assert_eq!(names(&format!("我叫{name}，家住东柳村。路灯坏了。")), [name]);
        assert_eq!(names(&format!("路灯坏了，请修。\n东柳村村民{name}\n2026年3月1日")), [name]);
    }
    assert_eq!(names("路灯坏了。\n单月限行\n2026年3月1日"), Vec::<String>::new(), "a month is no name");
}

#[test]
fn the_head_of_a_table_is_nobody_and_its_rows_are_asked() {
    let table =
        "姓名 月份 金额 电话\n石大山 4至9月 18600 13800000044\n田秀禾 5至9月 15200 13800000045\n说明人：石大山\n";
    assert_eq!(names(table), ["石大山", "田秀禾"]);
    let found = fields(table);
    assert!(found.names[1].confidence.value() < 0.6, "whether she petitions, the table does not tell");
    assert_eq!(phones(table), [("13800000044".to_owned(), false), ("13800000045".to_owned(), true)]);
    let statement = found.into_statement(table, crate::fields::Located::body);
    assert_eq!(statement.petitioners[1].phones[0].value.as_str(), "13800000045", "it is hers, not the first one's");
}

#[test]
fn who_presses_a_thumb_beside_a_name_signs() {
    let list = "请求更换电梯。\n签名并按手印：\n石大山（手印） 2-1-301\n田秀禾（手印） 2-1-402\n2026年3月1日";
    assert_eq!(names(list), ["石大山", "田秀禾"]);
    assert_eq!(
        names("请求更换电梯。\n签名：\n石大山 田秀禾 柳青禾\n殷建国\n2026年3月1日"),
        ["石大山", "田秀禾", "柳青禾", "殷建国"]
    );
}

#[test]
fn the_name_in_the_papers_counts_and_not_the_nickname() {
    assert_eq!(names("俺叫石老黑，大名石守田，东柳村的。"), ["石守田"]);
}

#[test]
fn the_number_of_an_own_relative_is_kept_and_asked_and_that_of_a_stranger_is_not() {
    assert_eq!(phones("俺没有手机，找俺闺女田爱华，她的电话13800000044。"), [("13800000044".to_owned(), true)]);
    assert_eq!(phones("店里的女老板不退钱，她的电话13800000044。"), Vec::new());
    assert_eq!(
        phones("厂里欠我三个月工资，老板苑志强的电话\n13800000044现在也打不通了。\n我的电话：\n13800000045。"),
        [("13800000045".to_owned(), false)],
        "a number without room at the end of its line"
    );
    assert_eq!(phones("欠款人是老板苑志强。\n联系电话\n13800000045"), [("13800000045".to_owned(), false)]);
    assert_eq!(phones("他儿子不讲理，他的电话13800000044。"), Vec::new());
}

#[test]
fn a_number_in_groups_with_points_is_one() {
    assert_eq!(phones("电话：138.0000.0044"), [("13800000044".to_owned(), false)]);
    assert_eq!(phones("2026.3.1 13800000044"), [("13800000044".to_owned(), false)]);
    assert_eq!(phones("每亩产量3.138，共0000.0044"), Vec::new());
}

#[test]
fn who_signs_behind_an_enclosed_contract_is_not_the_writer() {
    let letter = "请求付清租金。\n石大山\n2026年3月1日\n附：租赁合同\n甲方：石大山\n身份证号：999999198001010011\n乙方：田建木\n身份证号：999999196811230332\n田建木\n2024年1月1日";
    assert_eq!(names(letter), ["石大山"]);
    let number = fields(letter).id_number.expect("it is kept");
    assert_eq!(number.value.as_str(), "999999198001010011", "below the writer's name");
    assert!(number.confidence.value() < 0.6, "and asked");
    let other = letter.replace("甲方：石大山", "甲方：柳青禾").replace("999999198001010011", "999999196811230332");
    assert!(fields(&other).id_number.is_some_and(|number| number.confidence.value() < 0.6), "whose it is, is asked");
}

#[test]
fn dates_in_the_letter_o_and_in_words_of_contracts() {
    let date = |text: &str| fields(text).written_on.map(|found| found.value.to_string());
    assert_eq!(date("路灯坏了。\n石大山\n二O二六年三月一日").as_deref(), Some("2026-03-01"));
    assert_eq!(date("路灯坏了。\n石大山\n贰零贰陆年叁月拾壹日").as_deref(), Some("2026-03-11"));
    assert_eq!(date("路灯坏了。\n石大山\n二〇二五年三月卅一日").as_deref(), Some("2025-03-31"));
    assert_eq!(date("路灯坏了。\n石大山\n乙巳年九月十八"), None, "a lunar day is no day of the civil calendar");
}

#[test]
fn an_accusation_is_one_by_its_heading() {
    let accused =
        fields("控告信\n控告人：石大山\n被控告人：田建木，东柳村党支部书记。\n控告请求：依法查处他侵占机动地的行为。");
    assert_eq!(accused.purpose.map(|found| found.value), Some(case::purpose::Purpose::Accusation));
    assert_eq!(accused.title.map(|found| found.value).as_deref(), Some("依法查处他侵占机动地的行为"));
}

#[test]
fn offices_and_buses_are_no_places() {
    let place = |text: &str| fields(text).place.map(|found| found.value);
    assert_eq!(place("农业农村局：\n上月18路取消了，公交线路少了一条。"), None);
    assert_eq!(place("我们住在怡和家园小区，18路取消了。").as_deref(), Some("怡和家园小区"));
}

#[test]
fn a_ring_of_the_year_that_an_engine_lost_is_guessed_and_asked() {
    let found = fields("请解决。\n赵铁柱\n二 二五年一月六日").written_on.expect("a day");
    assert_eq!((found.value.to_string().as_str(), found.confidence.value() < 0.6), ("2025-01-06", true));
    assert_eq!(fields("请解决。\n赵铁柱\n二 五年一月六日").written_on, None);
}
