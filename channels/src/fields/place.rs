//! 问题属地: where the matter is, as written.

mod words;

use std::ops::Range;

use case::text::is_han;

use super::{Fields, Text};
use words::{BREAKS, ENDINGS, LABELS, LONG_ROAD, LONG_ROADS, LYING, NOT_BREAKS, NOT_PLACES, NOT_STEMS};

/// Longest name of a place, in characters.
const LENGTH_LIMIT: usize = 20;
/// A name that stands in the text once, in passing, may be none: a person is asked.
const IN_PASSING: f32 = 0.55;
/// The most names that are weighed against each other.
const CANDIDATE_LIMIT: usize = 200;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    if let Some(range) = labelled(text) {
        fields.place = Some(text.found(text.string(range.clone()).replace('\n', ""), 0.9, range));
        return;
    }
    let mut best: Option<Best> = None;
    let candidates = candidates(text);
    for (range, weight) in &candidates {
        let name = text.string(range.clone());
        let repeats = candidates.iter().filter(|(other, _)| text.string(other.clone()).ends_with(&name)).count();
        let origin = text.origin(range.clone());
        let in_title = fields.title.as_ref().is_some_and(|title| title.range.contains(&origin.start));
        let at_home = fields.address.as_ref().is_some_and(|home| home.range.contains(&origin.start));
        let mut score = weight + 0.6 * f32::from(u8::try_from(repeats.min(5)).unwrap_or(5));
        score += if in_title { 2.0 } else { 0.0 };
        score -= if at_home { 0.5 } else { 0.0 };
        if best.as_ref().is_none_or(|best| score > best.score) {
            let once = repeats <= 1 && !in_title && !is_led_to(text, range);
            best = Some(Best { score, range: range.clone(), name, once });
        }
    }
    let Some(Best { score, range, name, once }) = best else { return };
    // `清河花园` beside `清河花园小区` is the same place under its short name.
    let whole = candidates
        .iter()
        .map(|(range, _)| (text.string(range.clone()), range.clone()))
        .filter(|(other, _)| other.starts_with(&name))
        .max_by_key(|(other, _)| other.len());
    let (name, range) = whole.unwrap_or((name, range));
    let known = |whole: &str| fields.address.as_ref().is_some_and(|home| home.value.contains(whole));
    let (name, range) = if let Some(corner) = crossing(text, &range, &candidates) {
        (text.string(corner.clone()), corner)
    } else {
        with_town(text, &candidates, &name).filter(|(whole, _)| !known(whole)).unwrap_or((name, range))
    };
    let most = if once && !names_its_town(&name) { IN_PASSING } else { 0.85 };
    fields.place = Some(text.found(name, (0.35 + score * 0.1).min(most), range));
}

/// The likeliest name so far.
struct Best {
    score: f32,
    range: Range<usize>,
    name: String,
    /// Whether it stands in the text once, in passing.
    once: bool,
}

/// Whether the words right before a name say that somebody lives or something lies there.
fn is_led_to(text: &Text, range: &Range<usize>) -> bool {
    const LEADING: &[&str] = &["住", "住在", "家住", "位于", "地处", "在", "是", "系", "反映", "关于"];
    LEADING.iter().any(|word| range.start.checked_sub(word.chars().count()).is_some_and(|at| text.has(at, word)))
}

/// Whether a name says to what it belongs: `庞村镇西柳树村`.
fn names_its_town(name: &str) -> bool {
    name.char_indices().any(|(at, c)| at > 0 && at + c.len_utf8() < name.len() && "省市县区镇乡道".contains(c))
}

/// `兴华路和清风街路口`, `兴华路与清风街交叉口`: the crossing, when `road` is one of its roads.
fn crossing(text: &Text, road: &Range<usize>, candidates: &[(Range<usize>, f32)]) -> Option<Range<usize>> {
    const CORNERS: &[&str] = &["十字路口", "丁字路口", "交叉路口", "交叉口", "交汇处", "交口", "路口"];
    candidates.iter().filter(|(first, _)| matches!(text.at(first.end), Some('和' | '与' | '、'))).find_map(
        |(first, _)| {
            let (second, _) = candidates.iter().find(|(second, _)| second.start == first.end + 1)?;
            // `清风街路口` also ends in what looks like a road.
            let corner = text.one_of(second.end, CORNERS).or_else(|| text.one_of(second.end.checked_sub(1)?, CORNERS));
            let (_, end) = corner?;
            (road == first || road == second).then_some(first.start..end)
        },
    )
}

