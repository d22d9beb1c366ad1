//! What may be set about the database, with the reasons for the defaults.

use std::time::Duration;

/// Limits of one open database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Connections to read from. Readers never wait for the writer in WAL; more than a few only share the same cores.
    pub readers: u32,
    /// How long a look-up waits for one of those connections before it fails.
    pub reader_wait: Duration,
    /// How long the writer waits for another process that holds the write lock, such as a backup or a command.
    pub lock_wait: Duration,
    /// The most units of work that share one commit: bounds how much is lost together when the disk fails.
    pub group_units: usize,
    /// The longest a group stays open for more units, from its beginning: bounds how long the first one waits. It is looked
    /// at whenever a unit ends, so a single slow unit can make it longer.
    pub group_age: Duration,
    /// The most units of work that wait for the writer; one more waits before it may queue.
    pub queue: usize,
    /// The most 4,096-byte pages the database may have; `None` leaves it to the disk.
    pub page_limit: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            readers: 4,
            reader_wait: Duration::from_secs(10),
            lock_wait: Duration::from_secs(5),
            group_units: 64,
            group_age: Duration::from_millis(50),
            queue: 1024,
            page_limit: None,
        }
    }
}
