//! `carepath test`: the scenarios of every state.

use super::files::{Loaded, Rules};
use super::{Failure, Format, complain, json, render, say};
use carepath::compile::compile;
use carepath::diagnostic::has_errors;
use carepath::scenarios::{run, scenarios};
use carepath::screen::Screener;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Run scenarios.
#[derive(Args)]
pub(super) struct Test {
    /// Rules folders or states' folders [default: all the rules]
    path: Vec<PathBuf>,
}

#[derive(Serialize, Default)]
struct Summary {
    scenarios: usize,
    failed: usize,
    uncovered: Vec<()>,
    states: Vec<&'static str>,
    failures: Vec<Failed>,
}

#[derive(Serialize)]
struct Failed {
    state: &'static str,
    name: String,
    at: String,
    what: String,
    expected: String,
    found: String,
}

impl Test {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let all: Vec<Loaded> = if self.path.is_empty() {
            vec![rules.load()?]
        } else {
            self.path.iter().map(|path| rules.load_path(path)).collect::<Result<_, _>>()?
        };
        let mut summary = Summary::default();
        let mut broken = false;
        for loaded in &all {
            for state in &loaded.states {
                let (program, diagnostics) = compile(&loaded.sources, *state);
                let Some(program) = program else {
                    broken = true;
                    print_errors(loaded, &diagnostics);
                    continue;
                };
                let (scenarios, diagnostics) = scenarios(&loaded.sources, &program);
                if has_errors(&diagnostics) {
                    broken = true;
                    print_errors(loaded, &diagnostics);
                }
                let screener = Screener::new(program);
                summary.states.push(state.code());
                for scenario in &scenarios {
                    let differences = run(&screener, scenario);
                    summary.scenarios += 1;
                    summary.failed += usize::from(!differences.is_empty());
                    let line = loaded.sources.start(scenario.span).line;
                    let path = &loaded.sources.file(scenario.span.file).path;
                    let at = format!("{}:{line}", render::shown_path(loaded, path));
                    summary.failures.extend(differences.into_iter().map(|difference| Failed {
                        state: state.code(),
                        name: scenario.name.clone(),
                        at: at.clone(),
                        what: difference.what,
                        expected: difference.expected,
                        found: difference.found,
                    }));
                }
            }
        }
        let failed = summary.failed;
        match format {
            Format::Json => say(&json(&summary)?),
            _ => say(&human(&summary)),
        }
        Ok(if failed > 0 || broken { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

fn print_errors(loaded: &Loaded, diagnostics: &[carepath::diagnostic::Diagnostic]) {
    for diagnostic in
        diagnostics.iter().filter(|found| found.severity() == carepath::diagnostic::Severity::Error)
    {
        complain(&format!("{}\n", render::human(loaded, diagnostic)));
    }
}

fn human(summary: &Summary) -> String {
    let mut lines = Vec::new();
    let mut last = "";
    for failed in &summary.failures {
        if last != failed.name {
            lines.push(format!("{}: {} ({})", failed.state, failed.name, failed.at));
            last = &failed.name;
        }
        lines.push(format!(
            "    {}: expected {}, found {}",
            failed.what,
            quoted(&failed.expected),
            quoted(&failed.found)
        ));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let held = summary.scenarios - summary.failed;
    lines.push(format!("{}: {held} scenarios passed, {} failed", summary.states.join(", "), summary.failed));
    lines.join("\n")
}

fn quoted(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
