//! 标题: a line that is one, or the first words that say what it is about.
//!
//! A title is shown in lists, so it never holds a number of a person, and a heading that only names the kind of letter (`举报信`,
//! `情况说明`) is one only where nothing tells the matter.

mod kind;
mod sentence;
mod words;

use std::ops::Range;

use super::{Fields, Text};

/// Longest line that can be a title, in characters.
const LINE_LIMIT: usize = 60;
/// How sure a sentence is that tells the matter below a heading that only names the kind of letter.
const BESIDE_HEADING: f32 = 0.55;
/// The title stands in the first lines.
const FIRST_LINES: usize = 6;
/// Longest line before a salutation that is a title, in characters.
const HEADING_LIMIT: usize = 40;
/// Longest name of an office that is a salutation without a colon, in characters.
const BARE_OFFICE: usize = 14;
/// Longest label of a row, in characters.
const LABEL_LENGTH: usize = 8;
/// A form has at most so many rows before the matter, and a letter so many sentences.
const FORM_ROWS: usize = 20;
/// Rows of forms that tell the matter, longer words before their beginnings.
const ROWS: &[&str] = &[
    "反映的主要问题",
    "反映主要问题",
    "反映的问题",
    "反映问题",
    "反映事项",
    "信访事项",
    "信访内容",
    "投诉事项",
    "投诉内容",
    "举报事项",
    "举报内容",
    "控告内容",
    "反映内容",
    "控告请求",
    "控告事项",
    "举报请求",
    "申诉事项",
    "求助事项",
    "咨询事项",
];
/// Rows of forms that hold the title, longer words before their beginnings.
const LABELS: &[&str] =
    &["信访标题", "来信主题", "信访事由", "来信事由", "反映事由", "投诉事由", "标题", "主题", "事由", "题目", "案由"];
/// What a title line ends in, kinds of letters aside.
const ENDINGS: &[&str] = &[
    "的反映",
    "的请求",
    "的投诉",
    "的建议",
    "的求助",
    "的咨询",
    "的问题",
    "的情况",
    "的报告",
    "的申请",
    "的申诉",
    "的举报",
    "的控告",
    "的信",
    "事宜",
    "一事",
    "诉求",
    "申请表",
];
pub(super) fn find(text: &Text, fields: &mut Fields) {
    fields.title = labelled(text)
        .map(|range| (range, 0.95))
        .or_else(|| line(text))
        .or_else(|| form_row(text).map(|range| (range, 0.85)))
        .or_else(|| reported(text).map(|range| (range, 0.75)))
        .map(|(range, confidence)| text.found(text.as_written(range.clone()), confidence, range))
        .or_else(|| {
            // Where a heading stands above, whoever wrote it called the letter so: a person is asked.
            let sure = if kind::heading(text).is_some() { BESIDE_HEADING } else { 0.6 };
            sentence::find(text).map(|found| text.found(found.words, sure, found.range))
        })
        .or_else(|| kind::heading(text).map(|range| text.found(text.as_written(range.clone()), 0.6, range)));
}

fn labelled(text: &Text) -> Option<Range<usize>> {
    let lines = text.lines();
    lines.iter().enumerate().take(FORM_ROWS).find_map(|(place, line)| {
        let value = beside(text, line, LABELS, lines.get(place + 1))?;
        // The first sentence of a subject that is told in several.
        let stop = text.skip(value.start, |c| !matches!(c, '。' | ';' | '\n')).min(value.end);
        let value = text.trim(value.start..stop.min(value.start + LINE_LIMIT));
        (!value.is_empty() && !holds_number(text, value.clone())).then_some(value)
    })
}

/// What stands behind the row of a form that tells the matter: `反映问题：…`.
fn form_row(text: &Text) -> Option<Range<usize>> {
    let lines = text.lines();
    lines.iter().enumerate().take(FORM_ROWS).find_map(|(place, line)| {
        let value = beside(text, line, ROWS, lines.get(place + 1))?;
        // Whole sentences are weighed like those of any letter.
        let end = value.end - usize::from(text.before(value.end) == Some('。'));
        let value = value.start..end;
        let told = text.chars(value.clone()).iter().any(|c| matches!(c, '。' | ';' | '?' | '!'));
        let fits = (4..=HEADING_LIMIT).contains(&value.len()) && !told && !holds_number(text, value.clone());
        fits.then_some(value)
    })
}

