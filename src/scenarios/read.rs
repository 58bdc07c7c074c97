//! From a state's `scenarios.yaml` to scenarios; one without an expectation is a mistake.

use crate::child::Raw;
use crate::diagnostic::{Code as Kind, Diagnostic, one_of};
use crate::model::{Entry, Place, entries};
use crate::program::Program;
use crate::source::{SourceFile, Sources, Span};
use crate::value::{Code, CodeEntry, Date};
use crate::vocabulary::{FactKind, WrittenCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What can be decided about a program or a benefit.
const DECISIONS: [&str; 4] = ["eligible", "ineligible", "review", "undetermined"];

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it is about.
    pub name: String,
    /// The day.
    pub as_of: Date,
    /// The child.
    pub answers: Raw,
    /// What must come out.
    pub expect: Expectation,
    /// The diagnosis codes among the answers, each with its place.
    pub codes: Vec<WrittenCode>,
    /// Where it stands.
    pub span: Span,
}

/// What must come out; only what is said is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The lead's id; `~` for none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The lead's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Whom to call in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_first: Option<String>,
    /// Who may lead, in route order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible: Option<Vec<String>>,
    /// Which programs to ask about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_about: Option<Vec<String>>,
    /// Decisions by program.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub programs: BTreeMap<String, String>,
    /// Decisions by benefit, by program.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub benefits: BTreeMap<String, BTreeMap<String, String>>,
    /// What is received, by program: `yes`, `no`, `unknown`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub receiving: BTreeMap<String, String>,
    /// What complements the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alongside: Option<Vec<String>>,
    /// Who coordinates twice, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<BTreeMap<String, String>>,
    /// Facts that decisions hang on, by program.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, Vec<String>>,
    /// The next question; `none` if nothing is left to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Facts whose answers cannot all be true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioEntry {
    name: String,
    as_of: String,
    #[serde(default)]
    tests: Vec<String>,
    answers: Raw,
    expect: Option<Expectation>,
}

/// The scenarios of a compiled state, with every mistake in them.
#[must_use]
pub fn scenarios(sources: &Sources, program: &Program) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let path = format!("{}/scenarios.yaml", program.state.folder());
    let Some((id, file)) = sources.at(&path) else { return (Vec::new(), diagnostics) };
    let found = entries::<ScenarioEntry>(id, file, &mut diagnostics)
        .into_iter()
        .filter_map(|Entry { value: entry, place }| {
            let at = |key: &str| place.key(file, key);
            let codes = codes(program, &entry.answers, file, place);
            scenario(program, entry, codes, &at, &mut diagnostics)
        })
        .collect();
    (found, diagnostics)
}

/// The diagnosis codes among answers; what could be none is refused where the answers are read.
fn codes(program: &Program, answers: &Raw, file: &SourceFile, place: Place) -> Vec<WrittenCode> {
    let Raw::Map(answers) = answers else { return Vec::new() };
    let mut from = place.key(file, "answers").start as usize;
    let mut written = Vec::new();
    for (id, answer) in answers {
        if !program.fact(id).is_some_and(|fact| program.facts[fact].kind == FactKind::Codes) {
            continue;
        }
        let known = match answer {
            Raw::Map(keys) => keys.iter().find(|(key, _)| key == "known").map(|(_, known)| known),
            list => Some(list),
        };
        let Some(Raw::List(known)) = known else { continue };
        for code in known {
            let Raw::Text(text) = code else { continue };
            let Some(code) = Code::parse(text) else { continue };
            let span = place.code(file, from, text);
            from = from.max(span.end as usize);
            written.push(WrittenCode { codes: CodeEntry::Below(code), name: String::new(), span });
        }
    }
    written
}

