//! What the words before a number say that it is.
//!
//! The nearest label counts, and only up to another number, which has taken the labels before it.

use super::super::Text;

/// How far before a number its label may begin, in characters.
const LABEL_REACH: usize = 14;

/// What the words before a number say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    IdNumber,
    CreditCode,
    Phone,
    /// The number of a contract, an order, an account: none of those that are looked for, whatever its figures.
    Thing,
    None,
}

pub(super) const LABELS: &[(&str, Label)] = &[
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
    // `退伍证号`, `执业证号`; `身份证号` is known by what stands before it.
    ("证号", Label::Thing),
    ("执照", Label::Thing),
    ("注册号", Label::Thing),
    ("许可证", Label::Thing),
    ("表号", Label::Thing),
    ("回执", Label::Thing),
    ("运单", Label::Thing),
    ("保单", Label::Thing),
    ("工单", Label::Thing),
    ("受理号", Label::Thing),
    ("QQ", Label::Thing),
    ("传真", Label::Thing),
    ("运输证", Label::Thing),
    ("车牌", Label::Thing),
];

/// The label that stands nearest before `start` in the same sentence.
pub(super) fn label_before(text: &Text, start: usize) -> Label {
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
            let (word, label) = LABELS.iter().find(|(word, _)| text.has(position, word))?;
            // `身份证编号`
            // `电话/传真：…`
            // `您有一份新传真（来自 0312-…）` labels nothing.
            let end = position + word.chars().count();
            let beside = text.chars(end..start).iter().all(|c| matches!(c, ' ' | ':' | '号' | '码' | '是' | '-'));
            if *word == "传真" && !beside {
                return None;
            }
            let also = *word == "传真"
                && text.before(position).is_some_and(|before| matches!(before, '/' | '、' | '兼' | '及' | '和' | '('));
            if also {
                return Some(Label::Phone);
            }
            let of_card = (from..position).any(|before| before + 4 >= position && text.has(before, "身份证"));
            Some(if *label == Label::Thing && of_card { Label::IdNumber } else { *label })
        })
        .unwrap_or(Label::None)
}
