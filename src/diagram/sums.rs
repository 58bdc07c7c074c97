//! Figures that are added up from several numbers: where the cells of each have to be cut, so that sums are exact.
//!
//! Of the numbers in a sum all but the largest have a cell for every value; the largest is cut where, with some values of
//! the others, the sum passes a bound. `check` refuses scores with two large numbers.

use super::cells::limits;
use crate::program::{NodeId, Program};
use crate::vocabulary::{Addend, Amount, Sum};
use std::collections::BTreeSet;

/// The number of a sum that is cut last: the one with the most values.
pub(super) fn largest(program: &Program, sum: &Sum<NodeId>) -> Option<usize> {
    let values = |addend: &Addend| {
        let (min, max) = limits(program, addend.fact);
        max - min
    };
    (0..sum.addends.len()).max_by_key(|index| values(&sum.addends[*index]))
}

/// The first value of each cell but the first that a sum asks of a number; `known` tells between what other numbers lie.
pub(super) fn bounds(
    program: &Program,
    sum: &Sum<NodeId>,
    fact: usize,
    known: &dyn Fn(usize) -> Option<(i64, i64)>,
) -> Vec<i64> {
    let largest = largest(program, sum);
    let mut found = Vec::new();
    for (index, addend) in sum.addends.iter().enumerate().filter(|(_, addend)| addend.fact == fact) {
        let (min, max) = limits(program, fact);
        if Some(index) != largest {
            found.extend(min + 1..=max);
            continue;
        }
        let others = others(program, sum, index, known);
        let passed = [sum.from, sum.to.map(|to| to.saturating_add(1))];
        for bound in passed.into_iter().flatten() {
            found.extend(others.iter().filter_map(|other| passes(&addend.amount, min, max, bound - other)));
        }
    }
    found
}

/// All that the rest of a sum can come to.
fn others(
    program: &Program,
    sum: &Sum<NodeId>,
    largest: usize,
    known: &dyn Fn(usize) -> Option<(i64, i64)>,
) -> BTreeSet<i64> {
    let mut sums = BTreeSet::from([sum.always]);
    let mut add = |amounts: &BTreeSet<i64>| {
        sums = sums.iter().flat_map(|sum| amounts.iter().map(move |amount| sum + amount)).collect();
    };
    sum.points.iter().for_each(|points| add(&BTreeSet::from([0, *points])));
    for (_, Addend { fact, amount }) in sum.addends.iter().enumerate().filter(|(index, _)| *index != largest)
    {
        let (min, max) = known(*fact).unwrap_or_else(|| limits(program, *fact));
        add(&(min..=max).map(|value| amount.of(value)).collect());
    }
    sums
}

/// The first value from which on what a number adds lies on the other side of a bound.
fn passes(amount: &Amount, min: i64, max: i64, bound: i64) -> Option<i64> {
    let reaches = |value: i64| amount.of(value) >= bound;
    if let Amount::Table(..) = amount {
        // Not all tables only rise or only fall.
        return (min + 1..=max).find(|value| reaches(*value) != reaches(value - 1));
    }
    let (mut before, mut after) = (min, max);
    if reaches(before) == reaches(after) {
        return None;
    }
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if reaches(middle) == reaches(before) { before = middle } else { after = middle }
    }
    Some(after)
}
