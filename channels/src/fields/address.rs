//! 住址: where the petitioner lives.

use std::ops::Range;

use super::parties::{self, Holder};
use super::{Fields, Text, surname};

/// Longest address, in characters.
const LENGTH_LIMIT: usize = 60;
/// How sure an address is that stands behind the name of somebody who is no petitioner: a person is asked.
const OF_ANOTHER: f32 = 0.5;
/// Labels, longer ones before their beginnings, with how sure an address behind them is.
const LABELS: &[&str] = &[
    "家庭住址",
    "家庭地址",
    "居住地址",
    "现居住地",
    "通讯地址",
    "通信地址",
    "联系地址",
    "户籍地址",
    "现住址",
    "现住在",
    "现居住在",
    "居住在",
    "居住于",
    "家住在",
    "现住",
    "家住",
    "住址",
    "住在",
    "住于",
    "门牌号",
    "地址",
    "家在",
    "住",
];
/// Labels of other addresses: of the thing complained about.
const NOT_HOME: &[&str] = &[
    "事发", "问题", "发生", "项目", "公司", "单位", "店铺", "工地", "施工", "门店", "企业", "厂址", "房屋", "案发",
    "网络", "网站",
];
/// What every address has one of.
const PARTS: &[&str] = &[
    "省", "市", "县", "区", "镇", "乡", "村", "街", "路", "巷", "号", "楼", "室", "社区", "组", "屯", "队", "庄", "院",
    "栋", "单元", "胡同", "苑", "园", "城", "寨", "营",
];
/// What may follow 住 when it is no label: `住了三年`, `住宅`.
const NOT_ADDRESS: [char; 24] = [
    '了', '过', '着', '不', '宅', '房', '户', '院', '建', '持', '得', '上', '进', '址', '处', '所', '的', '满', '久',
    '人', '都', '有', '没', '校',
];
/// What ends an address in running text, beside punctuation.
const ENDS: &[&str] = &[
    "我们",
    "我家",
    "我想",
    "我要",
    "我这",
    "我的",
    "然后",
    "想反映",
    "反映",
    "电话",
    "手机",
    "联系",
    "身份证",
    "邮编",
    "今年",
    "现年",
    "我叫",
    "我是",
    "的住户",
    "的老住户",
    "的老业主",
    "的老居民",
    "的业主",
    "的居民",
    "的村民",
    "的老人",
    "的一名",
    "的一个",
    "的一户",
    "的群众",
    "的老百姓",
    "的职工",
    "的商户",
    "的租户",
    "的学生",
    "的家长",
    "的退休",
    "的残疾",
    "的农民",
    "姓名",
    "性别",
];

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let names: Vec<String> = fields.names.iter().chain(&fields.proxy).map(|name| name.value.clone()).collect();
    let found = labelled(text, &names);
    let home = belonging(text, fields);
    let (range, confidence) = match (found, home) {
        // `我是翰林雅苑小区的住户周文博，住11号楼1单元802室`: both together are the address.
        (Some((room, _)), Some(home)) if text.at(room.start).is_some_and(|c| c.is_ascii_alphanumeric()) => {
            let whole = format!("{}{}", clean(text, home.clone()), clean(text, room.clone()));
            fields.address = Some(text.found(whole, 0.85, home.start..room.end));
            return;
        }
        (Some(labelled), _) => labelled,
        (None, Some(home)) => (home, 0.75),
        (None, None) => match behind_name(text, fields).or_else(|| signed(text)) {
            Some(home) => (home, 0.65),
            None => return,
        },
    };
    fields.address = Some(text.found(clean(text, range.clone()), confidence, range));
}

