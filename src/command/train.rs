//! `xinqiao train …`: learns from judged data, one JSON object of what came of it.

use std::path::PathBuf;

use case::problem::{Problem, ProblemCode};
use clap::Subcommand;
use search::evaluate::Progress;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::evaluate::duplicates::{Files, train};
use crate::office;

/// What to learn.
#[derive(Debug, Subcommand)]
pub enum Train {
    /// The weights by which duplicates are told, from judged pairs; used from the next start on.
    Duplicates {
        /// The messages: `{id,user,title,time,body}` a line.
        #[arg(long)]
        messages: PathBuf,
        /// Judged pairs: `{a,b,label}` a line.
        #[arg(long)]
        pairs: PathBuf,
        /// Where to write the weights; without it into the office's folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

impl Train {
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<Outcome, Problem> {
        let Self::Duplicates { messages, pairs, out } = self;
        let bar = output::progress(0, "学习查重");
        let report = |progress: Progress| {
            let (Progress::Indexed(done, all) | Progress::LookedUp(done, all)) = progress;
            bar.set_length(u64::try_from(all).unwrap_or(0));
            bar.set_position(u64::try_from(done).unwrap_or(0));
        };
        let files = Files { messages, retrieval: None, pairs: Some(pairs) };
        let weights = train(&files, &std::env::temp_dir(), &report).await?;
        bar.finish_and_clear();
        let path = out.unwrap_or_else(|| configuration.data.join("office").join(office::JUDGE));
        let text = weights.to_text().map_err(|error| ProblemCode::MalformedInput.because(error.to_string()))?;
        let unwritable = |error: std::io::Error| {
            ProblemCode::UnreadableFile.because(format!("{}：无法写入（{}）", path.display(), error.kind()))
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(unwritable)?;
        }
        std::fs::write(&path, text).map_err(unwritable)?;
        output::line(&serde_json::json!({
            "weights": path.display().to_string(),
            "pairs": weights.pairs,
            "matters": weights.matters,
            "same_matter_from": weights.same_matter.from,
            "related_from": weights.related.from,
        }))?;
        Ok(Outcome::Done)
    }
}
