//! The names of who acts and of units, for pages: events and dispatches hold identifiers only.

use case::actor::Actor;
use case::problem::Problem;
use case::staff::Staff;
use case::unit::{Unit, UnitCode};

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Everybody and every unit by name.
#[derive(Debug, Clone)]
pub struct Names {
    staff: Vec<Staff>,
    units: Vec<Unit>,
}

impl Names {
    /// Who acted, as colleagues call them.
    #[must_use]
    pub fn actor(&self, actor: &Actor) -> String {
        match actor {
            Actor::System => "系统".to_owned(),
            Actor::Petitioner => "信访人".to_owned(),
            Actor::Operator => "服务器管理员".to_owned(),
            Actor::Staff { staff } => {
                let found = self.staff.iter().find(|person| person.id == *staff);
                found.map_or_else(|| "工作人员".to_owned(), |person| person.display_name.clone())
            }
            Actor::Unit { unit } => self.unit(unit),
        }
    }

    /// The unit's name; its code when it is not in the list.
    #[must_use]
    pub fn unit(&self, code: &UnitCode) -> String {
        let found = self.units.iter().find(|unit| unit.code == *code);
        found.map_or_else(|| code.to_string(), |unit| unit.name.clone())
    }

    /// Every unit, closed ones too.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }
}

impl Gateway {
    /// The names. Colleagues and units are no secret to anybody who is signed in.
    ///
    /// # Errors
    /// The store failed.
    pub async fn names(&self) -> Result<Names, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let staff = lookups.all_staff().await.map_err(|error| failed(&error))?;
        let units = lookups.units().await.map_err(|error| failed(&error))?;
        Ok(Names { staff, units })
    }
}
