//! The search index as whoever administers the office sees it: what stands in it, and its rebuild.

use case::problem::Problem;
use case::staff::Permission;
use search::engine::Statistics;
use store::jobs::JobStatus;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::Task;
use crate::judging::rebuilding::Progress;

/// The index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexStanding {
    /// What stands in it, or why nothing can be found.
    pub holds: Result<Statistics, Problem>,
    /// Submissions in the database.
    pub registered: u64,
    /// Its rebuild.
    pub rebuild: RebuildStanding,
}

/// Where a rebuild stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RebuildStanding {
    /// None is asked for.
    None,
    /// It begins as soon as the process that works on the data folder takes it up; what kept it from that the last time.
    Asked(Option<Problem>),
    /// It is under way.
    UnderWay(Progress),
}

impl Gateway {
    /// How the index stands.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn index_standing(&self, viewer: &Viewer) -> Result<IndexStanding, Problem> {
        viewer.require(Permission::Administer)?;
        let holds = self.engine.statistics().await.map_err(|error| Problem::from(&error));
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let registered = lookups.submission_count().await.map_err(|error| failed(&error))?;
        let job = lookups.job_by_unique_key(&Task::RebuildIndex.unique_key()).await.map_err(|error| failed(&error))?;
        let rebuild = match (self.rebuilding.progress(), job) {
            (Some(progress), _) => RebuildStanding::UnderWay(progress),
            (None, Some(job)) if job.status != JobStatus::Dead => RebuildStanding::Asked(job.problem),
            (None, _) => RebuildStanding::None,
        };
        Ok(IndexStanding { holds, registered, rebuild })
    }

    /// Has the index made anew. Gives whether that was not asked for already.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn rebuild_asked_by(&self, viewer: &Viewer) -> Result<bool, Problem> {
        viewer.require(Permission::Administer)?;
        self.ask_for_rebuild(viewer.actor(), "管理员要求").await
    }
}
