//! The port for handing mails on, and its two adapters: a mail server, and a folder of files for offices without one.
//!
//! A new installation sends nothing by accident: the default is the folder, which the desk shows.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use lettre::transport::smtp::response::Severity;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::jobs::failure::Failure;

/// How long a mail server may take for one mail.
const SMTP_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// Hands mails on.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands `message` on. `name` names the mail: handing on the same name again must not make a second mail where that can be
    /// told (the folder writes the same file again).
    ///
    /// # Errors
    /// Whether trying again can help is in the failure.
    async fn send(&self, name: &str, message: Message) -> Result<(), Failure>;

    /// What the delivery is called: `smtp` or `outbox`.
    fn name(&self) -> &'static str;
}

/// Writes each mail to a file in a folder.
#[derive(Debug)]
pub struct OutboxMailer(PathBuf);

impl OutboxMailer {
    /// A mailer that writes into `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
        Ok(Self(folder.to_owned()))
    }
}

#[async_trait]
impl Mailer for OutboxMailer {
    async fn send(&self, name: &str, message: Message) -> Result<(), Failure> {
        let folder = self.0.clone();
        let name = name.to_owned();
        let written = tokio::task::spawn_blocking(move || write_mail(&folder, &name, &message.formatted())).await;
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Failure::Later(unwritable(&error))),
            Err(_panic) => Err(Failure::Later(ProblemCode::Internal.into())),
        }
    }

    fn name(&self) -> &'static str {
        "outbox"
    }
}

/// Writes the whole file or none: a reader of the folder never sees half a mail, and it is on the disk when this returns.
fn write_mail(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let partial = folder.join(format!(".{name}.part"));
    let mut file = std::fs::File::create(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&partial, folder.join(format!("{name}.eml")))?;
    std::fs::File::open(folder)?.sync_all()
}

fn unwritable(error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        ProblemCode::DiskFull.because("发件箱所在磁盘已满")
    } else {
        ProblemCode::MailFailed.because(format!("发件箱文件夹无法写入（{}）", error.kind()))
    }
}

/// Hands each mail to a mail server.
pub struct SmtpMailer(AsyncSmtpTransport<Tokio1Executor>);

impl SmtpMailer {
    /// A mailer for the server at `url` (`smtp://user:password@host:port`, `smtps://…`). Must be made inside a tokio runtime.
    ///
    /// # Errors
    /// The URL is not one of a mail server.
    pub fn connect(url: &str) -> Result<Self, Problem> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_secret| ProblemCode::InvalidConfiguration.because("mail.smtp_url应为smtp://或smtps://地址"))?;
        Ok(Self(builder.timeout(Some(SMTP_TIMEOUT)).build()))
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, _name: &str, message: Message) -> Result<(), Failure> {
        match self.0.send(message).await {
            Ok(response) if response.is_positive() => Ok(()),
            Ok(response) => Err(refusal(response.code().severity, &response.code().to_string())),
            Err(error) => Err(match error.status() {
                Some(code) => refusal(code.severity, &code.to_string()),
                None => Failure::Later(ProblemCode::MailFailed.because("无法连接邮件服务器或连接中断")),
            }),
        }
    }

    fn name(&self) -> &'static str {
        "smtp"
    }
}

/// RFC 5321 section 4.2.1: 4yz may succeed later, 5yz will not.
fn refusal(severity: Severity, code: &str) -> Failure {
    let problem = ProblemCode::MailFailed.because(format!("邮件服务器答复{code}"));
    match severity {
        Severity::PermanentNegativeCompletion => Failure::Never(problem),
        Severity::TransientNegativeCompletion | Severity::PositiveCompletion | Severity::PositiveIntermediate => {
            Failure::Later(problem)
        }
    }
}
