//! `xinqiao unit import FILE`: units from a spreadsheet (CSV), each written over the one with the same code.

use std::path::PathBuf;

use case::problem::{Problem, ProblemCode};
use clap::Subcommand;

use crate::command::output::ProblemLine;
use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::intake::receive::failed;
use crate::office::units_file;
use crate::startup;

/// The largest file of units or places, 8 MiB.
const FILE_LIMIT: u64 = 8 << 20;

/// What to do with units.
#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// Imports units; nothing is changed when one line is wrong.
    Import {
        /// The file: code, name, aliases, parent, kind, classes, places, head, mail_address, phone, active.
        file: PathBuf,
    },
}

impl UnitCommand {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let Self::Import { file } = self;
        let gateway = startup::open(configuration).await?;
        let bytes = read(&file)?;
        let units = match units_file::parse(&bytes, &gateway.office) {
            Ok(units) => units,
            Err(problems) => {
                for problem in &problems {
                    output::line(&serde_json::json!({
                        "source": file.display().to_string(), "outcome": "refused", "problem": ProblemLine::from(problem),
                    }))?;
                }
                return Ok(Outcome::SomeRefused);
            }
        };
        let mut unit_of_work = gateway.store.begin().await.map_err(|error| failed(&error))?;
        for unit in &units {
            unit_of_work.put_unit(unit).await.map_err(|error| failed(&error))?;
        }
        unit_of_work.commit().await.map_err(|error| failed(&error))?;
        output::line(&serde_json::json!({ "imported": units.len() }))?;
        Ok(Outcome::Done)
    }
}

/// The bytes of a file that an office edited.
///
/// # Errors
/// It cannot be read or is over the limit.
pub(crate) fn read(file: &std::path::Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        ProblemCode::UnreadableFile.because(format!("{}无法读取（{}）", file.display(), error.kind()))
    };
    if std::fs::metadata(file).map_err(unreadable)?.len() > FILE_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("{}超过{}MB", file.display(), FILE_LIMIT >> 20)));
    }
    std::fs::read(file).map_err(unreadable)
}
