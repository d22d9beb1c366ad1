//! How much memory processes had resident at most, as proc(5) tells it.

use std::path::Path;

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
