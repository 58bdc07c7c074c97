//! Figures that are added up from several numbers: where the cells of each have to be cut, so that sums are exact.
//!
//! Of the numbers in a sum all but the largest have a cell for every value; the largest is cut where, with some values of
//! the others, the sum passes a bound. Several large numbers are one variable, their total: what is known of each says
//! between what it lies. It is then taken as if it had nothing to do with other tests of the same numbers.

use super::cells::limits;
use crate::program::{NodeId, Program};
use crate::vocabulary::{Addend, Amount, Sum, greatest_divisor};

/// A number with at most so many values has a cell for each.
const SMALL: i64 = 64;

/// The numbers of a sum, by index: those with a cell for each value, and those that are cut last.
pub(super) fn numbers(program: &Program, sum: &Sum<NodeId>) -> (Vec<usize>, Vec<usize>) {
    let values = |index: &usize| {
        let (min, max) = limits(program, sum.addends[*index].fact);
        max - min
    };
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..sum.addends.len()).partition(|index| values(index) < SMALL);
    if large.is_empty()
        && let Some(largest) = small.iter().copied().max_by_key(values)
    {
        small.retain(|index| *index != largest);
        large.push(largest);
    }
    (small, large)
}

/// What several large numbers add together; nothing where a sum has one at most.
pub(super) fn total(program: &Program, sum: &Sum<NodeId>) -> Option<Vec<Addend>> {
    let (_, large) = numbers(program, sum);
    (large.len() > 1).then(|| large.iter().map(|index| sum.addends[*index].clone()).collect())
}

/// Whether numbers may come to a total from one value up to below another. Where no step of theirs lies in between, none do;
/// where steps of several sizes meet there, it is not ruled out.
pub(super) fn may_come_to(program: &Program, addends: &[Addend], from: i64, below: i64) -> bool {
    let (mut least, mut most, mut step) = (0i64, 0i64, 0i64);
    for Addend { fact, amount } in addends {
        let (min, max) = limits(program, *fact);
        let (low, high) = amount.between(min, max);
        (least, most) = (least + low, most + high);
        step = greatest_divisor(step, amount.step());
    }
    let steps = from.saturating_sub(least).max(0);
    let first = if step == 0 { least } else { least + (steps + step - 1) / step * step };
    from <= first && first < below && first <= most
}

/// Where a total is cut: the first value of each cell but the first.
pub(super) fn bounds_of_total(program: &Program, sum: &Sum<NodeId>) -> Vec<i64> {
    let (_, large) = numbers(program, sum);
    let rests = others(program, sum, &large, &|_| None);
    let passed = [sum.from, sum.to.map(|to| to.saturating_add(1))];
    passed.into_iter().flatten().flat_map(|bound| rests.iter().map(move |rest| bound - rest)).collect()
}

/// The first value of each cell but the first that a sum asks of a number; `known` tells between what other numbers lie.
pub(super) fn bounds(
    program: &Program,
    sum: &Sum<NodeId>,
    fact: usize,
    known: &dyn Fn(usize) -> Option<(i64, i64)>,
) -> Vec<i64> {
    let (_, large) = numbers(program, sum);
    let mut found = Vec::new();
    for (index, addend) in sum.addends.iter().enumerate().filter(|(_, addend)| addend.fact == fact) {
        let (min, max) = limits(program, fact);
        if !large.contains(&index) {
            found.extend(min + 1..=max);
            continue;
        }
        // Of several large numbers only the total is cut.
        if large.len() > 1 {
            continue;
        }
        let others = others(program, sum, &large, known);
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
    large: &[usize],
    known: &dyn Fn(usize) -> Option<(i64, i64)>,
) -> Vec<i64> {
    let mut sums = vec![sum.always];
    let mut add = |amounts: &[i64]| {
        sums = sums.iter().flat_map(|sum| amounts.iter().map(move |amount| sum + amount)).collect();
        sums.sort_unstable();
        sums.dedup();
    };
    sum.points.iter().for_each(|points| add(&[0, *points]));
    let numbers = sum.addends.iter().enumerate().filter(|(index, _)| !large.contains(index));
    for (_, Addend { fact, amount }) in numbers {
        let (min, max) = known(*fact).unwrap_or_else(|| limits(program, *fact));
        let mut amounts: Vec<i64> = (min..=max).map(|value| amount.of(value)).collect();
        amounts.sort_unstable();
        amounts.dedup();
        add(&amounts);
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
