//! Connections of LMTP.

use std::sync::Arc;
use std::time::Duration;

use case::problem::{Problem, ProblemCode};
use store::mails::MailPlace;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::gateway::Gateway;
use crate::lmtp::session::{Mail, Session, Step, each};

/// Bytes that are read at once.
const READ_SIZE: usize = 64 * 1024;
/// How long one whole conversation may take: a mail of the greatest size at 100 KB/s.
const CONVERSATION_LIMIT: Duration = Duration::from_secs(20 * 60);

/// Listens on the configured address; none when there is none.
///
/// # Errors
/// The address cannot be listened on.
pub async fn listen(gateway: &Gateway) -> Result<Option<TcpListener>, Problem> {
    let listen = &gateway.configuration.mail.lmtp.listen;
    if listen.is_empty() {
        return Ok(None);
    }
    let listener = TcpListener::bind(listen).await;
    listener
        .map(Some)
        .map_err(|error| ProblemCode::InvalidConfiguration.because(format!("mail.lmtp：无法监听{listen}（{error}）")))
}

impl Gateway {
    /// Takes connections until `stop` becomes true; conversations that have begun end by themselves.
    pub async fn serve_lmtp(self, listener: TcpListener, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(self.configuration.mail.lmtp.connection_limit));
        while !*stop.borrow() {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = stop.changed() => continue,
            };
            let mut connection = match accepted {
                Ok((connection, _peer)) => connection,
                Err(error) => {
                    tracing::warn!(error = %error, "a connection of LMTP could not be taken");
                    continue;
                }
            };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                // Whoever does not even read this has lost nothing.
                let _gone = connection.write_all(b"421 4.3.2 Busy\r\n").await;
                continue;
            };
            let gateway = self.clone();
            tokio::spawn(async move {
                let ended = tokio::time::timeout(CONVERSATION_LIMIT, gateway.converse(connection)).await;
                if let Ok(Err(error)) = ended {
                    tracing::debug!(error = %error, "a conversation of LMTP broke off");
                }
                drop(place);
            });
        }
    }

    async fn converse(&self, mut connection: TcpStream) -> std::io::Result<()> {
        let settings = &self.configuration.mail.lmtp;
        let silence = Duration::from_secs(settings.idle_seconds);
        connection.write_all(b"220 xinqiao LMTP\r\n").await?;
        let mut session = Session::new(&settings.recipients);
        let mut buffer = vec![0; READ_SIZE];
        loop {
            let Ok(read) = tokio::time::timeout(silence, connection.read(&mut buffer)).await else {
                return connection.write_all(b"421 4.4.2 Too slow\r\n").await;
            };
            let read = read?;
            if read == 0 {
                return Ok(());
            }
            let mut bytes = buffer.get(..read).unwrap_or_default().iter();
            while let Some(step) = session.next(&mut bytes) {
                let text = match step {
                    Step::Reply(text) => text,
                    Step::Take(mail) => self.take_over_lmtp(&mail).await,
                    Step::Close(text) => return connection.write_all(text.as_bytes()).await,
                };
                connection.write_all(text.as_bytes()).await?;
            }
        }
    }

    /// Makes a mail durable, noted at each of its recipients, and gives the answers: one for each, in their order.
    async fn take_over_lmtp(&self, mail: &Mail) -> String {
        // What the server knew of the sender; it adds nothing else.
        let bytes = [format!("Return-Path: <{}>\r\n", mail.sender).as_bytes(), &mail.bytes].concat();
        let mut answers = String::new();
        for recipient in &mail.recipients {
            let place = MailPlace { mailbox: recipient.clone(), uid: None, noted_at: self.clock.now() };
            let answer = match self.receive_mail(&place, &bytes).await {
                Ok(_taken) => "250 2.0.0 Durable\r\n",
                Err(problem) if problem.code == ProblemCode::InputTooLarge => "552 5.3.4 Too large\r\n",
                Err(problem) if problem.code == ProblemCode::DiskFull => "452 4.3.1 No space left\r\n",
                // Whatever else it is, the server keeps the mail and comes again.
                Err(_problem) => "451 4.3.0 Try again later\r\n",
            };
            self.step("lmtp.before_answer");
            answers.push_str(&each(1, answer));
        }
        answers
    }
}
