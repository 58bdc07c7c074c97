//! Answers that cannot all be true are refused, and the fewest of them are named.

use super::each_state_of;
use super::missing::subsets;
use crate::random::{Shape, answers, full_child};
use carepath::child::Raw;
use carepath::screen::Refusal;

#[test]
fn the_fewest_answers_that_contradict_each_other_are_named() {
    named(400, |shape| shape);
}

/// The law, for states of a shape.
pub(crate) fn named(usual: u64, shape: fn(Shape) -> Shape) {
    let mut conflicts = 0;
    each_state_of(usual, shape, |dice, state| {
        let program = &state.rules.program;
        for _ in 0..4 {
            // Some answers are one child's, the others another's.
            let mut said: Vec<(String, Raw)> = Vec::new();
            for _ in 0..2 {
                let child = full_child(dice, program, state.rules.day);
                for (id, raw) in answers(dice, program, &child, state.rules.day) {
                    if dice.one_in(2) && said.iter().all(|(known, _)| *known != id) {
                        said.push((id, raw));
                    }
                }
            }
            let conflict = |facts: &[usize]| {
                let chosen = |id: &String| facts.contains(&program.fact(id).unwrap());
                let only: Vec<(String, Raw)> = said.iter().filter(|(id, _)| chosen(id)).cloned().collect();
                state.cube(&only).all() == 0
            };
            let mut answered: Vec<usize> = said.iter().map(|(id, _)| program.fact(id).unwrap()).collect();
            answered.sort_unstable();
            let fewest = if conflict(&answered) {
                let sets = (1..=answered.len()).flat_map(|size| subsets(&answered, size));
                sets.into_iter().find(|facts| conflict(facts))
            } else {
                None
            };
            let named = match state.screen(&said) {
                Ok(_) => None,
                Err(Refusal::Conflict(names)) => {
                    Some(names.iter().map(|name| program.fact(name).unwrap()).collect::<Vec<usize>>())
                }
                Err(other) => panic!("{other}"),
            };
            let names = |facts: &Option<Vec<usize>>| {
                facts
                    .as_ref()
                    .map(|facts| facts.iter().map(|fact| program.facts[*fact].id.clone()).collect::<Vec<_>>())
            };
            assert_eq!(names(&named), names(&fewest), "{said:?}");
            conflicts += usize::from(fewest.is_some());
        }
    });
    assert!(
        conflicts > 10 || super::seeds(usual).count() as u64 != usual,
        "only {conflicts} contradictions were tried"
    );
}
