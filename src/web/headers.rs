//! Headers that every answer carries: nothing from other hosts, no framing, no guessing of types, no copies of the desk's pages,
//! and never again over an unprotected line where the site has TLS.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::gateway::Gateway;

/// Pages have no inline styles or scripts, load nothing from elsewhere and are framed by nobody.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
/// Browsers use TLS for a year. Other hosts of the office's domain are not ours to decide about.
const TRANSPORT: &str = "max-age=31536000";

/// Which of the headers the answer to a request gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    is_asset: bool,
    is_secure: bool,
}

impl Manner {
    /// That of a request for `path`.
    #[must_use]
    pub fn of(gateway: &Gateway, path: &str) -> Self {
        Self { is_asset: path.starts_with("/assets/"), is_secure: gateway.configuration.is_secure() }
    }

    /// Sets them. What a handler set itself is left.
    pub fn set(&self, headers: &mut HeaderMap) {
        let mut set = |name: HeaderName, value: &'static str| {
            if !headers.contains_key(&name) {
                headers.insert(name, HeaderValue::from_static(value));
            }
        };
        set(header::CONTENT_SECURITY_POLICY, POLICY);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::X_FRAME_OPTIONS, "DENY");
        // Browsers send no `Origin` with `no-referrer`, and the check of the origin needs it.
        set(header::REFERRER_POLICY, "same-origin");
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        if !self.is_asset {
            set(header::CACHE_CONTROL, "no-store");
        }
        if self.is_secure {
            set(header::STRICT_TRANSPORT_SECURITY, TRANSPORT);
        }
    }
}
