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
        let place = |fact: &usize| order.iter().position(|other| other == fact).unwrap_or_default() as i64;
        let middle = |group: &Vec<usize>| group.iter().map(place).sum::<i64>() * 1000 / group.len() as i64;
        let middles: Vec<i64> = together.iter().map(middle).collect();
        let pulled = |fact: &usize| {
            let own: Vec<i64> = together
                .iter()
                .zip(&middles)
                .filter(|(group, _)| group.contains(fact))
                .map(|(_, middle)| *middle)
                .collect();
            if own.is_empty() { place(fact) * 1000 } else { own.iter().sum::<i64>() / own.len() as i64 }
        };
        let mut next = order.clone();
        next.sort_by_cached_key(|fact| (pulled(fact), place(fact)));
        if next == order {
            break;
        }
        order = next;
        best = best.min((span(&order, &together), order.clone()));
    }
    best.1
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
    let mut groups: Vec<Vec<usize>> = below
        .into_iter()
        .chain(implied)
        .map(|group| group.into_iter().filter(|fact| facts.contains(fact)).collect::<Vec<_>>())
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort();
    groups.dedup();
    groups
}

/// How far apart what stands together is.
fn span(order: &[usize], together: &[Vec<usize>]) -> usize {
    let place = |fact: &usize| order.iter().position(|other| other == fact).unwrap_or_default();
    let width = |group: &Vec<usize>| {
        let places = group.iter().map(place);
        places.clone().max().unwrap_or_default() - places.min().unwrap_or_default()
    };
    together.iter().map(width).sum()
}
