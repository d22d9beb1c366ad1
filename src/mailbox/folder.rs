//! The commands of IMAP that fetching needs, with limits on time, and what a server cannot do said plainly.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::extensions::idle::IdleResponse;
use async_imap::imap_proto::{MailboxDatum, Response, Status};
use async_imap::types::{Flag, Mailbox, UnsolicitedResponse};
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;
use base64::{Engine, alphabet};
use case::problem::{Problem, ProblemCode};
use futures_util::TryStreamExt;

use crate::configuration::mail::{MailboxSettings, Processed};
use crate::mailbox::connection::{self, Session};
use crate::mailbox::server::MailServer;

/// How long one command may take; a mail of 100 MiB over a slow line takes minutes.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(300);
/// How many mails are asked for their size at once.
const SIZES_AT_ONCE: usize = 500;

/// A folder that is open.
#[derive(Debug)]
pub struct Folder {
    session: Session,
    name: String,
    /// UIDVALIDITY; zero when the server has none, so that names are never believed.
    pub validity: u32,
    keyword: Option<String>,
    move_to: Option<String>,
    can: Abilities,
    /// Another mail was told of by an answer that was read here.
    told: bool,
}

/// What a server can do beside the oldest commands.
#[derive(Debug, Clone, Copy)]
struct Abilities {
    idle: bool,
    moves: bool,
    uid_plus: bool,
}

impl Folder {
    /// Connects, signs in and opens the folder of a mailbox.
    ///
    /// # Errors
    /// The server cannot be reached or refuses, or has no such folder.
    pub async fn open(settings: &MailboxSettings, tls_ca: &str) -> Result<Self, Problem> {
        let server = MailServer::parse(&settings.url)
            .map_err(|wrong| ProblemCode::InvalidConfiguration.because(wrong.to_string()))?;
        let mut session = connection::sign_in(&server, tls_ca).await?;
        let known = timed(session.capabilities()).await?;
        let can = Abilities {
            idle: settings.idle && known.has_str("IDLE"),
            moves: known.has_str("MOVE"),
            uid_plus: known.has_str("UIDPLUS"),
        };
        if known.has_str("ID") {
            // Large Chinese providers (163.com, 126.com) open no folder for a program that has not said its name (RFC 2971).
            let name = [("name", Some("xinqiao")), ("version", Some(env!("CARGO_PKG_VERSION")))];
            let _told = asked(session.id(name)).await?;
        }
        let mut move_to = None;
        if settings.processed == Processed::Move {
            if !can.moves && !can.uid_plus {
                let detail = format!("“{}”的服务器不能移动邮件，请改用processed = \"flag\"", settings.name);
                return Err(ProblemCode::MailboxFailed.because(detail));
            }
            let target = utf7(&settings.move_to);
            // It may be there already; whether it is shows at the first move.
            let _there = timed(session.create(&target)).await;
            move_to = Some(target);
        }
        let opened = timed(session.select(utf7(&settings.folder))).await.map_err(|problem| {
            problem.code.because(format!("“{}”的文件夹{}无法打开", settings.name, settings.folder))
        })?;
        Ok(Self {
            session,
            name: settings.name.clone(),
            validity: opened.uid_validity.unwrap_or(0),
            keyword: keeps(&opened, &settings.keyword).then(|| settings.keyword.clone()),
            move_to,
            can,
            told: false,
        })
    }

    /// Whether the server has told of another mail since this was asked last: told once, it is not told again by IDLE.
    pub fn news(&mut self) -> bool {
        let mut news = std::mem::take(&mut self.told);
        while let Ok(told) = self.session.unsolicited_responses.try_recv() {
            news |= matches!(told, UnsolicitedResponse::Exists(_));
        }
        news
    }

    /// The mails that are not marked, oldest first.
    ///
    /// # Errors
    /// The server refuses or the connection broke.
    pub async fn unmarked(&mut self) -> Result<Vec<u32>, Problem> {
        let by_keyword = match (&self.move_to, &self.keyword) {
            (None, Some(keyword)) => {
                let query = format!("UNDELETED UNKEYWORD {keyword}");
                self.search(&query).await?
            }
            (Some(_), _) | (None, None) => None,
        };
        let found = match by_keyword {
            Some(found) => found,
            None => {
                // A server that cannot search for keywords is no better than one that keeps none.
                self.keyword = None;
                let found = self.search("UNDELETED").await?;
                found.ok_or_else(refused)?
            }
        };
        Ok(found)
    }

