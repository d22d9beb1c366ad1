//! The words around which names stand.

/// Labels before the name of a petitioner; none of them counts behind 被 or 受.
pub(in crate::fields) const LABELS: &[&str] = &[
    "信访人",
    "反映人",
    "申请人",
    "申诉人",
    "控诉人",
    "投诉人",
    "上访人",
    "求助人",
    "举报人",
    "检举人",
    "控告人",
    "建议人",
    "联名人",
    "签字人",
    "来信人",
    "来电人",
    "留言人",
    "写信人",
    "署名",
    "落款",
    "联系人",
    "具名人",
    "签名",
    "姓名",
    "带班人",
    "诉求人",
    "说明人",
    "陈述人",
    "陈情人",
    "请愿人",
    "请求人",
    "报告人",
    "反应人",
    "当事人",
    "代表人",
    "代表",
    "委托人",
    "家长",
    "户主",
    "申请单位",
    "申诉单位",
    "来信单位",
    "消费者",
    "求助者",
    "具信人",
    "呈报人",
    "呈诉人",
    "群众姓名",
    "市民姓名",
    "报案人",
    "失主",
    "上书人",
    "签字",
];
/// Labels behind which a name counts only when a colon or blank sets it off.
pub(super) const LOOSE: &[&str] =
    &["联系人", "委托人", "代表", "当事人", "签名", "落款", "署名", "姓名", "家长", "户主", "消费者", "求助者", "签字"];
/// Parts of an organisation, before the name of who can be asked there.
pub(super) const DEPARTMENTS: &[&str] =
    &["办公室", "综合部", "综合科", "行政部", "人事部", "财务部", "财务科", "法务部", "业务部", "工会"];
/// How people introduce themselves.
pub(super) const INTRODUCTIONS: &[&str] = &[
    "我的名字叫",
    "我的名字是",
    "我名字叫",
    "我叫做",
    "我叫",
    "我是叫",
    "本人叫",
    "本人姓名",
    "本人是",
    "本人系",
    "本人",
    "我是",
    "我系",
    "俺叫",
    "俺是",
    "名字叫",
    "民女",
    "草民",
    "小民",
];
/// Those of [`INTRODUCTIONS`] that are parts of other words (`农民女工`) unless a clause begins with them.
pub(super) const BARE_INTRODUCTIONS: &[&str] = &["名字叫", "民女", "草民", "小民"];
/// What somebody calls themselves before their name: `…村民马占山`.
pub(super) const ROLES: &[&str] = &[
    "村民小组长",
    "村民",
    "居民",
    "业主代表",
    "业主",
    "住户",
    "职工",
    "工人",
    "家长",
    "户主",
    "员工",
    "农民工",
    "市民",
    "群众",
    "租户",
    "商户",
    "学生",
    "老师",
    "教师",
    "司机",
    "老板",
    "法人",
    "经营者",
    "负责人",
    "农民",
    "社员",
    "村医",
    "网格员",
    "志愿者",
    "护士",
    "医生",
    "保安",
    "保洁员",
    "外卖员",
    "护林员",
    "快递员",
    "驾驶员",
    "环卫工",
    "店主",
    "摊主",
    "退役军人",
    "退伍军人",
    "军人",
    "老兵",
    "矿工",
    "骑手",
    "残疾人",
    "退休干部",
    "老党员",
    "个体户",
    "儿子",
    "女儿",
    "闺女",
    "妻子",
    "老伴",
    "丈夫",
    "媳妇",
    "家属",
    "母亲",
    "父亲",
    "孙子",
    "孙女",
];
/// Those of [`ROLES`] who sign for a relative.
pub(super) const RELATIVES: &[&str] = &[
    "儿子", "女儿", "闺女", "妻子", "老伴", "丈夫", "媳妇", "家属", "母亲", "父亲", "孙子", "孙女", "养女", "养子",
    "儿媳", "女婿", "侄子", "侄女", "外甥", "爱人", "哥哥", "弟弟", "姐姐", "妹妹",
];
/// Before the name of an organisation that speaks for itself.
pub(super) const OWN_ORGANISATION: &[&str] = &[
    "我公司",
    "我单位",
    "我司",
    "本公司",
    "本单位",
    "我厂",
    "我店",
    "我社",
    "我合作社",
    "我委员会",
    "我委会",
    "我协会",
    "我商会",
    "我校",
    "我园",
];
/// Before the name that stands in somebody's papers, where they have just said how they are called.
pub(super) const PAPER_NAMES: &[&str] =
    &["大名", "本名", "真名", "学名", "身份证上叫", "身份证上是", "户口本上叫", "户口本上是"];
