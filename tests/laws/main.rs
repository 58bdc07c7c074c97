//! The laws of exact reasoning, against brute force over every child there can be under random rules.
//!
//! `SEEDS=3000` tries as many rule sets on each law, `SEEDS=17..18` the one of that seed; a failure names its seed and
//! shows its rules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests"
)]

#[path = "../random/mod.rs"]
mod random;
#[path = "../reference/mod.rs"]
mod reference;

mod calendar;
mod changes;
mod compared;
mod complete;
mod conclusions;
mod conflicts;
mod events;
mod findings;
mod findings_of_lines;
mod learning;
mod missing;
mod order;
mod questions;
mod suggested;
mod totals;
mod vain;

use carepath::child::Raw;
use carepath::screen::{Detail, Refusal, Screener, Screening};
use carepath::value::Lang;
use carepath::vocabulary::FactKind;
use random::{Dice, Full, RuleSet, Shape, answers, full_child, rule_set};
use reference::{Cube, Said, Shown, Worlds};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many random children each rule set is asked about.
const CHILDREN: usize = 3;

/// The seeds to try: as many as `SEEDS` says, or this many.
fn seeds(usual: u64) -> Range<u64> {
    let number = |text: &str| text.parse().expect("SEEDS is a number, or two with `..` between them");
    match std::env::var("SEEDS") {
        Ok(text) => match text.split_once("..") {
            Some((from, to)) => number(from)..number(to),
            None => 0..number(&text),
        },
        Err(_) => 0..usual,
    }
}

/// Random rules, with all children that they can tell apart.
struct State<'r> {
    rules: &'r RuleSet,
    screener: Screener,
    worlds: Worlds<'r>,
}

impl State<'_> {
    /// As staff see it: with the programs that no family is told of.
    fn screen(&self, answers: &[(String, Raw)]) -> Result<Screening, Refusal> {
        self.screener.screen(&Raw::Map(answers.to_vec()), self.rules.day, Lang::En, Detail::Staff)
    }

    /// The worlds that answers leave.
    fn cube(&self, said: &[(String, Raw)]) -> Cube<'_, '_> {
        Cube::new(&self.worlds, &Said::new(&self.worlds, said))
    }

    /// The fact of a name, under which the reference holds it: births are one, under the month.
    fn fact(&self, name: &str) -> usize {
        let program = &self.rules.program;
        let fact = program.fact(name).unwrap();
        match program.facts[fact].kind {
            FactKind::BirthDate | FactKind::Age => program.fact_of_kind(&FactKind::BirthMonth).unwrap(),
            _ => fact,
        }
    }
}

/// Tells the rules of a seed whose law does not hold.
struct Witness<'r>(u64, &'r RuleSet);

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("SEEDS={}..{}\n{}", self.0, self.0 + 1, self.1.told());
        }
    }
}

/// Tries a law on the random states of so many seeds.
fn each_state(usual: u64, law: impl FnMut(&mut Dice, &State<'_>)) {
    each_state_of(usual, |shape| shape, law);
}

/// The same for states of another shape.
fn each_state_of(usual: u64, shape_of: fn(Shape) -> Shape, mut law: impl FnMut(&mut Dice, &State<'_>)) {
    let mut tried = 0;
    for seed in seeds(usual) {
        let mut dice = Dice::new(seed);
        let shape = shape_of(Shape::small(&mut dice));
        let rules = rule_set(&mut dice, &shape);
        let Some(worlds) = Worlds::new(&rules.program, rules.day) else { continue };
        let screener = Screener::new(rules.program.clone());
        let _witness = Witness(seed, &rules);
        tried += 1;
        law(&mut dice, &State { rules: &rules, screener, worlds });
    }
    assert!(tried * 2 >= seeds(usual).count(), "only {tried} states are small enough");
}

/// Tries a law on random children of random states: what is so of each, and what its family says.
fn each_child(usual: u64, law: impl FnMut(&mut Dice, &State<'_>, &BTreeMap<usize, Full>, &[(String, Raw)])) {
    each_child_of(usual, |shape| shape, law);
}

/// The same for states of another shape.
fn each_child_of(
    usual: u64,
    shape_of: fn(Shape) -> Shape,
    mut law: impl FnMut(&mut Dice, &State<'_>, &BTreeMap<usize, Full>, &[(String, Raw)]),
) {
    each_state_of(usual, shape_of, |dice, state| {
        for _ in 0..CHILDREN {
            let child = full_child(dice, &state.rules.program, state.rules.day);
            let said = answers(dice, &state.rules.program, &child, state.rules.day);
            law(dice, state, &child, &said);
        }
    });
}

/// What a result shows, in the reference's words.
fn shown(state: &State<'_>, result: &Screening) -> Shown {
    let program = &state.rules.program;
    let own = &result.programs[..program.pathways.len()];
    let lead = result.lead.program.clone();
    let payer = own.iter().find(|own| Some(&own.id) == lead.as_ref()).and_then(|own| own.payer.as_ref());
    let mut possible = result.lead.possible.clone();
    if possible.is_empty() {
        possible.extend(lead.clone());
    }
    Shown {
        decisions: own.iter().map(|own| own.decision).collect(),
        benefits: own
            .iter()
            .map(|own| own.benefits.iter().map(|benefit| benefit.decision).collect())
            .collect(),
        receiving: own.iter().map(|own| own.receiving).collect(),
        status: result.lead.status,
        possible,
        payer: payer
            .map(|name| program.terms.payers.iter().position(|payer| payer.name.en == *name).unwrap()),
        alongside: result.alongside.clone(),
        duplicates: result
            .duplicates
            .iter()
            .map(|duplicate| (duplicate.program.clone(), duplicate.kind))
            .collect(),
        contact_first: result.lead.contact_first.clone(),
        lead,
    }
}

/// What of a result a family is shown: of what is for professionals, nothing.
fn told(state: &State<'_>, result: &Screening) -> Shown {
    let mut shown = shown(state, result);
    for (index, pathway) in state.rules.program.pathways.iter().enumerate() {
        if pathway.for_professionals {
            (shown.decisions[index], shown.receiving[index]) = ("", "");
            shown.benefits[index].clear();
        }
    }
    shown
}