    /// The names of the mails that a search finds, oldest first; none when the server refuses it. The library takes a refusal for nothing
    /// found, and every mail would wait for ever.
    async fn search(&mut self, query: &str) -> Result<Option<Vec<u32>>, Problem> {
        let (session, news) = (&mut self.session, &mut self.told);
        asked(async {
            let tag = session.run_command(format!("UID SEARCH {query}")).await?;
            let mut uids = Vec::new();
            loop {
                let answer = session.read_response().await?.ok_or(Error::ConnectionLost)?;
                match answer.parsed() {
                    Response::MailboxData(MailboxDatum::Search(found)) => uids.extend(found),
                    Response::MailboxData(MailboxDatum::Exists(_)) => *news = true,
                    Response::Done { tag: of, status, .. } if *of == tag => {
                        uids.sort_unstable();
                        return match status {
                            Status::Ok => Ok(uids),
                            Status::No | Status::Bad | Status::PreAuth | Status::Bye => Err(Error::No(String::new())),
                        };
                    }
                    _ => {}
                }
            }
        })
        .await
    }

    /// The sizes of mails, in bytes; mails that are gone meanwhile are left out.
    ///
    /// # Errors
    /// The server refuses or the connection broke.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, u64>, Problem> {
        let mut sizes = BTreeMap::new();
        for some in uids.chunks(SIZES_AT_ONCE) {
            let set: Vec<String> = some.iter().map(ToString::to_string).collect();
            let fetched = timed(async {
                self.session.uid_fetch(set.join(","), "(UID RFC822.SIZE)").await?.try_collect::<Vec<_>>().await
            });
            for fetch in fetched.await? {
                if let (Some(uid), Some(size)) = (fetch.uid, fetch.size) {
                    sizes.insert(uid, u64::from(size));
                }
            }
        }
        Ok(sizes)
    }

    /// The bytes of a mail, without marking it as seen; none when it is gone meanwhile.
    ///
    /// # Errors
    /// The server refuses or the connection broke.
    pub async fn bytes(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Problem> {
        let fetched = self.fetched(uid, "(UID BODY.PEEK[])").await?;
        Ok(fetched.iter().find(|fetch| fetch.uid == Some(uid)).and_then(|fetch| fetch.body().map(<[u8]>::to_vec)))
    }

    /// The headers of a mail that is too large to fetch; none when it is gone meanwhile.
    ///
    /// # Errors
    /// The server refuses or the connection broke.
    pub async fn head(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Problem> {
        let fetched = self.fetched(uid, "(UID BODY.PEEK[HEADER])").await?;
        Ok(fetched.iter().find(|fetch| fetch.uid == Some(uid)).and_then(|fetch| fetch.header().map(<[u8]>::to_vec)))
    }

    async fn fetched(&mut self, uid: u32, what: &str) -> Result<Vec<async_imap::types::Fetch>, Problem> {
        timed(async { self.session.uid_fetch(uid.to_string(), what).await?.try_collect().await }).await
    }

    /// Marks a mail as the settings say: sets the keyword, or moves it. Gives whether it is marked now: where the server keeps no keyword,
    /// or refuses, the mail stays as it is, and only its name tells that it was fetched.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn mark(&mut self, uid: u32) -> Result<bool, Problem> {
        let set = uid.to_string();
        match (&self.move_to, &self.keyword) {
            (Some(target), _) if self.can.moves => Ok(asked(self.session.uid_mv(&set, target)).await?.is_some()),
            // The copy is there before the mail goes away, and only this mail goes away.
            (Some(target), _) => {
                if asked(self.session.uid_copy(&set, target)).await?.is_none() {
                    return Ok(false);
                }
                self.store(&set, "+FLAGS.SILENT (\\Deleted)").await?;
                // Refused, it is hidden all the same: what is deleted is not looked at again.
                let gone = self.session.run_command_and_check_ok(format!("UID EXPUNGE {set}"));
                asked(gone).await.map(|_gone| true)
            }
            (None, Some(keyword)) => {
                let change = format!("+FLAGS.SILENT ({keyword})");
                let stored = self.store(&set, &change).await?;
                if !stored {
                    tracing::warn!(
                        mailbox = self.name,
                        "the mail server sets no keyword; names of mails are relied on"
                    );
                    self.keyword = None;
                }
                Ok(stored)
            }
            (None, None) => Ok(false),
        }
    }

    /// Whether mails are to leave the folder once they are durable.
    #[must_use]
    pub const fn moves(&self) -> bool {
        self.move_to.is_some()
    }

    async fn store(&mut self, set: &str, change: &str) -> Result<bool, Problem> {
        // The library's own command takes a refusal for done.
        let stored = self.session.run_command_and_check_ok(format!("UID STORE {set} {change}"));
        Ok(asked(stored).await?.is_some())
    }

    /// Whether the server tells by itself when a mail comes.
    #[must_use]
    pub const fn can_idle(&self) -> bool {
        self.can.idle
    }

    /// Waits until the server tells of something, `limit` is over or `stop` ends; gives the folder back.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn idle(self, limit: Duration, stop: impl Future<Output = ()>) -> Result<Self, Problem> {
        let Self { session, name, validity, keyword, move_to, can, told: news } = self;
        let mut handle = session.idle();
        timed(handle.init()).await?;
        let (told, interrupt) = handle.wait_with_timeout(limit);
        let broken = tokio::select! {
            told = told => matches!(told, Err(_) | Ok(IdleResponse::ManualInterrupt)),
            () = stop => false,
        };
        drop(interrupt);
        if broken {
            return Err(lost());
        }
        let session = timed(handle.done()).await?;
        Ok(Self { session, name, validity, keyword, move_to, can, told: news })
    }

    /// Says good-bye; a connection that breaks meanwhile is closed too.
    pub async fn close(mut self) {
        if timed(self.session.logout()).await.is_err() {
            tracing::debug!(mailbox = self.name, "the mail server closed first");
        }
    }
}

