//! Real mail servers in a private folder on loopback ports: Exim takes and delivers, Dovecot gives mailboxes out by IMAP with IDLE.
//! Both come from Debian's packages, touch nothing of the system, and end with the test. They change users, so they need root.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a server may take for anything.
const LIMIT: Duration = Duration::from_secs(120);
/// The user who owns the mailboxes; Exim's package makes it.
const USER: &str = "Debian-exim";

/// The mail servers of one test, killed when dropped. Every mailbox has the password `secret` and is at `example.invalid`.
pub(crate) struct PostOffice {
    folder: TempDir,
    exim: Child,
    dovecot: Child,
    /// Where mails are handed in.
    pub(crate) smtp_port: u16,
    /// Where mailboxes are read.
    pub(crate) imap_port: u16,
    /// The same two with TLS from the first byte; nobody listens there when the servers have no certificate.
    smtps_port: u16,
    imaps_port: u16,
}

/// What the servers prove themselves with, for the name `localhost`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// Nothing: neither server offers TLS.
    None,
    /// A certificate of an authority that only [`PostOffice::authority`] knows.
    Good,
    /// One of the same authority that ended long ago.
    Expired,
}

impl PostOffice {
    /// Starts both servers with mailboxes of these names and waits until they answer.
    pub(crate) fn open(mailboxes: &[&str]) -> Self {
        Self::with(mailboxes, Certificate::None)
    }

    /// The same, with TLS and STARTTLS.
    pub(crate) fn with(mailboxes: &[&str], certificate: Certificate) -> Self {
        Self::with_settings(mailboxes, certificate, "")
    }

    /// The same without TLS, and with more settings of Dovecot, such as what it says that it can do.
    pub(crate) fn set_up(mailboxes: &[&str], settings: &str) -> Self {
        Self::with_settings(mailboxes, Certificate::None, settings)
    }

    fn with_settings(mailboxes: &[&str], certificate: Certificate, settings: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path();
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        for name in ["mail", "spool", "log", "run", "tls"] {
            std::fs::create_dir(path.join(name)).unwrap();
        }
        for mailbox in mailboxes {
            for part in ["cur", "new", "tmp"] {
                std::fs::create_dir_all(path.join("mail").join(mailbox).join("Maildir").join(part)).unwrap();
            }
        }
        if certificate != Certificate::None {
            certify(&path.join("tls"), certificate == Certificate::Expired);
        }
        own(&[path.join("mail"), path.join("spool"), path.join("log"), path.join("tls")]);
        let [smtp_port, imap_port, smtps_port, imaps_port] = [(); 4].map(|()| free_port());
        let filled = |text: &str, tls: [&str; 2]| {
            let [plain, encrypted] = tls;
            let is_plain = certificate == Certificate::None;
            // Where there is no certificate, nobody listens on the port of its own.
            let text =
                if is_plain { text.replace(" : SMTPS_PORT", "").replace("IMAPS_PORT", "0") } else { text.to_owned() };
            let text = text.replace("TLS_SETTINGS", if is_plain { plain } else { encrypted });
            let text = text.replace("IMAPS_SSL", if is_plain { "no" } else { "yes" });
            let text = text.replace("FOLDER", path.to_str().unwrap()).replace("USER", USER);
            let text =
                text.replace("SMTPS_PORT", &smtps_port.to_string()).replace("IMAPS_PORT", &imaps_port.to_string());
            text.replace("SMTP_PORT", &smtp_port.to_string()).replace("IMAP_PORT", &imap_port.to_string())
        };
        let exim = filled(
            include_str!("post_office/exim.conf"),
            [
                "tls_advertise_hosts =",
                "tls_advertise_hosts = *\ntls_on_connect_ports = SMTPS_PORT\ntls_certificate = FOLDER/tls/server.pem\ntls_privatekey = FOLDER/tls/server.key",
            ],
        );
        let dovecot = filled(
            include_str!("post_office/dovecot.conf"),
            ["ssl = no", "ssl = yes\nssl_cert = <FOLDER/tls/server.pem\nssl_key = <FOLDER/tls/server.key"],
        );
        std::fs::write(path.join("exim.conf"), exim).unwrap();
        std::fs::write(path.join("dovecot.conf"), dovecot + settings).unwrap();
        let exim = start("/usr/sbin/exim4", path, &["-C", "exim.conf", "-bdf"]);
        let dovecot = start("/usr/sbin/dovecot", path, &["-F", "-c", "dovecot.conf"]);
        let office = Self { folder, exim, dovecot, smtp_port, imap_port, smtps_port, imaps_port };
        for (port, greeting) in [(smtp_port, "220"), (imap_port, "* OK")] {
            office.until("a server answers", || greets(port, greeting));
        }
        office
    }