/// `庞村镇西柳树村` for the `西柳树村` of a title: the name with its town before it, when the text has it so somewhere.
fn with_town(text: &Text, candidates: &[(Range<usize>, f32)], name: &str) -> Option<(String, Range<usize>)> {
    let whole = candidates.iter().map(|(range, _)| (text.string(range.clone()), range.clone()));
    let towns = whole.filter(|(other, _)| {
        other.strip_suffix(name).is_some_and(|town| town.ends_with(['镇', '乡']) || town.ends_with("街道"))
    });
    towns.min_by_key(|(other, _)| other.len())
}

fn labelled(text: &Text) -> Option<Range<usize>> {
    let label = text.all_of(0..text.len(), LABELS).find_map(|(_, range)| {
        let start = text.skip_blanks(range.end);
        (text.at(start) == Some(':')).then(|| text.skip(start + 1, |c| c == ' '))
    });
    let lying = || text.all_of(0..text.len(), LYING).map(|(_, range)| range.end).next();
    let start = label.or_else(lying)?;
    let end =
        text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n' | '!' | '?' | '、' | '的' | ' ')).min(start + 30);
    // `位于翟城村村东头`: what follows a name of one place does not repeat its last character.
    let doubled = (start + 1..end).find(|position| {
        text.before(*position) == text.at(*position)
            && matches!(text.at(*position), Some('村' | '镇' | '路' | '街' | '乡'))
    });
    let end = if label.is_none() { doubled.unwrap_or(end) } else { end };
    (end >= start + 2).then_some(start..end)
}

/// How many places there are, or which of them, no name: `三个小区`.
const COUNTING: &str = "一二两三几各多半本老个四五六七八九十";
/// What is done to a place, no part of its name.
const TAKING: &[&str] = &["占用", "侵占", "强占", "多占"];
/// The rows of an envelope.
const OF_ENVELOPE: &[&str] = &["寄件人", "收件人", "寄信人", "收信人", "寄件地址", "收件地址"];

/// Every name of a place in the text with the weight of its kind.
fn candidates(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut candidates: Vec<(Range<usize>, f32)> = Vec::new();
    for position in 0..text.len() {
        if candidates.len() == CANDIDATE_LIMIT {
            break;
        }
        let Some((ending, weight)) = ENDINGS.iter().find(|(ending, _)| text.has(position, ending)) else { continue };
        let end = position + ending.chars().count();
        let short = ending.chars().count() == 1 || matches!(*ending, "街道" | "社区");
        if short && word_goes_on(text, position, end) {
            continue;
        }
        // 西柳树村村民, 东四路路口: the first one belongs to the name.
        if ending.chars().count() == 1 && text.before(position) == text.at(position) {
            continue;
        }
        // `市场监管局`, `兴旺市场管理有限公司`: an office and a firm.
        if *ending == "市场" && text.one_of(end, &["监管", "监督", "管理", "价"]).is_some() {
            continue;
        }
        // `公园广场舞`
        if *ending == "广场" && text.at(end) == Some('舞') {
            continue;
        }
        if *ending == "路" && is_no_road(text, position) {
            continue;
        }
        let start = begins(text, position);
        let end = if matches!(*ending, "镇" | "乡") { village_behind(text, end).unwrap_or(end) } else { end };
        let range = start..end;
        let name = text.string(range.clone());
        let length = end - start;
        let stem = text.string(start..position);
        let numbered = !stem.is_empty() && stem.chars().all(|c| COUNTING.contains(c));
        if is_told(ending, &stem) {
            continue;
        }
        // One character is a name before 村 and 镇 only, and there only when the word ends: `牛村的`, not `血铅村民`.
        let one = position == start + 1
            && (matches!(*ending, "路" | "街" | "乡" | "屯")
                || *ending == "村" && (text.at(end) == Some('民') || within_word(text, start)));
        // `某某占用村里的道路`, and the envelope's rows, which say who lives where.
        let line = (0..start).rev().find(|place| text.at(*place) == Some('\n')).map_or(0, |end| end + 1);
        if text.any_of(range.clone(), TAKING) || text.one_of(line, OF_ENVELOPE).is_some() {
            continue;
        }
        // `今年八月村口修路`
        let month = stem.strip_suffix('月').is_some_and(|count| count.chars().all(super::is_figure));
        if one || month || stem.starts_with('各') || NOT_STEMS.contains(&stem.as_str()) || name.ends_with("农村") {
            continue;
        }
        if (2..=LENGTH_LIMIT).contains(&length) && start < position && !numbered && !NOT_PLACES.contains(&name.as_str())
        {
            // A longer name that ends later takes the place of its beginning: `南城区翰林雅苑` of `南城区翰林雅苑小区`.
            candidates.retain(|(other, _)| !(other.start == range.start && other.end <= range.end));
            let long = LONG_ROADS.iter().any(|ending| name.ends_with(ending));
            candidates.push((range, if long { LONG_ROAD } else { *weight }));
        }
    }
    candidates
}

