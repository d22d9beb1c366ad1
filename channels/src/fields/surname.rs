//! Chinese surnames and how to tell a personal name by them.

use std::ops::Range;

use case::text::is_han;

use super::Text;

/// Surnames of one character, the common ones first (about 98 in 100 people in China have one of these).
const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢\
安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴\
蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和\
仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥郁南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区\
郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初云容扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况\
宿鲜印逯隆茹诺慕危玉银亢嵇公哈湛宾戎勾茅利呼揭干但尉冶斯元束檀衣展阴昝智幸奉植衡富尧闭阎郗郄荀蔚逄綦濮桓郇缑糜笪邴仉谯洪赖隗庾贡苌郦酆钮訾贠鄂莘蒯殳夔乜暨常傅萧贝贲羿汲宓钭韶蓟郤璩郏扶柘竺巢厍蓬毋滑";

/// Surnames of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方", "端木", "南宫",
    "独孤", "宇文", "轩辕", "长孙", "闾丘", "呼延", "钟离", "澹台", "鲜于", "淳于", "申屠", "万俟", "赫连", "相里",
    "仲孙", "宗政", "亓官", "司寇", "公冶", "拓跋", "完颜", "颛孙", "巫马", "漆雕", "公羊", "濮阳", "闻人", "东郭",
    "西门", "纳兰", "第五", "左丘", "梁丘", "谷梁", "公西", "乐正", "羊舌", "达奚", "夹谷", "宰父",
];

/// What is counted behind `第五` where it is no surname: `第五条`, `第五小区`.
const COUNTED_FIFTH: &str =
    "条项点个次章节款届批期号层组队村排户位名年月日天周小中大医分生部本类级步轮种件份组户街居人工建代场道";

/// Posts and ways of calling a person by surname: `王经理`.
pub(crate) const TITLES: &[&str] = &[
    "副经理",
    "总经理",
    "经理",
    "副书记",
    "书记",
    "支书",
    "副主任",
    "主任",
    "副局长",
    "局长",
    "所长",
    "副镇长",
    "镇长",
    "副乡长",
    "乡长",
    "科长",
    "队长",
    "校长",
    "院长",
    "园长",
    "店长",
    "老板",
    "村长",
    "站长",
    "会计",
    "法官",
    "警官",
    "总监",
    "总",
    "工头",
    "厂长",
    "股长",
    "处长",
    "院长",
    "部长",
    "庭长",
    "老师",
    "大夫",
    "医生",
    "律师",
];

/// What may directly follow a name in running text.
const BEHIND: &[&str] = &[
    "等",
    "男",
    "女",
    "汉族",
    "住",
    "家住",
    "现住",
    "电话",
    "手机",
    "身份证",
    "系",
    "是",
    "今年",
    "年龄",
    "联系",
    "敬上",
    "谨上",
    "呈",
    "上",
    "敬",
    "于",
    "和",
    "与",
    "及",
    "因",
    "在",
    "的",
    "现",
    "向",
    "要",
    "想",
    "反映",
    "投诉",
    "原",
    "出生",
    "生于",
    "来自",
    "同",
    "就",
    "从",
    "到",
    "同志",
    "先生",
    "女士",
    "签名",
    "签字",
    "收",
    "啊",
    "吧",
    "呢",
    "年",
    "写",
    "代笔",
    "代写",
    "求",
    "二人",
    "两人",
    "三人",
    "四人",
    "五人",
    "几人",
    "夫妇",
    "夫妻",
    "父子",
    "母子",
    "兄弟",
    "代表",
    "携",
];

