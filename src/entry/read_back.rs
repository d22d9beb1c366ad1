//! Numbers as an operator says them back to the caller: in groups, and in the words that nobody mishears (幺 for one).

use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use serde::Serialize;

/// A number to read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadBack {
    /// In groups, for the eye: `138 0000 0001`.
    pub groups: String,
    /// In groups, for the mouth: `幺三八，零零零零，零零零幺`.
    pub spoken: String,
}

/// How a telephone number is read back: three, four, four; a landline with its area code first.
#[must_use]
pub fn of_phone(phone: &Phone) -> ReadBack {
    let mut parts = phone.as_str().split('-');
    let first = parts.next().unwrap_or_default();
    if phone.is_mobile() {
        return of_groups(&cut(first, &[3, 4, 4]));
    }
    let mut groups = vec![first.to_owned()];
    if let Some(number) = parts.next() {
        // Seven digits are said as three and four, eight as four and four.
        let head = number.len().saturating_sub(4);
        groups.extend(cut(number, &[head, 4]));
    }
    let mut read = of_groups(&groups);
    if let Some(extension) = parts.next() {
        read.groups.push_str(&format!(" 转 {extension}"));
        read.spoken.push_str(&format!("，转{}", spoken(extension)));
    }
    read
}

/// How an identity number is read back: area, year, month and day, order and check.
#[must_use]
pub fn of_id_number(number: &IdNumber) -> ReadBack {
    of_groups(&cut(number.as_str(), &[6, 4, 4, 4]))
}

fn of_groups(groups: &[String]) -> ReadBack {
    let said: Vec<String> = groups.iter().map(|group| spoken(group)).collect();
    ReadBack { groups: groups.join(" "), spoken: said.join("，") }
}

fn cut(digits: &str, lengths: &[usize]) -> Vec<String> {
    let mut rest = digits.chars();
    let groups = lengths.iter().map(|length| rest.by_ref().take(*length).collect::<String>());
    groups.filter(|group| !group.is_empty()).collect()
}

fn spoken(digits: &str) -> String {
    digits
        .chars()
        .map(|digit| match digit {
            '0' => '零',
            '1' => '幺',
            '2' => '二',
            '3' => '三',
            '4' => '四',
            '5' => '五',
            '6' => '六',
            '7' => '七',
            '8' => '八',
            '9' => '九',
            'X' | 'x' => '叉',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phone(number: &str) -> (String, String) {
        let read = of_phone(&Phone::parse(number).unwrap());
        (read.groups, read.spoken)
    }

    fn both(groups: &str, spoken: &str) -> (String, String) {
        (groups.to_owned(), spoken.to_owned())
    }

    #[test]
    fn numbers_are_read_back_in_groups() {
        assert_eq!(phone("13800000012"), both("138 0000 0012", "幺三八，零零零零，零零幺二"));
        assert_eq!(phone("0312-5550001"), both("0312 555 0001", "零三幺二，五五五，零零零幺"));
        assert_eq!(phone("010-55500001-808"), both("010 5550 0001 转 808", "零幺零，五五五零，零零零幺，转八零八"));
        let id = of_id_number(&IdNumber::parse("11010519491231002X").unwrap());
        assert_eq!(
            (id.groups.as_str(), id.spoken.as_str()),
            ("110105 1949 1231 002X", "幺幺零幺零五，幺九四九，幺二三幺，零零二叉")
        );
    }

    proptest! {
        #[test]
        fn what_is_read_back_is_heard_as_the_same_number(number in "1[3-9][0-9]{9}|0[3-9][0-9]{2}-[1-9][0-9]{6}") {
            let phone = Phone::parse(&number).unwrap();
            let read = of_phone(&phone);
            let plain: String = read.groups.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(plain, number.replace('-', ""));
            // The call door hears the spoken form as this number.
            let heard = channels::call::typed::offered(&format!("我的电话是{}。", read.spoken), None);
            prop_assert_eq!(&heard.petitioners[0].phones[0].value, &phone);
        }
    }
}
