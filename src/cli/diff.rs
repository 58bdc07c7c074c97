//! `carepath diff`: what a new version of the rules changes, and for whom.

use super::files::{Loaded, Rules, version};
use super::screen::errors_told;
use super::{Failure, Format, day, json, picture, population, say, today};
use carepath::child::{Answers, Raw};
use carepath::compare::{Change, Difference, Outcome, Reworded, compare, questions};
use carepath::compile::compile;
use carepath::program::Program;
use carepath::value::{Date, StateCode};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare two versions of rules.
#[derive(Args)]
pub(super) struct Diff {
    /// The old version: a rules folder, or a git revision such as `main` or `HEAD~1:rules`
    old: String,
    /// The new version: a rules folder, or a git revision [default: the rules folder]
    new: Option<String>,
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
    child: Option<Raw>,
    share: Option<usize>,
}

#[derive(Serialize)]
struct ToldWords {
    state: &'static str,
    #[serde(flatten)]
    words: Reworded,
}

impl Diff {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let (old, new) = (version(&self.old)?, self.new_version(rules)?);
        let new_name = self.new.clone().unwrap_or_else(|| new.base.trim_end_matches('/').to_owned());
        let names = [self.old.as_str(), new_name.as_str()];
        let mut states: Vec<StateCode> = match self.state {
            Some(state) => vec![state],
            None => old.states.iter().chain(&new.states).copied().collect(),
        };
        states.sort_by_key(|state| state.code());
        states.dedup();
        population::of_one_state(self.population.as_deref(), &states)?;
        let as_of = self.as_of.unwrap_or_else(today);
        let mut all = Vec::new();
        for state in states {
            let (old, new) = (program(&old, state)?, program(&new, state)?);
            let children = match &self.population {
                Some(path) => population::children(&questions(&old, &new), path, as_of)?,
                None => Vec::new(),
            };
            let children: Vec<Answers> = children.into_iter().map(|(answers, _)| answers).collect();
            let difference = compare(&old, &new, as_of, &children)
                .map_err(|_| Failure::TooTangled { state: state.code().to_owned(), what: "compared" })?;
            all.push(OfState { state, old, new, difference });
        }
        let equivalent = all.iter().all(|one| one.difference.changes.is_empty());
        match format {
            Format::Json => say(&json(&told(&all, equivalent, as_of, self.population.is_some()))?),
            Format::Markdown => say(&markdown(&all, names, as_of)),
            Format::Html => say(&picture::page(&all, names, as_of)),
            _ => say(&human(&all, as_of)),
        }
        Ok(if self.exit_code && !equivalent { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    /// The version named, or the rules that every other command reads.
    fn new_version(&self, rules: &Rules) -> Result<Loaded, Failure> {
        match (&self.new, &rules.folder) {
            (Some(_), Some(_)) => {
                let message = "the new version is named twice: once by itself and once by `--rules`";
                Err(Failure::Usage(message.to_owned()))
            }
            (Some(new), None) => version(new),
            (None, _) => rules.load(),
        }
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
            text: change.text(),
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
    let state = one.state.code();
    let words = match reworded.len() {
        0 => String::new(),
        1 => "; 1 text reads otherwise".to_owned(),
        many => format!("; {many} texts read otherwise"),
    };
    let counted = match population {
        0 => String::new(),
        all => format!(", {moved} of {all} in the population"),
    };
    match changes.len() {
        0 => format!("{state}: nothing changes for any child{counted}{words}"),
        1 => format!("{state}: something changes for one kind of children{counted}{words}"),
        many => format!("{state}: something changes for {many} kinds of children{counted}{words}"),
    }
}

/// What changes are told under, what moves the lead first.
const HEADINGS: [&str; 3] =
    ["Another lead", "The same lead, another decision", "The same lead and decisions, told otherwise"];

/// The changes of a state under their headings.
pub(super) fn by_heading(difference: &Difference) -> Vec<(&'static str, Vec<&Change>)> {
    let heading = |change: &Change| {
        let Outcome { lead, contact_first, decisions, benefits, .. } = &change.before;
        match (lead.is_some() || contact_first.is_some(), decisions.is_empty() && benefits.is_empty()) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => 2,
        }
    };
    let under = |wanted: usize| difference.changes.iter().filter(move |change| heading(change) == wanted);
    let all = HEADINGS.iter().enumerate().map(|(index, heading)| (*heading, under(index).collect()));
    all.filter(|(_, changes): &(_, Vec<&Change>)| !changes.is_empty()).collect()
}

/// How many children of the population, where one was given.
pub(super) fn share(change: &Change) -> Option<String> {
    change.share.map(|share| match share {
        1 => "1 child of the population".to_owned(),
        many => format!("{many} children of the population"),
    })
}

fn human(all: &[OfState], as_of: Date) -> String {
    let mut lines = vec![format!("From {as_of} on")];
    for one in all {
        lines.push(headline(one));
        for (heading, changes) in by_heading(&one.difference) {
            lines.extend([String::new(), format!("  {heading}")]);
            for change in changes {
                let from = change.from.map(|day| format!("from {day} on, ")).unwrap_or_default();
                lines.extend([String::new(), format!("    {from}{}:", change.who)]);
                lines.extend(change.what.iter().map(|what| format!("      - {what}")));
                lines.extend(example(change).map(|child| format!("      for example {child}")));
                lines.extend(share(change).map(|share| format!("      {share}")));
            }
        }
        if !one.difference.reworded.is_empty() {
            lines.extend([String::new(), "  What only reads otherwise".to_owned()]);
        }
        for Reworded { what, before, after } in &one.difference.reworded {
            lines.push(format!("    {what}:"));
            lines.extend(before.iter().map(|before| format!("      - {before}")));
            lines.extend(after.iter().map(|after| format!("      + {after}")));
        }
    }
    lines.join("\n")
}

/// The example's answers in one line, if there is one.
pub(super) fn example(change: &Change) -> Option<String> {
    serde_json::to_string(change.child.as_ref()?).ok()
}

fn markdown(all: &[OfState], versions: [&str; 2], as_of: Date) -> String {
    let mut lines = vec![
        format!("## What changes from {} to {}", code(versions[0]), code(versions[1])),
        String::new(),
        format!("Compared exactly for every child there can be, from {as_of} on."),
    ];
    for one in all {
        lines.extend([String::new(), format!("### {}", headline(one)), String::new()]);
        for (heading, changes) in by_heading(&one.difference) {
            lines.extend([format!("#### {heading}"), String::new()]);
            for change in changes {
                let from = change.from.map(|day| format!("*From {day} on:* ")).unwrap_or_default();
                let share = share(change).map(|share| format!(" ({share})")).unwrap_or_default();
                lines.push(format!("- {from}{}{share}:", escaped(&change.who)));
                lines.extend(change.what.iter().map(|what| format!("  - {}", escaped(what))));
                lines.extend(example(change).map(|child| format!("\n  For example {}", code(&child))));
            }
            lines.push(String::new());
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

/// A text as code in Markdown: between more backticks than it has in a row.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let most = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(most + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
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
