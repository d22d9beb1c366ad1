//! The web server: pages for petitioners, the desk for the staff, the API for programs.
//!
//! Every page is made on the server and works without scripts. A handler names the right it needs in its type
//! ([`session::Allowed`], [`form::Posted`]), reads fields into domain types, calls one operation of the gateway, and shows a
//! template: rules and lookups are not written here.

#![expect(clippy::future_not_send, reason = "actix keeps every request on the thread that accepted it")]

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use crate::gateway::Gateway;

pub mod api;
pub mod assets;
pub mod desk;
pub mod download;
pub mod form;
pub mod headers;
pub mod origin;
pub mod page;
pub mod problem;
pub mod public;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod time;
pub mod upload;
pub mod watch;

/// The most bytes of a form without files, 256 KiB.
pub const FORM_LIMIT: usize = 256 << 10;
/// Seconds that requests under way may take once the server was told to stop.
const STOP_SECONDS: u64 = 15;

/// Serves until the process is told to stop (SIGTERM or an interrupt); requests under way are finished.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(gateway: Gateway, listener: std::net::TcpListener) -> std::io::Result<()> {
    let workers = gateway.configuration.web.workers;
    let sign_ins = sign_in::Limiter::of(&gateway.configuration.web);
    let visitors = public::limits::Limits::of(&gateway.configuration.web);
    let gateway = web::Data::new(gateway);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(gateway.clone())
            .app_data(web::Data::new(sign_ins.clone()))
            .app_data(web::Data::new(visitors.clone()))
            .app_data(web::FormConfig::default().limit(FORM_LIMIT))
            .wrap(Compress::default())
            .wrap(from_fn(origin::check))
            .wrap(from_fn(api::problems::tell))
            .wrap(from_fn(headers::add))
            .configure(sign_in::routes)
            .configure(sign_out::routes)
            .configure(assets::routes)
            .configure(desk::routes)
            .configure(public::configure)
            .configure(watch::configure)
            .configure(api::configure)
            .default_service(web::to(page::not_found))
    });
    let server = if workers == 0 { server } else { server.workers(workers) };
    let server = server.disable_signals().shutdown_timeout(STOP_SECONDS).listen(listener)?.run();
    let handle = server.handle();
    let stopping = tokio::spawn(async move {
        told_to_stop().await;
        handle.stop(true).await;
    });
    let ended = server.await;
    stopping.abort();
    ended
}

/// Returns when the process is interrupted or terminated.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without handlers the signals end the process by themselves.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
