//! The order of the variables: it decides how large diagrams become.
//!
//! FORCE (Aloul, Markov, Sakallah 2003): facts that stand in one criterion pull each other together until nothing gets
//! nearer. Whole numbers only, so that the order is the same on every machine.

use super::cells::Variables;
use crate::program::{NodeKind, Program};
use crate::vocabulary::{Implication, Test};

/// So often every fact is pulled.
const ROUNDS: usize = 40;

/// The facts in an order that keeps those near each other that stand together.
pub(super) fn by_force(program: &Program, variables: &Variables) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    for fact in variables.facts.iter().flatten() {
        if !order.contains(fact) {
            order.push(*fact);
        }
    }
    let together = groups(program, variables, &order);
    let mut best = (span(&order, &together), order.clone());
    for _ in 0..ROUNDS {
        let next = pulled(&order, &together);
        if next == order {
            break;
        }
        order = next;
        best = best.min((span(&order, &together), order.clone()));
    }
    best.1
}

/// The facts pulled once: each to the middle of the middles of the groups it stands in.
fn pulled(order: &[usize], together: &[Vec<usize>]) -> Vec<usize> {
    let place = places(order);
    // Of each fact, the sum of its groups' middles, and how many these are.
    let mut pulls = vec![(0i64, 0i64); place.len()];
    for group in together {
        let middle = group.iter().map(|fact| place[*fact]).sum::<i64>() * 1000 / group.len() as i64;
        for fact in group {
            let (sum, count) = pulls[*fact];
            pulls[*fact] = (sum + middle, count + 1);
        }
    }
    let mut next = order.to_vec();
    next.sort_by_key(|fact| match pulls[*fact] {
        (_, 0) => (place[*fact] * 1000, place[*fact]),
        (sum, count) => (sum / count, place[*fact]),
    });
    next
}

/// The place of each fact in an order, by the fact's number.
fn places(order: &[usize]) -> Vec<i64> {
    let mut places = vec![0; order.iter().max().map_or(0, |last| last + 1)];
    for (place, fact) in order.iter().enumerate() {
        places[*fact] = place as i64;
    }
    places
}

/// The facts that stand together: below one node, or in one implication.
fn groups(program: &Program, variables: &Variables, facts: &[usize]) -> Vec<Vec<usize>> {
    let births = variables.births;
    let mut below: Vec<Vec<usize>> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let mut own: Vec<usize> = match &node.kind {
            NodeKind::Test(Test::Age { .. }) => births.into_iter().collect(),
            kind @ NodeKind::Test(_) => kind.facts().collect(),
            kind => kind
                .parts()
                .iter()
                .flat_map(|part| &below[part.0 as usize])
                .copied()
                .chain(kind.facts())
                .collect(),
        };
        own.sort_unstable();
        own.dedup();
        below.push(own);
    }
    let implied = program.implications.iter().map(|Implication { when, then }| {
        let mut own: Vec<usize> = then.iter().chain([when]).map(|literal| literal.fact()).collect();
        own.sort_unstable();
        own.dedup();
        own
    });
    let mut ordered = vec![false; program.facts.len()];
    facts.iter().for_each(|fact| ordered[*fact] = true);
    let mut groups: Vec<Vec<usize>> = below
        .into_iter()
        .chain(implied)
        .filter(|group| group.len() > 1)
        .map(|group| group.into_iter().filter(|fact| ordered[*fact]).collect::<Vec<_>>())
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// How far apart what stands together is.
fn span(order: &[usize], together: &[Vec<usize>]) -> i64 {
    let place = places(order);
    let width = |group: &Vec<usize>| {
        let places = group.iter().map(|fact| place[*fact]);
        places.clone().max().unwrap_or_default() - places.min().unwrap_or_default()
    };
    together.iter().map(width).sum()
}
