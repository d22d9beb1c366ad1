//! Names of places and firms, found by their endings: no list knows every estate and village.
//!
//! Where a name begins is uncertain (`住在锦绣华庭小区`), so two names are compared from their ends.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use case::text::is_han;

use super::clause::{self, Clause};
use crate::text::cut;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NameKind {
    /// 小区、花园、公寓…
    Estate,
    /// 路、街、大道、巷.
    Road,
    /// 村.
    Village,
    /// 镇、乡、街道、社区.
    Township,
    /// 区、县. Cities are left out: one office serves one city, and every petition names it.
    District,
    /// 公司、银行、学校、医院…
    Firm,
    /// 2号线, 8路.
    Line,
    /// 3栋, 12号楼.
    Building,
}

impl NameKind {
    /// For people.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Estate => "小区或楼盘",
            Self::Road => "道路",
            Self::Village => "村",
            Self::Township => "镇街社区",
            Self::District => "区县",
            Self::Firm => "单位",
            Self::Line => "线路",
            Self::Building => "楼栋",
        }
    }
}

/// Endings of names, longest first within a kind; the ending that is found first, in this order, names the kind.
const ENDINGS: &[(&str, NameKind)] = &[
    ("街道办事处", NameKind::Township),
    ("街道办", NameKind::Township),
    ("街道", NameKind::Township),
    ("居委会", NameKind::Township),
    ("社区", NameKind::Township),
    ("乡镇", NameKind::Township),
    ("镇", NameKind::Township),
    ("乡", NameKind::Township),
    ("有限公司", NameKind::Firm),
    ("公司", NameKind::Firm),
    ("集团", NameKind::Firm),
    ("银行", NameKind::Firm),
    ("培训学校", NameKind::Firm),
    ("学校", NameKind::Firm),
    ("小学", NameKind::Firm),
    ("中学", NameKind::Firm),
    ("大学", NameKind::Firm),
    ("学院", NameKind::Firm),
    ("幼儿园", NameKind::Firm),
    ("医院", NameKind::Firm),
    ("酒店", NameKind::Firm),
    ("超市", NameKind::Firm),
    ("市场", NameKind::Firm),
    ("物业", NameKind::Firm),
    ("置业", NameKind::Firm),
    ("工厂", NameKind::Firm),
    ("厂", NameKind::Firm),
    ("驾校", NameKind::Firm),
    ("公园", NameKind::Estate),
    ("小区", NameKind::Estate),
    ("花园", NameKind::Estate),
    ("家园", NameKind::Estate),
    ("嘉园", NameKind::Estate),
    ("佳园", NameKind::Estate),
    ("公寓", NameKind::Estate),
    ("楼盘", NameKind::Estate),
    ("公馆", NameKind::Estate),
    ("山庄", NameKind::Estate),
    ("别墅", NameKind::Estate),
    ("庭院", NameKind::Estate),
    ("新村", NameKind::Estate),
    ("名城", NameKind::Estate),
    ("新城", NameKind::Estate),
    ("花城", NameKind::Estate),
    ("华府", NameKind::Estate),
    ("华庭", NameKind::Estate),
    ("国际", NameKind::Estate),
    ("广场", NameKind::Estate),
    ("大厦", NameKind::Estate),
    ("之城", NameKind::Estate),
    ("雅苑", NameKind::Estate),
    ("华苑", NameKind::Estate),
    ("花苑", NameKind::Estate),
    ("苑", NameKind::Estate),
    ("府", NameKind::Estate),
    ("湾", NameKind::Estate),
    ("大道", NameKind::Road),
    ("大街", NameKind::Road),
    ("路", NameKind::Road),
    ("街", NameKind::Road),
    ("巷", NameKind::Road),
    ("村", NameKind::Village),
    ("区", NameKind::District),
    ("县", NameKind::District),
];

/// Words that end in such a way but name nothing, and words that are never the beginning of a name.
const NO_NAMES: &str = "小区 城市 市 区 县 社区 全市 我市 本市 超市 市区 郊区 地区 县区 园区 城区 区县 新区 学区 景区 校区 片区 辖区 库区 \
    道路 马路 公路 铁路 高速公路 修路 出路 线路 思路 网路 一路 走路 让路 大路 小路 铺路 电路 断头路 上路 路 上街 逛街 街 村 农村 乡村 \
    本村 我村 全村 新农村 公司 分公司 子公司 有限公司 责任公司 股份公司 物业公司 开发公司 集团 银行 学校 中学 小学 大学 幼儿园 医院 \
    政府 市政府 区政府 县政府 省政府 国际 广场 市场 菜市场 农贸市场 工厂 城乡 乡镇 下乡 家乡 老乡 街道 大街 街道办 花园 后花园 公园 \
    楼盘 公寓 物业 置业 培训学校 学院 大厦 酒店 前期物业 街区 功能区 小学校 房地产 港湾 住宅区 商业区 居民区 生活区 工业区 服务区 \
    高新区 开发区 经济开发区 经开区 示范区 东区 西区 南区 北区 地下停车场 停车场 现场 立场 \
    临街 沿街 当街 背街 两边街 主街 主干路 看不清路";

