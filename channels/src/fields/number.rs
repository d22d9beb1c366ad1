//! Telephone, identity and organisation numbers.
//!
//! A number is given only when it validates. One that stands behind a label (`身份证号`, `电话`) or has the shape of an
//! identity number but does not validate is given as impossible, as it was written.

use case::identity::credit_code::CreditCode;
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;

use super::parties::{self, Holder};
use super::{Fields, Found, Text};
use crate::fields::surname;

/// The most digits that are looked at as one number; a bank account is longer than any number that we look for.
const RUN_LIMIT: usize = 24;
/// How far before a number its label may begin, in characters.
const LABEL_REACH: usize = 14;

/// A number that stands in the other side's part of a form is asked about.
const PERHAPS_OF_ANOTHER: f32 = 0.5;
/// Two numbers without anything between them are asked about.
const RUN_TOGETHER: f32 = 0.5;
/// How far before a number the relative may be named whose it is, in characters.
const KIN_REACH: usize = 40;
/// The digits of a mobile number.
const MOBILE_LENGTH: usize = 11;
/// The number of who speaks for the petitioner comes after the petitioner's own.
const OF_PROXY: f32 = 0.8;

/// What the words before a number say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    IdNumber,
    CreditCode,
    Phone,
    /// The number of a contract, an order, an account: none of those that are looked for, whatever its figures.
    Thing,
    None,
}

const LABELS: &[(&str, Label)] = &[
    ("身份证", Label::IdNumber),
    ("身份号码", Label::IdNumber),
    ("公民身份", Label::IdNumber),
    ("证件号", Label::IdNumber),
    ("信用代码", Label::CreditCode),
    ("电话", Label::Phone),
    ("手机", Label::Phone),
    ("联系方式", Label::Phone),
    ("座机", Label::Phone),
    ("打给我", Label::Phone),
    ("编号", Label::Thing),
    ("合同号", Label::Thing),
    ("案号", Label::Thing),
    ("单号", Label::Thing),
    ("订单", Label::Thing),
    ("账号", Label::Thing),
    ("帐号", Label::Thing),
    ("账户", Label::Thing),
    ("卡号", Label::Thing),
    ("户号", Label::Thing),
    ("发票号", Label::Thing),
    ("证书号", Label::Thing),
    ("流水号", Label::Thing),
];
/// Words that say the number is not the writer's own.
const OTHERS: &[&str] = &[
    "经理",
    "老板",
    "对方",
    "他的",
    "她的",
    "其电话",
    "负责人",
    "司机",
    "包工头",
    "公司电话",
    "书记",
    "主任",
    "房东",
    "客服",
    "物业电话",
    "店里",
    "店家",
    "商家",
    "他手机",
    "他电话",
];
/// Words that say it is the writer's own in spite of the above.
const OWN: &[&str] = &["我", "本人", "联系人", "信访人", "申请人", "申诉人", "反映人", "投诉人"];
/// What follows an amount or a count, not a telephone number.
const COUNTED: [char; 9] = ['元', '万', '亿', '亩', '户', '人', '吨', '块', '%'];

/// One digit of a run and where it stands.
struct Digit {
    digit: char,
    position: usize,
    /// What stands between this digit and the one before it.
    gap: Gap,
    /// Whether it was written as a Chinese numeral or said as one.
    spoken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Dash,
    Blank,
    Comma,
}

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut position = 0;
    while position < text.len() {
        if let Some(end) = credit_code(text, position, fields) {
            position = end;
            continue;
        }
        let begins = text.at(position).and_then(digit_value).is_some()
            && !text.before(position).is_some_and(|before| before.is_ascii_alphanumeric());
        if !begins {
            position += 1;
            continue;
        }
        let run = run_from(text, position);
        position = number(text, &run, fields).unwrap_or_else(|| end_of_group(&run, position));
    }
    fields.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
}

