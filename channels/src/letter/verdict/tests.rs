use case::field::Source;

use super::super::made::page;
use super::super::record::ENGINE_PPOCR;
use super::*;

/// Lines as PP-OCR read them, and as Tesseract did where it was asked.
fn statement(lines: &[(&str, Option<&str>)], engine: &str) -> Statement {
    let pages = [page(lines, engine)];
    let text = LetterText::of(&pages);
    let found = fields::read(&text.text, &fields::Context::default());
    let ranges = Ranges::of(&found);
    let mut statement = found.into_statement(&text.text, |range| text.locate(range));
    judge(&mut statement, &ranges, &text, &pages);
    statement
}

fn phone(lines: &[(&str, Option<&str>)]) -> (String, Verdict, f32) {
    let statement = statement(lines, ENGINE_PPOCR);
    let phone = &statement.petitioners[0].phones[0];
    (phone.value.as_str().to_owned(), phone.verdict, phone.confidence.value())
}

fn asked(statement: &Statement, name: &str) -> Vec<(Doubt, Vec<String>)> {
    let asked = statement.marks.iter().filter_map(|mark| match mark {
        Mark::Asked { field, why, readings } if field == name => Some((*why, readings.clone())),
        _ => None,
    });
    asked.collect()
}

#[test]
fn a_number_that_two_engines_read_alike_counts() {
    let (number, verdict, confidence) =
        phone(&[("我叫张三，电话13800000001。", Some("我叫张三,电话 138 0000 0001。"))]);
    assert_eq!((number.as_str(), verdict), ("13800000001", Verdict::Confirmed));
    assert!(confidence >= 0.6);
}

#[test]
fn two_numbers_run_together_are_both_asked_though_the_engines_agree() {
    let line = "我叫张三，电话1380000000113800000002，家住北门街。";
    let statement = statement(&[(line, Some(line))], ENGINE_PPOCR);
    let phones: Vec<_> = statement.petitioners[0].phones.iter().map(|one| (one.value.as_str(), one.verdict)).collect();
    let verdict = Verdict::Asked { why: Doubt::Unclear };
    assert_eq!(phones, [("13800000001", verdict), ("13800000002", verdict)]);
    assert!(statement.petitioners[0].phones.iter().all(|one| one.confidence.value() < 0.6), "not shown as sure");
    assert_eq!(asked(&statement, "phone").len(), 2);
}

#[test]
fn the_number_of_everybody_who_signs_is_compared_where_it_stands() {
    let line = |text: &'static str| (text, Some(text));
    let lines = [
        line("关于电梯停运的反映"),
        line("我们是清河花园小区五号楼的业主，五号楼的电梯从八月起停运，物业公司说没有维修资金，请求修复。"),
        line("联名人："),
        line("张三丰 13800000035"),
        line("李春梅 13800000036"),
        ("王根生 13800000037", Some("王根生 13800000087")),
    ];
    let statement = statement(&lines, ENGINE_PPOCR);
    let told: Vec<_> = statement
        .petitioners
        .iter()
        .flat_map(|one| one.phones.iter().map(|phone| (one.name.as_ref().unwrap().value.as_str(), phone.verdict)))
        .collect();
    let asked = |why| Verdict::Asked { why };
    assert_eq!(
        told,
        [("张三丰", Verdict::Confirmed), ("李春梅", Verdict::Confirmed), ("王根生", asked(Doubt::EnginesDisagree))]
    );
}

#[test]
fn a_number_that_may_be_anothers_is_asked_though_the_engines_agree() {
    let lines = ["申请人：张三，住北门街。", "被申请人：李四，住南门街。", "电话13800000001"];
    let statement = statement(&lines.map(|line| (line, Some(line))), ENGINE_PPOCR);
    let phones = statement.petitioners.iter().flat_map(|one| &one.phones);
    assert!(phones.clone().all(|one| one.verdict.is_asked()), "{:?}", phones.collect::<Vec<_>>());
}

