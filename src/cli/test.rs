//! `carepath test`: the scenarios of every state.

use super::files::{Loaded, Rules};
use super::{Failure, Format, complain, json, render, say};
use carepath::compile::compile;
use carepath::diagnostic::has_errors;
use carepath::scenarios::{Coverage, Scenario, Uncovered, run, scenarios};
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
    /// Also name the criteria that no scenario has seen decide both ways
    #[arg(long)]
    coverage: bool,
}

#[derive(Serialize, Default)]
struct Summary {
    scenarios: usize,
    failed: usize,
    uncovered: Vec<NotCovered>,
    states: Vec<&'static str>,
    failures: Vec<Failed>,
}

#[derive(Serialize)]
struct NotCovered {
    state: &'static str,
    program: String,
    /// The line of the rule.
    criterion: String,
    at: String,
    /// How it was never seen: `met`, `not_met`, `either` or `review`.
    never: &'static str,
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
                if self.coverage {
                    summary.uncovered.extend(not_covered(loaded, state.code(), &screener, &scenarios));
                }
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
            _ => say(&human(&summary, self.coverage)),
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

/// The criteria that no scenario has seen decide both ways.
fn not_covered(
    loaded: &Loaded,
    state: &'static str,
    screener: &Screener,
    scenarios: &[Scenario],
) -> Vec<NotCovered> {
    let program = screener.program();
    let mut coverage = Coverage::new(program);
    scenarios.iter().for_each(|scenario| coverage.add(screener, scenario));
    let told = |Uncovered { pathway, at, never }: Uncovered| {
        let path = &program.files[at.file as usize];
        let text = loaded.sources.at(path).map(|(_, file)| file.text.as_str()).unwrap_or_default();
        let line = text.lines().nth(at.line as usize - 1).unwrap_or_default();
        NotCovered {
            state,
            program: program.pathways[pathway].id.clone(),
            // Without the blanks that put it in its column.
            criterion: line.split_whitespace().collect::<Vec<_>>().join(" "),
            at: format!("{}:{}", render::shown_path(loaded, path), at.line),
            never: never.as_str(),
        }
    };
    coverage.uncovered(program).into_iter().map(told).collect()
}

fn human(summary: &Summary, coverage: bool) -> String {
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
    for uncovered in &summary.uncovered {
        let never = match uncovered.never {
            "met" => "never seen met",
            "not_met" => "never seen not met",
            "either" => "never seen to decide",
            _ => "never seen leaving its program in review",
        };
        lines.push(format!("{}: {never}: {} ({})", uncovered.program, uncovered.criterion, uncovered.at));
    }
    if coverage {
        lines.push(match summary.uncovered.len() {
            0 => "Every criterion is seen to decide both ways.".to_owned(),
            1 => "1 criterion is not seen to decide both ways.".to_owned(),
            more => format!("{more} criteria are not seen to decide both ways."),
        });
    }
    let held = summary.scenarios - summary.failed;
    lines.push(format!("{}: {held} scenarios passed, {} failed", summary.states.join(", "), summary.failed));
    lines.join("\n")
}

fn quoted(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
