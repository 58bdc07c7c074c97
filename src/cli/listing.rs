//! `carepath listing`: what a bundle, or a state's rules, became: all that can change a result, one thing a line.

use super::files::{Rules, read_bundle};
use super::screen::screener;
use super::{Failure, Format, json, say};
use carepath::program::listing;
use carepath::screen::Screener;
use carepath::value::StateCode;
use clap::Args;
use serde_json::json as object;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print compiled rules.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Listing {
    /// A bundle
    #[arg(value_name = "BUNDLE")]
    bundle: Option<PathBuf>,
    /// The state in the rules folder, by its two letters
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: Option<StateCode>,
}

impl Listing {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let screener = match (self.bundle, self.state) {
            (Some(bundle), _) => Screener::of(read_bundle(&bundle)?),
            (None, Some(state)) => screener(rules, state)?,
            (None, None) => return Err(Failure::Usage("name a bundle, or a state by `--state`".into())),
        };
        let text = listing(screener.program());
        match format {
            Format::Json => say(&json(&object!({ "rules": screener.rules(), "listing": text }))?),
            _ => say(&format!("{}\n{}", screener.rules(), text.trim_end())),
        }
        Ok(ExitCode::SUCCESS)
    }
}
