//! `carepath diff`: what a new version of the rules changes, and for whom.

use super::files::{Loaded, read_answers, version};
use super::screen::{errors_told, raw};
use super::{Failure, Format, complain, day, json, picture, say, today};
use carepath::child::{Answers, read};
use carepath::compare::{Change, Difference, Outcome, Reworded, compare, questions};
use carepath::compile::compile;
use carepath::program::Program;
use carepath::value::{Date, StateCode};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compare two versions of rules.
#[derive(Args)]
pub(super) struct Diff {
    /// The old version: a rules folder, or a git revision such as `main` or `HEAD~1:rules`
    old: String,
    /// The new version: a rules folder, or a git revision
    #[arg(default_value = "rules")]
    new: String,
    /// One state, by its two letters [default: every state with rules in either version]
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: Option<StateCode>,
    /// Children to count: one JSON object of answers a line
    #[arg(long, value_name = "FILE")]
    population: Option<PathBuf>,
    /// The day from which on the rules are compared [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Exit with 1 if anything changes for anybody
    #[arg(long)]
    exit_code: bool,
}

/// The difference of one state.
pub(super) struct OfState {
    pub(super) state: StateCode,
    pub(super) old: Program,
    pub(super) new: Program,
    pub(super) difference: Difference,
}

#[derive(Serialize)]
struct Told {
    equivalent: bool,
    as_of: String,
    changes: Vec<ToldChange>,
    reworded: Vec<ToldWords>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<Population>,
}

#[derive(Serialize)]
struct Population {
    children: usize,
    changed: usize,
}

#[derive(Serialize)]
struct ToldChange {
    state: &'static str,
    from: Option<String>,
    before: Outcome,
    after: Outcome,
    text: String,
    child: Option<carepath::child::Raw>,
    share: Option<usize>,
}

#[derive(Serialize)]
struct ToldWords {
    state: &'static str,
    #[serde(flatten)]
    words: Reworded,
}

