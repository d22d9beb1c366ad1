//! `xinqiao case show`: a whole case as JSON.

use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use clap::Subcommand;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::presentation::Masking;
use crate::presentation::case_document::CaseDocument;
use crate::startup;

/// What to do with cases.
#[derive(Debug, Subcommand)]
pub enum CaseCommand {
    /// Shows the whole case as JSON.
    Show {
        /// Its number.
        number: String,
        /// Sees what this user may see; without it, what is not sealed.
        #[arg(long = "as", value_name = "USER")]
        user: Option<String>,
        /// Masks personal data.
        #[arg(long)]
        masked: bool,
    },
}

impl CaseCommand {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let Self::Show { number, user, masked } = self;
        let gateway = startup::open(configuration).await?;
        let viewer = super::search::viewer(&gateway, user.as_deref()).await?;
        let number =
            RegistrationNumber::parse(&number).map_err(|error| ProblemCode::InvalidField.because(error.to_string()))?;
        let view = gateway.case_view(&viewer, &number).await?;
        let masking = if masked { Masking::Masked } else { Masking::Plain };
        output::line(&CaseDocument::of(&view, masking))?;
        Ok(Outcome::Done)
    }
}
