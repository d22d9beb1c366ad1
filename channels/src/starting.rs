//! How a child process of ours that opens strangers' files is started: silent to the outside, ended with its owner, and with nothing
//! set aside, because the addresses that it may use are limited.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

/// The program's allocator (mimalloc) sets addresses aside before `main`, 1 GiB where nothing else is said: as much as a child may have in
/// all, so that the next library or thread that asks for some ends it. Here it asks the system for each piece instead, and a limit is reached
/// where the page is too large and not where a reserve happens to end. Read while the program loads, so it cannot be set by the child itself.
const SET_NOTHING_ASIDE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");

/// The command of such a child, with pipes for its three streams; killed when dropped.
pub(crate) fn command(program: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env(SET_NOTHING_ASIDE.0, SET_NOTHING_ASIDE.1)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}