/// Words at which a name cannot go on to the left.
const STOPS: &str = "的 在 是 位于 住 住在 家住 居住 居住在 我 我们 你 你们 他 他们 和 与 及 以及 对 由 从 到 向 被 把 给 了 有 为 因 因为 将 \
    该 本 这 那 这个 那个 某 请 请问 问 叫 等 来 去 后 前 里 内 外 旁 旁边 附近 反映 投诉 举报 咨询 关于 建议 希望 请求 要求 求助 购买 买 \
    至 往 沿 处 靠近 一个 一家 一条 名为 业主 居民 村民 市民 群众 老百姓 所有 每 各 多 几 全 全体 整个 现在 目前 没有 已 已经 就 都 \
    也 还 又 不 没 要 会 能 可 可以 上 下 交汇 交汇处 交叉口 路口 尊敬 领导 您好 关注 解决 严重 什么 怎么 如何 为何 何时 是否 作为 经过 交给 \
    读 念 考 孩子 儿子 女儿 小孩 今年 明年 去年 后年 前年 开发商 售楼部 看不清 看不见 出门 老人 \
    强烈 坚决 严查 查处 规范 整治 取缔 帮忙 帮助 谁 让 使 用 以 之 其 此 但 而 于 再次 再 请查 呼吁 期盼 盼 恳请 恳求 本人 系 乃 属 属于";

/// Stops that names of estates and roads are made of too.
const LOCATIVES: &[&str] = &["里", "外", "上", "下", "前", "后"];

/// The longest name, in characters; firms are registered with long ones.
const fn longest(kind: NameKind) -> usize {
    match kind {
        NameKind::Firm => 20,
        NameKind::Estate
        | NameKind::Road
        | NameKind::Village
        | NameKind::Township
        | NameKind::District
        | NameKind::Line
        | NameKind::Building => 12,
    }
}

/// What firms of one trade all have in their names, before the ending: it tells no firm from another.
const TRADES: &[&str] = &[
    "房地产开发经营",
    "房地产开发",
    "房地产",
    "地产",
    "置业",
    "物业管理",
    "物业服务",
    "物业",
    "有限责任",
    "股份有限",
    "有限",
    "责任",
    "股份",
    "集团",
    "投资",
    "开发",
    "建设",
    "建筑工程",
    "工程",
    "建筑",
    "实业",
    "发展",
    "经营",
    "管理",
    "服务",
    "供热",
    "热力",
    "供水",
    "自来水",
    "燃气",
    "商贸",
    "贸易",
    "科技",
    "分",
];

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    /// What it names.
    pub(super) kind: NameKind,
    /// As it stands in the text.
    pub(super) text: String,
    /// Without its ending, from where it surely begins.
    pub(super) core: String,
}

static NOT_NAMED: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split_whitespace().collect());
static STOPPED: LazyLock<HashSet<&str>> = LazyLock::new(|| STOPS.split_whitespace().collect());

/// The names in `folded`, each once.
pub(super) fn names(folded: &str) -> BTreeSet<Name> {
    names_by_clause(folded).into_iter().map(|(name, _clause)| name).collect()
}

/// The names in `folded` in reading order, with what their clause is about.
pub(super) fn names_by_clause(folded: &str) -> Vec<(Name, Clause)> {
    let mut names = Vec::new();
    let mut labelled = false;
    for text in folded.split(|character: char| !is_han(character) && !character.is_alphanumeric()) {
        let clause = Clause::of(text, labelled);
        labelled = clause::is_label(text);
        let words: Vec<&str> = cut(text);
        for end in 0..words.len() {
            let before = words.get(..=end).unwrap_or(&[]);
            names.extend(ending_at(before).map(|name| (name, clause)));
            names.extend(numbered(before).map(|name| (name, clause)));
        }
    }
    names
}

