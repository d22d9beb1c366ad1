//! Hides in free text what the structured fields hide: people write their own names, numbers and addresses into titles and bodies.

use std::collections::BTreeMap;

use super::numbers_in;
use crate::petitioner::Petitioner;
use crate::statement::Statement;
use crate::text::is_han;

/// The most values that are looked for: a joint petition has up to 100 petitioners with a name, a mail address and an address each.
const VALUES_LIMIT: usize = 1_000;
/// A value with fewer characters stands in too many other words.
const SHORTEST: usize = 2;
/// Characters of an address that are shown, as in [`super::address`].
const ADDRESS_SHOWN: usize = 6;
/// Characters of a mail address that are shown, as in [`super::mail_address`].
const MAIL_SHOWN: usize = 2;
/// The part of an address from its first digit on is hidden alone when it has at least this many characters: `3号楼2单元`.
const DOOR: usize = 4;
/// Longest word by which a character is spelled out: `有没有` in `有没有的有`.
const SPELLING: usize = 4;

/// A value and which of its characters are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    /// Folded, without white space.
    characters: Vec<char>,
    /// The first hidden one.
    from: usize,
    /// One past the last hidden one.
    to: usize,
}

/// What is known of the people of a petition and must not be read in its texts.
///
/// A hidden text has as many characters as before, each at its place, so that highlights and quotations still fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// By first character.
    values: BTreeMap<char, Vec<Value>>,
    count: usize,
    /// Characters of names that a speaker may spell out.
    given: Vec<char>,
}

impl People {
    /// The petitioners and the proxy of a statement.
    #[must_use]
    pub fn of(statement: &Statement) -> Self {
        let mut people = Self::default();
        people.add(statement);
        people
    }

    /// With the people of another statement: for what quotes both.
    pub fn add(&mut self, statement: &Statement) {
        for person in statement.petitioners.iter().chain(&statement.proxy) {
            self.add_person(person);
        }
        // `三栋二单元`, `八个零`: the same words are nowhere in the fields.
        for mention in statement.mentions.iter().filter(|mention| mention.is_personal(&statement.petitioners)) {
            let characters = folded(&mention.said);
            let to = characters.len();
            self.push(Value { characters, from: 0, to });
        }
    }

    fn add_person(&mut self, person: &Petitioner) {
        if let Some(name) = &person.name {
            let characters = folded(&name.value);
            self.given.extend(characters.iter().skip(1));
            let to = characters.len();
            self.push(Value { characters, from: 1, to });
        }
        if let Some(address) = &person.mail_address {
            let characters = folded(&address.value);
            if let Some(to) = characters.iter().position(|character| *character == '@') {
                self.push(Value { characters, from: MAIL_SHOWN.min(to.saturating_sub(1)), to });
            }
        }
        if let Some(address) = &person.address {
            let characters = folded(&address.value);
            // From the first written digit on: `三十里铺村` is the name of a village.
            let written = address.value.chars().filter(|character| !character.is_whitespace());
            let before = written.take_while(|character| !is_written_digit(*character)).count();
            let door: Vec<char> = characters.iter().copied().skip(before).collect();
            let to = characters.len();
            self.push(Value { characters, from: ADDRESS_SHOWN, to });
            if door.len() >= DOOR {
                let to = door.len();
                self.push(Value { characters: door, from: 0, to });
            }
        }
    }

    fn push(&mut self, value: Value) {
        let Some(first) = value.characters.first().copied() else { return };
        if value.from < value.to && value.characters.len() >= SHORTEST && self.count < VALUES_LIMIT {
            self.count += 1;
            self.values.entry(first).or_default().push(value);
        }
    }

