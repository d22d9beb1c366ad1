//! The gateway's side of one page child: starting it, giving it tasks, and telling how it failed.

use std::time::Duration;

use case::problem::{Problem, ProblemCode};
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::task::JoinHandle;

use super::codes::PageSurvey;
use super::protocol::{Answer, Request, Setup, receive_frame, send_frame};
use super::record::PageRecord;
use super::settings::LetterSettings;
use crate::ending::{self, BURIAL, Ending};
use crate::starting;

/// A running page child.
pub(super) struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    complaint: Option<JoinHandle<Vec<u8>>>,
    timeout: Duration,
    tasks: u32,
}

/// How a task did not succeed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The child says so and goes on.
    Answered(Problem),
    /// The child is gone.
    Lost(Problem),
}

impl Worker {
    /// Starts a child and waits until it is ready.
    pub(super) async fn start(settings: &LetterSettings) -> Result<Self, Problem> {
        let unstartable = |_| ProblemCode::OcrMissing.because("页面识别进程无法启动；来件会等待");
        let mut child = starting::command(&settings.program, &settings.arguments)
            // Read by the OpenMP library while it loads, so it cannot be set by the child itself. More threads per page
            // burn twice the CPU for the same page.
            .env("OMP_THREAD_LIMIT", "1")
            .spawn()
            .map_err(unstartable)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(ProblemCode::Internal.because("页面识别进程没有管道"));
        };
        let complaint = child.stderr.take().map(|errors| tokio::spawn(ending::last_words(errors)));
        let (output, timeout) = (BufReader::new(output), settings.page_timeout);
        let mut worker = Self { child, input, output, complaint, timeout, tasks: 0 };
        let setup = Setup {
            limits: settings.limits,
            engine: settings.engine,
            models: settings.models.clone(),
            tessdata: settings.tessdata.clone(),
        };
        let message = serde_json::to_vec(&setup).map_err(|_bug| ProblemCode::Internal.because("页面识别设置"))?;
        match worker.exchange(&message).await {
            Ok(Answer::Ready) => Ok(worker),
            Ok(Answer::Pages { .. } | Answer::Page(_) | Answer::Survey(_) | Answer::TakenOut) => {
                Err(ProblemCode::Internal.because("页面识别进程答非所问"))
            }
            Ok(Answer::Failed(problem)) | Err(Failure::Answered(problem)) => Err(problem),
            Err(Failure::Lost(_)) => Err(ProblemCode::OcrMissing.because("页面识别进程启动后立即退出；来件会等待")),
        }
    }

    /// How many tasks it has done.
    pub(super) const fn tasks(&self) -> u32 {
        self.tasks
    }

    /// Whether it still runs; one that waited may have been ended by the system meanwhile.
    pub(super) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks for the number of pages.
    pub(super) async fn count(&mut self, request: &Request) -> Result<u16, Failure> {
        match self.ask(request).await? {
            Answer::Pages { pages } => Ok(pages),
            Answer::Failed(problem) => Err(Failure::Answered(problem)),
            Answer::Ready | Answer::Page(_) | Answer::Survey(_) | Answer::TakenOut => Err(astray()),
        }
    }

    /// Has a page read; gives what was read and its image.
    pub(super) async fn page(&mut self, request: &Request) -> Result<(PageRecord, Vec<u8>), Failure> {
        match self.ask(request).await? {
            Answer::Page(record) => Ok((record, self.bytes().await?)),
            Answer::Failed(problem) => Err(Failure::Answered(problem)),
            Answer::Ready | Answer::Pages { .. } | Answer::Survey(_) | Answer::TakenOut => Err(astray()),
        }
    }

    /// Has a page looked at.
    pub(super) async fn survey(&mut self, request: &Request) -> Result<PageSurvey, Failure> {
        match self.ask(request).await? {
            Answer::Survey(survey) => Ok(survey),
            Answer::Failed(problem) => Err(Failure::Answered(problem)),
            Answer::Ready | Answer::Pages { .. } | Answer::Page(_) | Answer::TakenOut => Err(astray()),
        }
    }

    /// Has pages taken out; gives the file that holds them.
    pub(super) async fn take_out(&mut self, request: &Request) -> Result<Vec<u8>, Failure> {
        match self.ask(request).await? {
            Answer::TakenOut => self.bytes().await,
            Answer::Failed(problem) => Err(Failure::Answered(problem)),
            Answer::Ready | Answer::Pages { .. } | Answer::Page(_) | Answer::Survey(_) => Err(astray()),
        }
    }

    /// The frame that follows an answer.
    async fn bytes(&mut self) -> Result<Vec<u8>, Failure> {
        match tokio::time::timeout(self.timeout, receive_frame(&mut self.output)).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) | Err(_) => Err(Failure::Lost(self.autopsy().await)),
        }
    }

    async fn ask(&mut self, request: &Request) -> Result<Answer, Failure> {
        self.tasks = self.tasks.saturating_add(1);
        let message = serde_json::to_vec(request).map_err(|_bug| astray())?;
        self.exchange(&message).await
    }

    /// Sends a message and waits for the answer, not longer than the limit of a page.
    async fn exchange(&mut self, message: &[u8]) -> Result<Answer, Failure> {
        let Self { input, output, timeout, .. } = self;
        let conversation = async {
            send_frame(input, message).await?;
            receive_frame(output).await
        };
        match tokio::time::timeout(*timeout, conversation).await {
            Ok(Ok(frame)) => serde_json::from_slice(&frame).map_err(|_foreign| astray()),
            Ok(Err(_)) => Err(Failure::Lost(self.autopsy().await)),
            Err(_elapsed) => {
                let seconds = self.timeout.as_secs();
                // The child is killed when the worker is dropped; waiting here frees its memory before the next starts.
                let _ = tokio::time::timeout(BURIAL, self.child.kill()).await;
                Err(Failure::Lost(ProblemCode::PageTimeout.because(format!("超过{seconds}秒未完成，已停止该页"))))
            }
        }
    }

    /// Why a child that stopped talking is gone: its exit and, for memory, the words that the runtime libraries use.
    async fn autopsy(&mut self) -> Problem {
        match ending::of(&mut self.child, self.complaint.take()).await {
            Ending::Memory => ProblemCode::PageMemory.because("该页所需内存超出上限"),
            Ending::Time => ProblemCode::PageTimeout.because("该页所需处理时间超出上限"),
            Ending::Killed => ProblemCode::PageMemory.because("识别进程被系统终止，通常因内存不足"),
            Ending::Crash => ProblemCode::PageCrashed.because("识别进程异常退出，其余页面不受影响"),
        }
    }
}

fn astray() -> Failure {
    Failure::Lost(ProblemCode::PageCrashed.because("识别进程的回答无法理解"))
}
