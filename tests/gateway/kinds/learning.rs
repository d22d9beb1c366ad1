//! An office learns the weights of its duplicates from what its people decided: by the gateway's own means, and by command.

use case::channel::Channel;
use case::finding::{Decision, Relation};
use case::id::StaffId;
use case::secrecy::Secrecy;
use serde_json::Value;
use store::conformance::sample::{Registered, Samples};
use xinqiao::configuration::Configuration;
use xinqiao::gateway::Gateway;

use crate::harness::Office;

/// Petitions about one broken thing in one of many villages; `wording` makes two of one village differ.
fn about(registered: &mut Registered, village: usize, wording: &str) {
    const VILLAGES: [&str; 6] = ["翟城", "东亭", "西坂", "高蓬", "邢邑", "砖路"];
    const TROUBLES: [&str; 5] = ["路灯不亮", "自来水停水", "垃圾没人清运", "道路积水", "变压器噪音"];
    let (name, trouble) = (VILLAGES[village % VILLAGES.len()], TROUBLES[village / VILLAGES.len()]);
    let statement = &mut registered.submission.statement;
    statement.title.value = format!("{name}村{trouble}");
    statement.body = format!("{wording}我们{name}村{trouble}已经{village}个月了，{wording}请派人处理。");
    statement.place = None;
    statement.respondents.clear();
}

/// An office that found two petitions of each of the first `villages` to be of one matter, and those of neighbours to be of two; and
/// one pair of accusations.
async fn decided(folder: &std::path::Path, villages: usize) -> Gateway {
    let configuration = Configuration::load(None, folder.to_owned()).unwrap();
    let gateway = xinqiao::startup::open(configuration).await.unwrap();
    let samples = Samples::default();
    let keep = async |village: usize, wording: &str, secrecy: Secrecy| {
        let mut registered = samples.registered(Channel::Web, secrecy).unwrap();
        about(&mut registered, village, wording);
        let mut unit = gateway.store.begin().await.unwrap();
        unit.insert_arrival(&registered.arrival).await.unwrap();
        unit.insert_case(&registered.case).await.unwrap();
        unit.insert_submission(&registered.submission).await.unwrap();
        unit.commit().await.unwrap();
        registered
    };
    let by = case::actor::Actor::Staff { staff: StaffId::from_uuid(uuid::Uuid::from_u128(1)) };
    let decide = async |later: &Registered, earlier: &Registered, same: bool| {
        let finding = samples.finding(later, earlier, 0.5);
        let at = gateway.clock.now();
        let decision = if same {
            Decision::Open.confirm(Relation::SameMatter, by.clone(), at, None).unwrap()
        } else {
            Decision::Open.refuse(by.clone(), at, None).unwrap()
        };
        let mut unit = gateway.store.begin().await.unwrap();
        unit.insert_findings(std::slice::from_ref(&finding)).await.unwrap();
        unit.decide_finding(finding.id, &Decision::Open, &decision).await.unwrap();
        unit.commit().await.unwrap();
    };
    let mut last: Option<Registered> = None;
    for village in 0..villages {
        let first = keep(village, "", Secrecy::Ordinary).await;
        let second = keep(village, "多次反映，", Secrecy::Ordinary).await;
        decide(&second, &first, true).await;
        if let Some(other) = &last {
            decide(&first, other, false).await;
        }
        last = Some(second);
    }
    let sealed = keep(0, "举报", Secrecy::Sealed).await;
    decide(&sealed, &last.unwrap(), true).await;
    gateway
}

#[tokio::test]
async fn an_office_learns_from_what_it_decided_and_not_from_the_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let gateway = decided(folder.path(), 30).await;
    let learned = xinqiao::evaluate::own_decisions::learn(&gateway, &|_progress| {}).await.unwrap();
    assert_eq!((learned.same_matter, learned.other), (30, 29), "the sealed is left out");
    assert!(learned.after.f1 > 0.9, "{:?}", learned.after);
    let again = xinqiao::evaluate::own_decisions::learn(&gateway, &|_progress| {}).await.unwrap();
    assert_eq!(again.weights.to_text().unwrap(), learned.weights.to_text().unwrap());
}

#[test]
fn the_command_learns_from_own_decisions_and_the_next_start_judges_by_them() {
    const TRAIN: [&str; 3] = ["train", "duplicates", "--own-decisions"];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let few = Office::new();
    runtime.block_on(async { drop(decided(&few.data(), 6).await) });
    let refused = few.run(&TRAIN);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("认定为同一事项的6对、认定为相关或否认的5对"), "{}", refused.err);
    let weights = |office: &Office| office.data().join("office").join("judge.json");
    assert!(!std::fs::read_to_string(weights(&few)).unwrap_or_default().contains("\"pairs\": 11"));

    let office = Office::new();
    runtime.block_on(async { drop(decided(&office.data(), 30).await) });
    let line = office.run(&TRAIN).only_line();
    assert_eq!((&line["own_decisions"]["same_matter"], &line["own_decisions"]["other"]), (&30.into(), &29.into()));
    assert!(line["own_decisions"]["after"]["f1"].as_f64().unwrap() > 0.9, "{line}");
    assert_eq!(line["weights"].as_str(), weights(&office).to_str());
    let written: Value = serde_json::from_str(&std::fs::read_to_string(weights(&office)).unwrap()).unwrap();
    assert_eq!(written["pairs"], line["pairs"]);
    let elsewhere = office.data().join("elsewhere.json");
    let again = office.run(&[&TRAIN[..], &["--out", elsewhere.to_str().unwrap()]].concat());
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(std::fs::read(elsewhere).unwrap(), std::fs::read(weights(&office)).unwrap(), "the same from the same");

    // The next start reads them: what it cannot read it names, and what it can it judges by.
    let kept = std::fs::read(weights(&office)).unwrap();
    std::fs::write(weights(&office), "{").unwrap();
    let broken = office.run(&["check"]);
    assert!(broken.code == Some(1) && broken.out.contains("judge.json"), "{broken:?}");
    std::fs::write(weights(&office), kept).unwrap();
    let form = |title: &str| {
        serde_json::json!({
            "title": title, "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，已经两年多没有人修。",
            "petitioners": [{ "name": "张三", "phone": "13800000001", "address": "定州市东亭镇翟城村3号" }],
            "anonymous": false, "confidential": false, "publishable": false
        })
        .to_string()
    };
    let first = office.intake("web", &office.file("a.json", form("翟城村道路积水")));
    let second = office.intake("web", &office.file("b.json", form("再次反映翟城村道路积水")));
    assert_eq!(second["candidates"][0]["case"], first["case"], "{second}");
}