/// The digit that `character` stands for, in figures, as a Chinese numeral or as it is said on the telephone.
pub(crate) fn digit_value(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' => character,
        '零' | '〇' | '○' | '洞' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '两' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '拐' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '勾' | '玖' => '9',
        _ => return None,
    })
}

/// The digits from `start` on, across single separators.
fn run_from(text: &Text, start: usize) -> Vec<Digit> {
    let mut run = Vec::new();
    let mut position = start;
    let mut gap = Gap::None;
    while run.len() < RUN_LIMIT {
        let Some(character) = text.at(position) else { break };
        let check = matches!(character, 'x' | 'X' | '叉' | '×' | 'х' | 'Х') && run.len() == 17;
        if let Some((digits, end)) = counted_group(text, position) {
            for (place, digit) in digits.chars().enumerate().take(RUN_LIMIT.saturating_sub(run.len())) {
                let gap = if place == 0 { gap } else { Gap::None };
                run.push(Digit { digit, position: if run.is_empty() { position } else { end - 1 }, gap, spoken: true });
            }
            gap = Gap::None;
            position = end;
            continue;
        }
        if let Some((digit, times, end)) = several(text, position) {
            for time in 0..times.min(RUN_LIMIT.saturating_sub(run.len())) {
                let gap = if time == 0 { gap } else { Gap::None };
                // All rest on the last character, so that the number ends where the words do.
                run.push(Digit { digit, position: if run.is_empty() { position } else { end - 1 }, gap, spoken: true });
            }
            gap = Gap::None;
            position = end;
            continue;
        }
        if let Some(digit) = digit_value(character).or(check.then_some('X')) {
            let spoken = !character.is_ascii();
            run.push(Digit { digit, position, gap, spoken });
            gap = Gap::None;
            position += 1;
            continue;
        }
        gap = match (character, gap) {
            ('-' | '—' | '–' | '‑' | '−' | '‐' | '杠', Gap::None | Gap::Blank) => Gap::Dash,
            ('(' | ')' | ' ' | '\n', Gap::None | Gap::Dash | Gap::Blank) => {
                if gap == Gap::Dash {
                    Gap::Dash
                } else {
                    Gap::Blank
                }
            }
            // `138.0000.0001`, `138·0000·0001`
            ('.' | '·', Gap::None) if text.at(position + 1).is_some_and(|next| next.is_ascii_digit()) => Gap::Blank,
            (',' | '、' | '。', Gap::None) => Gap::Comma,
            _ => break,
        };
        position += 1;
    }
    run
}

/// `一百三十八`, `四十七`: a group of a number said as a count, its digits and where its words end. Only where a pause or the end of
/// the sentence follows, so that nothing is counted.
fn counted_group(text: &Text, position: usize) -> Option<(String, usize)> {
    let number = super::numeral::number_at(text, position)?;
    let spoken = text.chars(position..number.end).iter().any(|c| matches!(c, '十' | '百' | '千'))
        && text.chars(position..number.end).iter().all(|c| !c.is_ascii_digit() && !matches!(c, '万' | '亿'));
    let value = number.whole().filter(|value| spoken && (10..10_000).contains(value))?;
    let ends = text.at(number.end).is_none_or(|next| matches!(next, ',' | '。' | '、' | ' ' | '\n' | '!' | '?'));
    ends.then(|| (value.to_string(), number.end))
}

/// `八个零`: a digit said so many times, how many times, and where the words end.
fn several(text: &Text, position: usize) -> Option<(char, usize, usize)> {
    if text.at(position + 1) != Some('个') {
        return None;
    }
    let times = digit_value(text.at(position)?)?.to_digit(10).filter(|times| (2..=8).contains(times))?;
    let said = text.at(position + 2)?;
    // `三个1号楼`, `两个五百`: counted things.
    let counted = text
        .at(position + 3)
        .is_some_and(|next| matches!(next, '十' | '百' | '千' | '万' | '月' | '号' | '小' | '多' | '人'));
    Some((digit_value(said)?, usize::try_from(times).ok()?, position + 3)).filter(|_| !counted)
}