/// Words of two to four characters that begin with a surname but are no names.
const NOT_NAMES: &[&str] = &[
    "满意", "满足", "满分", "房东", "房客", "房主", "严重", "严查", "严格", "严禁", "日期", "利用", "阳光", "和家",
    "党费", "方便", "姓名", "电话", "地址", "年龄", "性别", "住址", "成绩", "祖籍", "新城", "花近", "银杏", "于去",
    "于今", "于上", "于本", "敬上", "华悦", "金融", "金钱", "水电", "温泉", "平台", "支付", "连锁", "全体", "全村",
    "全家", "时间", "时候", "关于", "方面", "高度", "高兴", "安全", "安置", "成立", "成为", "金额", "应该", "应当",
    "单位", "管理", "何时", "何况", "任何", "任命", "于是", "明确", "明白", "明天", "国家", "国有", "国土", "程序",
    "范围", "连续", "曾经", "路口", "路面", "路灯", "施工", "周边", "周围", "申请", "申诉", "房子", "房屋", "房产",
    "公司", "公安", "公民", "公开", "公共", "盖房", "强烈", "强制", "文件", "文明", "包工", "党员", "党委", "农民",
    "农村", "农业", "宗旨", "平时", "平安", "支持", "石油", "水泥", "向上", "向您", "向贵", "和我", "和谐", "干部",
    "商户", "商家", "商铺", "市民", "居民", "业主", "村民", "群众", "职工", "家长", "员工", "学生", "工人", "信访",
    "来信", "来电", "相关", "都是", "马上", "车主", "车辆", "冷水", "易燃", "夏天", "夏季", "秋季", "冬季", "温度",
    "黄土", "黄河", "梁山", "康复", "白天", "云南", "江苏", "江西", "甘肃", "宁夏", "万元", "万一", "计划", "江湖",
    "毕业", "司机", "景区", "那么", "那个", "那里", "初中", "高中", "高速", "单元", "解决", "谢谢", "许多", "常年",
    "古城", "唐河", "马路", "高楼", "同村", "温馨", "幸好", "幸福", "印章", "强行", "强占", "原来", "原因", "原告",
    "平均", "全部", "全市", "全国", "门口", "门前", "门牌", "海边", "花费", "花园", "位于", "匿名", "保密", "敬礼",
    "此致", "元旦", "来访", "储户", "和平", "南街", "东方", "洪水", "洪涝", "赖账", "赖着", "赖在", "赖皮", "贡献",
    "关系", "车牌", "车间", "班级", "班组", "文化", "包裹", "曾打", "曾多", "曾向", "车贴", "应发", "应付", "公历",
    "阳历", "农历", "国庆", "元宵", "母亲", "师傅", "公婆",
];

/// What ends a name with a dot in a form of which the blanks between the cells were lost.
const DOTTED_ENDS: &[&str] =
    &["性别", "民族", "年龄", "身份", "电话", "手机", "联系", "住址", "地址", "签名", "签字", "出生", "同志", "等人"];

/// Characters with which no given name begins.
const NOT_GIVEN: &str = "的了在是不住号楼栋区镇街县房车去年月日";

/// What follows 月 in given names: `月娥`, `月英`. Anything else behind it is a month.
const BEHIND_MOON: &str =
    "娥英华兰琴梅红芳霞玲珍萍桂香仙明清秋珠云花珊琼莲桃菊凤芬莉丽平娟婷玉荣敏静艳姣如茹环美圆季亭贤秀";

/// Characters that stand in sentences and posts, in places and offices, and in hardly any name that is not Chinese.
const NOT_IN_NAMES: &str = "的了在是不住号楼栋区镇街县房车去年月日我你他她们和与及从到向被因为岁家人员工户主代表父母女妻夫先生士师同志\
村乡市省局委会社公司厂店组队站所院校部科长任记书电话手机请求反映投诉这那个有没今原系男性身份证哈啊呢吧嘛呀哦单位章";

/// Characters with which no name of three characters ends.
const NOT_LAST: &str = "路街村镇县局";

/// Whether `character` is a surname of one character.
pub(crate) fn is_single(character: char) -> bool {
    SINGLE.contains(character)
}

/// A name that was found, and how well it is set off from what follows.
pub(crate) struct Name {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Whether punctuation, white space or a word that follows names stands behind it.
    pub(crate) set_off: bool,
    /// Whether it begins with a surname of the list.
    pub(crate) known_surname: bool,
}

/// The personal name that begins at `start`, if one does: surname and one or two characters, or a name with a dot
/// (`买买提·吐尔逊`). Longer names are preferred as long as they are set off.
pub(crate) fn name_at(text: &Text, start: usize) -> Option<Name> {
    if let Some(range) = dotted(text, start) {
        return Some(Name { set_off: is_set_off(text, range.end), range, known_surname: true });
    }
    if let Some(range) = spaced(text, start) {
        return Some(Name { set_off: true, range, known_surname: true });
    }
    let counted = text.has(start, "第五") && text.at(start + 2).is_none_or(|next| COUNTED_FIFTH.contains(next));
    let surname = if !counted && COMPOUND.iter().any(|surname| text.has(start, surname)) { 2 } else { 1 };
    let known_surname = surname == 2 || is_single(text.at(start)?);
    let han = text.skip(start, is_han).min(start + surname + 2);
    // `沙湾路`: a place, whatever it begins with. `王村长` is called by a post.
    let last = start + surname + 1;
    if text.at(last).is_some_and(|last| NOT_LAST.contains(last)) && text.at(last + 1) != Some('长') {
        return None;
    }
    let given = text.chars(start + surname..han);
    let moon = given.first() == Some(&'月') && given.get(1).is_some_and(|next| BEHIND_MOON.contains(*next));
    let odd = given.first().is_some_and(|first| NOT_GIVEN.contains(*first)) && !moon;
    if odd || han <= start + surname || NOT_NAMES.iter().any(|word| text.has(start, word)) {
        return None;
    }
    let longest = han;
    let shortest = start + surname + 1;
    // `濮阳雪等`: 等 ends no name.
    let of_several = |end: usize| end > shortest && text.before(end) == Some('等');
    let end = (shortest..=longest).rev().find(|end| is_set_off(text, *end) && !of_several(*end));
    // Three characters (four with a compound surname) are by far the most common.
    let range = start..end.unwrap_or(longest);
    Some(Name { set_off: end.is_some(), range, known_surname })
}

