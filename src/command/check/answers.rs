//! The index of published answers beside the database: every answer that the public may read must stand in it, nothing sealed, and nothing
//! that the database does not know.
//!
//! What was withdrawn stays in it without its words until the next rebuild, and the database decides again on the way out: such an entry
//! costs nothing, so it is told and is no fault. An entry of no answer is one: the index is of another database, or of a later one than the
//! backup that was restored.

use std::collections::HashSet;

use case::id::{PublishedAnswerId, SubmissionId};
use case::problem::{Problem, ProblemCode};
use search::document::Space;
use store::Lookups;

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Answers looked up in one step.
const BATCH: u32 = 200;
/// Jobs of indexing that are known as such.
const WAITING: u32 = 100_000;

/// What the index holds, in words.
///
/// # Errors
/// It lacks an answer, holds what is no answer, or cannot be asked.
pub(super) async fn compared(gateway: &Gateway) -> Result<String, Problem> {
    // Before the answers are read: what is published meanwhile must not look as if it were too many.
    let holds = gateway.answers.statistics().await.map_err(|error| Problem::from(&error))?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let jobs = lookups.jobs_of_kind("index_answer", WAITING).await.map_err(|error| failed(&error))?;
    let answer = |payload: &serde_json::Value| payload.get("answer").and_then(|id| id.as_str()?.parse().ok());
    let waiting: HashSet<PublishedAnswerId> = jobs.iter().filter_map(|job| answer(&job.job.payload)).collect();
    let (mut last, mut public, mut found, mut missing, mut pending) = (None, 0_u64, 0_u64, 0_u64, 0_u64);
    loop {
        let answers = lookups.public_answers_after(last, BATCH).await.map_err(|error| failed(&error))?;
        let Some(newest) = answers.last() else { break };
        last = Some(newest.id);
        let ids: Vec<SubmissionId> = answers.iter().map(|one| SubmissionId::from_uuid(one.id.as_uuid())).collect();
        let spaces = gateway.answers.spaces_of(&ids).await.map_err(|error| Problem::from(&error))?;
        let open = spaces.into_iter().filter(|(_, space)| *space == Space::Ordinary);
        let standing: HashSet<SubmissionId> = open.map(|(id, _)| id).collect();
        for (answer, id) in answers.iter().zip(&ids) {
            public += 1;
            if standing.contains(id) {
                found += 1;
            } else if waiting.contains(&answer.id) {
                pending += 1;
            } else {
                missing += 1;
            }
        }
    }
    let closed = closed(gateway, &mut *lookups).await?;
    let strange = holds.ordinary.saturating_sub(found).saturating_sub(closed).saturating_add(holds.sealed);
    if missing > 0 || strange > 0 {
        return Err(ProblemCode::IndexDiffers.because(format!(
            "数据库有{public}个公开答复，索引缺少{missing}个、有{strange}个不该在内；请运行 xinqiao reindex"
        )));
    }
    let rest = if closed > 0 { format!("，另有{closed}个已撤回，公众查不到") } else { String::new() };
    let pending = if pending > 0 { format!("，{pending}个待编入") } else { String::new() };
    Ok(format!("{found}个与数据库一致{rest}{pending}"))
}

/// How many answers stand in the index without being the public's to read.
async fn closed(gateway: &Gateway, lookups: &mut dyn Lookups) -> Result<u64, Problem> {
    let (mut last, mut standing) = (None, 0_u64);
    loop {
        let answers = lookups.closed_answers_after(last, BATCH).await.map_err(|error| failed(&error))?;
        let Some(newest) = answers.last() else { return Ok(standing) };
        last = Some(*newest);
        let ids: Vec<SubmissionId> = answers.iter().map(|id| SubmissionId::from_uuid(id.as_uuid())).collect();
        let spaces = gateway.answers.spaces_of(&ids).await.map_err(|error| Problem::from(&error))?;
        let open = spaces.into_iter().filter(|(_, space)| *space == Space::Ordinary).count();
        standing = standing.saturating_add(u64::try_from(open).unwrap_or(u64::MAX));
    }
}
