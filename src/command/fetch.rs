//! `xinqiao fetch`: every mailbox once, for offices that let a timer do it instead of a server that watches. A line for each mailbox.

use case::problem::{Problem, ProblemCode};
use serde::Serialize;

use crate::command::output::ProblemLine;
use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::intake::receive::failed;
use crate::mailbox::fetch::Round;
use crate::startup::{self, WorkerLock};

/// What one mailbox gave.
#[derive(Debug, Serialize)]
struct Line {
    mailbox: String,
    outcome: &'static str,
    new: u64,
    replays: u64,
    marked: u64,
    held: u64,
    left: u64,
    problem: Option<ProblemLine>,
}

/// Fetches, then does what is due, unless a running `serve` does that.
///
/// # Errors
/// The data folder cannot be used, or no mailbox is configured.
pub async fn run(configuration: Configuration) -> Result<Outcome, Problem> {
    let mailboxes = configuration.mail.mailboxes.clone();
    if mailboxes.is_empty() {
        return Err(ProblemCode::InvalidConfiguration.because("没有配置邮箱（mail.mailboxes）"));
    }
    let lock = WorkerLock::take(&configuration.data)?;
    let gateway = startup::open(configuration).await?;
    if let Some(lock) = &lock {
        startup::take_over(&gateway, lock).await?;
    }
    let mut outcome = Outcome::Done;
    for mailbox in &mailboxes {
        let fetched = gateway.fetch_mailbox(mailbox).await;
        if fetched.is_err() {
            outcome = Outcome::SomeRefused;
        }
        output::line(&Line::of(&mailbox.name, fetched))?;
    }
    if lock.is_some() {
        gateway.run_until_idle().await.map_err(|error| failed(&error))?;
    }
    Ok(outcome)
}

impl Line {
    fn of(mailbox: &str, fetched: Result<Round, Problem>) -> Self {
        let (outcome, round, problem) = match fetched {
            Ok(round) => ("fetched", round, None),
            Err(problem) => ("failed", Round::default(), Some((&problem).into())),
        };
        let Round { new, replays, marked, held, left, unmoved: _ } = round;
        Self { mailbox: mailbox.to_owned(), outcome, new, replays, marked, held, left, problem }
    }
}
