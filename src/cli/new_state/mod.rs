//! `carepath new-state`: a state's folder that already checks, tests and serves, to begin with.

use super::files::{Rules, leave_state};
use super::{Failure, Format, json, say};
use carepath::value::StateCode;
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;

/// The program that the template has. Rules that still have it are not given to families.
pub(super) const EXAMPLE: &str = "example_program";

const TEMPLATE: [(&str, &str); 6] = [
    ("{xx}.care", include_str!("template/state.care")),
    ("facts.yaml", include_str!("template/facts.yaml")),
    ("sources.yaml", include_str!("template/sources.yaml")),
    ("statements.yaml", include_str!("template/statements.yaml")),
    ("es.yaml", include_str!("template/es.yaml")),
    ("scenarios.yaml", include_str!("template/scenarios.yaml")),
];

/// Write a state's folder to begin with.
#[derive(Args)]
pub(super) struct NewState {
    /// The state, by its two letters
    #[arg(value_name = "OH", value_parser = super::state)]
    state: StateCode,
}

#[derive(Serialize)]
struct Written {
    state: &'static str,
    folder: String,
    files: Vec<String>,
}

impl NewState {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let (code, name) = (self.state.code(), self.state.name());
        let filled = |text: &str| {
            let text = text.replace("{xx}", &self.state.folder()).replace("{XX}", code);
            text.replace("{State}", &name.en).replace("{Estado}", &name.es)
        };
        let files: Vec<(String, String)> =
            TEMPLATE.iter().map(|(name, text)| (filled(name), filled(text))).collect();
        let (folder, shared) = leave_state(rules, self.state, &files)?;
        let folder = folder.display().to_string();
        match format {
            Format::Json => {
                let files = files.into_iter().map(|(name, _)| name).collect();
                say(&json(&Written { state: code, folder, files })?);
            }
            _ => {
                if let Some(shared) = shared {
                    say(&format!("{} holds what all states share.", shared.display()));
                }
                say(&steps(code, &name.en, &folder, rules));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn steps(code: &str, name: &str, folder: &str, rules: &Rules) -> String {
    let lower = code.to_lowercase();
    let rules = match &rules.folder {
        Some(folder) => format!(" --rules {}", folder.display()),
        None => String::new(),
    };
    format!(
        "{folder} holds an example for {name}. It checks, its scenarios pass, and it is served:\n\n  \
         carepath check {folder}\n  \
         carepath test {folder}\n  \
         carepath serve{rules}          then open the address and choose {name}\n\n\
         Go on like this:\n  \
         1. sources.yaml: where your state's criteria are written.\n  \
         2. statements.yaml: what each source says, one sentence each, with how sure that is.\n  \
         3. {lower}.care: your programs, criterion by criterion; each cites a statement. What a source does not say is\n     \
         `not stated`.\n  \
         4. es.yaml: the Spanish of each text. `carepath check` names what is missing.\n  \
         5. scenarios.yaml: children whose way you know. `carepath test{rules} --suggest --state {code}` writes what is missing.\n  \
         6. `carepath analyze{rules} --state {code}` tells whom no program leads.\n\n\
         As long as `{EXAMPLE}` is there, these rules are not published."
    )
}
