//! How the mailboxes stand, for the pages, figures and checks that tell.

use case::problem::Problem;
use case::staff::Permission;
use jiff::Timestamp;
use store::StoreError;
use store::mailboxes::{MailboxState, Watched};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::mailbox::fetch::Round;

/// A mailbox of the configuration, or an address to which a mail server hands mails over, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxStanding {
    /// What staff call it, or the address.
    pub name: String,
    /// Whether mails are fetched from it; otherwise they are handed over to it.
    pub is_fetched: bool,
    /// How it was watched last; none before it was fetched, and for addresses.
    pub watched: Option<Watched>,
    /// Seconds between two looks where it is polled.
    pub poll_seconds: u64,
    /// When it was fetched last without trouble.
    pub fetched_at: Option<Timestamp>,
    /// How many mails were new, altogether.
    pub mails: u64,
    /// Why it cannot be fetched now, and since when.
    pub trouble: Option<(Problem, Timestamp)>,
    /// Mails of it that are not read yet.
    pub waiting: u64,
    /// Mails of it in the quarantine.
    pub held: u64,
}

impl MailboxStanding {
    const fn named(name: String, is_fetched: bool) -> Self {
        let (watched, fetched_at, trouble) = (None, None, None);
        Self { name, is_fetched, watched, poll_seconds: 0, fetched_at, mails: 0, trouble, waiting: 0, held: 0 }
    }
}

impl Gateway {
    /// Notes how a round through a mailbox ended. That it cannot be noted is told in the log only: mails go on being fetched.
    pub(crate) async fn note_round(&self, name: &str, watched: Watched, ended: Result<Round, Problem>) {
        if let Err(error) = self.note_round_in_one(name, watched, ended).await {
            tracing::error!(error = %error, mailbox = name, "how mailbox {name} stands cannot be noted");
        }
    }

    async fn note_round_in_one(
        &self,
        name: &str,
        watched: Watched,
        ended: Result<Round, Problem>,
    ) -> Result<(), StoreError> {
        let at = self.clock.now();
        let mut unit = self.store.begin().await?;
        let known = unit.mailboxes().await?.into_iter().find(|known| known.name == name);
        let (fetched_at, mails, since) = known
            .map_or((None, 0, None), |known| (known.fetched_at, known.mails, known.trouble.map(|(_, since)| since)));
        let state = match ended {
            Ok(round) => MailboxState {
                name: name.to_owned(),
                watched,
                fetched_at: Some(at),
                mails: mails.saturating_add(round.new),
                trouble: None,
            },
            Err(problem) => MailboxState {
                name: name.to_owned(),
                watched,
                fetched_at,
                mails,
                trouble: Some((problem, since.unwrap_or(at))),
            },
        };
        unit.put_mailbox(&state).await?;
        unit.commit().await
    }

    /// How the mailboxes stand, as the desk shows it.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn mailboxes(&self, viewer: &Viewer) -> Result<Vec<MailboxStanding>, Problem> {
        viewer.require(Permission::Quarantine)?;
        self.mailbox_standings().await
    }

    /// The mailboxes of the configuration in its order, then the addresses to which mails were handed over and that have something to
    /// settle. A mailbox that is no longer fetched is told while something of it is unsettled.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn mailbox_standings(&self) -> Result<Vec<MailboxStanding>, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let known = lookups.mailboxes().await.map_err(|error| failed(&error))?;
        let unsettled = lookups.unsettled_mails().await.map_err(|error| failed(&error))?;
        drop(lookups);
        let mail = &self.configuration.mail;
        let mut standings: Vec<MailboxStanding> = Vec::new();
        for settings in &mail.mailboxes {
            let mut standing = MailboxStanding::named(settings.name.clone(), true);
            standing.poll_seconds = settings.poll_seconds;
            if let Some(state) = known.iter().find(|state| state.name == settings.name) {
                standing.watched = Some(state.watched);
                standing.fetched_at = state.fetched_at;
                standing.mails = state.mails;
                standing.trouble = state.trouble.clone();
            }
            standings.push(standing);
        }
        let addresses = if mail.lmtp.listen.is_empty() { &[] } else { mail.lmtp.recipients.as_slice() };
        standings.extend(addresses.iter().map(|address| MailboxStanding::named(address.clone(), false)));
        for one in unsettled {
            let place = standings.iter().position(|standing| standing.name.eq_ignore_ascii_case(&one.mailbox));
            let place = place.unwrap_or_else(|| {
                standings.push(MailboxStanding::named(one.mailbox.clone(), false));
                standings.len() - 1
            });
            if let Some(standing) = standings.get_mut(place) {
                standing.waiting += one.waiting;
                standing.held += one.held;
            }
        }
        Ok(standings)
    }
}