/// Where the first unbroken group of `run` ends.
fn end_of_group(run: &[Digit], start: usize) -> usize {
    let length = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    let last = length.checked_sub(1).and_then(|last| run.get(last)).map_or(start, |digit| digit.position);
    last.max(start) + 1
}

/// Takes the number that begins `run`, if it is one; gives where it ends.
fn number(text: &Text, run: &[Digit], fields: &mut Fields) -> Option<usize> {
    let start = run.first()?.position;
    let label = label_before(text, start);
    if label == Label::Thing {
        return None;
    }
    // The ends of groups, shortest first: `138 0000 0001` is tried as 3, 7 and 11 digits.
    let ends: Vec<usize> =
        (1..=run.len()).filter(|length| run.get(*length).is_none_or(|next| next.gap != Gap::None)).collect();
    // Identity numbers first: the beginning of one that was written in groups may look like a telephone number.
    for length in &ends {
        if let Some(end) = id_number(text, run.get(..*length)?, label, fields) {
            return Some(end);
        }
    }
    if label != Label::IdNumber {
        for length in &ends {
            if let Some(end) = phone(text, run.get(..*length)?, run.get(*length), label, fields) {
                return Some(end);
            }
        }
    }
    run_together(text, run, fields).or_else(|| impossible(text, run, *ends.last()?, label, fields))
}

/// Two mobile numbers of which the sign between them was lost: both are given, and both are asked about.
fn run_together(text: &Text, run: &[Digit], fields: &mut Fields) -> Option<usize> {
    let group = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    if group != 2 * MOBILE_LENGTH || spoken(run) {
        return None;
    }
    let (first, second) = run.get(..group)?.split_at_checked(MOBILE_LENGTH)?;
    let mobile = |part: &[Digit]| {
        let phone = Phone::parse(&part.iter().map(|digit| digit.digit).collect::<String>()).ok()?;
        let range = part.first()?.position..part.last()?.position + 1;
        phone.is_mobile().then_some((phone, range))
    };
    let both = [mobile(first)?, mobile(second)?];
    let (start, end) = (both[0].1.start, both[1].1.end);
    if !of_another(text, start) && parties::holder(text, start) != Holder::OtherSide {
        for (phone, range) in both {
            if !fields.phones.iter().any(|found| found.value == phone) {
                fields.phones.push(text.found(phone, RUN_TOGETHER, range));
            }
        }
    }
    Some(end)
}

/// Takes `part` as an identity number when it is one.
fn id_number(text: &Text, part: &[Digit], label: Label, fields: &mut Fields) -> Option<usize> {
    let (start, end) = (part.first()?.position, part.last()?.position + 1);
    let fits = part.len() == 18 || (part.len() == 15 && label == Label::IdNumber);
    if !fits || label == Label::CreditCode || lists_without_label(part, label) {
        return None;
    }
    let number = IdNumber::parse(&part.iter().map(|digit| digit.digit).collect::<String>()).ok()?;
    let own = !of_another(text, start) && matches!(parties::holder(text, start), Holder::Own | Holder::Unsaid);
    if fields.id_number.is_none() && own {
        let confidence = if label == Label::IdNumber { 0.98 } else { 0.9 };
        fields.id_number = Some(text.found(number, lowered(confidence, spoken(part)), start..end));
    }
    Some(end)
}

fn spoken(part: &[Digit]) -> bool {
    part.iter().any(|digit| digit.spoken)
}

/// Figures with commas between them are a list, unless they were said or a label says that they are one number.
fn lists_without_label(part: &[Digit], label: Label) -> bool {
    label == Label::None && !spoken(part) && part.iter().any(|digit| digit.gap == Gap::Comma)
}

