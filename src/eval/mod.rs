//! What every node comes to for one child: the reference meaning of the rules.
//!
//! On complete answers this is exact. On open ones each criterion keeps the outcomes that its parts leave possible,
//! part by part: what is sure is surely so, but two criteria that hang together are taken as if they did not.

use crate::child::{Births, Child, Value};
use crate::program::{Node, NodeId, NodeKind, Program};
use crate::value::{Code, CodeMatch, Date, Outcome, Outcomes, Truth};
use crate::vocabulary::{Addend, CodeList, Sum, Test};

/// What each node of the line comes to, by its number.
#[must_use]
pub fn evaluate(program: &Program, child: &Child) -> Vec<Outcomes> {
    let mut slots: Vec<Outcomes> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        slots.push(outcomes(program, child, node, &slots));
    }
    slots
}

fn outcomes(program: &Program, child: &Child, node: &Node, slots: &[Outcomes]) -> Outcomes {
    let slot = |id: &NodeId| slots[id.0 as usize];
    match &node.kind {
        NodeKind::Test(test) => Outcomes::of_truth(truth(program, child, test)),
        NodeKind::Judgment { .. } => Outcomes::AGENCY,
        NodeKind::NotStated(_) => Outcomes::NONE,
        NodeKind::Eligible { pathway, node } => {
            if program.pathways[*pathway].in_force(child.as_of) {
                slot(node)
            } else {
                Outcomes::NOT_MET
            }
        }
        NodeKind::Receiving { pathway, node } => match node {
            Some(node) if program.pathways[*pathway].in_force(child.as_of) => slot(node),
            _ => Outcomes::NOT_MET,
        },
        NodeKind::All(parts) => Outcomes::all(parts.iter().map(slot)),
        NodeKind::Any(parts) => Outcomes::any(parts.iter().map(slot)),
        NodeKind::AtLeast(needed, parts) => Outcomes::at_least(*needed as usize, parts.iter().map(slot)),
        NodeKind::Sum(sum) => sum_outcomes(program, child, sum, slots),
        NodeKind::Dated { .. } => node.kind.parts_on(child.as_of).first().map_or(Outcomes::NONE, slot),
        NodeKind::Not { node, .. } => slot(node).negated(),
    }
}

/// What a sum between two bounds comes to. A number that does not apply leaves nothing to add up.
fn sum_outcomes(program: &Program, child: &Child, sum: &Sum<NodeId>, slots: &[Outcomes]) -> Outcomes {
    let (mut least, mut most) = (sum.always, sum.always);
    let mut may_fail = false;
    for Addend { fact, amount } in &sum.addends {
        let Value::Number { from, to, .. } = &child.facts[*fact].value else { return Outcomes::NOT_MET };
        may_fail |= child.may_not_apply(program, *fact);
        let (low, high) = amount.between(*from, *to);
        least = least.saturating_add(low);
        most = most.saturating_add(high);
    }
    for (node, points) in sum.when.iter().zip(&sum.points) {
        let outcomes = slots[node.0 as usize];
        let added = if outcomes.allows(Outcome::Met) { *points } else { 0 };
        let sure = outcomes == Outcomes::MET;
        least += if sure { added } else { added.min(0) };
        most += if sure { added } else { added.max(0) };
    }
    Outcomes::of_truth(within(least, most, sum.from, sum.to, may_fail))
}

/// What a test of one fact comes to. What does not apply meets no test.
fn truth(program: &Program, child: &Child, test: &Test) -> Truth {
    let value = |fact: &usize| &child.facts[*fact].value;
    match test {
        Test::Age { from, below, month_end, on, .. } => {
            age(child.births, on.day(child.as_of), *from, *below, *month_end)
        }
        Test::Fact(fact) => match value(fact) {
            Value::YesNo(truth) => *truth,
            _ => Truth::No,
        },
        Test::Number { fact, from, to } => match value(fact) {
            Value::Number { from: least, to: most, .. } => {
                within(*least, *most, *from, *to, child.may_not_apply(program, *fact))
            }
            _ => Truth::No,
        },
        // As if it were a birth: how many months are completed since.
        Test::InTheLast { fact, months } => match value(fact) {
            Value::Number { from, to, .. } => {
                let days = Births { first: Date::of_number(*from), last: Date::of_number(*to) };
                let truth = age(days, child.as_of, None, Some(*months), false);
                let may_fail = child.may_not_apply(program, *fact);
                if truth == Truth::Yes && may_fail { Truth::Unknown } else { truth }
            }
            _ => Truth::No,
        },
        Test::OneOf { fact, choices, .. } => match value(fact) {
            Value::Choice(possible) => {
                let inside = choices.iter().any(|choice| possible[*choice]);
                let outside =
                    possible.iter().enumerate().any(|(index, open)| *open && !choices.contains(&index));
                either(inside, outside || child.may_not_apply(program, *fact))
            }
            _ => Truth::No,
        },
        Test::Includes { fact, elements, at_least } => match value(fact) {
            Value::Set(known) => {
                let count =
                    |truth: Truth| elements.iter().filter(|element| known[**element].0 == truth).count();
                let (yes, open) = (count(Truth::Yes), count(Truth::Unknown));
                let needed = *at_least as usize;
                either(yes + open >= needed, yes < needed)
            }
            _ => Truth::No,
        },
        Test::Diagnoses { fact, list, at_least } => match value(fact) {
            Value::Codes { known, complete } => {
                diagnoses(&program.lists[*list], known, *complete, *at_least as usize)
            }
            _ => Truth::No,
        },
    }
}

/// Whether everybody, nobody or somebody born on these days has the age. Age only falls as the birth moves on.
fn age(births: Births, as_of: Date, from: Option<u32>, below: Option<u32>, month_end: bool) -> Truth {
    let old_enough = |birth: Date| from.is_none_or(|from| birth.completed_months(as_of) >= Some(from));
    let young_enough = |birth: Date| {
        below.is_none_or(|below| {
            if month_end {
                as_of <= birth.completes(below).month_of().last()
            } else {
                birth.completed_months(as_of).is_none_or(|months| months < below)
            }
        })
    };
    // The oldest birth is the last to be young enough, the youngest the last to be old enough.
    let sure = old_enough(births.last) && young_enough(births.first);
    let impossible = !old_enough(births.first) || !young_enough(births.last);
    either(!impossible, !sure)
}

fn within(least: i64, most: i64, from: Option<i64>, to: Option<i64>, may_not_apply: bool) -> Truth {
    let (from, to) = (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
    either(least <= to && from <= most, least < from || to < most || may_not_apply)
}

fn diagnoses(list: &CodeList, known: &[Code], complete: Truth, at_least: usize) -> Truth {
    let mut entries: Vec<usize> = Vec::new();
    let mut perhaps = 0;
    for code in known {
        match list.compare(code) {
            (CodeMatch::Inside, Some(entry)) if !entries.contains(&entry) => entries.push(entry),
            (CodeMatch::LessSpecific, _) => perhaps += 1,
            _ => {}
        }
    }
    if entries.len() >= at_least {
        Truth::Yes
    } else if complete == Truth::Yes && entries.len() + perhaps < at_least {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// From whether it can hold and whether it can fail.
fn either(can_hold: bool, can_fail: bool) -> Truth {
    match (can_hold, can_fail) {
        (true, true) => Truth::Unknown,
        (true, false) => Truth::Yes,
        _ => Truth::No,
    }
}