/// The value of a row of `labels`: behind the colon; in the row below when nothing stands behind it; or in the next cell
/// of a table, of which a scan leaves no more than `事由关于……的反映`.
fn beside(text: &Text, line: &Range<usize>, labels: &[&str], next: Option<&Range<usize>>) -> Option<Range<usize>> {
    let (_, end) = text.one_of(line.start, labels)?;
    let behind = text.skip_blanks(end);
    if text.at(behind) == Some(':') {
        let value = text.trim((behind + 1).min(line.end)..line.end);
        let below = next.filter(|next| !begins_row(text, next)).cloned();
        return if value.is_empty() { below } else { Some(value) };
    }
    let cell = behind..line.end;
    let about = text.has(behind, "关于") || text.has(behind, "反映") || text.has(behind, "请求");
    let goes_on = text.at(end).is_some_and(|next| matches!(next, '的' | '是' | '为' | '在' | '也' | '已'));
    let apart = (behind > end || is_form(text) && !goes_on) && !cell.is_empty();
    (cell.len() >= 4 && (apart || about && ends_like_title(text, &cell))).then_some(cell)
}

/// Whether rows begin with what forms ask for, of whose colons or blanks a scan may leave nothing.
fn is_form(text: &Text) -> bool {
    const ASKED_FOR: &[&str] = &[
        "姓名",
        "性别",
        "联系电话",
        "电话",
        "住址",
        "家庭住址",
        "身份证",
        "被反映单位",
        "被投诉单位",
        "填表日期",
        "登记日期",
    ];
    const FEWEST: usize = 3;
    text.lines().iter().take(FORM_ROWS).filter(|line| text.one_of(line.start, ASKED_FOR).is_some()).count() >= FEWEST
}

/// Whether the line is another row of the form: `姓名：…`.
fn begins_row(text: &Text, line: &Range<usize>) -> bool {
    let colon = text.skip(line.start, case::text::is_han);
    text.at(colon) == Some(':') && colon - line.start <= LABEL_LENGTH
}

/// `今天给您写信，是想反映……的问题。`: the writer says in so many words what it is about.
fn reported(text: &Text) -> Option<Range<usize>> {
    text.sentences().into_iter().take(FORM_ROWS).find_map(|sentence| {
        let (_, word) = text.all_of(sentence.clone(), &["反映"]).next()?;
        // `反映一下楼下…`, `反映个事`: spoken, and found by what the sentence says.
        text.one_of(word.end, &["一下", "个", "点", "一个", "一件"]).is_none().then_some(())?;
        let begins =
            (sentence.start..word.start).rev().find(|at| text.at(*at) == Some(',')).map_or(sentence.start, |at| at + 1);
        // `曾多次向镇里反映……的问题` tells what was done before.
        let before = text.string(begins..word.start);
        let plain = before.chars().count() <= 8
            && !["曾", "已", "过", "次", "经", "镇", "村", "局"].iter().any(|told| before.contains(told));
        let clause = text.skip(word.end, |c| !matches!(c, ',' | '。' | '!' | '?' | ';' | ':' | '\n')).min(sentence.end);
        let (_, ending) = text.all_of(word.end..clause, &["的问题", "的情况", "的事情", "一事"]).last()?;
        let whole = word.start..ending.end;
        let fits = (8..=LINE_LIMIT).contains(&(whole.end - whole.start)) && ending.end == clause;
        (plain && fits && !holds_number(text, whole.clone())).then_some(whole)
    })
}

