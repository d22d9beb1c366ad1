//! Rules for the places of mails.

use std::sync::Arc;

use case::channel::Channel;
use case::secrecy::Secrecy;

use super::sample::Samples;
use super::{Outcome, is_conflict};
use crate::Store;
use crate::mails::{MailPlace, MailUid};

/// Rule: the same mail in two mailboxes is one arrival with both noted, and a place that is noted stays as it is.
pub async fn a_mail_is_found_where_it_stood(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let arrival = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?.arrival.id;
    let other = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?.arrival.id;
    let uid = MailUid { validity: u32::MAX, uid: u32::MAX };
    let place = |mailbox: &str, uid| MailPlace { mailbox: mailbox.to_owned(), uid, noted_at: samples.moment() };
    let first = place("mayor", Some(uid));
    let second = place("office", Some(uid));
    let again = place("mayor", Some(MailUid { validity: 1, ..uid }));
    let mut unit = store.begin().await?;
    for (place, new) in [(&first, true), (&second, true), (&again, true), (&first, false)] {
        assert_eq!(unit.note_mail_place(arrival, place).await?, new);
    }
    assert!(!unit.note_mail_place(other, &first).await?, "a name in a mailbox stands for one mail");
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.arrival_at("office", uid).await?, Some(arrival));
    assert_eq!(lookups.arrival_at("office", MailUid { uid: 1, ..uid }).await?, None);
    assert_eq!(lookups.mail_places(arrival).await?, [first, second, again]);
    assert_eq!(lookups.mail_places(other).await?, []);
    Ok(())
}

/// Rule: an address is noted once for each mail that was handed over to it.
pub async fn an_address_is_noted_once_for_each_mail(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let one = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?.arrival.id;
    let two = samples.keep(&*store, Channel::Mail, Secrecy::Ordinary).await?.arrival.id;
    let place = MailPlace { mailbox: "xinqiao@example.invalid".to_owned(), uid: None, noted_at: samples.moment() };
    let mut unit = store.begin().await?;
    assert!(unit.note_mail_place(one, &place).await?);
    assert!(unit.note_mail_place(two, &place).await?);
    assert!(!unit.note_mail_place(one, &place).await?);
    unit.commit().await?;
    assert_eq!(store.read().await?.mail_places(one).await?, [place]);
    let unknown = samples.arrival(Channel::Mail).id;
    let place = MailPlace { mailbox: "mayor".to_owned(), uid: None, noted_at: samples.moment() };
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.note_mail_place(unknown, &place).await), "there is no such mail");
    Ok(())
}