    /// The URL of a mailbox.
    pub(crate) fn mailbox(&self, name: &str) -> String {
        format!("imap://{name}:secret@127.0.0.1:{}", self.imap_port)
    }

    /// The URL of the mail server.
    pub(crate) fn smtp(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.smtp_port)
    }

    /// The URLs of a mailbox and of the mail server at `host`, with TLS from the first byte.
    pub(crate) fn with_tls(&self, name: &str, host: &str) -> (String, String) {
        let mailbox = format!("imaps://{name}:secret@{host}:{}", self.imaps_port);
        (mailbox, format!("smtps://office:secret@{host}:{}", self.smtps_port))
    }

    /// The same with STARTTLS.
    pub(crate) fn with_starttls(&self, name: &str, host: &str) -> (String, String) {
        let mailbox = format!("imap://{name}:secret@{host}:{}?tls=required", self.imap_port);
        (mailbox, format!("smtp://office:secret@{host}:{}?tls=required", self.smtp_port))
    }

    /// The PEM file of the authority that signed the servers' certificate.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.path().join("tls/authority.pem")
    }

    /// What a server wrote into its log: `exim-main` or `dovecot.log`.
    pub(crate) fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("log").join(name)).unwrap_or_default()
    }

    /// Hands a mail in, as a mail program does.
    pub(crate) fn send(&self, from: &str, to: &[&str], mail: &str) {
        let stream = TcpStream::connect(("127.0.0.1", self.smtp_port)).unwrap();
        let mut talk = Talk::new(stream);
        talk.say("EHLO test.example.invalid", "250");
        talk.say(&format!("MAIL FROM:<{from}>"), "250");
        for recipient in to {
            talk.say(&format!("RCPT TO:<{recipient}>"), "250");
        }
        talk.say("DATA", "354");
        let body = mail.replace("\r\n", "\n").replace('\n', "\r\n").replace("\r\n.", "\r\n..");
        talk.say(&format!("{body}\r\n."), "250");
        talk.say("QUIT", "221");
    }

    /// The mails in a mailbox, oldest first.
    pub(crate) fn mails(&self, mailbox: &str) -> Vec<String> {
        let maildir = self.maildir(mailbox);
        let mut files: Vec<PathBuf> = ["new", "cur"]
            .iter()
            .flat_map(|part| std::fs::read_dir(maildir.join(part)).unwrap().map(|entry| entry.unwrap().path()))
            .collect();
        files.sort_by_key(|path| path.file_name().unwrap().to_owned());
        files.iter().map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()).collect()
    }

    /// Waits until a mailbox holds this many mails.
    pub(crate) fn mails_once(&self, mailbox: &str, count: usize) -> Vec<String> {
        self.until(&format!("{mailbox} has {count} mails"), || self.mails(mailbox).len() >= count);
        let mails = self.mails(mailbox);
        assert_eq!(mails.len(), count, "{mailbox}: {mails:#?}");
        mails
    }

    /// The folder of a mailbox on the disk.
    pub(crate) fn maildir(&self, mailbox: &str) -> PathBuf {
        self.folder.path().join("mail").join(mailbox).join("Maildir")
    }

    /// Puts mails into a mailbox as if they had been delivered.
    pub(crate) fn put(&self, mailbox: &str, mails: &[Vec<u8>]) {
        let new = self.maildir(mailbox).join("new");
        let mut written = Vec::new();
        for (number, mail) in mails.iter().enumerate() {
            let path = new.join(format!("{number:06}.put.example"));
            std::fs::write(&path, mail).unwrap();
            written.push(path);
        }
        for some in written.chunks(500) {
            own(some);
        }
    }

    /// Makes the mail server refuse everything for now, or take it again.
    pub(crate) fn defer(&self, deferring: bool) {
        let mark = self.folder.path().join("defer");
        if deferring { std::fs::write(mark, "").unwrap() } else { std::fs::remove_file(mark).unwrap() }
    }

    /// Ends the server that takes mails: nobody listens where they are handed in.
    pub(crate) fn stop_sending(&mut self) {
        let _gone = Command::new("kill").args(["-TERM", &self.exim.id().to_string()]).status();
        let _reaped = self.exim.wait();
        self.until("nobody listens", || TcpStream::connect(("127.0.0.1", self.smtp_port)).is_err());
    }

    /// Starts it again.
    pub(crate) fn start_sending(&mut self) {
        self.exim = start("/usr/sbin/exim4", self.folder.path(), &["-C", "exim.conf", "-bdf"]);
        self.until("mails are taken again", || greets(self.smtp_port, "220"));
    }

    /// Ends the server of the mailboxes, and every connection to it, and starts it again.
    pub(crate) fn restart_mailboxes(&mut self) {
        let _gone = Command::new("kill").args(["-TERM", &self.dovecot.id().to_string()]).status();
        let _reaped = self.dovecot.wait();
        self.dovecot = start("/usr/sbin/dovecot", self.folder.path(), &["-F", "-c", "dovecot.conf"]);
        self.until("the mailboxes are there again", || greets(self.imap_port, "* OK"));
    }

    /// Makes the mail server refuse every recipient for good, or take them again.
    pub(crate) fn refuse(&self, refusing: bool) {
        let mark = self.folder.path().join("refuse");
        if refusing { std::fs::write(mark, "").unwrap() } else { std::fs::remove_file(mark).unwrap() }
    }

    /// Makes Dovecot forget what it called the mails of a mailbox and which were marked: they get new names.
    pub(crate) fn forget_names(&self, mailbox: &str) {
        let maildir = self.maildir(mailbox);
        for entry in std::fs::read_dir(&maildir).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_str().unwrap().starts_with("dovecot") {
                std::fs::remove_file(path).unwrap();
            }
        }
        for entry in std::fs::read_dir(maildir.join("cur")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            std::fs::rename(&path, maildir.join("new").join(name.split(':').next().unwrap())).unwrap();
        }
    }

    /// Waits until something is so, or stops the test with the servers' logs.
    #[expect(
        clippy::disallowed_methods,
        reason = "the servers are other processes; between looks they get the processor"
    )]
    pub(crate) fn until(&self, what: &str, so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !so() {
            if begun.elapsed() > LIMIT {
                panic!("it is never so that {what}\n{}\n{}", self.log("exim-main"), self.log("dovecot.log"));
            }
            std::thread::sleep(crate::harness::LOOK);
        }
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        for child in [&mut self.exim, &mut self.dovecot] {
            // Told, not killed: both have children of their own.
            let _gone = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            let _reaped = child.wait();
        }
    }
}

