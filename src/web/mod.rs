//! The web server: pages for petitioners, the desk for the staff, the API for programs.
//!
//! Every page is made on the server and works without scripts. A handler names the right it needs in its type
//! ([`session::Allowed`], [`form::Posted`]), reads fields into domain types, calls one operation of the gateway, and shows a
//! template: rules and lookups are not written here.

#![expect(clippy::future_not_send, reason = "actix keeps every request on the thread that accepted it")]

use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use tokio::net::TcpSocket;

use crate::gateway::Gateway;

pub mod api;
pub mod assets;
pub mod desk;
pub mod download;
pub mod entrance;
pub mod form;
pub mod headers;
pub mod origin;
pub mod page;
pub mod problem;
pub mod public;
pub mod rate_limit;
pub mod request_id;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod slow_body;
pub mod upload;
pub mod visitor;
pub mod watch;

/// The most bytes of a form without files, 256 KiB.
pub const FORM_LIMIT: usize = 256 << 10;
/// Seconds that requests under way may take once the server was told to stop.
const STOP_SECONDS: u64 = 15;

/// How long a connection that is being closed may take to say so.
const DISCONNECT: Duration = Duration::from_secs(5);
/// How many connections wait to be accepted; more are turned away by the system.
const BACKLOG: u32 = 1024;

/// Listens at `address`, a host and a port.
///
/// # Errors
/// The address has no meaning, or cannot be listened on.
pub fn listen(address: &str) -> std::io::Result<std::net::TcpListener> {
    use std::net::ToSocketAddrs;
    let mut failure = std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
    for address in address.to_socket_addrs()? {
        match listen_at(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

fn listen_at(address: std::net::SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restarted server need not wait for connections of the one before it.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

/// Serves until the process is told to stop (SIGTERM or an interrupt); requests under way are finished.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(gateway: Gateway, listener: std::net::TcpListener) -> std::io::Result<()> {
    let settings = gateway.configuration.web.clone();
    let sign_ins = sign_in::Limiter::of(&gateway);
    let visitors = public::limits::Limits::of(&gateway);
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
            .wrap(from_fn(entrance::pass))
            .configure(sign_in::routes)
            .configure(sign_out::routes)
            .configure(assets::routes)
            .configure(desk::routes)
            .configure(public::configure)
            .configure(watch::configure)
            .configure(api::configure)
            .default_service(web::to(page::not_found))
    });
    let server = if settings.workers == 0 { server } else { server.workers(settings.workers) };
    let server = server
        .client_request_timeout(Duration::from_secs(settings.head_seconds))
        .client_disconnect_timeout(DISCONNECT)
        .keep_alive(Duration::from_secs(settings.keep_alive_seconds))
        .max_connections(settings.connection_limit)
        .disable_signals()
        .shutdown_timeout(STOP_SECONDS)
        .listen(listener)?
        .run();
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
