//! How long things take: a rule file of 1 MB from its text to its diagrams, the diagrams of a state, an answer and the next question, a whole screening, and every decision
//! and the lead of a child of whom all is known.
//!
//! `./dev bench` runs it; `cargo bench --bench speed -- diagrams` only what has that in its name.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a benchmark"
)]

mod large;
#[path = "../random/mod.rs"]
mod random;
mod shipped;
mod whole;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use carepath::child::{Child, Raw, read};
use carepath::compile::compile;
use carepath::diagram::{Cells, Diagrams};
use carepath::interview::Planner;
use carepath::model::from_folder;
use carepath::program::{NodeKind, Program, lower};
use carepath::route::{Complete, standings};
use carepath::screen::{Detail, Screener};
use carepath::source::{SourceFile, Sources};
use carepath::syntax::parse;
use carepath::value::{Date, Lang, Outcomes, StateCode};
use divan::{
    Bencher, black_box,
    counter::{BytesCount, ItemsCount},
};
use random::{Dice, Reply, RuleSet, Shape, full_child, reply, rule_set};
use std::fmt::{self, Write as _};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

// ---------------------------------------------------------------------------------------------------- the states

/// A state that is measured.
struct State {
    name: &'static str,
    program: Program,
    day: Date,
}

/// The shipped states, and two as large as states could be.
static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    let mut states: Vec<State> = shipped::shipped()
        .into_iter()
        .map(|program| State { name: program.state.code(), program, day: shipped::day() })
        .collect();
    // Births, programs, diagnoses, three numbers and three choices are facts too.
    for (name, programs, facts) in [("20 programs, 40 facts", 20, 40), ("40 programs, 60 facts", 40, 60)] {
        let RuleSet { program, day, .. } = rule_set(&mut Dice::new(1), &Shape::large(facts - 9, programs));
        states.push(State { name, program, day });
    }
    states
});

impl fmt::Display for &State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn all_states() -> impl Iterator<Item = &'static State> {
    STATES.iter()
}

fn shipped_states() -> impl Iterator<Item = &'static State> {
    STATES.iter().filter(|state| state.name.len() == 2)
}

/// Those of which the peer can make the same nodes.
fn states_that_do_not_count() -> impl Iterator<Item = &'static State> {
    let counts =
        |kind: &NodeKind| matches!(kind, NodeKind::AtLeast(..) | NodeKind::Sum(_) | NodeKind::Dated { .. });
    shipped_states().filter(move |state| !state.program.nodes.iter().any(|node| counts(&node.kind)))
}

/// Rules of yes/no facts `f0`, `f1`, … and one program with one criterion.
fn one_program(facts: usize, criterion: &str) -> Sources {
    let mut entries = String::new();
    for fact in 0..facts {
        let words = |key: &str| format!("  {key}: {{ en: f{fact} {key}, es: f{fact} {key} es }}\n");
        let all = ["name", "question", "yes", "no"].map(words).concat();
        write!(entries, "- id: f{fact}\n  type: yes_no\n  topic: health\n{all}").unwrap();
    }
    let care = format!(
        "state OK \"Oklahoma\"\ncontact line \"Line\" {{\n phone \"211\"\n source page\n}}\nprogram p \"P\" {{\n offers care\n \
         coordinator managed_care\n source page\n eligible when {criterion}\n}}\nroute {{\n lead first of p\n otherwise line\n}}\n"
    );
    let terms = "- { id: care, kind: offer, coordinates: true, name: { en: Care, es: Cuidado } }\n\
                 - { id: managed_care, kind: coordinator, name: { en: a plan, es: un plan } }\n";
    let page = "- { id: page, title: T, publisher: P, address: https://example.org }\n";
    let shared =
        "contact national \"National\" {\n phone \"1\"\n source page\n}\nroute {\n otherwise national\n}\n";
    let files = [
        ("us/facts.yaml", entries.as_str()),
        ("us/terms.yaml", terms),
        ("us/sources.yaml", page),
        ("us/us.care", shared),
        ("us/es.yaml", "National: Nacional\n"),
        ("ok/es.yaml", "Line: Línea\nP: P es\n"),
        ("ok/ok.care", care.as_str()),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() });
    Sources::new(files.into())
}

fn oklahoma() -> StateCode {
    StateCode::parse("OK").unwrap()
}

// -------------------------------------------------------------------------------------------- a rule file of 1 MB

static LARGE: LazyLock<Sources> = LazyLock::new(large::large);

/// All that `check` does with the files of one state but its scenarios.
#[divan::bench(sample_count = 20)]
fn large_rule_file_checked(bencher: Bencher<'_, '_>) {
    let (program, found) = compile(&LARGE, oklahoma());
    assert!(program.is_some() && found.is_empty(), "{found:#?}");
    bencher.bench_local(|| compile(black_box(&LARGE), oklahoma()));
}