/// A conversation in lines.
pub(crate) struct Talk(BufReader<TcpStream>);

impl Talk {
    /// Begins it; the other side speaks first.
    pub(crate) fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let mut talk = Self(BufReader::new(stream));
        talk.hear();
        talk
    }

    /// Says a line and gives the answer, which must begin so.
    pub(crate) fn say(&mut self, line: &str, answer: &str) -> String {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let heard = self.hear();
        assert!(heard.starts_with(answer), "{line}: {heard}");
        heard
    }

    /// One answer, of one line or more.
    pub(crate) fn hear(&mut self) -> String {
        let mut heard = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "it ended after {heard}");
            let more = line.as_bytes().get(3) == Some(&b'-');
            heard.push_str(&line);
            if !more {
                return heard;
            }
        }
    }
}

fn start(program: &str, folder: &Path, arguments: &[&str]) -> Child {
    let arguments = arguments.iter().map(|argument| match argument.strip_suffix(".conf") {
        Some(_) => folder.join(argument).to_str().unwrap().to_owned(),
        None => (*argument).to_owned(),
    });
    let log = std::fs::File::create(folder.join(program.replace('/', "-"))).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    command.spawn().unwrap_or_else(|error| panic!("{program}: {error}; scripts/install-packages.sh test installs it"))
}

/// Makes an authority and, signed by it, a certificate for `localhost`.
fn certify(folder: &Path, expired: bool) {
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        let made = command.args(arguments.split(' ')).current_dir(folder).output().unwrap();
        assert!(made.status.success(), "{arguments}: {}", String::from_utf8_lossy(&made.stderr));
    };
    std::fs::write(folder.join("authority.conf"), include_str!("post_office/authority.conf")).unwrap();
    std::fs::write(folder.join("issued"), "").unwrap();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(&format!("req -x509 {key} -keyout authority.key -out authority.pem -days 30 -subj /CN=Authority"));
    openssl(&format!("req {key} -keyout server.key -out server.csr -subj /CN=localhost"));
    let end = if expired { "20200201000000Z" } else { "20990101000000Z" };
    openssl(&format!(
        "ca -config authority.conf -batch -notext -in server.csr -out server.pem -startdate 20200101000000Z -enddate {end}"
    ));
}

fn own(paths: &[PathBuf]) {
    let status = Command::new("chown").args(["-R", &format!("{USER}:{USER}")]).args(paths).status().unwrap();
    assert!(status.success(), "the mail servers need root");
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn greets(port: u16, greeting: &str) -> bool {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).is_ok() && line.starts_with(greeting)
}
