//! `carepath publish`: a state's rules as a bundle, named by its hash and never changed.

use super::check::checked;
use super::files::{Loaded, Rules, leave};
use super::new_state::EXAMPLE;
use super::screen::errors_told;
use super::{Failure, Format, json, say};
use carepath::bundle::{Bundle, write};
use carepath::diagnostic::has_errors;
use carepath::scenarios::run;
use carepath::screen::Screener;
use carepath::value::StateCode;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// So many digits of a hash stand in the name of a file.
pub(super) const DIGITS: usize = 16;

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
        let Release { name, bytes, screener } = release(&loaded, self.state)?;
        let path = leave(&self.out, &name, &bytes)?;
        let (code, rules) = (self.state.code(), screener.rules().to_owned());
        let published =
            Published { state: code, rules, file: path.display().to_string(), bytes: bytes.len() };
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

/// A state's rules, ready to be given to families.
pub(super) struct Release {
    /// The name of the bundle's file.
    pub(super) name: String,
    /// What stands in it.
    pub(super) bytes: Vec<u8>,
    /// The rules, as they were read again from it.
    pub(super) screener: Screener,
}

/// Makes a bundle of a state's rules. Rules with a mistake are refused, and rules whose scenarios do not hold.
pub(super) fn release(loaded: &Loaded, state: StateCode) -> Result<Release, Failure> {
    let code = state.code();
    if !loaded.states.contains(&state) {
        return Err(Failure::Usage(format!("there are no rules of {code} to publish")));
    }
    let (checked, diagnostics) = checked(loaded, state);
    let Some((program, scenarios)) = checked.filter(|_| !has_errors(&diagnostics)) else {
        return Err(errors_told(loaded, &diagnostics, state));
    };
    if program.pathways.iter().any(|pathway| pathway.id == EXAMPLE) {
        return Err(Failure::Example(code.to_owned()));
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
    Ok(Release { name: format!("{}-{digits}.carepath", state.folder()), bytes, screener })
}
