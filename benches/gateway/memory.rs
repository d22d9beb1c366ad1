//! How much memory processes had resident at most, as proc(5) tells it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Between two looks of [`Anonymous`]; a peak between two looks is missed.
const LOOK: Duration = Duration::from_millis(50);

/// Looks again and again how much memory of its own (`RssAnon`: without the mapped files of an index, which the system takes back when it
/// needs room) this process has resident, until it is dropped.
pub(crate) struct Anonymous {
    peak_kibibytes: Arc<AtomicU64>,
    _stop: Sender<()>,
}

impl Anonymous {
    /// Begins to look.
    pub(crate) fn watch() -> Self {
        let peak_kibibytes = Arc::new(AtomicU64::new(0));
        let peak = Arc::clone(&peak_kibibytes);
        let (stop, stopped) = channel::<()>();
        std::thread::spawn(move || {
            while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
                let now = field(&status, "RssAnon:").and_then(|kibibytes| kibibytes.parse().ok()).unwrap_or(0);
                peak.fetch_max(now, Ordering::Relaxed);
            }
        });
        Self { peak_kibibytes, _stop: stop }
    }

    /// The most that was seen since the last call, in mebibytes.
    pub(crate) fn take_peak_mebibytes(&self) -> u64 {
        self.peak_kibibytes.swap(0, Ordering::Relaxed) / 1024
    }
}

/// The most that a process ever had resident (`VmHWM` of its status file), in mebibytes; none when it is gone.
pub(crate) fn peak_mebibytes(status: &Path) -> Option<u64> {
    field(&std::fs::read_to_string(status).ok()?, "VmHWM:")?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
}

/// The same of this process.
pub(crate) fn own_peak_mebibytes() -> Option<u64> {
    peak_mebibytes(Path::new("/proc/self/status"))
}

/// The most that any child of this process ever had resident.
pub(crate) fn largest_child_mebibytes() -> u64 {
    let own = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let files = processes.map(|process| process.path().join("status"));
    let children = files.filter(|file| {
        let status = std::fs::read_to_string(file).unwrap_or_default();
        field(&status, "PPid:").is_some_and(|parent| parent == own)
    });
    children.filter_map(|file| peak_mebibytes(&file)).max().unwrap_or(0)
}

fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()
}
