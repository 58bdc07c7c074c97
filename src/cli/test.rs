//! `carepath test`: the scenarios of every state.

use super::files::{Loaded, Rules, scenarios_file, write_scenarios};
use super::{Failure, Format, complain, json, render, say, today};
use carepath::compile::compile;
use carepath::diagnostic::has_errors;
use carepath::icd::{Standing, Table};
use carepath::program::{At, Program};
use carepath::scenarios::{
    Coverage, NotSuggested, Scenario, Suggested, Suggestions, Uncovered, run, scenarios, suggest,
};
use carepath::screen::Screener;
use carepath::source::{SourceFile, Sources};
use carepath::value::{Code, Date, StateCode};
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
    /// One state, by its two letters [default: every state with rules]
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: Option<StateCode>,
    /// Print the scenarios that are missing, with what comes out of them now; a person confirms each
    #[arg(long)]
    suggest: bool,
    /// With --suggest: append them to the states' scenarios.yaml instead
    #[arg(long, requires = "suggest")]
    write: bool,
    /// With --suggest: the day of the scenarios, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day, requires = "suggest")]
    as_of: Option<Date>,
}

#[derive(Serialize, Default)]
struct Summary {
    scenarios: usize,
    failed: usize,
    uncovered: Vec<NotCovered>,
    states: Vec<&'static str>,
    failures: Vec<Failed>,
    suggested: Vec<Missing>,
    /// What no scenario can show.
    not_suggested: Vec<NotShown>,
}

/// A scenario that is missing.
#[derive(Serialize)]
struct Missing {
    state: &'static str,
    name: String,
    scenario: Suggested,
}

