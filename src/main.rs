//! The program: logging, the short cuts of the page and document readers, then the command line of [`xinqiao::command`].

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use xinqiao::command::output::ProblemLine;
use xinqiao::command::{Arguments, Command};

/// Gives memory back between bursts; the system's allocator keeps an arena for each of the many threads, twice as much in a rebuild of the index.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked = !error.use_stderr();
            // Nobody is left to tell when the terminal is gone.
            let _closed = error.print();
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    if matches!(arguments.command, Command::ReadPages) {
        // Its own small process: no runtime, no logging, limits of its own.
        return read_pages();
    }
    if matches!(arguments.command, Command::ReadDocument) {
        return read_document();
    }
    start_logging();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(error = %error, "the runtime cannot start");
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(xinqiao::command::run(arguments)) {
        Ok(outcome) => outcome.into(),
        Err(problem) => {
            report(&ProblemLine::from(&problem));
            ExitCode::from(2)
        }
    }
}

/// Reads pages for the parent process until it closes our standard input.
fn read_pages() -> ExitCode {
    match channels::letter::child::main(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // The parent sees the broken pipe; the cause may hold words of the page and is not written anywhere.
        Err(_broken) => ExitCode::from(2),
    }
}

/// Reads one document for the parent process.
fn read_document() -> ExitCode {
    match channels::document::child::main(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // As with pages: the parent sees it, and the cause may hold words.
        Err(_broken) => ExitCode::from(2),
    }
}

/// Logs go to standard error: as lines for people at a terminal, as JSON otherwise. `XINQIAO_LOG` sets what is logged.
fn start_logging() {
    use std::io::IsTerminal;
    let filter = EnvFilter::try_from_env("XINQIAO_LOG").unwrap_or_else(|_unset| EnvFilter::new("warn,xinqiao=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.with_target(false).init();
    } else {
        builder.json().init();
    }
}

#[expect(clippy::print_stderr, reason = "the last word to the person who gave the command")]
fn report(problem: &ProblemLine) {
    eprintln!("xinqiao：{}：{} [{}]", problem.title, problem.detail, problem.code);
}