fn scenario(
    program: &Program,
    entry: ScenarioEntry,
    codes: Vec<WrittenCode>,
    at: &dyn Fn(&str) -> Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Scenario> {
    let span = at("name");
    for id in &entry.tests {
        if program.statements.iter().all(|statement| statement.id != *id) {
            let names = program.statements.iter().map(|statement| statement.id.as_str());
            let message = format!("there is no statement `{id}`");
            let found = Diagnostic::new(Kind::UnknownName, at("tests"), message);
            diagnostics.push(found.did_you_mean(id, names));
        }
    }
    let as_of = Date::parse(&entry.as_of);
    if as_of.is_none() {
        let message = format!("no calendar has the day `{}`", entry.as_of);
        let found = Diagnostic::new(Kind::BadDate, at("as_of"), message);
        diagnostics.push(found.help("write year, month and day: 2026-06-30"));
    }
    let expect = entry.expect.unwrap_or_default();
    if expect == Expectation::default() {
        let message = format!("the scenario `{}` says nothing of what must come out", entry.name);
        let found = Diagnostic::new(Kind::BadScenario, span, message);
        diagnostics.push(found.help("add it, such as `expect: { lead: NAME, status: eligible }`"));
        return None;
    }
    check_names(program, &expect, at, diagnostics);
    check_decisions(&expect, at, diagnostics);
    Some(Scenario { name: entry.name, as_of: as_of?, answers: entry.answers, expect, codes, span })
}

/// Whatever is expected of a program, a contact or a benefit is expected of one that there is.
fn check_names(
    program: &Program,
    expect: &Expectation,
    at: &dyn Fn(&str) -> Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let pathways = program.pathways.iter().map(|pathway| pathway.id.as_str());
    let names: Vec<&str> =
        pathways.chain(program.contacts.iter().map(|contact| contact.id.as_str())).collect();
    let named = expect
        .programs
        .keys()
        .chain(expect.receiving.keys())
        .chain(expect.missing.keys())
        .chain(expect.duplicates.iter().flat_map(BTreeMap::keys))
        .chain([&expect.lead, &expect.contact_first].into_iter().flatten().filter(|lead| *lead != "none"))
        .chain([&expect.possible, &expect.ask_about, &expect.alongside].into_iter().flatten().flatten());
    for id in named.filter(|id| !names.contains(&id.as_str())) {
        let message = format!("there is no program or contact `{id}`");
        let found = Diagnostic::new(Kind::UnknownName, at("expect"), message);
        diagnostics.push(found.did_you_mean(id, names.iter().copied()));
    }
    for (id, expected) in &expect.benefits {
        let Some(index) = program.pathway(id) else {
            let programs = program.pathways.iter().map(|pathway| pathway.id.as_str());
            let message = format!("there is no program `{id}`");
            let found = Diagnostic::new(Kind::UnknownName, at("benefits"), message);
            diagnostics.push(found.did_you_mean(id, programs));
            continue;
        };
        let benefits = || program.pathways[index].benefits.iter().map(|benefit| benefit.id.as_str());
        for benefit in expected.keys().filter(|benefit| benefits().all(|own| own != benefit.as_str())) {
            let message = format!("the program `{id}` has no benefit `{benefit}`");
            let found = Diagnostic::new(Kind::UnknownName, at("benefits"), message);
            diagnostics.push(found.did_you_mean(benefit, benefits()));
        }
    }
}

/// What is expected of a program or a benefit is a decision.
fn check_decisions(expect: &Expectation, at: &dyn Fn(&str) -> Span, diagnostics: &mut Vec<Diagnostic>) {
    let programs = expect.programs.values().map(|decision| ("programs", decision));
    let benefits = expect.benefits.values().flat_map(BTreeMap::values).map(|decision| ("benefits", decision));
    for (key, decision) in programs.chain(benefits) {
        if !DECISIONS.contains(&decision.as_str()) {
            let found = Diagnostic::new(Kind::BadScenario, at(key), format!("`{decision}` is no decision"));
            // `not eligible` is nearer to `eligible` than to what it says.
            diagnostics.push(found.help(one_of(&DECISIONS)));
        }
    }
}
