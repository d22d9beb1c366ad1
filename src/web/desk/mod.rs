//! The desk: pages for the staff. One file for each operation.

use actix_web::web;

/// Adds the routes.
pub fn routes(_service: &mut web::ServiceConfig) {}
