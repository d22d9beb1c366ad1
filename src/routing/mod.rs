//! Stub.
use case::class::ContentClass;
use case::dispatch::UnitSuggestion;
use case::field::{Confidence, Field};
use case::purpose::Purpose;
use case::statement::{Place, Statement};
use case::unit::{Unit, UnitCode};
/// Stub.
pub mod secrecy {
    use case::purpose::Purpose;
    use case::secrecy::Secrecy;
    use case::statement::Statement;
    /// Stub.
    #[must_use]
    pub const fn of(_statement: &Statement, _purpose: Purpose) -> Secrecy {
        Secrecy::Ordinary
    }
}
/// Stub.
pub mod purpose {
    use case::field::Field;
    use case::purpose::Purpose;
    use case::statement::Statement;
    use case::unit::Unit;
    /// Stub.
    #[must_use]
    pub fn suggest(_statement: &Statement, _office: &crate::office::Office, _units: &[Unit]) -> Field<Purpose> {
        Field::typed(Purpose::AppealOrDemand, "purpose")
    }
}
/// Stub.
pub mod conflict {
    use case::dispatch::RefusedUnit;
    use case::statement::Statement;
    use case::unit::{Unit, UnitCode};
    /// Stub.
    ///
    /// # Errors
    /// Never.
    pub const fn check(_unit: &UnitCode, _statement: &Statement, _units: &[Unit]) -> Result<(), RefusedUnit> {
        Ok(())
    }
}
/// Stub.
#[derive(Debug)]
pub struct Advice {
    /// Stub.
    pub class: Option<Field<ContentClass>>,
    /// Stub.
    pub place: Option<Field<Place>>,
    /// Stub.
    pub unit: UnitSuggestion,
}
/// Stub.
#[must_use]
pub fn advise(
    _statement: &Statement,
    _purpose: Purpose,
    _office: &crate::office::Office,
    _units: &[Unit],
    _precedents: &[UnitCode],
) -> Advice {
    Advice {
        class: None,
        place: None,
        unit: UnitSuggestion {
            lead: None,
            assisting: Vec::new(),
            confidence: Confidence::new(0.0),
            reasons: Vec::new(),
            against: Vec::new(),
            considered: Vec::new(),
            refused: Vec::new(),
        },
    }
}
