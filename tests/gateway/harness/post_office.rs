//! Real mail servers in a private folder on loopback ports: Exim takes and delivers, Dovecot gives mailboxes out by IMAP with IDLE.
//! Both come from Debian's packages, touch nothing of the system, and end with the test. They change users, so they need root.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a server may take for anything.
const LIMIT: Duration = Duration::from_secs(60);
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
}

impl PostOffice {
    /// Starts both servers with mailboxes of these names and waits until they answer.
    pub(crate) fn open(mailboxes: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path();
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        for name in ["mail", "spool", "log", "run"] {
            std::fs::create_dir(path.join(name)).unwrap();
        }
        for mailbox in mailboxes {
            for part in ["cur", "new", "tmp"] {
                std::fs::create_dir_all(path.join("mail").join(mailbox).join("Maildir").join(part)).unwrap();
            }
        }
        own(&[path.join("mail"), path.join("spool"), path.join("log")]);
        let (smtp_port, imap_port) = (free_port(), free_port());
        let filled = |text: &str| {
            let text = text.replace("FOLDER", path.to_str().unwrap()).replace("USER", USER);
            text.replace("SMTP_PORT", &smtp_port.to_string()).replace("IMAP_PORT", &imap_port.to_string())
        };
        std::fs::write(path.join("exim.conf"), filled(include_str!("post_office/exim.conf"))).unwrap();
        std::fs::write(path.join("dovecot.conf"), filled(include_str!("post_office/dovecot.conf"))).unwrap();
        let exim = start("/usr/sbin/exim4", path, &["-C", "exim.conf", "-bdf"]);
        let dovecot = start("/usr/sbin/dovecot", path, &["-F", "-c", "dovecot.conf"]);
        let office = Self { folder, exim, dovecot, smtp_port, imap_port };
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
    pub(crate) fn until(&self, what: &str, so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !so() {
            if begun.elapsed() > LIMIT {
                let log =
                    |name: &str| std::fs::read_to_string(self.folder.path().join("log").join(name)).unwrap_or_default();
                panic!("it is never so that {what}\n{}\n{}", log("exim-main"), log("dovecot.log"));
            }
            std::thread::yield_now();
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
