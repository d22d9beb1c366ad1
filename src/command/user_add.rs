//! `xinqiao user add`: a new member of the staff. The password is read from standard input, never from the command line, where
//! other users of the server would see it.

use std::io::{BufRead, IsTerminal};

use case::problem::{Problem, ProblemCode};
use case::staff::{Role, UserName};
use clap::Subcommand;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::staff::password::Password;
use crate::startup;

/// What to do with users.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds a user; the password is the first line of standard input.
    Add {
        /// The name to sign in with.
        name: String,
        /// The name shown to colleagues; the user name if not given.
        #[arg(long)]
        display_name: Option<String>,
        /// clerk, operator, officer, accusations, head or administrator; several times for several roles.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
    },
}

impl User {
    pub(crate) async fn run(self, configuration: Configuration) -> Result<Outcome, Problem> {
        let Self::Add { name, display_name, roles } = self;
        let field = |error: String| ProblemCode::InvalidField.because(error);
        let user_name = UserName::parse(&name).map_err(|error| field(error.to_string()))?;
        let roles: Result<Vec<Role>, Problem> = roles
            .iter()
            .map(|role| role.parse().map_err(|error: case::staff::UnknownRole| field(error.to_string())))
            .collect();
        let password = Password::parse(first_line()?)?;
        let gateway = startup::open(configuration).await?;
        let display_name = display_name.unwrap_or_else(|| user_name.to_string());
        let staff = gateway.add_staff(user_name, &display_name, roles?, password).await?;
        output::line(&serde_json::json!({ "user": staff.user_name, "roles": staff.roles }))?;
        Ok(Outcome::Done)
    }
}

#[expect(clippy::print_stderr, reason = "a prompt for the person at the terminal")]
fn first_line() -> Result<String, Problem> {
    if std::io::stdin().is_terminal() {
        eprint!("密码：");
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| ProblemCode::InvalidField.because(format!("无法从标准输入读取密码（{}）", error.kind())))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