/// The words of `range` without the line ends of a scan, and without the blanks around what was filled into a printed form:
/// `翠湖天地 小区 8 号楼`.
fn clean(text: &Text, range: Range<usize>) -> String {
    let mut characters: Vec<char> = text.string(range).trim().chars().filter(|c| *c != '\n').collect();
    characters.dedup_by(|next, before| *next == ' ' && *before == ' ');
    let beside_han = |place: usize| {
        let neighbours = [place.checked_sub(1), Some(place + 1)];
        neighbours.into_iter().flatten().any(|place| characters.get(place).copied().is_some_and(case::text::is_han))
    };
    let kept = characters.iter().enumerate().filter(|(place, c)| **c != ' ' || !beside_han(*place));
    kept.map(|(_, c)| *c).collect()
}

/// The surest address behind a label; of equally sure ones the first.
fn labelled(text: &Text, names: &[String]) -> Option<(Range<usize>, f32)> {
    let mut best: Option<(Range<usize>, f32)> = None;
    for (label, range) in text.all_of(0..text.len(), LABELS) {
        let before = range.start.saturating_sub(4)..range.start;
        if text.any_of(before.clone(), LABELS)
            || (text.any_of(before, NOT_HOME) && !of_own_organisation(text, range.start))
        {
            continue;
        }
        // `被申请人：侯大勇，住…`: where the other side lives.
        if matches!(parties::holder(text, range.start), Holder::OtherSide | Holder::PerhapsOtherSide) {
            continue;
        }
        let start = text.skip(range.end, |c| matches!(c, ':' | ' ' | '是' | '为' | '在'));
        let colon = text.chars(range.end..start).iter().any(|c| matches!(c, ':' | '在'));
        if label == "住"
            && !colon
            && (!clause_begins(text, range.start) || text.at(start).is_some_and(|c| NOT_ADDRESS.contains(&c)))
        {
            continue;
        }
        let value = value_at(text, start);
        let parts = text.all_of(value.clone(), PARTS).count();
        if parts == 0
            || value.end - value.start < 3
            || (label == "地址" && !colon)
            || (label == "门牌号" && start == range.end)
        {
            continue;
        }
        let sure = match label {
            "住" | "家在" | "地址" | "住在" | "门牌号" => 0.8,
            _ => 0.92,
        };
        let confidence: f32 = if parts >= 2 { sure } else { sure - 0.2 };
        // `改制办主任焦振国（现已退休，住公园路`: where somebody lives of whom the sentence tells.
        let confidence = if of_another(text, range.start, names) { confidence.min(OF_ANOTHER) } else { confidence };
        if best.as_ref().is_none_or(|(_, other)| confidence > *other) {
            best = Some((value, confidence));
        }
    }
    best
}

/// Whether the clause before the label at `label` calls somebody else by name: `养狗的人叫吉全有，住…`, `焦振国（现已退休，住…`.
fn of_another(text: &Text, label: usize, names: &[String]) -> bool {
    const CALLED: &[&str] = &["叫", "主任", "经理", "老板", "会计", "书记", "户主", "房东", "邻居", "司机", "对方"];
    const REACH: usize = 40;
    let first = label.saturating_sub(REACH);
    let sentence = (first..label)
        .rev()
        .find(|at| matches!(text.at(*at), Some('。' | ';' | '\n' | ':')))
        .map_or(first, |at| at + 1);
    let called = text.all_of(sentence..label, CALLED).last().map(|(_, word)| word);
    called.is_some_and(|word| {
        let name = surname::name_at(text, word.end).filter(|name| name.known_surname && name.set_off);
        // `我叫…` and the petitioner's own name say where they live themselves.
        let own = matches!(text.before(word.start), Some('我' | '俺'));
        name.is_some_and(|name| !own && !names.contains(&text.string(name.range)))
    })
}

/// `我公司定州市禾丰种业有限公司，地址在…`: the address of the organisation that writes, in a clause of its own.
fn of_own_organisation(text: &Text, label: usize) -> bool {
    const OWN: &[&str] = &["我公司", "本公司", "我单位", "我厂", "我店", "我社", "我合作社"];
    let first = label.saturating_sub(LENGTH_LIMIT);
    let sentence = (first..label).rev().find(|position| matches!(text.at(*position), Some('。' | ';' | '\n')));
    text.before(label) == Some(',') && text.any_of(sentence.unwrap_or(first)..label, OWN)
}

