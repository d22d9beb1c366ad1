//! What the child may use, set by the child itself before it opens a stranger's file.

use std::io;

use case::problem::{Problem, ProblemCode};
use rlimit::{INFINITY, Resource};

use super::super::settings::Limits;

/// Ticks of the kernel's clock in a second, as `/proc` counts them on every Linux (`USER_HZ`).
const TICKS_PER_SECOND: u64 = 100;

/// Puts this process behind the gateway and limits its memory, both for good; it writes no files and leaves no dump of a petition's page.
///
/// # Errors
/// [`ProblemCode::Internal`] when the system refuses, which it does not for a lower limit.
pub fn limit(limits: &Limits) -> Result<(), Problem> {
    confine(limits.child_memory_bytes, limits.niceness)
        .map_err(|_refused| ProblemCode::Internal.because("无法限制页面识别进程的资源"))
}

/// The same for any child: an address space of `memory` bytes, further back by `niceness`, no files, no dump of its memory.
///
/// # Errors
/// The system refuses, which it does not for a lower limit.
pub fn confine(memory: u64, niceness: u8) -> io::Result<()> {
    // A process may always stand further back.
    rustix::process::nice(i32::from(niceness))?;
    Resource::AS.set(memory, memory)?;
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)
}

/// Allows `seconds` of CPU time from now on; past it the system ends the process.
///
/// # Errors
/// The system refuses.
pub fn allow_seconds(seconds: u64) -> io::Result<()> {
    Resource::CPU.set(cpu_milliseconds() / 1000 + 1 + seconds, INFINITY)
}

/// Allows the CPU time of one page beyond what was used so far; past it the system ends the process.
///
/// # Errors
/// [`ProblemCode::Internal`] when the system refuses.
pub fn allow_one_more_page(limits: &Limits) -> Result<(), Problem> {
    allow_seconds(limits.page_cpu_seconds)
        .map_err(|_refused| ProblemCode::Internal.because("无法限制页面识别进程的时间"))
}

/// The CPU time of this process so far, user and system, to 10 ms; 0 where `/proc` is not mounted.
#[must_use]
pub fn cpu_milliseconds() -> u64 {
    std::fs::read_to_string("/proc/self/stat").ok().and_then(|stat| ticks(&stat)).unwrap_or(0) * 1000 / TICKS_PER_SECOND
}

/// Fields 14 and 15 of proc(5) `stat`; the name of the program before them may hold anything but ends with `)`.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut times = rest.split(' ').skip(11);
    let user: u64 = times.next()?.parse().ok()?;
    let system: u64 = times.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_any_program_name() {
        let stat = "42 (a) b (c) R 1 42 42 0 -1 4194304 104 0 0 0 250 50 0 0 20 0 1 0 170028";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(ticks("42 (short) R 1"), None);
    }
}