/// What a line says under which people sign one below the other.
pub(super) const SIGNING: &[&str] = &["签名", "签字", "手印", "指印", "联名", "署名"];
/// What a signer leaves beside the name.
pub(super) const THUMBPRINTS: &[&str] =
    &["(手印)", "(指印)", "(按手印)", "(捺印)", "(红手印)", "(盖章)", "(签字)", "(签名)"];
/// What the head of a table calls its columns.
pub(super) const COLUMNS: &[&str] = &[
    "性别",
    "年龄",
    "电话",
    "手机",
    "联系",
    "金额",
    "月份",
    "身份证",
    "住址",
    "地址",
    "备注",
    "签名",
    "签字",
    "手印",
    "房号",
    "门牌",
    "楼号",
    "工种",
    "职务",
    "工资",
    "欠",
    "时间",
    "日期",
    "关系",
    "单位",
];
/// What stands behind a name in a list of those who sign together.
pub(super) const NUMBERS: &[&str] = &["身份证", "公民身份", "联系电话", "电话", "手机"];
/// Whom people speak for.
pub(in crate::fields) const KIN: &[&str] = &[
    "父亲", "母亲", "爸爸", "妈妈", "爷爷", "奶奶", "老伴", "丈夫", "妻子", "岳父", "岳母", "公公", "婆婆", "我爸",
    "我妈", "我爹", "我娘",
];
/// Words by which somebody writes or speaks for somebody else.
pub(in crate::fields) const FOR_SOMEBODY: &[&str] = &[
    "替我",
    "给我婆婆",
    "给我妈",
    "给我爸",
    "给我父亲",
    "给我母亲",
    "给我公公",
    "给我爷爷",
    "给我奶奶",
    "代我",
    "委托我",
    "替父",
    "替母",
];
/// More words that say so in a letter.
pub(super) const WRITTEN_FOR: &[&str] = &["替他", "替她", "代他", "代她", "写了一封信", "写的信", "替老"];
/// More words that say so in a call.
pub(super) const SPOKEN_FOR: &[&str] = &["帮我妈", "帮我爸", "帮我母亲", "帮我父亲"];
/// What stands before the name of who wrote a letter down for its petitioner.
pub(super) const WRITERS: &[&str] = &[
    "儿子", "女儿", "闺女", "孙子", "孙女", "侄子", "侄女", "女婿", "儿媳", "外甥", "邻居", "妻子", "丈夫", "老伴",
    "由", "请", "托",
];
/// Before a 姓 that is the speaker's own.
pub(super) const OWN_SURNAME: &[&str] = &["我免贵", "免贵", "本人", "我就", "我是", "我", "俺"];
/// A clause with one of these is about somebody else.
pub(super) const OTHERS: &[&str] = &[
    "他",
    "她",
    "老板",
    "经理",
    "书记",
    "主任",
    "厂长",
    "局长",
    "所长",
    "对方",
    "邻居",
    "房东",
    "工头",
    "那个人",
    "负责人",
    "队长",
    "村长",
    "支书",
];
/// Endings of organisations that speak for themselves.
pub(super) const ORGANISATIONS: &[&str] =
    &["有限责任公司", "有限公司", "公司", "专业合作社", "合作社", "业主委员会", "商行", "超市", "加工厂", "厂"];
