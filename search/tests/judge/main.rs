//! What the judge says about invented petitions.

#![expect(clippy::unwrap_used, reason = "a test: a panic is its failure")]

mod claims;
mod kinds;
mod places;
mod reasons;

use case::channel::Channel;
use case::identity::key::{IdentityKey, IdentityKind, IdentitySecret};
use jiff::{SignedDuration, Timestamp};
use search::judge::{Judge, Judgement, Petition};

pub(crate) fn petition(day: i64, title: &str, body: &str) -> Petition {
    Petition {
        title: title.to_owned(),
        body: body.to_owned(),
        registered_at: Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::from_hours(24 * day),
        channel: Channel::Web,
        identity: Vec::new(),
        respondents: Vec::new(),
        place: None,
    }
}

pub(crate) fn from(kind: IdentityKind, value: &str, petition: Petition) -> Petition {
    let key = IdentityKey::new(&IdentitySecret::new([1; 32]), kind, value);
    Petition { identity: vec![key], ..petition }
}

pub(crate) fn judge(later: &Petition, earlier: &Petition) -> Judgement {
    Judge::default().judge(later, earlier)
}

pub(crate) fn kinds(reasons: &[case::finding::Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.kind.as_str()).collect()
}

/// Three owners of one estate.
pub(crate) fn owners() -> [Petition; 3] {
    [
        from(
            IdentityKind::Phone,
            "13800000001",
            petition(
                0,
                "锦绣华庭小区3栋电梯经常困人",
                "您好,我是锦绣华庭小区3栋的业主。3栋电梯从今年3月起经常停运,上周又困人四十分钟,物业公司一直不更换。",
            ),
        ),
        from(
            IdentityKind::Phone,
            "13800000002",
            petition(
                6,
                "锦绣华庭电梯坏了没人修",
                "锦绣华庭三栋电梯三天两头出故障,家里老人腿脚不便,困在电梯里喊了半小时才有人来,请督促物业维修电梯。",
            ),
        ),
        from(
            IdentityKind::Phone,
            "13800000003",
            petition(
                15,
                "请督促锦绣华庭物业更换故障电梯",
                "我们锦绣华庭小区3栋的电梯又停了,困人不止一次,物业收了费不修电梯,要求更换。",
            ),
        ),
    ]
}
