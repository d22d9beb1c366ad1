//! Two people who ask one seller for their own money.

use case::finding::Relation;
use case::identity::key::IdentityKind;

use crate::{from, judge, kinds, petition};

const FIRST: (&str, &str) = (
    "投诉锦绣华庭开发商迟迟不退款",
    "本人2025年3月认购锦绣华庭小区住房一套，交了定金五万元，后来因贷款办不下来，开发商签了退款协议，至今没有退款。",
);
const SECOND: (&str, &str) = (
    "锦绣华庭售楼部答应退房却一直不退钱",
    "我家去年在这里买了一套房，付清了首付二十万元，后来学校没有建，售楼部同意退，让我们回去等电话。三个月过去了，每次问都说财务在走流程，孩子上学等着用钱。",
);

#[test]
fn two_buyers_who_want_their_own_money_back_have_two_matters() {
    let buyer = |day, phone, (title, body)| from(IdentityKind::Phone, phone, petition(day, title, body));
    let (first, other) = (buyer(0, "13800000001", FIRST), buyer(20, "13800000002", SECOND));
    let apart = judge(&other, &first);
    assert_eq!(apart.relation, Some(Relation::Related), "{apart:?}");
    let claims = apart.against.iter().find(|reason| reason.kind == "separate_claims").expect("it says why");
    assert!(claims.text.contains("各自") && !claims.spans.is_empty(), "{claims:?}");

    let unknown = judge(&petition(20, SECOND.0, SECOND.1), &first);
    assert!(
        unknown.same_matter.value() > 2.0 * apart.same_matter.value(),
        "nobody knows that they are two: {unknown:?}"
    );
    let again = judge(&buyer(20, "13800000001", SECOND), &first);
    assert!(!kinds(&again.against).contains(&"separate_claims"), "one buyer has one claim: {again:?}");
    assert!(again.same_matter.value() > apart.same_matter.value());
}

#[test]
fn what_all_owners_ask_for_is_one_matter_though_it_is_money() {
    let owner = |day, phone, body| {
        from(IdentityKind::Phone, phone, petition(day, "锦绣华庭小区物业退还多收的停车费押金", body))
    };
    let first = owner(0, "13800000001", "锦绣华庭小区物业向全体业主多收停车费押金，请督促退还。");
    let other = owner(9, "13800000002", "我们锦绣华庭小区的业主都被多收了停车费押金，物业应当退还全体业主。");
    let judgement = judge(&other, &first);
    assert!(!kinds(&judgement.against).contains(&"separate_claims"), "{judgement:?}");
    assert_eq!(judgement.relation, Some(Relation::SameMatter), "{judgement:?}");
}

#[test]
fn what_is_granted_to_two_households_is_two_matters() {
    let household = |phone, body| from(IdentityKind::Phone, phone, petition(0, "反映医保报销问题", body));
    let first =
        household("13800000001", "我父亲今年五月在润天中医院住院，报销材料交了半年没结果，为了看病欠了债，请查一查。");
    let other =
        household("13800000002", "我母亲今年八月在荷野医院住院，报销材料一直没有结果，为了看病把牛都卖了，请查一查。");
    let judgement = judge(&other, &first);
    assert!(kinds(&judgement.against).contains(&"separate_claims"), "{judgement:?}");
    assert_eq!(judgement.relation, Some(Relation::Related), "{judgement:?}");
}
