//! Waiting for what the server was asked to write: it answers at once and does it later, or not at all.

use std::time::Duration;

use meilisearch_sdk::request::{HttpClient, Method};
use meilisearch_sdk::task_info::TaskInfo;
use serde::Deserialize;

use super::Connection;
use super::http::Refusal;
use crate::SearchError;

/// The first pause between two questions, and the longest one; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);
/// How long a write may take before the job that asked for it is put off. A batch takes a second; a server may be busy with the batches
/// of a rebuild.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What is read of a task: the SDK's own type refuses a state or a kind of task that it does not know.
#[derive(Deserialize)]
struct State {
    status: String,
    error: Option<Complaint>,
}

#[derive(Deserialize)]
struct Complaint {
    code: String,
}

/// Waits until the task is done.
///
/// # Errors
/// It failed, was cancelled, or is not done in time; with the server's code, never with its message, which repeats the document.
pub(super) async fn done(connection: &Connection, task: &TaskInfo) -> Result<(), SearchError> {
    match ended(connection, task).await? {
        None => Ok(()),
        Some(code) if code == "no_space_left_on_device" => Err(SearchError::DiskFull),
        Some(code) => {
            Err(SearchError::Unavailable(format!("the search server could not do what it was asked: {code}")))
        }
    }
}

/// Waits until the task has ended; none when it was done, else the server's code for why it was not.
pub(super) async fn ended(connection: &Connection, task: &TaskInfo) -> Result<Option<String>, SearchError> {
    let waiting = async {
        let mut pause = FIRST_PAUSE;
        loop {
            let url = format!("{}/tasks/{}", connection.url, task.task_uid);
            let asked = connection.http.request::<(), (), State>(&url, Method::Get { query: () }, 200);
            let state = asked.await.map_err(Refusal::of)?;
            match state.status.as_str() {
                "succeeded" => return Ok(None),
                "enqueued" | "processing" => {}
                status => return Ok(Some(state.error.map_or_else(|| status.to_owned(), |error| error.code))),
            }
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
        }
    };
    tokio::time::timeout(LONGEST_WAIT, waiting).await.unwrap_or_else(|_late| {
        Err(SearchError::Unreachable("a write of the search server is not done in time".to_owned()))
    })
}
