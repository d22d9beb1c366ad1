//! The port for handing mails on, and its two adapters: a mail server, and a folder of files for offices without one.
//!
//! A new installation sends nothing by accident: the default is the folder, which the desk shows.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use lettre::message::dkim::{DkimConfig, DkimSigningAlgorithm, DkimSigningKey};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::Severity;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::configuration::mail::DkimSettings;
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
    pub fn connect(url: &str, tls_ca: &str) -> Result<Self, Problem> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_secret| ProblemCode::InvalidConfiguration.because("mail.smtp_url应为smtp://或smtps://地址"))?;
        if !tls_ca.is_empty() && (url.starts_with("smtps:") || url.contains("tls=")) {
            builder = builder.tls(tls(url, tls_ca)?);
        }
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

/// TLS as the URL asks for it, with the office's own authorities believed beside the public ones.
fn tls(url: &str, tls_ca: &str) -> Result<Tls, Problem> {
    let wrong = || ProblemCode::InvalidConfiguration.because("mail.tls_ca不是PEM格式的证书");
    let pem = std::fs::read(tls_ca).map_err(|_unreadable| wrong())?;
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.rsplit('@').next().unwrap_or_default();
    let host = host.split([':', '/', '?']).next().unwrap_or_default();
    let authority = Certificate::from_pem(&pem).map_err(|_damaged| wrong())?;
    let parameters = TlsParameters::builder(host.to_owned()).add_root_certificate(authority).build();
    let parameters = parameters.map_err(|_unsupported| wrong())?;
    Ok(if url.starts_with("smtps:") {
        Tls::Wrapper(parameters)
    } else if url.contains("tls=required") {
        Tls::Required(parameters)
    } else {
        Tls::Opportunistic(parameters)
    })
}

/// Signs each mail (DKIM, RFC 6376) before another mailer hands it on.
pub struct SigningMailer {
    inner: std::sync::Arc<dyn Mailer>,
    signature: DkimConfig,
}

impl SigningMailer {
    /// A mailer that signs for the domain of the settings.
    ///
    /// # Errors
    /// The key cannot be read.
    pub fn new(inner: std::sync::Arc<dyn Mailer>, settings: &DkimSettings) -> Result<Self, Problem> {
        let wrong = || ProblemCode::InvalidConfiguration.because("mail.dkim.key不是PEM格式的RSA私钥（PKCS 1）");
        let pem = std::fs::read_to_string(&settings.key).map_err(|_unreadable| wrong())?;
        let key = DkimSigningKey::new(&pem, DkimSigningAlgorithm::Rsa).map_err(|_secret| wrong())?;
        let signature = DkimConfig::default_config(settings.selector.clone(), settings.domain.clone(), key);
        Ok(Self { inner, signature })
    }
}

#[async_trait]
impl Mailer for SigningMailer {
    async fn send(&self, name: &str, mut message: Message) -> Result<(), Failure> {
        message.sign(&self.signature);
        self.inner.send(name, message).await
    }

    fn name(&self) -> &'static str {
        self.inner.name()
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
