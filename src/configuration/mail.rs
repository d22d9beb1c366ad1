//! Settings of mail: sending, mailboxes that are fetched, and the address on which a mail server hands mails over.

use std::path::Path;

use case::unit::UnitCode;
use serde::Deserialize;

/// Settings of mail.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The mail server; holds a password, so never shown.
    pub smtp_url: String,
    /// The sender of every mail.
    pub from: String,
    /// A PEM file of certificate authorities that are believed beside the public ones; empty for none.
    pub tls_ca: String,
    /// Whether our mail server delivers `name+anything@domain` to `name@domain`.
    pub plus_addressing: bool,
    /// Whether petitioners who write by mail get an acknowledgement.
    pub acknowledge: bool,
    /// The most notices to one address in 24 hours.
    pub notices_per_day: u32,
    /// Seconds that all attachments of one mail may take in one reading.
    pub attachment_seconds: u64,
    /// What is done with a mail that its mail server calls spam, where a mailbox does not say.
    pub spam: SpamRule,
    /// Domains of providers where a mailbox belongs to one person.
    pub personal_domains: Vec<String>,
    /// Signing of what is sent.
    pub dkim: DkimSettings,
    /// What mail servers hand over.
    pub lmtp: LmtpSettings,
    /// The mailboxes that are fetched.
    pub mailboxes: Vec<MailboxSettings>,
}

/// Settings of DKIM (RFC 6376).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DkimSettings {
    /// The domain that signs; empty: nothing is signed.
    pub domain: String,
    /// The selector under which the public key is published.
    pub selector: String,
    /// The file of the private key: RSA in PEM (PKCS 1).
    pub key: String,
}

/// Settings of receiving by LMTP (RFC 2033).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LmtpSettings {
    /// Address and port; empty: off. LMTP knows no passwords, so it belongs on loopback or behind a firewall.
    pub listen: String,
    /// The addresses that are taken, without what stands behind a plus; empty: every one.
    pub recipients: Vec<String>,
    /// The most connections at one time.
    pub connection_limit: usize,
    /// Seconds of silence after which a connection is closed.
    pub idle_seconds: u64,
}

/// Settings of one mailbox.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxSettings {
    /// What staff call it. Stored with every mail, so it is not changed later.
    pub name: String,
    /// The server; holds a password, so never shown.
    pub url: String,
    /// The folder that is fetched.
    #[serde(default = "inbox")]
    pub folder: String,
    /// What is done with a mail once it is durable.
    #[serde(default)]
    pub processed: Processed,
    /// The keyword that is set.
    #[serde(default = "keyword")]
    pub keyword: String,
    /// The folder to which it is moved.
    #[serde(default)]
    pub move_to: String,
    /// Seconds between two looks where the server has no IDLE, and between attempts while it cannot be reached.
    #[serde(default = "minute")]
    pub poll_seconds: u64,
    /// Whether IDLE is used where the server has it.
    #[serde(default = "yes")]
    pub idle: bool,
    /// What is done with a mail that its mail server calls spam; none: what `mail.spam` says.
    #[serde(default)]
    pub spam: Option<SpamRule>,
    /// The unit whose mailbox it is: suggested where nothing better is known.
    #[serde(default)]
    pub unit: String,
}

/// What is done with a mail once it is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Processed {
    /// A keyword is set; the mail stays where it is.
    #[default]
    Flag,
    /// It is moved to another folder.
    Move,
}

/// What is done with a mail that its mail server calls spam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpamRule {
    /// It waits in the quarantine for a person.
    Hold,
    /// It is registered like any other, and not answered.
    Register,
}

fn inbox() -> String {
    "INBOX".to_owned()
}

fn keyword() -> String {
    "Xinqiao".to_owned()
}

const fn minute() -> u64 {
    60
}

const fn yes() -> bool {
    true
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let server = if self.smtp_url.is_empty() { "outbox" } else { "smtp" };
        formatter
            .debug_struct("MailSettings")
            .field("server", &server)
            .field("from", &self.from)
            .field("mailboxes", &self.mailboxes)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MailboxSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("MailboxSettings").field("name", &self.name).finish_non_exhaustive()
    }
}

impl MailSettings {
    /// What fits the types but makes no sense.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut names: Vec<&str> = self.mailboxes.iter().map(|mailbox| mailbox.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() != self.mailboxes.len() {
            return Err("mail.mailboxes：name不能重复".to_owned());
        }
        for mailbox in &self.mailboxes {
            mailbox.check().map_err(|wrong| format!("mail.mailboxes“{}”：{wrong}", mailbox.name))?;
        }
        if self.attachment_seconds == 0 {
            return Err("mail：attachment_seconds不能为0".to_owned());
        }
        if self.lmtp.connection_limit == 0 || self.lmtp.idle_seconds == 0 {
            return Err("mail.lmtp：connection_limit、idle_seconds不能为0".to_owned());
        }
        let dkim = &self.dkim;
        if !dkim.domain.is_empty() && (dkim.selector.is_empty() || !Path::new(&dkim.key).is_file()) {
            return Err("mail.dkim：需要selector，且key应为可读的私钥文件".to_owned());
        }
        if !self.smtp_url.is_empty() {
            crate::dispatch::server::SmtpServer::parse(&self.smtp_url).map_err(|wrong| wrong.to_string())?;
        }
        if !self.tls_ca.is_empty() && !Path::new(&self.tls_ca).is_file() {
            return Err("mail.tls_ca：文件不存在".to_owned());
        }
        Ok(())
    }
}

impl MailboxSettings {
    fn check(&self) -> Result<(), String> {
        if self.name.trim().is_empty() || self.name.chars().count() > 60 || self.name.chars().any(char::is_control) {
            return Err("name应为1至60个字".to_owned());
        }
        crate::mailbox::server::MailServer::parse(&self.url).map_err(|wrong| wrong.to_string())?;
        for (what, folder) in [("folder", &self.folder), ("move_to", &self.move_to)] {
            if folder.chars().any(char::is_control) {
                return Err(format!("{what}含有控制字符"));
            }
        }
        if self.processed == Processed::Move && (self.move_to.is_empty() || self.move_to == self.folder) {
            return Err("processed为move时，move_to应为另一文件夹".to_owned());
        }
        // An atom of RFC 9051, as keywords are.
        if self.keyword.is_empty() || !self.keyword.chars().all(|c| c.is_ascii_alphanumeric() || "$_-".contains(c)) {
            return Err("keyword只能用字母、数字和$_-".to_owned());
        }
        if self.poll_seconds == 0 {
            return Err("poll_seconds不能为0".to_owned());
        }
        if !self.unit.is_empty() && UnitCode::parse(&self.unit).is_err() {
            return Err("unit不是单位代码".to_owned());
        }
        Ok(())
    }
}
