//! Word lists of the names: their endings, what looks like a name and is none, where a name cannot go on.

use super::NameKind;

/// Endings of names, longest first within a kind; the ending that is found first, in this order, names the kind.
pub(super) const ENDINGS: &[(&str, NameKind)] = &[
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
    ("诊所", NameKind::Firm),
    ("卫生室", NameKind::Firm),
    ("卫生院", NameKind::Firm),
    ("养老院", NameKind::Firm),
    ("敬老院", NameKind::Firm),
    ("合作社", NameKind::Firm),
    ("农场", NameKind::Firm),
    ("养殖场", NameKind::Firm),
    ("养猪场", NameKind::Firm),
    ("果园", NameKind::Firm),
    ("搅拌站", NameKind::Firm),
    ("加油站", NameKind::Firm),
    ("施工队", NameKind::Firm),
    ("种植队", NameKind::Firm),
    ("工程队", NameKind::Firm),
    ("饭店", NameKind::Firm),
    ("宾馆", NameKind::Firm),
    ("商场", NameKind::Firm),
    ("工地", NameKind::Firm),
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
    ("华庭", NameKind::Estate),
    ("国际", NameKind::Estate),
    ("广场", NameKind::Estate),
    ("大厦", NameKind::Estate),
    ("之城", NameKind::Estate),
    ("雅苑", NameKind::Estate),
    ("华苑", NameKind::Estate),
    ("花苑", NameKind::Estate),
    ("苑", NameKind::Estate),
    ("华府", NameKind::Estate),
    ("首府", NameKind::Estate),
    ("学府", NameKind::Estate),
    ("御府", NameKind::Estate),
    ("豪庭", NameKind::Estate),
    ("名都", NameKind::Estate),
    ("名苑", NameKind::Estate),
    ("名邸", NameKind::Estate),
    ("名府", NameKind::Estate),
    ("景园", NameKind::Estate),
    ("庄园", NameKind::Estate),
    ("旅游城", NameKind::Estate),
    ("商贸城", NameKind::Estate),
    ("国际城", NameKind::Estate),
    ("产业园", NameKind::Estate),
    ("工业园", NameKind::Estate),
    ("中心", NameKind::Estate),
    ("水库", NameKind::Estate),
    ("大桥", NameKind::Road),
    ("立交桥", NameKind::Road),
    ("公路", NameKind::Road),
    ("桥", NameKind::Road),
    ("高速", NameKind::Road),
    ("园", NameKind::Estate),
    ("城", NameKind::Estate),
    ("庭", NameKind::Estate),
    ("郡", NameKind::Estate),
    ("坪", NameKind::Estate),
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
pub(super) const NO_NAMES: &str = "小区 城市 市 区 县 社区 全市 我市 本市 超市 市区 郊区 地区 县区 园区 城区 区县 新区 学区 景区 校区 片区 辖区 库区 \
    道路 马路 公路 铁路 高速公路 修路 出路 线路 思路 网路 一路 走路 让路 大路 小路 铺路 电路 断头路 上路 路 上街 逛街 街 村 农村 乡村 \
    本村 我村 全村 新农村 公司 分公司 子公司 有限公司 责任公司 股份公司 物业公司 开发公司 集团 银行 学校 中学 小学 大学 幼儿园 医院 \
    政府 市政府 区政府 县政府 省政府 国际 广场 市场 菜市场 农贸市场 工厂 城乡 乡镇 下乡 家乡 老乡 街道 大街 街道办 花园 后花园 公园 \
    楼盘 公寓 物业 置业 培训学校 学院 大厦 酒店 前期物业 街区 功能区 小学校 房地产 港湾 住宅区 商业区 居民区 生活区 工业区 服务区 \
    高新区 开发区 经济开发区 经开区 示范区 东区 西区 南区 北区 地下停车场 停车场 现场 立场 \
    诊所 卫生室 卫生院 养老院 敬老院 合作社 农场 养殖场 养猪场 果园 搅拌站 加油站 施工队 工程队 饭店 宾馆 商场 工地 建筑工地 施工工地 \
    桥 天桥 大桥 小桥 过街天桥 人行天桥 路桥 高架桥 一家饭店 私人诊所 混凝土 大型 水泥 水泥制品 非法 违法 \
    校园 家园 乐园 田园 果园 菜园 园 城 县城 省城 全城 进城 老城 古城 商城 长城 同城 满城 新城 旧城 山城 城市中心 市中心 中心 服务中心 \
    政务中心 购物中心 活动中心 售楼中心 营销中心 行政中心 家庭 法庭 开庭 草坪 地坪 幼儿 县中心 区中心 镇中心 村中心 政府 高速 大桥 \
    水库 产业园 工业园 文化中心 体育中心 教育中心 客服中心 指挥中心 调度中心 管理中心 疾控中心 社保中心 12345 热线中心 \
    公园 小区公园 城市公园 街头 庭院 名城 国家 物业中心 保障中心 登记中心 检测中心 医疗中心 不动产中心 \
    临街 沿街 当街 背街 两边街 主街 主干路 看不清路 \
    普惠幼儿园 普惠性幼儿园 公立幼儿园 公办幼儿园 民办幼儿园 私立幼儿园 配套幼儿园 普惠 普惠性 公立 公办 民办 私立 配套";

/// Words at which a name cannot go on to the left.
pub(super) const STOPS: &str = "的 在 是 位于 住 住在 家住 居住 居住在 我 我们 你 你们 他 他们 和 与 及 以及 对 由 从 到 向 被 把 给 了 有 为 因 因为 将 \
    该 本 这 那 这个 那个 某 请 请问 问 叫 等 来 去 后 前 里 内 外 旁 旁边 附近 反映 投诉 举报 咨询 关于 建议 希望 请求 要求 求助 购买 买 \
    至 往 沿 处 靠近 一个 一家 一条 名为 业主 居民 村民 市民 群众 老百姓 所有 每 各 多 几 全 全体 整个 现在 目前 没有 已 已经 就 都 \
    也 还 又 不 没 要 会 能 可 可以 上 下 交汇 交汇处 交叉口 路口 尊敬 领导 您好 关注 解决 严重 什么 怎么 如何 为何 何时 是否 作为 经过 交给 \
    读 念 考 孩子 儿子 女儿 小孩 起 以来 今年 明年 去年 后年 前年 开发商 售楼部 看不清 看不见 出门 老人 \
    强烈 坚决 严查 查处 规范 整治 取缔 帮忙 帮助 谁 让 使 用 以 其 此 但 而 于 说 归 叫 让 进 出 找 拿 看 搞 占 建 修 违规 非法 大型 再次 再 请查 呼吁 期盼 盼 恳请 恳求 本人 系 乃 属 属于 \
    周边 周围 隔壁 对面 楼下 门口 距离 紧临 紧邻 紧靠 邻近 临近 毗邻 普惠 普惠性 公立 公办 民办 私立 配套";

/// Words for villages that name none, with whatever stands before them.
pub(super) const ANY_VILLAGE: &[&str] = &[
    "邻村",
    "我村",
    "本村",
    "别村",
    "隔壁村",
    "自然村",
    "行政村",
    "贫困村",
    "城中村",
    "周边村",
    "附近村",
    "其他村",
    "每个村",
    "各个村",
];

/// How the names of businesses end that an office enters as complained about, the longer endings first.
pub(super) const BUSINESSES: &[&str] = &[
    "有限责任公司",
    "有限公司",
    "分公司",
    "公司",
    "合作社",
    "中心",
    "集团",
    "厂",
    "店",
    "城",
    "馆",
    "吧",
    "院",
    "校",
    "小学",
    "中学",
    "学",
    "场",
    "站",
    "社",
    "园",
    "坊",
    "铺",
    "楼",
    "行",
    "部",
    "队",
    "矿",
    "窑",
];

/// What looks like the name of an estate (`华庭`) and ends in one of these is part of a court, or a session of it.
pub(super) const COURTS: &[&str] = &[
    "开庭", "出庭", "法庭", "裁庭", "审庭", "家庭", "后庭", "一庭", "二庭", "三庭", "四庭", "1庭", "2庭", "3庭", "4庭",
];

/// Stops that names of estates and roads are made of too.
pub(super) const LOCATIVES: &[&str] = &["之", "里", "外", "上", "下", "前", "后"];

/// What firms of one trade all have in their names, before the ending: it tells no firm from another.
pub(super) const TRADES: &[&str] = &[
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
    "劳务",
    "装饰",
    "装修",
    "餐饮",
    "烧烤",
    "造纸",
    "化工",
    "食品",
    "机械",
    "运输",
    "物流",
    "养殖",
    "家政",
    "教育",
    "培训",
];

/// Endings that every petition uses without a name before them too: what stands right before them must be a name in itself.
pub(super) const GENERIC: &[&str] = &[
    "小区",
    "社区",
    "公司",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "物业",
    "银行",
    "市场",
    "街道",
    "楼盘",
    "园",
    "城",
    "中心",
    "集团",
    "区",
    "县",
    "公寓",
    "厂",
    "大学",
    "工厂",
    "有限公司",
    "酒店",
    "超市",
    "乡",
    "公园",
    "坪",
];

/// Characters of numerals that count things and name nothing.
pub(super) const COUNTS: &str = "个名位家条座所片处些部多几半两间户每第余";
