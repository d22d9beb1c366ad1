//! The desk's lists: cases, the outbox of dispatches, dead jobs.

use case::dispatch::{Delivery, Dispatch};
use case::id::CaseId;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use store::cases::{CaseFilter, CaseRow};
use store::jobs::{Job, JobStatus, QueueCount};
use store::{Page, Paging};

use crate::desk::view::people_of_each;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::{TASKS_OF_JUDGING, Task};

/// How many cases stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueTotals {
    /// Everything that the viewer may see.
    pub all: u64,
    /// Registered and not sent yet.
    pub registered: u64,
    /// With a finding that nobody has decided.
    pub undecided: u64,
}

/// A case in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedCase {
    /// The case and what lists show beside it, its title masked.
    pub row: CaseRow,
    /// A submission of it is not compared with the earlier ones yet: no finding does not mean that there is no duplicate.
    pub to_be_judged: bool,
}

impl Gateway {
    /// How many cases the viewer may see, and how many of them wait for a person.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn queue_totals(&self, viewer: &Viewer) -> Result<QueueTotals, Problem> {
        let every = CaseFilter {
            secrecy: Vec::new(),
            states: Vec::new(),
            channel: None,
            class: None,
            unit: None,
            undecided: false,
        };
        let registered = CaseFilter { states: vec!["registered".to_owned()], ..every.clone() };
        let undecided = CaseFilter { undecided: true, ..every.clone() };
        let one = Paging::first(1);
        Ok(QueueTotals {
            all: self.queue(viewer, every, one).await?.total,
            registered: self.queue(viewer, registered, one).await?.total,
            undecided: self.queue(viewer, undecided, one).await?.total,
        })
    }

    /// Cases that the viewer may see, newest first, with masked titles. `filter.secrecy` is narrowed to what the viewer may see.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn queue(
        &self,
        viewer: &Viewer,
        mut filter: CaseFilter,
        paging: Paging,
    ) -> Result<Page<QueuedCase>, Problem> {
        viewer.require(Permission::ReadCases)?;
        filter.secrecy = if filter.secrecy.is_empty() {
            viewer.secrecies().to_vec()
        } else {
            filter.secrecy.into_iter().filter(|secrecy| viewer.secrecies().contains(secrecy)).collect()
        };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let found = lookups.cases(&filter, paging).await.map_err(|error| failed(&error))?;
        let cases: Vec<&Case> = found.rows.iter().map(|row| &row.case).collect();
        let people = people_of_each(&mut *lookups, &cases).await?;
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let waiting = lookups.cases_with_jobs(&ids, &TASKS_OF_JUDGING).await.map_err(|error| failed(&error))?;
        let queued = found.rows.into_iter().zip(people).map(|(mut row, people)| {
            row.case.title = people.hide(&row.case.title);
            QueuedCase { to_be_judged: waiting.contains(&row.case.id), row }
        });
        Ok(Page { rows: queued.collect(), total: found.total })
    }

    /// Dispatches that the viewer may see, newest first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn outbox(&self, viewer: &Viewer, paging: Paging) -> Result<Page<Dispatch>, Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.dispatches(viewer.secrecies(), paging).await.map_err(|error| failed(&error))
    }

    /// The numbers of the cases of `dispatches`, in their order.
    ///
    /// # Errors
    /// A case that the viewer may not see, or the store failed.
    pub async fn numbers_of(
        &self,
        viewer: &Viewer,
        dispatches: &[Dispatch],
    ) -> Result<Vec<RegistrationNumber>, Problem> {
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let mut numbers = Vec::with_capacity(dispatches.len());
        for dispatch in dispatches {
            let case = lookups.case(dispatch.case).await.map_err(|error| failed(&error))?;
            let case = case.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
            viewer.require_sight(case.secrecy)?;
            numbers.push(case.number);
        }
        Ok(numbers)
    }

    /// Jobs that were given up, and how many jobs each queue has.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn dead_jobs(&self, viewer: &Viewer, paging: Paging) -> Result<(Page<Job>, Vec<QueueCount>), Problem> {
        viewer.require(Permission::Quarantine)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let dead = lookups.dead_jobs(paging).await.map_err(|error| failed(&error))?;
        let counts = lookups.queue_counts().await.map_err(|error| failed(&error))?;
        Ok((dead, counts))
    }

    /// Has a job that was given up tried again. Of a sending that was given up, the dispatch waits again as well.
    ///
    /// # Errors
    /// No right, or it was not given up.
    pub async fn revive_job(&self, viewer: &Viewer, id: case::id::JobId) -> Result<(), Problem> {
        viewer.require(Permission::Quarantine)?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let job = unit.job(id).await.map_err(|error| failed(&error))?;
        let job = job.ok_or_else(|| ProblemCode::NotFound.because("这个任务已经完成或不存在"))?;
        if job.status != JobStatus::Dead {
            return Err(ProblemCode::Conflict.because("这个任务没有停止，无需重新开始"));
        }
        unit.revive_job(id, self.clock.now()).await.map_err(|error| failed(&error))?;
        if let Ok(Task::SendDispatch { dispatch }) = serde_json::from_value(job.job.payload) {
            let dispatch = unit.dispatch(dispatch).await.map_err(|error| failed(&error))?;
            if let Some(dispatch) = dispatch.filter(|one| matches!(one.delivery, Delivery::Failed { .. })) {
                // A dispatch that is said to have failed would not be sent by the job.
                unit.set_delivery(dispatch.id, &Delivery::Waiting).await.map_err(|error| failed(&error))?;
            }
        }
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(())
    }
}
