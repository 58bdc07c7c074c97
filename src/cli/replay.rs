//! `carepath replay`: a past result, from the bundle that gave it.

use super::files::{Rules, read_bundle};
use super::screen::{Reader, answers, print};
use super::{Failure, Format};
use carepath::screen::Screener;
use carepath::value::Date;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reproduce a past result.
#[derive(Args)]
pub(super) struct Replay {
    /// The bundle whose rules gave it
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// The answers, in YAML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// The day for which it was decided
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Date,
    #[command(flatten)]
    reader: Reader,
}

impl Replay {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        if rules.folder.is_some() {
            let message = "a bundle has its own rules: leave `--rules` out";
            return Err(Failure::Usage(message.into()));
        }
        let screener = Screener::of(read_bundle(&self.bundle)?);
        let answers = answers(&self.answers)?;
        print(&screener, &answers, self.as_of, self.reader, format)
    }
}
