//! What people would expect to be found in petitions of every kind. All persons and numbers are invented.

use case::statement::{BODY_LIMIT, Mark};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

mod habits;
mod letters;
mod names;
mod numbers;
mod parties;
mod possessors;

/// An identity number that validates, of nobody: 1 January 1980, a district code that was never given out.
const ID: &str = "999999198001010011";

fn fields(text: &str) -> Fields {
    read(text, &Context { received_on: Some(date(2026, 11, 24)) })
}

fn values<T: Clone>(found: &[Found<T>]) -> Vec<T> {
    found.iter().map(|found| found.value.clone()).collect()
}

fn names(text: &str) -> Vec<String> {
    values(&fields(text).names)
}

fn phones(text: &str) -> Vec<String> {
    fields(text).phones.iter().map(|found| found.value.as_str().to_owned()).collect()
}

fn impossible(text: &str) -> Vec<(&'static str, String)> {
    fields(text).impossible.into_iter().map(|found| (found.field, found.written)).collect()
}

fn respondents(text: &str) -> Vec<String> {
    fields(text).respondents.into_iter().map(|found| found.name.value).collect()
}

const LETTER: &str = "关于清河花园小区长期停水的信访信
定州市信访局领导：
您好！我叫柳青禾，女，今年五十二岁，家住北城区清河花园小区３号楼2单元501室，身份证号999999198001010011，联系电话１３８００００００１１。
去年入冬以来，清河花园小区每天只来两个小时水，清泉物业公司以管道老化为由一直推诿，王经理还擅自提高水费。
我们恳请市领导督促有关部门尽快修复管道，并书面答复。
此致
敬礼！
信访人：柳青禾
2026年3月18日";

#[test]
fn a_whole_letter_gives_every_field_with_the_characters_it_rests_on() {
    let found = fields(LETTER);
    let at = |range: &std::ops::Range<usize>| LETTER.chars().skip(range.start).take(range.len()).collect::<String>();
    assert_eq!(values(&found.names), ["柳青禾"]);
    assert_eq!(at(&found.names[0].range), "柳青禾");
    assert_eq!(found.id_number.as_ref().map(|id| id.value.as_str()), Some(ID));
    assert_eq!(found.phones[0].value.as_str(), "13800000011");
    assert_eq!(at(&found.phones[0].range), "１３８００００００１１", "the range is in the text as it was given");
    assert_eq!(found.address.as_ref().map(|a| a.value.as_str()), Some("北城区清河花园小区3号楼2单元501室"));
    assert_eq!(found.place.as_ref().map(|p| p.value.as_str()), Some("清河花园小区"));
    assert_eq!(found.written_on.as_ref().map(|d| d.value), Some(date(2026, 3, 18)));
    assert_eq!(found.title.as_ref().map(|t| t.value.as_str()), Some("关于清河花园小区长期停水的信访信"));
    assert_eq!(
        found.demand.as_ref().map(|d| d.value.as_str()),
        Some("我们恳请市领导督促有关部门尽快修复管道，并书面答复。")
    );
    let accused: Vec<&str> = found.respondents.iter().map(|r| r.name.value.as_str()).collect();
    assert_eq!(accused, ["清泉物业公司", "王经理"]);
    assert_eq!(found.purpose.as_ref().map(|p| p.value), Some(Purpose::AppealOrDemand));
    assert!(found.impossible.is_empty());
}

#[test]
fn a_letter_becomes_a_statement_without_marks() {
    let statement = fields(LETTER).into_statement(LETTER, Located::body);
    assert_eq!(statement.marks, []);
    assert_eq!(statement.petitioners.len(), 1);
    assert_eq!(statement.body, LETTER);
}

