//! The search index beside the database: every submission must stand in it once, in the space of its secrecy, and nothing else.

use std::collections::{HashMap, HashSet};

use case::id::SubmissionId;
use case::problem::{Problem, ProblemCode};
use case::submission::Submission;
use search::document::Space;

use crate::command::output;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::INDEX_SUBMISSION;
use crate::judging::index::{space, submission};

/// Submissions looked up in one step.
const BATCH: u32 = 200;
/// Jobs of indexing that are known as such; beyond them an outage is so long that what waits is told as missing.
const WAITING: u32 = 100_000;

/// What was counted.
#[derive(Debug, Default)]
struct Comparison {
    ordinary: u64,
    sealed: u64,
    found: u64,
    waiting: u64,
    missing: u64,
    misplaced: u64,
    first: Option<String>,
}

/// What the index holds, in words.
///
/// # Errors
/// It does not hold what the database does, or cannot be asked.
pub(super) async fn compared(gateway: &Gateway) -> Result<String, Problem> {
    // Before the submissions are read: what is registered meanwhile must not look as if it were too many.
    let holds = gateway.engine.statistics().await.map_err(|error| Problem::from(&error))?;
    let counted = count(gateway).await?;
    let held = holds.ordinary.saturating_add(holds.sealed);
    let surplus = held.saturating_sub(counted.found);
    if counted.missing == 0 && counted.misplaced == 0 && surplus == 0 {
        let waiting = if counted.waiting > 0 { format!("，{}件待编入", counted.waiting) } else { String::new() };
        let size = holds.bytes >> 10;
        return Ok(format!("{held}件（密封{}件）与数据库一致，{size}KB{waiting}", holds.sealed));
    }
    let example = counted.first.map_or_else(String::new, |number| format!("，例如{number}"));
    Err(ProblemCode::IndexDiffers.because(format!(
        "数据库一般件{}件、密封件{}件，索引一般件{}件、密封件{}件；缺少{}件，密级放错{}件，多出{surplus}件{example}；请运行 xinqiao reindex",
        counted.ordinary, counted.sealed, holds.ordinary, holds.sealed, counted.missing, counted.misplaced,
    )))
}

/// Looks every submission up in the index.
async fn count(gateway: &Gateway) -> Result<Comparison, Problem> {
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let jobs = lookups.jobs_of_kind(INDEX_SUBMISSION, WAITING).await.map_err(|error| failed(&error))?;
    let waiting: HashSet<SubmissionId> = jobs.iter().filter_map(|job| submission(&job.job.payload)).collect();
    let total = lookups.submission_count().await.map_err(|error| failed(&error))?;
    let bar = output::progress(total, "核对索引");
    let (mut last, mut counted) = (0, Comparison::default());
    loop {
        let submissions = lookups.submissions_after(last, BATCH).await.map_err(|error| failed(&error))?;
        let Some(newest) = submissions.last() else { break };
        last = newest.sequence;
        let ids: Vec<SubmissionId> = submissions.iter().map(|submission| submission.id).collect();
        let found = gateway.engine.spaces_of(&ids).await.map_err(|error| Problem::from(&error))?;
        let mut spaces: HashMap<SubmissionId, Vec<Space>> = HashMap::new();
        for (id, space) in found {
            spaces.entry(id).or_default().push(space);
        }
        for submission in &submissions {
            counted.add(submission, spaces.get(&submission.id).map_or(&[], Vec::as_slice), &waiting);
        }
        bar.inc(u64::try_from(submissions.len()).unwrap_or(0));
    }
    bar.finish_and_clear();
    Ok(counted)
}

impl Comparison {
    /// Counts a submission that stands in `spaces` of the index.
    fn add(&mut self, submission: &Submission, spaces: &[Space], waiting: &HashSet<SubmissionId>) {
        let wanted = space(submission.secrecy);
        match wanted {
            Space::Ordinary => self.ordinary += 1,
            Space::Sealed => self.sealed += 1,
        }
        self.found += u64::try_from(spaces.len()).unwrap_or(0);
        if waiting.contains(&submission.id) {
            self.waiting += 1;
            return;
        }
        match spaces {
            [space] if *space == wanted => return,
            [] => self.missing += 1,
            _ => self.misplaced += 1,
        }
        self.first.get_or_insert_with(|| submission.number.to_string());
    }
}
