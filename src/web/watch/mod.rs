//! What monitoring asks: whether the process runs, whether it can work, and how much waits. Never about a petition or person.

use actix_web::web;

mod healthz;
mod metrics;
mod readyz;

/// Adds the routes.
pub fn configure(service: &mut web::ServiceConfig) {
    service
        .route("/healthz", web::get().to(healthz::healthz))
        .route("/readyz", web::get().to(readyz::readyz))
        .route("/metrics", web::get().to(metrics::metrics));
}
