use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::field::{Confidence, Doubt, Field, Verdict};
use crate::identity::key::{IdentityKind, IdentitySecret, identity_keys};
use crate::identity::phone::Phone;
use crate::mention::{Mention, MentionKind};
use crate::petitioner::Petitioner;
use crate::respondent::Respondent;
use crate::statement::{Mark, Statement};
use crate::verification::{Draft, DraftValue};

fn read_on_page<T>(value: T) -> Field<T> {
    let source = Source::Page { page: 1, area: None, engine: "tesseract".to_owned() };
    Field::new(value, Confidence::new(0.5), source)
}

/// A letter as it was read: two telephone numbers, a doubtful name, an identity number that cannot be right.
fn letter() -> Statement {
    let mut statement = Statement::new(
        read_on_page("路灯不壳".to_owned()),
        "北门街路灯不壳。\n请修复，电话13800000007。\n张甲".to_owned(),
    );
    statement.petitioners = vec![Petitioner {
        name: Some(read_on_page("张申".to_owned())),
        phones: ["13800000007", "13800000002"].map(|phone| read_on_page(Phone::parse(phone).unwrap())).to_vec(),
        ..Petitioner::default()
    }];
    statement.respondents =
        vec![Respondent { name: read_on_page("路灯所".to_owned()), post: Some("所长".to_owned()), unit: None }];
    statement.marks = vec![
        Mark::Doubtful { field: "name".to_owned() },
        Mark::Impossible { field: "id_number".to_owned(), written: "13068219800101001".to_owned() },
    ];
    statement.with_missing_marked()
}