/// `万　芳`, written as wide as the names of three characters beside it.
fn spaced(text: &Text, start: usize) -> Option<Range<usize>> {
    let (surname, blank, given) = (text.at(start)?, text.at(start + 1)?, text.at(start + 2)?);
    let apart = |character: Option<char>| character.is_none_or(|one| !is_han(one) && !one.is_ascii_alphanumeric());
    let alone = apart(text.before(start)) && apart(text.at(start + 3)) && text.at(start + 3) != Some(':');
    let word: String = [surname, given].iter().collect();
    let plain =
        is_single(surname) && is_han(given) && !NOT_GIVEN.contains(given) && !NOT_NAMES.contains(&word.as_str());
    (blank == ' ' && alone && plain).then_some(start..start + 3)
}

/// `乌云其木格`, `沙马木呷`: a name of four to six characters that stands whole between `start`, where a label or `我叫` says that a name
/// begins, and the next mark or line end. Where that is not `certain`, one of four that begins like a surname is not set off: `我叫李强木工`.
pub(crate) fn unbroken(text: &Text, start: usize, certain: bool) -> Option<Name> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 4..=6;
    let end = text.skip(start, is_han);
    let known_surname = text.at(start).is_some_and(is_single);
    let told = text.chars(start..end).iter().any(|c| NOT_IN_NAMES.contains(*c));
    let fits = LENGTHS.contains(&(end - start)) && !told && !NOT_NAMES.iter().any(|word| text.has(start, word));
    let set_off = certain || !known_surname || end - start > 4;
    // `石大山田秀禾`: two who sign without a blank.
    let two = known_surname && end - start == 6 && text.at(start + 3).is_some_and(is_single);
    (fits && !two).then_some(Name { range: start..end, set_off, known_surname })
}

/// `麦麦提．吐尔逊`, typed with a point: only behind what says that a name begins, when the first part is none of a Chinese kind.
fn pointed(text: &Text, start: usize) -> Option<Range<usize>> {
    const PARTS: std::ops::RangeInclusive<usize> = 2..=8;
    let point = text.skip(start, is_han);
    let end = text.skip(point + 1, is_han);
    let parts = [start..point, point + 1..end];
    let fits = |part: &Range<usize>| {
        PARTS.contains(&part.len()) && !text.chars(part.clone()).iter().any(|c| NOT_IN_NAMES.contains(*c))
    };
    let chinese = text.at(start).is_some_and(is_single) && point < start + 4;
    let announced = matches!(text.before(start), Some(':' | '叫')) && text.was_point(point);
    let ends = text.at(end).is_none_or(|next| matches!(next, '\n' | ' ' | ',' | '(' | '。'));
    (announced && !chinese && ends && parts.iter().all(fits)).then_some(start..end)
}

/// Names of several parts with a dot between them, at most 30 characters.
fn dotted(text: &Text, start: usize) -> Option<Range<usize>> {
    if let Some(range) = pointed(text, start) {
        return Some(range);
    }
    let is_dot = |character| matches!(character, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '●');
    let end = text.skip(start, |character| is_han(character) || is_dot(character)).min(start + 30);
    let labelled = text.all_of(start..end, DOTTED_ENDS).map(|(_, range)| range.start).next();
    let end = labelled.map_or(end, |label| label.min(end));
    // `我叫阿依努尔·买买提江`
    if matches!(text.at(start), Some('我' | '俺')) || text.has(start, "本人") {
        return None;
    }
    let dots = text.chars(start..end).iter().filter(|character| !is_han(**character)).count();
    let ends_in_han = text.before(end).is_some_and(is_han) && text.at(start).is_some_and(is_han);
    (dots > 0 && ends_in_han && end - start >= 4).then_some(start..end)
}

/// Whether a name may end at `end`.
fn is_set_off(text: &Text, end: usize) -> bool {
    match text.at(end) {
        None => true,
        Some(next) if !is_han(next) => true,
        Some(_) => text.one_of(end, BEHIND).is_some(),
    }
}
