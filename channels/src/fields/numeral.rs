//! Numbers as they are said: `三万六千五`, `一百零八`, `五零幺`, `3.5万`.

use super::Text;
use super::number::digit_value;

/// The longest number that is looked at, in characters.
const LENGTH_LIMIT: usize = 24;
/// No number of a petition is larger; it keeps the arithmetic inside its type.
const MOST: u64 = 1_000_000_000_000_000;

/// Whether the character is a digit, written or said, or one of the words by which numbers are made.
pub(crate) fn is_figure(character: char) -> bool {
    digit_value(character).is_some() || scale(character).is_some() || character == '亿'
}

/// Whether the character is one of those that numbers of money are written with: also `拾`, `佰` and `仟`, which are other words
/// elsewhere (`收拾`).
pub(super) fn is_money_figure(character: char) -> bool {
    is_figure(character) || capital_scale(character).is_some()
}

/// The plain form of a capital scale (大写).
const fn capital_scale(character: char) -> Option<char> {
    Some(match character {
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        _ => return None,
    })
}

/// The one form in which a figure of an amount is compared: `叁`, `三` and `3` are one, so are `拾` and `十`. `None` for what is no
/// figure; the point between digits is one.
pub(crate) fn compared(character: char) -> Option<char> {
    let scaled =
        capital_scale(character).or_else(|| Some(character).filter(|one| scale(*one).is_some() || *one == '亿'));
    let three = Some('3').filter(|_| character == '参');
    digit_value(character).or(scaled).or(three).or_else(|| Some('.').filter(|point| *point == character))
}

const fn scale(character: char) -> Option<u64> {
    Some(match character {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        _ => return None,
    })
}

/// A number, in hundredths, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// The number times 100: petitions name cents and halves.
    pub(super) hundredths: u64,
    /// One past its last character.
    pub(super) end: usize,
}

impl Number {
    /// The number, when it is a whole one.
    pub(super) const fn whole(self) -> Option<u64> {
        if self.hundredths.is_multiple_of(100) { Some(self.hundredths / 100) } else { None }
    }
}

/// The number that begins at `start`: in figures with 万 or 亿 behind them, in Chinese numerals, or digit by digit.
pub(super) fn number_at(text: &Text, start: usize) -> Option<Number> {
    let first = text.at(start)?;
    if first.is_ascii_digit() { in_figures(text, start) } else { in_words(text, start) }
}

/// `36,000`, `3.5万`, `12`.
fn in_figures(text: &Text, start: usize) -> Option<Number> {
    let mut digits = String::new();
    let mut decimals = String::new();
    let mut point = false;
    let mut end = start;
    while let Some(character) = text.at(end).filter(|_| end - start < LENGTH_LIMIT) {
        let next_is_digit = text.at(end + 1).is_some_and(|next| next.is_ascii_digit());
        match character {
            '0'..='9' if point => decimals.push(character),
            '0'..='9' => digits.push(character),
            ',' if next_is_digit && !point => {}
            '.' if next_is_digit && !point => point = true,
            _ => break,
        }
        end += 1;
    }
    let whole: u64 = digits.parse().ok()?;
    let mut cents = decimals.chars().chain("00".chars()).take(2).collect::<String>();
    // `3.555万`: the scale comes first.
    let (factor, scaled) = match text.at(end) {
        Some('万') => (10_000, true),
        Some('亿') => (100_000_000, true),
        _ => (1, false),
    };
    let fraction = if scaled {
        cents = decimals.chars().chain("000000".chars()).take(6).collect();
        cents.parse::<u64>().ok()? * (factor / 10_000)
    } else {
        cents.parse().ok()?
    };
    let end = end + usize::from(scaled);
    // `12万3千`
    let (rest, end) = if scaled && !point { scaled_rest(text, end) } else { (0, end) };
    let hundredths = whole.checked_mul(factor)?.checked_add(rest)?.checked_mul(100)?.checked_add(fraction);
    Some(Number { hundredths: hundredths.filter(|value| *value < MOST)?, end })
}

/// `3千5百` behind 万: what it adds, and where it ends.
fn scaled_rest(text: &Text, from: usize) -> (u64, usize) {
    let (mut rest, mut end) = (0, from);
    for (name, scale) in [('千', 1_000), ('百', 100), ('十', 10)] {
        let digit = text.at(end).filter(char::is_ascii_digit).and_then(|digit| digit.to_digit(10));
        if let Some(digit) = digit.filter(|_| text.at(end + 1) == Some(name)) {
            rest += u64::from(digit) * scale;
            end += 2;
        }
    }
    (rest, end)
}

/// Whether the character at `place` can belong to a number in words. `参` is often written for 叁; elsewhere it is another word.
fn stands_in_number(text: &Text, place: usize) -> bool {
    let scaled = |next: char| scale(next).is_some() || capital_scale(next).is_some();
    let three = |one: char| one == '参' && text.at(place + 1).is_some_and(scaled);
    text.at(place).is_some_and(|one| is_money_figure(one) || three(one))
}

