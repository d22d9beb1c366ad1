//! Who is signed in, and the right that a handler needs, as a type: a handler that takes [`Allowed<Decide>`](Allowed) is never
//! called for somebody without [`Permission::Decide`].

use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use case::problem::ProblemCode;
use case::staff::Permission;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::staff::session::SessionToken;
use crate::web::problem::WebError;

/// The name of the cookie.
pub const COOKIE: &str = "xinqiao_session";

/// A right as a type.
pub trait Right: 'static {
    /// The right.
    const PERMISSION: Permission;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Right for $name {
            const PERMISSION: Permission = Permission::$name;
        })*
    };
}

rights! {
    /// [`Permission::ReadCases`].
    ReadCases;
    /// [`Permission::Unmask`].
    Unmask;
    /// [`Permission::OpenFiles`].
    OpenFiles;
    /// [`Permission::Enter`].
    Enter;
    /// [`Permission::Verify`].
    Verify;
    /// [`Permission::Decide`].
    Decide;
    /// [`Permission::Sealed`].
    Sealed;
    /// [`Permission::Quarantine`].
    Quarantine;
    /// [`Permission::Administer`].
    Administer;
}

/// A signed-in person and the session's token.
#[derive(Clone)]
pub struct SignedIn {
    /// The person.
    pub viewer: Viewer,
    /// The token, from which the form token is derived.
    pub token: SessionToken,
}

impl SignedIn {
    /// Whoever the request's cookie names.
    ///
    /// # Errors
    /// Nobody; the answer leads to the sign-in page.
    pub async fn of(request: &HttpRequest) -> Result<Self, WebError> {
        let gateway = request.app_data::<web::Data<Gateway>>().ok_or(ProblemCode::Internal)?;
        let wanted = || WebError::sign_in_for(&wanted(request));
        let token = SessionToken::from_cookie(request.cookie(COOKIE).ok_or_else(wanted)?.value().to_owned());
        match gateway.session(&token).await {
            Ok(viewer) => Ok(Self { viewer, token }),
            Err(problem) if problem.code == ProblemCode::SignInRequired => Err(wanted()),
            Err(problem) => Err(problem.into()),
        }
    }

    /// That the person has this right.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`], with a way back.
    pub fn require(&self, permission: Permission) -> Result<(), WebError> {
        self.viewer.require(permission).map_err(|problem| WebError::from(problem).back_to("/desk"))
    }
}

impl FromRequest for SignedIn {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// A signed-in person with the right `R`.
pub struct Allowed<R> {
    /// Who.
    pub person: SignedIn,
    right: PhantomData<R>,
}

impl<R: Right> Allowed<R> {
    /// The person as the operations know them.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        &self.person.viewer
    }

    pub(crate) async fn of(request: &HttpRequest) -> Result<Self, WebError> {
        let person = SignedIn::of(request).await?;
        person.require(R::PERMISSION)?;
        Ok(Self { person, right: PhantomData })
    }
}

impl<R: Right> FromRequest for Allowed<R> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// The page that was asked for; after a form was sent, the page it was on cannot be told, so the desk.
fn wanted(request: &HttpRequest) -> String {
    if request.method().is_safe() {
        request.uri().path_and_query().map_or_else(|| "/desk".to_owned(), ToString::to_string)
    } else {
        "/desk".to_owned()
    }
}

/// The cookie that carries `value`: unreadable for scripts, never sent from other sites, only over TLS where the site has it.
#[must_use]
pub fn cookie(gateway: &Gateway, value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(gateway.configuration.is_secure())
        .finish()
}
