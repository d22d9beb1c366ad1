//! Chinese numerals before a measure word, written in Arabic digits: `三栋` and `3栋` are the same building.

/// Words that make the numeral before them a number: of places, dates, money and counts. A numeral before anything else
/// stays (`统一`, `一直`, `三心二意`).
const MEASURES: &str =
    "栋幢座单号楼室户层期组村区队年月日点时分天周岁元块万亿米里亩吨个名人位辆台套间条次路线班届级中小校";

/// The longest run of numerals read as one number; nobody writes more.
const LONGEST: usize = 12;

/// `text` with numerals before a measure word in Arabic digits.
pub(super) fn to_arabic(text: &[char]) -> String {
    let mut written = String::with_capacity(text.len().saturating_mul(3));
    let mut rest = text;
    while !rest.is_empty() {
        let (taken, number) = first(rest);
        let (run, after) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
        match number {
            Some(number) => written.push_str(&number.to_string()),
            None => written.extend(run),
        }
        rest = after;
    }
    written
}

/// How many characters the first piece of `text` has (at least one where there is any), and its value when it is a numeral before
/// a measure word.
pub(super) fn first(text: &[char]) -> (usize, Option<u64>) {
    let length = text.iter().take(LONGEST).take_while(|character| is_numeral(**character)).count();
    if length == 0 {
        return (usize::from(!text.is_empty()), None);
    }
    let (run, after) = text.split_at_checked(length).unwrap_or((text, &[]));
    let number = after.first().filter(|next| MEASURES.contains(**next)).and_then(|_measure| value(run));
    (length, number)
}

fn is_numeral(character: char) -> bool {
    digit(character).is_some() || matches!(character, '十' | '百' | '千')
}

fn digit(character: char) -> Option<u64> {
    let digit = match character {
        '零' | '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(digit)
}

/// The value of a run of numerals.
fn value(run: &[char]) -> Option<u64> {
    if run.iter().all(|character| digit(*character).is_some()) {
        // Read digit by digit, as years and room numbers are.
        return run.iter().try_fold(0_u64, |sum, character| sum.checked_mul(10)?.checked_add(digit(*character)?));
    }
    let mut sum = 0_u64;
    let mut pending: Option<u64> = None;
    for character in run {
        let scale = match character {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            other => {
                pending = digit(*other);
                continue;
            }
        };
        sum = sum.checked_add(pending.take().unwrap_or(1).checked_mul(scale)?)?;
    }
    sum.checked_add(pending.unwrap_or(0))
}
