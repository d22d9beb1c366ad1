//! The quarantine: arrivals that could not be read, with their originals and the reason.

use case::arrival::Arrival;
use case::channel::Channel;
use case::event::{EventKind, NewEvent};
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use channels::mail::Preview;
use store::arrivals::{ArrivalFilter, ArrivalStateName};
use store::{Page, Paging};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

impl Gateway {
    /// Refused arrivals, newest first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn quarantine(&self, viewer: &Viewer, paging: Paging) -> Result<Page<Arrival>, Problem> {
        viewer.require(Permission::Quarantine)?;
        let filter = ArrivalFilter { channel: None, state: Some(ArrivalStateName::Refused) };
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.arrivals(filter, paging).await.map_err(|error| failed(&error))
    }

    /// Lets a refused arrival be read again.
    ///
    /// # Errors
    /// No right, or it is not in the quarantine.
    pub async fn retry_refused(&self, viewer: &Viewer, id: ArrivalId) -> Result<(), Problem> {
        viewer.require(Permission::Quarantine)?;
        self.retry_arrival(id, viewer.actor()).await
    }

    /// Registers a mail in the quarantine that somebody took for a petition.
    ///
    /// # Errors
    /// No right, it is not in the quarantine, or there for another reason than who seems to have sent it.
    pub async fn register_refused(&self, viewer: &Viewer, id: ArrivalId) -> Result<(), Problem> {
        viewer.require(Permission::Quarantine)?;
        self.register_refused_mail(id, viewer.actor()).await
    }

    /// A refused mail as a person sees it. That somebody looked is an event.
    ///
    /// # Errors
    /// No right, it is not in the quarantine, or is no mail.
    pub async fn refused_mail(&self, viewer: &Viewer, id: ArrivalId) -> Result<(Arrival, Preview), Problem> {
        let (arrival, bytes) = self.refused_original(viewer, id).await?;
        if arrival.channel != Channel::Mail {
            return Err(ProblemCode::NotFound.because("该来件不是邮件，请下载原件查看"));
        }
        let preview = tokio::task::spawn_blocking(move || Preview::of(&bytes)).await;
        let preview = preview.map_err(|_panic| Problem::from(ProblemCode::Internal))?;
        let event = NewEvent {
            case: None,
            arrival: Some(id),
            at: self.clock.now(),
            by: viewer.actor(),
            kind: EventKind::FileOpened,
            note: String::new(),
            detail: serde_json::Value::Null,
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok((arrival, preview))
    }

    /// The original of a refused arrival.
    ///
    /// # Errors
    /// No right, or it is not in the quarantine.
    pub async fn refused_original(&self, viewer: &Viewer, id: ArrivalId) -> Result<(Arrival, Vec<u8>), Problem> {
        viewer.require(Permission::Quarantine)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let arrival = lookups.arrival(id).await.map_err(|error| failed(&error))?;
        let refused = arrival.filter(|arrival| matches!(arrival.state, case::arrival::ArrivalState::Refused { .. }));
        let arrival = refused.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let bytes = self.files.get(arrival.original).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("原件不在存储中"))?;
        Ok((arrival, bytes))
    }
}
