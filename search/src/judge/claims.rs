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
    let money = MONEY.iter().copied().find(|word| title.contains(word))?;
    OWN.iter().any(|word| body.contains(word)).then_some(money)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_money_in_the_title_and_the_writer_in_the_body() {
        assert_eq!(claim("锦绣华庭开发商迟迟不退款", "本人2018年认购一套"), Some("退款"));
        assert_eq!(claim("锦绣华庭开发商迟迟不退款", "我们全体业主多次要求"), None);
        assert_eq!(claim("锦绣华庭电梯困人", "本人住3栋"), None);
    }
}
