//! The command line: one file per command. Machine output is JSON lines on standard output; progress and logs go to standard
//! error. Exit codes: 0 done, 1 something in the input was refused (named on its line), 2 could not run.

use std::path::PathBuf;
use std::process::ExitCode;

use case::problem::Problem;
use clap::{Parser, Subcommand};

pub mod backup;
pub mod case_show;
pub mod check;
pub mod demo;
pub mod duplicates;
pub mod evaluate;
pub mod fetch;
pub mod gazetteer_import;
pub mod intake;
pub mod output;
pub mod read_again;
pub mod reindex;
pub mod restore;
pub mod search;
pub mod serve;
pub mod train;
pub mod unit_import;
pub mod user_add;

/// xinqiao 信桥: one gateway through which a petition reaches the unit that must answer it.
#[derive(Debug, Parser)]
#[command(name = "xinqiao", version, about)]
pub struct Arguments {
    /// The configuration file (TOML); only settings that differ from the defaults.
    #[arg(long, global = true, env = "XINQIAO_CONFIG")]
    pub config: Option<PathBuf>,
    /// The data folder.
    #[arg(long, global = true, env = "XINQIAO_DATA", default_value = "data")]
    pub data: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Web, API and workers in one process.
    Serve(serve::Serve),
    /// A sample office with sample petitions through all four doors, then serve.
    Demo(demo::Demo),
    /// Takes petitions in from files.
    #[command(subcommand)]
    Intake(intake::Intake),
    /// Fetches every mailbox once, reads and judges what is new, and sends what is due.
    Fetch,
    /// Ranked candidates for a case or a text.
    Duplicates(duplicates::Duplicates),
    /// Finds cases.
    Search(search::Search),
    /// Shows a case.
    #[command(subcommand)]
    Case(case_show::CaseCommand),
    /// Reads the pages of letters that could not be read again, such as after an upgrade.
    ReadAgain(read_again::ReadAgain),
    /// Rebuilds the search index from the database.
    Reindex,
    /// The data folder as one file, while the office works on.
    Backup(backup::Backup),
    /// A backup put back into an empty data folder.
    Restore(restore::Restore),
    /// Checks the installation and the data.
    Check,
    /// Manages the staff.
    #[command(subcommand)]
    User(user_add::User),
    /// Manages the units.
    #[command(subcommand)]
    Unit(unit_import::UnitCommand),
    /// Manages the places.
    #[command(subcommand)]
    Gazetteer(gazetteer_import::GazetteerCommand),
    /// Measures on an office's own files.
    #[command(subcommand)]
    Evaluate(evaluate::Evaluate),
    /// Learns from an office's own decisions.
    #[command(subcommand)]
    Train(train::Train),
    /// Reads pages for a parent process; not for people.
    #[command(hide = true)]
    ReadPages,
    /// Reads one document for a parent process; not for people.
    #[command(hide = true)]
    ReadDocument,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Something in the input was refused; its line says what.
    SomeRefused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::SomeRefused => Self::from(1),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// It could not run.
pub async fn run(arguments: Arguments) -> Result<Outcome, Problem> {
    let configuration = crate::configuration::Configuration::load(arguments.config.as_deref(), arguments.data)?;
    match arguments.command {
        Command::Serve(serve) => serve.run(configuration).await,
        Command::Demo(demo) => demo.run(configuration).await,
        Command::Intake(intake) => intake.run(configuration).await,
        Command::Fetch => fetch::run(configuration).await,
        Command::Duplicates(duplicates) => duplicates.run(configuration).await,
        Command::Search(search) => search.run(configuration).await,
        Command::Case(case) => case.run(configuration).await,
        Command::ReadAgain(read_again) => read_again.run(configuration).await,
        Command::Reindex => reindex::run(configuration).await,
        Command::Backup(backup) => backup.run(&configuration).await,
        Command::Restore(restore) => restore.run(configuration).await,
        Command::Gazetteer(gazetteer) => gazetteer.run(&configuration),
        Command::Check => check::run(configuration).await,
        Command::User(user) => user.run(configuration).await,
        Command::Unit(unit) => unit.run(configuration).await,
        Command::Evaluate(evaluate) => evaluate.run(configuration).await,
        Command::Train(train) => train.run(configuration).await,
        // The program starts the readers before any runtime: see `main`.
        Command::ReadPages | Command::ReadDocument => Ok(Outcome::Done),
    }
}