#[test]
fn dates_that_were_written_on_it() {
    let on = |text: &str| fields(text).written_on.map(|found| found.value);
    assert_eq!(on("请解决。\n信访人：石大山\n二〇二六年三月十八日"), Some(date(2026, 3, 18)));
    assert_eq!(on("请解决。\n2026-03-18"), Some(date(2026, 3, 18)));
    assert_eq!(on("请解决。\n石大山 2026.3.8"), Some(date(2026, 3, 8)));
    assert_eq!(on("我于2025年3月18日去过窗口，没人管。请尽快解决我的问题。"), None, "the date of a fact");
    assert_eq!(on("请解决。\n二〇二六年元月二十日"), Some(date(2026, 1, 20)));
    assert_eq!(impossible("请解决。\n2026年2月30日"), [("written_on", "2026年2月30日".to_owned())]);
    assert_eq!(
        impossible("请解决。\n2027年1月1日"),
        [("written_on", "2027年1月1日".to_owned())],
        "after it was received"
    );
}

#[test]
fn addresses_of_the_petitioner_not_of_the_matter() {
    let address = |text: &str| fields(text).address.map(|found| found.value);
    assert_eq!(address("我是沙河镇东柳村村民石大山，电话13800000011。").as_deref(), Some("沙河镇东柳村"));
    assert_eq!(
        address("我是南城区雅兰苑小区的住户石大山，住11号楼1单元802室，").as_deref(),
        Some("南城区雅兰苑小区11号楼1单元802室")
    );
    assert_eq!(
        address("家庭住址：定州市沙河镇东柳村四队\n电话：13800000011").as_deref(),
        Some("定州市沙河镇东柳村四队")
    );
    assert_eq!(address("事发地址：中山路与清风街交叉口"), None);
    assert_eq!(address("我在这里住了三十年，住房漏雨，住宅潮湿。"), None);
}

#[test]
fn respondents_are_accused_not_asked() {
    assert_eq!(
        respondents("我们去自然资源和规划局查询，鼎山房地产开发有限公司欠缴出让金。"),
        ["鼎山房地产开发有限公司"]
    );
    assert_eq!(respondents("被申诉人：田建木，男，同村村民。"), ["田建木"]);
    assert_eq!(respondents("我要举报东柳村村支书郭长木贪污补偿款。"), ["郭长木"]);
    assert_eq!(respondents("包工头刘志木拖欠我们的工资。"), ["刘志木"]);
    assert_eq!(respondents("请市信访局督促城管局处理。"), Vec::<String>::new());
    assert_eq!(respondents("要求天河公司退还拖欠的工资。"), ["天河公司"]);
    assert_eq!(respondents("鼎山公司挂靠恒达建筑公司违法施工。"), ["鼎山公司", "恒达建筑公司"]);
    assert_eq!(respondents("区里推诿鼎山公司的问题，当时鼎山公司拒不退款。"), ["鼎山公司"]);
    assert_eq!(respondents("小区路灯坏了。"), Vec::<String>::new());
}

#[test]
fn places_are_names_of_places() {
    let place = |text: &str| fields(text).place.map(|found| found.value);
    assert_eq!(place("养猪场位于翟城村村东头，臭气很大。").as_deref(), Some("翟城村"));
    assert_eq!(place("我们翟城村村委会不公开账目。").as_deref(), Some("翟城村"));
    assert_eq!(place("东四路路口没有红绿灯。").as_deref(), Some("东四路"));
    assert_eq!(place("关于翟城村道路积水的反映").as_deref(), Some("翟城村"));
    for text in ["昨天路过那里。", "村里召开村民大会。", "同村村民都知道。", "高速路堵车。", "周边村都停水。"]
    {
        assert_eq!(place(text), None, "{text}");
    }
}

