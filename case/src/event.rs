//! What happened to a case, who did it and why: append-only, each event carrying the hash of the one before it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::content_hash::ContentHash;
use crate::dispatch::DispatchKind;
use crate::id::{ArrivalId, CaseId};

/// An event as it is to be appended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvent {
    /// The case it belongs to; none for what happens before a case exists or beside all cases.
    pub case: Option<CaseId>,
    /// The arrival it belongs to, when it is about one.
    pub arrival: Option<ArrivalId>,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// What happened: a stable name, such as `registered`, `finding_confirmed`, `dispatched`.
    pub kind: EventKind,
    /// Why, or what exactly, for people; without names, numbers or bodies.
    pub note: String,
    /// Particulars for programs, such as the unit or the finding; without names, numbers or bodies.
    pub detail: serde_json::Value,
}

impl NewEvent {
    /// What it is called on pages. A letter that was sent is called by its kind (转送函, 交办函), which `detail` tells.
    #[must_use]
    pub fn label(&self) -> &'static str {
        let sent = self.detail.get("kind").and_then(serde_json::Value::as_str).and_then(|kind| kind.parse().ok());
        match (self.kind, sent) {
            (EventKind::DispatchSent, Some(DispatchKind::Forward)) => "转送函已发出",
            (EventKind::DispatchSent, Some(DispatchKind::Assign)) => "交办函已发出",
            (EventKind::DispatchFailed, Some(DispatchKind::Forward)) => "转送函发送失败",
            (EventKind::DispatchFailed, Some(DispatchKind::Assign)) => "交办函发送失败",
            (kind, _) => kind.label(),
        }
    }
}

macro_rules! kinds {
    ($($name:ident, $code:literal, $label:literal;)*) => {
        /// What can happen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $(#[doc = $label] #[serde(rename = $code)] $name,)*
        }

        impl EventKind {
            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is called on pages.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }

            /// The kind with this stable name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    Received, "received", "收到来件";
    Refused, "refused", "来件无法读取";
    Retried, "retried", "重新读取来件";
    Registered, "registered", "登记";
    Sealed, "sealed", "密封（检举控告）";
    Unsealed, "unsealed", "解除密封";
    Classified, "classified", "确定内容分类";
    Judged, "judged", "查重";
    Suggested, "suggested", "建议责任单位";
    FindingConfirmed, "finding_confirmed", "确认重复或同类";
    FindingRefused, "finding_refused", "否认重复或同类";
    FindingUndone, "finding_undone", "撤销认定";
    Joined, "joined", "并入信访事项";
    Parted, "parted", "移出信访事项";
    Grouped, "grouped", "归入同类事项";
    Ungrouped, "ungrouped", "移出同类事项";
    RepresentativeNamed, "representative_named", "推选代表";
    RepresentativeRemoved, "representative_removed", "撤销代表";
    Linked, "linked", "建立关联";
    Unlinked, "unlinked", "解除关联";
    Dispatched, "dispatched", "转送、交办";
    DispatchRecalled, "dispatch_recalled", "撤回转送、交办";
    DispatchSent, "dispatch_sent", "函件已发出";
    DispatchFailed, "dispatch_failed", "函件发送失败";
    Objected, "objected", "责任单位提出异议";
    Accepted, "accepted", "受理";
    Declined, "declined", "不予受理";
    Diverted, "diverted", "引导依法定程序处理";
    Extended, "extended", "延期";
    Opined, "opined", "作出处理意见";
    Served, "served", "送达处理意见";
    ReviewAsked, "review_asked", "申请复查";
    Reviewed, "reviewed", "作出复查意见";
    ReReviewAsked, "re_review_asked", "申请复核";
    ReReviewed, "re_reviewed", "作出复核意见";
    CameAgain, "came_again", "同一邮件到达另一邮箱";
    NoticeSent, "notice_sent", "回执已发出";
    NoticeFailed, "notice_failed", "回执发送失败";
    NoticeResent, "notice_resent", "重新发送回执";
    DraftForgotten, "draft_forgotten", "逾期未登记的代登草稿已删除";
    NoticeWithheld, "notice_withheld", "未自动发送回执";
    UnitWrote, "unit_wrote", "责任单位来信";
    Withdrawn, "withdrawn", "信访人撤回";
    Closed, "closed", "办结";
    StatusSeen, "status_seen", "凭查询码查询";
    Unmasked, "unmasked", "查看信访人信息";
    FileOpened, "file_opened", "查看原件";
    BatchFileReceived, "batch_file_received", "收到批量扫描件";
    BatchFileParted, "batch_file_parted", "批量扫描件拆分为来件";
    BatchFileRefused, "batch_file_refused", "批量扫描件无法拆分";
    BatchFileRetried, "batch_file_retried", "重新拆分批量扫描件";
    NumbersReserved, "numbers_reserved", "预留登记编号";
    LaterScanAdded, "later_scan_added", "补充扫描件";
    SealedEnvelopeReceived, "sealed_envelope_received", "收到密封件";
    SealedEnvelopeHandedOver, "sealed_envelope_handed_over", "移交密封件";
    ReadAgainAsked, "read_again_asked", "要求重新识别未读页";
    ReadAgain, "read_again", "重新识别未读页";
    AttachmentsAsked, "attachments_asked", "要求补读附件";
    AttachmentsRead, "attachments_read", "补读附件";
    Checking, "checking", "开始核对来信";
    Corrected, "corrected", "更正识别结果";
    Verified, "verified", "核对完毕";
    VerificationUndone, "verification_undone", "撤销核对";
    CorrectionUndone, "correction_undone", "撤销更正";
    CallerLookedUp, "caller_looked_up", "按来电号码查询既往事项";
    PetitionerSearched, "petitioner_searched", "按证件号或电话检索";
    AnswerPublished, "answer_published", "公开答复";
    AnswerWithdrawn, "answer_withdrawn", "撤回公开答复";
    IndexRebuildAsked, "index_rebuild_asked", "要求重建检索索引";
    IndexRebuilt, "index_rebuilt", "检索索引重建完成";
}

