//! Rules for how mailboxes stand.

use std::sync::Arc;

use case::arrival::ArrivalState;
use case::channel::Channel;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;

use super::Outcome;
use super::sample::Samples;
use crate::Store;
use crate::mailboxes::{MailboxState, UnsettledMails, Watched};
use crate::mails::{MailPlace, MailUid};

/// Rule: a mailbox stands as it was written last, and mailboxes are listed by name.
pub async fn a_mailbox_stands_as_written_last(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let since = samples.moment();
    let state = |name: &str, watched| MailboxState {
        name: name.to_owned(),
        watched,
        fetched_at: None,
        mails: 0,
        trouble: Some((ProblemCode::MailboxFailed.because("无法连接"), since)),
    };
    let (mayor, office) = (state("市长信箱", Watched::Polling), state("书记信箱", Watched::ByHand));
    let mut unit = store.begin().await?;
    unit.put_mailbox(&mayor).await?;
    unit.put_mailbox(&office).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.mailboxes().await?, [office.clone(), mayor.clone()]);
    let well = MailboxState {
        watched: Watched::Idle,
        fetched_at: Some(samples.moment()),
        mails: 7,
        trouble: None,
        ..mayor.clone()
    };
    let mut unit = store.begin().await?;
    unit.put_mailbox(&well).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.mailboxes().await?, [office, well]);
    Ok(())
}

/// Rule: what waits and what is held is counted where it stood; what is registered is not.
pub async fn unsettled_mails_are_counted_where_they_stood(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?;
    let (registered, submission) = (kept.arrival.id, kept.submission.id);
    let place = |mailbox: &str, uid| MailPlace {
        mailbox: mailbox.to_owned(),
        uid: Some(MailUid { validity: 1, uid }),
        noted_at: samples.moment(),
    };
    let mut unit = store.begin().await?;
    unit.note_mail_place(registered, &place("市长信箱", 1)).await?;
    let (waiting, held) = (samples.arrival(Channel::Mail), samples.arrival(Channel::Mail));
    unit.insert_arrival(&waiting).await?;
    unit.insert_arrival(&held).await?;
    let problem = ProblemCode::NotAPetition.because("自动答复");
    unit.settle_arrival(registered, &ArrivalState::Registered { submission }).await?;
    unit.settle_arrival(held.id, &ArrivalState::Refused { problem, at: samples.moment() }).await?;
    unit.note_mail_place(waiting.id, &place("市长信箱", 2)).await?;
    unit.note_mail_place(held.id, &place("市长信箱", 3)).await?;
    // The same mail twice in one mailbox, under two names, is one mail.
    unit.note_mail_place(held.id, &place("市长信箱", 4)).await?;
    unit.note_mail_place(held.id, &place("书记信箱", 1)).await?;
    unit.commit().await?;
    let counted = |mailbox: &str, waiting, held| UnsettledMails { mailbox: mailbox.to_owned(), waiting, held };
    assert_eq!(store.read().await?.unsettled_mails().await?, [counted("书记信箱", 0, 1), counted("市长信箱", 1, 1)]);
    Ok(())
}
