//! `carepath publish`: a state's rules as a bundle, named by its hash and never changed.

use super::files::{Rules, leave};
use super::screen::errors_told;
use super::{Failure, Format, json, say};
use carepath::bundle::{Bundle, write};
use carepath::compile::compile;
use carepath::diagnostic::has_errors;
use carepath::scenarios::{run, scenarios};
use carepath::screen::Screener;
use carepath::value::StateCode;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// So many digits of the hash stand in the name of a bundle's file.
const DIGITS: usize = 16;

/// Make a bundle of a state's rules.
#[derive(Args)]
pub(super) struct Publish {
    /// The state, by its two letters
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: StateCode,
    /// The folder in which to leave it
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Serialize)]
struct Published {
    state: &'static str,
    rules: String,
    file: String,
    bytes: usize,
}

impl Publish {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let loaded = rules.load()?;
        let code = self.state.code();
        if !loaded.states.contains(&self.state) {
            return Err(Failure::Usage(format!("there are no rules of {code} to publish")));
        }
        let (program, diagnostics) = compile(&loaded.sources, self.state);
        let program = program.ok_or_else(|| errors_told(&loaded, &diagnostics, self.state))?;
        let (scenarios, diagnostics) = scenarios(&loaded.sources, &program);
        if has_errors(&diagnostics) {
            return Err(errors_told(&loaded, &diagnostics, self.state));
        }
        // What is tried is what is published: the rules as they are read again.
        let bytes = write(&program);
        let bundle = Bundle::read(&bytes)
            .map_err(|why| Failure::Usage(format!("the rules of {code} cannot be published: {why}")))?;
        let hash = bundle.hash.clone();
        let screener = Screener::of(bundle);
        let failed = scenarios.iter().filter(|scenario| !run(&screener, scenario).is_empty()).count();
        if failed > 0 {
            return Err(Failure::Failing { state: code.to_owned(), failed });
        }
        let digits: String = hash.trim_start_matches("sha256:").chars().take(DIGITS).collect();
        let name = format!("{}-{digits}.carepath", self.state.folder());
        let path = leave(&self.out, &name, &bytes)?;
        let published =
            Published { state: code, rules: hash, file: path.display().to_string(), bytes: bytes.len() };
        match format {
            Format::Json => say(&json(&published)?),
            _ => say(&format!(
                "The rules of {code} are in {}, {} bytes.\nThey are {}.",
                published.file, published.bytes, published.rules
            )),
        }
        Ok(ExitCode::SUCCESS)
    }
}
