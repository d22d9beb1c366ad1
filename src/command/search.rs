//! `xinqiao search`: cases that a person of the staff would find, one JSON line each.

use case::problem::{Problem, ProblemCode};
use case::staff::UserName;
use clap::Args;
use serde::Serialize;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::desk::sought::{FILTERS, Sought, WrongFilter};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::startup;

/// What to look for, and as whom.
#[derive(Debug, Args)]
pub struct Search {
    /// The words: all must be found, "…" is a phrase, -… must not be found.
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// A filter, several times: channel=letter, class=010200, place=130682101, unit=zjj, state=dispatched, from=2026-01-01,
    /// until=2026-01-31 (both days count).
    #[arg(long = "filter")]
    filters: Vec<String>,
    /// Only submissions of one petitioner: the identity number, credit code or telephone is read from standard input, so that it
    /// stands in no list of processes and no history.
    #[arg(long)]
    petitioner: bool,
    /// Sees what this user may see; without it, what is not sealed.
    #[arg(long = "as", value_name = "USER")]
    user: Option<String>,
    /// The most results.
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

/// A result.
#[derive(Debug, Serialize)]
struct ResultLine {
    case: String,
    submission: String,
    channel: &'static str,
    title: String,
    state: &'static str,
    registered_at: String,
}

impl Search {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let gateway = startup::open(configuration).await?;
        let viewer = viewer(&gateway, self.user.as_deref()).await?;
        let mut sought = Sought::words(&self.query, self.limit.clamp(1, 200));
        for filter in &self.filters {
            add_filter(&mut sought, filter)?;
        }
        let found = if self.petitioner {
            let mut typed = String::new();
            std::io::stdin()
                .read_line(&mut typed)
                .map_err(|error| ProblemCode::UnreadableFile.because(format!("标准输入：{}", error.kind())))?;
            gateway.search_petitioner(&viewer, sought, &typed).await?
        } else {
            gateway.search(&viewer, sought).await?
        };
        if found.more {
            tracing::warn!("only the best results were looked at for unit and state; narrow the search");
        }
        for submission in found.rows {
            let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
            let case = lookups.case(submission.case).await.map_err(|error| failed(&error))?;
            let Some(case) = case else { continue };
            output::line(&ResultLine {
                case: case.number.to_string(),
                submission: submission.number.to_string(),
                channel: submission.channel.as_str(),
                title: case::mask::People::of(&submission.statement).hide(&submission.statement.title.value),
                state: case.state.as_str(),
                registered_at: submission.registered_at.to_string(),
            })?;
        }
        Ok(Outcome::Done)
    }
}

/// The named person of the staff, or the person at the server.
pub(crate) async fn viewer(gateway: &Gateway, user: Option<&str>) -> Result<Viewer, Problem> {
    let Some(user) = user else { return Ok(Viewer::at_the_server()) };
    let unknown = || ProblemCode::NotFound.because(format!("没有用户{user}"));
    let name = UserName::parse(user).map_err(|error| ProblemCode::InvalidField.because(error.to_string()))?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let found = lookups.staff_by_user_name(&name).await.map_err(|error| failed(&error))?;
    let (staff, _) = found.filter(|(staff, _)| staff.active).ok_or_else(unknown)?;
    Ok(Viewer::new(staff))
}

fn add_filter(sought: &mut Sought, filter: &str) -> Result<(), Problem> {
    let wrong = |cause: String| ProblemCode::InvalidField.because(format!("--filter {filter}：{cause}"));
    let (name, value) = filter.split_once('=').ok_or_else(|| wrong("应为 名称=值".to_owned()))?;
    sought.set(name, value).map_err(|error| match error {
        WrongFilter::Name => {
            let names: Vec<&str> = FILTERS.into_iter().map(|(name, _)| name).collect();
            wrong(format!("没有这个条件；可用{}", names.join("、")))
        }
        WrongFilter::Value(expected) => wrong(format!("应为{expected}")),
    })
}
