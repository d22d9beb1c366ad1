//! Greetings and closings: what every petition says and no two petitions share as a matter.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Phrases that carry no matter, in folded form, longest first within a family. They are cut wherever they stand: a letter
/// read by OCR has no reliable first and last line. Never longer than a clause, and none names a thing, so no fact is lost.
const PHRASES: &[&str] = &[
    "尊敬的各位领导",
    "尊敬的市领导",
    "尊敬的领导",
    "敬爱的领导",
    "各位领导",
    "相关领导",
    "有关领导",
    "领导您好",
    "领导你好",
    "尊敬的",
    "您好",
    "你们好",
    "你好",
    "大家好",
    "打扰了",
    "百忙之中",
    "此致敬礼",
    "此致",
    "敬礼",
    "谢谢您",
    "谢谢领导",
    "谢谢你们",
    "谢谢",
    "非常感谢",
    "万分感谢",
    "不胜感激",
    "感激不尽",
    "望回复",
    "望领导重视",
    "望领导",
    "恳请领导",
    "恳请相关部门",
    "恳请有关部门",
    "请领导",
    "请相关部门",
    "请有关部门",
    "希望领导",
    "希望相关部门",
    "希望有关部门",
    "希望政府部门",
    "给予解决",
    "予以解决",
    "尽快解决",
    "早日解决",
    "帮忙解决",
    "为民做主",
    "做主",
    "给老百姓一个交代",
    "给个说法",
    "给一个答复",
    "盼复",
    "特此反映",
    "情况反映如下",
    "现反映如下",
    "反映如下",
    "我要反映",
    "我想反映",
    "我要投诉",
    "我想投诉",
    "我想咨询",
    "请问",
    "麻烦",
];

/// Finds every phrase at once; none if it could not be built, which only costs time.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PHRASES).ok());

/// `folded` without greetings and closings; the text itself when nothing else would be left.
#[must_use]
pub fn strip_courtesy(folded: &str) -> String {
    let mut stripped = folded.to_owned();
    for phrase in standing_in(folded) {
        if stripped.contains(phrase) {
            // A space keeps the words on both sides apart.
            stripped = stripped.replace(phrase, " ");
        }
    }
    if stripped.chars().any(char::is_alphanumeric) { stripped } else { folded.to_owned() }
}

/// Those of the phrases that stand in `folded`, in their order: one look instead of one for each.
fn standing_in(folded: &str) -> Vec<&'static str> {
    let Some(finder) = FINDER.as_ref() else { return PHRASES.to_vec() };
    let found: BTreeSet<usize> = finder.find_overlapping_iter(folded).map(|found| found.pattern().as_usize()).collect();
    found.into_iter().filter_map(|phrase| PHRASES.get(phrase).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_matter_stays() {
        assert_eq!(strip_courtesy("尊敬的领导您好,路灯不亮,谢谢").trim(), ",路灯不亮,".trim());
    }

    #[test]
    fn a_bare_greeting_stays() {
        assert_eq!(strip_courtesy("您好"), "您好");
    }
}
