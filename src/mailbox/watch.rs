//! Watches a mailbox for as long as the server runs: IDLE where there is it, a look every so often where not.

use std::time::Duration;

use case::problem::Problem;
use store::mailboxes::Watched;
use tokio::sync::watch;

use crate::configuration::mail::MailboxSettings;
use crate::gateway::Gateway;
use crate::mailbox::fetch::Fetcher;
use crate::mailbox::folder::Folder;

/// How long one IDLE lasts: below the 29 minutes of RFC 2177, and short enough for routers that forget silent connections.
const IDLE_LIMIT: Duration = Duration::from_secs(9 * 60);
/// The longest wait after the mailbox could not be fetched again and again.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

impl Gateway {
    /// Fetches the mailbox again and again until `stop` becomes true.
    pub async fn watch_mailbox(self, settings: MailboxSettings, mut stop: watch::Receiver<bool>) {
        let mut fetcher = Fetcher::new(&settings);
        let poll = Duration::from_secs(settings.poll_seconds);
        let mut wait = poll;
        while !*stop.borrow() {
            match self.watch_connection(&mut fetcher, poll, &mut stop).await {
                Ok(()) => wait = poll,
                Err(problem) => {
                    tracing::warn!(
                        mailbox = settings.name,
                        problem = problem.code.code(),
                        detail = problem.detail,
                        wait_seconds = wait.as_secs(),
                        "mailbox {} is not fetched",
                        settings.name
                    );
                    self.note_round(&settings.name, watched(&settings), Err(problem)).await;
                    pause(wait, &mut stop).await;
                    wait = (wait * 2).min(LONGEST_WAIT.max(poll));
                }
            }
        }
    }

    /// Rounds over one connection until it breaks or `stop` becomes true.
    async fn watch_connection(
        &self,
        fetcher: &mut Fetcher<'_>,
        poll: Duration,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), Problem> {
        let mut folder: Folder = fetcher.open(self).await?;
        while !*stop.borrow() {
            folder.news();
            let round = fetcher.round(self, &mut folder).await?;
            let watched = if folder.can_idle() { Watched::Idle } else { Watched::Polling };
            self.note_round(fetcher.name(), watched, Ok(round)).await;
            if folder.news() {
                continue;
            }
            if folder.can_idle() {
                let limit = IDLE_LIMIT;
                folder = folder
                    .idle(limit, async {
                        let _ended = stop.changed().await;
                    })
                    .await?;
            } else {
                pause(poll, stop).await;
            }
        }
        folder.close().await;
        Ok(())
    }
}

/// How a mailbox is watched that could not be opened, as far as its settings tell.
const fn watched(settings: &MailboxSettings) -> Watched {
    if settings.idle { Watched::Idle } else { Watched::Polling }
}

async fn pause(wait: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        _ = stop.changed() => {}
    }
}