/// Whether a clause begins at `position`, or its subject is the writer.
fn clause_begins(text: &Text, position: usize) -> bool {
    text.before(position).is_none_or(|before| {
        before.is_whitespace()
            || matches!(before, ',' | '。' | ';' | '、' | '(' | '我' | '人' | '家' | '们' | '现' | ':')
            // `我们三户住…`
            || before == '户' && text.before(position - 1).is_some_and(super::is_figure)
    })
}

/// The address that begins at `start`.
fn value_at(text: &Text, start: usize) -> Range<usize> {
    let mut end = start;
    while end < text.len() && end - start < LENGTH_LIMIT {
        let Some(character) = text.at(end) else { break };
        if character == '\n'
            && let Some(next) = goes_on(text, end)
        {
            end = next;
            continue;
        }
        let stops = match character {
            ',' | '。' | ';' | '!' | '?' | ':' | '\n' | '\u{201c}' => true,
            // `(电话…，住…)`: the bracket was opened before.
            ')' => !text.chars(start..end).contains(&'('),
            ' ' => text.at(end + 1).is_some_and(|next| next == ' ' || next.is_ascii_digit() && end - start > 12),
            _ => text.one_of(end, ENDS).is_some(),
        };
        if stops {
            break;
        }
        end += 1;
    }
    text.trim(start..end)
}

/// Where the rest of an address begins that goes on below its label's line, set in by blanks; `line_end` ends that line.
fn goes_on(text: &Text, line_end: usize) -> Option<usize> {
    const INDENT: usize = 2;
    const LONGEST: usize = 40;
    let next = text.skip_blanks(line_end + 1);
    let line = next..text.skip(next, |c| c != '\n');
    let plain = !text.chars(line.clone()).iter().any(|c| matches!(c, ':' | ',' | '。' | ';' | '!' | '?'));
    let is_rest = plain && (2..=LONGEST).contains(&line.len()) && text.any_of(line, PARTS);
    (next > line_end + INDENT && is_rest).then_some(next)
}

/// `举报人：栗建民（号头庄乡大近同村）`, `我叫柴国柱，周村镇塔宣村村民，`: where a petitioner lives, right behind their name.
fn behind_name(text: &Text, fields: &Fields) -> Option<Range<usize>> {
    let name = fields.names.first()?;
    let opens = text.position(name.range.end)?;
    let start = text.skip_blanks(opens + 1);
    match text.at(opens)? {
        '(' => {
            let end = text.skip(start, |c| c != ')' && c != '\n' && c != ',');
            (text.at(end) == Some(')') && is_place(text, start..end)).then_some(start..end)
        }
        ',' => {
            let clause = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n'));
            // `我叫安立新，叮咛店镇小王耨村人，`
            let from = (text.before(clause) == Some('人') && !matches!(text.at(start), Some('是' | '系')))
                .then(|| start..clause - 1);
            if let Some(from) = from.filter(|from| is_place(text, from.clone())) {
                return Some(from);
            }
            let role = text.all_of(start..clause, &["村民", "居民", "业主", "住户"]).last()?.1;
            // 村 belongs to both the village and 村民.
            let of_both = text.has(role.start, "村民") && text.before(role.start) != Some('村');
            let end = role.start + usize::from(of_both);
            (role.end == clause && is_place(text, start..end)).then_some(start..end)
        }
        _ => None,
    }
}

/// An address that stands alone in one of the last lines, where people sign.
fn signed(text: &Text) -> Option<Range<usize>> {
    const LINES: usize = 5;
    let lines = text.lines();
    let mut last = lines.iter().rev().take(LINES).filter(|_| lines.len() > 1);
    last.find(|line| text.all_of((*line).clone(), PARTS).count() > 1 && is_place(text, (*line).clone())).cloned()
}

