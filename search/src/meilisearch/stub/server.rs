//! As much of HTTP/1.1 as a client with bodies of known length needs.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::Request;
use super::state::State;

/// Listens on `address`; the connections end with the task.
pub(super) async fn serve(address: SocketAddr, state: Arc<Mutex<State>>) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind(address).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _peer)) = listener.accept().await {
            let state = Arc::clone(&state);
            connections.spawn(async move {
                let _ended = converse(stream, &state).await;
            });
        }
    });
    (address, serving)
}

async fn converse(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut read = Vec::new();
    loop {
        let head = loop {
            if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end;
            }
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        };
        let text = String::from_utf8_lossy(&read[..head]).into_owned();
        let mut lines = text.lines();
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, path) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let header = |wanted: &str| {
            let fields = text.lines().skip(1).filter_map(|line| line.split_once(':'));
            fields.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        };
        let length = header("content-length").map_or(0, |(_, value)| value.parse().unwrap());
        while read.len() < head + 4 + length {
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        }
        let body = serde_json::from_slice(&read[head + 4..head + 4 + length]).unwrap_or(Value::Null);
        let request = Request { method: method.to_owned(), path: path.to_owned(), body };
        let key = header("authorization").and_then(|(_, value)| value.strip_prefix("Bearer ")).map(str::to_owned);
        read.drain(..head + 4 + length);
        let (status, answer) = state.lock().unwrap_or_else(PoisonError::into_inner).answer(&request, key.as_deref());
        let answer = answer.to_string();
        // In one piece: what is sent in two waits some 40 ms for the other side's delayed acknowledgement (RFC 896, RFC 1122 4.2.3.2).
        let answer = format!(
            "HTTP/1.1 {status} Stub\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{answer}",
            answer.len()
        );
        stream.write_all(answer.as_bytes()).await?;
    }
}
