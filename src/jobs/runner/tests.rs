//! Submissions that are judged together come out as if judged one after the other.

use std::fmt::Write as _;
use std::sync::Arc;

use case::id::CaseId;
use case::ports::ManualClock;
use store::jobs::JobStatus;
use store::mails::MailPlace;

use super::*;
use crate::configuration::Configuration;

/// Petitions about four matters by turns: each comes from its first petitioner, again from the same one in other words, and from
/// neighbours, so that most look like another of the sixteen. The first matter comes four times in the same words with an identity number:
/// each joins the case of the one before, and what the next one joins depends on that.
fn mails() -> Vec<String> {
    const MATTERS: [(&str, &str); 4] = [
        (
            "清河花园小区3号楼楼道积水",
            "清河花园小区3号楼一单元的楼道一下雨就积水，清泉物业公司一直推诿不修，老人出门摔倒。",
        ),
        ("东亭镇翟城村路灯不亮", "东亭镇翟城村村东头的路灯坏了三个月，晚上一片漆黑，村委会说没有钱换灯泡。"),
        ("恒盛建筑公司拖欠工资", "恒盛建筑公司在北城区鑫源工地拖欠木工班工资八万三千元，包工头陶满仓不接电话。"),
        ("和平里小区暖气不热", "和平里小区5号楼供暖以来室内只有十四度，热力公司来测过温度，说管道要改造，没有下文。"),
    ];
    const PEOPLE: [(&str, &str); 8] = [
        ("柳青禾", "13800000011"),
        ("石大山", "13800000044"),
        ("田秀禾", "13800000045"),
        ("殷志刚", "13800000046"),
        ("樊素云", "13800000047"),
        ("聂根生", "13800000048"),
        ("卞秋霞", "13800000049"),
        ("项晓梅", "13800000050"),
    ];
    let mut mails = Vec::new();
    for round in 0..4 {
        for (place, (subject, matter)) in MATTERS.iter().enumerate() {
            let same = place == 0;
            let writer = if same || round % 2 == 0 { place } else { place + 4 };
            let (name, phone) = PEOPLE[writer];
            let more = ["", "我们几户都受影响。", "上次来信后还是没有人管，情况更严重了。", "请尽快处理。"][round];
            let more = if same { "身份证号999999198001010011。" } else { more };
            let mut mail = String::new();
            write!(
                mail,
                "From: {name} <p{writer}@example.invalid>\nTo: office@example.invalid\nDate: Tue, 24 Nov 2026 09:{:02}:00 +0800\n\
                 Message-ID: <{round}-{place}@example.invalid>\nSubject: {subject}\nMIME-Version: 1.0\n\
                 Content-Type: text/plain; charset=utf-8\n\n{matter}{more}我叫{name}，电话{phone}。\n",
                mails.len()
            )
            .unwrap();
            mails.push(mail);
        }
    }
    mails
}

/// Each submission in the order of its coming, with the one whose case it belongs to and what it was found to be: relation, which one, how
/// sure.
async fn judged(together: u32) -> Vec<String> {
    let folder = tempfile::TempDir::new().unwrap();
    let mut configuration = Configuration::load(None, folder.path().join("data")).unwrap();
    configuration.intake.join_certain_repeats = true;
    let mut gateway = crate::startup::open(configuration).await.unwrap();
    gateway.clock = Arc::new(ManualClock::at("2026-11-24T01:00:00Z".parse().unwrap()));
    let mut arrivals = Vec::new();
    for mail in mails() {
        let place = MailPlace { mailbox: "信访信箱".to_owned(), uid: None, noted_at: gateway.clock.now() };
        arrivals.push(gateway.receive_mail(&place, mail.as_bytes()).await.unwrap().arrival.id);
    }
    while gateway.run_due(Queue::Mails, 1).await.unwrap() > 0 {}
    while gateway.run_due(Queue::Quick, together).await.unwrap() > 0 {}
    let mut unit = gateway.store.begin().await.unwrap();
    let mut submissions = Vec::new();
    for id in arrivals {
        let arrival = unit.arrival(id).await.unwrap().unwrap();
        let case::arrival::ArrivalState::Registered { submission } = arrival.state else { panic!("{arrival:?}") };
        submissions.push(submission);
    }
    let mut belonging = Vec::new();
    for id in &submissions {
        let submission = unit.submission(*id).await.unwrap().unwrap();
        belonging.push((submission.own_case, submission.case));
    }
    let whose = |case: CaseId| belonging.iter().position(|(own, _case)| *own == case).unwrap();
    let mut told = Vec::new();
    for (place, id) in submissions.iter().enumerate() {
        let found = unit.findings_of_submission(*id).await.unwrap();
        let mut lines: Vec<String> = found
            .iter()
            .filter(|finding| finding.submission == *id)
            .map(|finding| {
                let other = submissions.iter().position(|other| *other == finding.other_submission).unwrap();
                let reasons: Vec<&str> = finding.reasons.iter().map(|reason| reason.text.as_str()).collect();
                let case = whose(finding.other);
                format!("{} {other} in {case} {} {}", finding.relation.as_str(), finding.score, reasons.join("；"))
            })
            .collect();
        lines.sort();
        told.push(format!("{place} belongs to {}: {}", whose(belonging[place].1), lines.join(" | ")));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_mails_judged_together_are_judged_as_if_one_after_the_other() {
    let one_by_one = judged(1).await;
    let found = one_by_one.iter().filter(|line| line.contains("repeat") || line.contains("same_matter")).count();
    assert!(found >= 8, "most of them look like another: {one_by_one:#?}");
    let joined = one_by_one.iter().filter(|line| line.contains(" belongs to 0: ")).count();
    assert_eq!(joined, 4, "the certain repeats belong to the first case: {one_by_one:#?}");
    assert_eq!(judged(Queue::Quick.together()).await, one_by_one);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_reads_for_longer_than_its_lease_is_not_given_to_another_worker() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut gateway =
        crate::startup::open(Configuration::load(None, folder.path().join("data")).unwrap()).await.unwrap();
    let clock = Arc::new(ManualClock::at("2026-11-24T01:00:00Z".parse().unwrap()));
    gateway.clock = clock.clone();
    let place = MailPlace { mailbox: "信访信箱".to_owned(), uid: None, noted_at: gateway.clock.now() };
    gateway.receive_mail(&place, mails()[0].as_bytes()).await.unwrap();
    let lease = Queue::Mails.lease();
    let claimed = async || gateway.claim(Queue::Mails, &["read_arrival"], 1).await.unwrap();
    let held = claimed().await.remove(0);
    let work = async {
        for _ in 0..4 {
            clock.advance(lease / 2);
            // The work goes on until it was said that it does.
            let until = gateway.clock.now().checked_add(lease).unwrap();
            let status =
                async || gateway.store.read().await.unwrap().job(held.job.job.id).await.unwrap().unwrap().status;
            while status().await != JobStatus::Leased(until) {
                tokio::task::yield_now().await;
            }
            assert_eq!(claimed().await, [], "it is still held");
        }
    };
    gateway.holding_every(Duration::from_millis(1), &held, Queue::Mails, work).await;
    // A worker that died says nothing any more.
    clock.advance(lease * 2);
    assert_eq!(claimed().await.len(), 1);
}
