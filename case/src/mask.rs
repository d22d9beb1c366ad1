//! How personal data is shown by default (个人信息保护法 articles 6 and 51): enough to recognise, not enough to use.

mod people;

use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;

pub use people::People;

/// `张*`, `欧阳**`: the first character, the rest as stars; the length of long names is not told.
#[must_use]
pub fn name(name: &str) -> String {
    let mut characters = name.trim().chars();
    let Some(first) = characters.next() else { return String::new() };
    let stars = characters.count().clamp(1, 3);
    format!("{first}{}", "*".repeat(stars))
}

/// `138****0000`; a landline keeps its area code and last two digits.
#[must_use]
pub fn phone(phone: &Phone) -> String {
    let number = phone.as_str();
    match number.find('-') {
        None => middle_hidden(number, 3, 4),
        Some(dash) => middle_hidden(number, dash + 1, 2),
    }
}

/// `130682********001X`.
#[must_use]
pub fn id_number(number: &IdNumber) -> String {
    middle_hidden(number.as_str(), 6, 4)
}

/// `定州市…`: at most the first six characters of an address.
#[must_use]
pub fn address(address: &str) -> String {
    let kept: String = address.trim().chars().take(6).collect();
    if kept.is_empty() { kept } else { format!("{kept}…") }
}

/// `zh***@example.invalid`.
#[must_use]
pub fn mail_address(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().take(2).collect::<String>()),
        None => "***".to_owned(),
    }
}

fn middle_hidden(text: &str, keep_front: usize, keep_back: usize) -> String {
    let count = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(index, character)| if index < keep_front || index + keep_back >= count { character } else { '*' })
        .collect()
}

/// Hides the numbers of a free text: every run of seven or more digits (dashes, dots, spaces and the pauses of speech between them allowed) keeps
/// its first three. Full-width digits and spoken ones (`幺三八零零…`, in the transcript of a call) count as digits. For text
/// that leaves the office where 保密 was asked.
#[must_use]
pub fn numbers_in(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for character in characters.into_iter().chain(['\u{0}']) {
        let joins = matches!(character, '-' | '－' | '—' | '.' | ' ' | '\u{3000}' | '，' | '、' | 'X' | 'x')
            && run.last().is_some_and(|last| is_digit(*last));
        if is_digit(character) || joins {
            run.push(character);
            continue;
        }
        let digits = run.iter().filter(|c| is_digit(**c)).count();
        let mut seen = 0;
        for kept in run.drain(..) {
            seen += usize::from(is_digit(kept));
            let hidden = digits >= 7 && seen > 3 && (is_digit(kept) || matches!(kept, 'X' | 'x'));
            masked.push(if hidden { '*' } else { kept });
        }
        if character != '\u{0}' {
            masked.push(character);
        }
    }
    masked
}

/// Whether `character` is a digit, written or spoken. Not 十, 百 and the like: those are in amounts, not in numbers of people.
const fn is_digit(character: char) -> bool {
    matches!(
        character,
        '0'..='9' | '０'..='９' | '〇' | '零' | '一' | '幺' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_keep_their_first_character() {
        for (name, masked) in [
            ("张三", "张*"),
            ("欧阳娜娜", "欧***"),
            ("张", "张*"),
            ("买买提·吐尔逊江", "买***"),
            (" 李四 ", "李*"),
            ("", ""),
        ] {
            assert_eq!(super::name(name), masked, "{name}");
        }
    }

    #[test]
    fn phones_keep_what_tells_where_they_are() {
        for (number, masked) in [
            ("13800000001", "138****0001"),
            ("0312-5550001", "0312-*****01"),
            ("010-55500001", "010-******01"),
            ("0312-5550001-808", "0312-*********08"),
        ] {
            assert_eq!(phone(&Phone::parse(number).unwrap()), masked);
        }
    }

    #[test]
    fn identity_numbers_keep_area_and_end() {
        assert_eq!(id_number(&IdNumber::parse("11010519491231002X").unwrap()), "110105********002X");
    }

    #[test]
    fn addresses_keep_their_beginning() {
        assert_eq!(address("定州市北城区锦绣华庭3号楼"), "定州市北城区…");
        assert_eq!(address("  "), "");
        assert_eq!(mail_address("zhangsan@example.invalid"), "zh***@example.invalid");
        assert_eq!(mail_address("不是地址"), "***");
    }

    #[test]
    fn numbers_in_a_text_are_hidden_however_they_are_written() {
        for (text, masked) in [
            ("电话13800000001，请联系", "电话138********，请联系"),
            ("电话 138-0000-0001。", "电话 138-****-****。"),
            ("电话１３８０００００００１", "电话１３８********"),
            ("我的号码幺三八零零零零零零零一", "我的号码幺三八********"),
            ("幺三八，零零零零，零零零一。", "幺三八，****，****。"),
            ("身份证11010519491231002X", "身份证110***************"),
            ("138.0000.0001", "138.****.****"),
            ("3号楼2单元501，欠了12000元", "3号楼2单元501，欠了12000元"),
            ("一九九八年", "一九九八年"),
            ("", ""),
        ] {
            assert_eq!(numbers_in(text), masked);
        }
    }

    proptest! {
        #[test]
        fn no_run_of_digits_is_left_that_could_be_called(before in "[\\u{4e00}-\\u{4e0f}，。]{0,9}", number in "1[3-9][0-9]{9}", after in "[，。a-w]{0,9}") {
            let masked = numbers_in(&format!("{before}{number}{after}"));
            prop_assert!(!masked.contains(&number));
            prop_assert!(masked.ends_with(&after), "the text around it stays");
            let longest = masked.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
            prop_assert!(longest.unwrap_or_default() <= 3);
        }

        #[test]
        fn a_masked_text_is_as_long_as_before_and_is_not_masked_further(text in "\\PC*|[0-9 -]{0,40}") {
            let masked = numbers_in(&text);
            prop_assert_eq!(masked.chars().count(), text.chars().filter(|c| *c != '\u{0}').count());
            prop_assert_eq!(numbers_in(&masked), masked);
        }
    }
}
