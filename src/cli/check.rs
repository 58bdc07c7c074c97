//! `carepath check`: every mistake in the rule files.

use super::files::{Loaded, Rules};
use super::render::{self, Finding, Findings, Size};
use super::{Failure, Format, complain, explain, json, say};
use carepath::child::Raw;
use carepath::compile::{Compiled, compile, compile_whole, decided_apart, uncited};
use carepath::diagnostic::{Code, Diagnostic, Severity};
use carepath::diagram::Periods;
use carepath::icd;
use carepath::model::{entries, shared};
use carepath::program::Program;
use carepath::reading::{hard_to_read, parents_only, three_wordings};
use carepath::scenarios::{Scenario, scenarios};
use carepath::source::Span;
use carepath::value::StateCode;
use carepath::vocabulary::Pathway;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check rule files.
#[derive(Args)]
pub(super) struct Check {
    /// Rules folders, states' folders or single files [default: all the rules]
    path: Vec<PathBuf>,
    /// Also print how large the decision diagrams of each state are
    #[arg(long)]
    sizes: bool,
    /// Tell what a kind of mistake means and how it is mended; without CODE, list them all
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = explain::ALL)]
    explain: Option<String>,
}

impl Check {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        if let Some(code) = &self.explain {
            return explain::run(code, format);
        }
        let all: Vec<Loaded> = if self.path.is_empty() {
            vec![rules.load()?]
        } else {
            self.path.iter().map(|path| rules.load_path(path)).collect::<Result<_, _>>()?
        };
        let mut findings: Vec<Finding> = Vec::new();
        let mut printed: Vec<String> = Vec::new();
        for loaded in &all {
            for path in &loaded.not_text {
                findings.push(render::not_text(loaded, path));
                printed.push(render::not_text_human(&render::shown_path(loaded, path)));
            }
            for diagnostic in diagnostics(loaded) {
                findings.push(render::finding(loaded, &diagnostic));
                printed.push(render::human(loaded, &diagnostic));
            }
        }
        let sizes = self.sizes.then(|| all.iter().flat_map(sizes).collect::<Vec<Size>>());
        let errors = findings.iter().filter(|finding| finding.severity == "error").count();
        match format {
            Format::Json => say(&json(&Findings { findings, sizes })?),
            Format::Sarif => say(&json(&render::sarif(&findings, &render::mistakes()))?),
            _ => {
                for text in printed {
                    complain(&format!("{text}\n"));
                }
                if let Some(first) = findings.first() {
                    complain(&format!("`carepath check --explain {}` tells more", first.code));
                }
                let states: Vec<&str> =
                    all.iter().flat_map(|loaded| &loaded.states).map(|state| state.code()).collect();
                let warnings = findings.len() - errors;
                say(&summary(&states, errors, warnings));
                sizes.iter().flatten().for_each(|size| say(&size.line()));
            }
        }
        Ok(if errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

fn summary(states: &[&str], errors: usize, warnings: usize) -> String {
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let states = if states.is_empty() { "no state".to_owned() } else { states.join(", ") };
    match (errors, warnings) {
        (0, 0) => format!("{states}: no mistakes found"),
        _ => format!("{states}: {}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// How large the diagrams of each state are; nothing of a state that has mistakes.
fn sizes(loaded: &Loaded) -> Vec<Size> {
    let size = |state: &StateCode| {
        let program = compile(&loaded.sources, *state).0?;
        // The largest they ever are.
        let periods = Periods::of(&program);
        let on = |day| periods.on(&program, day).ok().map(|diagrams| diagrams.sizes(&program));
        let sizes = periods.days_of_diagrams().into_iter().filter_map(on).max_by_key(|sizes| sizes.nodes)?;
        let of = |(pathway, nodes): (&Pathway<_>, usize)| (pathway.id.clone(), nodes);
        Some(Size {
            state: state.code().to_owned(),
            variables: sizes.variables,
            nodes: sizes.nodes,
            programs: program.pathways.iter().zip(sizes.programs).map(of).collect(),
        })
    };
    loaded.states.iter().filter_map(size).collect()
}

impl Size {
    fn line(&self) -> String {
        let programs: Vec<String> = self.programs.iter().map(|(id, nodes)| format!("{id} {nodes}")).collect();
        format!(
            "{}: {} nodes over {} variables; alone: {}",
            self.state,
            self.nodes,
            self.variables,
            programs.join(", ")
        )
    }
}

/// A state's rules and scenarios with every mistake in them, each code of its lists and scenarios looked up; the rules are
/// there if they can be compiled.
pub(super) fn checked(
    loaded: &Loaded,
    state: StateCode,
) -> (Option<(Program, Vec<Scenario>)>, Vec<Diagnostic>) {
    let Compiled { program, mut codes, mut diagnostics } = compile_whole(&loaded.sources, state);
    let checked = program.map(|(program, _)| {
        diagnostics.extend(uncited(&program));
        diagnostics.extend(three_wordings(&loaded.sources, &program));
        let (scenarios, found) = scenarios(&loaded.sources, &program);
        diagnostics.extend(found);
        codes.extend(scenarios.iter().flat_map(|scenario| scenario.codes.iter().cloned()));
        (program, scenarios)
    });
    diagnostics.extend(codes.iter().filter_map(icd::mistake));
    (checked, diagnostics)
}

/// Every diagnostic of the states that were asked for, each once: the shared files belong to all of them.
fn diagnostics(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for state in &loaded.states {
        let (checked, diagnostics) = checked(loaded, *state);
        found.extend(diagnostics);
        if let Some((program, _)) = checked {
            found.extend(decided_apart(&loaded.sources, &program));
            found.extend(hard_to_read(&loaded.sources, &program));
            found.extend(parents_only(&loaded.sources, &program));
        }
    }
    if loaded.sources.iter().any(|(_, file)| file.path.starts_with("us/")) {
        let (shared, diagnostics) = shared(&loaded.sources);
        found.extend(diagnostics);
        found.extend(shared.codes.iter().filter_map(icd::mistake));
    }
    for folder in &loaded.strange {
        if let Some((id, _)) =
            loaded.sources.iter().find(|(_, file)| file.path.starts_with(&format!("{folder}/")))
        {
            let message =
                format!("the folder `{folder}` is no state's: a state's folder is its code in small letters");
            let help =
                "name the folder by the state's two letters, such as `ok`, or take it out of the rules";
            found.push(Diagnostic::new(Code::UnexpectedFile, Span::new(id, 0, 0), message).help(help));
        }
    }
    if loaded.states.is_empty() {
        found.extend(without_state(loaded));
    }
    if let Some((only, _)) = &loaded.only {
        found.retain(|diagnostic| loaded.sources.file(diagnostic.span.file).path == *only);
    }
    found.sort_by(|a, b| {
        a.span.cmp(&b.span).then(b.severity().cmp(&a.severity()).reverse()).then(a.code.cmp(&b.code))
    });
    found.dedup();
    found
}

/// What can be said of a file that names no state.
fn without_state(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some((only, _)) = &loaded.only else { return found };
    if let Some((id, file)) = loaded.sources.at(only) {
        if only.ends_with(".yaml") {
            entries::<Raw>(id, file, &mut found);
            return found;
        }
        found.extend(carepath::syntax::parse(id, &file.text).1);
        if found.iter().all(|diagnostic| diagnostic.severity() != Severity::Error) {
            let message = "no line says which state these rules are for";
            found.push(
                Diagnostic::new(Code::Missing, Span::new(id, 0, 1), message)
                    .help("begin with the state's two letters and its name: `state AR \"Arkansas\"`"),
            );
        }
    }
    found
}
