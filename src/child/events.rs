//! The age at an event, from the birth and the day of the event where both are told.

use super::known::{Asked, Births, Known, Value};
use crate::program::Program;
use crate::value::Date;
use crate::vocabulary::FactKind;

/// Narrows every age at an event to what the birth and the day leave of it; false if they leave nothing.
pub(super) fn carry_on(program: &Program, births: Births, facts: &mut [Known]) -> bool {
    let told = program.facts.iter().zip(&*facts);
    let told = told.into_iter().any(|(fact, known)| fact.kind.is_birth() && known.asked == Asked::Given);
    for (index, fact) in program.facts.iter().enumerate() {
        let FactKind::AgeAt { event: Some(event) } = fact.kind else { continue };
        let (Asked::Given, Value::Number { from: first, to: last, .. }) =
            (facts[event].asked, &facts[event].value)
        else {
            continue;
        };
        if !told {
            continue;
        }
        let Some(most) = births.first.completed_months(Date::of_number(*last)) else { return false };
        let least = births.last.completed_months(Date::of_number(*first)).unwrap_or_default();
        let Known { value, asked } = &mut facts[index];
        if let Value::Number { from, to, .. } = value {
            (*from, *to) = ((*from).max(i64::from(least)), (*to).min(i64::from(most)));
            if from > to {
                return false;
            }
            if from == to && *asked != Asked::Given {
                *asked = Asked::Follows(event);
            }
        }
    }
    true
}

/// Whether a fact is an age at an event whose day can be told, or such a day.
pub(super) fn speak_of(program: &Program, wanted: usize) -> bool {
    program.facts.iter().enumerate().any(|(index, fact)| match fact.kind {
        FactKind::AgeAt { event: Some(event) } => index == wanted || event == wanted,
        _ => false,
    })
}
