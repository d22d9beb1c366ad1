//! Headings that only name the kind of letter: `举报信`, `村民联名信`, `情况说明`.
//!
//! In a list of cases such a title says nothing, so it is one only where the text has no words that tell the matter.

use std::ops::Range;

use super::super::Text;
use super::FIRST_LINES;

/// The kinds of letters that also end a title that says the matter: `宅基地纠纷申诉书`.
pub(super) const LETTERS: &[&str] = &[
    "信访信",
    "举报信",
    "检举信",
    "控告信",
    "控告书",
    "投诉信",
    "求助信",
    "申诉书",
    "申诉状",
    "申请书",
    "请愿书",
    "建议书",
    "联名信",
    "公开信",
    "反映信",
    "上访信",
    "告状信",
    "陈情书",
    "感谢信",
    "诉求书",
    "情况说明",
    "情况反映",
    "反映材料",
    "请示",
];
/// Kinds that are headings only where nothing stands before them.
const PAPERS: &[&str] = &[
    "检举书",
    "控告状",
    "举报",
    "控告",
    "申诉",
    "投诉",
    "求助",
    "投诉书",
    "抗议书",
    "抗议信",
    "表扬信",
    "倡议书",
    "求助书",
    "申诉信",
    "申请",
    "请愿信",
    "建议信",
    "陈情信",
    "情况报告",
    "聊天记录",
    "微信聊天记录",
    "微信群聊天记录",
    "群聊天记录",
    "上访材料",
    "信访材料",
    "举报材料",
    "报告",
    "证明",
    "证明书",
    "证明信",
    "说明",
    "来信",
    "律师函",
    "登记表",
    "登记卡",
    "申请表",
    "花名册",
];
/// What may stand before the kind without saying any matter.
const BEFORE: &[&str] = &[
    "关于", "一封", "实名", "联名", "集体", "紧急", "检举", "举报", "控告", "村民", "居民", "业主", "群众", "全体",
    "信访", "来信", "来访", "事项", "反映", "问题", "情况", "的", "复查", "复核",
];

/// Whether the line says nothing but the kind of letter. Blanks between its characters do not count: `举 报 信`.
pub(super) fn is_one(text: &Text, line: &Range<usize>) -> bool {
    let written: String = text.chars(line.clone()).iter().filter(|c| !c.is_whitespace()).collect();
    let mut rest = written.trim_matches(|c: char| matches!(c, '《' | '》' | '"' | '“' | '”' | '【' | '】' | '!'));
    // `致县委书记的一封信`
    if rest.starts_with('致') && rest.ends_with("信") {
        return true;
    }
    for _ in BEFORE {
        if LETTERS.contains(&rest) || PAPERS.contains(&rest) {
            return true;
        }
        let Some(behind) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
        rest = behind;
    }
    false
}

/// The heading that names the kind, when one of the first lines is one.
pub(super) fn heading(text: &Text) -> Option<Range<usize>> {
    text.lines().into_iter().take(FIRST_LINES).find(|line| is_one(text, line))
}
