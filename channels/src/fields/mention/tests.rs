//! What people say, and the one form in which it is written.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn values(words: &str) -> Vec<(MentionKind, String)> {
    let context = Context { received_on: Some(date(2026, 11, 24)) };
    mentions(words, &context).into_iter().map(|found| (found.kind, found.value)).collect()
}

#[test]
fn days_as_they_are_said() {
    for (words, value) in [
        ("二零二零年四月", "2020-04"),
        ("二〇一九年十二月三十一号", "2019-12-31"),
        ("2021年3月", "2021-03"),
        ("去年四月份开始", "2025-04"),
        ("前年", "2024"),
        ("二零年四月", "2020-04"),
        ("今年三月十五号", "2026-03-15"),
        ("两千零二十五年九月停工", "2025-09"),
        ("腊月二十三", "农历腊月二十三"),
        ("去年农历八月十五", "农历去年八月十五"),
        ("十月初八动工", "农历十月初八"),
        ("三月十五号停的水", "2026-03-15"),
        ("十二月一号", "2025-12-01"),
        ("从二零一八年起", "2018"),
        // 24 November 2026 is a Tuesday.
        ("上礼拜三停过", "2026-11-18"),
        ("上个星期天", "2026-11-22"),
        ("上上周五", "2026-11-13"),
        ("这周一", "2026-11-23"),
        ("大前天", "2026-11-21"),
        ("夜儿个黑价", "2026-11-23"),
        ("今儿早上", "2026-11-24"),
    ] {
        assert_eq!(values(words), [(MentionKind::Date, value.to_owned())], "{words}");
    }
    for words in
        ["三年没人修", "三个月了", "六月", "二十年", "三号楼", "一百年", "两年多", "上周一共来了三次", "这周五"]
    {
        assert!(values(words).iter().all(|(kind, _)| *kind != MentionKind::Date), "{words}: {:?}", values(words));
    }
}

#[test]
fn a_day_that_does_not_exist_is_asked() {
    let found = mentions("二零二零年二月三十号", &Context::default());
    assert_eq!(
        (found[0].value.as_str(), found[0].verdict),
        ("二零二零年二月三十号", Verdict::Asked { why: Doubt::Invalid })
    );
}

#[test]
fn amounts_as_they_are_said() {
    for (words, value) in [
        ("欠我三万六千五百块钱", "36500"),
        ("一万二千块", "12000"),
        ("3.65万元", "36500"),
        ("两千多块钱", "2000"),
        ("五块", "5"),
        ("十二块五毛", "12.50"),
        ("四十万块钱", "400000"),
        ("补偿款说是四十二万，", "420000"),
        ("交了三万二的定金", "32000"),
        ("说好一亩四万五，", "45000"),
        ("只给了十万，", "100000"),
        ("欠货款叁万贰仟元整，", "32000"),
        ("借款人民币壹拾捌万陆仟伍佰圆整", "186500"),
        ("叁佰贰拾元伍角", "320.50"),
        ("八元零五分", "8.05"),
        ("共计：¥32,000.50（见收据）", "32000.50"),
        ("参万元", "30000"),
    ] {
        assert_eq!(values(words).first(), Some(&(MentionKind::Amount, value.to_owned())), "{words}");
    }
    for words in ["三块地", "两块砖", "一块去", "三万亩", "五百人", "一共三万。"] {
        assert_eq!(values(words), [], "{words}");
    }
}

#[test]
fn an_amount_that_stands_twice_and_not_the_same_is_asked() {
    let first = |words: &str| mentions(words, &Context::default()).remove(0);
    for (words, instead) in [
        ("叁万元（32000元）", "32000"),
        ("叁万贰仟元整（¥30,200.00）", "30200"),
        ("32000元（大写：叁万元整）", "30000"),
        ("人民币叁万贰仟元整，小写：23000元", "23000"),
        ("叁万贰仟元（Y23000）", "23000"),
        ("三万二千元(3.3万元)", "33000"),
    ] {
        let found = first(words);
        let asked = Verdict::Asked { why: Doubt::Contradicts };
        assert_eq!((found.verdict, found.instead.as_deref()), (asked, Some(instead)), "{words}");
    }
    for words in [
        "叁万贰仟元整（¥32,000.00）",
        "3.2万元（叁万贰仟元）",
        "三万元（已付1万元）",
        "30000元（10000元已付）",
        "三万元（2024年借）",
    ] {
        assert_eq!(first(words).verdict, Verdict::Valid, "{words}");
    }
}

#[test]
fn house_numbers_as_they_are_said() {
    for (words, value) in [
        ("三栋二单元", "3栋2单元"),
        ("十二号楼一单元五零幺室", "12号楼1单元501室"),
        ("三号楼，二单元，一百零二", "3号楼2单元"),
        ("八号楼三单元幺零零二", "8号楼3单元1002"),
        ("2号楼3单元402", "2号楼3单元402"),
        ("七栋，七栋三单元五零一", "7栋"),
    ] {
        assert_eq!(values(words).first(), Some(&(MentionKind::HouseNumber, value.to_owned())), "{words}");
    }
    for words in ["五号那天", "住二楼", "五一路", "三里屯", "第三栋"] {
        assert_eq!(values(words), [], "{words}");
    }
    assert_eq!(with_figures("东柳村清风街二十三号"), "东柳村清风街23号");
    assert_eq!(with_figures("五一路七里香小区三栋二单元五零幺"), "五一路七里香小区3栋2单元501");
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_range_lies_inside(text in "[零幺二两三四十百千万叁拾佰参年月日号栋楼单元角分整室块钱¥去今，。（）a1-9]{0,60}") {
        let length = text.chars().count();
        for found in mentions(&text, &Context { received_on: Some(date(2026, 11, 24)) }) {
            prop_assert!(found.range.start < found.range.end && found.range.end <= length);
        }
        let _ = with_figures(&text);
    }
}
