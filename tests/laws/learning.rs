//! Learning more narrows what is open, and never overturns what was sure.

use super::{each_child, shown, told};
use crate::random::{Reply, reply};
use crate::reference::Shown;

/// The facts that were not answered yet.
fn unasked(state: &super::State<'_>, said: &[(String, carepath::child::Raw)]) -> Vec<String> {
    let facts = state.rules.program.facts.iter().map(|fact| fact.id.clone());
    // Any two of these tell the same of a birth.
    let birth = |id: &str| ["birth_month", "birth_date", "age"].contains(&id);
    let told = said.iter().any(|(id, _)| birth(id));
    facts
        .filter(|id| id != "age" && !(birth(id) && told) && said.iter().all(|(known, _)| known != id))
        .collect()
}

#[test]
fn an_answer_never_overturns_what_was_sure() {
    each_child(250, |dice, state, child, said| {
        let before = state.screen(said).unwrap();
        let program = &state.rules.program;
        let partly = said.iter().filter(|(_, raw)| matches!(raw, carepath::child::Raw::Map(_)));
        let partly = partly.map(|(id, _)| id.clone()).filter(|id| id != "age");
        for fact in unasked(state, said).into_iter().chain(partly) {
            let more = reply(dice, program, child, said, &fact, Reply::Whole);
            let after = state.screen(&more).unwrap_or_else(|refusal| panic!("{more:?}: {refusal}"));
            stays(&shown(state, &before), &shown(state, &after), &format!("{fact} after {said:?}"));
        }
    });
}

/// What was sure before stays so.
fn stays(before: &Shown, after: &Shown, told: &str) {
    let verdicts =
        before.decisions.iter().zip(&after.decisions).chain(before.receiving.iter().zip(&after.receiving));
    let benefits = before.benefits.iter().flatten().zip(after.benefits.iter().flatten());
    for (before, after) in verdicts.chain(benefits) {
        let open = ["undetermined", "unknown"].contains(before);
        assert!(open || before == after, "{told}: {before} becomes {after}");
    }
    if before.lead.is_some() {
        assert_eq!(before.lead, after.lead, "{told}");
    }
    if before.status != "undetermined" {
        assert_eq!(before.status, after.status, "{told}");
    }
    assert!(after.possible.iter().all(|id| before.possible.contains(id)), "{told}: {after:?}");
    for (id, _) in &before.duplicates {
        assert!(after.duplicates.iter().any(|(other, _)| other == id), "{told}: {id} is needed after all");
    }
}

#[test]
fn what_is_settled_stays_as_it_is() {
    let mut settled = 0;
    each_child(500, |dice, state, child, said| {
        let before = state.screen(said).unwrap();
        if !before.settled {
            return;
        }
        settled += 1;
        let mut more = said.to_vec();
        for fact in unasked(state, said) {
            let how = [Reply::Whole, Reply::Part, Reply::Unknown][dice.roll(3)];
            more = reply(dice, &state.rules.program, child, &more, &fact, how);
        }
        let after = state.screen(&more).unwrap();
        assert_eq!(told(state, &before), told(state, &after), "{said:?}, then {more:?}");
        assert!(after.settled && after.next.is_none(), "{said:?}, then {more:?}");
    });
    assert!(settled > 0 || super::seeds(500).count() < 50, "no child was settled");
}

#[test]
fn i_dont_know_teaches_nothing() {
    each_child(150, |dice, state, child, said| {
        let before = state.screen(said).unwrap();
        for fact in unasked(state, said) {
            let more = reply(dice, &state.rules.program, child, said, &fact, Reply::Unknown);
            let after = state.screen(&more).unwrap();
            assert_eq!(shown(state, &before), shown(state, &after), "{fact} after {said:?}");
        }
    });
}
