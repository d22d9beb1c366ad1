//! How the mailboxes stand.

use async_trait::async_trait;
use store::StoreError;
use store::mailboxes::{MailboxChanges, MailboxLookups, MailboxState, UnsettledMails};

use crate::access::Access;
use crate::cell::{self, Row};

#[async_trait]
impl MailboxLookups for Access {
    async fn mailboxes(&mut self) -> Result<Vec<MailboxState>, StoreError> {
        let rows =
            sqlx::query!("SELECT name, watched, fetched_at, mails, trouble, trouble_at FROM mailboxes ORDER BY name")
                .fetch_all(self.database()?)
                .await;
        let rows = self.settle(rows, "mailbox")?.into_iter().map(|row| {
            let read = Row::of("mailboxes", &row.name);
            let trouble = read.json_or_none("trouble", row.trouble.as_deref())?;
            let since = row.trouble_at.map(|at| read.time("trouble_at", at)).transpose()?;
            Ok(MailboxState {
                watched: read.parse("watched", &row.watched)?,
                fetched_at: row.fetched_at.map(|at| read.time("fetched_at", at)).transpose()?,
                mails: read.count("mails", row.mails)?,
                trouble: trouble.zip(since),
                name: row.name,
            })
        });
        rows.collect()
    }

    async fn unsettled_mails(&mut self) -> Result<Vec<UnsettledMails>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT m.mailbox AS mailbox, COUNT(DISTINCT CASE WHEN a.state_name = 'waiting' THEN a.id END) AS "waiting: i64",
                      COUNT(DISTINCT CASE WHEN a.state_name = 'refused' THEN a.id END) AS "held: i64"
               FROM arrivals a INDEXED BY arrivals_not_registered JOIN mail_places m ON m.arrival_id = a.id
               WHERE a.state_name <> 'registered' GROUP BY m.mailbox ORDER BY m.mailbox"#
        )
        .fetch_all(self.database()?)
        .await;
        let rows = self.settle(rows, "mail place")?.into_iter().map(|row| {
            let read = Row::of("mail_places", &row.mailbox);
            let (waiting, held) = (read.count("waiting", row.waiting)?, read.count("held", row.held)?);
            Ok(UnsettledMails { waiting, held, mailbox: row.mailbox })
        });
        rows.collect()
    }
}

#[async_trait]
impl MailboxChanges for Access {
    async fn put_mailbox(&mut self, mailbox: &MailboxState) -> Result<(), StoreError> {
        let watched = mailbox.watched.as_str();
        let fetched_at = mailbox.fetched_at.map(|at| at.as_microsecond());
        let mails = cell::to_count(mailbox.mails);
        let trouble = mailbox.trouble.as_ref().map(|(problem, _)| cell::to_json(problem)).transpose()?;
        let trouble_at = mailbox.trouble.as_ref().map(|(_, since)| since.as_microsecond());
        let result = sqlx::query!(
            "INSERT INTO mailboxes (name, watched, fetched_at, mails, trouble, trouble_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (name) DO UPDATE SET watched = excluded.watched, fetched_at = excluded.fetched_at,
             mails = excluded.mails, trouble = excluded.trouble, trouble_at = excluded.trouble_at",
            mailbox.name,
            watched,
            fetched_at,
            mails,
            trouble,
            trouble_at
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "mailbox").map(|_written| ())
    }
}
