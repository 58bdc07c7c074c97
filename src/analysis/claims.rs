//! What an author declares of all children: proved, or refuted with a child.

use super::ground::Ground;
use super::{Finding, Kind, Rules};
use crate::child::Child;
use crate::example::raw;
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
    let had = ground.known.of_whom(what, losing);
    // From closed to a review, or from a review to open, is a way that opens.
    let [closed, in_review, open] = ground.standing(pathway);
    let ways = if opens {
        [(closed, [in_review, open]), (in_review, [open, open])]
    } else {
        [(open, [in_review, closed]), (in_review, [closed, closed])]
    };
    let mut class = ground.known.except(everybody, everybody);
    for (before, after) in ways {
        let after = ground.known.either(after[0], after[1]);
        let after = ground.known.if_it_were(after, what, !losing);
        let had = ground.known.both(before, had);
        let moved = ground.known.both(had, after);
        class = ground.known.either(class, moved);
    }
    let name = program.pathways[pathway].name.get(Lang::En);
    let fact = program.facts[what.fact()].name.get(Lang::En);
    let turn = if losing { "losing" } else { "gaining" };
    let comes = if opens { "comes to be open" } else { "is closed" };
    let sentence = |children: &str| format!("{name} {comes} by {turn} {fact} to {children}");
    let finding = ground.finding(Kind::Refuted, vec![pathway], at, class, everybody, sentence)?;
    let mut answers = ground.example(class)?;
    crate::example::put(program, &mut answers, what, !losing);
    Some(Finding { after: Some(raw(program, &answers)), ..finding })
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
