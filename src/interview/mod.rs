//! What to ask next, so that no question is put that cannot matter any more.
//!
//! A fact is worth asking while a criterion that reads it is open inside criteria that are all open. Questions come in
//! the order of the vocabulary, sensitive ones last.

use crate::child::{Asked, Child, Value};
use crate::eval::{LeadStatus, Routed, Standing};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::{Outcomes, Truth};
use crate::vocabulary::{FactKind, Target};

/// The facts a decision still hangs on, by index, in the order they are asked. Births appear under the fact that is
/// asked next: the month first, the day once the month is known.
#[must_use]
pub fn missing(program: &Program, child: &Child, slots: &[Outcomes], root: NodeId) -> Vec<usize> {
    let mut found = vec![false; program.facts.len()];
    open_facts(program, child, slots, root, &mut found);
    indexes(&found)
}

/// The facts still worth asking, in the order they are asked.
#[must_use]
pub fn worth_asking(
    program: &Program,
    child: &Child,
    slots: &[Outcomes],
    standings: &[Standing],
    routed: &Routed,
) -> Vec<usize> {
    let mut open = vec![false; program.facts.len()];
    for (index, pathway) in program.pathways.iter().enumerate() {
        if !standings[index].in_force {
            continue;
        }
        open_facts(program, child, slots, pathway.eligible, &mut open);
        if let Some(receiving) = pathway.receiving {
            open_facts(program, child, slots, receiving, &mut open);
        }
        let may_lead = routed.lead.leader == Some(Target::Program(index))
            || routed.lead.possible.contains(&Target::Program(index));
        if may_lead && routed.lead.status != LeadStatus::Fallback {
            for when in pathway.financing.iter().filter_map(|financing| financing.when) {
                open_facts(program, child, slots, when, &mut open);
            }
        }
    }
    // A fact from whose answer an open one can follow is worth asking too, and may save the other question.
    let mut changed = true;
    while changed {
        changed = false;
        for (index, fact) in program.facts.iter().enumerate() {
            let leads_on = fact.implies.iter().any(|implied| open[*implied]);
            let undecided = child.facts[index].value == Value::YesNo(Truth::Unknown);
            if leads_on && undecided && !open[index] {
                open[index] = true;
                changed = true;
            }
        }
    }
    let mut facts: Vec<usize> =
        indexes(&open).into_iter().filter(|fact| can_be_asked(program, child, *fact)).collect();
    facts.sort_by_key(|fact| (program.facts[*fact].sensitive, *fact));
    facts
}

/// How many questions are left at most, each refinement apart.
#[must_use]
pub fn at_most(program: &Program, child: &Child, facts: &[usize]) -> usize {
    facts
        .iter()
        .map(|fact| match (&program.facts[*fact].kind, &child.facts[*fact].asked) {
            // The month may not be enough, nor may a range.
            (FactKind::BirthMonth, _) => {
                1 + usize::from(program.fact_of_kind(&FactKind::BirthDate).is_some())
            }
            (FactKind::Number { choices, .. }, Asked::NotYet) if choices.is_empty() => 2,
            (FactKind::Codes, Asked::NotYet) => 2,
            _ => 1,
        })
        .sum()
}

/// Whether a fact can be put to the family now: not asked yet, or answered in part.
fn can_be_asked(program: &Program, child: &Child, fact: usize) -> bool {
    let known = &child.facts[fact];
    match (&program.facts[fact].kind, &known.value, known.asked) {
        // Births are put under the month or the day, chosen where they are found open.
        (FactKind::Age, ..) => false,
        (FactKind::BirthDate | FactKind::BirthMonth, _, asked) => asked == Asked::NotYet,
        (_, Value::Set(elements), _) => elements.iter().any(|(_, asked)| *asked == Asked::NotYet),
        (_, Value::Number { from, to, refused }, Asked::Given) => from < to && !refused,
        (_, Value::Codes { complete, .. }, Asked::Given) => *complete == Truth::No,
        (_, _, asked) => asked == Asked::NotYet,
    }
}

/// Marks the facts that are read by open criteria below an open root.
fn open_facts(program: &Program, child: &Child, slots: &[Outcomes], root: NodeId, found: &mut [bool]) {
    let mut seen = vec![false; program.nodes.len()];
    let mut stack = vec![root];
    while let Some(id) = stack.pop() {
        let outcomes = slots[id.0 as usize];
        if !outcomes.is_open() || std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        let kind = &program.node(id).kind;
        match kind {
            NodeKind::Age { .. } => {
                if let Some(fact) = birth_fact(program, child) {
                    found[fact] = true;
                }
            }
            NodeKind::Fact(fact)
            | NodeKind::Number { fact, .. }
            | NodeKind::OneOf { fact, .. }
            | NodeKind::Includes { fact, .. }
            | NodeKind::Diagnoses { fact, .. } => found[*fact] = true,
            _ => {}
        }
        stack.extend(kind.parts());
    }
}

/// Under which fact an open birth stands: the month, or the day once the month or the age is given.
fn birth_fact(program: &Program, child: &Child) -> Option<usize> {
    let given = |kind: &FactKind| {
        program.fact_of_kind(kind).is_some_and(|fact| child.facts[fact].asked == Asked::Given)
    };
    let month = program.fact_of_kind(&FactKind::BirthMonth);
    let day = program.fact_of_kind(&FactKind::BirthDate);
    if given(&FactKind::BirthMonth) { day.or(month) } else { month.or(day) }
}

fn indexes(found: &[bool]) -> Vec<usize> {
    (0..found.len()).filter(|index| found[*index]).collect()
}
