//! What is asked: the kinds of trouble that petitions name, each by its words. Two petitions about one estate that name
//! different troubles are two matters.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// One kind of trouble.
pub(super) struct Topic {
    /// Its name, for people.
    pub(super) name: &'static str,
    /// Words that name it, separated by spaces.
    words: &'static str,
}

/// The kinds. Each word stands in one kind only.
const TOPICS: &[Topic] = &[
    Topic {
        name: "噪音",
        words: "噪音 噪声 吵闹 太吵 喧哗 喇叭 广场舞 轰鸣 吵死 嗡嗡 隔音板 隔音带 隔音屏 吵得 很吵 声屏障 低频",
    },
    Topic { name: "施工", words: "施工 工地 打桩 渣土 扬尘 挖机 昼夜施工 夜间施工" },
    Topic {
        name: "油烟", words: "油烟 烧烤 夜宵 宵夜 餐馆 餐饮 大排档 排烟 烟道 饭店 快餐店 夜宵摊 宵夜店 炒菜"
    },
    Topic { name: "垃圾", words: "垃圾 清运 清扫 卫生差 脏乱差 环卫 垃圾站 垃圾场" },
    Topic {
        name: "污染",
        words: "污染 排污 臭气 臭味 恶臭 发臭 气味 刺鼻 毒气 废气 废水 粉尘 灰尘 尘土 异味 污水 黑臭 难闻 偷排",
    },
    Topic { name: "停车", words: "停车 车位 车库 乱停 违停 停放 泊位 僵尸车" },
    Topic { name: "物业", words: "物业 物业费 业委会 物管 业主委员会 维修基金" },
    Topic {
        name: "工厂", words: "搅拌站 搅拌厂 混凝土 混泥土 水泥厂 厂房 采石场 采石 碎石 砂石 砂厂 化工厂 作坊"
    },
    Topic { name: "货车", words: "货车 大货车 渣土车 超载 泥头车" },
    Topic { name: "娱乐场所", words: "麻将馆 棋牌室 酒吧 网吧 歌厅 ktv" },
    Topic { name: "外墙", words: "外墙 墙砖 瓷砖 幕墙 玻璃" },
    Topic { name: "上牌", words: "上牌 车牌 牌照 过户 驾驶证 行驶证" },
    Topic { name: "烟花", words: "烟花 焰火 鞭炮 燃放" },
    Topic {
        name: "装修", words: "装修 毛坯 装修款 装修贷 精装 精装修 质价不符 价质不符 减配 货不对板"
    },
    Topic { name: "绿化", words: "绿化 绿地 树木 毁绿 砍树 草坪 公园" },
    Topic { name: "电梯", words: "电梯 加装电梯 困人 坠梯" },
    Topic {
        name: "房屋质量",
        words: "漏水 渗水 开裂 裂缝 质量问题 质量堪忧 质量差 质量太差 豆腐渣 偷工减料 空鼓 墙体 脱落 漏雨 沉降",
    },
    Topic { name: "供水", words: "停水 供水 自来水 水压 水质 饮水 二次供水 水费" },
    Topic {
        name: "供电", words: "停电 供电 电费 电压 变压器 高压线 高压电线 高压电 电线 变电站 配电 用电 电网"
    },
    Topic { name: "燃气", words: "燃气 天然气 煤气 通气" },
    Topic { name: "供暖", words: "供暖 暖气 采暖 供热" },
    Topic { name: "路灯", words: "路灯 照明 不亮 高杆灯 灯光 太暗 亮化" },
    Topic {
        name: "修路",
        words: "坑洼 修路 破损 路面 断头路 硬化 水泥路 拓宽 通车 泥泞 提质改造 井盖 路基 大坑 塌陷 冲塌",
    },
    Topic { name: "积水", words: "积水 内涝 排水 下水道 管网 堵塞" },
    Topic { name: "过街", words: "红绿灯 斑马线 天桥 地下通道 人行横道 过街 信号灯 护栏" },
    Topic { name: "拥堵", words: "拥堵 堵车 限行 单行 占道 调流" },
    Topic { name: "公交", words: "公交 公交车 班次 站点 末班车 首班车 公交站 公交线路 发车" },
    Topic { name: "轨道", words: "地铁 轨道交通 轻轨 高铁 铁路 城铁 号线" },
    Topic { name: "出租车", words: "出租车 网约车 滴滴 拒载 黑车" },
    Topic { name: "征拆", words: "拆迁 征地 征收 安置 征拆 棚改 旧改 拆违 安置房 土地补偿" },
    Topic { name: "违建", words: "违建 违章建筑 违法建筑 搭建 私自改建 加建 扩建 侵占" },
    Topic {
        name: "办证", words: "房产证 不动产证 办证 产权证 两证 网签 备案 预售证 不动产权 国土证 契税"
    },
    Topic {
        name: "退房退款", words: "退房 退款 退费 定金 押金 首付 退钱 拒退 认筹 诚意金 认购"
    },
    Topic {
        name: "烂尾延期",
        words: "烂尾 延期 交房 延期交房 逾期交房 停工 复工 未交房 不交房 跑路 无法交房 延迟交房 交付 逾期 违约金 监管账户 监管资金 \
            入住 拿钥匙 烂尾楼",
    },
    Topic { name: "商铺", words: "商铺 返租 租金 门面 铺面 招商 门店 店铺" },
    Topic { name: "销售", words: "捆绑销售 全款 摇号 虚假宣传 限购 购房资格 强制 开盘 房价" },
    Topic { name: "公积金", words: "公积金 商转公 贷款 房贷" },
    Topic { name: "入学", words: "学位 入学 学区 招生 配套学校 划片 就读 上学 转学 小升初" },
    Topic { name: "校内", words: "补课 师德 校服 食堂 住宿费 教辅 体罚 作业 乱收费 学费" },
    Topic { name: "培训机构", words: "培训学校 培训机构 培训班 无证办学 辅导班 驾校 学车" },
    Topic { name: "欠薪", words: "工资 欠薪 拖欠 血汗钱 农民工 讨薪 工程款" },
    Topic {
        name: "社会保险", words: "社保 养老 医保 退休 养老金 失业 生育保险 工伤 医疗保险"
    },
    Topic { name: "劳动", words: "劳动合同 加班 辞退 劳动仲裁 双休 高温补贴" },
    Topic { name: "人才落户", words: "人才 补贴 落户 户口 购房补贴 租房补贴 户籍 居住证" },
    Topic { name: "救助", words: "低保 救助 困难 残疾 扶贫 贫困户 五保" },
    Topic {
        name: "集资诈骗", words: "集资 诈骗 传销 p2p 网贷 平台 兑付 出借 清退 理财 套路贷 骗子"
    },
    Topic { name: "涉黑涉赌", words: "涉黑 黑社会 赌博 老虎机 保护伞 恶势力 涉黄 打黑" },
    Topic { name: "消费", words: "假冒 伪劣 消费者 售后 维权 过期 欺诈 健身房" },
    Topic { name: "医疗", words: "医疗 医生 就诊 挂号 手术 误诊 疫苗 药店" },
    Topic { name: "养犬", words: "养狗 遛狗 犬 流浪狗 养殖 养鸡 养猪" },
    Topic { name: "执法", words: "交警 罚款 罚单 执法 违章 扣分 电子眼 电子警察 抓拍" },
    Topic { name: "规划", words: "规划 地块 开发进度 何时建 配套 选址 闲置 用地" },
    Topic { name: "殡葬", words: "殡仪馆 墓地 殡葬 灵堂 公墓 骨灰" },
    Topic { name: "快递网络", words: "快递 宽带 网络 信号 基站 流量" },
    Topic { name: "考试证照", words: "考试 证书 职称 资格证 学历 编制 招聘 公示" },
    Topic {
        name: "村务",
        words: "村务 账目 公开栏 财务公开 集体资金 集体资产 集体资源 集体的钱 村集体 承包费 承包款 机动地 发包 村账 收支 糊涂账",
    },
    Topic {
        name: "土地承包",
        words: "承包地 承包权 承包合同 土地承包 确权 流转 地界 界石 责任田 口粮田 自留地 耕地 荒地",
    },
    Topic { name: "宅基地", words: "宅基地 宅基 房基 老宅 院墙 翻建 危房改造 滴水" },
    Topic { name: "农田水利", words: "机井 灌溉 浇地 浇水 水渠 沟渠 河道 堤坝 抗旱" },
    Topic { name: "庄稼", words: "庄稼 麦子 小麦 玉米 减产 绝收 大棚 化肥 农药 种子 果树" },
    Topic {
        name: "惠农补贴", words: "粮补 直补 种粮补贴 农机补贴 退耕还林 补贴款 移民款 扶持资金"
    },
    Topic {
        name: "干部作风",
        words: "贿选 选举 换届 吃拿卡要 优亲厚友 以权谋私 贪污 挪用 截留 侵吞 克扣 吃空饷 不作为",
    },
    Topic { name: "退役军人", words: "退伍 退役 复员 转业 优抚 抚恤 参战 老兵 军烈属" },
    Topic {
        name: "摊贩", words: "摊贩 摆摊 地摊 摊位 占道经营 叫卖 早餐摊 水果摊 流动摊 夜市"
    },
    Topic { name: "住改商", words: "住改商 旅馆 家庭旅馆 民宿 日租房 短租 群租 公寓酒店" },
    Topic { name: "信息公开", words: "信息公开 申请公开 公示栏 政府信息" },
    Topic { name: "航空", words: "机场 航班 飞机 航道 跑道" },
    Topic { name: "焚烧", words: "焚烧 秸秆 稻草 露天烧" },
    Topic { name: "幼儿园", words: "幼儿园 普惠性幼儿园 普惠性 普惠园 托儿所 入园" },
    Topic { name: "文体设施", words: "球场 篮球 体育馆 图书馆 健身器材 健身场地 游泳馆" },
    Topic { name: "招商", words: "招商引资 产业发展 营商环境" },
    Topic { name: "建医院", words: "建医院 设置医院 开设医院 医院选址" },
    Topic { name: "公厕", words: "公厕 厕所 化粪池" },
    Topic { name: "消防", words: "消防 火灾 着火 灭火 电动车 充电" },
];

