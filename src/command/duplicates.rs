//! `xinqiao duplicates`: ranked candidates for a case or a text, one JSON line each.

use std::io::Read;

use case::channel::Channel;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use clap::Args;
use search::engine::Reach;
use search::judge::Petition;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::desk::decide::told;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::judging::index::petition;
use crate::judging::similar::Similar;
use crate::presentation::candidate::CandidateDocument;
use crate::startup;

/// The most bytes of a text on standard input.
const TEXT_LIMIT: u64 = 1 << 20;

/// What to find candidates for.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Duplicates {
    /// The number of a case or a submission.
    case: Option<String>,
    /// A text instead; `-` reads it from standard input.
    #[arg(long, allow_hyphen_values = true)]
    text: Option<String>,
}

impl Duplicates {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let gateway = startup::open(configuration).await?;
        let similar = match (self.case, self.text) {
            (Some(number), _) => of_number(&gateway, &number).await?,
            (None, Some(text)) => of_text(&gateway, text).await?,
            (None, None) => return Err(ProblemCode::InvalidField.because("请给出编号，或用--text给出文字")),
        };
        for similar in &similar {
            let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
            let case = lookups.case(similar.submission.case).await.map_err(|error| failed(&error))?;
            let number = case.map_or_else(String::new, |case| case.number.to_string());
            output::line(&CandidateDocument::of(similar, number))?;
        }
        Ok(Outcome::Done)
    }
}

async fn of_number(gateway: &Gateway, number: &str) -> Result<Vec<Similar>, Problem> {
    let number =
        RegistrationNumber::parse(number).map_err(|error| ProblemCode::InvalidField.because(error.to_string()))?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let submission = lookups.submission_by_number(&number).await.map_err(|error| failed(&error))?;
    // Accusations are compared in the desk, by the role that may see them.
    let submission = submission.filter(|submission| submission.secrecy != Secrecy::Sealed);
    let submission = submission.ok_or_else(|| ProblemCode::NotFound.because(format!("没有编号为{number}的事项")))?;
    drop(lookups);
    let later = petition(&submission, &gateway.secret);
    gateway.similar(&later, Reach::Ordinary, None, Some(submission.id)).await.map_err(told)
}

async fn of_text(gateway: &Gateway, text: String) -> Result<Vec<Similar>, Problem> {
    let text = if text == "-" { from_standard_input()? } else { text };
    let text = case::text::normalise(&text);
    if text.trim().is_empty() {
        return Err(ProblemCode::EmptyInput.because("没有可以比对的文字"));
    }
    let later = Petition {
        title: String::new(),
        body: text,
        registered_at: gateway.clock.now(),
        channel: Channel::Web,
        identity: Vec::new(),
        respondents: Vec::new(),
        place: None,
    };
    gateway.similar(&later, Reach::Ordinary, None, None).await.map_err(told)
}

fn from_standard_input() -> Result<String, Problem> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(TEXT_LIMIT).read_to_string(&mut text);
    read.map_err(|_error| ProblemCode::UnknownCharset.because("标准输入应为UTF-8文字"))?;
    Ok(text)
}
