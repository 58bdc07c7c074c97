//! What tells an age at an event that nobody knows: the day of the event, and the birth.

use super::birth_fact;
use crate::child::{Asked, Child, Value};
use crate::program::Program;
use crate::vocabulary::FactKind;

/// Ages at events of which the family can say no more, although they can still be told by the day and the birth.
pub(super) fn told_otherwise(program: &Program, child: &Child) -> Vec<usize> {
    let open = |age: &usize| matches!(child.facts[*age].value, Value::Number { from, to, .. } if from < to);
    (0..program.facts.len())
        .filter(open)
        .filter(|age| !child.can_say_more(program, *age) && !tell(program, child, *age).is_empty())
        .collect()
}

/// Whether a fact is the day of an event.
pub(super) fn is_of_event(program: &Program, day: usize) -> bool {
    program.facts.iter().any(|fact| fact.kind == FactKind::AgeAt { event: Some(day) })
}

/// The facts that can still be asked and together tell an age at an event: its day first, then the birth.
pub(super) fn tell(program: &Program, child: &Child, age: usize) -> Vec<usize> {
    let FactKind::AgeAt { event: Some(event) } = program.facts[age].kind else { return Vec::new() };
    let day = child.can_say_more(program, event);
    let told = program.facts.iter().zip(&child.facts);
    let told = told.into_iter().any(|(fact, known)| fact.kind.is_birth() && known.asked == Asked::Given);
    let open = child.births.first < child.births.last;
    let birth = birth_fact(program, child).filter(|birth| open && child.can_say_more(program, *birth));
    let happened =
        child.facts[event].asked == Asked::Given && child.facts[event].value != Value::NotApplicable;
    let enough = (day || happened) && (told || birth.is_some());
    if !enough {
        return Vec::new();
    }
    day.then_some(event).into_iter().chain(birth).collect()
}
