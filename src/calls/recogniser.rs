//! The office's own recogniser: a program that is given a recording and writes a transcript, in any form that the call door takes.
//!
//! Off unless `calls.recogniser` names a command. It runs in a process of its own under `timeout` and `prlimit`: wall time, CPU time,
//! memory and the size of what it writes are limited, it gets an empty environment and an empty folder of its own, and
//! whatever it started ends with it. It has no network, and the data folder is not there for it (namespaces of the kernel, `unshare`): a
//! recording comes from a stranger, and decoders have holes. `calls.recogniser_isolated = false` leaves this out, for a recogniser that asks
//! a server, or a system that allows no namespaces; without that, a system that allows none runs nothing.

use std::path::Path;
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
/// Mounts an empty folder over the one named first, gives up every right to take it away again, and becomes the rest. Run as the root of a
/// namespace of its own.
const HIDE: &str = "mount -t tmpfs -o ro,size=4k,mode=0 none \"$1\" || exit 125; shift; \
    exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs \"$@\"";
/// The namespaces: no network, nothing shared, and no process of ours to be seen, through whose `/proc` the data could be reached.
const NAMESPACES: [&str; 8] =
    ["--map-root-user", "--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"];
/// The exit of [`HIDE`] when it could not hide the data folder; that of `unshare` is 1, as that of many programs.
const NOT_HIDDEN: i32 = 125;
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
        let transcript = recognise(&self.configuration.calls, &self.configuration.data, bytes).await?;
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

/// Whether this system lets a program be kept off the network and away from `data`: the same steps around a program that does nothing.
async fn can_isolate(data: &Path) -> bool {
    let tried = isolated(data).arg("true").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.await.is_ok_and(|status| status.success())
}

/// The beginning of a command whose rest has no network and sees nothing in `data`.
fn isolated(data: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(NAMESPACES).args(["--", "sh", "-c", HIDE, "sh"]).arg(data);
    command.env_clear().env("PATH", SEARCHED);
    command
}

/// The transcript of a recording.
async fn recognise(settings: &CallSettings, data: &Path, recording: &[u8]) -> Result<Vec<u8>, Problem> {
    let [program, arguments @ ..] = settings.recogniser.as_slice() else {
        return Err(ProblemCode::RecogniserMissing.because("请配置calls.recogniser后重新读取，或补交通话记录"));
    };
    let broken = |_error: std::io::Error| ProblemCode::Internal.because("转写程序的工作目录无法建立");
    let data = &tokio::fs::canonicalize(data).await.map_err(broken)?;
    let folder = tempfile::tempdir().map_err(broken)?;
    let ending = infer::get(recording).map_or("bin", |kind| kind.extension());
    let path = folder.path().join(format!("recording.{ending}"));
    tokio::fs::write(&path, recording).await.map_err(broken)?;
    let seconds = settings.recogniser_seconds;
    if settings.recogniser_isolated && !can_isolate(data).await {
        let how =
            "系统不允许隔离转写程序（用户命名空间）；请在系统中开启，或设calls.recogniser_isolated = false；录音会等待";
        return Err(ProblemCode::RecogniserMissing.because(how));
    }
    let mut around = if settings.recogniser_isolated { isolated(data) } else { Command::new("env") };
    let mut child = around
        .args(["timeout", "--signal=KILL", &seconds.to_string(), "prlimit"])
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
        (Some(NOT_HIDDEN), _) if settings.recogniser_isolated => {
            Err(ProblemCode::RecogniserMissing.because("数据目录无法对转写程序隐藏；录音会等待"))
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
            recogniser_isolated: true,
            ..CallSettings::default()
        }
    }

    /// The isolation has a test of its own; the others run on systems that allow none too, as containers are.
    async fn recognised(command: &[&str]) -> Result<String, ProblemCode> {
        let isolated = can_isolate(tempfile::tempdir().unwrap().path()).await;
        recognised_so(command, isolated).await
    }

    async fn recognised_so(command: &[&str], isolated: bool) -> Result<String, ProblemCode> {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("xinqiao.sqlite"), "petitions").unwrap();
        let command: Vec<String> =
            command.iter().map(|part| part.replace("{data}", &data.path().to_string_lossy())).collect();
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let settings = CallSettings { recogniser_isolated: isolated, ..settings(&command) };
        let transcript = recognise(&settings, data.path(), b"RIFF\x24\0\0\0WAVEfmt ").await;
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
    async fn the_program_has_no_network_and_no_petitions() {
        let script = "grep -c : /proc/net/dev; ls -A {data} | wc -l; umount {data}; ls -A {data} | wc -l; \
            echo a > {data}/b; ls -A {data} | wc -l; ls /proc/*/root{data} | grep -c xinqiao; true";
        let output = recognised_so(&["sh", "-c", script, "sh", RECORDING], true).await;
        if !can_isolate(tempfile::tempdir().unwrap().path()).await {
            assert_eq!(
                output,
                Err(ProblemCode::RecogniserMissing),
                "where the system allows no isolation, nothing runs"
            );
            return;
        }
        assert_eq!(output.unwrap(), "1\n0\n0\n0\n0\n", "the loop-back device that is down, and nothing else");
        // Where the office says so, it may see both.
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("xinqiao.sqlite"), "petitions").unwrap();
        let command = ["ls", data.path().to_str().unwrap()];
        let open = CallSettings { recogniser_isolated: false, ..settings(&command) };
        let seen = recognise(&open, data.path(), b"RIFF").await.unwrap();
        assert_eq!(String::from_utf8(seen).unwrap(), "xinqiao.sqlite\n");
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