/// Takes `part` as a telephone number when it is one.
fn phone(text: &Text, part: &[Digit], next: Option<&Digit>, label: Label, fields: &mut Fields) -> Option<usize> {
    let (start, end) = (part.first()?.position, part.last()?.position + 1);
    if lists_without_label(part, label) {
        return None;
    }
    let written = with_dashes(part);
    let (phone, end) = extended(text, &written, part, next).or_else(|| Some((Phone::parse(&written).ok()?, end)))?;
    let landline_without_sign = !phone.is_mobile() && !written.contains('-') && label != Label::Phone;
    if landline_without_sign || text.at(end).is_some_and(|next| COUNTED.contains(&next)) {
        return None;
    }
    let of_kin = of_kin(text, start);
    if (of_kin || !of_another(text, start)) && !fields.phones.iter().any(|found| found.value == phone) {
        let confidence = match (parties::holder(text, start), label) {
            (Holder::OtherSide, _) => return Some(end),
            _ if of_kin => PERHAPS_OF_ANOTHER,
            (Holder::PerhapsOtherSide, _) => PERHAPS_OF_ANOTHER,
            (Holder::Proxy, _) => OF_PROXY,
            (Holder::Own | Holder::Unsaid, Label::Phone) => 0.97,
            (Holder::Own | Holder::Unsaid, _) => 0.85,
        };
        fields.phones.push(text.found(phone, lowered(confidence, spoken(part)), start..end));
    }
    Some(end)
}

/// A landline with the extension that follows it: `0312-2345678-801` or `转801`.
fn extended(text: &Text, written: &str, part: &[Digit], next: Option<&Digit>) -> Option<(Phone, usize)> {
    let end = part.last()?.position + 1;
    let turn = text.skip(end, |character| matches!(character, ',' | ' '));
    let begins = if text.at(turn) == Some('转') {
        text.skip_blanks(turn + 1)
    } else {
        next.filter(|next| next.gap == Gap::Dash)?.position
    };
    let ends = text.skip(begins, |character| digit_value(character).is_some());
    let extension: String = text.chars(begins..ends).iter().filter_map(|character| digit_value(*character)).collect();
    let whole = Phone::parse(&format!("{written}-{extension}")).ok()?;
    (ends > begins && !whole.is_mobile()).then_some((whole, ends))
}

/// The digits of `part` with a dash where one was written.
fn with_dashes(part: &[Digit]) -> String {
    let mut written = String::new();
    for (place, digit) in part.iter().enumerate() {
        let area_code = written.starts_with('0') && (3..=4).contains(&place) && !written.contains('-');
        if digit.gap == Gap::Dash || (digit.gap != Gap::None && area_code) {
            written.push('-');
        }
        written.push(digit.digit);
    }
    written
}

/// Notes a number that was meant as one and cannot be right.
fn impossible(text: &Text, run: &[Digit], length: usize, label: Label, fields: &mut Fields) -> Option<usize> {
    let first_group = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    // Without a label only an unbroken run can be told from other figures.
    // Figures behind a comma or full stop are the next value: `身份证号…0419。2025年`. What is said goes on behind a pause.
    let typed = run.iter().skip(1).take_while(|digit| digit.gap != Gap::Comma && !digit.spoken).count() + 1;
    let typed = if run.get(typed).is_some_and(|digit| digit.spoken) { length } else { typed.min(length) };
    // So long a run without a gap is a whole identity number: the date of the next line is none of it.
    let taken = if label == Label::None || first_group >= 15 { first_group } else { typed };
    let part = run.get(..taken)?;
    let (start, mut end) = (part.first()?.position, part.last()?.position + 1);
    // A letter right behind belongs to what was written.
    end = text.skip(end, |character| character.is_ascii_alphanumeric());
    let digits: String = part.iter().map(|digit| digit.digit).collect();
    let birth =
        digits.get(6..10).and_then(|year| year.parse::<u16>().ok()).is_some_and(|year| (1900..2100).contains(&year));
    let field = match label {
        Label::IdNumber if digits.len() >= 10 => "id_number",
        Label::CreditCode if digits.len() >= 10 => "credit_code",
        Label::Phone if (7..=RUN_LIMIT).contains(&digits.len()) => "phone",
        Label::None if (17..=18).contains(&digits.len()) && birth => "id_number",
        Label::IdNumber | Label::CreditCode | Label::Phone | Label::Thing | Label::None => return None,
    };
    let amount = text.at(end).is_some_and(|next| COUNTED.contains(&next) || matches!(next, '年' | '.'));
    if amount || of_another(text, start) || parties::holder(text, start) == Holder::OtherSide {
        return None;
    }
    fields.impossible.push(text.impossible(field, start..end));
    Some(end)
}

