//! `xinqiao restore FILE`: an archive put back into an empty data folder, then a search index made anew.

use std::path::PathBuf;

use case::problem::Problem;
use clap::Args;

use crate::backup::restore;
use crate::command::{Outcome, output, reindex};
use crate::configuration::Configuration;
use crate::startup::{self, WorkerLock};

/// Puts a backup back into an empty data folder.
#[derive(Debug, Args)]
pub struct Restore {
    /// The archive that `xinqiao backup` wrote.
    file: PathBuf,
}

impl Restore {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let amount = restore::restore(&self.file, &configuration.data).await?;
        let lock = WorkerLock::require(&configuration.data)?;
        let gateway = startup::open(configuration).await?;
        let indexed = reindex::rebuild(&gateway, &lock).await?;
        output::line(&serde_json::json!({
            "restored": self.file.display().to_string(), "files": amount.files, "bytes": amount.bytes, "indexed": indexed,
        }))?;
        Ok(Outcome::Done)
    }
}
