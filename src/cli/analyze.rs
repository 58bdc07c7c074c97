//! `carepath analyze`: whom the rules leave out, whom they coordinate twice, what in them changes nothing, and whether what
//! is declared of all children is so.

use super::files::{Loaded, Rules};
use super::screen::errors_told;
use super::{Failure, Format, day, json, say, today};
use super::{population, render};
use carepath::analysis::{self, Finding, Findings, Kind, Share, Told, analyze, tell};
use carepath::child::{Child, Raw};
use carepath::compile::compile_declared;
use carepath::value::{Date, StateCode};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Look at rules as a whole.
#[derive(Args)]
pub(super) struct Analyze {
    /// One state, by its two letters [default: every state with rules]
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: Option<StateCode>,
    /// Children to count findings in: one JSON object of answers a line
    #[arg(long, value_name = "FILE")]
    population: Option<PathBuf>,
    /// The day from which on the rules are looked at [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Also show what its author declares to be intended
    #[arg(long)]
    intended: bool,
    /// Exit with 1 if anything is found that is not declared to be intended
    #[arg(long)]
    exit_code: bool,
}

impl Analyze {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let loaded = rules.load()?;
        let states = match self.state {
            Some(state) => vec![state],
            None => loaded.states.clone(),
        };
        population::of_one_state(self.population.as_deref(), &states)?;
        let as_of = self.as_of.unwrap_or_else(today);
        let mut told: Vec<Told> = Vec::new();
        let mut placed: Vec<render::Finding> = Vec::new();
        for state in &states {
            let (compiled, diagnostics) = compile_declared(&loaded.sources, *state);
            let Some((program, declaring)) = compiled else {
                return Err(errors_told(&loaded, &diagnostics, *state));
            };
            let children = match &self.population {
                Some(path) => population::children(&program, path, as_of)?,
                None => Vec::new(),
            };
            let rules = analysis::Rules::new(program, declaring);
            let children: Vec<Child> = children.into_iter().map(|(_, child)| child).collect();
            let found = analyze(&rules, as_of, &children)
                .map_err(|_| Failure::TooTangled { state: state.code().to_owned(), what: "analyzed" })?;
            for finding in found {
                if finding.declared.is_some() && !self.intended && format == Format::Human {
                    continue;
                }
                placed.extend(as_diagnostic(&loaded, &rules, &finding));
                told.push(tell(&rules, finding, |path| render::shown_path(&loaded, path)));
            }
        }
        let open = told.iter().filter(|one| one.declared.is_none()).count();
        let refuted = told.iter().any(|one| one.kind == Kind::Refuted);
        match format {
            Format::Json => say(&json(&Findings { findings: told })?),
            Format::Sarif => say(&json(&render::sarif(&placed, &sarif_rules()))?),
            _ => {
                told.iter().for_each(|one| say(&human(one, as_of)));
                let states: Vec<&str> = states.iter().map(|state| state.code()).collect();
                say(&summary(&states, open));
            }
        }
        Ok(if refuted || self.exit_code && open > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

fn summary(states: &[&str], open: usize) -> String {
    let states = if states.is_empty() { "no state".to_owned() } else { states.join(", ") };
    match open {
        0 => format!("{states}: nothing found that is not declared to be intended"),
        1 => format!("{states}: 1 finding"),
        many => format!("{states}: {many} findings"),
    }
}

fn human(told: &Told, as_of: Date) -> String {
    let heading = told.kind.as_str().replace('_', " ");
    let later =
        if told.as_of == as_of.to_string() { String::new() } else { format!(", from {} on", told.as_of) };
    let mut lines = vec![format!("{} {heading}{later}: {}", told.state, told.text)];
    let answers = |child: &Raw| serde_json::to_string(child).unwrap_or_default();
    lines.extend(told.child.as_ref().map(|child| format!("    for example {}", answers(child))));
    lines.extend(told.after.as_ref().map(|child| format!("    and then    {}", answers(child))));
    if let Some(Share { children, perhaps, of }) = told.share {
        let perhaps = if perhaps > 0 { format!(", {perhaps} more perhaps") } else { String::new() };
        lines.push(format!("    {children} of {of} children{perhaps}"));
    }
    lines.extend(told.at.as_ref().map(|at| format!("    at {at}")));
    lines.push(match &told.declared {
        Some(why) => format!("    intended: {why}"),
        None => format!("    {}", told.kind.help()),
    });
    lines.join("\n") + "\n"
}

/// The kinds of findings in SARIF.
fn sarif_rules() -> Vec<serde_json::Value> {
    let rule = |kind: &Kind| {
        let help = format!("{} What to do: {}.", kind.about(), kind.help());
        render::sarif_rule(&code(*kind), kind.about(), &help, &help, severity(*kind))
    };
    Kind::ALL.iter().map(rule).collect()
}

fn code(kind: Kind) -> String {
    kind.as_str().replace('_', "-")
}

fn severity(kind: Kind) -> &'static str {
    if kind == Kind::Refuted { "error" } else { "warning" }
}

/// A finding at its line, for code-scanning services; one without a line has none.
fn as_diagnostic(loaded: &Loaded, rules: &analysis::Rules, finding: &Finding) -> Option<render::Finding> {
    let at = finding.at.filter(|_| finding.declared.is_none())?;
    let path = &rules.program.files[at.file as usize];
    let text = loaded.sources.at(path).map_or("", |(_, file)| &file.text);
    let line = text.lines().nth(at.line as usize - 1).unwrap_or_default();
    let indent = line.chars().take_while(|c| c.is_whitespace()).count() as u32;
    Some(render::Finding {
        code: code(finding.kind),
        severity: severity(finding.kind),
        file: render::shown_path(loaded, path),
        line: at.line,
        column: indent + 1,
        end_column: line.chars().count() as u32 + 1,
        message: finding.text.clone(),
        help: Some(finding.kind.help().to_owned()),
    })
}
