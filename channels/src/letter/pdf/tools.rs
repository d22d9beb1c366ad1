//! Running a program of poppler-utils behind the gateway (`nice`) under `prlimit` (util-linux): memory, CPU time, file size and wall
//! time are limited, so a hostile PDF costs itself only.

use std::ffi::OsString;
use std::process::Stdio;
use std::time::Duration;

use case::problem::{Problem, ProblemCode};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::super::settings::Limits;

/// The address space of a tool, in bytes: a 50-megapixel colour page has 150 MB, fonts and images the rest.
const MEMORY_BYTES: u64 = 1024 * 1024 * 1024;
/// The CPU seconds of one run.
const CPU_SECONDS: u64 = 60;
/// The wall time of one run.
const WALL: Duration = Duration::from_secs(120);
/// The most output that is taken, in bytes; the words of 200 pages have about 20 MB as a table.
const MAX_OUTPUT: u64 = 64 * 1024 * 1024;
/// The most complaints that are looked at, in bytes.
const MAX_COMPLAINT: u64 = 16 * 1024;

/// The programs that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    /// Pages, sizes, encryption.
    Information,
    /// Which images there are; takes them out.
    Images,
    /// The text of the pages.
    Text,
    /// Draws pages.
    Draw,
    /// Takes pages out, undrawn.
    Separate,
    /// Puts pages together again.
    Unite,
}

impl Tool {
    const fn program(self) -> &'static str {
        match self {
            Self::Information => "pdfinfo",
            Self::Images => "pdfimages",
            Self::Text => "pdftotext",
            Self::Draw => "pdftoppm",
            Self::Separate => "pdfseparate",
            Self::Unite => "pdfunite",
        }
    }
}

/// Runs a tool and gives what it wrote.
///
/// # Errors
/// [`ProblemCode::PdfToolsMissing`], [`ProblemCode::PasswordProtected`], [`ProblemCode::PageTimeout`],
/// [`ProblemCode::PageMemory`], or [`ProblemCode::DamagedFile`] when the tool gives up for another reason.
pub(super) async fn run(tool: Tool, arguments: &[OsString], limits: &Limits) -> Result<String, Problem> {
    let missing = || ProblemCode::PdfToolsMissing.because("请安装poppler-utils和util-linux；来件会等待");
    let file_bytes = limits.pixels.saturating_mul(3).saturating_add(1024).max(limits.file_bytes);
    let mut child = Command::new("nice")
        .arg("-n")
        .arg(limits.niceness.to_string())
        .arg("prlimit")
        .arg(format!("--as={MEMORY_BYTES}"))
        .arg(format!("--cpu={CPU_SECONDS}"))
        .arg(format!("--fsize={file_bytes}"))
        .arg("--core=0")
        .arg("--")
        .arg(tool.program())
        .args(arguments)
        // The words that are looked for in complaints are English.
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|_failed| missing())?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let finished = tokio::time::timeout(WALL, async {
        let (output, complaint) = tokio::join!(read_all(output, MAX_OUTPUT), read_all(errors, MAX_COMPLAINT));
        (child.wait().await, output, complaint)
    });
    let Ok((status, output, complaint)) = finished.await else {
        return Err(ProblemCode::PageTimeout.because("PDF处理超时，已停止"));
    };
    let status = status.map_err(|_failed| ProblemCode::Internal.because("PDF处理程序状态未知"))?;
    let complaint = String::from_utf8_lossy(&complaint).into_owned();
    // 126 and 127: the exits of nice and prlimit for a program that is not there.
    if matches!(status.code(), Some(126 | 127)) || complaint.contains("failed to execute") {
        return Err(missing());
    }
    if status.success() { Ok(String::from_utf8_lossy(&output).into_owned()) } else { Err(problem_of(&complaint)) }
}

/// Reads to the end; what is over `most` bytes is read and thrown away, so the tool does not wait for us.
async fn read_all(stream: Option<impl AsyncRead + Unpin>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        // A pipe that breaks is an end like any other: the exit of the tool decides.
        let _ = (&mut stream).take(most).read_to_end(&mut bytes).await;
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    }
    bytes
}

fn problem_of(complaint: &str) -> Problem {
    let says = |words: &str| complaint.contains(words);
    if says("Incorrect password") {
        return ProblemCode::PasswordProtected.because("PDF有打开密码，请取消密码后重新上传");
    }
    if says("bad_alloc") || says("Out of memory") || says("out of memory") {
        return ProblemCode::PageMemory.because("PDF处理所需内存超出上限");
    }
    ProblemCode::DamagedFile.because("PDF文件损坏或不完整，请重新扫描或重新上传")
}
