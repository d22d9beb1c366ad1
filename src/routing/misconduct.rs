//! Words that charge somebody with misconduct of office (违纪违法), and such that merely say ill of an office.

/// Misconduct that only an official can commit.
const OF_OFFICE: [&str; 27] = [
    "贪污",
    "受贿",
    "索贿",
    "以权谋私",
    "滥用职权",
    "吃拿卡要",
    "优亲厚友",
    "买官卖官",
    "徇私",
    "贪腐",
    "腐败",
    "玩忽职守",
    "保护伞",
    "虚报冒领",
    "侵占集体",
    "公款",
    "权钱交易",
    "利益输送",
    "职务便利",
    "官商勾结",
    "渎职",
    "截留",
    "冒领",
    "以权压人",
    "打击报复",
    "集体资产私分",
    "私吞",
];
/// Misconduct that a firm may commit too.
const OF_ANYONE: [&str; 17] = [
    "挪用",
    "包庇",
    "侵吞",
    "套取",
    "收受",
    "红包",
    "好处费",
    "回扣",
    "违纪",
    "行贿",
    "协调费",
    "私分",
    "索要",
    "中饱私囊",
    "收黑钱",
    "暗箱操作",
    "占为己有",
];
/// Ill that is said of an office without charging anybody with misconduct.
const ILL: [&str; 17] = [
    "不作为",
    "乱作为",
    "慢作为",
    "推诿",
    "踢皮球",
    "扯皮",
    "态度恶劣",
    "态度差",
    "态度蛮横",
    "刁难",
    "拖着不办",
    "不理不睬",
    "敷衍",
    "乱收费",
    "互相推",
    "不予办理",
    "违规",
];
/// Who is no official: misconduct behind one of these is theirs.
const FIRMS: [&str; 18] = [
    "公司",
    "开发商",
    "物业",
    "业委会",
    "老板",
    "包工头",
    "商家",
    "店主",
    "经理",
    "企业",
    "厂",
    "合作社",
    "培训机构",
    "中介",
    "超市",
    "饭店",
    "房东",
    "邻居",
];

/// The misconduct in `text` that stands first: its byte and the word.
pub(super) fn first(text: &str) -> Option<(usize, &'static str)> {
    let of_office = OF_OFFICE.iter().filter_map(|word| text.find(word).map(|at| (at, *word)));
    let of_anyone = OF_ANYONE.iter().filter_map(|word| text.find(word).map(|at| (at, *word)));
    of_office.chain(of_anyone).min_by_key(|(at, _)| *at)
}

/// The first misconduct in `text` that only an official can commit.
pub(super) fn of_office(text: &str) -> Option<&'static str> {
    OF_OFFICE.iter().copied().find(|word| text.contains(word))
}

/// What stands before the first misconduct in `after`, when whoever stands before `after` is charged with it: near enough, and no
/// firm between.
pub(super) fn charged(after: &str, reach: usize) -> Option<&str> {
    let (at, _) = first(after)?;
    let between = after.get(..at)?;
    (between.chars().count() <= reach && !names_firm(between)).then_some(between)
}

/// Whether a firm or another private person is named.
pub(super) fn names_firm(text: &str) -> bool {
    FIRMS.iter().any(|firm| text.contains(firm))
}

/// Whether ill is said.
pub(super) fn says_ill(text: &str) -> bool {
    first(text).is_some() || ILL.iter().any(|word| text.contains(word))
}