#[divan::bench(sample_count = 20)]
fn large_rule_file_parsed(bencher: Bencher<'_, '_>) {
    let (id, file) = LARGE.at("ok/ok.care").unwrap();
    bencher.counter(BytesCount::of_str(&file.text)).bench_local(|| parse(id, black_box(&file.text)));
}

/// The YAML files beside it read, all rule files parsed, every name looked up.
#[divan::bench(sample_count = 20)]
fn large_rule_file_parsed_and_resolved(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| from_folder(black_box(&LARGE), oklahoma()));
}

#[divan::bench(sample_count = 20)]
fn large_rule_file_lowered(bencher: Bencher<'_, '_>) {
    let (model, _) = from_folder(&LARGE, oklahoma());
    bencher.with_inputs(|| model.clone()).bench_local_values(|model| lower(&LARGE, model));
}

#[divan::bench(sample_count = 20)]
fn large_rule_file_in_diagrams(bencher: Bencher<'_, '_>) {
    let program = compile(&LARGE, oklahoma()).0.unwrap();
    bencher.bench_local(|| Diagrams::new(black_box(&program), shipped::day()).unwrap());
}

// -------------------------------------------------------------------------------------------------- the diagrams

#[divan::bench(args = all_states())]
fn diagrams_of_a_state(state: &State) -> Diagrams {
    Diagrams::new(&state.program, state.day).unwrap()
}

/// The peer: every node of the program once, in one order of variables, one for each test. Ours tries two orders, and
/// adds what is true by definition and what is left to agencies.
#[divan::bench(args = states_that_do_not_count())]
fn diagrams_of_a_state_by_biodivine(state: &State) -> Vec<Bdd> {
    by_biodivine(&state.program)
}

fn by_biodivine(program: &Program) -> Vec<Bdd> {
    let mut tests: Vec<&NodeKind> = Vec::new();
    for node in &program.nodes {
        if matches!(node.kind, NodeKind::Test(_) | NodeKind::Judgment { .. }) && !tests.contains(&&node.kind)
        {
            tests.push(&node.kind);
        }
    }
    let set = BddVariableSet::new_anonymous(u16::try_from(tests.len()).unwrap());
    let mut built: Vec<Option<Bdd>> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let members = || node.kind.parts().iter().filter_map(|part| built[part.0 as usize].as_ref());
        let bdd = match &node.kind {
            NodeKind::Test(_) | NodeKind::Judgment { .. } => {
                let number = tests.iter().position(|test| **test == node.kind).unwrap();
                Some(set.mk_var(BddVariable::from_index(number)))
            }
            NodeKind::NotStated(_) => None,
            NodeKind::Eligible { .. } | NodeKind::Receiving { .. } => members().next().cloned(),
            NodeKind::Not { .. } => members().next().map(Bdd::not),
            NodeKind::All(_) => Some(members().fold(set.mk_true(), |all, own| all.and(own))),
            NodeKind::Any(_) => Some(members().fold(set.mk_false(), |any, own| any.or(own))),
            NodeKind::AtLeast(..) | NodeKind::Sum(_) | NodeKind::Dated { .. } => {
                panic!("these states do not count")
            }
        };
        built.push(bdd);
    }
    built.into_iter().flatten().collect()
}

/// All of 24 rows and all of 24 columns have any of their 24 facts: from the rule files to the refusal.
#[divan::bench(sample_count = 10)]
fn too_tangled_grid_until_refused(bencher: Bencher<'_, '_>) {
    let group = |facts: &mut dyn Iterator<Item = usize>| {
        let lines: String = facts.map(|fact| format!("   f{fact}\n")).collect();
        format!("  any of {{\n{lines}  }}\n")
    };
    let rows: String = (0..24).map(|row| group(&mut (0..24).map(|column| row * 24 + column))).collect();
    let columns: String = (0..24).map(|column| group(&mut (0..24).map(|row| row * 24 + column))).collect();
    let rules = one_program(24 * 24, &format!("all of {{\n{rows}{columns} }}"));
    let refused = |found: Vec<carepath::diagnostic::Diagnostic>| {
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code, carepath::diagnostic::Code::TooTangled);
    };
    bencher.bench_local(|| refused(compile(black_box(&rules), oklahoma()).1));
}

#[divan::bench]
fn at_least_20_of_40_facts(bencher: Bencher<'_, '_>) {
    let facts: String = (0..40).map(|fact| format!("  f{fact}\n")).collect();
    let (program, found) = compile(&one_program(40, &format!("at least 20 of {{\n{facts} }}")), oklahoma());
    let program = program.unwrap_or_else(|| panic!("{found:#?}"));
    bencher.bench_local(|| Diagrams::new(black_box(&program), Date::new(2026, 6, 1).unwrap()).unwrap());
}