/// Whether the folder keeps this keyword.
fn keeps(opened: &Mailbox, keyword: &str) -> bool {
    opened.permanent_flags.iter().any(|flag| match flag {
        Flag::MayCreate => true,
        Flag::Custom(known) => known.eq_ignore_ascii_case(keyword),
        Flag::Seen | Flag::Answered | Flag::Flagged | Flag::Deleted | Flag::Draft | Flag::Recent => false,
    })
}

/// What a command gives.
///
/// # Errors
/// The server refuses it, or the connection broke.
async fn timed<T>(command: impl Future<Output = async_imap::error::Result<T>>) -> Result<T, Problem> {
    let done = asked(command).await?;
    done.ok_or_else(refused)
}

/// What a command gives; none when the server refuses it.
///
/// # Errors
/// The connection broke.
async fn asked<T>(command: impl Future<Output = async_imap::error::Result<T>>) -> Result<Option<T>, Problem> {
    match tokio::time::timeout(COMMAND_TIMEOUT, command).await {
        Ok(Ok(done)) => Ok(Some(done)),
        Ok(Err(error)) => {
            tracing::warn!(error = kind(&error), "the mail server did not do it");
            if matches!(error, Error::No(_) | Error::Bad(_)) { Ok(None) } else { Err(lost()) }
        }
        Err(_elapsed) => Err(ProblemCode::MailboxFailed.because("邮箱服务器超时未答复")),
    }
}

/// What failed, without what the server said: it may quote a mail.
const fn kind(error: &async_imap::error::Error) -> &'static str {
    match error {
        async_imap::error::Error::Io(_) => "io",
        async_imap::error::Error::No(_) => "no",
        async_imap::error::Error::Bad(_) => "bad",
        async_imap::error::Error::ConnectionLost => "connection lost",
        _ => "not understood",
    }
}

fn refused() -> Problem {
    ProblemCode::MailboxFailed.because("邮箱服务器拒绝了命令")
}

fn lost() -> Problem {
    ProblemCode::MailboxFailed.because("与邮箱服务器的连接中断")
}

/// The name of a folder as RFC 3501 section 5.1.3 writes it: modified UTF-7.
fn utf7(name: &str) -> String {
    let engine = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);
    let mut written = String::new();
    let mut wide: Vec<u8> = Vec::new();
    let close = |wide: &mut Vec<u8>, written: &mut String| {
        if wide.is_empty() {
            return;
        }
        written.push('&');
        written.push_str(&engine.encode(&*wide));
        written.push('-');
        wide.clear();
    };
    for character in name.chars() {
        if character.is_ascii() {
            close(&mut wide, &mut written);
            written.push(character);
            if character == '&' {
                written.push('-');
            }
        } else {
            let mut units = [0; 2];
            wide.extend(character.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    close(&mut wide, &mut written);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_have_their_names_of_rfc_3501() {
        assert_eq!(utf7("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(utf7("已处理"), "&XfJZBHQG-");
        assert_eq!(utf7("A&B"), "A&-B");
        assert_eq!(utf7("𠮷"), "&2ELft w-".replace(' ', ""));
    }
}
