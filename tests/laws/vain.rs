//! No question is put in vain, and none that matters is left out.

use super::each_child;
use super::questions::{family, interview};

#[test]
fn every_question_has_two_answers_that_conclude_differently() {
    each_child(150, |dice, state, child, said| {
        let of = dice.roll(3);
        interview(dice, state, child, said, family(of), |said, result| {
            if let Some(next) = &result.next {
                let worth = state.cube(said).worth_asking(state.fact(&next.fact));
                assert!(worth, "{} is asked in vain after {said:?}", next.fact);
            }
        });
    });
}

#[test]
fn nothing_that_matters_is_left_unasked() {
    each_child(150, |dice, state, child, said| {
        let of = dice.roll(3);
        interview(dice, state, child, said, family(of), |said, result| {
            assert_eq!(result.settled, result.next.is_none());
            if result.settled {
                let cube = state.cube(said);
                for fact in cube.askable() {
                    let name = &state.rules.program.facts[fact].id;
                    assert!(!cube.worth_asking(fact), "{name} would matter after {said:?}");
                }
            }
        });
    });
}
