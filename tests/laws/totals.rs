//! What several large numbers add up to: what is shown of it is never wrong, and is all that can be known wherever `check` does
//! not say that something is decided apart.

use super::questions::{family, interview};
use super::{State, each_state_of, shown};
use crate::random::{Shape, answers, full_child};
use crate::reference::Shown;
use carepath::diagram::taken_apart;

/// Three large numbers, two sums of them, and little else.
pub(crate) fn with_totals(shape: Shape) -> Shape {
    let shape = Shape { totals: true, yes_no: 3, numbers: 0, choices: 0, lists: false, ages: false, ..shape };
    Shape { sets: 0, places: 0, days: 0, ages_at: 0, sums: false, judgments: 0, ..shape }
}

/// What is shown is so, whatever else may be.
fn never_wrong(shown: &Shown, so: &Shown, told: &str) {
    let verdicts = shown.decisions.iter().zip(&so.decisions).chain(shown.receiving.iter().zip(&so.receiving));
    let benefits = shown.benefits.iter().flatten().zip(so.benefits.iter().flatten());
    for (shown, so) in verdicts.chain(benefits) {
        assert!(
            ["undetermined", "unknown"].contains(shown) || shown == so,
            "{told}: {shown}, and it is {so}"
        );
    }
    if shown.lead.is_some() {
        assert_eq!(shown.lead, so.lead, "{told}");
    }
    if shown.status != "undetermined" {
        assert_eq!(shown.status, so.status, "{told}");
    }
    assert!(so.possible.iter().all(|id| shown.possible.contains(id)), "{told}: {shown:?}, and it is {so:?}");
    assert!(shown.duplicates.iter().all(|found| so.duplicates.contains(found)), "{told}: {shown:?}");
}

/// Whether nothing is decided apart.
fn is_exact(state: &State<'_>) -> bool {
    taken_apart(&state.rules.program, state.rules.day).is_empty()
}

#[test]
fn what_is_shown_is_never_wrong_and_all_where_nothing_is_apart() {
    let (mut exact, mut open) = (0, 0);
    each_state_of(250, with_totals, |dice, state| {
        for _ in 0..2 * super::CHILDREN {
            let child = full_child(dice, &state.rules.program, state.rules.day);
            let said = answers(dice, &state.rules.program, &child, state.rules.day);
            let result = state.screen(&said).unwrap_or_else(|refusal| panic!("{said:?}: {refusal}"));
            let (shown, so) = (shown(state, &result), state.worlds.shown(state.cube(&said).all()));
            never_wrong(&shown, &so, &format!("{said:?}"));
            if is_exact(state) {
                assert_eq!(shown, so, "{said:?}");
                exact += 1;
            } else {
                open += usize::from(shown != so);
            }
        }
    });
    let all = super::seeds(250).count() >= 250;
    assert!(
        !all || (exact > 50 && open > 0),
        "{exact} were exact; {open} were open longer than they had to be"
    );
}

#[test]
fn an_interview_about_totals_ends_with_what_is_so() {
    each_state_of(80, with_totals, |dice, state| {
        let child = full_child(dice, &state.rules.program, state.rules.day);
        let mut end = None;
        interview(dice, state, &child, &[], family(0), |said, result| {
            end = Some((said.to_vec(), shown(state, result)));
        });
        let (said, shown) = end.expect("an interview has an end");
        never_wrong(&shown, &state.worlds.shown(state.cube(&said).all()), &format!("{said:?}"));
    });
}