/// Takes the organisation code that begins at `start`, if one does.
fn credit_code(text: &Text, start: usize, fields: &mut Fields) -> Option<usize> {
    let begins = text.at(start)?.is_ascii_alphanumeric()
        && !text
            .before(start)
            .is_some_and(|before| before.is_ascii_alphanumeric() || matches!(before, '@' | '.' | '-' | '_'));
    if !begins {
        return None;
    }
    let end = text.skip(start, |character| character.is_ascii_alphanumeric());
    let labelled = label_before(text, start) == Label::CreditCode;
    let written = text.string(start..end);
    let letters = written.chars().take(17).any(|character| character.is_ascii_uppercase());
    if written.len() != 18 || !(labelled || letters) || !written.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    match CreditCode::parse(&written) {
        Ok(code) => {
            fields.credit_code.get_or_insert_with(|| text.found(code, if labelled { 0.97 } else { 0.7 }, start..end));
        }
        Err(_) if labelled => fields.impossible.push(text.impossible("credit_code", start..end)),
        Err(_) => return None,
    }
    Some(end)
}

/// The label that stands nearest before `start` in the same sentence.
fn label_before(text: &Text, start: usize) -> Label {
    let from = (start.saturating_sub(LABEL_REACH)..start)
        .rev()
        .find(|position| matches!(text.at(*position), Some('。' | ';')))
        .map_or_else(|| start.saturating_sub(LABEL_REACH), |stop| stop + 1);
    // Another number in between has taken the label.
    let from = (from..start)
        .rev()
        .find(|position| text.at(*position).is_some_and(|c| c.is_ascii_digit()))
        .map_or(from, |digit| digit + 1);
    (from..start)
        .rev()
        .find_map(|position| {
            let (_, label) = LABELS.iter().find(|(word, _)| text.has(position, word))?;
            // `身份证编号`
            let of_card = (from..position).any(|before| before + 4 >= position && text.has(before, "身份证"));
            Some(if *label == Label::Thing && of_card { Label::IdNumber } else { *label })
        })
        .unwrap_or(Label::None)
}

/// Whether the words before `start` say that the number is somebody else's.
fn of_another(text: &Text, start: usize) -> bool {
    let from = (start.saturating_sub(16)..start)
        .rev()
        .find(|position| matches!(text.at(*position), Some('。' | ';' | '\n')))
        .map_or_else(|| start.saturating_sub(16), |stop| stop + 1);
    let last = |words: &[&str]| (from..start).rev().find(|position| words.iter().any(|word| text.has(*position, word)));
    // `王经理，电话…`, `园长叫贾美凤，电话…`
    let titled = (from..start).any(|position| {
        let called = |end: usize| {
            let (_, name) = text.one_of(end, &["名叫", "叫", "是", ":"])?;
            surname::name_at(text, name).filter(|name| name.known_surname && name.set_off)
        };
        text.at(position).is_some_and(surname::is_single) && text.one_of(position + 1, surname::TITLES).is_some()
            || text.one_of(position, surname::TITLES).is_some_and(|(_, end)| called(end).is_some())
    });
    if asked_somebody(text, start) {
        return true;
    }
    // `联系人：刘经理 138…` signs for a firm.
    let labelled = text.all_of(from..start, &["联系人:", "联系人"]).map(|(_, label)| label.end).last();
    if labelled.is_some_and(|label| text.one_of(label + 1, surname::TITLES).is_some()) {
        return false;
    }
    match (last(OTHERS), last(OWN)) {
        (Some(other), Some(own)) => other > own,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => titled,
    }
}

