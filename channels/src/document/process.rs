//! The gateway's side: a process for each document, which ends with it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::child::READY;
use super::{Answer, DocumentError, DocumentReader};
use crate::ending::{self, BURIAL, Ending};
use crate::letter::protocol::{MAX_FRAME, receive_frame_up_to, send_frame};
use crate::letter::settings::NICENESS;
use crate::starting;

/// The address space of a child, in bytes: the program and its libraries, the file twice, and what the library may take for one document.
const MEMORY_BYTES: u64 = 1 << 30;
/// The CPU seconds of one document: the largest that is opened takes a few.
const CPU_SECONDS: u64 = 20;
/// How long one document may take, the wait for a busy processor included.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How many documents are open at the same time.
const CHILDREN: usize = 2;
/// The longest answer, in bytes: the most characters of a document, each escaped.
const ANSWER_LIMIT: u32 = 8 << 20;
/// The longest detail of a problem that is believed to be one of ours, in characters.
const DETAIL_LIMIT: usize = 100;

/// What one document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLimits {
    /// The address space, in bytes.
    pub memory_bytes: u64,
    /// The CPU time, in seconds.
    pub cpu_seconds: u64,
    /// How far the child stands behind the gateway (nice value, 0 to 19).
    pub niceness: u8,
}

/// How documents are read.
#[derive(Debug, Clone)]
pub struct DocumentSettings {
    /// The program that runs [`super::child::main`]; the gateway names itself here.
    pub program: PathBuf,
    /// Its arguments, such as `["read-document"]`.
    pub arguments: Vec<OsString>,
    /// How long one document may take.
    pub timeout: Duration,
    /// What one document may cost.
    pub limits: DocumentLimits,
}

impl DocumentSettings {
    /// Settings with the defaults for a child that is started as `program arguments…`.
    #[must_use]
    pub const fn new(program: PathBuf, arguments: Vec<OsString>) -> Self {
        let limits = DocumentLimits { memory_bytes: MEMORY_BYTES, cpu_seconds: CPU_SECONDS, niceness: NICENESS };
        Self { program, arguments, timeout: TIMEOUT, limits }
    }
}

/// Reads each document in a process of its own.
#[derive(Debug)]
pub struct DocumentProcess {
    settings: DocumentSettings,
    places: Semaphore,
}

impl DocumentProcess {
    /// A reader; no process is started yet.
    #[must_use]
    pub fn new(settings: DocumentSettings) -> Self {
        Self { settings, places: Semaphore::new(CHILDREN) }
    }
}

#[async_trait]
impl DocumentReader for DocumentProcess {
    async fn read(&self, bytes: &[u8]) -> Result<Answer, DocumentError> {
        if u32::try_from(bytes.len()).map_or(true, |length| length > MAX_FRAME) {
            let problem = ProblemCode::InputTooLarge.because(format!("文档超过{}MB", MAX_FRAME >> 20));
            return Ok(Answer::Unread { kind: None, problem });
        }
        let closed = |_closed| DocumentError::Waits(ProblemCode::Internal.because("文档读取已停止"));
        let _place = self.places.acquire().await.map_err(closed)?;
        let mut reading = Started::start(&self.settings).await.map_err(DocumentError::Waits)?;
        let answer = reading.ask(bytes, self.settings.timeout).await.map_err(DocumentError::Lost);
        reading.end().await;
        answer
    }
}

/// A process that waits for its document; killed when dropped.
struct Started {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    complaint: Option<JoinHandle<Vec<u8>>>,
}

impl Started {
    /// Starts a process and waits until it has limited itself.
    async fn start(settings: &DocumentSettings) -> Result<Self, Problem> {
        let missing = || ProblemCode::DocumentReaderMissing.because("文档读取进程无法启动；来件会等待");
        let mut child =
            starting::command(&settings.program, &settings.arguments).spawn().map_err(|_error| missing())?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err(missing()) };
        let complaint = child.stderr.take().map(|errors| tokio::spawn(ending::last_words(errors)));
        let mut started = Self { child, input, output: BufReader::new(output), complaint };
        let limits = serde_json::to_vec(&settings.limits).map_err(|_bug| missing())?;
        let greeting = async {
            send_frame(&mut started.input, &limits).await?;
            receive_frame_up_to(&mut started.output, ANSWER_LIMIT).await
        };
        match tokio::time::timeout(settings.timeout, greeting).await {
            Ok(Ok(said)) if said == READY => Ok(started),
            Ok(Ok(_) | Err(_)) | Err(_) => Err(missing()),
        }
    }

    /// Hands the document over and waits for the answer, or tells what became of the process.
    async fn ask(&mut self, bytes: &[u8], timeout: Duration) -> Result<Answer, Problem> {
        let conversation = async {
            send_frame(&mut self.input, bytes).await?;
            receive_frame_up_to(&mut self.output, ANSWER_LIMIT).await
        };
        match tokio::time::timeout(timeout, conversation).await {
            Ok(Ok(frame)) => serde_json::from_slice(&frame).map(believed).map_err(|_foreign| crashed()),
            // More than an answer may have: whoever says that is not ours any more.
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => Err(crashed()),
            Ok(Err(_)) => Err(match ending::of(&mut self.child, self.complaint.take()).await {
                Ending::Memory => ProblemCode::DocumentMemory.because("读取文档所需内存超出上限，已停止，请人工查看"),
                Ending::Killed => {
                    ProblemCode::DocumentMemory.because("文档读取进程被系统终止，通常因内存不足，请人工查看")
                }
                Ending::Time => ProblemCode::DocumentTimeout.because("读取文档所需处理时间超出上限，请人工查看"),
                Ending::Crash => crashed(),
            }),
            Err(_elapsed) => {
                let seconds = timeout.as_secs();
                Err(ProblemCode::DocumentTimeout.because(format!("超过{seconds}秒未读完，已停止，请人工查看")))
            }
        }
    }

    /// Waits until the process is gone, so that its memory is free before the next starts.
    async fn end(mut self) {
        let _gone_or_killed_when_dropped = tokio::time::timeout(BURIAL, self.child.kill()).await;
    }
}

fn crashed() -> Problem {
    ProblemCode::DamagedFile.because("文档使读取进程异常退出，可能已损坏，请人工查看")
}

/// An answer with nothing in it that a process in a stranger's hands could flood a page with.
fn believed(answer: Answer) -> Answer {
    match answer {
        Answer::Unread { kind, problem } => {
            let detail: String = problem.detail.chars().take(DETAIL_LIMIT).collect();
            Answer::Unread { kind, problem: problem.code.because(detail) }
        }
        other => other,
    }
}