/// The name that ends with the last of `words`.
fn ending_at(words: &[&str]) -> Option<Name> {
    let last = words.last()?;
    let (ending, kind) = ENDINGS.iter().find(|(ending, _kind)| last.ends_with(ending))?;
    let mut text = String::new();
    for (index, word) in words.iter().enumerate().rev() {
        let first = text.is_empty();
        let too_long = text.chars().count().saturating_add(word.chars().count()) > longest(*kind);
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        // `幸福里小区`: within a name these are no prepositions. `明年上小学` is no name: schools have none of them.
        let inside = !matches!(kind, NameKind::Firm | NameKind::Township)
            && LOCATIVES.contains(word)
            && before.is_some_and(|before| !STOPPED.contains(before) && before.chars().all(is_han));
        // `大三路村`, `南城区街道`: with nothing but the ending so far, the road or the district is the name itself.
        let bare = text == *ending && is_part_of_name(word, *kind);
        let ends_there = !first && !inside && !bare && (STOPPED.contains(word) || closes(word, *kind));
        if too_long || ends_there || (first && STOPPED.contains(word)) {
            break;
        }
        text.insert_str(0, word);
    }
    // `翟城村村口`, `翟城村村委会`: the second ending begins another word.
    while *kind == NameKind::Village && text.ends_with("村村") {
        text.pop();
    }
    let mut core = text.strip_suffix(ending)?;
    if *kind == NameKind::Firm && !is_school(ending) {
        core = stem(core);
    }
    let core = core.to_owned();
    let shortest = if *kind == NameKind::District { 1 } else { 2 };
    let fits =
        core.chars().count() >= shortest && !NOT_NAMED.contains(text.as_str()) && !NOT_NAMED.contains(core.as_str());
    // A digit alone before the ending is a bus line or a phase, not the name of a road or an estate.
    let named = core.chars().any(|character| !character.is_ascii_digit());
    (fits && named).then_some(Name { kind: *kind, text, core })
}

/// Whether a road or a district may be the name of a village, of an estate or of a street office.
fn is_part_of_name(word: &str, kind: NameKind) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match kind {
        NameKind::Village => ends(&["路", "街"]),
        NameKind::Township => ends(&["区"]) && !NOT_NAMED.contains(word),
        NameKind::Estate
        | NameKind::Road
        | NameKind::District
        | NameKind::Firm
        | NameKind::Line
        | NameKind::Building => false,
    }
}

fn is_school(ending: &str) -> bool {
    ["学校", "小学", "中学", "大学", "学院", "幼儿园", "医院"].into_iter().any(|school| ending.ends_with(school))
}

/// The name of a firm without its trade: `鼎誉房地产开发` is `鼎誉`. The place before it stays; names are compared from
/// their ends.
fn stem(core: &str) -> &str {
    let mut stem = core;
    while let Some(shorter) = TRADES.iter().find_map(|trade| stem.strip_suffix(trade)) {
        stem = shorter;
    }
    stem
}

/// Whether `word` ends a larger place, so that the name of a smaller one begins after it.
fn closes(word: &str, kind: NameKind) -> bool {
    let larger = |ending: &str| word.ends_with(ending);
    match kind {
        NameKind::District => larger("省") || larger("市") || larger("州"),
        NameKind::Township | NameKind::Firm => ["省", "市", "县", "区", "镇", "街道"].into_iter().any(larger),
        NameKind::Estate | NameKind::Road | NameKind::Village | NameKind::Line | NameKind::Building => {
            ["省", "市", "县", "区", "镇", "乡", "街道", "社区", "路", "大道", "街", "村"].into_iter().any(larger)
        }
    }
}

/// A line or a building: its number is its name.
fn numbered(words: &[&str]) -> Option<Name> {
    let joined: String = words.iter().rev().take(3).rev().copied().collect();
    let kinds = [
        ("号线", NameKind::Line),
        ("路公交", NameKind::Line),
        ("路车", NameKind::Line),
        ("路公交车", NameKind::Line),
        ("栋", NameKind::Building),
        ("幢", NameKind::Building),
        ("号楼", NameKind::Building),
        ("座", NameKind::Building),
    ];
    let (ending, kind) = kinds.into_iter().find(|(ending, _kind)| joined.ends_with(ending))?;
    let before = joined.strip_suffix(ending)?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
    let number: String = digits.chars().rev().collect();
    let fits = number.chars().any(|character| character.is_ascii_digit()) && number.len() <= 4;
    let ending = if kind == NameKind::Building { "栋" } else { ending };
    fits.then(|| Name { kind, text: format!("{number}{ending}"), core: number })
}

/// Characters whose difference is the whole difference: `东`张谦 is not `西`张谦, 1号线 is not 2号线.
const TELLING: &str = "东西南北上下前后左右大小新老一二三四五六七八九十甲乙丙丁0123456789";