    /// `text` with everything hidden that is known of the people, and with every long number hidden as in [`numbers_in`].
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        if self.count == 0 {
            return numbers_in(text);
        }
        let characters: Vec<char> = text.chars().collect();
        // Names are written with blanks between their characters, and forms are scanned with line ends in them.
        let (plain, places): (Vec<char>, Vec<usize>) = characters
            .iter()
            .enumerate()
            .filter(|(_, character)| !character.is_whitespace())
            .map(|(place, character)| (fold(*character), place))
            .unzip();
        let mut hidden = vec![false; plain.len()];
        for start in 0..plain.len() {
            self.hide_values(&plain, start, &mut hidden);
            self.hide_spelling(&plain, start, &mut hidden);
        }
        let mut shown = characters;
        for (place, _) in places.iter().zip(&hidden).filter(|(_, hidden)| **hidden) {
            if let Some(character) = shown.get_mut(*place) {
                *character = '*';
            }
        }
        numbers_in(&shown.into_iter().collect::<String>())
    }

    fn hide_values(&self, plain: &[char], start: usize, hidden: &mut [bool]) {
        let rest = plain.get(start..).unwrap_or_default();
        let Some(values) = rest.first().and_then(|first| self.values.get(first)) else { return };
        for value in values.iter().filter(|value| rest.starts_with(&value.characters)) {
            if let Some(own) = hidden.get_mut(start + value.from..start + value.to) {
                own.fill(true);
            }
        }
    }

    /// `庆祝的庆` tells a character of a name as surely as the name does.
    fn hide_spelling(&self, plain: &[char], start: usize, hidden: &mut [bool]) {
        let Some(character) = start.checked_sub(1).and_then(|_| plain.get(start + 1)) else { return };
        let ends = plain.get(start + 2).is_none_or(|next| !is_han(*next) || matches!(next, '啊' | '字' | '嘛' | '吧'));
        if plain.get(start) != Some(&'的') || !ends || !self.given.contains(character) {
            return;
        }
        let floor = start.saturating_sub(SPELLING);
        let spelled: Vec<usize> = (floor..start).filter(|place| plain.get(*place) == Some(character)).collect();
        if !spelled.is_empty() {
            for place in spelled.into_iter().chain([start + 1]) {
                if let Some(own) = hidden.get_mut(place) {
                    *own = true;
                }
            }
        }
    }
}

fn folded(value: &str) -> Vec<char> {
    value.chars().filter(|character| !character.is_whitespace()).map(fold).collect()
}

