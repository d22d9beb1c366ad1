//! Takes originals in, waits until they are read and judged, and prints their lines in the order they were named.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::Duration;

use case::actor::Actor;
use case::arrival::Arrival;
use case::channel::Channel;
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use tokio::sync::watch;

use crate::calls::bring::CallFile;
use crate::calls::files::{self, CallFiles};
use crate::command::intake::line::Line;
use crate::command::intake::sources::{self, Source};
use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::intake::receive::failed;
use crate::jobs::kind::Queue;
use crate::startup::{self, WorkerLock};

/// How many originals are taken in before the first one's line is printed: bounds memory, and keeps every worker busy.
const AHEAD: usize = 200;
/// How long to wait between looks at work that another process does.
const LOOK: Duration = Duration::from_millis(100);

/// An original that was taken in.
struct Taken {
    name: String,
    result: Result<(ArrivalId, bool), Problem>,
}

/// Takes the files in through `channel`.
///
/// # Errors
/// The data folder cannot be used.
pub async fn run(
    configuration: Configuration,
    channel: Channel,
    named: &[PathBuf],
    masked: bool,
) -> Result<Outcome, Problem> {
    // Whoever holds the lock does the work: this process, or a running `serve`.
    let lock = WorkerLock::take(&configuration.data)?;
    let gateway = startup::open(configuration).await?;
    if let Some(lock) = &lock {
        startup::take_over(&gateway, lock).await?;
    }
    let (stop, stopped) = watch::channel(false);
    let workers = if lock.is_some() { start_workers(&gateway, &stopped) } else { Vec::new() };
    let files = sources::files(named);
    let bar = output::progress(u64::try_from(files.len()).unwrap_or(u64::MAX), "接收");
    let done = take_all(&gateway, channel, &files, masked, &bar).await;
    bar.finish_and_clear();
    stop.send_replace(true);
    gateway.wake.ring();
    for worker in workers {
        if let Err(error) = worker.await {
            tracing::error!(error = %error, "a worker ended badly");
        }
    }
    drop(lock);
    done
}

fn start_workers(gateway: &Gateway, stopped: &watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    let letters = startup::letter_workers(&gateway.configuration);
    let queues = [
        (Queue::Quick, 1),
        (Queue::Sending, 1),
        (Queue::Mails, letters + 1),
        (Queue::Letters, letters),
        (Queue::Calls, 1),
    ];
    let each = queues.into_iter().flat_map(|(queue, count)| std::iter::repeat_n(queue, count));
    each.map(|queue| tokio::spawn(gateway.clone().work(queue, stopped.clone()))).collect()
}

async fn take_all(
    gateway: &Gateway,
    channel: Channel,
    files: &[PathBuf],
    masked: bool,
    bar: &indicatif::ProgressBar,
) -> Result<Outcome, Problem> {
    let mut ahead: VecDeque<Taken> = VecDeque::new();
    let mut outcome = Outcome::Done;
    if channel == Channel::Call {
        for call in files::one_by_one(files.to_vec()) {
            while ahead.len() >= AHEAD {
                print_first(gateway, channel, &mut ahead, masked, &mut outcome).await?;
            }
            ahead.push_back(take_call(gateway, &call).await);
            bar.inc(1);
        }
    }
    for file in files.iter().filter(|_| channel != Channel::Call) {
        for source in originals(file, channel).await {
            while ahead.len() >= AHEAD {
                print_first(gateway, channel, &mut ahead, masked, &mut outcome).await?;
            }
            ahead.push_back(take(gateway, channel, source).await);
        }
        bar.inc(1);
    }
    while !ahead.is_empty() {
        print_first(gateway, channel, &mut ahead, masked, &mut outcome).await?;
    }
    Ok(outcome)
}

async fn originals(file: &Path, channel: Channel) -> Vec<Source> {
    let path = file.to_owned();
    let name = file.display().to_string();
    let read = tokio::task::spawn_blocking(move || sources::originals(&path, channel)).await;
    read.unwrap_or_else(|_panic| vec![Source { name, bytes: Err(ProblemCode::Internal.into()) }])
}

/// Takes a call in: its transcript and the recording beside it.
async fn take_call(gateway: &Gateway, call: &CallFiles) -> Taken {
    let mut name = None;
    let mut brought = Vec::new();
    for file in call.all() {
        for source in originals(file, Channel::Call).await {
            // The line is called after the transcript.
            let first = name.get_or_insert_with(|| source.name.clone()).clone();
            match source.bytes {
                Ok(bytes) => brought.push((source.name, bytes)),
                Err(problem) => return Taken { name: first, result: Err(problem) },
            }
        }
    }
    let files: Vec<CallFile<'_>> =
        brought.iter().map(|(name, bytes)| CallFile { name: sources::file_name(name), bytes }).collect();
    let result = match gateway.bring_call(&files, Actor::Operator).await {
        Ok(brought) => gateway.arrival_of(&brought).await,
        Err(problem) => Err(problem),
    };
    Taken { name: name.unwrap_or_default(), result }
}

async fn take(gateway: &Gateway, channel: Channel, source: Source) -> Taken {
    let result = match source.bytes {
        Err(problem) => Err(problem),
        Ok(bytes) => {
            let taken = gateway.receive(channel, sources::file_name(&source.name), &bytes).await;
            taken.map(|taken| (taken.arrival.id, taken.replay))
        }
    };
    Taken { name: source.name, result }
}

async fn print_first(
    gateway: &Gateway,
    channel: Channel,
    ahead: &mut VecDeque<Taken>,
    masked: bool,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let Some(taken) = ahead.pop_front() else { return Ok(()) };
    let line = match taken.result {
        Err(problem) => Line::refused(taken.name, channel, &problem),
        Ok((arrival, replay)) => {
            let (arrival, progress) = settled(gateway, arrival).await?;
            Line::of(gateway, taken.name, &arrival, &progress, replay, masked).await?
        }
    };
    if line.outcome == "refused" || line.outcome == "waiting" {
        *outcome = Outcome::SomeRefused;
    }
    output::line(&line)
}

/// The arrival once it is read and judged, or is held up.
async fn settled(gateway: &Gateway, id: ArrivalId) -> Result<(Arrival, Progress), Problem> {
    loop {
        let mut bell = std::pin::pin!(gateway.wake.listen());
        bell.as_mut().enable();
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        let arrival = lookups.arrival(id).await.map_err(|error| failed(&error))?;
        let arrival = arrival.ok_or_else(|| Problem::from(ProblemCode::Internal))?;
        let progress = gateway.progress(&mut *lookups, &arrival).await?;
        if progress != Progress::Working {
            return Ok((arrival, progress));
        }
        if let Some(problem) = gateway.trouble.current() {
            return Ok((arrival, Progress::Held(problem)));
        }
        drop(lookups);
        tokio::select! {
            () = bell => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
