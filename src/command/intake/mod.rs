//! `xinqiao intake …`: takes petitions in from files and prints one line for each.

use std::path::PathBuf;

use case::channel::Channel;
use case::problem::Problem;
use clap::{Args, Subcommand};

use crate::command::Outcome;
use crate::configuration::Configuration;

pub mod line;
pub mod run;
pub mod sources;

/// The door through which the files come.
#[derive(Debug, Subcommand)]
pub enum Intake {
    /// PDF, TIFF (multi-page), JPEG, PNG, or folders of them.
    Letter(Files),
    /// .eml, mbox, Maildir.
    Mail(Files),
    /// Transcripts (JSON of recognisers, WebVTT, SRT, text with speakers) with the recordings of the same name beside them, or recordings alone.
    Call(Files),
    /// The JSON that the form and the API post.
    Web(Files),
}

/// The files to take in.
#[derive(Debug, Args)]
pub struct Files {
    /// Files or folders.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Masks personal data in the lines.
    #[arg(long)]
    masked: bool,
}

impl Intake {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let (channel, files) = match self {
            Self::Letter(files) => (Channel::Letter, files),
            Self::Mail(files) => (Channel::Mail, files),
            Self::Call(files) => (Channel::Call, files),
            Self::Web(files) => (Channel::Web, files),
        };
        run::run(configuration, channel, &files.files, files.masked).await
    }
}
