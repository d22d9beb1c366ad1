//! `xinqiao read-again`: the pages of letters and the attachments of mails that could not be read are tried again, such as after an upgrade.

use case::problem::Problem;
use clap::Args;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::intake::receive::failed;
use crate::startup::{self, WorkerLock};

/// Why.
#[derive(Debug, Args)]
pub struct ReadAgain {
    /// The reason, kept among the events of each letter.
    #[arg(long, default_value = "程序升级后重新识别")]
    reason: String,
}

impl ReadAgain {
    /// Has them read: by a running `serve`, or here. Gives how many letters and mails.
    ///
    /// # Errors
    /// The data folder cannot be used, or the store failed.
    pub async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let lock = WorkerLock::take(&configuration.data)?;
        let gateway = startup::open(configuration).await?;
        if let Some(lock) = &lock {
            startup::take_over(&gateway, lock).await?;
        }
        let letters = gateway.read_all_again(&self.reason).await?;
        let mails = gateway.read_all_attachments_again(&self.reason).await?;
        if lock.is_some() {
            gateway.run_until_idle().await.map_err(|error| failed(&error))?;
        }
        output::line(&serde_json::json!({ "letters": letters, "mails": mails, "read_now": lock.is_some() }))?;
        Ok(Outcome::Done)
    }
}
