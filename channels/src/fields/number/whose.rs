//! Whose a number is, by the words before it: the writer's own, a relative's by whom they are reached, or somebody else's.
//!
//! A number of somebody else is never given as the petitioner's; where the words leave it open, a person is asked.

use std::ops::Range;

use super::super::{Text, surname};
use super::label::{LABELS, Label};

/// How far before a number the relative may be named whose it is, in characters.
const KIN_REACH: usize = 40;
/// Words that say the number is not the writer's own.
const OTHERS: &[&str] = &[
    "经理",
    "老板",
    "对方",
    "他的",
    "她的",
    "其电话",
    "负责人",
    "司机",
    "包工头",
    "公司电话",
    "书记",
    "主任",
    "房东",
    "客服",
    "物业电话",
    "店里",
    "店家",
    "商家",
    "业务员",
    "销售员",
    "推销员",
    "贵局",
    "贵单位",
    "贵院",
    "贵委",
    "贵公司",
    "贵校",
    "办税厅",
    "服务大厅",
    "他手机",
    "他电话",
    "监督电话",
    "举报电话",
    "投诉电话",
    "服务电话",
    "报修电话",
    "抢修电话",
    "客服电话",
];
/// Words that say it is the writer's own in spite of the above.
const OWN: &[&str] = &[
    "我",
    "本人",
    "联系人",
    "信访人",
    "申请人",
    "申诉人",
    "反映人",
    "投诉人",
    "来信人",
    "写信人",
    "控告人",
    "举报人",
    "检举人",
    "求助人",
];

/// People who lend their telephone, or write for somebody.
const LENT: &[&str] =
    &["邻居", "隔壁", "小卖部", "朋友", "同事", "工友", "亲戚", "同学", "战友", "代写", "代书", "捎信"];

/// Where the sentence begins in which the number at `start` stands, as far as its words are looked at.
fn nearby(text: &Text, start: usize) -> usize {
    const REACH: usize = 16;
    sentence_start(text, start, REACH)
}

/// Where the sentence of the number at `start` begins, at most `reach` characters before it. A line that ends in what the number is
/// (`老板苑志强的电话`) goes on in the number that begins the next: a long number has no room at the end of a line.
fn sentence_start(text: &Text, start: usize, reach: usize) -> usize {
    const CALLED: [&str; 5] = ["电话", "手机", "号码", "手机号", "电话号"];
    let first = start.saturating_sub(reach);
    let goes_on = |line_end: usize| {
        let mut end = line_end;
        while text.before(end).is_some_and(|last| matches!(last, ' ' | ':' | ',' | '是' | '为')) {
            end -= 1;
        }
        let called =
            CALLED.iter().any(|word| end.checked_sub(word.chars().count()).is_some_and(|at| text.has(at, word)));
        called && text.skip_blanks(line_end + 1) >= start
    };
    let ends = |position: &usize| match text.at(*position) {
        Some('。' | ';') => true,
        Some('\n') => !goes_on(*position),
        _ => false,
    };
    (first..start).rev().find(ends).map_or(first, |stop| stop + 1)
}

/// Where one of `words` begins last in `range`.
fn last(text: &Text, range: Range<usize>, words: &[&str]) -> Option<usize> {
    range.rev().find(|position| words.iter().any(|word| text.has(*position, word)))
}

/// Where in `range` somebody is called last by their post: `王经理，电话…`, `园长叫贾美凤，电话…`, `校长姓靳，电话…`.
fn last_titled(text: &Text, range: Range<usize>) -> Option<usize> {
    let called = |end: usize| {
        let by_surname = text.at(end) == Some('姓') && text.at(end + 1).is_some_and(surname::is_single);
        let named = || {
            let (_, name) = text.one_of(end, &["名叫", "叫", "是", ":"])?;
            surname::name_at(text, name).filter(|name| name.known_surname && name.set_off)
        };
        by_surname || named().is_some()
    };
    range.rev().find(|position| {
        text.at(*position).is_some_and(surname::is_single) && text.one_of(*position + 1, surname::TITLES).is_some()
            || text.one_of(*position, surname::TITLES).is_some_and(|(_, end)| called(end))
    })
}

/// Whether the words before `start` say that the number is somebody else's.
pub(super) fn of_another(text: &Text, start: usize) -> bool {
    let from = nearby(text, start);
    if asked_somebody(text, start) {
        return true;
    }
    // `联系人：刘经理 138…` signs for a firm.
    let labelled = text.all_of(from..start, &["联系人:", "联系人"]).map(|(_, label)| label.end).last();
    if labelled.is_some_and(|label| text.one_of(label + 1, surname::TITLES).is_some()) {
        return false;
    }
    match (last(text, from..start, OTHERS), last(text, from..start, OWN)) {
        (Some(other), Some(own)) => other > own,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => last_titled(text, from..start).is_some(),
    }
}

/// Whether the words leave open that the number is somebody else's, by whom the writer may be reached or of whom the letter
/// tells: a neighbour's, an office's, that of a person who is called by a post or a nickname. A person is asked.
pub(super) fn perhaps_of_another(text: &Text, start: usize) -> bool {
    let from = nearby(text, start);
    let signs = last(text, from..start, &["联系人"]);
    let own = last(text, from..start, OWN);
    let called = last_titled(text, from..start).max(last_nicknamed(text, from..start));
    // `联系人：刘经理 138…` signs for a firm.
    let called = called.is_some_and(|called| own.is_some_and(|own| own < called) && signs.is_none())
        || called.is_some() && own.is_none();
    called || last(text, from..start, LENT).is_some() || of_office(text, start)
}

