//! The commands of IMAP that fetching needs, with limits on time, and what a server cannot do said plainly.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
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
        })
    }

    /// Whether the server has told of another mail since this was asked last: told once, it is not told again by IDLE.
    pub fn news(&mut self) -> bool {
        let mut news = false;
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
        let query = match (&self.move_to, &self.keyword) {
            (None, Some(keyword)) => format!("UNDELETED UNKEYWORD {keyword}"),
            (Some(_), _) | (None, None) => "UNDELETED".to_owned(),
        };
        let found = timed(self.session.uid_search(query)).await?;
        let mut uids: Vec<u32> = found.into_iter().collect();
        uids.sort_unstable();
        Ok(uids)
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

    /// Marks a mail as the settings say: sets the keyword, or moves it. Without any of them it stays as it is, and only its name tells
    /// that it was fetched.
    ///
    /// # Errors
    /// The server refuses or the connection broke.
    pub async fn mark(&mut self, uid: u32) -> Result<(), Problem> {
        let set = uid.to_string();
        match (&self.move_to, &self.keyword) {
            (Some(target), _) if self.can.moves => timed(self.session.uid_mv(&set, target)).await,
            // The copy is there before the mail goes away, and only this mail goes away.
            (Some(target), _) => {
                timed(self.session.uid_copy(&set, target)).await?;
                self.store(&set, "+FLAGS.SILENT (\\Deleted)").await?;
                timed(async { self.session.uid_expunge(&set).await?.try_collect::<Vec<_>>().await })
                    .await
                    .map(|_gone| ())
            }
            (None, Some(keyword)) => {
                let change = format!("+FLAGS.SILENT ({keyword})");
                self.store(&set, &change).await
            }
            (None, None) => Ok(()),
        }
    }

    async fn store(&mut self, set: &str, change: &str) -> Result<(), Problem> {
        timed(async { self.session.uid_store(set, change).await?.try_collect::<Vec<_>>().await }).await.map(|_flags| ())
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
        let Self { session, name, validity, keyword, move_to, can } = self;
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
        Ok(Self { session, name, validity, keyword, move_to, can })
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

async fn timed<T>(command: impl Future<Output = async_imap::error::Result<T>>) -> Result<T, Problem> {
    match tokio::time::timeout(COMMAND_TIMEOUT, command).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            tracing::warn!(error = kind(&error), "the mail server did not do it");
            Err(match error {
                async_imap::error::Error::No(_) => ProblemCode::MailboxFailed.because("邮箱服务器拒绝了命令"),
                _ => lost(),
            })
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
