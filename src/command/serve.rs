//! `xinqiao serve`: web, API and workers in one process, until it is told to stop.

use std::sync::Arc;

use case::problem::{Problem, ProblemCode};
use clap::Args;
use tokio::sync::watch;

use crate::command::Outcome;
use crate::configuration::Configuration;
use crate::gateway::Gateway;
use crate::jobs::kind::Queue;
use crate::startup::{self, WorkerLock};

/// Settings of the command line for `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on, instead of the configured one; port 0 takes a free one, named on standard output.
    #[arg(long)]
    listen: Option<String>,
}

impl Serve {
    pub(crate) async fn run(self, mut configuration: Configuration) -> Result<Outcome, Problem> {
        if let Some(listen) = self.listen {
            configuration.web.listen = listen;
        }
        let lock = WorkerLock::require(&configuration.data)?;
        let gateway = startup::open(configuration).await?;
        startup::take_over(&gateway, &lock).await?;
        run_until_stopped(gateway, lock).await
    }
}

/// Serves until interrupted or terminated; workers finish what they hold.
///
/// # Errors
/// The address cannot be listened on.
pub async fn run_until_stopped(gateway: Gateway, lock: WorkerLock) -> Result<Outcome, Problem> {
    let listen = gateway.configuration.web.listen.clone();
    let listener = crate::web::listen(&listen)
        .map_err(|error| ProblemCode::InvalidConfiguration.because(format!("无法监听{listen}（{error}）")))?;
    let address = listener.local_addr().map_or(listen, |address| address.to_string());
    let lmtp = crate::lmtp::listener::listen(&gateway).await?;
    let handed_over = lmtp.as_ref().and_then(|listener| listener.local_addr().ok());
    crate::command::output::line(
        &serde_json::json!({ "listening": format!("http://{address}"), "lmtp": handed_over }),
    )?;
    let (stop, stopped) = watch::channel(false);
    let mut workers = start_workers(&gateway, &stopped);
    for mailbox in &gateway.configuration.mail.mailboxes {
        workers.push(tokio::spawn(gateway.clone().watch_mailbox(mailbox.clone(), stopped.clone())));
    }
    if let Some(listener) = lmtp {
        workers.push(tokio::spawn(gateway.clone().serve_lmtp(listener, stopped.clone())));
    }
    // Beside everything else: a search server may take long to answer, and petitions are taken in without it.
    let outdated = gateway.clone();
    workers.push(tokio::spawn(async move {
        if let Err(problem) = outdated.rebuild_if_outdated().await {
            tracing::error!(problem = problem.code.code(), "the rebuild of the search index cannot be asked for");
        }
    }));
    let rebuilding = Arc::clone(&gateway.rebuilding);
    let served = crate::web::serve(gateway, listener).await;
    // The web server has stopped by itself on a signal: let the workers finish what they hold, but for a rebuild, which may take long
    // and goes on at the next start.
    stop.send_replace(true);
    rebuilding.interrupt();
    for worker in workers {
        if let Err(error) = worker.await {
            tracing::error!(error = %error, "a worker ended badly");
        }
    }
    drop(lock);
    served.map(|()| Outcome::Done).map_err(|error| {
        tracing::error!(error = %error, "the web server stopped");
        ProblemCode::Internal.because("网站服务异常停止")
    })
}

/// Starts the workers of every queue: one for quick jobs (it judges submissions as if one after the other), some for mails, and as many for
/// letters as pages may be read at once. Beside them, what watches the folder of calls.
fn start_workers(gateway: &Gateway, stopped: &watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    const MAIL_WORKERS: usize = 2;
    let letters = startup::letter_workers(&gateway.configuration);
    let queues = [
        (Queue::Quick, 1),
        (Queue::Sending, 1),
        (Queue::Mails, MAIL_WORKERS),
        (Queue::Letters, letters),
        (Queue::Calls, 1),
        (Queue::Rebuilding, 1),
    ];
    let each = queues.into_iter().flat_map(|(queue, count)| std::iter::repeat_n(queue, count));
    let mut workers: Vec<_> = each.map(|queue| tokio::spawn(gateway.clone().work(queue, stopped.clone()))).collect();
    workers.push(tokio::spawn(gateway.clone().watch_calls(stopped.clone())));
    workers.push(tokio::spawn(gateway.clone().watch_folder(stopped.clone())));
    workers
}
