//! How closed a petition is from the start.

use case::purpose::Purpose;
use case::secrecy::Secrecy;
use case::statement::Statement;

/// An accusation is sealed (条例 article 30); whoever asked for 保密, or gave no name on purpose, is confidential.
#[must_use]
pub const fn of(statement: &Statement, purpose: Purpose) -> Secrecy {
    match purpose {
        Purpose::Accusation => Secrecy::Sealed,
        Purpose::Suggestion | Purpose::AppealOrDemand => {
            if statement.wishes.confidential || statement.wishes.anonymous {
                Secrecy::Confidential
            } else {
                Secrecy::Ordinary
            }
        }
    }
}
