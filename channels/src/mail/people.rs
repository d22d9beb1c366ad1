//! Whose petition a mail is: that of who speaks in it. The mailbox it came from may be another's, who wrote it for a relative or
//! handed it on; then that one is the proxy, and the mailbox is the proxy's.

use case::field::{Confidence, Field, Source};
use case::identity::phone::Phone;
use case::petitioner::Petitioner;
use case::statement::{Mark, Statement};
use case::text::truncate;

use super::sender::Sender;
use crate::fields::{self, Context, Located};
use crate::words::clean;

/// How sure it is that the name of a mailbox is the petitioner's.
const DISPLAY_NAME: f32 = 0.5;
/// How sure it is that the mailbox is the petitioner's: somebody may have written for them.
const SENDER_ADDRESS: f32 = 0.8;
/// How sure what the header of a forwarded mail says is: anybody can have typed it.
const FORWARDED: f32 = 0.5;
/// How sure it is that a mailbox that is called by a telephone number is reached under that number.
const NUMBER_OF_MAILBOX: f32 = 0.5;
/// Words by which somebody says that they write for another.
const SPEAKS_FOR: [&str; 8] = ["代我", "替我", "代母", "代父", "替母", "替父", "代为反映", "帮我父母"];

/// Takes the addresses to which the mail was sent from the petitioner: they are the office's, copied with a mail of its own.
pub(super) fn without_receivers(statement: &mut Statement, receivers: &str) {
    let receivers = receivers.to_lowercase();
    for petitioner in &mut statement.petitioners {
        petitioner.mail_address =
            petitioner.mail_address.take().filter(|address| !receivers.contains(&address.value.to_lowercase()));
    }
    statement.petitioners.retain(Petitioner::is_known);
}

/// Whether the sender is called as the petitioner who speaks.
pub(super) fn is_first(statement: &Statement, from: &Sender) -> bool {
    let first = statement.petitioners.first().and_then(|first| first.name.as_ref());
    first.is_some_and(|name| name.value == clean(&from.name))
}

/// Sender's mailbox and, when it looks like one, the name on it. What the words say wins.
pub(super) fn from_sender(statement: &mut Statement, from: &Sender) {
    if from.name.is_empty() && from.address.is_empty() {
        return;
    }
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    if from.reliable().is_none() {
        note_unreliable(statement, from);
    }
    let speaks_for = SPEAKS_FOR.iter().any(|word| statement.body.contains(word));
    let Some(first) = statement.petitioners.first_mut() else { return };
    if let Some(address) = from.reliable().filter(|address| !is_of_device(address)) {
        first
            .mail_address
            .get_or_insert_with(|| Field::new(address.to_owned(), Confidence::new(SENDER_ADDRESS), of_from()));
        if first.phones.is_empty() && !statement.wishes.anonymous {
            first.phones.extend(number_of(address));
        }
    }
    if first.name.is_none() && !statement.wishes.anonymous {
        first.name = personal_name(from);
    }
    // Who writes in a relative's name, under a name of their own, is who speaks for them.
    let other = first.name.as_ref().is_some_and(|name| name.value != from.name);
    if other && speaks_for && statement.proxy.is_none() {
        statement.proxy = personal_name(from).map(|name| Petitioner { name: Some(name), ..Petitioner::default() });
    }
    statement.petitioners.retain(Petitioner::is_known);
}

/// The petition of `author`, brought in by `from`, who says `cover` about it: the sender is the proxy, and the sender's mailbox is
/// not the petitioner's.
pub(super) fn handed_on(statement: &mut Statement, author: &Sender, from: &Sender, cover: &str) {
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    let of_forwarded = || Source::Header { name: "forwarded".to_owned() };
    if let Some(first) = statement.petitioners.first_mut() {
        if first.name.is_none() && !statement.wishes.anonymous && fields::is_personal_name(&author.name) {
            let name = clean(&author.name);
            first.name = Some(Field::new(name, Confidence::new(FORWARDED), of_forwarded()));
        }
        if let Some(address) = author.reliable() {
            let address = || Field::new(address.to_owned(), Confidence::new(FORWARDED), of_forwarded());
            first.mail_address.get_or_insert_with(address);
        }
    }
    statement.petitioners.retain(Petitioner::is_known);
    let told =
        fields::read(cover, &Context::default()).into_statement("", Located::body).petitioners.into_iter().next();
    let mut proxy = told.unwrap_or_default();
    proxy.name = proxy.name.take().or_else(|| personal_name(from));
    match from.reliable() {
        Some(address) => {
            proxy.mail_address = Some(Field::new(address.to_owned(), Confidence::new(SENDER_ADDRESS), of_from()));
        }
        None => note_unreliable(statement, from),
    }
    statement.proxy = Some(proxy).filter(Petitioner::is_known);
}

