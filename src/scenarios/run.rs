//! Running a scenario: what came out against what must.

use super::Scenario;
use crate::screen::{Detail, Refusal, Screener, Screening};
use crate::value::Lang;
use std::collections::BTreeMap;

/// One thing that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What: `lead`, `programs.cchcp`, …
    pub what: String,
    /// What must come out.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// What a scenario's result has different from what it must be; nothing if it holds.
#[must_use]
pub fn run(screener: &Screener, scenario: &Scenario) -> Vec<Difference> {
    let expect = &scenario.expect;
    let mut report = Report::default();
    let screening = screener.screen(&scenario.answers, scenario.as_of, Lang::En, Detail::Family);
    match (&screening, &expect.conflict) {
        (Ok(result), None) => compare(&mut report, result, scenario),
        (Err(Refusal::Conflict(facts)), Some(expected)) => {
            report.same("conflict", &expected.join(", "), &facts.join(", "))
        }
        (Ok(_), Some(expected)) => report.same("conflict", &expected.join(", "), "none"),
        (Err(refusal), _) => {
            report.same("answers", "answers that can be read and hold together", &refusal.to_string())
        }
    }
    report.differences
}

#[derive(Default)]
struct Report {
    differences: Vec<Difference>,
}

impl Report {
    fn same(&mut self, what: &str, expected: &str, found: &str) {
        if expected != found {
            let (what, expected, found) = (what.to_owned(), expected.to_owned(), found.to_owned());
            self.differences.push(Difference { what, expected, found });
        }
    }
}

fn compare(report: &mut Report, result: &Screening, scenario: &Scenario) {
    let expect = &scenario.expect;
    let lead = &result.lead;
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    if let Some(expected) = &expect.lead {
        report.same("lead", expected, &or_none(&lead.program));
    }
    if let Some(expected) = &expect.status {
        report.same("status", expected, lead.status);
    }
    if let Some(expected) = &expect.contact_first {
        report.same("contact_first", expected, &or_none(&lead.contact_first));
    }
    if let Some(expected) = &expect.possible {
        report.same("possible", &expected.join(", "), &lead.possible.join(", "));
    }
    if let Some(expected) = &expect.ask_about {
        let found: Vec<&str> = lead.ask_about.iter().map(|ask| ask.program.as_str()).collect();
        report.same("ask_about", &expected.join(", "), &found.join(", "));
    }
    if let Some(expected) = &expect.alongside {
        report.same("alongside", &expected.join(", "), &result.alongside.join(", "));
    }
    if let Some(expected) = &expect.duplicates {
        let found: BTreeMap<&str, &str> =
            result.duplicates.iter().map(|duplicate| (duplicate.program.as_str(), duplicate.kind)).collect();
        report.same("duplicates", &pairs(expected), &pairs(&found));
    }
    if let Some(expected) = &expect.next {
        let found = result.next.as_ref().map(|next| next.fact.clone());
        report.same("next", expected, &or_none(&found));
    }
    for program in &result.programs {
        let what = |key: &str| format!("{key}.{}", program.id);
        if let Some(expected) = expect.programs.get(&program.id) {
            report.same(&what("programs"), expected, program.decision);
        }
        for (benefit, expected) in expect.benefits.get(&program.id).into_iter().flatten() {
            let found = program.benefits.iter().find(|own| own.id == *benefit);
            let what = format!("{}.{benefit}", what("benefits"));
            report.same(&what, expected, found.map_or("none", |own| own.decision));
        }
        if let Some(expected) = expect.receiving.get(&program.id) {
            report.same(&what("receiving"), expected, program.receiving);
        }
        if let Some(expected) = expect.missing.get(&program.id) {
            report.same(&what("missing"), &expected.join(", "), &program.missing.join(", "));
        }
    }
}

fn pairs<K: AsRef<str>, V: AsRef<str>>(map: &BTreeMap<K, V>) -> String {
    let pairs: Vec<String> =
        map.iter().map(|(key, value)| format!("{}: {}", key.as_ref(), value.as_ref())).collect();
    pairs.join(", ")
}
