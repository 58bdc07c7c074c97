//! `carepath`: one verb, one file. Messages go to standard error, results to standard output.

mod analyze;
mod build;
mod check;
mod diff;
mod explain;
mod files;
mod fmt;
mod index;
mod interview;
mod listing;
mod new_state;
mod pages;
mod picture;
mod population;
mod publish;
mod render;
mod replay;
mod screen;
mod serve;
mod site;
mod sources;
mod test;

use carepath::value::{By, Date, Lang, StateCode};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Route a child with special health care needs to the right care-coordination program,
/// by rules that read like policy.
#[derive(Parser)]
#[command(name = "carepath", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// The rules folder [default: `rules` here, else the rules inside this program]
    #[arg(long, global = true, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Subcommand)]
enum Verb {
    /// Check rule files: every mistake, with its place and what to write instead
    Check(check::Check),
    /// Lay rule files out in the one layout; comments stay where they are
    Fmt(fmt::Fmt),
    /// Run the scenarios of every state, or of the states named by their folders
    Test(test::Test),
    /// Route one child: from an answers file, or by questions on the terminal
    Screen(screen::Screen),
    /// Write a state's folder to begin with: it checks, its scenarios pass, and it is served
    NewState(new_state::NewState),
    /// List what the sources say, which rule uses it, and what none uses and why
    Sources(sources::ListSources),
    /// Look at rules as a whole: whom they leave out or coordinate twice, and what changes nothing
    Analyze(analyze::Analyze),
    /// Tell what a new version of the rules changes, and for whom
    Diff(diff::Diff),
    /// Make a bundle of a state's rules: one file, named by its hash, that reproduces its results for ever
    Publish(publish::Publish),
    /// Reproduce a past result, from the bundle that gave it, the answers and the day
    Replay(replay::Replay),
    /// Print what a bundle or a state's rules became: all that can change a result, one thing a line
    Listing(listing::Listing),
    /// Make a website of the questions and the rules: a folder of files that any web host serves
    Build(build::Build),
    /// Serve the screener to this machine's browser, with the rules as they are on disk
    Serve(serve::Serve),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For scripts
    Json,
    /// For code-scanning services (`check` and `analyze` only)
    Sarif,
    /// For the text of a pull request (`diff` only)
    Markdown,
    /// A page with a picture (`diff` only)
    Html,
}

/// Why a command cannot do what was asked: exit status 1 where the rule files are why, else 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// A path that cannot be opened.
    #[error("{path} cannot be read: {why}")]
    Unreadable { path: String, why: String },
    /// A file that cannot be written.
    #[error("{path} cannot be written: {why}")]
    Unwritable { path: String, why: String },
    /// Arguments or answers that make no sense.
    #[error("{0}")]
    Usage(String),
    /// The rules of a state have errors; they are printed already.
    #[error("the rules of {0} have errors; `carepath check` shows them")]
    BrokenRules(String),
    /// Rules of a state that are within the bound for one child, and beyond it for what was asked.
    #[error(
        "the rules of {state} hang together too much to be {what} exactly; nothing is told rather than something wrong"
    )]
    TooTangled { state: String, what: &'static str },
    /// Rules whose scenarios do not hold.
    #[error(
        "the rules of {state} are not published: {failed} of their scenarios fail; `carepath test` shows them"
    )]
    Failing { state: String, failed: usize },
    /// Rules that are not a state's yet.
    #[error(
        "the rules of {0} are not published: they still have the program `{example}`, with which `carepath new-state` lets \
         a state begin",
        example = new_state::EXAMPLE
    )]
    Example(String),
}

impl Failure {
    fn status(&self) -> ExitCode {
        match self {
            Self::BrokenRules(_) | Self::TooTangled { .. } | Self::Failing { .. } | Self::Example(_) => {
                ExitCode::from(1)
            }
            _ => ExitCode::from(2),
        }
    }
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let Arguments { verb, rules, format } = Arguments::parse();
    let files = files::Rules { folder: rules };
    if format == Format::Sarif && !matches!(verb, Verb::Check(_) | Verb::Analyze(_)) {
        return fail(&Failure::Usage("only `carepath check` and `carepath analyze` print SARIF".into()));
    }
    if matches!(format, Format::Markdown | Format::Html) && !matches!(verb, Verb::Diff(_)) {
        return fail(&Failure::Usage("only `carepath diff` prints Markdown and HTML".into()));
    }
    let done = match verb {
        Verb::Check(check) => check.run(&files, format),
        Verb::Fmt(fmt) => fmt.run(&files, format),
        Verb::Test(test) => test.run(&files, format),
        Verb::Screen(screen) => screen.run(&files, format),
        Verb::NewState(new) => new.run(&files, format),
        Verb::Sources(sources) => sources.run(&files, format),
        Verb::Analyze(analyze) => analyze.run(&files, format),
        Verb::Diff(diff) => diff.run(&files, format),
        Verb::Publish(publish) => publish.run(&files, format),
        Verb::Replay(replay) => replay.run(&files, format),
        Verb::Listing(listing) => listing.run(&files, format),
        Verb::Build(build) => build.run(&files, format),
        Verb::Serve(serve) => serve.run(&files),
    };
    done.unwrap_or_else(|failure| fail(&failure))
}

fn fail(failure: &Failure) -> ExitCode {
    complain(&format!("carepath: {failure}"));
    failure.status()
}

/// Prints a result. A reader that went away (`| head`) is no error.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a message.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure::Usage(error.to_string()))
}

fn state(text: &str) -> Result<StateCode, String> {
    StateCode::parse(text)
        .ok_or_else(|| format!("`{text}` is no U.S. state or territory; write two letters, such as AR"))
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or_else(|| format!("`{text}` is not a day of the calendar; write it like 2026-06-01"))
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| {
        let known: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        format!("`{text}` is not offered; the languages are {}", known.join(" and "))
    })
}

fn by(text: &str) -> Result<By, String> {
    By::parse(text).ok_or_else(|| {
        let known = By::ALL.map(By::id).join(", ");
        format!("`{text}` is nobody who answers here; write one of {known}")
    })
}

/// Today where this machine stands, by its own clock; UTC, since nothing here reads a time zone.
#[allow(clippy::disallowed_methods, reason = "the command line is where a default day comes from")]
fn today() -> Date {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    let epoch = Date::new(1970, 1, 1).map_or(0, Date::day_number);
    Date::from_day_number(epoch + i32::try_from(seconds / 86_400).unwrap_or_default())
}
