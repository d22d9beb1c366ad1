//! What petitions say anyway: a prior for the rarity of bigrams, so that a new office with an empty index already knows that
//! `业主` says little and the name of an estate says much. Real counts take over as petitions come in.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Rarity;
use crate::text::{Bigram, Gram, GramKey, grams};

/// Words that stand in petitions of every kind.
const COMMON: &str = "业主 小区 物业 公司 开发商 领导 希望 部门 政府 解决 问题 反映 投诉 居民 市民 百姓 群众 社区 街道 相关 有关 \
    严重 影响 生活 情况 处理 回复 答复 要求 请求 建议 咨询 举报 投诉 求助 尽快 及时 已经 目前 现在 至今 没有 不能 可以 可是 但是 \
    如果 因为 所以 而且 并且 我们 他们 你们 大家 自己 这个 那个 这些 什么 怎么 如何 为何 何时 是否 多次 一直 一个 一些 每天 \
    晚上 白天 早上 上午 下午 今年 去年 时候 时间 附近 周边 旁边 地方 道路 马路 车辆 安全 隐患 出行 交通 管理 工作 工作人员 \
    电话 热线 打电话 书记 市长 区政府 市政府 住建 城管 公安 派出所 规划 建设 项目 工程 施工 开发 房屋 房子 买房 购房 住户 \
    楼栋 入住 交房 合同 费用 收费 收取 业委会 停车 车位 环境 卫生 噪音 扰民 污染 垃圾 学校 学生 孩子 家长 老师 教育 幼儿园 \
    企业 单位 员工 工资 社保 医院 国家 政策 规定 文件 法律 法规 依法 合法 违法 违规 监管 调查 核实 查处 整改 答复 同意 \
    关于 对于 根据 按照 通过 进行 造成 导致 出现 存在 使用 提供 需要 应该 必须 能够 得到 给予 表示 认为 知道 看到 发现 \
    老百姓 人民 广大 权益 利益 维护 保障 关注 重视 督促 协调 落实 安排 办理 申请 手续 房产证 不动产 退还 退款 赔偿 补偿 \
    这里 那里 里面 外面 上面 下面 以后 以前 之后 之前 期间 现场 结果 原因 方面 方式 办法 措施 标准 不知道 不知 请问 本人 \
    作为 开始 还有 人员 行为 部分 只能 直接 通知 城市 小孩 恳请 属于 方便 发生 了解 才能 告知 中心 事情 服务 实际 不到 \
    具体 发展 全部 基本 诉求 区域 增加 考虑 合理 可能 月份 很大 继续 理由 休息 老人 带来 信息 沟通 协商 明确 责任 设置 极大 \
    大量 全体 现象 提出 上班 进入 组织 个人 实在 普通 完成 符合 联系 设计 过程 范围 安装 距离 方案 成为 达到 代表 职能 条件 \
    帮助 位置 不了 违反 不会 反应 予以 经济 出来 事实 巨大 占用 说明 小时 收到 公开 面积 超过 签订 住宅 修建 负责 包括 变成 \
    健康 商业 意见 资料 产生 事件 行动 明显 涉嫌 承担 住房 监督 规范 支持 学习 价格 内容 公平 相信 受到 重新 关系 利用 材料 \
    感谢 能否 负责人 商品房 反馈 设施 调整 引起 到位 民生 协议 不得 新建 家庭 强行 路段 验收 理解 计划 证明 加快 选择 保证 \
    取得 投资 态度 接受 成立 满足 全国 权利 和谐 审批 正式 改变 执行 采取 需求 活动 声音 营业 主管 减少 报告 准备 行政 设备 \
    老板 威胁 解释 约定 出面 状态 职工 提高 单元 允许 证据 享受 统一 欺骗 清楚 实施 程序 流程 启动 相应 检查 停止 恢复 \
    位于 坐落 居住 住在 家住 购买 销售 承诺 宣传 拒绝 推诿 不作为 无人 天天 经常 非常 十分 特别 比较 完全 根本";

/// Characters that mostly join words: a bigram with one of them is grammar. Every bigram of every text is asked.
#[rustfmt::skip]
const fn joins_words(character: char) -> bool {
    matches!(
        character,
        '的' | '了' | '是' | '在' | '我' | '你' | '他' | '她' | '它' | '们' | '这' | '那' | '有' | '和' | '与' | '及'
        | '或' | '就' | '都' | '也' | '还' | '又' | '不' | '没' | '无' | '为' | '以' | '于' | '而' | '但' | '所' | '被'
        | '把' | '给' | '让' | '从' | '到' | '对' | '向' | '由' | '个' | '之' | '其' | '此' | '将' | '会' | '能' | '可'
        | '要' | '请'
    )
}

/// How strongly the prior counts, in petitions.
const PRIOR: f64 = 300.0;
/// The share of petitions that a bigram of a common word stands in.
const SHARE_COMMON: f64 = 0.15;
/// The share for a bigram with a joining character.
const SHARE_FUNCTION: f64 = 0.10;
/// The share for any other bigram.
const SHARE_OTHER: f64 = 0.004;

static COMMON_BIGRAMS: LazyLock<FxHashSet<GramKey>> =
    LazyLock::new(|| COMMON.split_whitespace().flat_map(grams).filter_map(Gram::pair).map(GramKey::of).collect());

/// No counts at all: only the prior.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCounts;

impl Rarity for NoCounts {
    fn petitions(&self) -> u64 {
        0
    }

    fn with(&self, _bigram: Bigram<'_>) -> u64 {
        0
    }
}

/// How much each of `bigrams` says, in their order, from 0 (nothing) to 1 (as much as a bigram can).
pub(super) fn weights(rarity: &dyn Rarity, bigrams: &[Bigram<'_>]) -> Vec<f64> {
    let petitions = rarity.petitions();
    bigrams.iter().zip(rarity.with_each(bigrams)).map(|(bigram, with)| weight(petitions, *bigram, with)).collect()
}

fn weight(petitions: u64, bigram: Bigram<'_>, with: u64) -> f64 {
    let total = crate::real(petitions) + PRIOR;
    let share = if is_of_common_words(bigram) {
        SHARE_COMMON
    } else if is_grammar(bigram) {
        SHARE_FUNCTION
    } else {
        SHARE_OTHER
    };
    let with = crate::real(with) + PRIOR * share;
    // Rarer than that says no more: a matter that a hundred people wrote about keeps the weight of its name.
    ((total / with).ln() / (1.0 / SHARE_OTHER).ln()).clamp(0.0, 1.0)
}

/// Whether `bigram` is part of a common word or of grammar.
pub(crate) fn is_common(bigram: Bigram<'_>) -> bool {
    is_of_common_words(bigram) || is_grammar(bigram)
}

fn is_of_common_words(bigram: Bigram<'_>) -> bool {
    COMMON_BIGRAMS.contains(&GramKey::of(bigram))
}

fn is_grammar(bigram: Bigram<'_>) -> bool {
    bigram.units().into_iter().flat_map(str::chars).any(joins_words)
}

/// Whether `phrase` holds anything but common words and grammar.
pub(super) fn says_something(phrase: &str) -> bool {
    grams(phrase).into_iter().filter_map(Gram::pair).any(|bigram| !is_common(bigram))
}
