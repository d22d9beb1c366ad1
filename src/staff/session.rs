//! Sessions: a random token in a cookie, its hash in the store, an end after a time without use and an end in any case.

use case::ports::Randomness;
use case::problem::{Problem, ProblemCode};
use case::staff::UserName;
use jiff::{SignedDuration, Timestamp};
use store::staff::Session;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::staff::password;

/// How many passwords are checked at the same time. Each check takes 19 MiB and a core on purpose: a flood of sign-ins from many
/// addresses must leave both to the petitioners.
static CHECKS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// 32 random bytes in hexadecimal: what the cookie carries. Never stored, never logged.
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    fn fresh(randomness: &dyn Randomness) -> Self {
        let mut bytes = [0; 32];
        randomness.fill(&mut bytes);
        Self(blake3::Hash::from_bytes(bytes).to_hex().to_string())
    }

    /// A token as a cookie carried it; anything of the wrong shape simply matches no session.
    #[must_use]
    pub const fn from_cookie(value: String) -> Self {
        Self(value)
    }

    /// What the cookie carries.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> [u8; 32] {
        *blake3::hash(self.0.as_bytes()).as_bytes()
    }

    /// The token that a form of this session must carry against cross-site requests: derived, so nothing more is stored.
    #[must_use]
    pub fn form_token(&self) -> String {
        blake3::derive_key("xinqiao 2026-11 form token", self.0.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Whether `given` is this session's form token.
    #[must_use]
    pub fn fits_form(&self, given: &str) -> bool {
        // `blake3::Hash` compares in constant time.
        blake3::hash(given.as_bytes()) == blake3::hash(self.form_token().as_bytes())
    }
}

impl Gateway {
    /// Signs a person in.
    ///
    /// # Errors
    /// [`ProblemCode::WrongPassword`], which does not tell whether the name exists.
    pub async fn sign_in(&self, user_name: &str, attempt: &str) -> Result<(Viewer, SessionToken), Problem> {
        let wrong = || Problem::from(ProblemCode::WrongPassword);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let found = match UserName::parse(user_name) {
            Ok(name) => lookups.staff_by_user_name(&name).await.map_err(|error| failed(&error))?,
            Err(_invalid) => None,
        };
        drop(lookups);
        let hash = found.as_ref().map(|(_, hash)| hash.clone());
        let attempt = attempt.to_owned();
        // Waits its turn; the semaphore is never closed.
        let turn = CHECKS.acquire().await;
        let right = tokio::task::spawn_blocking(move || password::verify(&attempt, hash.as_deref())).await;
        drop(turn);
        let staff = found.map(|(staff, _)| staff).filter(|staff| staff.active);
        let (Ok(true), Some(staff)) = (right, staff) else { return Err(wrong()) };
        let token = SessionToken::fresh(&*self.randomness);
        let now = self.clock.now();
        let session = Session {
            token_hash: token.hash(),
            staff: staff.id,
            began_at: now,
            used_at: now,
            ends_at: now + SignedDuration::from_hours(i64::from(self.configuration.web.session_hours)),
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.remove_ended_sessions(now).await.map_err(|error| failed(&error))?;
        unit.insert_session(&session).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok((Viewer::new(staff), token))
    }

    /// Who is behind a token.
    ///
    /// # Errors
    /// [`ProblemCode::SignInRequired`] when the session has ended or the person is no longer active.
    pub async fn session(&self, token: &SessionToken) -> Result<Viewer, Problem> {
        let ended = || Problem::from(ProblemCode::SignInRequired);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let session = lookups.session(&token.hash()).await.map_err(|error| failed(&error))?.ok_or_else(ended)?;
        let now = self.clock.now();
        let idle = SignedDuration::from_mins(i64::from(self.configuration.web.session_idle_minutes));
        if now >= session.ends_at || now >= session.used_at + idle {
            return Err(ended());
        }
        let staff = lookups.staff(session.staff).await.map_err(|error| failed(&error))?;
        let staff = staff.filter(|staff| staff.active).ok_or_else(ended)?;
        drop(lookups);
        self.touch(token, &session, now).await?;
        Ok(Viewer::new(staff))
    }

    /// Ends the session.
    ///
    /// # Errors
    /// The store failed.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.remove_session(&token.hash()).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }

    /// Writes that the session was used, at most once a minute: reading pages should not cost a write each.
    async fn touch(&self, token: &SessionToken, session: &Session, now: Timestamp) -> Result<(), Problem> {
        if now < session.used_at + SignedDuration::from_mins(1) {
            return Ok(());
        }
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.touch_session(&token.hash(), now).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}
