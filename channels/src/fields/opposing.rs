//! Labels of the other side that were misread: `被申请人` read as `彼申请人` still names nobody who speaks.
//!
//! A reader may take one character for another or lose it. Where a label of a petitioner stands behind one character that no such label
//! has before it, the whole is taken for the label of the other side; where the same label comes twice with another name behind it,
//! and no label of the other side is in the text, a person is asked.

use case::text::is_han;

use super::Text;

/// Labels that have an opposite: with 被 before them they name the other side.
pub(super) const TWO_SIDED: &[&str] =
    &["申请人", "申诉人", "控诉人", "投诉人", "举报人", "反映人", "控告人", "检举人", "信访人", "上访人"];
/// What stands before such a label and leaves it as it is: `第一申请人`, `共同申请人`, `实名举报人`.
const BESIDE: &[char] =
    &['主', '本', '首', '同', '名', '该', '总', '一', '二', '三', '四', '五', '我', '原', '各', '众', '和', '及'];

/// Whether the label that begins at `start` is that of the other side, with 被 before it or something that it was read as.
pub(super) fn is_opposing(text: &Text, start: usize) -> bool {
    let Some(before) = text.before(start) else { return false };
    if matches!(before, '被' | '受') {
        return true;
    }
    let begins = start.checked_sub(1).and_then(|first| text.before(first));
    let alone = begins.is_none_or(|earlier| !is_han(earlier) && !earlier.is_ascii_alphanumeric());
    is_han(before) && alone && !BESIDE.contains(&before)
}