/// Whether `stem` before `ending` makes no name: `报销时医院说…`, `要走十四里山路`, `奶牛养殖小区`, where animals are kept.
fn is_told(ending: &str, stem: &str) -> bool {
    match ending {
        "医院" | "学校" | "市场" => stem.ends_with(['时', '后', '前']),
        "小区" => stem.ends_with(['牛', '猪', '羊', '鸡', '殖']),
        "路" => stem.contains('走'),
        _ => false,
    }
}

/// Whether the 路 at `position` ends the name of no road.
fn is_no_road(text: &Text, position: usize) -> bool {
    text.before(position).is_some_and(|before| match before {
        // `翟城村道路`: the village is the place. `公交线路`: a bus.
        '道' | '线' => true,
        // `老人看病少走路`: what is done on a road, or to it.
        '走' | '绕' | '让' | '问' | '堵' | '拦' | '赶' | '上' | '跑' => true,
        // `新华街路口`: where a road crosses that has its name already.
        '街' | '巷' => text.at(position + 1) == Some('口'),
        // `18路`: a bus.
        other => other.is_ascii_digit(),
    })
}

/// Whether the character before `start` is that of a word, not of the town or county to which a village belongs: `修理村口的桥`.
fn within_word(text: &Text, start: usize) -> bool {
    text.before(start).is_some_and(|before| {
        is_han(before) && !matches!(before, '镇' | '乡' | '县' | '区' | '市' | '道' | '在' | '到' | '我' | '是')
    })
}

/// Where the name of the village ends that stands behind its town's and has no 村: `周村镇王各庄的`.
fn village_behind(text: &Text, town: usize) -> Option<usize> {
    const LAST: [char; 16] =
        ['庄', '营', '寨', '堡', '屯', '疃', '坊', '峪', '铺', '店', '沟', '岗', '坨', '庙', '湾', '口'];
    (town + 2..=town + 4).find(|end| {
        let name = text.chars(town..*end);
        let plain = name.len() == end - town
            && name.iter().all(|c| is_han(*c) && !matches!(c, '的' | '有' | '在' | '和' | '门' | '所' | '院' | '路'));
        let stops = text.at(*end).is_none_or(|next| matches!(next, '的' | ',' | '。' | ' ' | '\n' | '人' | '民'));
        plain && stops && name.last().is_some_and(|last| LAST.contains(last))
    })
}

/// Whether the word with a place's ending from `position` to `end` goes on and is no place: `路灯`, `路面`, `村长`. `翟城村村委会`,
/// `西柳树村民` and `翟城村道路` name one all the same.
fn word_goes_on(text: &Text, position: usize, end: usize) -> bool {
    const OF_PLACES: &str = "民委政办支里上口边两人";
    // `农业农村局`, `铁路局` are offices.
    const OF_OTHERS: &str = "灯面长书干道况费局厅桥";
    let Some(next) = text.at(end) else { return false };
    let is_name = (OF_PLACES.contains(next) || text.has(end, "道路")) && position > 1;
    (OF_PLACES.contains(next) || OF_OTHERS.contains(next)) && !is_name
}

/// Where the name of a place that has its ending at `position` begins.
fn begins(text: &Text, position: usize) -> usize {
    let mut start = position;
    while start > 0 && position - start < LENGTH_LIMIT {
        let fits = text.before(start).is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric());
        let broken = (1..=2).any(|length| {
            start
                .checked_sub(length)
                .is_some_and(|from| BREAKS.iter().any(|word| word.chars().count() == length && text.has(from, word)))
        });
        let named = start.checked_sub(1).is_some_and(|from| NOT_BREAKS.iter().any(|word| text.has(from, word)));
        if !fits || (broken && !named) {
            break;
        }
        start -= 1;
    }
    start
}