#[test]
fn a_number_that_two_engines_read_differently_is_asked_with_both() {
    let lines = [("我叫张三，电话13800000001。", Some("我叫张三，电话13800000007。"))];
    let (_, verdict, confidence) = phone(&lines);
    assert_eq!(verdict, Verdict::Asked { why: Doubt::EnginesDisagree });
    assert!(confidence < 0.6, "and is not shown as sure");
    let readings = vec!["13800000001".to_owned(), "13800000007".to_owned()];
    assert_eq!(asked(&statement(&lines, ENGINE_PPOCR), "phone"), [(Doubt::EnginesDisagree, readings)]);
}

#[test]
fn a_number_of_which_the_second_engine_read_more_is_another_number() {
    let (_, verdict, _) = phone(&[("电话13800000001。", Some("电话138000000012。"))]);
    assert_eq!(verdict, Verdict::Asked { why: Doubt::EnginesDisagree });
}

#[test]
fn a_number_that_one_engine_read_is_asked_and_one_that_came_with_the_file_is_not() {
    let (_, verdict, _) = phone(&[("电话13800000001。", None)]);
    assert_eq!(verdict, Verdict::Asked { why: Doubt::ReadOnce });
    let statement = statement(&[("电话13800000001。", None)], ENGINE_TEXT_LAYER);
    assert_eq!(statement.petitioners[0].phones[0].verdict, Verdict::Valid);
}

#[test]
fn a_lost_leading_one_is_proposed_and_asked() {
    let lines = [("我叫张三，联系电话3603127789，请回电。", Some("联系电话3603127789"))];
    let statement = statement(&lines, ENGINE_PPOCR);
    let phone = &statement.petitioners[0].phones[0];
    assert_eq!((phone.value.as_str(), phone.verdict), ("13603127789", Verdict::Asked { why: Doubt::Completed }));
    assert!(matches!(phone.source, Source::Page { page: 1, area: Some(_), .. }), "it knows its place");
    assert_eq!(asked(&statement, "phone"), [(Doubt::Completed, vec!["13603127789".to_owned()])]);
    assert!(!statement.marks.contains(&Mark::MissingPhone));
}

#[test]
fn two_numbers_on_one_line_are_judged_each() {
    let lines = [("电话13800000001或13900000002。", Some("电话13800000001或13900000003。"))];
    let statement = statement(&lines, ENGINE_PPOCR);
    let verdicts: Vec<(&str, bool)> =
        statement.petitioners[0].phones.iter().map(|phone| (phone.value.as_str(), phone.verdict.is_asked())).collect();
    assert_eq!(verdicts, [("13800000001", false), ("13900000002", true)]);
}

#[test]
fn a_number_over_two_lines_needs_both() {
    let lines = |second: &'static str| {
        [
            ("我家住在北门街十二号院里，电话是13800", Some("我家住在北门街十二号院里，电话是13800")),
            ("000001。请尽快处理门前路灯不亮的问题。", Some(second)),
        ]
    };
    assert_eq!(phone(&lines("000001。请尽快处理")).1, Verdict::Confirmed);
    assert!(phone(&lines("000007。请尽快处理")).1.is_asked());
}

#[test]
fn identity_numbers_with_a_wrong_checksum_are_asked() {
    let lines = [("我叫张三，身份证号130682198001010010。", Some("身份证号130682198001010010"))];
    let statement = statement(&lines, ENGINE_PPOCR);
    assert!(statement.petitioners.first().is_none_or(|person| person.id_number.is_none()));
    assert_eq!(asked(&statement, "id_number").len(), 1);
}

