//! Numbers on stickers: given out before the letter is scanned, and tying later scans to their record.

use case::actor::Actor;
use case::arrival::{Arrival, ArrivalState};
use case::batch::{LaterScan, NumberUse, ReservedNumber, UnreadPage};
use case::event::{EventKind, NewEvent};
use case::number::RegistrationNumber;
use case::ports::office_date;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;
use store::UnitOfWork;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::intake::register::Content;
use crate::jobs::failure::Failure;
use crate::verification::read_again::listed;
use crate::verification::read_later_scan::pages;

/// The most numbers that are given out at once: four sheets of stickers.
pub const MOST_AT_ONCE: u16 = 96;

impl Gateway {
    /// Gives out `count` numbers of today for stickers.
    ///
    /// # Errors
    /// No right, too many, the day's numbers are used up, or the store failed.
    pub async fn reserve_numbers(&self, viewer: &Viewer, count: u16) -> Result<Vec<RegistrationNumber>, Problem> {
        viewer.require(Permission::Enter)?;
        if count == 0 || count > MOST_AT_ONCE {
            return Err(ProblemCode::InvalidField.because(format!("“数量”应为1至{MOST_AT_ONCE}")));
        }
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let mut numbers = Vec::new();
        for _ in 0..count {
            numbers.push(self.reserve_number(&mut *unit, viewer.actor(), NumberUse::Free).await?);
        }
        let event = NewEvent {
            case: None,
            arrival: None,
            at: self.clock.now(),
            by: viewer.actor(),
            kind: EventKind::NumbersReserved,
            note: format!("{count}个"),
            detail: serde_json::json!({ "numbers": numbers }),
        };
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(numbers)
    }

    /// Takes the next number of today and notes what it is for.
    ///
    /// # Errors
    /// The day's numbers are used up, or the store failed.
    pub(crate) async fn reserve_number(
        &self,
        unit: &mut dyn UnitOfWork,
        by: Actor,
        used: NumberUse,
    ) -> Result<RegistrationNumber, Problem> {
        let at = self.clock.now();
        let day = office_date(at);
        let of_day = unit.take_number_of_day(day).await.map_err(|error| failed(&error))?;
        let number = RegistrationNumber::new(self.configuration.prefix()?, day, of_day)
            .map_err(|_full| ProblemCode::NumbersUsedUp.because("请次日再登记"))?;
        let reserved = ReservedNumber { number: number.clone(), reserved_at: at, reserved_by: by, used };
        unit.reserve_number(&reserved).await.map_err(|error| failed(&error))?;
        Ok(number)
    }

    /// The submission that the sticker on a letter belongs to, when its paper was registered before.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn registered_before(
        unit: &mut dyn UnitOfWork,
        number: Option<&RegistrationNumber>,
    ) -> Result<Option<Submission>, Failure> {
        match number {
            Some(number) => Ok(unit.submission_by_number(number).await?),
            None => Ok(None),
        }
    }

    /// Puts a later scan beside its submission. Nothing of the submission is changed.
    ///
    /// # Errors
    /// The store failed, or the arrival is settled already.
    pub(crate) async fn add_later_scan(
        &self,
        unit: &mut dyn UnitOfWork,
        arrival: &Arrival,
        submission: &Submission,
        content: Content,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let (statement, files) = content.into_parts();
        let mut note = format!("按登记标签，{}个文件", files.len());
        let unread = UnreadPage::all_of(&statement);
        if !unread.is_empty() {
            note.push_str(&format!("；第{}页未能识别", listed(&pages(&unread))));
        }
        let scan = LaterScan { arrival: arrival.id, submission: submission.id, files, unread, added_at: at };
        unit.insert_later_scan(&scan).await?;
        unit.settle_arrival(arrival.id, &ArrivalState::Registered { submission: submission.id }).await?;
        let event = NewEvent {
            case: Some(submission.case),
            arrival: Some(arrival.id),
            at,
            by: Actor::System,
            kind: EventKind::LaterScanAdded,
            note,
            detail: serde_json::json!({ "submission": submission.id, "original": arrival.original }),
        };
        unit.append_event(event).await?;
        self.enqueue_archive(unit, submission.id, submission.case).await?;
        Ok(())
    }
}
