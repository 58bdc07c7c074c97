//! What an author declares of all children: proved, or refuted with a child.

use super::ground::Ground;
use super::{Finding, Kind, Rules};
use crate::child::{Answer, Answers, Child};
use crate::diagram::Class;
use crate::example::{put, raw};
use crate::program::At;
use crate::value::{Lang, Outcomes};
use crate::vocabulary::{Claim, IntendedWhat, Literal};

/// Everything declared that is not so on the day. What hangs on an agency's finding is not so for certain.
pub(super) fn check(ground: &mut Ground<'_>, found: &mut Vec<Finding>) {
    let rules = ground.rules;
    for invariant in &rules.declaring.declared.invariants {
        match &invariant.claim {
            Claim::Always(node) | Claim::Never(node) => {
                let wanted = match &invariant.claim {
                    Claim::Always(_) => Outcomes::MET,
                    _ => Outcomes::NOT_MET,
                };
                let class = ground.known.who(*node, |outcomes| outcomes != wanted);
                let everybody = ground.known.everybody();
                let sentence = |children: &str| format!("this is not so of {children}");
                let at = Some(ground.program().node(*node).at);
                found.extend(ground.finding(Kind::Refuted, Vec::new(), at, class, everybody, sentence));
            }
            Claim::Monotone { losing, what, opens, program } => {
                let at = rules.at(invariant.span);
                found.extend(monotone(ground, [*losing, *opens], *what, *program, at));
            }
        }
    }
}

/// Children for whom a program comes to be open, or closed, as they lose or gain something, all else equal.
fn monotone(
    ground: &mut Ground<'_>,
    [losing, opens]: [bool; 2],
    what: Literal,
    pathway: usize,
    at: Option<At>,
) -> Option<Finding> {
    let program = ground.program();
    let everybody = ground.known.everybody();
    let fits = ground.fitting(pathway);
    let does_not = ground.known.except(everybody, fits);
    let (before, after) = if opens { (does_not, fits) } else { (fits, does_not) };
    let had = ground.known.of_whom(what, losing);
    let before = ground.known.both(before, had);
    let turned: Class = ground.known.if_it_were(after, what, !losing);
    let class = ground.known.both(before, turned);
    let name = program.pathways[pathway].name.get(Lang::En);
    let fact = program.facts[what.fact()].name.get(Lang::En);
    let turn = if losing { "losing" } else { "gaining" };
    let comes = if opens { "comes to be open" } else { "is closed" };
    let sentence = |children: &str| format!("{name} {comes} by {turn} {fact} to {children}");
    let finding = ground.finding(Kind::Refuted, vec![pathway], at, class, everybody, sentence)?;
    let (child, after) = match what {
        Literal::Choice(fact, choice) if losing => {
            other_choice(ground, fact, choice, [before, after, class])?
        }
        _ => {
            let child = ground.example(class)?;
            let mut after = child.clone();
            put(program, &mut after, what, !losing);
            (child, after)
        }
    };
    let [child, after] = [child, after].map(|answers| Some(raw(program, &answers)));
    Some(Finding { child, after, ..finding })
}

/// A child of a class with a choice, and the same child with another one, or where none applies.
fn other_choice(
    ground: &mut Ground<'_>,
    fact: usize,
    choice: usize,
    [before, after, class]: [Class; 3],
) -> Option<(Answers, Answers)> {
    let others = ground.program().facts[fact].kind.choices().len();
    for other in (0..others).filter(|other| *other != choice) {
        let turned = ground.known.if_it_were(after, Literal::Choice(fact, other), true);
        let own = ground.known.both(before, turned);
        if let Some(child) = ground.example(own) {
            let mut after = child.clone();
            after.given[fact] = Some(Answer::Choice(other));
            return Some((child, after));
        }
    }
    let child = ground.example(class)?;
    let mut after = child.clone();
    after.given[fact] = Some(Answer::NotApplicable);
    Some((child, after))
}

/// Findings that are declared to be intended and that there are not.
pub(super) fn intended_for_nothing(rules: &Rules, anybody: &[Child], found: &mut Vec<Finding>) {
    let Some(first) = anybody.first() else { return };
    let mut new = Vec::new();
    for intended in &rules.declaring.declared.intended {
        let (is_there, at) = match &intended.what {
            IntendedWhat::Gap(criterion) => {
                let at = rules.program.node(*criterion).at;
                (found.iter().any(|one| one.declared.is_some() && one.at == Some(at)), Some(at))
            }
            IntendedWhat::Overlap(programs) => {
                let both = |one: &Finding| one.programs.iter().all(|program| programs.contains(program));
                let overlap = |one: &Finding| matches!(one.kind, Kind::Overlap | Kind::Duplicate);
                (found.iter().any(|one| overlap(one) && both(one)), rules.at(intended.span))
            }
        };
        if !is_there {
            new.push(Finding {
                kind: Kind::IntendedForNothing,
                programs: Vec::new(),
                text: "nothing that is found is what is declared to be intended here".to_owned(),
                child: None,
                after: None,
                as_of: first.as_of,
                at,
                declared: None,
                share: None,
            });
        }
    }
    found.extend(new);
}
