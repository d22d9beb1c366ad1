//! An office in a temporary folder: its commands, its server, its clock of real time. Everything is gone when it is dropped.

pub(crate) mod client;
pub(crate) mod desk;
pub(crate) mod paper;
pub(crate) mod post_office;
pub(crate) mod scanner;
pub(crate) mod scripted_imap;
pub(crate) mod server;
pub(crate) mod two_batches;
pub(crate) mod visitor;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// How long until what is waited for is looked at again: between looks, whoever does the work gets the processor.
pub(crate) const LOOK: std::time::Duration = std::time::Duration::from_millis(5);

/// An office of its own for one test.
pub(crate) struct Office {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Printed {
    /// The exit code; none when it was killed.
    pub(crate) code: Option<i32>,
    /// The lines of standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Office {
    /// A fresh office with the default configuration.
    pub(crate) fn new() -> Self {
        // The gateway's client brings its own; that of the tests takes the process's, which the first office names.
        let _named_before = rustls::crypto::ring::default_provider().install_default();
        Self { folder: TempDir::new().unwrap(), environment: Vec::new() }
    }

    /// A fresh office with settings of its own.
    pub(crate) fn configured(toml: &str) -> Self {
        let office = Self::new();
        office.configure(toml);
        office
    }

    /// Other settings for whatever starts from now on.
    pub(crate) fn configure(&self, toml: &str) {
        std::fs::write(self.folder.path().join("xinqiao.toml"), toml).unwrap();
    }

    /// Sets a variable in the environment of every later command.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Takes every variable back.
    pub(crate) fn unset_all(&mut self) {
        self.environment.clear();
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file into the office's folder, beside its data.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("files").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program with this office's settings, not started yet.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xinqiao"));
        command.arg("--data").arg(self.data());
        let configuration = self.folder.path().join("xinqiao.toml");
        if configuration.exists() {
            command.arg("--config").arg(configuration);
        }
        command.args(arguments).env_remove("XINQIAO_STOP_AT").env("XINQIAO_LOG", "warn");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// How many files the office keeps for good.
    pub(crate) fn kept_files(&self) -> usize {
        fn count(folder: &Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
            entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(&self.data().join("files"))
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Printed {
        self.run_with(arguments, b"")
    }

    /// Runs a command to its end, with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Printed {
        let mut command = self.program(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that ends early does not read its input.
        let _closed = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Printed {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Takes one file in and gives its line.
    pub(crate) fn intake(&self, door: &str, file: &Path) -> Value {
        let printed = self.run(&["intake", door, file.to_str().unwrap()]);
        printed.only_line()
    }

    /// Adds a user with the password `a-long-password`.
    pub(crate) fn add_user(&self, name: &str, role: &str) {
        let printed = self.run_with(&["user", "add", name, "--role", role], b"a-long-password\n");
        assert_eq!(printed.code, Some(0), "{}", printed.err);
    }
}

impl Printed {
    /// The lines as JSON.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
    }

    /// The one line there must be.
    pub(crate) fn only_line(&self) -> Value {
        let lines = self.lines();
        assert_eq!(lines.len(), 1, "{self:?}");
        lines.into_iter().next().unwrap()
    }
}
