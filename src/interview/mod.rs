//! What to ask next, so that no question is put that cannot matter any more.
//!
//! A fact is worth asking if some answers to the facts that can still be asked change what can be concluded without those
//! that the family does not know. Questions come in the order of the vocabulary, sensitive ones last.

use crate::child::{Asked, Child, Value};
use crate::diagram::Known;
use crate::program::{NodeId, Program};
use crate::route::{LeadStatus, Routed, Standing};
use crate::value::Truth;
use crate::vocabulary::{FactKind, Target};

/// A smallest set of facts that settle a decision whatever their answers are, by index, in the order they are asked.
/// Births appear under the fact that is asked next: the month first, the day once the month is known.
#[must_use]
pub fn missing(program: &Program, child: &Child, known: &mut Known<'_>, root: NodeId) -> Vec<usize> {
    known.missing(root).into_iter().map(|fact| as_asked(program, child, fact)).collect()
}

/// The facts still worth asking, in the order they are asked.
#[must_use]
pub fn worth_asking(
    program: &Program,
    child: &Child,
    known: &mut Known<'_>,
    standings: &[Standing],
    routed: &Routed,
) -> Vec<usize> {
    let mut roots: Vec<NodeId> = Vec::new();
    for (index, pathway) in program.pathways.iter().enumerate() {
        if !standings[index].in_force {
            continue;
        }
        roots.push(pathway.eligible);
        roots.extend(pathway.receiving);
        let may_lead = routed.lead.leader == Some(Target::Program(index))
            || routed.lead.possible.contains(&Target::Program(index));
        if may_lead && routed.lead.status != LeadStatus::Fallback {
            roots.extend(pathway.financing.iter().filter_map(|financing| financing.when));
        }
    }
    let mut facts: Vec<usize> = roots
        .into_iter()
        .flat_map(|root| known.worth_asking(root))
        .map(|fact| as_asked(program, child, fact))
        .filter(|fact| can_be_asked(program, child, *fact))
        .collect();
    facts.sort_by_key(|fact| (program.facts[*fact].sensitive, *fact));
    facts.dedup();
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

/// The fact to ask for one that is open: a birth is asked in two steps.
fn as_asked(program: &Program, child: &Child, fact: usize) -> usize {
    match program.facts[fact].kind {
        FactKind::BirthMonth | FactKind::BirthDate | FactKind::Age => {
            birth_fact(program, child).unwrap_or(fact)
        }
        _ => fact,
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