/// A signature often has the name and number that the words do not repeat. Under words that were written for another it is the proxy's.
pub(super) fn from_signature(statement: &mut Statement, signature: &str) {
    if signature.is_empty() {
        return;
    }
    let found = fields::read(signature, &Context::default()).into_statement("", |_| Located {
        source: Source::Header { name: "signature".to_owned() },
        confidence: Confidence::new(0.7),
    });
    let Some(signed) = found.petitioners.into_iter().next() else { return };
    let named = statement.petitioners.first().and_then(|first| first.name.as_ref());
    let modest = named.is_none_or(|name| name.confidence.value() <= DISPLAY_NAME);
    let other = !modest && signed.name.as_ref().is_some_and(|name| named.is_some_and(|own| own.value != name.value));
    let speaks_for = SPEAKS_FOR.iter().any(|word| statement.body.contains(word));
    if other && (speaks_for || statement.proxy.is_some()) {
        let proxy = statement.proxy.get_or_insert_default();
        proxy.name = signed.name;
        if proxy.phones.is_empty() {
            proxy.phones = signed.phones;
        }
        return;
    }
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    if let Some(first) = statement.petitioners.first_mut() {
        if modest && signed.name.is_some() {
            first.name = signed.name;
        }
        let guessed = first.phones.iter().all(|phone| phone.confidence.value() <= NUMBER_OF_MAILBOX);
        if guessed && !signed.phones.is_empty() {
            first.phones = signed.phones;
        }
        first.address = first.address.take().or(signed.address);
    }
    statement.petitioners.retain(Petitioner::is_known);
}

/// The one card that was attached is the sender's signature, unless it names somebody else than the words do.
pub(super) fn from_card(statement: &mut Statement, cards: &[String]) {
    let [card] = cards else { return };
    let first = statement.petitioners.first().and_then(|first| first.name.as_ref());
    let same = first.is_none_or(|name| card.contains(name.value.as_str()) || name.confidence.value() <= DISPLAY_NAME);
    if same && !statement.wishes.anonymous {
        from_signature(statement, card);
    }
}

fn of_from() -> Source {
    Source::Header { name: "from".to_owned() }
}

/// The name on a mailbox, when it can be somebody's.
fn personal_name(from: &Sender) -> Option<Field<String>> {
    fields::is_personal_name(&from.name)
        .then(|| Field::new(clean(&from.name), Confidence::new(DISPLAY_NAME), of_from()))
}

/// `13800000567@…`: many a mailbox is called by its owner's number.
fn number_of(address: &str) -> Option<Field<Phone>> {
    let (local, _) = address.split_once('@')?;
    let phone = Phone::parse(local).ok().filter(Phone::is_mobile)?;
    Some(Field::new(phone, Confidence::new(NUMBER_OF_MAILBOX), of_from()))
}

/// Whether nobody reads what is sent to the mailbox, by how it is called: a fax machine's, a scanner's, `noreply`.
fn is_of_device(address: &str) -> bool {
    const CALLED: [&str; 13] = [
        "noreply",
        "donotreply",
        "fax",
        "efax",
        "faxgateway",
        "scan",
        "scanner",
        "printer",
        "copier",
        "mfp",
        "robot",
        "notification",
        "notify",
    ];
    let local = address.split('@').next().unwrap_or_default().to_lowercase();
    let local: String = local.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
    CALLED.contains(&local.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Notes what stands in `From` where no address can be relied on.
fn note_unreliable(statement: &mut Statement, from: &Sender) {
    let written = if from.several.is_empty() { from.address.clone() } else { from.several.join("、") };
    if !written.is_empty() {
        let written = truncate(&written, 254).to_owned();
        statement.marks.push(Mark::Impossible { field: "mail_address".to_owned(), written });
    }
}

/// The petitioners of `better`, with what only `other` tells of the first one.
pub(super) fn merged(other: Vec<Petitioner>, better: Vec<Petitioner>) -> Vec<Petitioner> {
    let mut other = other.into_iter();
    let Some(filling) = other.next() else { return better };
    let mut better = better.into_iter();
    let Some(first) = better.next() else { return std::iter::once(filling).chain(other).collect() };
    let mut phones = first.phones;
    for phone in filling.phones {
        if !phones.iter().any(|known| known.value == phone.value) {
            phones.push(phone);
        }
    }
    let first = Petitioner {
        kind: first.kind,
        name: first.name.or(filling.name),
        id_number: first.id_number.or(filling.id_number),
        credit_code: first.credit_code.or(filling.credit_code),
        phones,
        mail_address: first.mail_address.or(filling.mail_address),
        address: first.address.or(filling.address),
    };
    std::iter::once(first).chain(better).collect()
}
