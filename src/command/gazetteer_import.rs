//! `xinqiao gazetteer import FILE`: another list of places, checked against everything that refers to places before it takes the
//! place of the one in use.

use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};
use clap::Subcommand;

use crate::command::output::ProblemLine;
use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::office::Office;

/// What to do with the gazetteer.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Imports places; nothing is changed when one line is wrong, or when a unit or a rule names a place that is not in the file.
    Import {
        /// The file: code, name, parent, aliases.
        file: PathBuf,
    },
}

impl GazetteerCommand {
    pub(crate) fn run(self, configuration: &Configuration) -> Result<Outcome, Problem> {
        let Self::Import { file } = self;
        let bytes = super::unit_import::read(&file)?;
        let office = configuration.data.join("office");
        match Office::replace_places(&office, &bytes) {
            Ok(places) => {
                output::line(&serde_json::json!({ "imported": places }))?;
                Ok(Outcome::Done)
            }
            Err(problem) if problem.code == ProblemCode::InvalidConfiguration => refused(&file, &problem),
            Err(problem) => Err(problem),
        }
    }
}

/// One line for each thing that is wrong.
fn refused(file: &Path, problem: &Problem) -> Result<Outcome, Problem> {
    for detail in problem.detail.lines() {
        let problem = problem.code.because(detail);
        output::line(&serde_json::json!({
            "source": file.display().to_string(), "outcome": "refused", "problem": ProblemLine::from(&problem),
        }))?;
    }
    Ok(Outcome::SomeRefused)
}