struct Finder {
    automaton: AhoCorasick,
    /// The topic of each pattern.
    topics: Vec<usize>,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let mut words = Vec::new();
    let mut topics = Vec::new();
    for (index, topic) in TOPICS.iter().enumerate() {
        for word in topic.words.split_whitespace() {
            words.push(word);
            topics.push(index);
        }
    }
    // A megabyte more than it would take by itself, and half the time.
    let fastest = Some(AhoCorasickKind::DFA);
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(fastest).build(words).ok()?;
    Some(Finder { automaton, topics })
});

/// The topics that `folded` names, and how often.
pub(super) fn topics(folded: &str) -> BTreeMap<usize, u32> {
    let mut found = BTreeMap::new();
    if let Some(finder) = FINDER.as_ref() {
        for found_at in finder.automaton.find_iter(folded) {
            if let Some(topic) = finder.topics.get(found_at.pattern().as_usize()) {
                let count: &mut u32 = found.entry(*topic).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    found
}

/// The words of troubles that `folded` names, those that it names most often first: the things that it is about.
pub(super) fn words(folded: &str) -> Vec<&str> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let found = FINDER.as_ref().into_iter().flat_map(|finder| finder.automaton.find_iter(folded));
    for word in found.filter_map(|found| folded.get(found.range())) {
        let count = counts.entry(word).or_default();
        *count = count.saturating_add(1);
    }
    let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words.into_iter().map(|(word, _count)| word).collect()
}

/// `folded` with the words of troubles taken out: what is left names places, people and things.
pub(super) fn without_topics(folded: &str) -> String {
    FINDER.as_ref().map_or_else(
        || folded.to_owned(),
        |finder| {
            let mut left = String::with_capacity(folded.len());
            finder.automaton.replace_all_with(folded, &mut left, |_found, _word, left| {
                left.push(' ');
                true
            });
            left
        },
    )
}

/// The words by which the `folded` texts name any of `topics`, each once, in reading order, at most `limit` of them.
pub(super) fn words_of(folded: &[&str], topics: &[usize], limit: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in folded {
        let named = FINDER.as_ref().map(|finder| (finder, finder.automaton.find_iter(*text)));
        for (finder, found) in named.into_iter().flat_map(|(finder, found)| found.map(move |one| (finder, one))) {
            let topic = finder.topics.get(found.pattern().as_usize());
            let word = text.get(found.range()).filter(|word| !words.iter().any(|known| known == word));
            if let (Some(word), true) = (word, topic.is_some_and(|topic| topics.contains(topic))) {
                words.push(word.to_owned());
            }
            if words.len() >= limit {
                return words;
            }
        }
    }
    words
}

/// The name of a topic.
pub(super) fn name(topic: usize) -> &'static str {
    TOPICS.get(topic).map_or("", |topic| topic.name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_word_belongs_to_one_topic() {
        let words: Vec<&str> = TOPICS.iter().flat_map(|topic| topic.words.split_whitespace()).collect();
        assert_eq!(words.iter().collect::<HashSet<_>>().len(), words.len());
        assert!(FINDER.is_some());
    }

    #[test]
    fn the_trouble_is_named() {
        let found = topics("夜宵店油烟扰民,路灯不亮");
        assert_eq!(found.keys().map(|topic| name(*topic)).collect::<Vec<_>>(), ["油烟", "路灯"]);
        assert_eq!(words("路灯坏了,电梯也坏了,路灯三天不亮"), ["路灯", "不亮", "电梯"]);
    }
}
