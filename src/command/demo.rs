//! `xinqiao demo`: a sample office. Invented petitions go through all four doors, one line each says what became of them, then
//! the site is served.

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::staff::{Role, Staff, UserName};
use clap::Args;

use crate::command::intake::line::{Line, Registered};
use crate::command::{Outcome, output, serve};
use crate::configuration::Configuration;
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::intake::receive::failed;
use crate::sample;
use crate::staff::password::Password;
use crate::startup::{self, WorkerLock};

/// The password of every demo user. A real office's users are added with `xinqiao user add`.
const PASSWORD: &str = "xinqiao-demo";

/// Settings of the command line for `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port to listen on, instead of the configured one.
    #[arg(long)]
    listen: Option<String>,
    /// Stops after the petitions instead of serving.
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    pub(crate) async fn run(self, mut configuration: Configuration) -> Result<Outcome, Problem> {
        if let Some(listen) = self.listen {
            configuration.web.listen = listen;
        }
        let lock = WorkerLock::require(&configuration.data)?;
        let gateway = startup::open(configuration).await?;
        startup::take_over(&gateway, &lock).await?;
        add_users(&gateway).await?;
        run_petitions(&gateway).await?;
        if self.no_serve {
            return Ok(Outcome::Done);
        }
        let url = gateway.configuration.public_url();
        output::text(&format!("\n网站：{url}/　　工作人员登录：{url}/sign-in（密码均为 {PASSWORD}）"))?;
        for role in Role::ALL {
            output::text(&format!("  {:<14} {}", role.as_str(), role.label()))?;
        }
        output::text("按Ctrl-C停止")?;
        serve::run_until_stopped(gateway, lock).await
    }
}

/// One user for each role, named after it.
async fn add_users(gateway: &Gateway) -> Result<(), Problem> {
    let present: Vec<Staff> = {
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        lookups.all_staff().await.map_err(|error| failed(&error))?
    };
    for role in Role::ALL {
        let name = UserName::parse(role.as_str()).map_err(|error| ProblemCode::Internal.because(error.to_string()))?;
        if present.iter().any(|staff| staff.user_name == name) {
            continue;
        }
        gateway
            .add_staff(name, &format!("演示{}", role.label()), vec![role], Password::parse(PASSWORD.to_owned())?)
            .await?;
    }
    Ok(())
}

/// Takes every sample in through its door, and lets each be judged before the next one comes.
async fn run_petitions(gateway: &Gateway) -> Result<(), Problem> {
    for sample in sample::office()? {
        let taken = gateway.receive(sample.door, sample.name, &sample.bytes).await?;
        gateway.run_until_idle().await.map_err(|error| failed(&error))?;
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        let arrival = lookups.arrival(taken.arrival.id).await.map_err(|error| failed(&error))?;
        let arrival = arrival.ok_or_else(|| Problem::from(ProblemCode::Internal))?;
        let progress = gateway.progress(&mut *lookups, &arrival).await?;
        drop(lookups);
        let line = Line::of(gateway, sample.name.to_owned(), &arrival, &progress, taken.replay, true).await?;
        output::text(&summary(&line, &progress))?;
    }
    Ok(())
}

/// Door, petitioner, matter, finding, unit, and why.
fn summary(line: &Line, progress: &Progress) -> String {
    let door = door(line.channel);
    match (&line.registered, progress) {
        (Some(registered), _) if line.outcome == "replay" => {
            format!("{door} {} │ 同一来件再次收到，返回原回执{}", petitioner(registered), registered.submission)
        }
        (Some(registered), _) => format!(
            "{door} {} │ {} │ {} │ {}",
            petitioner(registered),
            matter(registered),
            finding(registered),
            unit(registered)
        ),
        (None, Progress::Refused(problem) | Progress::Held(problem)) => {
            format!("{door} {} │ 未登记，已保存待查：{}（{}）", line.source, problem.code.title(), problem.detail)
        }
        (None, Progress::Working | Progress::Done) => format!("{door} {} │ 正在读取", line.source),
    }
}

const fn door(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "[网上]",
        Channel::Letter => "[来信]",
        Channel::Mail => "[邮件]",
        Channel::Call => "[来电]",
    }
}

fn petitioner(registered: &Registered) -> String {
    let name = registered.petitioner.as_ref().and_then(|petitioner| petitioner.name.clone());
    let name = name.unwrap_or_else(|| "未具名".to_owned());
    match registered.petitioners.len() {
        0 | 1 => name,
        count => format!("{name}等{count}人"),
    }
}

fn matter(registered: &Registered) -> String {
    if registered.secrecy == "sealed" {
        // Not even the demo prints what a sealed petition says.
        return format!("{} 检举控告，已密封", registered.submission);
    }
    format!("{} {}", registered.submission, case::text::truncate(&registered.title, 30))
}

fn finding(registered: &Registered) -> String {
    let Some(candidate) = registered.candidates.first() else { return "新事项".to_owned() };
    let label = match candidate.relation {
        "repeat" => "可能重复",
        "same_matter" => "可能同类",
        _ => "相关",
    };
    let reasons: Vec<&str> = candidate.reasons.iter().take(2).map(|reason| reason.text.as_str()).collect();
    format!("{label} {}（{}）", candidate.case, reasons.join("；"))
}

fn unit(registered: &Registered) -> String {
    let reasons = |reasons: &[crate::presentation::candidate::ReasonDocument]| {
        reasons.iter().take(2).map(|reason| reason.text.clone()).collect::<Vec<_>>().join("；")
    };
    match &registered.unit_name {
        Some(unit) => format!("建议{unit}（{}）", reasons(&registered.unit_reasons)),
        None => format!("责任单位由人确定（{}）", reasons(&registered.unit_against)),
    }
}
