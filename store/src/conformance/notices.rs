//! Rules for notices.

use std::sync::Arc;

use case::channel::Channel;
use case::dispatch::Delivery;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;

use super::sample::Samples;
use super::{Outcome, is_conflict};
use crate::Store;

/// Rule: with every way its sending can stand.
pub async fn a_notice_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let mut notice = samples.notice(&kept, "reader");
    assert_eq!(store.read().await?.notice(notice.id).await?, None);
    let mut unit = store.begin().await?;
    unit.insert_notice(&notice).await?;
    unit.commit().await?;
    let problem = ProblemCode::MailFailed.because("邮件服务器没有应答");
    for delivery in [
        Delivery::Retrying { attempts: 2, problem: problem.clone() },
        Delivery::Failed { at: samples.moment(), problem },
        Delivery::Sent { at: samples.moment(), by: "smtp".to_owned() },
    ] {
        let mut unit = store.begin().await?;
        unit.set_notice_delivery(notice.id, &delivery).await?;
        unit.commit().await?;
        notice.delivery = delivery;
        assert_eq!(store.read().await?.notice(notice.id).await?, Some(notice.clone()));
    }
    let mut unit = store.begin().await?;
    let unknown = samples.notice(&kept, "reader");
    assert!(is_conflict(&unit.set_notice_delivery(unknown.id, &notice.delivery).await), "it is not there");
    Ok(())
}

/// Rule: by submission, and by the case to which the submission belongs now.
pub async fn notices_are_found_by_submission_and_case(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let one = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let two = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let (first, second) = (samples.notice(&one, "a"), samples.notice(&two, "b"));
    let mut unit = store.begin().await?;
    unit.insert_notice(&second).await?;
    unit.insert_notice(&first).await?;
    unit.move_submission(two.submission.id, two.case.id, one.case.id).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.notices_of_submission(two.submission.id).await?, std::slice::from_ref(&second));
    assert_eq!(lookups.notices_of_case(one.case.id).await?, [first, second]);
    assert_eq!(lookups.notices_of_case(two.case.id).await?, []);
    Ok(())
}

/// Rule: the limit of an address counts what went to it since a moment, that moment included.
pub async fn notices_to_an_address_are_counted(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let (early, late) = (samples.notice(&kept, "a"), samples.notice(&kept, "a"));
    let mut unit = store.begin().await?;
    for notice in [&early, &late, &samples.notice(&kept, "b")] {
        unit.insert_notice(notice).await?;
    }
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.notice_count("a", early.made_at).await?, 2);
    assert_eq!(lookups.notice_count("a", late.made_at).await?, 1);
    assert_eq!(lookups.notice_count("c", early.made_at).await?, 0);
    Ok(())
}