/// Whether two names of one kind may be the same name written two ways.
pub(super) fn agree(a: &Name, b: &Name) -> bool {
    if a.kind != b.kind {
        return false;
    }
    if matches!(a.kind, NameKind::Line | NameKind::Building) {
        return a.core == b.core;
    }
    let (shorter, longer) =
        if a.core.chars().count() <= b.core.chars().count() { (&a.core, &b.core) } else { (&b.core, &a.core) };
    let telling_before = longer
        .strip_suffix(shorter.as_str())
        .and_then(|before| before.chars().last())
        .is_some_and(|character| TELLING.contains(character));
    let contained = longer.ends_with(shorter.as_str()) && !telling_before;
    contained || one_slip(shorter, longer)
}

/// Whether two firms may be one, with one character misread by a machine: `量誉` for `鼎誉`. Only for those of one place.
pub(super) fn may_be_misread(a: &Name, b: &Name) -> bool {
    let differing = |(first, second): &(char, char)| first != second;
    let length = a.core.chars().count().min(b.core.chars().count());
    a.kind == b.kind
        && length >= 2
        && a.core.chars().rev().zip(b.core.chars().rev()).filter(differing).count() <= 1
        && !a.core.chars().chain(b.core.chars()).any(|character| character.is_ascii_digit())
}

/// Whether two names of at least three characters differ in one character that does not tell places apart, or in the order
/// of two.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() || a.len() < 3 {
        return false;
    }
    let slips: Vec<(&char, &char)> = a.iter().zip(&b).filter(|(first, second)| first != second).collect();
    match slips.as_slice() {
        [(first, second)] => !TELLING.contains(**first) && !TELLING.contains(**second),
        // Two characters that changed places: people and speech recognition do that.
        [(first, second), (third, fourth)] => first == fourth && second == third,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(NameKind, String)> {
        names(&crate::text::fold(text)).into_iter().map(|name| (name.kind, name.text)).collect()
    }

    #[test]
    fn names_begin_after_what_is_no_name() {
        assert!(found("我们住在锦绣华庭小区三栋").contains(&(NameKind::Estate, "锦绣华庭小区".to_owned())));
        assert!(found("幸福里小区夜宵店").contains(&(NameKind::Estate, "幸福里小区".to_owned())));
        assert!(found("位于和平路与建设街交叉口").contains(&(NameKind::Road, "和平路".to_owned())));
        assert!(found("住在锦绣华庭三栋").contains(&(NameKind::Building, "3栋".to_owned())));
        assert_eq!(found("我们小区的道路和学校"), []);
        assert_eq!(found("孩子明年上小学"), []);
        assert!(found("东亭镇翟城村村口积水").iter().all(|(_, name)| name != "翟城村村"));
        assert!(found("翟城村村委会").contains(&(NameKind::Village, "翟城村".to_owned())));
        assert!(found("柳河镇大三路村主街").contains(&(NameKind::Village, "大3路村".to_owned())));
    }

    #[test]
    fn a_firm_is_known_without_its_trade_and_its_place() {
        let firm = |text: &str| {
            let found = names(&crate::text::fold(text)).into_iter().find(|name| name.kind == NameKind::Firm);
            found.unwrap_or_else(|| panic!("no firm in {text}"))
        };
        let full = firm("开发商清河永隆房地产开发有限公司不退款");
        assert!(agree(&full, &firm("在永隆公司买房")), "{full:?}");
        assert!(agree(&full, &firm("永隆置业有限公司")));
        assert!(!agree(&full, &firm("丰泰公司")));
        assert!(!agree(&full, &firm("水隆公司")) && may_be_misread(&full, &firm("水隆公司")));
        assert!(!may_be_misread(&full, &firm("丰泰公司")));
        assert_eq!(found("物业公司的人"), []);
    }

    #[test]
    fn names_written_two_ways_agree_and_neighbours_do_not() {
        let name = |kind, core: &str| Name { kind, text: core.to_owned(), core: core.to_owned() };
        let village = |core| name(NameKind::Village, core);
        assert!(agree(&village("锦绣华庭"), &village("华庭")));
        assert!(agree(&village("永顺城"), &village("永舜城")));
        assert!(!agree(&village("东张谦"), &village("西张谦")));
        assert!(!agree(&village("东张谦"), &village("张谦")));
        assert!(!agree(&name(NameKind::Line, "1"), &name(NameKind::Line, "2")));
        assert!(!agree(&village("张谦"), &name(NameKind::Estate, "张谦")));
    }
}