impl Diff {
    pub(super) fn run(self, format: Format) -> Result<ExitCode, Failure> {
        let (old, new) = (version(&self.old)?, version(&self.new)?);
        let mut states: Vec<StateCode> = match self.state {
            Some(state) => vec![state],
            None => old.states.iter().chain(&new.states).copied().collect(),
        };
        states.sort_by_key(|state| state.code());
        states.dedup();
        if self.population.is_some() && states.len() != 1 {
            let message = "children are counted in one state: name it with `--state`";
            return Err(Failure::Usage(message.to_owned()));
        }
        let as_of = self.as_of.unwrap_or_else(today);
        let mut all = Vec::new();
        for state in states {
            let (old, new) = (program(&old, state)?, program(&new, state)?);
            let children = match &self.population {
                Some(path) => population(&questions(&old, &new), path, as_of)?,
                None => Vec::new(),
            };
            let difference = compare(&old, &new, as_of, &children)
                .map_err(|error| Failure::Usage(format!("{}: {error}", state.code())))?;
            all.push(OfState { state, old, new, difference });
        }
        let equivalent = all.iter().all(|one| one.difference.changes.is_empty());
        match format {
            Format::Json => say(&json(&told(&all, equivalent, as_of, self.population.is_some()))?),
            Format::Markdown => say(&markdown(&all, [&self.old, &self.new], as_of)),
            Format::Html => say(&picture::page(&all, [&self.old, &self.new], as_of)),
            _ => say(&human(&all, as_of)),
        }
        Ok(if self.exit_code && !equivalent { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

fn program(loaded: &Loaded, state: StateCode) -> Result<Program, Failure> {
    let (program, diagnostics) = compile(&loaded.sources, state);
    program.ok_or_else(|| errors_told(loaded, &diagnostics, state))
}

fn told(all: &[OfState], equivalent: bool, as_of: Date, counted: bool) -> Told {
    let changes = all.iter().flat_map(|one| {
        one.difference.changes.iter().map(|change| ToldChange {
            state: one.state.code(),
            from: change.from.map(|day| day.to_string()),
            before: change.before.clone(),
            after: change.after.clone(),
            text: change.text.clone(),
            child: change.child.clone(),
            share: change.share,
        })
    });
    let reworded = all.iter().flat_map(|one| {
        let words = one.difference.reworded.iter();
        words.map(|words| ToldWords { state: one.state.code(), words: words.clone() })
    });
    let sum = |of: fn(&Difference) -> usize| all.iter().map(|one| of(&one.difference)).sum();
    Told {
        equivalent,
        as_of: as_of.to_string(),
        changes: changes.collect(),
        reworded: reworded.collect(),
        population: counted
            .then(|| Population { children: sum(|one| one.population), changed: sum(|one| one.moved) }),
    }
}

/// How much changes in a state, in one line.
pub(super) fn headline(one: &OfState) -> String {
    let Difference { changes, reworded, population, moved } = &one.difference;
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let state = one.state.code();
    let words = match reworded.len() {
        0 => String::new(),
        number => format!(
            "; {} otherwise",
            if number == 1 { "1 text reads".to_owned() } else { format!("{number} texts read") }
        ),
    };
    let counted = match population {
        0 => String::new(),
        all => format!(", {moved} of {all} of the population"),
    };
    match changes.len() {
        0 => format!("{state}: nothing changes for any child{counted}{words}"),
        number => format!(
            "{state}: {} of children{counted}{words}",
            count(number, "class").replace("classs", "classes")
        ),
    }
}

fn human(all: &[OfState], as_of: Date) -> String {
    let mut lines = vec![format!("From {as_of} on")];
    for one in all {
        lines.push(headline(one));
        for change in &one.difference.changes {
            lines.push(String::new());
            let from = change.from.map(|day| format!("from {day} on: ")).unwrap_or_default();
            lines.push(format!("  {from}{}", change.text));
            lines.extend(example(change).map(|child| format!("    for example {child}")));
            lines.extend(change.share.map(|share| format!("    {share} children")));
        }
        if !one.difference.changes.is_empty() && !one.difference.reworded.is_empty() {
            lines.push(String::new());
        }
        for Reworded { what, before, after } in &one.difference.reworded {
            lines.push(match (before, after) {
                (Some(before), Some(after)) => format!("  {what}:\n    - {before}\n    + {after}"),
                (None, Some(after)) => format!("  {what}:\n    + {after}"),
                (Some(before), None) => format!("  {what}:\n    - {before}"),
                (None, None) => continue,
            });
        }
    }
    lines.join("\n")
}

/// The example's answers in one line.
pub(super) fn example(change: &Change) -> Option<String> {
    change.child.as_ref().and_then(|child| serde_json::to_string(child).ok())
}

fn markdown(all: &[OfState], versions: [&str; 2], as_of: Date) -> String {
    let mut lines = vec![
        format!("## What changes from `{}` to `{}`", versions[0], versions[1]),
        String::new(),
        format!("Compared exactly for every child there can be, from {as_of} on."),
    ];
    for one in all {
        lines.extend([String::new(), format!("### {}", headline(one)), String::new()]);
        for change in &one.difference.changes {
            let from = change.from.map(|day| format!("*From {day} on:* ")).unwrap_or_default();
            let share = change.share.map(|share| format!(" ({share} children)")).unwrap_or_default();
            lines.push(format!("- {from}{}{share}", escaped(&change.text)));
            lines.extend(example(change).map(|child| format!("  For example `{child}`")));
        }
        if !one.difference.reworded.is_empty() {
            lines.extend([
                String::new(),
                "<details><summary>What reads otherwise</summary>".to_owned(),
                String::new(),
            ]);
            lines.extend(["| what | before | after |".to_owned(), "| --- | --- | --- |".to_owned()]);
            let cell = |text: &Option<String>| text.as_deref().map(escaped).unwrap_or_default();
            for Reworded { what, before, after } in &one.difference.reworded {
                lines.push(format!("| {} | {} | {} |", escaped(what), cell(before), cell(after)));
            }
            lines.extend([String::new(), "</details>".to_owned()]);
        }
    }
    lines.join("\n")
}

/// A text as it reads in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\\' | '#' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// The children of a file, one a line.
fn population(questions: &Program, path: &Path, as_of: Date) -> Result<Vec<Answers>, Failure> {
    let text = read_answers(path)?;
    let mut children = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |why: String| Failure::Usage(format!("{}, line {}: {why}", path.display(), index + 1));
        let answers = read(questions, &raw(line).map_err(wrong)?, as_of).map_err(|errors| {
            let told = errors.iter().map(|error| format!("{}: {}", error.field, error.message));
            wrong(told.collect::<Vec<_>>().join("; "))
        })?;
        match carepath::child::Child::new(questions, &answers, as_of) {
            Ok(_) => children.push(answers),
            Err(conflict) => {
                let facts: Vec<&str> =
                    conflict.facts.iter().map(|fact| questions.facts[*fact].id.as_str()).collect();
                complain(&format!(
                    "{}, line {}: not counted, since these answers cannot all be true: {}",
                    path.display(),
                    index + 1,
                    facts.join(", ")
                ));
            }
        }
    }
    if children.is_empty() {
        return Err(Failure::Usage(format!("{} has no children to count", path.display())));
    }
    Ok(children)
}

/// Who leads instead of whom, by their names, each with how many classes, or children of the population.
pub(super) fn moves(one: &OfState) -> BTreeMap<(String, String), usize> {
    let mut moves = BTreeMap::new();
    for change in one.difference.changes.iter().filter(|change| change.from.is_none()) {
        if let (Some(before), Some(after)) = (&change.before.lead, &change.after.lead) {
            let weight = change.share.unwrap_or(1);
            *moves.entry((name(one, before), name(one, after))).or_insert(0) += weight;
        }
    }
    moves
}

fn name(one: &OfState, id: &str) -> String {
    let known = [&one.new, &one.old].into_iter().find_map(|program| {
        let pathway = program.pathways.iter().find(|pathway| pathway.id == id).map(|own| &own.name);
        pathway.or(program.contacts.iter().find(|contact| contact.id == id).map(|own| &own.name))
    });
    known.map_or_else(|| id.to_owned(), |words| words.get(carepath::value::Lang::En).to_owned())
}
