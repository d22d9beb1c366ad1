//! Runs of digits, as written or as said: figures, Chinese numerals, `八个零`, across single separators.
//!
//! A run keeps what stood between its digits; what it is a number of is not decided here.

use super::super::Text;

/// The most digits that are looked at as one number; a bank account is longer than any number that we look for.
pub(super) const RUN_LIMIT: usize = 24;

/// One digit of a run and where it stands.
pub(super) struct Digit {
    pub(super) digit: char,
    pub(super) position: usize,
    /// What stands between this digit and the one before it.
    pub(super) gap: Gap,
    /// Whether it was written as a Chinese numeral or said as one.
    pub(super) spoken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Dash,
    Blank,
    Comma,
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
pub(super) fn run_from(text: &Text, start: usize) -> Vec<Digit> {
    let mut run = Vec::new();
    let mut position = start;
    let mut gap = Gap::None;
    while run.len() < RUN_LIMIT {
        let Some(character) = text.at(position) else { break };
        if run.len() == 17
            && let Some((at, end)) = check_told(text, position)
        {
            run.push(Digit { digit: 'X', position: end - 1, gap, spoken: true });
            gap = Gap::None;
            position = end.max(at + 1);
            continue;
        }
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
            // `0312/5550116`
            ('/', Gap::None) if is_area_code(&run) => Gap::Dash,
            (',' | '、' | '。', Gap::None) => Gap::Comma,
            _ => break,
        };
        position += 1;
    }
    run
}

/// Whether the digits so far are written like an area code, which begins with a nought.
fn is_area_code(run: &[Digit]) -> bool {
    (3..=4).contains(&run.len()) && run.first().is_some_and(|first| first.digit == '0' && !first.spoken)
}

/// `后面是个叉`, `最后一位艾克斯`: the check character of an identity number behind its seventeen digits; where it begins and ends.
fn check_told(text: &Text, position: usize) -> Option<(usize, usize)> {
    const BEFORE: &[&str] = &[
        "后面",
        "最后",
        "末尾",
        "尾号",
        "一位",
        "一个",
        "是个",
        "是",
        "带个",
        "带",
        "个",
        "大写的",
        "大写",
        "字母",
        "大",
    ];
    const SAID: &[&str] = &["叉", "艾克斯", "埃克斯", "爱克斯", "X", "x"];
    let mut at = position;
    while let Some((_, end)) = text.one_of(at, BEFORE) {
        at = end;
    }
    text.one_of(at, SAID).filter(|(word, _)| at > position || word.chars().count() > 1).map(|(_, end)| (at, end))
}

/// `一百三十八`, `四十七`: a group of a number said as a count, its digits and where its words end. Only where a pause or the end of
/// the sentence follows, so that nothing is counted.
fn counted_group(text: &Text, position: usize) -> Option<(String, usize)> {
    let number = super::super::numeral::number_at(text, position)?;
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
pub(super) fn end_of_group(run: &[Digit], start: usize) -> usize {
    let length = run.iter().skip(1).take_while(|digit| digit.gap == Gap::None).count() + 1;
    let last = length.checked_sub(1).and_then(|last| run.get(last)).map_or(start, |digit| digit.position);
    last.max(start) + 1
}

pub(super) fn spoken(part: &[Digit]) -> bool {
    part.iter().any(|digit| digit.spoken)
}
