//! How often one visitor may submit and look up.

use actix_web::HttpRequest;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::problem::WebError;
use crate::web::rate_limit::RateLimit;

/// The limits of the public pages, shared by all workers.
#[derive(Clone)]
pub struct Limits {
    submissions: RateLimit,
    status_lookups: RateLimit,
    answer_lookups: RateLimit,
}

impl Limits {
    /// The limits that the settings ask for.
    #[must_use]
    pub fn of(gateway: &Gateway) -> Self {
        let settings = &gateway.configuration.web;
        let limit = |times| RateLimit::per_minute(times, &settings.trusted_proxies, &*gateway.randomness);
        Self {
            submissions: limit(settings.submissions_per_minute),
            status_lookups: limit(settings.status_lookups_per_minute),
            answer_lookups: limit(settings.answer_lookups_per_minute),
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

    /// Counts a look at published answers that `request` asks for.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] with the seconds to wait.
    pub fn answer_lookup(&self, request: &HttpRequest) -> Result<(), WebError> {
        count(&self.answer_lookups, request, "查看次数过多，请稍等后再查看", "/answers")
    }
}

fn count(limit: &RateLimit, request: &HttpRequest, what: &str, back: &str) -> Result<(), WebError> {
    limit.count(request).map_err(|seconds| {
        let problem = ProblemCode::TooManyRequests.because(format!("{what}（约{seconds}秒后）。"));
        WebError::from(problem).back_to(back).retry_after(seconds)
    })
}
