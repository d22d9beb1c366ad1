//! A connection to a mail server: TLS, then sign-in.

use std::time::Duration;

use async_imap::Client;
use case::problem::{Problem, ProblemCode};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::mailbox::server::{MailServer, Protection};
use crate::trust;

/// How long connecting and signing in may take together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes to and from a server, encrypted or not.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + std::fmt::Debug + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + std::fmt::Debug + Send> Stream for T {}

/// A signed-in session.
pub type Session = async_imap::Session<Box<dyn Stream>>;

/// Connects and signs in; `tls_ca` is a PEM file of authorities that are believed beside the public ones, empty for none.
///
/// # Errors
/// The server cannot be reached, is not who it should be, offers no TLS, or refuses the name or password.
pub async fn sign_in(server: &MailServer, tls_ca: &str) -> Result<Session, Problem> {
    let signed_in = tokio::time::timeout(CONNECT_TIMEOUT, sign_in_slowly(server, tls_ca)).await;
    signed_in.unwrap_or_else(|_elapsed| Err(unreachable(server, "连接超时")))
}

async fn sign_in_slowly(server: &MailServer, tls_ca: &str) -> Result<Session, Problem> {
    let tcp = TcpStream::connect((server.host.as_str(), server.port)).await.map_err(|error| {
        tracing::warn!(error = %error, host = server.host, "the mail server cannot be reached");
        unreachable(server, "无法连接")
    })?;
    // A command goes out in four small pieces, and each but the first would wait for the server's delayed acknowledgement, some 40 ms.
    tcp.set_nodelay(true).map_err(|_closed| unreachable(server, "连接中断"))?;
    let client = match server.protection {
        Protection::Tls => greeted(server, encrypted(server, tcp, tls_ca).await?).await?,
        Protection::Loopback => greeted(server, Box::new(tcp)).await?,
        Protection::StartTls => {
            let mut client = greeted(server, Box::new(tcp)).await?;
            let agreed = client.run_command_and_check_ok("STARTTLS", None).await;
            agreed.map_err(|_refused| unreachable(server, "服务器不支持STARTTLS"))?;
            // The greeting is not said again.
            Client::new(encrypted(server, client.into_inner(), tls_ca).await?)
        }
    };
    client.login(&server.user, &server.password).await.map_err(|(error, _client)| {
        let refused = matches!(error, async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_));
        unreachable(server, if refused { "用户名或密码不正确" } else { "登录时连接中断" })
    })
}

async fn greeted(server: &MailServer, stream: Box<dyn Stream>) -> Result<Client<Box<dyn Stream>>, Problem> {
    let mut client = Client::new(stream);
    match client.read_response().await {
        Ok(Some(_greeting)) => Ok(client),
        Ok(None) | Err(_) => Err(unreachable(server, "对方不是IMAP服务器")),
    }
}

async fn encrypted<S: Stream + 'static>(
    server: &MailServer,
    plain: S,
    tls_ca: &str,
) -> Result<Box<dyn Stream>, Problem> {
    let name = ServerName::try_from(server.host.clone())
        .map_err(|_wrong| ProblemCode::InvalidConfiguration.because("邮箱的主机名格式有误"))?;
    let stream = TlsConnector::from(trust::client(tls_ca)?).connect(name, plain).await.map_err(|error| {
        tracing::warn!(error = %error, host = server.host, "the connection to the mail server is not encrypted");
        unreachable(server, trust::refusal(&error).unwrap_or("TLS握手时连接中断，对方可能不支持TLS"))
    })?;
    Ok(Box::new(stream))
}

fn unreachable(server: &MailServer, why: &str) -> Problem {
    ProblemCode::MailboxFailed.because(format!("邮箱服务器{}：{why}", server.host))
}
