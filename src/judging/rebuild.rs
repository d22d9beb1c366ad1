//! The job that makes a new search index from the database, in the place of the one in use when it is whole.
//!
//! It runs beside everything else: queries are answered from the index in use, and what is put into the engine meanwhile goes into
//! both. It is asked for at the desk, by `xinqiao reindex`, and by the gateway itself when the index is of another version or damaged.
//! Cut off anywhere, it goes on from what the engine kept last.

use case::actor::Actor;
use case::event::{EventKind, NewEvent};
use case::problem::{Problem, ProblemCode};
use jiff::Timestamp;
use search::SearchError;
use search::engine::Rebuild;
use store::jobs::Claim;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::judging::rebuilding::Progress;

/// Submissions put into the new index at once.
const BATCH: u32 = 200;
/// How far the index has come is noted after the first batch, then after twice as many each time, at most these: a rebuild that is cut off
/// repeats no more than that, and a note costs as much as some hundred submissions.
const MOST_REPEATED: u64 = 5_000;

impl Gateway {
    /// Has the index made anew, in the background of whichever process works on the data folder. Gives whether that was not asked for
    /// already.
    ///
    /// # Errors
    /// The store failed.
    pub async fn ask_for_rebuild(&self, by: Actor, why: &str) -> Result<bool, Problem> {
        let job = self.job(&Task::RebuildIndex, Queue::Rebuilding, None, self.clock.now());
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let added = unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        if added {
            unit.append_event(self.of_index(EventKind::IndexRebuildAsked, by, why.to_owned()))
                .await
                .map_err(|error| failed(&error))?;
            unit.commit().await.map_err(|error| failed(&error))?;
            self.wake.ring();
        }
        Ok(added)
    }

    /// Asks for a rebuild when the index cannot be used without one; a server that cannot be reached may have a good one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn rebuild_if_outdated(&self) -> Result<(), Problem> {
        let outdated = |error: &SearchError| Problem::from(error).code == ProblemCode::IndexOutdated;
        let of_petitions = self.engine.statistics().await.err().filter(outdated);
        let of_answers = self.answers.statistics().await.err().filter(outdated);
        let Some(error) = of_petitions.or(of_answers) else { return Ok(()) };
        tracing::warn!(error = %error, "the search index is rebuilt from the database; until it is whole, nothing is found");
        self.ask_for_rebuild(Actor::System, why(&error)).await.map(drop)
    }

    /// Does the job; gives the number of submissions that the index holds then.
    ///
    /// # Errors
    /// The store or the engine failed, or the process is to stop; the index in use is untouched, and the next attempt goes on from what
    /// was kept.
    pub(crate) async fn rebuild_index(&self, claim: &Claim) -> Result<u64, Failure> {
        let rebuilt = self.rebuild_once(claim).await;
        self.rebuilding.clear();
        rebuilt
    }

    async fn rebuild_once(&self, claim: &Claim) -> Result<u64, Failure> {
        let (total, units) = {
            let mut lookups = self.store.read().await?;
            (lookups.submission_count().await?, lookups.units().await?)
        };
        self.rebuild_answers().await?;
        let mut rebuild = self.engine.rebuild().await?;
        let mut last = rebuild.resumes_after();
        let (mut kept, mut pause, mut leased) = (last, u64::from(BATCH), self.clock.now());
        if last > 0 {
            tracing::info!(after = last, "the rebuild that was cut off goes on after {last}");
        }
        let mut done = last.min(total);
        self.rebuilding.note(Progress { done, total });
        loop {
            self.stop_when_interrupted(&mut *rebuild, last).await?;
            // Read anew each time: a reader that stays open would keep the database from tidying up.
            let submissions = self.store.read().await?.submissions_after(last, BATCH).await?;
            let Some(newest) = submissions.last() else { break };
            last = newest.sequence;
            let documents = submissions.iter().map(|submission| self.document(submission, &units)).collect();
            rebuild.put(documents).await?;
            done = done.saturating_add(u64::try_from(submissions.len()).unwrap_or(0));
            self.rebuilding.note(Progress { done, total: total.max(done) });
            if last.saturating_sub(kept) >= pause {
                rebuild.keep(last).await?;
                (kept, pause) = (last, pause.saturating_mul(2).min(MOST_REPEATED));
                self.step("reindex.after_keep");
            }
            leased = self.keep_claim(claim, leased).await?;
        }
        self.step("reindex.before_finish");
        rebuild.finish().await?;
        let total = self.store.read().await?.submission_count().await?;
        let mut unit = self.store.begin().await?;
        unit.append_event(self.of_index(EventKind::IndexRebuilt, Actor::System, format!("共{total}件"))).await?;
        unit.finish_job(claim).await?;
        unit.commit().await?;
        tracing::info!(total, "the search index was rebuilt with {total} submissions");
        Ok(total)
    }

    /// Keeps everything up to `last` and ends when the process is to stop. The claim stays: whoever works next gives it back.
    async fn stop_when_interrupted(&self, rebuild: &mut dyn Rebuild, last: u64) -> Result<(), Failure> {
        if !self.rebuilding.is_interrupted() {
            return Ok(());
        }
        if last > 0 {
            rebuild.keep(last).await?;
        }
        Err(Failure::Lost)
    }

    /// Extends the claim when a fourth of its time has gone since `leased`.
    async fn keep_claim(&self, claim: &Claim, leased: Timestamp) -> Result<Timestamp, Failure> {
        let now = self.clock.now();
        let gone = std::time::Duration::try_from(now.duration_since(leased)).unwrap_or_default();
        if gone < Queue::Rebuilding.lease() / 4 {
            return Ok(leased);
        }
        let mut unit = self.store.begin().await?;
        unit.extend_lease(claim, now.checked_add(Queue::Rebuilding.lease()).unwrap_or(now)).await?;
        unit.commit().await?;
        Ok(now)
    }

    fn of_index(&self, kind: EventKind, by: Actor, note: String) -> NewEvent {
        NewEvent { case: None, arrival: None, at: self.clock.now(), by, kind, note, detail: serde_json::Value::Null }
    }
}

/// Why a rebuild is needed, for people.
const fn why(error: &SearchError) -> &'static str {
    match error {
        SearchError::Version { .. } => "索引由其他版本建立",
        _ => "索引已损坏",
    }
}
