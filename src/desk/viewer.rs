//! The person at the desk and what that person may see. A [`Viewer`] is made from a signed-in member of the staff; every
//! operation asks it, so no operation can forget the sealed.

use case::actor::Actor;
use case::id::StaffId;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::staff::{Permission, Role, Staff, UserName};
use search::engine::Reach;

/// Somebody of the staff, looking.
#[derive(Debug, Clone)]
pub struct Viewer {
    staff: Staff,
}

impl Viewer {
    /// The viewer that this person is.
    #[must_use]
    pub const fn new(staff: Staff) -> Self {
        Self { staff }
    }

    /// Whoever runs commands at the server: reads what is not sealed. Who may read the database file could read more, but the
    /// gateway does not help with it.
    #[must_use]
    pub fn at_the_server() -> Self {
        Self {
            staff: Staff {
                id: StaffId::from_uuid(uuid::Uuid::nil()),
                user_name: UserName::server(),
                display_name: "服务器".to_owned(),
                roles: vec![Role::Officer],
                active: true,
            },
        }
    }

    /// The person.
    #[must_use]
    pub const fn staff(&self) -> &Staff {
        &self.staff
    }

    /// As the actor of an event.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::Staff { staff: self.staff.id }
    }

    /// Whether the person has this right.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.staff.may(permission)
    }

    /// That the person has this right.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.may(permission) { Ok(()) } else { Err(ProblemCode::Forbidden.into()) }
    }

    /// The degrees of secrecy that the person may see; none without the right to read cases.
    #[must_use]
    pub fn secrecies(&self) -> &'static [Secrecy] {
        match (self.may(Permission::ReadCases), self.may(Permission::Sealed)) {
            (true, true) => &Secrecy::ALL,
            (true, false) => &[Secrecy::Ordinary, Secrecy::Confidential],
            (false, true) => &[Secrecy::Sealed],
            (false, false) => &[],
        }
    }

    /// That the person may see what is of this secrecy. What may not be seen is said not to exist.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub fn require_sight(&self, secrecy: Secrecy) -> Result<(), Problem> {
        if self.secrecies().contains(&secrecy) { Ok(()) } else { Err(ProblemCode::NotFound.into()) }
    }

    /// The spaces of the index that the person may search.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`] without the right to read cases.
    pub fn reach(&self) -> Result<Reach, Problem> {
        match (self.may(Permission::ReadCases), self.may(Permission::Sealed)) {
            (true, true) => Ok(Reach::Both),
            (true, false) => Ok(Reach::Ordinary),
            (false, true) => Ok(Reach::Sealed),
            (false, false) => Err(ProblemCode::Forbidden.into()),
        }
    }
}