/// What no scenario can show.
#[derive(Serialize)]
struct NotShown {
    state: &'static str,
    program: Option<String>,
    /// The line of the rule.
    criterion: Option<String>,
    at: Option<String>,
    what: String,
    why: &'static str,
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
    /// Whether any child on any day would show it.
    can_be: bool,
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
            for state in loaded.states.iter().filter(|state| self.state.is_none_or(|only| only == **state)) {
                let (program, diagnostics) = compile(&loaded.sources, *state);
                let Some(program) = program else {
                    broken = true;
                    print_errors(loaded, &diagnostics);
                    continue;
                };
                let (scenarios, diagnostics) = scenarios(&loaded.sources, &program);
                let unreadable = has_errors(&diagnostics);
                if unreadable {
                    broken = true;
                    print_errors(loaded, &diagnostics);
                }
                let screener = Screener::new(program);
                summary.states.push(state.code());
                if self.coverage {
                    summary.uncovered.extend(not_covered(loaded, state.code(), &screener, &scenarios));
                }
                if self.suggest && !unreadable {
                    let Suggestions { suggested, not_suggested } =
                        suggest(&screener, &scenarios, self.as_of.unwrap_or_else(today), &stands);
                    if self.write && !suggested.is_empty() {
                        append(rules, loaded, screener.program(), &scenarios, &suggested)?;
                    }
                    let shown = |not: NotSuggested| not_shown(loaded, state.code(), screener.program(), not);
                    summary.not_suggested.extend(not_suggested.into_iter().map(shown));
                    summary.suggested.extend(suggested.into_iter().map(|scenario| Missing {
                        state: state.code(),
                        name: scenario.name.clone(),
                        scenario,
                    }));
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
            // What is printed can be appended as it is; what else there is to say stands beside it.
            _ if self.suggest && !self.write => {
                complain(&human(&summary, self.coverage, self.suggest));
                let all: Vec<String> = summary.suggested.iter().map(|one| one.scenario.yaml()).collect();
                if !all.is_empty() {
                    say(all.join("\n").trim_end());
                }
            }
            _ => say(&human(&summary, self.coverage, self.suggest)),
        }
        Ok(if failed > 0 || broken { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Whether ICD-10-CM has a code.
fn stands(code: &Code) -> bool {
    Table::carried().standing(code) == Standing::Stands
}

fn print_errors(loaded: &Loaded, diagnostics: &[carepath::diagnostic::Diagnostic]) {
    for diagnostic in
        diagnostics.iter().filter(|found| found.severity() == carepath::diagnostic::Severity::Error)
    {
        complain(&format!("{}\n", render::human(loaded, diagnostic)));
    }
}

/// Appends scenarios to a state's file, if what then stands there can be read.
fn append(
    rules: &Rules,
    loaded: &Loaded,
    program: &Program,
    there: &[Scenario],
    suggested: &[Suggested],
) -> Result<(), Failure> {
    let name = format!("{}/scenarios.yaml", program.state.folder());
    let path = scenarios_file(rules, loaded, &name)?;
    let old = loaded.sources.at(&name).map(|(_, file)| file.text.as_str()).unwrap_or_default();
    let mut text = old.to_owned();
    for scenario in suggested {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&scenario.yaml());
    }
    let others = loaded.sources.iter().filter(|(_, file)| file.path != name).map(|(_, file)| file.clone());
    let files = others.chain([SourceFile { path: name.clone(), text: text.clone() }]).collect();
    let (found, diagnostics) = scenarios(&Sources::new(files), program);
    if has_errors(&diagnostics) || found.len() != there.len() + suggested.len() {
        let path = path.display();
        let why = "nothing can be appended to it as it is; print the scenarios without `--write` instead";
        return Err(Failure::Unwritable { path: path.to_string(), why: why.into() });
    }
    write_scenarios(&path, old, &text)
}

fn not_shown(
    loaded: &Loaded,
    state: &'static str,
    program: &Program,
    not_suggested: NotSuggested,
) -> NotShown {
    let NotSuggested { pathway, at, what, why } = not_suggested;
    let place = at.map(|at| place(loaded, program, at));
    let (criterion, at) = place.unzip();
    NotShown {
        state,
        program: pathway.map(|pathway| program.pathways[pathway].id.clone()),
        criterion,
        at,
        what,
        why: why.as_str(),
    }
}

/// The line of a rule, without the blanks that put it in its column, and where it stands.
fn place(loaded: &Loaded, program: &Program, at: At) -> (String, String) {
    let path = &program.files[at.file as usize];
    let text = loaded.sources.at(path).map(|(_, file)| file.text.as_str()).unwrap_or_default();
    let line = text.lines().nth(at.line as usize - 1).unwrap_or_default();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (line, format!("{}:{}", render::shown_path(loaded, path), at.line))
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
    scenarios.iter().for_each(|scenario| coverage.add(screener, &scenario.answers, scenario.as_of));
    let told = |Uncovered { pathway, at, never, can_be }: Uncovered| {
        let (criterion, at) = place(loaded, program, at);
        let program = program.pathways[pathway].id.clone();
        NotCovered { state, program, criterion, at, never: never.as_str(), can_be }
    };
    coverage.uncovered(screener).into_iter().map(told).collect()
}

fn human(summary: &Summary, coverage: bool, suggest: bool) -> String {
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
        let never = match (uncovered.never, uncovered.can_be) {
            ("met", true) => "never seen met",
            ("met", false) => "can never be met",
            ("not_met", true) => "never seen not met",
            ("not_met", false) => "is always met",
            ("either", true) => "never seen to decide",
            ("either", false) => "can never decide",
            (_, true) => "never seen leaving its program in review",
            (_, false) => "can never leave its program in review",
        };
        lines.push(format!("{}: {never}: {} ({})", uncovered.program, uncovered.criterion, uncovered.at));
    }
    if coverage {
        let (can_be, can_never) = summary.uncovered.iter().partition::<Vec<_>, _>(|one| one.can_be);
        lines.push(match (can_be.len(), can_never.len()) {
            (0, 0) => "Every criterion is seen to decide both ways.".to_owned(),
            (0, _) => "Every criterion that can is seen to decide both ways.".to_owned(),
            (1, _) => "1 criterion is not seen to decide both ways.".to_owned(),
            (more, _) => format!("{more} criteria are not seen to decide both ways."),
        });
    }
    for not in &summary.not_suggested {
        let program = not.program.as_ref().map(|program| format!("{program}: ")).unwrap_or_default();
        let at = match (&not.criterion, &not.at) {
            (Some(criterion), Some(at)) => format!(": {criterion} ({at})"),
            _ => String::new(),
        };
        lines.push(format!("{program}not suggested, {}: {}{at}", not.why, not.what));
    }
    if suggest {
        lines.push(match summary.suggested.len() {
            0 => "No scenario is missing.".to_owned(),
            1 => "1 scenario is suggested.".to_owned(),
            more => format!("{more} scenarios are suggested."),
        });
    }
    let held = summary.scenarios - summary.failed;
    lines.push(match summary.states.is_empty() {
        true => "no scenario was run".to_owned(),
        false => format!("{}: {held} scenarios passed, {} failed", summary.states.join(", "), summary.failed),
    });
    lines.join("\n")
}

fn quoted(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
