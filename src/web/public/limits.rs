//! How often one address may submit and look up.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::HttpRequest;
use case::problem::ProblemCode;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::configuration::WebSettings;
use crate::web::problem::WebError;

/// How many addresses are remembered before those that have been quiet are forgotten.
const ADDRESS_LIMIT: usize = 10_000;

/// The limits of the public pages, shared by all workers.
#[derive(Clone)]
pub struct Limits {
    submissions: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    status_lookups: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Limits {
    /// The limits that the settings ask for.
    #[must_use]
    pub fn of(settings: &WebSettings) -> Self {
        Self {
            submissions: per_minute(settings.submissions_per_minute),
            status_lookups: per_minute(settings.status_lookups_per_minute),
        }
    }

    /// Counts a form that `request` sends.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] with the seconds to wait.
    pub fn submission(&self, request: &HttpRequest) -> Result<(), WebError> {
        let what = "提交次数过多。请用浏览器的“后退”回到表单，已填写的内容还在，稍等后再提交";
        count(&self.submissions, request, what, "/petitions/new")
    }

    /// Counts a look-up that `request` asks for.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] with the seconds to wait.
    pub fn status_lookup(&self, request: &HttpRequest) -> Result<(), WebError> {
        count(&self.status_lookups, request, "查询次数过多，请稍等后再查询", "/petitions/status")
    }
}

fn per_minute(times: u32) -> Arc<DefaultKeyedRateLimiter<IpAddr>> {
    Arc::new(RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN))))
}

fn count(
    limiter: &DefaultKeyedRateLimiter<IpAddr>,
    request: &HttpRequest,
    what: &str,
    back: &str,
) -> Result<(), WebError> {
    let address = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    if limiter.len() > ADDRESS_LIMIT {
        limiter.retain_recent();
    }
    limiter.check_key(&address).map_err(|denied| {
        // Rounded up: a second too early would be refused again.
        let seconds = denied.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1);
        let problem = ProblemCode::TooManyRequests.because(format!("{what}（约{seconds}秒后）。"));
        WebError::from(problem).back_to(back).retry_after(seconds)
    })
}