/// The peer, after each fact one diagram for each count still needed, as ours.
#[divan::bench]
fn at_least_20_of_40_facts_by_biodivine() -> Bdd {
    let set = BddVariableSet::new_anonymous(black_box(40));
    let mut with = vec![set.mk_false(); 21];
    with[0] = set.mk_true();
    for variable in set.variables().into_iter().rev() {
        for still in (1..=20).rev() {
            with[still] = Bdd::if_then_else(&set.mk_var(variable), &with[still - 1], &with[still]);
        }
    }
    with.swap_remove(20)
}

// ---------------------------------------------------------------------------------------------- the interview

/// The answers of one child after each question that the planner puts to its family.
fn interview(state: &State, diagrams: &Diagrams) -> Vec<Vec<(String, Raw)>> {
    let State { program, day, .. } = state;
    let mut dice = Dice::new(7);
    let child = full_child(&mut dice, program, *day);
    let mut steps = vec![Vec::new()];
    while let Some(next) = next(state, diagrams, &Raw::Map(steps[steps.len() - 1].clone())) {
        let said = &steps[steps.len() - 1];
        steps.push(reply(&mut dice, program, &child, said, &program.facts[next].id, Reply::Whole));
    }
    steps
}

/// An answer applied, and the next question chosen.
fn next(State { program, day, .. }: &State, diagrams: &Diagrams, said: &Raw) -> Option<usize> {
    let child = Child::new(program, &read(program, said, *day).unwrap(), *day).unwrap();
    let mut known = diagrams.known(program, &child);
    let standings = standings(program, &child, &known.slots());
    Planner::default().plan(program, &child, &mut known, &standings).facts.first().copied()
}

#[divan::bench(args = all_states())]
fn first_question(bencher: Bencher<'_, '_>, state: &State) {
    let diagrams = diagrams_of_a_state(state);
    bencher.bench_local(|| next(state, &diagrams, black_box(&Raw::Null)));
}

#[divan::bench(args = all_states())]
fn answer_and_next_question(bencher: Bencher<'_, '_>, state: &State) {
    let diagrams = diagrams_of_a_state(state);
    let steps: Vec<Raw> = interview(state, &diagrams).into_iter().skip(1).map(Raw::Map).collect();
    let mut at = (0..steps.len()).cycle();
    bencher.bench_local(|| next(state, &diagrams, &steps[at.next().unwrap()]));
}

#[divan::bench(args = shipped_states())]
fn whole_screening(bencher: Bencher<'_, '_>, state: &State) {
    let screener = Screener::new(state.program.clone());
    let steps: Vec<Raw> =
        interview(state, screener.diagrams(state.day).unwrap()).into_iter().map(Raw::Map).collect();
    let mut at = (0..steps.len()).cycle();
    bencher.bench_local(|| {
        screener.screen(&steps[at.next().unwrap()], state.day, Lang::En, Detail::Family).unwrap()
    });
}

// ------------------------------------------------------------------------------------------- complete answers

/// So many children of whom everything is known.
const CHILDREN: usize = 256;

fn complete_children(State { program, day, .. }: &State) -> Vec<Child> {
    let mut dice = Dice::new(11);
    let mut child = || {
        let child = full_child(&mut dice, program, *day);
        let mut said: Vec<(String, Raw)> = Vec::new();
        for fact in child.keys() {
            said = reply(&mut dice, program, &child, &said, &program.facts[*fact].id, Reply::Whole);
        }
        Child::new(program, &read(program, &Raw::Map(said), *day).unwrap(), *day).unwrap()
    };
    (0..CHILDREN).map(|_| child()).collect()
}

/// As the time of all these children; divide by them, or read the line of items a second.
#[divan::bench(args = shipped_states())]
fn decisions_and_lead_of_256_complete_children(bencher: Bencher<'_, '_>, state: &State) {
    let diagrams = diagrams_of_a_state(state);
    let complete = Complete::new(&state.program, &diagrams, state.day);
    let children = complete_children(state);
    let cells: Vec<Cells> =
        children.iter().map(|child| diagrams.cells(&state.program, child).unwrap()).collect();
    let mut decisions = vec![Outcomes::NONE; state.program.pathways.len()];
    bencher.counter(ItemsCount::new(CHILDREN)).bench_local(|| {
        for cells in &cells {
            black_box(complete.decide(black_box(cells), &mut decisions));
            black_box(&decisions);
        }
    });
}

#[divan::bench(args = shipped_states())]
fn cells_of_256_complete_children(bencher: Bencher<'_, '_>, state: &State) {
    let diagrams = diagrams_of_a_state(state);
    let children = complete_children(state);
    bencher.counter(ItemsCount::new(CHILDREN)).bench_local(|| {
        for child in &children {
            black_box(diagrams.cells(&state.program, black_box(child)));
        }
    });
}
