//! An interview ends, puts no question twice, and keeps what it promises of their number.

use super::totals::with_totals;
use super::{State, each_child, each_child_of};
use crate::random::{Dice, Full, Reply, Shape, reply};
use carepath::child::Raw;
use carepath::screen::Screening;
use std::collections::BTreeMap;

/// Goes on asking until nothing is left to ask; `each` sees every result, the last included.
pub(crate) fn interview(
    dice: &mut Dice,
    state: &State<'_>,
    child: &BTreeMap<usize, Full>,
    said: &[(String, Raw)],
    mut how: impl FnMut(&mut Dice) -> Reply,
    mut each: impl FnMut(&[(String, Raw)], &Screening),
) {
    let mut said = said.to_vec();
    // Every fact can be asked about, and refined once.
    for _ in 0..2 * state.rules.program.facts.len() {
        let result = state.screen(&said).unwrap_or_else(|refusal| panic!("{said:?}: {refusal}"));
        each(&said, &result);
        let Some(next) = result.next else { return };
        let reply_how = how(dice);
        said = reply(dice, &state.rules.program, child, &said, &next.fact, reply_how);
    }
    panic!("the interview does not end: {said:?}");
}

/// A family that knows most, half, or nothing of what it is asked.
pub(crate) fn family(of: usize) -> impl FnMut(&mut Dice) -> Reply {
    move |dice| match (of, dice.roll(6)) {
        (0, 0) | (1, 0..=2) | (2, _) => Reply::Unknown,
        (_, 5) => Reply::Part,
        _ => Reply::Whole,
    }
}

#[test]
fn as_many_questions_are_put_as_was_promised() {
    each_child(200, promised);
    // Where diagnoses are most of what is asked, every question after the first counts.
    let diagnoses =
        |shape| Shape { lists: true, yes_no: 1, ages: false, numbers: 0, choices: 0, sums: false, ..shape };
    each_child_of(100, diagnoses, promised);
    // Where numbers are added up, the first is asked about, and each of the others after it.
    each_child_of(100, with_totals, promised);
}

fn promised(dice: &mut Dice, state: &State<'_>, child: &BTreeMap<usize, Full>, said: &[(String, Raw)]) {
    for of in 0..3 {
        let mut promised: Vec<(usize, usize)> = Vec::new();
        interview(dice, state, child, said, family(of), |_, result| {
            promised.push((result.remaining.at_least, result.remaining.at_most));
        });
        let asked = promised.len() - 1;
        for (step, (at_least, at_most)) in promised.iter().enumerate() {
            let left = asked - step;
            assert!(*at_least <= left, "{left} questions after {step}, not {at_least} or more: {said:?}");
            assert!(left <= *at_most, "{left} questions after {step}, not {at_most} or fewer: {said:?}");
        }
    }
}

#[test]
fn nothing_is_asked_twice() {
    each_child(150, |dice, state, child, said| {
        let mut asked: Vec<(String, Option<Raw>)> = Vec::new();
        interview(dice, state, child, said, family(1), |said, result| {
            if let Some(next) = &result.next {
                let before = said.iter().find(|(id, _)| *id == next.fact).map(|(_, raw)| raw.clone());
                assert!(before != Some(Raw::Text("unknown".into())), "{} is not known", next.fact);
                // A second question of the same fact is about what the first left open.
                let question = (next.fact.clone(), before);
                assert!(!asked.contains(&question), "{} again: {said:?}", next.fact);
                asked.push(question);
            }
        });
    });
}