/// An event in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the chain, from 1 without gaps.
    pub sequence: u64,
    /// Hash of the event before it; of 32 zero bytes for the first one.
    pub previous: ContentHash,
    /// Hash over `previous`, `sequence` and `event`.
    pub hash: ContentHash,
    /// What happened.
    pub event: NewEvent,
}

/// `previous` of the first event.
#[must_use]
pub const fn genesis() -> ContentHash {
    ContentHash::from_bytes([0; 32])
}

impl Event {
    /// The event that follows `previous` in the chain at place `sequence`.
    #[must_use]
    pub fn chain(previous: ContentHash, sequence: u64, event: NewEvent) -> Self {
        let hash = chain_hash(previous, sequence, &event);
        Self { sequence, previous, hash, event }
    }

    /// Whether the event carries the right hash and follows the one that ended in `previous` at `sequence - 1`.
    #[must_use]
    pub fn follows(&self, previous: ContentHash, sequence: u64) -> bool {
        self.previous == previous
            && self.sequence == sequence.saturating_add(1)
            && self.hash == chain_hash(self.previous, self.sequence, &self.event)
    }
}

/// BLAKE3 over the bytes of `previous`, the place in the chain and the event's JSON with sorted keys.
fn chain_hash(previous: ContentHash, sequence: u64, event: &NewEvent) -> ContentHash {
    let mut bytes = previous.as_bytes().to_vec();
    bytes.extend(sequence.to_be_bytes());
    // A `NewEvent` has only string keys and finite numbers, so it always has a JSON form. Sorted, since another build of
    // `serde_json` may keep keys in the order they came in.
    let mut document = serde_json::to_value(event).unwrap_or_default();
    document.sort_all_objects();
    bytes.extend(document.to_string().into_bytes());
    ContentHash::of(&bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn any_event() -> impl Strategy<Value = NewEvent> {
        let detail = prop_oneof![
            Just(serde_json::Value::Null),
            any::<i64>().prop_map(|value| serde_json::json!({ "b": value, "a": [value] })),
            (-1e9_f64..1e9).prop_map(|value| serde_json::json!({ "score": value })),
        ];
        (
            any::<Option<u128>>(),
            any::<Option<u128>>(),
            0_i64..4_000_000_000_000_000,
            "\\PC{0,20}",
            detail,
            any::<bool>(),
        )
            .prop_map(|(case, arrival, at, note, detail, system)| NewEvent {
                case: case.map(|id| CaseId::from_uuid(Uuid::from_u128(id))),
                arrival: arrival.map(|id| ArrivalId::from_uuid(Uuid::from_u128(id))),
                at: Timestamp::from_microsecond(at).unwrap(),
                by: if system { Actor::System } else { Actor::Petitioner },
                kind: EventKind::Registered,
                note,
                detail,
            })
    }

    proptest! {
        #[test]
        fn an_event_follows_the_one_before_it_also_after_json(events in proptest::collection::vec(any_event(), 1..5)) {
            let mut last = (genesis(), 0);
            for event in events {
                let event = Event::chain(last.0, last.1 + 1, event);
                let json = serde_json::to_string(&event).unwrap();
                let read: Event = serde_json::from_str(&json).unwrap();
                prop_assert_eq!(&read, &event);
                prop_assert!(read.follows(last.0, last.1));
                last = (event.hash, event.sequence);
            }
        }

        #[test]
        fn any_change_breaks_the_chain(event in any_event(), other in any_event(), what in 0_usize..10) {
            let before = ContentHash::of(b"before");
            let right = Event::chain(before, 8, event);
            prop_assert!(right.follows(before, 7));
            let mut changed = right.clone();
            match what {
                0 => changed.sequence += 1,
                1 => changed.previous = ContentHash::of(b"another"),
                2 => changed.hash = ContentHash::of(b"another"),
                3 => changed.event.case = other.case,
                4 => changed.event.arrival = other.arrival,
                5 => changed.event.at = other.at,
                6 => changed.event.by = other.by,
                7 => changed.event.kind = EventKind::Closed,
                8 => changed.event.note.push(' '),
                _ => changed.event.detail = other.detail,
            }
            prop_assume!(changed != right);
            prop_assert!(!changed.follows(before, 7));
        }

        #[test]
        fn an_event_follows_only_in_its_place(event in any_event(), place in 0_u64..20) {
            let before = ContentHash::of(b"before");
            let event = Event::chain(before, 8, event);
            prop_assert_eq!(event.follows(before, place), place == 7);
            prop_assert!(!event.follows(genesis(), 7));
        }
    }

    #[test]
    fn kinds_have_one_name_in_code_and_json() {
        for name in ["received", "finding_confirmed", "re_review_asked", "file_opened"] {
            let kind = EventKind::from_name(name).unwrap();
            assert_eq!(kind.as_str(), name);
            assert_eq!(serde_json::to_value(kind).unwrap(), name);
        }
        assert_eq!(EventKind::from_name("unknown"), None);
    }
}