#[test]
fn names_are_asked_when_they_differ_or_have_no_known_surname() {
    let verdict = |line, other| statement(&[(line, other)], ENGINE_PPOCR).petitioners[0].name.clone().unwrap().verdict;
    assert_eq!(verdict("我叫张小三，住在北门街。", Some("我叫张小三,住在北门街。")), Verdict::Confirmed);
    let differs = verdict("我叫张小三，住在北门街。", Some("我叫张小王,住在北门街。"));
    assert_eq!(differs, Verdict::Asked { why: Doubt::EnginesDisagree });
}

#[test]
fn an_amount_that_differs_is_asked() {
    let read = |other| asked(&statement(&[("拖欠工资18600元，至今未付。", Some(other))], ENGINE_PPOCR), "amount");
    assert!(read("拖欠工资18600元,至今未付。").is_empty());
    assert_eq!(read("拖欠工资13600元"), [(Doubt::EnginesDisagree, vec!["18600元".to_owned(), "13600元".to_owned()])]);
}

#[test]
fn amounts_are_written_down_with_what_both_engines_say() {
    let lines = [
        ("他借走叁万贰仟元整，写了借条。", Some("他借走叁万贰仟元整,写了借条。")),
        ("后来又借二十三万元，没有还过。", Some("后来又借二十二万元,没有还过。")),
    ];
    let statement = statement(&lines, ENGINE_PPOCR);
    let told: Vec<_> = statement.mentions.iter().map(|one| (one.value.value.as_str(), one.value.verdict)).collect();
    let disputed = Verdict::Asked { why: Doubt::EnginesDisagree };
    assert_eq!(told, [("32000", Verdict::Confirmed), ("230000", disputed)]);
    assert!(matches!(statement.mentions[0].value.source, Source::Page { page: 1, area: Some(_), .. }), "and where");
    assert!(
        statement.mentions[0].value.confidence.value() >= 0.6 && statement.mentions[1].value.confidence.value() < 0.6
    );
}

#[test]
fn a_day_that_two_engines_read_differently_is_asked() {
    let read = |other: Option<&str>| {
        let lines = [
            ("关于路灯不亮的反映", None),
            ("我们村北街的路灯坏了三个月没有人修。", None),
            ("张三丰", None),
            ("2026年3月18日", other),
        ];
        let statement = statement(&lines, ENGINE_PPOCR);
        let day = statement.written_on.clone().unwrap();
        (day.verdict, asked(&statement, "written_on"))
    };
    assert_eq!(read(Some("2026年3月18日")), (Verdict::Confirmed, Vec::new()));
    let both = vec!["2026-03-18".to_owned(), "2026-08-18".to_owned()];
    let why = Doubt::EnginesDisagree;
    assert_eq!(read(Some("2026年8月18日")), (Verdict::Asked { why }, vec![(why, both)]));
    // What is no day at all says nothing against one that exists.
    assert_eq!(read(Some("2O26 年 3 ¥18")), (Verdict::Valid, Vec::new()));
    assert_eq!(read(None), (Verdict::Valid, Vec::new()));
}

#[test]
fn the_number_of_who_speaks_for_somebody_is_compared_as_well() {
    let lines = |other: &'static str| {
        let proxy = "委托代理人：李四海，系申请人之子，电话13800000002。";
        [("申请人：张三丰，住北门街。", Some("申请人：张三丰，住北门街。")), (proxy, Some(other))]
    };
    let of = |other| {
        let statement = statement(&lines(other), ENGINE_PPOCR);
        let proxy = statement.proxy.iter().chain(&statement.petitioners);
        let found: Vec<Verdict> = proxy.flat_map(|one| &one.phones).map(|phone| phone.verdict).collect();
        (found, asked(&statement, "phone").len())
    };
    let same = of("委托代理人：李四海，系申请人之子，电话13800000002。");
    // It stands for the petitioner too, who gave none.
    assert_eq!(same, (vec![Verdict::Confirmed; 2], 0));
    let other = of("委托代理人：李四海，系申请人之子，电话13800000007。");
    assert_eq!(other, (vec![Verdict::Asked { why: Doubt::EnginesDisagree }; 2], 2));
}