/// Whether it is a digit, plain or full-width.
const fn is_written_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// Full-width letters and digits as plain ones, said digits as written ones (`五零幺` is `501`), small letters for big ones: one character
/// stays one character.
fn fold(character: char) -> char {
    match character {
        '零' | '〇' => return '0',
        '一' | '幺' => return '1',
        '二' | '两' => return '2',
        '三' => return '3',
        '四' => return '4',
        '五' => return '5',
        '六' => return '6',
        '七' => return '7',
        '八' => return '8',
        '九' => return '9',
        _ => {}
    }
    let code = u32::from(character);
    let plain = if (0xff01..=0xff5e).contains(&code) { char::from_u32(code - 0xfee0) } else { None };
    plain.unwrap_or(character).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::field::Field;
    use crate::mention::{Mention, MentionKind};

    fn statement(name: &str, mail: Option<&str>, address: Option<&str>) -> Statement {
        let typed = |value: &str| Field::typed(value.to_owned(), "field");
        let mut statement = Statement::new(typed("标题"), String::new());
        statement.petitioners.push(Petitioner {
            name: Some(typed(name)),
            mail_address: mail.map(typed),
            address: address.map(typed),
            ..Petitioner::default()
        });
        statement
    }

    #[test]
    fn what_is_known_is_hidden_as_the_fields_are() {
        let people = People::of(&statement(
            "马文庆",
            Some("mawenqing@example.invalid"),
            Some("定州市明月店镇三十里铺村3号楼2单元501"),
        ));
        for (text, hidden) in [
            ("我叫马文庆，", "我叫马**，"),
            ("马 文 庆（签名）", "马 * *（签名）"),
            ("文化的文，庆祝的庆。", "*化的*，*祝的*。"),
            ("家在3号楼２单元501，电话13800000003", "家在*********，电话138********"),
            ("信箱MaWenQing@example.invalid", "信箱Ma*******@example.invalid"),
            ("住定州市明月店镇三十里铺村3号楼2单元501", "住定州市明月店***************"),
            ("庆祝节日的文化活动", "庆祝节日的文化活动"),
            ("马家的地", "马家的地"),
            ("家在三号楼二单元五零幺", "家在*********"),
            ("家在3号楼2单元五零幺", "家在*********"),
        ] {
            assert_eq!(people.hide(text), hidden);
        }
    }

    #[test]
    fn numbers_and_doors_are_hidden_as_they_were_said() {
        let mut statement = statement("马文庆", None, Some("清河花园3栋2单元"));
        let said = |kind, said: &str, value: &str| Mention {
            kind,
            said: said.to_owned(),
            value: Field::typed(value.to_owned(), "call"),
        };
        statement.mentions = vec![
            said(MentionKind::HouseNumber, "三栋二单元", "3栋2单元"),
            said(MentionKind::HouseNumber, "八栋", "8栋"),
            said(MentionKind::Phone, "幺三八，八个零", "13800000000"),
            said(MentionKind::Date, "二零二零年四月", "2020-04"),
        ];
        let hidden = People::of(&statement).hide("我住三栋二单元，八栋也停水，电话幺三八，八个零，二零二零年四月起");
        assert_eq!(hidden, "我住*****，八栋也停水，电话*******，二零二零年四月起");
    }

    #[test]
    fn those_of_another_petition_are_added() {
        let mut people = People::of(&statement("马文庆", None, None));
        people.add(&statement("齐占山", None, None));
        assert_eq!(people.hide("马文庆和齐占山"), "马**和齐**");
    }

    #[test]
    fn without_people_only_numbers_are_hidden() {
        assert_eq!(People::default().hide("马文庆13800000003"), "马文庆138********");
    }

    proptest! {
        #[test]
        fn a_name_is_never_left_and_the_places_stay(
            before in "[天地人，。 \\n]{0,9}", name in "[马张欧][\\u{4e10}-\\u{4e40}]{1,3}", blank in "[ \\n\u{3000}]{0,2}", after in "[丁戊，。a-z ]{0,9}",
        ) {
            let people = People::of(&statement(&name, None, None));
            let written: String = name.chars().flat_map(|character| std::iter::once(character).chain(blank.chars())).collect();
            let text = format!("{before}{name}{after}{written}{after}");
            let hidden = people.hide(&text);
            let given: String = name.chars().skip(1).collect();
            prop_assert!(!hidden.contains(&given), "{}", hidden);
            prop_assert_eq!(hidden.chars().count(), text.chars().count());
            for (shown, own) in hidden.chars().zip(text.chars()) {
                prop_assert!(shown == own || shown == '*');
            }
            prop_assert!(hidden.starts_with(&before) && hidden.ends_with(&after));
        }

        #[test]
        fn any_text_keeps_its_length_and_holds_no_value(text in "\\PC{0,80}", name in "\\PC{2,6}", address in "\\PC{0,20}", mail in "[a-z.]{1,9}@[a-z.]{1,9}") {
            let people = People::of(&statement(&name, Some(&mail), Some(&address)));
            let whole = format!("{text}{name}{text}{mail}");
            let hidden = people.hide(&whole);
            prop_assert_eq!(hidden.chars().count(), whole.chars().count());
            prop_assert_eq!(people.hide(&hidden).chars().count(), whole.chars().count());
            let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            let starred = plain.chars().skip(1).any(|character| character != '*');
            // Only where it stood: a star of the mask and what stands behind it may read as a name that begins with a star.
            let [own, shown] = [&whole, &hidden].map(|text| text.chars().collect::<Vec<char>>());
            let name: Vec<char> = name.chars().collect();
            let left = own.windows(name.len()).zip(shown.windows(name.len())).any(|(own, shown)| own == name && shown == name);
            prop_assert!(plain.chars().count() < 2 || !starred || !left, "{:?} in {}", name, hidden);
        }
    }
}
