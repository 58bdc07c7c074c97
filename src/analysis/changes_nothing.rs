//! Criteria, bounds, choices and entries of lists without which everything would be decided as it is.

use super::always::reading;
use super::{Finding, Kind, Rules};
use crate::child::Child;
use crate::diagram::{LeftOut, TooTangled};
use crate::program::{At, NodeId, NodeKind};
use crate::vocabulary::{Sum, Test};

/// Something that may be left out.
struct Tried {
    left_out: LeftOut,
    /// The node that is left out, where a whole one is.
    whole: Option<NodeId>,
    /// What, in a few words.
    what: String,
    at: At,
    /// A node whose programs are concerned.
    node: usize,
}

/// On every day; what stands in something that changes nothing is not told again.
pub(super) fn check(rules: &Rules, anybody: &[Child], found: &mut Vec<Finding>) -> Result<(), TooTangled> {
    let program = &rules.program;
    let mut idle = everything(rules);
    for child in anybody {
        let diagrams = rules.periods.on(program, child.as_of)?;
        let mut known = diagrams.known(program, child);
        known.give_room();
        let mut variants = known.variants();
        idle.retain(|tried| !variants.matters(&tried.left_out));
        if !variants.within_bound() {
            return Err(TooTangled);
        }
    }
    let Some(first) = anybody.first() else { return Ok(()) };
    let told = |at: &At| found.iter().any(|known| known.at == Some(*at) && is_constant(known.kind));
    let mut inside = vec![false; program.nodes.len()];
    for tried in &idle {
        for part in tried.whole.iter().flat_map(|node| program.node(*node).kind.parts()) {
            inside[part.0 as usize] = true;
        }
    }
    for node in (0..program.nodes.len()).rev().filter(|node| inside[*node]).collect::<Vec<_>>() {
        for part in program.nodes[node].kind.parts() {
            inside[part.0 as usize] = true;
        }
    }
    let mut new: Vec<Finding> = Vec::new();
    for tried in idle {
        let whole = tried.whole.is_some_and(|node| inside[node.0 as usize]);
        let part = tried.whole.is_none() && inside[tried.node];
        let known = new.iter().any(|one| one.at == Some(tried.at) && one.text.contains(&tried.what));
        if whole || part || known || told(&tried.at) {
            continue;
        }
        new.push(Finding {
            kind: Kind::ChangesNothing,
            programs: reading(rules, tried.node),
            text: format!(
                "{} changes nothing: without it, every child would be decided as it is now",
                tried.what
            ),
            child: None,
            after: None,
            as_of: first.as_of,
            at: Some(tried.at),
            declared: rules.intended_on(tried.at),
            share: None,
        });
    }
    found.extend(new);
    Ok(())
}

fn is_constant(kind: Kind) -> bool {
    matches!(kind, Kind::AlwaysTrue | Kind::Contradiction | Kind::NeverEligible)
}

/// All that may be left out one at a time, outer criteria first.
fn everything(rules: &Rules) -> Vec<Tried> {
    let program = &rules.program;
    let mut all = Vec::new();
    for (index, node) in program.nodes[..rules.decides].iter().enumerate().rev() {
        let id = NodeId(index as u32);
        let mut instead = |kind: NodeKind, what: String, at: At, whole: Option<NodeId>| {
            all.push(Tried { left_out: LeftOut::Instead(id, kind), whole, what, at, node: index });
        };
        match &node.kind {
            NodeKind::All(parts) | NodeKind::Any(parts) | NodeKind::AtLeast(_, parts) if parts.len() > 1 => {
                for (member, part) in parts.iter().enumerate() {
                    let own = program.node(*part);
                    if matches!(own.kind, NodeKind::NotStated(_)) {
                        continue;
                    }
                    let mut others = parts.clone();
                    others.remove(member);
                    let kind = match &node.kind {
                        NodeKind::All(_) => NodeKind::All(others),
                        NodeKind::Any(_) => NodeKind::Any(others),
                        NodeKind::AtLeast(needed, _) => NodeKind::AtLeast(*needed, others),
                        _ => continue,
                    };
                    instead(kind, "this criterion".to_owned(), own.at, Some(*part));
                }
            }
            NodeKind::Test(test) => {
                for (test, what) in narrower(test, rules) {
                    instead(NodeKind::Test(test), what, node.at, None);
                }
            }
            NodeKind::Sum(sum) if sum.from.is_some() && sum.to.is_some() => {
                let lower = Sum { from: None, ..sum.clone() };
                instead(NodeKind::Sum(lower), "the lower end of this range".to_owned(), node.at, None);
                let upper = Sum { to: None, ..sum.clone() };
                instead(NodeKind::Sum(upper), "the upper end of this range".to_owned(), node.at, None);
            }
            _ => {}
        }
    }
    for (list, own) in program.lists.iter().enumerate() {
        let reads = |kind: &NodeKind| matches!(kind, NodeKind::Test(Test::Diagnoses { list: read, .. }) if *read == list);
        let Some(node) = program.nodes[..rules.decides].iter().position(|node| reads(&node.kind)) else {
            continue;
        };
        for (entry, named) in own.entries.iter().enumerate() {
            let what = format!("the entry {} of the list `{}`", named.codes, own.id);
            let at = program.nodes[node].at;
            all.push(Tried { left_out: LeftOut::Entry { list, entry }, whole: None, what, at, node });
        }
    }
    all
}

/// A test without one of its bounds, choices or elements.
fn narrower(test: &Test, rules: &Rules) -> Vec<(Test, String)> {
    let (lower, upper) =
        (|| "the lower end of this range".to_owned(), || "the upper end of this range".to_owned());
    let label = |fact: usize, choice: usize| {
        let choices = rules.program.facts[fact].kind.choices();
        format!("`{}` here", choices.get(choice).map_or("", |choice| &choice.id))
    };
    match test {
        Test::Age { from: Some(from), below: Some(below), in_months, month_end, on } => {
            let test = |from, below| Test::Age {
                from,
                below,
                in_months: *in_months,
                month_end: *month_end && below.is_some(),
                on: *on,
            };
            vec![(test(None, Some(*below)), lower()), (test(Some(*from), None), upper())]
        }
        Test::Number { fact, from: Some(from), to: Some(to) } => vec![
            (Test::Number { fact: *fact, from: None, to: Some(*to) }, lower()),
            (Test::Number { fact: *fact, from: Some(*from), to: None }, upper()),
        ],
        Test::OneOf { fact, choices, list: None } if choices.len() > 1 => {
            let without = |left_out: usize| choices.iter().copied().filter(|one| *one != left_out).collect();
            let test = |choice: &usize| Test::OneOf { fact: *fact, choices: without(*choice), list: None };
            choices.iter().map(|choice| (test(choice), label(*fact, *choice))).collect()
        }
        Test::Includes { fact, elements, at_least } if elements.len() > 1 => {
            let without = |left_out: usize| elements.iter().copied().filter(|one| *one != left_out).collect();
            let test = |element: &usize| Test::Includes {
                fact: *fact,
                elements: without(*element),
                at_least: *at_least,
            };
            elements.iter().map(|element| (test(element), label(*fact, *element))).collect()
        }
        _ => Vec::new(),
    }
}
