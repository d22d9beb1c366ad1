//! `xinqiao train …`: learns from judged data, one JSON object of what came of it.

use std::path::PathBuf;

use case::problem::{Problem, ProblemCode};
use clap::Subcommand;
use search::evaluate::Progress;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::evaluate::duplicates::{Files, train};
use crate::evaluate::own_decisions::learn;
use crate::office;
use crate::startup;

/// What to learn.
#[derive(Debug, Subcommand)]
pub enum Train {
    /// The weights by which duplicates are told, from judged pairs; used from the next start on.
    Duplicates {
        /// The messages: `{id,user,title,time,body}` a line.
        #[arg(long, required_unless_present = "own_decisions", requires = "pairs")]
        messages: Option<PathBuf>,
        /// Judged pairs: `{a,b,label}` a line.
        #[arg(long, requires = "messages")]
        pairs: Option<PathBuf>,
        /// More judged pairs, each of which counts half.
        #[arg(long, requires = "pairs")]
        more_pairs: Option<PathBuf>,
        /// Learns from what people of this office confirmed and refused instead, the sealed left out; the line tells how well the
        /// weights in force and new ones do on it.
        #[arg(long, conflicts_with_all = ["messages", "pairs", "more_pairs"])]
        own_decisions: bool,
        /// Where to write the weights; without it into the office's folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

impl Train {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let Self::Duplicates { messages, pairs, more_pairs, own_decisions: _, out } = self;
        let bar = output::progress(0, "学习查重");
        let report = |progress: Progress| {
            let (Progress::Indexed(done, all) | Progress::LookedUp(done, all)) = progress;
            bar.set_length(u64::try_from(all).unwrap_or(0));
            bar.set_position(u64::try_from(done).unwrap_or(0));
        };
        let path = out.unwrap_or_else(|| configuration.data.join("office").join(office::JUDGE));
        let (weights, figures) = match messages {
            Some(messages) => {
                let files = Files { messages, retrieval: None, pairs, more_pairs };
                (train(&files, &std::env::temp_dir(), &report).await?, None)
            }
            None => {
                let gateway = startup::open(configuration).await?;
                let learned = learn(&gateway, &report).await?;
                let figures = serde_json::json!({
                    "same_matter": learned.same_matter,
                    "other": learned.other,
                    "before": learned.before,
                    "after": learned.after,
                });
                (learned.weights, Some(figures))
            }
        };
        bar.finish_and_clear();
        let text = weights.to_text().map_err(|error| ProblemCode::MalformedInput.because(error.to_string()))?;
        let unwritable = |error: std::io::Error| {
            ProblemCode::UnreadableFile.because(format!("{}：无法写入（{}）", path.display(), error.kind()))
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(unwritable)?;
        }
        std::fs::write(&path, text).map_err(unwritable)?;
        let mut line = serde_json::json!({
            "weights": path.display().to_string(),
            "pairs": weights.pairs,
            "matters": weights.matters,
            "same_matter_from": weights.same_matter.from,
            "related_from": weights.related.from,
        });
        if let (Some(figures), Some(line)) = (figures, line.as_object_mut()) {
            line.insert("own_decisions".to_owned(), figures);
        }
        output::line(&line)?;
        Ok(Outcome::Done)
    }
}