#[test]
fn what_is_to_be_done_is_asked_in_plain_words_too() {
    let demand = |text: &str| fields(text).demand.map(|found| found.value);
    for (text, expected) in [
        ("孩子不让进班。请教育局查一下该不该收。", "请教育局查一下该不该收。"),
        ("停了三次电，你们让供电公司给个说法，谁受得了。", "你们让供电公司给个说法，谁受得了。"),
        ("屋里全是脏水，今天必须派人来疏通。", "今天必须派人来疏通。"),
        ("我一个人过，就想把低保给批了。", "就想把低保给批了。"),
    ] {
        assert_eq!(demand(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["公司让我们加班不给钱。", "村里让他把地占了。", "局里让回去等，一直没人来。"]
    {
        assert_eq!(demand(text), None, "{text}");
    }
}

#[test]
fn a_village_without_the_word_is_a_place_behind_its_town() {
    let place = |text: &str| fields(text).place.map(|found| found.value);
    assert_eq!(place("我是周村镇王各庄的，征地款没给。").as_deref(), Some("周村镇王各庄"));
    assert_eq!(place("高蓬镇派出所门口").as_deref(), Some("高蓬镇"));
}

#[test]
fn demands_with_their_points() {
    let demand = |text: &str| fields(text).demand.map(|found| found.value);
    assert_eq!(
        demand("补偿没给。现要求：一、公开补偿明细；二、付清余款；三、解决养老保险。\n申请人：石大山").as_deref(),
        Some("现要求：一、公开补偿明细；二、付清余款；三、解决养老保险。")
    );
    assert_eq!(demand("我们多次要求物业修理，没人管。"), None, "asked before, of another");
    assert_eq!(demand("路灯坏了，希望尽快修好。").as_deref(), Some("希望尽快修好。"));
    assert_eq!(demand("我叫陆青禾，家住清河花园小区三栋，停水三天了，请恢复供水。").as_deref(), Some("请恢复供水。"));
}

#[test]
fn purposes() {
    let purpose = |text: &str| fields(text).purpose.map(|found| found.value);
    assert_eq!(purpose("我实名举报东柳村村支书郭长木虚报冒领低保金。"), Some(Purpose::Accusation));
    assert_eq!(purpose("关于检举沙河镇干部违纪的信\n事情如下。"), Some(Purpose::Accusation));
    assert_eq!(purpose("我举报楼下饭店占道经营，希望处理。"), Some(Purpose::AppealOrDemand));
    assert_eq!(purpose("我多次举报给城管队长，工地夜间施工扰民没人管。"), Some(Purpose::AppealOrDemand));
    assert_eq!(purpose("建议在滨河公园增设垃圾桶。"), Some(Purpose::Suggestion));
    assert_eq!(purpose("今天天气很好。"), None);
    assert_eq!(purpose("停水问题已经解决，特表感谢，祝工作顺利。"), None);
}

#[test]
fn wishes_in_words() {
    assert!(fields("请为我保密。我叫柳青禾。").wishes.confidential);
    assert!(fields("我不愿透露姓名，只想反映停水。").wishes.anonymous);
    assert!(!fields("双方签了保密协议。").wishes.confidential);
}

/// What is found in whole petitions of many kinds, in few words.
#[test]
fn petitions_of_many_kinds() {
    macro_rules! petitions {
        ($($name:literal)*) => { [$(($name, include_str!(concat!("petitions/", $name, ".txt")))),*] };
    }
    let all = petitions!["accusation" "call-without-punctuation" "firm-against-bureau" "low-income-aid" "proposal" "question" "thanks"
        "wages-in-one-line" "western-full-stops"];
    let told: serde_json::Map<String, serde_json::Value> = all
        .into_iter()
        .map(|(name, text)| {
            let found = fields(text);
            let mut told = serde_json::json!({
                "names": values(&found.names),
                "phones": found.phones.iter().map(|phone| phone.value.as_str()).collect::<Vec<_>>(),
                "id_number": found.id_number.map(|number| number.value),
                "address": found.address.map(|found| found.value),
                "place": found.place.map(|found| found.value),
                "respondents": found.respondents.iter().map(|r| (&r.name.value, &r.post)).collect::<Vec<_>>(),
                "written_on": found.written_on.map(|found| found.value),
                "title": found.title.map(|found| found.value),
                "demand": found.demand.map(|found| found.value),
                "purpose": found.purpose.map(|found| found.value),
                "impossible": found.impossible.iter().map(|found| found.field).collect::<Vec<_>>(),
                "confidential": found.wishes.confidential,
            });
            // The snapshot is the same whether or not this build keeps keys in the order they came in.
            told.sort_all_objects();
            (name.to_owned(), told)
        })
        .collect();
    insta::assert_json_snapshot!(told);
}

#[test]
fn lines_of_a_scan_are_read_as_the_sentences_they_are_part_of() {
    let scanned = "关于清河花园小区长期停水的信访信\n定州市信访局领导：\n我叫柳青禾，今年五十二岁，家住北城区清河花园小区３号\n楼2单元501室，我的身份证号999999198\n001010011，联系电话是13800000011，我的电子邮箱是liu\n@example.invalid。去年入冬以来，清河花园小区每天只来两\n个小时水，清泉物业公司以管道老化为由一直互相推诿不修理。\n恳请督促有关部门尽快修复管道。\n信访人：柳青禾\n2026年3月18日";
    let found = fields(scanned);
    assert_eq!(found.id_number.as_ref().map(|id| id.value.as_str()), Some(ID));
    assert_eq!(found.phones.iter().map(|phone| phone.value.as_str()).collect::<Vec<_>>(), ["13800000011"]);
    assert_eq!(found.address.as_ref().map(|a| a.value.as_str()), Some("北城区清河花园小区3号楼2单元501室"));
    assert_eq!(found.mail_address.as_ref().map(|a| a.value.as_str()), Some("liu@example.invalid"));
    assert_eq!(values(&found.names), ["柳青禾"]);
    assert_eq!(found.title.as_ref().map(|t| t.value.as_str()), Some("关于清河花园小区长期停水的信访信"));
}

#[test]
fn the_longest_text_is_read_in_time() {
    for piece in ["住", "我是", "信访人：张", "@", "路", "1", "村", "要求，", "王经理拖欠", "2026年", "\n", "张王李赵"]
    {
        let text: String = piece.chars().cycle().take(BODY_LIMIT).collect();
        let begun = processor_time();
        let _ = fields(&text);
        let taken = processor_time() - begun;
        assert!(taken.as_secs() < 5, "{piece} took {taken:?}");
    }
}

/// What this thread has taken of a processor: what else runs on the machine is not measured. The first figure of Linux's `schedstat`, in nanoseconds.
fn processor_time() -> std::time::Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    std::time::Duration::from_nanos(told.split(' ').next().unwrap().parse().unwrap())
}

proptest! {
    #[test]
    fn any_text_is_read_and_ranges_lie_inside_it(text in "[\\PC\n]{0,400}") {
        check_ranges(&text)?;
    }

    #[test]
    fn any_petition_like_text_is_read(pieces in proptest::collection::vec(prop_oneof![
        Just("我叫"), Just("信访人："), Just("张"), Just("欧阳"), Just("电话"), Just("138"), Just("0312-"), Just("2026年"), Just("2月30日"),
        Just("，"), Just("。"), Just("\n"), Just("家住"), Just("小区"), Just("村"), Just("公司"), Just("拖欠"), Just("要求"), Just("@"), Just("a.b"),
        Just("（"), Just("幺三八"), Just("身份证"), Just("999999198001010011"), Just("一、"), Just(" "), Just("X"), Just("㈱"), Just("ﬁ"), Just("转"),
    ], 0..80)) {
        check_ranges(&pieces.concat())?;
    }
}

fn check_ranges(text: &str) -> Result<(), TestCaseError> {
    let found = fields(text);
    let length = text.chars().count();
    let ranges = found
        .names
        .iter()
        .map(|f| &f.range)
        .chain(found.phones.iter().map(|f| &f.range))
        .chain(found.respondents.iter().map(|f| &f.name.range))
        .chain(found.impossible.iter().map(|f| &f.range))
        .chain(found.id_number.iter().map(|f| &f.range))
        .chain(
            [&found.address, &found.place, &found.title, &found.demand, &found.mail_address]
                .into_iter()
                .flatten()
                .map(|f| &f.range),
        )
        .chain(found.written_on.iter().map(|f| &f.range));
    for range in ranges {
        prop_assert!(range.start <= range.end && range.end <= length, "{:?} of {}", range, length);
    }
    let _ = found.into_statement(text, Located::body);
    Ok(())
}