/// A line of its own that is made like a title; one that goes on in the next line is taken with it.
fn line(text: &Text) -> Option<(Range<usize>, f32)> {
    let lines = text.lines();
    for (place, line) in lines.iter().take(FORM_ROWS).enumerate() {
        let about = text.has(line.start, "关于") || text.has(line.start, "有关");
        let mut whole = line.clone();
        if about
            && !ends_like_title(text, &whole)
            && let Some(next) = lines.get(place + 1)
        {
            let joined = line.start..next.end;
            if ends_like_title(text, &joined) && next.end - next.start <= 24 {
                whole = joined;
            }
        }
        // `关于……的问题，本人曾…`: the sentence goes on behind its topic.
        if about && !ends_like_title(text, &whole) {
            let topic = line.start..text.skip(line.start, |c| c != ',' && c != '\n').min(line.end);
            if ends_like_title(text, &topic) {
                whole = topic;
            }
        }
        let length = whole.end - whole.start;
        let plain = !text.chars(whole.clone()).iter().any(|c| matches!(c, '。' | ';' | ':'))
            && (4..=LINE_LIMIT).contains(&length);
        if !plain || lines.len() < 2 || holds_number(text, whole.clone()) || kind::is_one(text, &whole) {
            continue;
        }
        // Further down, as in a form, only a line that says so at both ends is one.
        if place >= FIRST_LINES && !(about && ends_like_title(text, &whole) && text.before(line.start) == Some('\n')) {
            continue;
        }
        let heads = place == 0 && length <= HEADING_LIMIT && lines.get(1).is_some_and(|next| is_salutation(text, next));
        match (about, ends_like_title(text, &whole)) {
            (true, true) => return Some((whole, 0.95)),
            (true, false) => return Some((whole, 0.8)),
            (false, true) => return Some((whole, 0.85)),
            (false, false) if heads => return Some((whole, 0.85)),
            (false, false) => {}
        }
    }
    None
}

/// Whether the line is one like `信访局领导：`, before which only a title stands.
fn is_salutation(text: &Text, line: &Range<usize>) -> bool {
    let colon = text.before(line.end) == Some(':');
    // An engine may lose the colon of a short line that is nothing but the name of an office.
    let bare = line.end - line.start <= BARE_OFFICE && text.chars(line.clone()).iter().all(|c| case::text::is_han(*c));
    let Some(last) = line.end.checked_sub(if colon { 2 } else { 1 }).filter(|_| colon || bare) else { return false };
    let office = words::OFFICES.iter().any(|ending| {
        (last + 1)
            .checked_sub(ending.chars().count())
            .is_some_and(|start| start > line.start && text.has(start, ending))
    });
    // `镇司法所、村委会：`, above the first sentence; `姓名：` begins the rows of a form.
    let label = [super::name::LABELS, LABELS, ROWS]
        .iter()
        .any(|labels| text.one_of(line.start, labels).is_some_and(|(_, end)| text.at(end) == Some(':')));
    let addressed =
        text.chars(line.start..line.end - usize::from(colon)).iter().all(|c| case::text::is_han(*c) || *c == '、');
    line.end - line.start <= 24
        && (office || colon && (text.any_of(line.clone(), words::ADDRESSED) || addressed && !label))
}

fn ends_like_title(text: &Text, range: &Range<usize>) -> bool {
    ENDINGS.iter().chain(kind::LETTERS).any(|ending| {
        range
            .end
            .checked_sub(ending.chars().count())
            .is_some_and(|start| start >= range.start && text.has(start, ending))
    })
}

