//! Writing to standard output and standard error: JSON lines for machines, progress for people.

use std::io::{IsTerminal, Write};

use case::problem::{Problem, ProblemCode};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

/// Writes one JSON line to standard output.
///
/// # Errors
/// Standard output is closed.
pub fn line(value: &impl Serialize) -> Result<(), Problem> {
    let mut text = serde_json::to_vec(value).map_err(|_not_json| Problem::from(ProblemCode::Internal))?;
    text.push(b'\n');
    write_out(&text)
}

/// Writes one line of text to standard output.
///
/// # Errors
/// Standard output is closed.
pub fn text(line: &str) -> Result<(), Problem> {
    write_out(format!("{line}\n").as_bytes())
}

fn write_out(bytes: &[u8]) -> Result<(), Problem> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| ProblemCode::UnreadableFile.because(format!("标准输出已关闭（{}）", error.kind())))
}

/// A progress bar on standard error for `total` steps; invisible unless that is a terminal.
#[must_use]
pub fn progress(total: u64, what: &'static str) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} {eta}");
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(what);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_template) => bar,
    }
}

/// A problem as JSON on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemLine {
    /// The stable code.
    pub code: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What exactly, where, and what to do.
    pub detail: String,
}

impl From<&Problem> for ProblemLine {
    fn from(problem: &Problem) -> Self {
        Self { code: problem.code.code(), title: problem.code.title(), detail: problem.detail.clone() }
    }
}
