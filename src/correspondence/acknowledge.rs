//! Whether a mail is acknowledged. The answer holds a number and a query code, so it goes to nobody but the petitioner, and never in
//! circles.

use std::time::Duration;

use case::actor::Actor;
use case::dispatch::Delivery;
use case::event::EventKind;
use case::id::NoticeId;
use case::identity::key::IdentitySecret;
use case::notice::{Language, Notice, NoticeKind};
use case::secrecy::Secrecy;
use case::statement::Statement;
use case::submission::Submission;
use channels::mail::{Envelope, Nature};
use store::UnitOfWork;

use crate::correspondence::address::without_plus;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

/// The time over which the notices to one address are counted.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// Names of mailboxes that several people read.
const SHARED_NAMES: [&str; 24] = [
    "admin",
    "administrator",
    "bangongshi",
    "bgs",
    "company",
    "contact",
    "hello",
    "help",
    "hr",
    "info",
    "kefu",
    "mail",
    "office",
    "postmaster",
    "public",
    "root",
    "sales",
    "service",
    "shequ",
    "support",
    "team",
    "webmaster",
    "xinfang",
    "yewei",
];

/// Why a mail is not acknowledged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// The office does not acknowledge mails.
    SwitchedOff,
    /// There is no sender who could get it.
    NoSender,
    /// The words name another address than the one it came from: who the petitioner is must be asked.
    AnotherAddress,
    /// The mailbox it came from is nobody's who petitions: a portal's, a hotline's, a fax machine's.
    HandedOn,
    /// It came from a unit: a petition that was passed on.
    Unit,
    /// An accusation, from an address that others may read.
    SharedAddress,
    /// A program wrote it, and a person registered it all the same.
    Automatic,
    /// Its mail server calls it spam, so its sender is often forged.
    Spam,
    /// The address got enough for one day.
    Limit,
}

impl Withheld {
    /// What staff are told; none when there is nothing to tell.
    #[must_use]
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::SwitchedOff => None,
            Self::NoSender => Some("邮件没有可用的发件地址"),
            Self::AnotherAddress => Some("来信写有另一邮箱，须核实后告知"),
            Self::HandedOn => Some("由转办或系统邮箱发来，须另行告知信访人"),
            Self::Unit => Some("由单位邮箱转来，须另行告知信访人"),
            Self::SharedAddress => Some("检举控告，且发件邮箱可能为多人共用，须由人工告知"),
            Self::Automatic => Some("自动发出的邮件，由人工登记，不自动答复"),
            Self::Spam => Some("邮件服务器标记为垃圾邮件，发件地址可能被冒用，须由人工告知"),
            Self::Limit => Some("该邮箱当日回执已达上限"),
        }
    }
}

impl Gateway {
    /// Decides inside `unit` whether the mail is acknowledged, and has it sent. `anyway`: it was registered whatever its outside says.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn acknowledge(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        envelope: &Envelope,
        kind: NoticeKind,
        anyway: bool,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let recipient = match self.may_acknowledge(unit, submission, envelope, anyway).await? {
            Ok(recipient) => recipient,
            Err(withheld) => {
                if let Some(note) = withheld.note() {
                    let detail = serde_json::json!({ "submission": submission.id });
                    let event = self.event(
                        submission.own_case,
                        Actor::System,
                        EventKind::NoticeWithheld,
                        note.to_owned(),
                        detail,
                    );
                    unit.append_event(event).await?;
                }
                return Ok(());
            }
        };
        let notice = Notice {
            id: NoticeId::fresh(&*self.clock, &*self.randomness),
            submission: submission.id,
            case: submission.own_case,
            kind,
            language: language_of(&submission.statement),
            recipient,
            made_at: at,
            delivery: Delivery::Waiting,
        };
        unit.insert_notice(&notice).await?;
        let task = Task::SendNotice { notice: notice.id };
        unit.enqueue(&self.job(&task, Queue::Sending, Some(submission.own_case), at)).await?;
        Ok(())
    }

    /// The keyed hash of the address that may get it, or why not.
    async fn may_acknowledge(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        envelope: &Envelope,
        anyway: bool,
    ) -> Result<Result<String, Withheld>, Failure> {
        let settings = &self.configuration.mail;
        if !settings.acknowledge {
            return Ok(Err(Withheld::SwitchedOff));
        }
        if envelope.nature != Nature::Person {
            return Ok(Err(Withheld::Automatic));
        }
        if !anyway && self.spam_mark(envelope).is_some() {
            return Ok(Err(Withheld::Spam));
        }
        let Some(sender) = &envelope.sender else { return Ok(Err(Withheld::NoSender)) };
        let first = submission.statement.petitioners.first();
        let told = first.and_then(|petitioner| petitioner.mail_address.as_ref());
        let Some(told) = told else { return Ok(Err(Withheld::HandedOn)) };
        if !told.value.eq_ignore_ascii_case(sender) {
            return Ok(Err(Withheld::AnotherAddress));
        }
        let of_units = unit.units().await?.into_iter().filter_map(|unit| unit.mail_address);
        if of_units.into_iter().any(|address| address.eq_ignore_ascii_case(sender)) {
            return Ok(Err(Withheld::Unit));
        }
        if submission.secrecy == Secrecy::Sealed && may_be_shared(sender, &settings.personal_domains) {
            return Ok(Err(Withheld::SharedAddress));
        }
        let recipient = recipient_key(sender, &self.secret);
        let since = self.clock.now().checked_sub(DAY).unwrap_or(jiff::Timestamp::MIN);
        if unit.notice_count(&recipient, since).await? >= u64::from(settings.notices_per_day) {
            return Ok(Err(Withheld::Limit));
        }
        Ok(Ok(recipient))
    }
}

/// The keyed hash under which notices to an address are counted. What stands behind a plus is the same mailbox.
pub(crate) fn recipient_key(address: &str, secret: &IdentitySecret) -> String {
    let seal = secret.seal("notice-recipient", without_plus(&address.to_lowercase()).as_bytes());
    seal.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether others may read what goes to an address. At a provider for everybody a mailbox belongs to one person; at a domain of a firm
/// or an office its administrator reads along, and the accused may be the employer.
#[must_use]
pub fn may_be_shared(address: &str, personal_domains: &[String]) -> bool {
    let address = address.to_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return true };
    let name = local.trim_end_matches(|c: char| c.is_ascii_digit());
    !personal_domains.iter().any(|personal| personal.eq_ignore_ascii_case(domain)) || SHARED_NAMES.contains(&name)
}

/// Chinese, unless there is none in what was written.
fn language_of(statement: &Statement) -> Language {
    let han = |text: &str| text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    if han(&statement.title.value) || han(&statement.body) || statement.body.trim().is_empty() {
        Language::Zh
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_personal_only_at_a_provider_for_everybody() {
        let domains = ["qq.com".to_owned(), "163.com".to_owned()];
        for (address, shared) in [
            ("12345678@qq.com", false),
            ("Liu.Qinghe@163.com", false),
            ("office@163.com", true),
            ("bangongshi01@163.com", true),
            ("liu@factory.example.invalid", true),
            ("liu@mail.qq.com", true),
            ("nothing", true),
        ] {
            assert_eq!(may_be_shared(address, &domains), shared, "{address}");
        }
    }

    #[test]
    fn an_address_is_counted_once_however_it_is_written() {
        let secret = IdentitySecret::new([3; 32]);
        let key = |address: &str| recipient_key(address, &secret);
        assert_eq!(key("A@example.invalid"), key("a+b@Example.invalid"));
        assert_ne!(key("a@example.invalid"), key("b@example.invalid"));
    }
}
