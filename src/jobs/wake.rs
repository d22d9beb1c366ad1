//! Wakes workers of this process as soon as a job was added; other processes find it by polling.

use tokio::sync::Notify;

/// A bell that workers listen to.
#[derive(Debug, Default)]
pub struct Wake(Notify);

impl Wake {
    /// Rings: a job was made durable.
    pub fn ring(&self) {
        self.0.notify_waiters();
    }

    /// Listens. Listen before looking for work, so that a job added in between is not missed: the future is armed once it
    /// is enabled.
    pub fn listen(&self) -> tokio::sync::futures::Notified<'_> {
        self.0.notified()
    }
}
