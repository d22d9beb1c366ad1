//! `xinqiao evaluate …`: figures on an office's own files, one JSON object.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use case::problem::{Problem, ProblemCode};
use channels::letter::recognition::EngineChoice;
use clap::Subcommand;
use search::evaluate::Progress;
use search::judge::Weights;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::evaluate;
use crate::office;
use crate::sample::measured;
use crate::sample::page::Typefaces;
use crate::startup;

/// What to measure.
#[derive(Debug, Subcommand)]
pub enum Evaluate {
    /// Finding and telling duplicates, on judged messages.
    Duplicates {
        /// The messages: `{id,user,title,time,body}` a line.
        #[arg(long)]
        messages: PathBuf,
        /// Judged queries: `{query,same_matter,related,pool,hot}` a line.
        #[arg(long)]
        retrieval: Option<PathBuf>,
        /// Judged pairs: `{a,b,label,same_user}` a line.
        #[arg(long)]
        pairs: Option<PathBuf>,
        /// More judged pairs: the cross-validation learns from them too, each for half, and nothing is measured on them.
        #[arg(long, requires = "pairs")]
        more_pairs: Option<PathBuf>,
        /// The weights of the judge; without it the shipped ones.
        #[arg(long)]
        weights: Option<PathBuf>,
    },
    /// Content classes: a simple classifier trained on the one and measured on the other.
    Classes {
        /// Labelled petitions to learn from: `{title,body,label}` or `{tokens,label}` a line; may be given several times.
        #[arg(long, required = true, num_args = 1..)]
        train: Vec<PathBuf>,
        /// Labelled petitions to measure on, in the same formats.
        #[arg(long)]
        test: PathBuf,
    },
    /// Reading letters: images with `NAME.txt` truth (and `NAME.json` fields) beside them.
    Letters {
        /// The folder.
        directory: PathBuf,
        /// Only with these engines: `auto`, `ppocr`, `tesseract`. Without it, each one whose models are there, one JSON
        /// object a line.
        #[arg(long, value_parser = engine)]
        engine: Vec<EngineChoice>,
        /// One JSON object a page before the sum: what became of each of its fields. No word of a letter is in it.
        #[arg(long)]
        each: bool,
    },
    /// Writes the invented sample letters as pages of every class (print, skew, photo, ruled and squared paper, seal, hand)
    /// with their truth beside them, for `evaluate letters`.
    SampleLetters {
        /// The folder; made when it is not there.
        directory: PathBuf,
        /// Own letters in place of the invented ones: `NAME.txt` (the first line is the title, lines with `>` are set at the
        /// right) with its fields in `NAME.json`, if known.
        #[arg(long)]
        letters: Option<PathBuf>,
        /// Only these classes; may be given several times.
        #[arg(long, value_parser = measured::CLASSES)]
        class: Vec<String>,
        /// Decides noise and looks.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

impl Evaluate {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        match self {
            Self::Duplicates { messages, retrieval, pairs, more_pairs, weights } => {
                let bar = output::progress(0, "评测查重");
                let weights = match weights {
                    Some(path) => office::weights(&path)?,
                    None => Weights::shipped(),
                };
                let files = evaluate::duplicates::Files { messages, retrieval, pairs, more_pairs };
                let report = |progress: Progress| {
                    let (Progress::Indexed(done, all) | Progress::LookedUp(done, all)) = progress;
                    bar.set_length(u64::try_from(all).unwrap_or(0));
                    bar.set_position(u64::try_from(done).unwrap_or(0));
                };
                let figures =
                    evaluate::duplicates::evaluate(&files, Arc::new(weights), &std::env::temp_dir(), &report).await?;
                bar.finish_and_clear();
                output::line(&figures)?;
            }
            Self::Classes { train, test } => output::line(&evaluate::classes::evaluate(&train, &test)?)?,
            Self::Letters { directory, engine, each } => letters(&configuration, &directory, engine, each).await?,
            Self::SampleLetters { directory, letters, class, seed } => {
                let write = move || sample_letters(&directory, letters.as_deref(), &class, seed);
                let written = tokio::task::spawn_blocking(write).await;
                let written = written.map_err(|error| ProblemCode::Internal.because(error.to_string()))??;
                output::line(&serde_json::json!({ "files": written }))?;
            }
        }
        Ok(Outcome::Done)
    }
}

fn engine(name: &str) -> Result<EngineChoice, String> {
    EngineChoice::parse(name).ok_or_else(|| "应为 auto、ppocr 或 tesseract".to_owned())
}

/// Writes the sample letters, or those of `own`, of `classes` (of every class when there are none); gives how many files.
fn sample_letters(directory: &Path, own: Option<&Path>, classes: &[String], seed: u64) -> Result<usize, Problem> {
    let unwritten = |path: &Path, error: std::io::Error| {
        ProblemCode::UnreadableFile.because(format!("{} 写不进去：{error}", path.display()))
    };
    std::fs::create_dir_all(directory).map_err(|error| unwritten(directory, error))?;
    let typefaces = Typefaces::of_system()?;
    let letters = own.map_or_else(measured::ours, measured::own)?;
    let wanted = |class: &&str| classes.is_empty() || classes.iter().any(|one| one == class);
    let mut written = 0;
    for class in measured::CLASSES.into_iter().filter(|class| wanted(class)) {
        for file in measured::of_class(&letters, class, seed, &typefaces)? {
            let path = directory.join(&file.name);
            std::fs::write(&path, &file.bytes).map_err(|error| unwritten(&path, error))?;
            written += 1;
        }
    }
    Ok(written)
}

async fn letters(
    configuration: &Configuration,
    directory: &Path,
    engines: Vec<EngineChoice>,
    each: bool,
) -> Result<(), Problem> {
    let models = configuration.ocr.models_folder(&configuration.data);
    let engines = match (engines.is_empty(), models) {
        (false, _) => engines,
        (true, Some(_)) => EngineChoice::ALL.to_vec(),
        (true, None) => vec![EngineChoice::Tesseract],
    };
    for engine in engines {
        let reader = startup::letter_reader_with(configuration, engine)?;
        let bar = output::progress(0, engine.as_str());
        let report = |done, all| {
            bar.set_length(u64::try_from(all).unwrap_or(0));
            bar.set_position(u64::try_from(done).unwrap_or(0));
        };
        let measured = evaluate::letters::measure(directory, engine.as_str(), Arc::new(reader), report)
            .await
            .map_err(|error| ProblemCode::UnreadableFile.because(format!("{error:#}")))?;
        bar.finish_and_clear();
        for page in measured.pages.iter().filter(|_page| each) {
            output::line(page)?;
        }
        output::line(&measured.figures)?;
    }
    Ok(())
}
