//! The port for handing mails on, and its two adapters: a mail server, and a folder of files for offices without one.
//!
//! A new installation sends nothing by accident: the default is the folder, which the desk shows.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey,
};
use lettre::message::header::HeaderName;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::Severity;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::configuration::mail::DkimSettings;
use crate::dispatch::server::{InvalidSmtpServer, SmtpProtection, SmtpServer};
use crate::jobs::failure::Failure;
use crate::trust;

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

    /// That mails can be handed on now, without handing on any.
    ///
    /// # Errors
    /// What fails, for an administrator.
    async fn check(&self) -> Result<(), Problem>;
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

    async fn check(&self) -> Result<(), Problem> {
        let folder = self.0.clone();
        let written = tokio::task::spawn_blocking(move || {
            let probe = folder.join(".check");
            std::fs::write(&probe, b"check").and_then(|()| std::fs::remove_file(&probe))
        });
        match written.await {
            Ok(written) => written.map_err(|error| unwritable(&error)),
            Err(_panic) => Err(ProblemCode::Internal.into()),
        }
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
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    host: String,
}

impl SmtpMailer {
    /// A mailer for the server at `url`. Must be made inside a tokio runtime. `tls_ca` is a PEM file of authorities that are believed
    /// beside the public ones, empty for none.
    ///
    /// # Errors
    /// The URL is not one of a mail server, or the file holds no certificates.
    pub fn connect(url: &str, tls_ca: &str) -> Result<Self, Problem> {
        let wrong = |error: InvalidSmtpServer| ProblemCode::InvalidConfiguration.because(error.to_string());
        let server = SmtpServer::parse(url).map_err(wrong)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(server.url());
        let builder = builder.map_err(|_secret| wrong(InvalidSmtpServer::Address))?;
        let builder = match tls(&server, tls_ca)? {
            Some(tls) => builder.tls(tls),
            None => builder,
        };
        Ok(Self { transport: builder.timeout(Some(SMTP_TIMEOUT)).build(), host: server.host })
    }

    /// What an error of the mail library is: 4yz may succeed later, 5yz will not (RFC 5321 section 4.2.1).
    fn failure(&self, error: &lettre::transport::smtp::Error) -> Failure {
        if let Some(code) = error.status() {
            return refusal(code.severity, &code.to_string());
        }
        // Told without what the server said: it may quote a mail.
        let why = trust::refusal(error).unwrap_or_else(|| match () {
            () if error.is_timeout() => "超时未答复",
            () if error.is_client() => "不支持所需的命令（STARTTLS或登录方式）",
            () => "无法连接或连接中断",
        });
        Failure::Later(ProblemCode::MailFailed.because(format!("邮件服务器{}：{why}", self.host)))
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, _name: &str, message: Message) -> Result<(), Failure> {
        match self.transport.send(message).await {
            Ok(response) if response.is_positive() => Ok(()),
            Ok(response) => Err(refusal(response.code().severity, &response.code().to_string())),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn name(&self) -> &'static str {
        "smtp"
    }

    async fn check(&self) -> Result<(), Problem> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(ProblemCode::MailFailed.because(format!("邮件服务器{}拒绝了连接", self.host))),
            Err(error) => Err(self.failure(&error).into_problem()),
        }
    }
}

/// TLS as the office asks for it, with its own authorities believed beside the public ones; none for plain text.
fn tls(server: &SmtpServer, tls_ca: &str) -> Result<Option<Tls>, Problem> {
    let of = match server.protection {
        SmtpProtection::Tls => Tls::Wrapper,
        SmtpProtection::StartTls => Tls::Required,
        SmtpProtection::Opportunistic => Tls::Opportunistic,
        SmtpProtection::Plain => return Ok(None),
    };
    let wrong = || ProblemCode::InvalidConfiguration.because("mail.tls_ca不是PEM格式的证书");
    let mut builder = TlsParameters::builder(server.host.clone());
    for authority in trust::authorities(tls_ca)? {
        builder = builder.add_root_certificate(Certificate::from_der(authority.to_vec()).map_err(|_damaged| wrong())?);
    }
    Ok(Some(of(builder.build().map_err(|_unsupported| wrong())?)))
}

/// What a signature covers (RFC 6376 section 5.4.1): who speaks to whom about what, where answers go, and how the body is to be read. A
/// header that a mail does not have is named all the same: then nobody can add it on the way.
const SIGNED: [&str; 13] = [
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
];

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
        let wrong = || {
            ProblemCode::InvalidConfiguration
                .because("mail.dkim.key应为PEM格式的RSA私钥（PKCS 1）；其他格式可用openssl rsa -traditional转换")
        };
        let pem = std::fs::read_to_string(&settings.key).map_err(|_unreadable| wrong())?;
        let key = DkimSigningKey::new(&pem, DkimSigningAlgorithm::Rsa).map_err(|_secret| wrong())?;
        // Relaxed: servers on the way fold headers anew and change blanks at ends of lines.
        let relaxed =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        let headers = SIGNED.map(HeaderName::new_from_ascii_str).to_vec();
        let signature = DkimConfig::new(settings.selector.clone(), settings.domain.clone(), key, headers, relaxed);
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

    async fn check(&self) -> Result<(), Problem> {
        self.inner.check().await
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
