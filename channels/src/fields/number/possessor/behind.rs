//! What follows a number and says whose it is, or that it is given up: `138…（写错，作废）`, `138…就是他的`.

use case::text::is_han;

use super::super::super::Text;
use super::super::super::surname::name_at;
use super::super::digits::digit_value;
use super::words::{CALLED, DEAD, OF_ANOTHER, OF_SELF, STRUCK_OUT};
use super::{holds_name, names_other, names_person};

/// Before these words stands how long or how surely: `一直关机`, `已经不用了`.
const LEADING: &[&str] = &[
    "一直",
    "始终",
    "永远",
    "现在",
    "已经",
    "早已",
    "早就",
    "此号",
    "该号",
    "这个号",
    "这个",
    "号码",
    "这号",
    "也",
    "都",
    "已",
    "就",
    "是",
];
/// How far the note behind a number is looked at, in characters.
const NOTE: usize = 14;

/// `手机155…关机`: a number that nobody answers is not given to be called back.
pub(super) fn is_dead(text: &Text, start: usize) -> bool {
    text.one_of(behind_leading(text, text.skip_blanks(number_end(text, start))), DEAD).is_some()
}

/// `138…（写错了，作废）`, `138…已停用`: a number that the writer has struck out.
pub(in crate::fields::number) fn is_struck_out(text: &Text, end: usize) -> bool {
    let note = text.skip_blanks(end);
    if text.at(note) == Some('(') {
        let inside = note..text.skip(note, |c| !matches!(c, ')' | '\n')).min(note + NOTE);
        return text.any_of(inside, STRUCK_OUT);
    }
    text.one_of(behind_leading(text, text.skip(note, |c| c == ',')), STRUCK_OUT).is_some()
}

/// Whether the words behind the number say that it is somebody else's: `138…就是他的`, `138…，自称民政局`.
pub(super) fn tells_of_another(text: &Text, start: usize, names: &[String]) -> bool {
    let end = number_end(text, start);
    // `贺二柱（138…）`: what follows the bracket tells of whoever stands before it.
    if text.at(end) == Some(')') {
        return false;
    }
    let signs = |c: char| matches!(c, ' ' | ',' | '—' | '-' | '"' | '”' | '(' | ':' | ')');
    let next = text.skip(end, signs);
    let clause = next..text.skip(next, |c| !matches!(c, ',' | '。' | ';' | '\n' | ')' | '!' | '?')).min(next + NOTE);
    let is_self = |at: usize| matches!(text.at(at), Some('我' | '俺' | '咱' | '本'));
    // `就是他的手机号`, `是那个公司的`
    let named = text.one_of(next, &["就是", "这是", "那是", "是", "为", "系"]).is_some_and(|(_, told)| {
        let told = told..clause.end.max(told);
        !text.trim(told.clone()).is_empty()
            && (names_person(text, &told, names) || !is_self(told.start) && text.chars(told).contains(&'的'))
    });
    // `| 贺二柱 | 138… | 证人 |`: the next cell of the row.
    let cell = text.skip(end, |c| matches!(c, ' ' | '|'));
    let last = text.skip(cell, is_han);
    let role =
        cell > end && last > cell && text.at(text.skip(last, |c| matches!(c, ' ' | '|'))).is_none_or(|c| c == '\n');
    // `138…贺某说的`, `138…，找贺某`: a name with a number of its own is the next of a list.
    let person = text.one_of(next, &["找", "是", "叫"]).map_or(next, |(_, at)| at);
    let person = name_at(text, person).filter(|name| {
        let own = names.iter().any(|own| text.has(name.range.start, own));
        let number =
            text.skip(name.range.end, |c| matches!(c, ' ' | ':' | '(' | ',') || "联系电话手机号码".contains(c));
        let listed = text.at(number).is_some_and(|c| c.is_ascii_digit());
        name.known_surname && name.set_off && !own && !listed && text.one_of(name.range.start, CALLED).is_none()
    });
    // `138…的机主`
    let bearer = text.at(end) == Some('的') && text.one_of(end + 1, CALLED).is_none();
    let told = text.one_of(next, OF_ANOTHER).is_some() || named || bearer || person.is_some();
    told || role && names_person(text, &(cell..last), names)
}

/// `138…可以联系到我`, `138…（田秀禾）`: whether the words behind the number say that it is the writer's.
pub(super) fn tells_of_writer(text: &Text, start: usize, names: &[String]) -> bool {
    let end = number_end(text, start);
    let note = end..text.skip(end, |c| c != ')' && c != '\n').min(end + NOTE);
    let signed = text.at(end) == Some('(') && holds_name(text, &note, names) && !names_other(text, &note, names);
    signed || text.one_of(text.skip(end, |c| matches!(c, ' ' | ',')), OF_SELF).is_some()
}

fn number_end(text: &Text, start: usize) -> usize {
    // In `138…一直打不通` no figure follows: whoever writes figures does not end in a spoken one.
    let spoken = !text.at(start).is_some_and(|c| c.is_ascii_digit());
    text.skip(start, |c| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x') || spoken && digit_value(c).is_some())
}

fn behind_leading(text: &Text, mut end: usize) -> usize {
    while let Some((_, next)) = text.one_of(end, LEADING) {
        end = next;
    }
    end
}
