//! Ages at an event whose day can be told: they follow from the birth and the day, and never say otherwise.

use super::conflicts::named;
use super::questions::{family, interview};
use super::{each_state_of, shown, told};
use crate::random::{Reply, Shape, answers, full_child, reply};
use carepath::child::Raw;
use std::collections::BTreeSet;

/// One age at an event, its day, and little else.
fn with_an_event(shape: Shape) -> Shape {
    let shape = Shape { days: 1, ages_at: 1, events: true, yes_no: 2, numbers: 0, choices: 0, ..shape };
    Shape { lists: false, sets: 0, places: 0, sums: false, totals: false, ..shape }
}

#[test]
fn answers_that_contradict_the_age_at_an_event_are_named() {
    named(250, with_an_event);
}

#[test]
fn what_is_shown_equals_brute_force() {
    let mut told = 0;
    each_state_of(150, with_an_event, |dice, state| {
        for _ in 0..super::CHILDREN {
            let child = full_child(dice, &state.rules.program, state.rules.day);
            let said = answers(dice, &state.rules.program, &child, state.rules.day);
            let result = state.screen(&said).unwrap_or_else(|refusal| panic!("{said:?}: {refusal}"));
            assert_eq!(shown(state, &result), state.worlds.shown(state.cube(&said).all()), "{said:?}");
            told += usize::from(
                said.iter().any(|(id, raw)| id == "day_0" && *raw != Raw::Text("unknown".into())),
            );
        }
    });
    assert!(told > 0 || super::seeds(150).count() < 150, "no day was told");
}

#[test]
fn an_interview_ends_when_nothing_that_can_be_said_changes_anything() {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    each_state_of(120, with_an_event, |dice, state| {
        let program = &state.rules.program;
        for of in 0..3 {
            let child = full_child(dice, program, state.rules.day);
            let (mut said, mut promised) = (Vec::new(), Vec::new());
            interview(dice, state, &child, &[], family(of), |now, result| {
                said = now.to_vec();
                promised.push((result.remaining.at_least, result.remaining.at_most));
                asked.extend(result.next.iter().map(|next| next.fact.clone()));
            });
            for (step, (at_least, at_most)) in promised.iter().enumerate() {
                let left = promised.len() - 1 - step;
                assert!(*at_least <= left && left <= *at_most, "{promised:?} at {step}: {said:?}");
            }
            let before = state.screen(&said).unwrap();
            assert!(before.settled);
            let open = program.facts.iter().map(|fact| fact.id.clone());
            let birth = |id: &str| ["birth_month", "birth_date", "age"].contains(&id);
            let born = said.iter().any(|(id, _)| birth(id));
            let open: Vec<String> = open
                .filter(|id| id != "age" && !(birth(id) && born) && said.iter().all(|(known, _)| known != id))
                .collect();
            let mut more = said.clone();
            for id in open {
                more = reply(dice, program, &child, &more, &id, Reply::Whole);
            }
            let after = state.screen(&more).unwrap_or_else(|refusal| panic!("{more:?}: {refusal}"));
            // Nobody is asked about what is for professionals.
            assert_eq!(told(state, &before), told(state, &after), "{said:?}, then {more:?}");
        }
    });
    // The day is asked where nobody knows the age.
    assert!(asked.contains("day_0") || super::seeds(120).count() < 120);
}
