//! The order of answers never matters.

use super::{each_child, told};
use crate::random::all_answers;

#[test]
fn the_same_answers_in_any_order_give_the_same_bytes() {
    each_child(150, |dice, state, _, said| {
        let bytes =
            |said: &[(String, carepath::child::Raw)]| serde_json::to_string(&state.screen(said).unwrap());
        let first = bytes(said).unwrap();
        let mut shuffled = said.to_vec();
        for _ in 0..3 {
            dice.shuffle(&mut shuffled);
            assert_eq!(first, bytes(&shuffled).unwrap(), "{said:?}, then {shuffled:?}");
        }
    });
}

#[test]
fn questions_in_any_order_lead_to_the_same_end() {
    each_child(150, |dice, state, child, _| {
        // What this family says to each question, whenever it is put.
        let all = all_answers(dice, &state.rules.program, child);
        let end = told(state, &state.screen(&all).unwrap());
        let mut said = Vec::new();
        let mut result = state.screen(&said).unwrap();
        while let Some(next) = result.next {
            let answer = all.iter().find(|(id, _)| *id == next.fact);
            said.push(answer.unwrap_or_else(|| panic!("{} is asked after {said:?}", next.fact)).clone());
            result = state.screen(&said).unwrap();
        }
        assert_eq!(told(state, &result), end, "asked as planned: {said:?}, of {all:?}");
        for _ in 0..2 {
            let mut rest = all.clone();
            dice.shuffle(&mut rest);
            said.clear();
            let mut result = state.screen(&said).unwrap();
            while !result.settled {
                said.push(rest.pop().unwrap_or_else(|| panic!("never settled: {all:?}")));
                result = state.screen(&said).unwrap();
            }
            assert_eq!(told(state, &result), end, "asked in another order: {said:?}, of {all:?}");
        }
    });
}
