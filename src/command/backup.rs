//! `xinqiao backup FILE`: the data folder as one archive, while the office works on.

use std::path::PathBuf;

use case::problem::Problem;
use clap::Args;

use crate::backup::write;
use crate::command::{Outcome, output};
use crate::configuration::Configuration;

/// Writes the data folder into one file.
#[derive(Debug, Args)]
pub struct Backup {
    /// The archive to write (tar); it must not be there yet. It holds everything, so keep it as safe as the data folder.
    file: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<Outcome, Problem> {
        let amount = write::write(&configuration.data, &self.file).await?;
        output::line(&serde_json::json!({
            "backup": self.file.display().to_string(), "files": amount.files, "bytes": amount.bytes,
        }))?;
        Ok(Outcome::Done)
    }
}