/// Whether `range` is nothing but the name of a place where somebody can live.
fn is_place(text: &Text, range: Range<usize>) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 4..=40;
    const LAST: [char; 16] =
        ['村', '庄', '屯', '寨', '号', '室', '户', '组', '楼', '栋', '院', '区', '巷', '社', '元', '队'];
    /// Offices, and what sentences say.
    const NOT: &[&str] =
        &["的", "了", "我", "在", "委员会", "委会", "信访", "公司", "政府", "法院", "检察院", "医院", "请", "电话"];
    let plain = |c: &char| case::text::is_han(*c) || c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    let plain = text.chars(range.clone()).iter().all(plain);
    let ends = text.before(range.end).is_some_and(|last| LAST.contains(&last));
    let named = text.any_of(range.clone(), PARTS) && !text.any_of(range.clone(), NOT);
    LENGTHS.contains(&range.len()) && plain && ends && named
}

/// `我是庞村镇西柳树村村民…`, `本人系…小区业主…`: where the writer belongs to.
fn belonging(text: &Text, fields: &Fields) -> Option<Range<usize>> {
    const WORDS: &[&str] = &["本人是", "本人系", "我们是", "我是", "我系", "我家是", "俺是", "我们系", ",系"];
    const ROLES: &[&str] = &["村民", "居民", "业主", "住户", "农民", "商户", "的一名", "的一个", "人,", "人。"];
    text.all_of(0..text.len(), WORDS).find_map(|(_, word)| {
        let start = text.skip(word.end, |c| matches!(c, ' ' | '住' | '在' | '咱' | '们'));
        let clause = start..text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n')).min(start + 40) + 1;
        let role = text.all_of(clause.start..clause.end.min(text.len()), ROLES).map(|(_, role)| role).next();
        let role = role.or_else(|| named(text, &clause, fields))?;
        let end = if text.before(role.start) == Some('的') { role.start - 1 } else { role.start };
        let end =
            if text.has(end.saturating_sub(2), "的老") && text.before(end) == Some('老') { end - 2 } else { end };
        // 村 belongs to both the village and 村民.
        let end = if text.before(end).is_some_and(|c| c == '村') || !text.has(end, "村民") { end } else { end + 1 };
        let parts = text.all_of(start..end, PARTS).count();
        // `我们是在长安路工地干活的工人`: where they work.
        if text.any_of(start..clause.end.min(text.len()), &["工地", "干活", "上班", "打工", "务工"]) {
            return None;
        }
        (parts > 0 && end >= start + 3).then_some(start..end)
    })
}

/// `南娄底村的冉秀芬，`, `南娄底村冉秀芬，`, `南娄底村的，`: where the place ends that the writer is from.
fn named(text: &Text, clause: &Range<usize>, fields: &Fields) -> Option<Range<usize>> {
    const OF_PLACES: [char; 7] = ['村', '庄', '镇', '乡', '区', '街', '屯'];
    let speaker = fields.names.first().and_then(|name| text.position(name.range.start));
    clause.clone().find_map(|position| {
        if speaker == Some(position) && text.before(position).is_some_and(|c| OF_PLACES.contains(&c)) {
            return Some(position..position);
        }
        let from = text.at(position) == Some('的') && text.before(position).is_some_and(|c| OF_PLACES.contains(&c));
        // A town alone is no address.
        let small = text.before(position).is_some_and(|c| matches!(c, '村' | '庄' | '屯' | '区'));
        let plain = !text.any_of(clause.start..position, &["那个", "这个", "、"]);
        if from && small && plain && text.at(position + 1).is_none_or(|next| matches!(next, ' ' | ',' | '。' | '\n')) {
            return Some(position + 1..position + 1);
        }
        let name = from.then(|| surname::name_at(text, position + 1)).flatten()?;
        (name.known_surname && name.set_off).then_some(name.range)
    })
}
