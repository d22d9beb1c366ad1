//! Passwords of the staff, kept as Argon2id hashes in PHC form (RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use case::ports::Randomness;
use case::problem::{Problem, ProblemCode};

/// The shortest password, in characters.
pub const SHORTEST: usize = 10;
/// The longest password, in bytes: hashing takes time.
pub const LONGEST: usize = 256;

/// A password that a person chose: long enough, and never shown.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes a new password.
    ///
    /// # Errors
    /// It is shorter than [`SHORTEST`] characters or longer than [`LONGEST`] bytes.
    pub fn parse(text: String) -> Result<Self, Problem> {
        if text.chars().count() < SHORTEST || text.len() > LONGEST {
            return Err(ProblemCode::InvalidField.because(format!("密码至少{SHORTEST}个字符，最多{LONGEST}字节")));
        }
        Ok(Self(text))
    }

    /// The hash to store. Takes about a tenth of a second: call it on a blocking thread.
    ///
    /// # Errors
    /// The hash could not be made.
    pub fn hash(&self, randomness: &dyn Randomness) -> Result<String, Problem> {
        let mut salt = [0; 16];
        randomness.fill(&mut salt);
        Argon2::default()
            .hash_password_with_salt(self.0.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|_error| ProblemCode::Internal.because("密码无法加密"))
    }
}

/// Whether `attempt` is the password behind `hash`; takes as long when it is not. With no hash (no such user) the same time is
/// spent, so that nobody learns which names exist. Call it on a blocking thread.
#[must_use]
pub fn verify(attempt: &str, hash: Option<&str>) -> bool {
    /// Argon2id of nothing anybody knows, at the default cost.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$SqlVijFGiPG+935vDSGEsA0kRBrWCGQYLhFWDh0eUbI";
    if attempt.len() > LONGEST {
        return false;
    }
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let right = Argon2::default().verify_password(attempt.as_bytes(), &parsed).is_ok();
    right && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandomness;

    #[test]
    fn the_right_password_fits_and_no_other() {
        let hash = Password::parse("correct horse battery".to_owned()).unwrap().hash(&SystemRandomness).unwrap();
        assert!(verify("correct horse battery", Some(&hash)));
        assert!(!verify("correct horse batterz", Some(&hash)));
        assert!(!verify("correct horse battery", None));
    }

    #[test]
    fn the_hash_of_nobody_can_be_verified_against() {
        assert!(
            PasswordHash::new(
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$SqlVijFGiPG+935vDSGEsA0kRBrWCGQYLhFWDh0eUbI"
            )
            .is_ok()
        );
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(Password::parse("short".to_owned()).is_err());
    }
}
