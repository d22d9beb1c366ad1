//! How a child process of ours that opens strangers' files came to its end: by its exit and, for memory, by the words that the runtime
//! libraries use.

use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, ChildStderr};
use tokio::task::JoinHandle;

/// How much of the end of what a child writes to its standard error is kept, in bytes. It is never logged: it may quote a
/// page.
const MAX_COMPLAINT: usize = 16 * 1024;
/// How long a dying child may take to be gone.
pub(crate) const BURIAL: Duration = Duration::from_secs(5);
/// The signal of a process that used up its CPU time (signal(7), `SIGXCPU`).
const CPU_TIME_USED: i32 = 24;
/// The signal of a process that was killed, as the system does when memory runs out (`SIGKILL`).
const KILLED: i32 = 9;

/// Why a child is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It wanted more memory than it may have.
    Memory,
    /// It used up its CPU time.
    Time,
    /// The system ended it, mostly for want of memory.
    Killed,
    /// Anything else.
    Crash,
}

/// Why a child that stopped talking is gone; one that is not gone is ended. `complaint` is what [`last_words`] keeps.
pub(crate) async fn of(child: &mut Child, complaint: Option<JoinHandle<Vec<u8>>>) -> Ending {
    // A child that closed its pipe is about to be gone by itself, and only then its signal tells why.
    let status = match tokio::time::timeout(BURIAL, child.wait()).await {
        Ok(status) => status.ok(),
        Err(_elapsed) => None,
    };
    let _ = tokio::time::timeout(BURIAL, child.kill()).await;
    let complaint = match complaint {
        Some(words) => tokio::time::timeout(BURIAL, words).await.ok().and_then(Result::ok).unwrap_or_default(),
        None => Vec::new(),
    };
    let complaint = String::from_utf8_lossy(&complaint);
    let starved = ["bad_alloc", "memory allocation of", "out of memory", "Cannot allocate"];
    if starved.iter().any(|words| complaint.contains(words)) {
        return Ending::Memory;
    }
    match status.and_then(|status| status.signal()) {
        Some(CPU_TIME_USED) => Ending::Time,
        Some(KILLED) => Ending::Killed,
        Some(_) | None => Ending::Crash,
    }
}

/// Reads a child's standard error to its end, so that it never waits for us, and keeps the last of it.
pub(crate) async fn last_words(mut errors: ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = errors.read(&mut part).await {
        kept.extend_from_slice(part.get(..length).unwrap_or_default());
        let surplus = kept.len().saturating_sub(MAX_COMPLAINT);
        kept.drain(..surplus);
    }
    kept
}
