//! `carepath sources`: what is stated, by whom, how surely, and which rule uses it.

use super::files::Rules;
use super::screen::screener;
use super::{Failure, Format, json, say};
use carepath::model::shared;
use carepath::program::Program;
use carepath::value::StateCode;
use carepath::vocabulary::{Confidence, SourceDoc, Statement};
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
        let loaded = rules.load()?;
        let (shared, _) = shared(&loaded.sources);
        let ours = |id: &str| shared.statements.iter().position(|statement| statement.id == id);
        let states = self.state.map_or_else(|| loaded.states.clone(), |state| vec![state]);
        // What all states share comes first, and once; of one state that alone which its rules rest on.
        let mut cited: Vec<Vec<String>> = vec![Vec::new(); shared.statements.len()];
        for (statement, span) in shared.cited.iter().filter(|_| self.state.is_none()) {
            let path = &loaded.sources.file(span.file).path;
            cited[*statement].push(format!("{path}:{}", loaded.sources.start(*span).line));
        }
        let mut rested_on = vec![self.state.is_none(); shared.statements.len()];
        let mut of_states: Vec<Listed> = Vec::new();
        for state in states {
            let screener = screener(rules, state)?;
            let program = screener.program();
            for (index, one) in listed(program).into_iter().enumerate() {
                let Some(own) = ours(&one.id) else {
                    of_states.push(one);
                    continue;
                };
                rested_on[own] |= program.nodes.iter().any(|node| node.cites.contains(&index))
                    || one.used_by.iter().any(|at| !at.starts_with("us/"));
                let new: Vec<String> =
                    one.used_by.into_iter().filter(|at| !cited[own].contains(at)).collect();
                cited[own].extend(new);
            }
        }
        let mut statements: Vec<Listed> = Vec::new();
        for ((statement, used_by), _) in
            shared.statements.iter().zip(cited).zip(rested_on).filter(|(_, rested_on)| *rested_on)
        {
            statements.push(shown(statement, &shared.statements, &shared.sources, "us", used_by));
        }
        statements.extend(of_states);
        match format {
            Format::Json => say(&json(&Listing { statements })?),
            _ => statements.iter().for_each(|statement| say(&human(statement))),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn listed(program: &Program) -> Vec<Listed> {
    let used_by = |index: usize| {
        let cited = program.cited.iter().filter(|(cited, _)| *cited == index);
        cited.map(|(_, at)| format!("{}:{}", program.files[at.file as usize], at.line)).collect()
    };
    let all = program.statements.iter().enumerate();
    all.map(|(index, statement)| {
        shown(statement, &program.statements, &program.sources, program.state.code(), used_by(index))
    })
    .collect()
}

fn shown(
    statement: &Statement,
    all: &[Statement],
    sources: &[SourceDoc],
    state: &'static str,
    used_by: Vec<String>,
) -> Listed {
    Listed {
        id: statement.id.clone(),
        state,
        text: statement.text.clone(),
        source: sources[statement.source].id.clone(),
        confidence: match statement.confidence {
            Confidence::Public => "public",
            Confidence::PublicSecondary => "public*",
            Confidence::Seed => "seed",
        },
        conflicts_with: statement.conflicts_with.iter().map(|other| all[*other].id.clone()).collect(),
        used_by,
        not_used_because: (!statement.not_used_because.is_empty())
            .then(|| statement.not_used_because.clone()),
    }
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
        (Some(why), used) if used.is_empty() => lines.push(format!("    not used: {why}")),
        (_, used) => lines.push(format!("    used by {}", used.join(", "))),
    }
    lines.join("\n")
}
