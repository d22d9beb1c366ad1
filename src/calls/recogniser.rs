//! The office's own recogniser: a program that is given a recording and writes a transcript, in any form that the call door takes.
//!
//! Off unless `calls.recogniser` names a command. It runs in a process of its own under `timeout` and `prlimit`: wall time, CPU time,
//! memory and the size of what it writes are limited, it gets an empty environment and an empty folder of its own, and
//! whatever it started ends with it. What keeps it off the network (`unshare --net`, `bwrap`) stands in the command itself.

use std::process::Stdio;
use std::time::Duration;

use case::problem::{Problem, ProblemCode};
use case::submission::FileRole;
use channels::{ReadFile, Reading};
use jiff::civil::Date;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use crate::configuration::CallSettings;
use crate::gateway::Gateway;

/// Stands in the command for the path of the recording.
pub const RECORDING: &str = "{recording}";
/// Where the program and those that it starts are looked for.
pub const SEARCHED: &str = "/usr/local/bin:/usr/bin:/bin";
/// The most bytes of a transcript that are taken.
const MOST_OUTPUT: usize = channels::call::SIZE_LIMIT;
/// The most bytes that the program may write into its folder: a recording as plain waves, and what it keeps beside it.
const MOST_WRITTEN: u64 = 4 << 30;
/// What a killed program may still need to be gone.
const GRACE: Duration = Duration::from_secs(10);
/// The exit of `timeout` when the time was over, and that of a program ended by KILL.
const TIMED_OUT: [i32; 2] = [124, 137];
/// What the transcript is called beside the recording.
const NAME: &str = "recognised-transcript";

impl Gateway {
    /// Has a recording written down and reads the transcript. It stands beside the recording, byte for byte.
    ///
    /// # Errors
    /// No recogniser is configured, it failed or took too long, or the call door refuses what it wrote.
    pub(crate) async fn read_recording(&self, bytes: &[u8], received_on: Option<Date>) -> Result<Reading, Problem> {
        let transcript = recognise(&self.configuration.calls, bytes).await?;
        let mut reading = channels::call::read(&transcript, received_on)?;
        reading.files.push(ReadFile {
            role: FileRole::Reading,
            name: NAME.to_owned(),
            media_type: channels::media_type(&transcript).to_owned(),
            bytes: transcript,
        });
        Ok(reading)
    }
}

/// The transcript of a recording.
async fn recognise(settings: &CallSettings, recording: &[u8]) -> Result<Vec<u8>, Problem> {
    let [program, arguments @ ..] = settings.recogniser.as_slice() else {
        return Err(ProblemCode::RecogniserMissing.because("请配置calls.recogniser后重新读取，或补交通话记录"));
    };
    let broken = |_error: std::io::Error| ProblemCode::Internal.because("转写程序的工作目录无法建立");
    let folder = tempfile::tempdir().map_err(broken)?;
    let ending = infer::get(recording).map_or("bin", |kind| kind.extension());
    let path = folder.path().join(format!("recording.{ending}"));
    tokio::fs::write(&path, recording).await.map_err(broken)?;
    let seconds = settings.recogniser_seconds;
    let mut child = Command::new("timeout")
        .args(["--signal=KILL", &seconds.to_string(), "prlimit"])
        .arg(format!("--as={}", settings.recogniser_memory_mebibytes.saturating_mul(1 << 20)))
        .arg(format!("--cpu={}", seconds.saturating_mul(settings.recogniser_cores)))
        .arg(format!("--fsize={MOST_WRITTEN}"))
        .args(["--core=0", "--"])
        .arg(program)
        .args(arguments.iter().map(|argument| argument.replace(RECORDING, &path.to_string_lossy())))
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", SEARCHED)
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|_missing| ProblemCode::RecogniserMissing.because("请安装coreutils和util-linux；录音会等待"))?;
    let output = child.stdout.take();
    let finished = tokio::time::timeout(Duration::from_secs(seconds) + GRACE, async {
        let output = read_all(output).await;
        (child.wait().await, output)
    });
    let took_too_long = || ProblemCode::RecogniserFailed.because(format!("转写超过{seconds}秒，已停止"));
    let Ok((status, output)) = finished.await else { return Err(took_too_long()) };
    let code = status.map_err(|_unknown| Problem::from(ProblemCode::Internal))?.code();
    match (code, output) {
        (Some(0), Some(transcript)) => Ok(transcript),
        (_, None) => Err(ProblemCode::RecogniserFailed.because(format!("转写结果超过{}MB", MOST_OUTPUT >> 20))),
        (Some(126 | 127), _) => {
            Err(ProblemCode::RecogniserMissing.because("calls.recogniser所指的程序不存在或不能运行"))
        }
        (Some(code), _) if TIMED_OUT.contains(&code) => Err(took_too_long()),
        (Some(code), _) => Err(ProblemCode::RecogniserFailed.because(format!("转写程序以{code}退出"))),
        (None, _) => Err(ProblemCode::RecogniserFailed.because("转写程序超出时间或内存限制，已停止")),
    }
}

/// What the program wrote, unless it is too much; then the rest is not waited for.
async fn read_all(stream: Option<impl AsyncRead + Unpin>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_OUTPUT).unwrap_or(u64::MAX);
    // A pipe that breaks is an end like any other: the exit of the program decides.
    let _broken = stream?.take(most.saturating_add(1)).read_to_end(&mut bytes).await;
    (bytes.len() <= MOST_OUTPUT).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(command: &[&str]) -> CallSettings {
        CallSettings {
            recogniser: command.iter().map(|part| (*part).to_owned()).collect(),
            recogniser_seconds: 2,
            recogniser_memory_mebibytes: 512,
            recogniser_cores: 1,
            ..CallSettings::default()
        }
    }

    async fn recognised(command: &[&str]) -> Result<String, ProblemCode> {
        let transcript = recognise(&settings(command), b"RIFF\x24\0\0\0WAVEfmt ").await;
        transcript.map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|problem| problem.code)
    }

    #[tokio::test]
    async fn the_program_gets_the_recording_and_nothing_of_ours() {
        let script = "cat \"$1\" | head -c 4; echo; env | cut -d= -f1 | sort | tr '\\n' ' '; pwd | grep -c /work; true";
        let output = recognised(&["sh", "-c", script, "sh", RECORDING]).await.unwrap();
        assert!(output.starts_with("RIFF\n"), "{output}");
        assert!(!output.contains("CARGO") && output.contains("HOME LC_ALL"), "{output}");
        assert!(output.ends_with("0\n"), "its folder is its own: {output}");
    }

    #[tokio::test]
    async fn what_goes_wrong_is_named() {
        assert_eq!(recognised(&[]).await, Err(ProblemCode::RecogniserMissing));
        assert_eq!(recognised(&["/nowhere/recogniser"]).await, Err(ProblemCode::RecogniserMissing));
        assert_eq!(recognised(&["false"]).await, Err(ProblemCode::RecogniserFailed));
    }

    #[tokio::test]
    async fn a_program_that_hangs_floods_or_eats_memory_is_stopped() {
        assert_eq!(recognised(&["sleep", "60"]).await, Err(ProblemCode::RecogniserFailed));
        assert_eq!(recognised(&["yes"]).await, Err(ProblemCode::RecogniserFailed));
        let hungry = recognised(&["sh", "-c", "head -c 2000000000 /dev/zero | tail"]).await;
        assert!(
            hungry.as_ref().map_or_else(|code| *code == ProblemCode::RecogniserFailed, String::is_empty),
            "{hungry:?}"
        );
    }
}
