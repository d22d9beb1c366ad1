//! Mailboxes that are fetched by IMAP (RFC 9051).
//!
//! | file | what |
//! |---|---|
//! | `server` | where a mailbox is, from its URL |
//! | `connection` | TLS and sign-in |
//! | `folder` | the commands that are needed, with limits on time and size |
//! | `fetch` | one round: what is new is made durable, then marked |
//! | `state` | how each mailbox stands, for pages and figures |
//! | `watch` | rounds again and again, with IDLE in between |
//!
//! The order is the whole safety: a mail is marked or moved only after its original and its arrival are durable. A crash in between
//! finds it in the folder again: its name there (UIDVALIDITY and UID) is noted with the arrival, so it is only marked. Where names
//! change, the mail is fetched again and is a replay, since the same Message-ID, sender, subject and body (or without a Message-ID the
//! same date, sender, subject and body) are the same input.

pub mod connection;
pub mod fetch;
pub mod folder;
pub mod server;
pub mod state;
pub mod watch;
