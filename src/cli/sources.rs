//! `carepath sources`: what is stated, by whom, how surely, and which rule uses it.

use super::files::Rules;
use super::screen::screener;
use super::{Failure, Format, json, say};
use carepath::program::Program;
use carepath::value::StateCode;
use carepath::vocabulary::Confidence;
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;

/// List what the sources say.
#[derive(Args)]
pub(super) struct ListSources {
    /// One state, by its two letters [default: every state with rules]
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: Option<StateCode>,
}

#[derive(Serialize)]
struct Listing {
    statements: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    state: &'static str,
    text: String,
    source: String,
    confidence: &'static str,
    conflicts_with: Vec<String>,
    used_by: Vec<String>,
    not_used_because: Option<String>,
}

impl ListSources {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let states = match self.state {
            Some(state) => vec![state],
            None => rules.load()?.states,
        };
        let mut statements = Vec::new();
        for state in states {
            statements.extend(listed(screener(rules, state)?.program()));
        }
        match format {
            Format::Json => say(&json(&Listing { statements })?),
            _ => statements.iter().for_each(|statement| say(&human(statement))),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn listed(program: &Program) -> Vec<Listed> {
    program
        .statements
        .iter()
        .enumerate()
        .map(|(index, statement)| Listed {
            id: statement.id.clone(),
            state: program.state.code(),
            text: statement.text.clone(),
            source: program.sources[statement.source].id.clone(),
            confidence: match statement.confidence {
                Confidence::Public => "public",
                Confidence::PublicSecondary => "public*",
                Confidence::Seed => "seed",
            },
            conflicts_with: statement
                .conflicts_with
                .iter()
                .map(|other| program.statements[*other].id.clone())
                .collect(),
            used_by: program
                .cited
                .iter()
                .filter(|(cited, _)| *cited == index)
                .map(|(_, at)| format!("{}:{}", program.files[at.file as usize], at.line))
                .collect(),
            not_used_because: (!statement.not_used_because.is_empty())
                .then(|| statement.not_used_because.clone()),
        })
        .collect()
}

fn human(statement: &Listed) -> String {
    let mut lines = vec![
        format!("{} {} ({}, {})", statement.state, statement.id, statement.source, statement.confidence),
        format!("    {}", statement.text),
    ];
    if !statement.conflicts_with.is_empty() {
        lines.push(format!("    differs from {}", statement.conflicts_with.join(", ")));
    }
    match (&statement.not_used_because, &statement.used_by) {
        (Some(why), _) => lines.push(format!("    not used: {why}")),
        (None, used) => lines.push(format!("    used by {}", used.join(", "))),
    }
    lines.join("\n")
}