/// Whether a number of a person may stand in `range`.
pub(super) fn holds_number(text: &Text, range: Range<usize>) -> bool {
    let mut run = 0;
    text.chars(range).iter().any(|character| {
        run = if super::number::digit_value(*character).is_some() { run + 1 } else { 0 };
        run >= 7
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> String {
        let mut fields = Fields::default();
        find(&Text::new(text), &mut fields);
        fields.title.map(|found| found.value).unwrap_or_default()
    }

    #[test]
    fn the_sentence_that_says_the_matter_is_the_title() {
        for (text, expected) in [
            (
                "喂，你好，我姓马，马文庆，文化的文，庆祝的庆。\n嗯，我反映个事儿啊，我们村北边有个做塑料颗粒的厂子。那个味儿啊，呛得不行。",
                "我们村北边有个做塑料颗粒的厂子，那个味儿啊，呛得不行",
            ),
            (
                "我先问一下啊，我反映问题，能不能给我保密？别告诉村里。\n是这么回事，我们村南头养猪，粪水往外流到机井边上。",
                "我们村南头养猪，粪水往外流到机井边上",
            ),
            (
                "我叫赵有田，有没有的有，田地的田。\n去年修路把路垫高了，一下雨水都往院里灌。\n反映过，不止一回了。",
                "去年修路把路垫高了，一下雨水都往院里灌",
            ),
            (
                "我想问问宅基地的事儿。\n邻居把墙垒到我家窗户根儿底下了。\n有，有，红本的。",
                "宅基地的事儿：邻居把墙垒到我家窗户根儿底下了",
            ),
            ("我是高蓬镇的。\n老厂子没交养老保险。\n有招工表的复印件，还有工资本，我都留着。", "老厂子没交养老保险"),
            ("你好，我想说一下我们村口那个路口，没有红绿灯。", "我们村口那个路口，没有红绿灯"),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }

    #[test]
    fn what_says_nothing_gives_no_title() {
        for text in ["您好。", "能不能给我保密？", "我叫张三，弓长张。", "喂，听得见吗？", ""]
        {
            assert_eq!(title(text), "", "{text}");
        }
    }

    #[test]
    fn the_subject_of_a_form_is_the_title() {
        let form = |row: &str| {
            title(&format!(
                "信访登记表\n姓名：韩麦穗\n性别：女\n身份证号：999999198001010011\n联系电话：13800000021\n\
                 住址：定州市东亭镇翟城村三区\n{row}\n去年七月以来水渠一直淤堵，雨水倒灌进八户人家。\n信访人签名：韩麦穗"
            ))
        };
        for (row, expected) in [
            ("反映问题：翟城村村东水渠淤堵", "翟城村村东水渠淤堵"),
            ("反映问题：翟城村村东水渠淤堵。", "翟城村村东水渠淤堵"),
            ("信访事项 翟城村村东水渠淤堵", "翟城村村东水渠淤堵"),
            ("事由：水渠淤堵无人清理", "水渠淤堵无人清理"),
            ("事由关于翟城村村东水渠淤堵的反映", "关于翟城村村东水渠淤堵的反映"),
            ("信访事由：\n翟城村村东水渠淤堵一事", "翟城村村东水渠淤堵一事"),
            ("关于翟城村村东水渠淤堵的反映", "关于翟城村村东水渠淤堵的反映"),
            ("标题：水渠淤堵。村里说没有钱清淤。", "水渠淤堵"),
        ] {
            assert_eq!(form(row), expected, "{row}");
        }
        for row in ["反映问题：", "事由：电话13800000021", "反映问题的材料交过两次"] {
            assert_eq!(form(row), "去年七月以来水渠一直淤堵，雨水倒灌进八户人家", "{row}");
        }
    }

    #[test]
    fn a_heading_that_names_the_kind_of_letter_is_a_title_only_where_nothing_tells_the_matter() {
        let matter = "村南头的养猪场往机井边上排粪水";
        for kind in [
            "举报信",
            "联名信",
            "控告信",
            "情况说明",
            "请示",
            "证明",
            "反映材料",
            "情 况 说 明",
            "村民联名信",
            "实名举报信",
        ] {
            assert_eq!(
                title(&format!("{kind}\n信访局领导：\n{matter}，一下雨就倒灌。")),
                format!("{matter}，一下雨就倒灌"),
                "{kind}"
            );
            assert_eq!(title(&format!("{kind}\n领导：\n反映事项：{matter}")), matter, "{kind}");
            assert_eq!(title(&format!("{kind}\n信访局领导：\n您好。")), kind, "{kind}");
        }
        assert_eq!(title("关于养猪场排污的情况说明\n信访局领导：\n粪水往外流到机井边上。"), "关于养猪场排污的情况说明");
        assert_eq!(title("宅基地纠纷申诉书\n信访局领导：\n邻居把墙垒到我家窗户底下。"), "宅基地纠纷申诉书");
    }

    #[test]
    fn a_trade_is_no_trouble_and_what_follows_below_is_no_matter() {
        let letter = "情况说明\n我单位职工等五人自2023年4月起在定州市顺达纺织厂前纺车间做挡车工，该厂至今拖欠工资，具体如下：\n4至9月18600元。";
        assert_eq!(title(letter), "该厂至今拖欠工资");
        assert_eq!(title("领导：\n有人用车挡住工地大门，我们出不去。"), "有人用车挡住工地大门，我们出不去");
    }

    #[test]
    fn the_line_before_the_salutation_is_the_title() {
        let letter = "请求制止塑料厂排放刺鼻气味\n信访局领导：\n我们村北边有一家塑料厂，没有挂牌子。";
        assert_eq!(title(letter), "请求制止塑料厂排放刺鼻气味");
        assert_eq!(title("尊敬的领导：\n信访局领导：\n小区停水三天了，物业公司不管。"), "小区停水三天了，物业公司不管");
    }
}
