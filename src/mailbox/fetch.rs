//! One round through a mailbox: each mail that is not marked is made durable, then marked.

use std::collections::{BTreeMap, BTreeSet};

use case::problem::{Problem, ProblemCode};
use store::mailboxes::Watched;
use store::mails::{MailPlace, MailUid};

use crate::configuration::mail::MailboxSettings;
use crate::gateway::Gateway;
use crate::intake::receive::{ORIGINAL_LIMIT, failed};
use crate::mailbox::folder::Folder;

/// How often a mail may end its connection before it is left alone: one damaged mail must not hold up all others.
const TRIES: u8 = 3;

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Mails that are new.
    pub new: u64,
    /// Mails that had been taken in before: from another mailbox, or under another name.
    pub replays: u64,
    /// Mails that only had to be marked: something stopped before it could be done.
    pub marked: u64,
    /// Mails that are too large; they stay where they are.
    pub held: u64,
    /// Mails that the server cannot give.
    pub left: u64,
    /// Mails that are durable, but that the server does not let be moved.
    pub unmoved: u64,
}

/// Fetches from one mailbox, over as many connections as it takes.
#[derive(Debug)]
pub struct Fetcher<'settings> {
    settings: &'settings MailboxSettings,
    /// How often each mail was asked for and did not come, by UIDVALIDITY and UID.
    begun: BTreeMap<(u32, u32), u8>,
    /// Mails that were looked at again because they had another size than what had come under their name.
    looked_at: BTreeSet<(u32, u32)>,
}

impl<'settings> Fetcher<'settings> {
    /// A fetcher of this mailbox.
    #[must_use]
    pub const fn new(settings: &'settings MailboxSettings) -> Self {
        Self { settings, begun: BTreeMap::new(), looked_at: BTreeSet::new() }
    }

    /// What staff call the mailbox.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Connects.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn open(&self, gateway: &Gateway) -> Result<Folder, Problem> {
        Folder::open(self.settings, &gateway.configuration.mail.tls_ca).await
    }

    /// One round through an open folder.
    ///
    /// # Errors
    /// The server refuses, the connection broke, or the gateway cannot take in more for now; what was done stands.
    pub async fn round(&mut self, gateway: &Gateway, folder: &mut Folder) -> Result<Round, Problem> {
        let mut round = Round::default();
        let uids = folder.unmarked().await?;
        let sizes = folder.sizes(&uids).await?;
        for uid in uids {
            let Some(size) = sizes.get(&uid) else { continue };
            if self.begun.get(&(folder.validity, uid)).is_some_and(|begun| *begun >= TRIES) {
                round.left += 1;
                continue;
            }
            self.take(gateway, folder, uid, *size, &mut round).await?;
        }
        if round.left > 0 {
            tracing::error!(
                mailbox = self.settings.name,
                mails = round.left,
                "mails that the server cannot give are left alone"
            );
        }
        if round.unmoved > 0 {
            let detail = format!("{}封邮件已登记，但邮箱服务器不允许移到{}", round.unmoved, self.settings.move_to);
            return Err(ProblemCode::MailboxFailed.because(detail));
        }
        Ok(round)
    }

    async fn take(
        &mut self,
        gateway: &Gateway,
        folder: &mut Folder,
        uid: u32,
        size: u64,
        round: &mut Round,
    ) -> Result<(), Problem> {
        let name = MailUid { validity: folder.validity, uid };
        // Some servers give a name twice, and some do not know the size of a mail: once, another size is reason to look.
        if let Some(kept) = gateway.noted(&self.settings.name, name).await?
            && (kept == size || !self.looked_at.insert((name.validity, uid)))
        {
            // A mail that stays unmarked because its folder keeps no marks is only passed over.
            if mark(folder, uid, round).await? {
                round.marked += 1;
            }
            return Ok(());
        }
        if size > u64::try_from(ORIGINAL_LIMIT).unwrap_or(u64::MAX) {
            let Some(head) = folder.head(uid).await? else { return Ok(()) };
            let detail =
                format!("邮件超过{}MB，只取信头；原件留在邮箱“{}”中", ORIGINAL_LIMIT >> 20, self.settings.name);
            gateway.hold_mail(&self.settings.name, &head, &ProblemCode::InputTooLarge.because(detail)).await?;
            round.held += 1;
            return Ok(());
        }
        *self.begun.entry((folder.validity, uid)).or_insert(0) += 1;
        let bytes = folder.bytes(uid).await?;
        self.begun.remove(&(folder.validity, uid));
        let Some(bytes) = bytes else {
            // It had a size a moment ago: it is gone, or the server refuses it, and then it is told.
            round.left += 1;
            return Ok(());
        };
        let place = MailPlace {
            mailbox: self.settings.name.clone(),
            // Without UIDVALIDITY a name means nothing tomorrow.
            uid: Some(name).filter(|name| name.validity > 0),
            noted_at: gateway.clock.now(),
        };
        let taken = gateway.receive_mail(&place, &bytes).await?;
        gateway.step("fetch.before_mark");
        mark(folder, uid, round).await?;
        gateway.step("fetch.after_mark");
        if taken.replay {
            round.replays += 1;
        } else {
            round.new += 1;
        }
        Ok(())
    }
}

/// Marks a mail; one that should go away and may not is counted, and those behind it are fetched all the same.
async fn mark(folder: &mut Folder, uid: u32, round: &mut Round) -> Result<bool, Problem> {
    let marked = folder.mark(uid).await?;
    if !marked && folder.moves() {
        round.unmoved += 1;
    }
    Ok(marked)
}

impl Gateway {
    /// Fetches what is new in a mailbox, over one connection.
    ///
    /// # Errors
    /// As [`Fetcher::open`] and [`Fetcher::round`].
    pub async fn fetch_mailbox(&self, settings: &MailboxSettings) -> Result<Round, Problem> {
        let ended = self.fetch_once(settings).await;
        self.note_round(&settings.name, Watched::ByHand, ended.clone()).await;
        ended
    }

    async fn fetch_once(&self, settings: &MailboxSettings) -> Result<Round, Problem> {
        let mut fetcher = Fetcher::new(settings);
        let mut folder = fetcher.open(self).await?;
        let round = fetcher.round(self, &mut folder).await?;
        folder.close().await;
        Ok(round)
    }

    /// That a mailbox can be opened now; nothing is fetched.
    ///
    /// # Errors
    /// As [`Fetcher::open`].
    pub async fn check_mailbox(&self, settings: &MailboxSettings) -> Result<(), Problem> {
        Fetcher::new(settings).open(self).await?.close().await;
        Ok(())
    }

    /// How large the mail is that a mailbox calls so and that is durable already, in bytes.
    async fn noted(&self, mailbox: &str, name: MailUid) -> Result<Option<u64>, Problem> {
        if name.validity == 0 {
            return Ok(None);
        }
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let Some(id) = lookups.arrival_at(mailbox, name).await.map_err(|error| failed(&error))? else {
            return Ok(None);
        };
        let arrival = lookups.arrival(id).await.map_err(|error| failed(&error))?;
        Ok(arrival.map(|arrival| arrival.original_bytes))
    }
}
