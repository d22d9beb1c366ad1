//! A running `xinqiao serve`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::Value;

use super::Office;

/// The server of an office; killed when dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, without a slash at the end.
    pub(crate) url: String,
}

impl Server {
    /// Starts the server on a free port and waits until it listens.
    pub(crate) fn start(office: &Office) -> Self {
        Self::start_writing(office, Stdio::inherit())
    }

    /// The same, its log written into a file that `office` holds.
    pub(crate) fn start_with_log(office: &mut Office) -> (Self, std::path::PathBuf) {
        office.set("XINQIAO_LOG", "warn,xinqiao=info");
        let log = office.file("server.log", b"");
        let file = std::fs::OpenOptions::new().append(true).open(&log).unwrap();
        (Self::start_writing(office, Stdio::from(file)), log)
    }

    fn start_writing(office: &Office, log: Stdio) -> Self {
        let mut command = office.program(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("not listening: {line}"));
        Self { child, url: listening["listening"].as_str().unwrap().to_owned() }
    }

    /// Waits until the process has ended by itself, and gives its code; none when it stopped dead.
    pub(crate) async fn ended(&mut self) -> Option<i32> {
        const LIMIT: std::time::Duration = std::time::Duration::from_secs(120);
        let ended = async {
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status.code();
                }
                tokio::time::sleep(crate::harness::LOOK).await;
            }
        };
        tokio::time::timeout(LIMIT, ended).await.unwrap_or_else(|_| panic!("the server goes on"))
    }

    /// Kills it as by a loss of power for the process: no handler of its own runs.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits: workers finish what they hold.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let process = self.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Server {
    /// A bare connection, for what no client of HTTP would do.
    pub(crate) async fn connect(&self) -> tokio::net::TcpStream {
        tokio::net::TcpStream::connect(self.url.trim_start_matches("http://")).await.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