/// `找俺闺女，她的电话…`: where the petitioner is reached, if not by a number of their own.
fn of_kin(text: &Text, start: usize) -> bool {
    const KIN: &[&str] = &[
        "闺女", "女儿", "儿子", "俺儿", "孙子", "孙女", "爱人", "老伴", "妻子", "丈夫", "媳妇", "女婿", "儿媳", "侄子",
        "侄女", "外甥", "弟弟", "哥哥", "姐姐", "妹妹", "母亲", "父亲",
    ];
    const OWN: [char; 3] = ['我', '俺', '咱'];
    let first = start.saturating_sub(KIN_REACH);
    let from = (first..start).rev().find(|at| matches!(text.at(*at), Some('。' | ';' | '\n'))).unwrap_or(first);
    let last = text.all_of(from..start, KIN).last();
    let beside = |kin: usize| text.chars(kin.saturating_sub(2)..kin + 1).iter().any(|c| OWN.contains(c));
    last.is_some_and(|(_, kin)| beside(kin.start))
        && text.any_of(from..start, &["他的", "她的", "他电话", "她电话", "他手机", "她手机"])
}

/// Identity numbers that stand where it is not plain whose they are, such as in the rows of an enclosed contract, when the writer
/// gave none of their own: the one below the writer's name, or else the first. A person is asked.
pub(super) fn perhaps_own_id(text: &Text, fields: &mut Fields) {
    if fields.id_number.is_some() {
        return;
    }
    let mut best: Option<(bool, Found<IdNumber>)> = None;
    let mut position = 0;
    while position < text.len() {
        let begins = text.at(position).is_some_and(|c| c.is_ascii_digit())
            && !text.before(position).is_some_and(|before| before.is_ascii_alphanumeric());
        if !begins {
            position += 1;
            continue;
        }
        let run = run_from(text, position);
        let number =
            run.get(..18).and_then(|run| IdNumber::parse(&run.iter().map(|one| one.digit).collect::<String>()).ok());
        let asked = || parties::holder(text, position) == Holder::PerhapsOtherSide && !of_another(text, position);
        if let Some(number) = number.filter(|_| asked()) {
            let party = text.string(parties::rows_before(text, position));
            let named = fields.names.first().is_some_and(|name| party.contains(&name.value));
            if best.as_ref().is_none_or(|(earlier, _)| named && !earlier) {
                let last = run.get(17).map_or(position, |digit| digit.position + 1);
                best = Some((named, text.found(number, PERHAPS_OF_ANOTHER, position..last)));
            }
        }
        position = end_of_group(&run, position);
    }
    fields.id_number = best.map(|(_, found)| found);
}

/// `我找过教育股的人，电话是…`: the number of whom the writer turned to, not of the writer.
fn asked_somebody(text: &Text, start: usize) -> bool {
    const REACH: usize = 40;
    const TURNED: &[&str] = &["找过", "找了", "找到", "问过", "问了", "打给", "联系过", "联系了", "咨询过", "咨询了"];
    const SOMEBODY: &[&str] = &["的人,", "的同志,", "人员,", "的领导,", "的老师,"];
    let from = (start.saturating_sub(REACH)..start)
        .rev()
        .find(|position| matches!(text.at(*position), Some('。' | ';' | '\n')))
        .map_or_else(|| start.saturating_sub(REACH), |stop| stop + 1);
    let somebody = text.all_of(from..start, SOMEBODY).map(|(_, range)| range).last();
    somebody.is_some_and(|range| {
        text.any_of(from..range.start, TURNED)
            && !text.any_of(range.end..start, OWN)
            && LABELS.iter().any(|(word, label)| *label == Label::Phone && text.has(range.end, word))
    })
}

fn lowered(confidence: f32, spoken: bool) -> f32 {
    if spoken { confidence - 0.1 } else { confidence }
}