/// `三万六千五`, `一百零八`, `十二`, or `五零幺` digit by digit.
fn in_words(text: &Text, start: usize) -> Option<Number> {
    let mut end =
        (start..start + LENGTH_LIMIT).find(|place| !stands_in_number(text, *place)).unwrap_or(start + LENGTH_LIMIT);
    // `三十块三`: nothing; `五千元`: 千 belongs to it. A lone scale is no number, but 十 is; `拾` may be any word.
    let capital = |place: usize| text.at(place).is_some_and(|one| "壹贰叁肆伍陆柒捌玖".contains(one));
    // `拾捌万` has capital digits behind it.
    let ten = text.at(start) == Some('拾') && capital(start + 1);
    if text.at(start).is_some_and(|first| capital_scale(first).is_some()) && !ten {
        return None;
    }
    let plain = |one: &char| if *one == '参' { '三' } else { capital_scale(*one).unwrap_or(*one) };
    let characters: Vec<char> = text.chars(start..end).iter().map(plain).collect();
    if characters.iter().all(|character| digit_value(*character).is_some()) {
        let digits: String = characters.iter().filter_map(|character| digit_value(*character)).collect();
        let value: u64 = digits.parse().ok()?;
        return Some(Number { hundredths: value.checked_mul(100).filter(|value| *value < MOST)?, end });
    }
    if matches!(characters.first(), Some('百' | '千' | '万' | '亿')) {
        return None;
    }
    let (mut whole, mut section, mut digit, mut last_scale) = (0_u64, 0_u64, None, 0_u64);
    let mut zero_before = false;
    for character in characters {
        if let Some(value) = digit_value(character) {
            digit = value.to_digit(10).map(u64::from);
            zero_before = zero_before || value == '0';
            if value == '0' {
                digit = None;
            }
        } else if let Some(scale) = scale(character).filter(|scale| *scale < 10_000) {
            // 十二 is twelve.
            section = section.checked_add(digit.take().unwrap_or(1).checked_mul(scale)?)?;
            (last_scale, zero_before) = (scale, false);
        } else {
            section = section.checked_add(digit.take().unwrap_or(0))?;
            if character == '万' {
                whole = whole.checked_add(section.checked_mul(10_000)?)?;
                last_scale = 10_000;
            } else {
                whole = whole.checked_add(section)?.checked_mul(100_000_000)?;
                last_scale = 100_000_000;
            }
            (section, zero_before) = (0, false);
        }
        if whole > MOST {
            return None;
        }
    }
    // 三万六 is 36,000 and 一百二 is 120; 一百零二 is 102.
    let rest = digit.map_or(0, |digit| if zero_before || last_scale <= 10 { digit } else { digit * (last_scale / 10) });
    let value = whole.checked_add(section)?.checked_add(rest)?;
    // `二十万个` has its end where the figures end; trailing 零 belongs to nothing.
    while end > start + 1 && text.before(end) == Some('零') {
        end -= 1;
    }
    Some(Number { hundredths: value.checked_mul(100).filter(|value| *value < MOST)?, end })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Option<u64> {
        let text = Text::new(text);
        number_at(&text, 0).filter(|number| number.end == text.len()).map(|number| number.hundredths)
    }

    /// `value` as it is said.
    fn said(value: u64) -> String {
        const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        fn below_ten_thousand(value: u64) -> String {
            let mut words = String::new();
            let mut pending_zero = false;
            for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let digit = value / scale % 10;
                if digit == 0 {
                    pending_zero = !words.is_empty();
                } else {
                    if pending_zero {
                        words.push('零');
                    }
                    pending_zero = false;
                    words.push_str(DIGITS[usize::try_from(digit).unwrap()]);
                    words.push_str(name);
                }
            }
            words
        }
        match (value / 10_000, value % 10_000) {
            (0, 0) => "零".to_owned(),
            (0, rest) => below_ten_thousand(rest),
            (high, 0) => format!("{}万", below_ten_thousand(high)),
            (high, rest) => {
                let zero = if rest < 1000 { "零" } else { "" };
                format!("{}万{zero}{}", below_ten_thousand(high), below_ten_thousand(rest))
            }
        }
    }

    #[test]
    fn numbers_as_they_are_said() {
        for (text, whole) in [
            ("三万六千五", 36_500),
            ("三万六", 36_000),
            ("一百零八", 108),
            ("一百二", 120),
            ("二百五", 250),
            ("十二", 12),
            ("二十三", 23),
            ("两万", 20_000),
            ("五零幺", 501),
            ("一千零五十", 1_050),
            ("一亿两千万", 120_000_000),
            ("36,000", 36_000),
            ("3.5万", 35_000),
            ("0.25万", 2_500),
            ("叁万贰仟", 32_000),
            ("壹拾捌万陆仟伍佰", 186_500),
            ("贰佰零叁", 203),
            ("参万伍仟", 35_000),
            ("拾捌万", 180_000),
            ("12万3千", 123_000),
            ("3万6千5百", 36_500),
        ] {
            assert_eq!(value(text), Some(whole * 100), "{text}");
        }
        assert_eq!(value("12.5"), Some(1_250));
        for text in ["百", "万", "", "路", "拾", "拾三", "参", "参加", "99999999999999999999"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back_from_how_it_is_said(number in 0_u64..100_000_000) {
            prop_assert_eq!(value(&said(number)), Some(number * 100), "{}", said(number));
        }

        #[test]
        fn any_text_is_read(text in "[零一二两三十百千万亿叁拾佰仟0-9.,个块]{0,30}") {
            let text = Text::new(&text);
            for position in 0..text.len() {
                if let Some(number) = number_at(&text, position) {
                    prop_assert!(number.end > position && number.end <= text.len());
                }
            }
        }
    }
}
