//! Money that a petitioner asks for as one's own: a refund, a deposit, a debt. Two buyers who ask one seller for their money back
//! have two matters, however alike their words are; each is paid, or not, alone.

/// Words of a title that asks for money.
const MONEY: &[&str] = &[
    "退款",
    "退费",
    "退房",
    "退还",
    "退铺",
    "退押金",
    "押金",
    "定金",
    "订金",
    "欠款",
    "欠薪",
    "拖欠",
    "货款",
    "退钱",
    "学费",
];
/// What is granted to one person or household, where a title asks for it.
const GRANTED: &[&str] = &["报销", "低保", "五保", "养老金", "退休金", "抚恤金", "残疾证", "工伤", "医药费", "救助金"];
/// Words of a body that speak of the household to which it is granted.
const HOUSEHOLD: &[&str] = &[
    "我父",
    "我母",
    "我爸",
    "我妈",
    "我爷",
    "我奶",
    "我公公",
    "我婆婆",
    "我今年",
    "我六十",
    "我七十",
    "我八十",
    "我身体",
    "我住院",
];
/// Words of a title by which one of them was refused to somebody.
const REFUSED: &[&str] = &["被停", "停发", "取消", "恢复", "申请", "不批", "办不下来"];
/// Words of a body that asks for many.
const OF_ALL: &[&str] = &["我们村", "全村", "村民们", "很多人", "许多人", "我们单位", "我们厂", "全体"];
/// Words of a body that tells what happened to the writer and not to all.
const OWN: &[&str] = &[
    "本人",
    "我于",
    "我在1",
    "我在2",
    "我是1",
    "我是2",
    "我的钱",
    "我的血汗",
    "我家",
    "我孩子",
    "我小孩",
    "我儿子",
    "我女儿",
    "我老婆",
    "我妻子",
    "我老公",
    "我丈夫",
];

/// What money the petition asks for as the writer's own: the word of its folded title.
pub(super) fn claim(title: &str, body: &str) -> Option<&'static str> {
    let asked = |words: &[&'static str]| words.iter().copied().find(|word| title.contains(word));
    let says = |words: &[&str]| words.iter().any(|word| body.contains(word));
    let money = asked(MONEY).filter(|_word| says(OWN));
    let refused = asked(REFUSED).is_some();
    money.or_else(|| asked(GRANTED).filter(|_word| refused || ((says(OWN) || says(HOUSEHOLD)) && !says(OF_ALL))))
}

/// Whether `claim` is of what is granted to one person or household: one asks for what the other one never could.
pub(super) fn is_granted(claim: &str) -> bool {
    GRANTED.contains(&claim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_money_in_the_title_and_the_writer_in_the_body() {
        assert_eq!(claim("锦绣华庭开发商迟迟不退款", "本人2018年认购一套"), Some("退款"));
        assert_eq!(claim("锦绣华庭开发商迟迟不退款", "我们全体业主多次要求"), None);
        assert_eq!(claim("锦绣华庭电梯困人", "本人住3栋"), None);
        assert_eq!(claim("反映医保报销问题", "我父亲今年五月住院"), Some("报销"));
        assert_eq!(claim("反映医保报销问题", "全村老人住院都报不了"), None);
        assert_eq!(claim("低保被停", "家里只有两个老人"), Some("低保"));
    }
}
