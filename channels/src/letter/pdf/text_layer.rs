//! The text that a born-digital page carries, used only when it is sane: fonts without a character table give rubbish that
//! looks like text.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use case::field::Area;
use case::problem::Problem;
use case::text::is_han;

use super::super::cleaning::number::{to_count, to_fraction, to_u32};
use super::super::recognition::tsv;
use super::super::record::{ENGINE_TEXT_LAYER, LineRecord, PageRecord};
use super::super::settings::Limits;
use super::information::{POINTS_PER_INCH, PageSize};
use super::tools::{Tool, run};

/// Fewer characters than this are a page number or a stamp, and the page is drawn and read.
const FEWEST: usize = 10;
/// At least this share of the characters must be Han, in per cent: letters are Chinese.
const LEAST_HAN: usize = 30;
/// At most this share may be characters that no writing has, in per cent.
const MOST_RUBBISH: usize = 2;

/// Of the Han of a text with at least so many of them ...
const ENOUGH_TO_COUNT: usize = 12;
/// ... at least this share, in per cent, is among [`USUAL`]; letters have 20 to 35. A font whose characters are numbered
/// wrongly gives Han as rare as any.
const LEAST_USUAL: usize = 6;
/// No character, in per cent of the Han, stands there more often: a font may show every character as the same one.
const MOST_OF_ONE: usize = 30;
/// The characters that no Chinese letter is without.
const USUAL: &str = "的一是了不我人在有这中来上大为和国地到以们时要出会可也年生自于家没多下村路市月日元请电问区县镇";
/// At least this share of the lines, in per cent, begins with a mark that ends a sentence, when they run backwards.
const MOST_BACKWARDS: usize = 25;

/// Asks `pdftotext -tsv` for all pages: the rows of each.
///
/// # Errors
/// Damaged, or the tool is missing.
pub(super) async fn read(file: &Path, limits: &Limits) -> Result<BTreeMap<u16, String>, Problem> {
    let last = limits.pages.to_string();
    let mut arguments: Vec<OsString> = ["-tsv", "-enc", "UTF-8", "-f", "1", "-l", &last].map(OsString::from).to_vec();
    arguments.extend([file.as_os_str().to_owned(), OsString::from("-")]);
    Ok(pages(&run(Tool::Text, &arguments, limits).await?))
}

/// The rows of each page; the second column is the page.
pub(super) fn pages(table: &str) -> BTreeMap<u16, String> {
    let mut pages: BTreeMap<u16, String> = BTreeMap::new();
    for row in table.lines() {
        if let Some(page) = row.split('\t').nth(1).and_then(|page| page.parse().ok()) {
            let rows = pages.entry(page).or_default();
            rows.push_str(row);
            rows.push('\n');
        }
    }
    pages
}

/// The page's own text with areas in pixels at `resolution`; `None` when it has none or only rubbish.
pub(super) fn record_of(
    pages: &BTreeMap<u16, String>,
    page: u16,
    size: &PageSize,
    resolution: f32,
) -> Option<PageRecord> {
    let lines = tsv::lines(pages.get(&page)?);
    let texts: Vec<String> =
        lines.iter().map(|line| line.words.iter().map(|word| word.text.as_str()).collect()).collect();
    if !is_sane(&texts.concat()) || is_out_of_order(&texts) {
        return None;
    }
    let (width, height) = size.pixels(resolution);
    let lines = lines.into_iter().map(|line| scaled(line, resolution / POINTS_PER_INCH)).collect();
    Some(PageRecord { engine: ENGINE_TEXT_LAYER.to_owned(), width, height, lines, ..PageRecord::default() })
}

fn is_sane(text: &str) -> bool {
    let all = text.chars().count();
    let count = |of: &dyn Fn(char) -> bool| text.chars().filter(|character| of(*character)).count();
    let han = count(&is_han);
    let usual = han < ENOUGH_TO_COUNT || count(&|character| USUAL.contains(character)) * 100 >= LEAST_USUAL * han;
    let mut times: BTreeMap<char, usize> = BTreeMap::new();
    text.chars().filter(|character| is_han(*character)).for_each(|character| *times.entry(character).or_default() += 1);
    let varied = han < ENOUGH_TO_COUNT || times.values().all(|times| times * 100 <= MOST_OF_ONE * han);
    all >= FEWEST && han * 100 >= LEAST_HAN * all && count(&is_rubbish) * 100 <= MOST_RUBBISH * all && usual && varied
}

/// Whether lines run backwards: they then begin with what ends a sentence. In order, such a mark never begins a line.
fn is_out_of_order(lines: &[String]) -> bool {
    let starts = |line: &&String| line.starts_with(['，', '。', '、', '；', '：', '？', '！', '）', '》', '”']);
    let backwards = lines.iter().filter(starts).count();
    backwards >= 2 && backwards * 100 >= MOST_BACKWARDS * lines.len()
}

/// Replacement, private-use and control characters.
fn is_rubbish(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

fn scaled(mut line: LineRecord, factor: f32) -> LineRecord {
    let scale = |value: u32| to_u32(to_count(to_fraction(usize::try_from(value).unwrap_or(0)) * factor));
    let larger = |area: &mut Area| {
        *area = Area {
            left: scale(area.left),
            top: scale(area.top),
            width: scale(area.width).max(1),
            height: scale(area.height).max(1),
        };
    };
    larger(&mut line.area);
    line.words.iter_mut().for_each(|word| larger(&mut word.area));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sane_text_is_told_from_rubbish() {
        assert!(is_sane("关于北门街路灯不亮的反映，联系电话13800000001。"));
        assert!(!is_sane("第1页"));
        assert!(!is_sane("\u{e012}\u{e013}\u{fffd}\u{e014}关于北门街路灯不亮的反映"));
        assert!(!is_sane("ÎÒ¼ÒÂ·µÆ²»ÁÁÒÑºÜ¾Ã"), "a charset taken for another");
        let shifted: String =
            "关于北门街路灯不亮的反映我家住在北门街十二号院门前的路灯已经三个月没有亮过老人晚上不敢出门请求尽快处理"
                .chars()
                .filter_map(|character| char::from_u32(u32::from(character) + 0x123))
                .collect();
        assert!(!is_sane(&shifted), "characters numbered wrongly: {shifted}");
        assert!(is_sane(
            "关于北门街路灯不亮的反映我家住在北门街十二号院门前的路灯已经三个月没有亮过老人晚上不敢出门请求"
        ));
    }

    #[test]
    fn one_character_for_all_and_short_mojibake_are_rubbish() {
        assert!(!is_sane(&"的".repeat(60)), "every character shown as one");
        assert!(!is_sane("锟斤拷锟斤拷锟斤拷锟斤拷烫烫烫屯屯屯"));
        assert!(!is_sane("鍖楅棬琛楄矾鐏笉浜殑鍙嶆槧灏婃暚"), "UTF-8 taken for GBK");
        assert!(is_sane("北门街路灯坏了，请修。张三13800000001"));
    }

    #[test]
    fn lines_that_run_backwards_are_told() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert!(is_out_of_order(&lines(&["：导领局访信市", "，亮不灯路街门北映反", "。修尽求请"])));
        assert!(!is_out_of_order(&lines(&["市信访局领导：", "反映北门街路灯不亮，", "请求尽快修复。"])));
    }
}
