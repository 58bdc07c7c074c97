//! What is true by definition among a child's answers: what follows from them, and which of them cannot hold together.

use super::known::{Asked, Known, Value};
use crate::program::Program;
use crate::value::Truth;
use crate::vocabulary::{Implication, Literal};

/// An implication that the answers break.
pub(super) struct Broken;

/// Carries what is sure along the implications until nothing new follows.
pub(super) fn carry_on(program: &Program, facts: &mut [Known]) -> Result<(), Broken> {
    let mut changed = true;
    while changed {
        changed = false;
        for Implication { when, then } in &program.implications {
            let so = |literal: Literal| truth(program, facts, literal);
            if then.iter().any(|literal| so(*literal) == Truth::Yes) {
                continue;
            }
            let open: Vec<Literal> =
                then.iter().copied().filter(|literal| so(*literal) == Truth::Unknown).collect();
            match (so(*when), open.as_slice()) {
                (Truth::Yes, []) => return Err(Broken),
                (Truth::Yes, [only]) => {
                    settle(program, facts, *only, true, when.fact())?;
                    changed = true;
                }
                (Truth::Unknown, []) => {
                    settle(program, facts, *when, false, then[0].fact())?;
                    changed = true;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Whether the answers can hold together with every implication.
pub(super) fn hold(program: &Program, facts: &[Known]) -> bool {
    let mut facts = facts.to_vec();
    if carry_on(program, &mut facts).is_err() {
        return false;
    }
    // What is left open is tried: that a premise fails, or that one of its conclusions holds.
    let so = |literal: Literal| truth(program, &facts, literal);
    let open = program.implications.iter().find(|Implication { when, then }| {
        so(*when) != Truth::No && then.iter().all(|literal| so(*literal) != Truth::Yes)
    });
    let Some(Implication { when, then }) = open else { return true };
    let ways = std::iter::once((*when, false)).chain(then.iter().map(|literal| (*literal, true)));
    ways.filter(|(literal, _)| so(*literal) == Truth::Unknown).any(|(literal, so)| {
        let mut tried = facts.clone();
        settle(program, &mut tried, literal, so, when.fact()).is_ok() && hold(program, &tried)
    })
}

/// Whether an implication speaks of a fact.
pub(super) fn speak_of(program: &Program, fact: usize) -> bool {
    program.implications.iter().any(|Implication { when, then }| {
        when.fact() == fact || then.iter().any(|literal| literal.fact() == fact)
    })
}

/// Whether a literal is so, as far as the answers say.
fn truth(program: &Program, facts: &[Known], literal: Literal) -> Truth {
    let fact = literal.fact();
    match (literal, &facts[fact].value) {
        (Literal::Fact(_), Value::YesNo(truth)) => *truth,
        (Literal::Choice(_, choice), Value::Choice(possible)) => match possible[choice] {
            false => Truth::No,
            true if open_choices(program, facts, fact, possible) == 1 => Truth::Yes,
            true => Truth::Unknown,
        },
        (Literal::Element(_, element), Value::Set(elements)) => elements[element].0,
        // What does not apply is never so.
        _ => Truth::No,
    }
}

/// How many ways a fact of several choices can still turn out; that it does not apply is one of them.
fn open_choices(program: &Program, facts: &[Known], fact: usize, possible: &[bool]) -> usize {
    let may_not_apply =
        program.facts[fact].may_not_apply && matches!(facts[fact].asked, Asked::NotYet | Asked::DontKnow);
    possible.iter().filter(|open| **open).count() + usize::from(may_not_apply)
}

/// Writes down that a literal is so, or that it is not; an error if that leaves its fact no answer at all.
fn settle(
    program: &Program,
    facts: &mut [Known],
    literal: Literal,
    so: bool,
    from: usize,
) -> Result<(), Broken> {
    let fact = literal.fact();
    let settled = if so { Truth::Yes } else { Truth::No };
    if let (Literal::Choice(_, choice), Value::Choice(possible)) = (literal, &facts[fact].value) {
        let possible: Vec<bool> =
            possible.iter().enumerate().map(|(index, open)| *open && (index == choice) == so).collect();
        let choices = possible.iter().filter(|open| **open).count();
        // A fact that is one of its choices applies.
        let ways = if so { choices } else { open_choices(program, facts, fact, &possible) };
        let known = &mut facts[fact];
        match ways {
            0 => return Err(Broken),
            1 => known.asked = Asked::Follows(from),
            _ => {}
        }
        known.value = if choices == 0 { Value::NotApplicable } else { Value::Choice(possible) };
        return Ok(());
    }
    let known = &mut facts[fact];
    match (literal, &mut known.value) {
        (Literal::Fact(_), Value::YesNo(truth)) => {
            *truth = settled;
            known.asked = Asked::Follows(from);
        }
        (Literal::Element(_, element), Value::Set(elements)) => {
            elements[element] = (settled, Asked::Follows(from));
        }
        _ => {}
    }
    Ok(())
}