/// Where in `range` somebody is called last by a nickname whose number follows: `中介小刘，电话…`, `庞某的手机…`. Who says `我是老李`
/// gives their own.
fn last_nicknamed(text: &Text, range: Range<usize>) -> Option<usize> {
    let begin = range.start;
    let goes_on = |end: usize| {
        let label = text.skip(end, |c| matches!(c, '的' | ',' | ' ' | '('));
        label > end && text.one_of(label, &["联系", "电话", "手机", "号码"]).is_some()
            || text.one_of(end, &["联系", "电话", "手机", "号码"]).is_some()
    };
    range.rev().find(|position| {
        let before = position.checked_sub(1).filter(|before| *before >= begin);
        let nickname = matches!(text.at(*position), Some('小' | '老' | '阿'))
            && text.at(position + 1).is_some_and(surname::is_single);
        let hidden = text.at(*position).is_some_and(surname::is_single) && text.at(position + 1) == Some('某');
        let end = text.skip(position + 2, |c| c == '某');
        let introduces = before.is_some_and(|before| matches!(text.at(before), Some('是' | '叫')));
        (nickname || hidden) && !introduces && goes_on(end)
    })
}

/// `村委会的电话是…`, `客服电话…`: that of an office or a firm; `我公司电话…` is the writer's.
fn of_office(text: &Text, start: usize) -> bool {
    const OFFICES: &[&str] = &[
        "公司",
        "单位",
        "厂里",
        "厂",
        "学校",
        "幼儿园",
        "医院",
        "村委会",
        "居委会",
        "社区",
        "物业",
        "派出所",
        "政府",
        "大队",
        "办公室",
        "售楼处",
        "服务中心",
        "客服",
        "前台",
        "超市",
        "银行",
        "中介",
        "维修",
        "报修",
        "热线",
    ];
    const OF_WRITER: [char; 4] = ['我', '俺', '本', '咱'];
    if is_row_of_unit(text, start) {
        return true;
    }
    let from = nearby(text, start);
    let whose = |range: &Range<usize>| {
        let label = text.skip(range.end, |c| c == '的');
        text.one_of(label, &["联系电话", "客服电话", "办公电话", "值班电话", "电话", "手机", "座机", "热线"]).is_some()
    };
    let offices = text.all_of(from..start, OFFICES).map(|(_, range)| range);
    let last = offices.filter(whose).last();
    // `我公司`, `我们学校`; in `我打了镇政府的电话` the writer only calls there.
    let of_writer = |office: &Range<usize>| {
        let before = if text.before(office.start) == Some('们') { office.start - 1 } else { office.start };
        text.before(before).is_some_and(|c| before > from && OF_WRITER.contains(&c))
    };
    last.is_some_and(|office| !of_writer(&office))
}

/// `市场监管所 0312-5550158`: whether nothing but the name of a unit stands before the number in its line.
fn is_row_of_unit(text: &Text, start: usize) -> bool {
    const LONGEST: usize = 16;
    const ENDINGS: [char; 8] = ['局', '所', '委', '院', '校', '站', '厅', '队'];
    let end = (0..start).rev().take_while(|at| matches!(text.at(*at), Some(' ' | ':'))).last().unwrap_or(start);
    let line =
        (end.saturating_sub(LONGEST)..end).rev().take_while(|at| text.at(*at).is_some_and(case::text::is_han)).last();
    line.is_some_and(|line| {
        text.before(line).is_none_or(|before| before == '\n')
            && text.before(end).is_some_and(|last| ENDINGS.contains(&last))
            && !text.chars(line..end).iter().any(|c| matches!(c, '我' | '俺' | '本' | '咱' | '住'))
    })
}

/// `找俺闺女，她的电话…`: where the petitioner is reached, if not by a number of their own.
pub(super) fn of_kin(text: &Text, start: usize) -> bool {
    const KIN: &[&str] = &[
        "闺女", "女儿", "儿子", "俺儿", "孙子", "孙女", "爱人", "老伴", "妻子", "丈夫", "媳妇", "女婿", "儿媳", "侄子",
        "侄女", "外甥", "弟弟", "哥哥", "姐姐", "妹妹", "母亲", "父亲",
    ];
    const OWN: [char; 3] = ['我', '俺', '咱'];
    let from = sentence_start(text, start, KIN_REACH);
    let last = text.all_of(from..start, KIN).last();
    let beside = |kin: usize| text.chars(kin.saturating_sub(2)..kin + 1).iter().any(|c| OWN.contains(c));
    // `由苑小锁负责联系，他的手机是…`
    let asked = text.any_of(from..start, &["负责联系", "负责联络", "请联系", "请找", "请与"]);
    (asked || last.is_some_and(|(_, kin)| beside(kin.start)))
        && text.any_of(from..start, &["他的", "她的", "他电话", "她电话", "他手机", "她手机"])
}

/// `我找过教育股的人，电话是…`: the number of whom the writer turned to, not of the writer.
fn asked_somebody(text: &Text, start: usize) -> bool {
    const REACH: usize = 40;
    const TURNED: &[&str] = &["找过", "找了", "找到", "问过", "问了", "打给", "联系过", "联系了", "咨询过", "咨询了"];
    const SOMEBODY: &[&str] = &["的人,", "的同志,", "人员,", "的领导,", "的老师,"];
    let from = sentence_start(text, start, REACH);
    let somebody = text.all_of(from..start, SOMEBODY).map(|(_, range)| range).last();
    somebody.is_some_and(|range| {
        text.any_of(from..range.start, TURNED)
            && !text.any_of(range.end..start, OWN)
            && LABELS.iter().any(|(word, label)| *label == Label::Phone && text.has(range.end, word))
    })
}