fn by(number: u128) -> Correction {
    Correction {
        id: CorrectionId::from_uuid(Uuid::from_u128(number)),
        submission: SubmissionId::from_uuid(Uuid::from_u128(1)),
        change: Change::Line { page: 1, line: 0, start: 0, end: 0, before: String::new(), after: String::new() },
        read_from: None,
        by: StaffId::from_uuid(Uuid::from_u128(9)),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn field(field: FieldName, place: u16, after: Option<&str>) -> Correction {
    let change = Change::Field { field, place, before: None, after: after.map(ToOwned::to_owned) };
    Correction { change, ..by(2) }
}

fn line(start: u32, end: u32, after: &str) -> Correction {
    let change = Change::Line {
        page: 1,
        line: u16::try_from(start).unwrap(),
        start,
        end,
        before: String::new(),
        after: after.to_owned(),
    };
    Correction { change, ..by(3) }
}

#[test]
fn without_corrections_a_submission_says_what_was_read() {
    assert_eq!(effective(letter(), &[], false), letter());
}

#[test]
fn a_corrected_number_takes_its_place_and_comes_from_the_person() {
    let corrected = effective(letter(), &[field(FieldName::Phone, 0, Some("138 0000 0001"))], false);
    let phones: Vec<&str> = corrected.petitioners[0].phones.iter().map(|phone| phone.value.as_str()).collect();
    assert_eq!(phones, ["13800000001", "13800000002"]);
    assert!(matches!(corrected.petitioners[0].phones[0].source, Source::Staff { .. }));
    assert_eq!(corrected.petitioners[0].phones[0].confidence, Confidence::CERTAIN);
    assert!(matches!(corrected.petitioners[0].phones[1].source, Source::Page { .. }), "the other one is as it was");
}

#[test]
fn a_corrected_number_is_another_identity() {
    let secret = IdentitySecret::new([7; 32]);
    let keys = |statement: &Statement| {
        let keys = identity_keys(statement, &secret);
        keys.into_iter().filter(|key| key.kind == IdentityKind::Phone).collect::<Vec<_>>()
    };
    let corrected = effective(letter(), &[field(FieldName::Phone, 0, Some("13800000001"))], false);
    assert_eq!(keys(&corrected).len(), 2);
    assert_ne!(keys(&corrected), keys(&letter()));
}

#[test]
fn the_latest_correction_of_a_part_stands() {
    let corrections = [
        field(FieldName::Name, 0, Some("张由")),
        field(FieldName::Name, 0, Some("张甲")),
        field(FieldName::Phone, 1, None),
    ];
    let corrected = effective(letter(), &corrections, false);
    assert_eq!(corrected.petitioners[0].name.as_ref().unwrap().value, "张甲");
    assert_eq!(corrected.petitioners[0].phones.len(), 1);
    assert!(!corrected.marks.contains(&Mark::Doubtful { field: "name".to_owned() }));
    assert_eq!(standing(&letter(), &corrections, FieldName::Phone), [Some("13800000007".to_owned()), None]);
}

#[test]
fn an_impossible_number_can_be_put_right_or_stand_as_it_is_on_the_paper() {
    assert_eq!(written(&letter(), FieldName::IdNumber), ["13068219800101001"]);
    let right = effective(letter(), &[field(FieldName::IdNumber, 0, Some("13068219800101001X"))], false);
    assert_eq!(right.petitioners[0].id_number.as_ref().unwrap().value.as_str(), "13068219800101001X");
    assert!(!right.marks.iter().any(|mark| matches!(mark, Mark::Impossible { .. })));
    let wrong = effective(letter(), &[field(FieldName::IdNumber, 0, Some("1306821980010100"))], true);
    assert_eq!(wrong.petitioners[0].id_number, None);
    let mark = Mark::Impossible { field: "id_number".to_owned(), written: "1306821980010100".to_owned() };
    assert!(wrong.marks.contains(&mark), "a confirmation does not make it possible: {:?}", wrong.marks);
}

#[test]
fn what_is_taken_out_is_missing() {
    let corrections =
        [field(FieldName::Phone, 0, None), field(FieldName::Phone, 1, None), field(FieldName::Name, 0, Some("  "))];
    let corrected = effective(letter(), &corrections, false);
    assert!(corrected.marks.contains(&Mark::MissingPhone) && corrected.marks.contains(&Mark::MissingName));
    assert_eq!(corrected.petitioners, [], "nothing is known of anybody");
}

#[test]
fn what_nobody_found_can_be_given() {
    let mut read = letter();
    read.petitioners.clear();
    let corrections = [
        field(FieldName::Name, 0, Some("张甲")),
        field(FieldName::Name, 1, Some("李乙")),
        field(FieldName::Address, 0, Some("北门街12号")),
        field(FieldName::WrittenOn, 0, Some("2026-11-20")),
        field(FieldName::Demand, 0, Some("请修复")),
        field(FieldName::Place, 0, Some("北城区")),
        field(FieldName::Respondent, 1, Some("王丙")),
    ];
    let corrected = effective(read, &corrections, false);
    let names: Vec<&str> =
        corrected.petitioners.iter().filter_map(|one| one.name.as_ref()).map(|name| name.value.as_str()).collect();
    assert_eq!(names, ["张甲", "李乙"]);
    assert_eq!(corrected.petitioners[0].address.as_ref().unwrap().value, "北门街12号");
    assert_eq!(corrected.written_on.as_ref().unwrap().value.to_string(), "2026-11-20");
    assert_eq!(corrected.demand.as_ref().unwrap().value, "请修复");
    assert_eq!(corrected.place.as_ref().unwrap().value.text, "北城区");
    assert_eq!(corrected.respondents.len(), 2);
    assert_eq!(corrected.respondents[0].post.as_deref(), Some("所长"));
}

#[test]
fn lines_are_put_right_in_the_body() {
    // In the order of the clock, not of the page.
    let corrections = [line(28, 30, "张丙"), line(0, 8, "北门街的路灯不亮。"), line(400, 410, "不在正文中")];
    assert_eq!(effective(letter(), &corrections, false).body, "北门街的路灯不亮。\n请修复，电话13800000007。\n张丙");
}

#[test]
fn what_was_checked_is_certain() {
    let checked = effective(letter(), &[], true);
    assert_eq!(checked.confidence(), Confidence::CERTAIN);
    assert!(!checked.marks.iter().any(|mark| matches!(mark, Mark::Doubtful { .. })));
    assert!(checked.marks.iter().any(|mark| matches!(mark, Mark::Impossible { .. })), "it is still impossible");
    assert!(matches!(checked.title.source, Source::Page { .. }), "and still known where it was read");
}

#[test]
fn nothing_is_asked_about_what_was_put_right_or_checked() {
    let asked = Verdict::Asked { why: Doubt::EnginesDisagree };
    let mut read = letter();
    read.petitioners[0].phones[0] = read.petitioners[0].phones[0].clone().judged(asked);
    let mark = |field: &str| Mark::Asked { field: field.to_owned(), why: Doubt::ReadOnce, readings: Vec::new() };
    read.marks.extend([mark("phone"), mark("amount")]);
    let corrected = effective(read.clone(), &[field(FieldName::Phone, 0, Some("13800000001"))], false);
    assert!(!corrected.marks.contains(&mark("phone")) && corrected.marks.contains(&mark("amount")));
    assert!(!corrected.petitioners[0].phones[0].verdict.is_asked());
    let checked = effective(read, &[], true);
    assert!(!checked.marks.contains(&mark("phone")) && !checked.marks.contains(&mark("amount")));
    assert!(!checked.petitioners[0].phones[0].verdict.is_asked());
}

#[test]
fn an_amount_whose_line_was_put_right_is_forgotten_and_the_others_are_settled() {
    let asked = Verdict::Asked { why: Doubt::EnginesDisagree };
    let amount = |said: &str, value: &str| Mention {
        kind: MentionKind::Amount,
        said: said.to_owned(),
        value: read_on_page(value.to_owned()).judged(asked),
    };
    let mut read = letter();
    read.mentions = vec![amount("三万元", "30000"), amount("路灯", "5")];
    let values = |statement: &Statement| -> Vec<(String, bool)> {
        statement.mentions.iter().map(|one| (one.said.clone(), one.value.verdict.is_asked())).collect()
    };
    let corrected = effective(read.clone(), &[line(28, 30, "张丙")], false);
    assert_eq!(values(&corrected), [("路灯".to_owned(), true)], "三万元 does not stand in the body");
    let checked = effective(read, &[], true);
    assert_eq!(values(&checked), [("三万元".to_owned(), false), ("路灯".to_owned(), false)]);
}

#[test]
fn numbers_and_dates_have_one_written_form() {
    assert_eq!(FieldName::Phone.canonical("138-0000-0001").unwrap(), "13800000001");
    assert_eq!(FieldName::WrittenOn.canonical(" 2026-11-24").unwrap(), "2026-11-24");
    assert!(FieldName::Phone.canonical("1380000000").is_err());
    assert!(FieldName::IdNumber.canonical("130682198001010012").unwrap_err().contains("校验位"));
    assert!(FieldName::WrittenOn.canonical("2026-02-30").is_err());
}

fn any_part() -> impl Strategy<Value = Part> {
    prop_oneof![
        (proptest::sample::select(FieldName::ALL.to_vec()), any::<u16>())
            .prop_map(|(field, place)| Part::Field { field, place }),
        any::<(u16, u16)>().prop_map(|(page, line)| Part::Line { page, line }),
    ]
}

proptest! {
    #[test]
    fn a_part_is_read_from_its_name(part in any_part()) {
        prop_assert_eq!(part.to_string().parse::<Part>(), Ok(part));
        let json = serde_json::to_string(&part).unwrap();
        prop_assert_eq!(serde_json::from_str::<Part>(&json).unwrap(), part);
    }

    #[test]
    fn what_is_no_part_stays_none(text in "(line|phone|x)?[.0-9+ -]{0,8}") {
        if let Ok(part) = text.parse::<Part>() {
            prop_assert_eq!(part.to_string(), text);
        }
    }

    #[test]
    fn any_corrections_give_a_statement(
        fields in proptest::collection::vec(
            (proptest::sample::select(FieldName::ALL.to_vec()), any::<u16>(), proptest::option::of("\\PC{0,12}")), 0..12),
        lines in proptest::collection::vec((0_u32..40, 0_u32..40, "\\PC{0,6}"), 0..6),
        checked in any::<bool>(),
    ) {
        let corrections: Vec<Correction> = fields
            .iter()
            .map(|(name, place, after)| field(*name, *place, after.as_deref()))
            .chain(lines.iter().map(|(start, end, after)| line(*start, *end, after)))
            .collect();
        let once = effective(letter(), &corrections, checked);
        prop_assert_eq!(&effective(letter(), &corrections, checked), &once);
        for phone in once.petitioners.iter().flat_map(|petitioner| &petitioner.phones) {
            prop_assert!(Phone::parse(phone.value.as_str()).is_ok());
        }
    }
}

#[test]
fn corrections_keep_their_value_and_their_line_in_a_later_reading() {
    let corrections = [
        field(FieldName::Phone, 0, Some("13800000001")),
        field(FieldName::Phone, 2, Some("13800000005")),
        field(FieldName::WrittenOn, 0, Some("2026-11-20")),
        line(0, 8, "北门街路灯不亮。"),
    ];
    // A page before the others is read now: another number stands first, and the lines further on.
    let mut later = letter();
    later.petitioners[0].phones.insert(0, read_on_page(Phone::parse("13800000003").unwrap()));
    let line_in = |_page, line| Some(ReadLine { line, range: 40..48 });
    let moved = moved(&letter(), &later, &corrections, line_in);
    let changes: Vec<&Change> = moved.iter().map(|correction| &correction.change).collect();
    assert!(matches!(changes[0], Change::Field { field: FieldName::Phone, place: 1, .. }), "{changes:?}");
    assert!(
        matches!(changes[1], Change::Field { field: FieldName::Phone, place: 3, .. }),
        "given by a person: {changes:?}"
    );
    assert!(matches!(changes[2], Change::Line { start: 40, end: 48, .. }), "{changes:?}");
    assert_eq!(changes.len(), 3, "the date stays where it is");
    let phones: Vec<String> = standing(&later, &moved, FieldName::Phone).into_iter().flatten().collect();
    assert_eq!(phones, ["13800000003", "13800000001", "13800000002", "13800000005"]);
}

#[test]
fn a_draft_stays_with_the_value_that_it_is_about() {
    let mut later = letter();
    later.petitioners[0].phones.insert(0, read_on_page(Phone::parse("13800000003").unwrap()));
    let value = |field, place| DraftValue { part: Part::Field { field, place }, text: "138".to_owned() };
    let typed = [value(FieldName::Phone, 1), value(FieldName::Phone, 2), value(FieldName::Title, 0)];
    let draft = Draft { values: typed.to_vec(), saved_at: None };
    let moved = moved_draft(&draft, (&letter(), &[]), (&later, &[]));
    let parts: Vec<String> = moved.values.iter().map(|value| value.part.to_string()).collect();
    assert_eq!(parts, ["phone.2", "phone.3", "title.0"]);
}
