//! What an author declares of all children: proved, or refuted with a child.

use super::ground::Ground;
use super::words::EVERY;
use super::{Finding, Kind, Rules};
use crate::child::{Answer, Answers, Child};
use crate::diagram::Class;
use crate::example::{put, raw};
use crate::program::{At, NodeId, Program};
use crate::value::{Lang, Outcomes};
use crate::vocabulary::{Claim, ENROLLED, IntendedWhat, Literal};

/// Everything declared that is not so on the day. What hangs on an agency's finding is not so for certain.
pub(super) fn check(ground: &mut Ground<'_>, found: &mut Vec<Finding>) {
    let rules = ground.rules;
    for invariant in &rules.declaring.declared.invariants {
        match &invariant.claim {
            Claim::Always(node) | Claim::Never(node) => {
                let always = matches!(invariant.claim, Claim::Always(_));
                found.extend(refuted(ground, *node, always));
            }
            Claim::Monotone { losing, what, opens, program } => {
                let at = rules.at(invariant.span);
                found.extend(monotone(ground, [*losing, *opens], *what, *program, at));
            }
        }
    }
}

/// Children for whom something does not hold, or holds; or for whom only an agency can tell.
fn refuted(ground: &mut Ground<'_>, node: NodeId, always: bool) -> Option<Finding> {
    let (wanted, refutes) =
        if always { (Outcomes::MET, Outcomes::NOT_MET) } else { (Outcomes::NOT_MET, Outcomes::MET) };
    let class = ground.known.who(node, |outcomes| outcomes != wanted);
    let surely = ground.known.who(node, |outcomes| outcomes == refutes);
    let open = ground.known.except(class, surely);
    let (some, all_sure) = (!ground.known.is_nobody(surely), ground.known.is_nobody(open));
    let sentence = |children: &str| match (always, some, all_sure) {
        (true, true, true) if children == EVERY => "this holds for no child".to_owned(),
        (true, true, true) => format!("this does not hold for {children}"),
        (false, true, true) => format!("this holds for {children}"),
        (_, false, _) => format!("only an agency can tell if this holds for {children}"),
        (true, true, false) => format!("this does not hold, or only an agency can tell, for {children}"),
        (false, true, false) => format!("this holds, or only an agency can tell, for {children}"),
    };
    let everybody = ground.known.everybody();
    let at = Some(ground.program().node(node).at);
    ground.finding(Kind::Refuted, Vec::new(), at, class, everybody, sentence)
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
    let ways =
        ways.map(|(before, after)| [ground.known.both(before, had), ground.known.either(after[0], after[1])]);
    let mut class = ground.known.nobody();
    for [before, after] in ways {
        let turned = ground.known.if_it_were(after, what, !losing);
        let moved = ground.known.both(before, turned);
        class = ground.known.either(class, moved);
    }
    let name = program.pathways[pathway].name.get(Lang::En);
    let what_name = literal(program, what);
    let turn = if losing { "losing" } else { "gaining" };
    let comes = if opens { "opens" } else { "closes" };
    let sentence = |children: &str| format!("{turn} “{what_name}” {comes} {name} to {children}");
    let finding = ground.finding(Kind::Refuted, vec![pathway], at, class, everybody, sentence)?;
    let (child, after) = match what {
        Literal::Choice(fact, choice) if losing => other_choice(ground, fact, choice, ways, class)?,
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
    ways: [[Class; 2]; 2],
    class: Class,
) -> Option<(Answers, Answers)> {
    let others = ground.program().facts[fact].kind.choices().len();
    let others = (0..others).filter(|other| *other != choice);
    for (other, [before, after]) in others.flat_map(|other| ways.map(|way| (other, way))) {
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

/// What is lost or gained, by its name.
fn literal(program: &Program, what: Literal) -> String {
    let fact = &program.facts[what.fact()];
    let (Literal::Choice(_, index) | Literal::Element(_, index)) = what else {
        return fact.name.get(Lang::En).to_owned();
    };
    let choice = &fact.kind.choices()[index];
    match program.pathway(&choice.id).filter(|_| fact.id == ENROLLED) {
        Some(pathway) => program.pathways[pathway].name.get(Lang::En).to_owned(),
        None => format!("{}: {}", fact.name.get(Lang::En), choice.label.get(Lang::En)),
    }
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
            IntendedWhat::Line | IntendedWhat::Lead => {
                let at = rules.at(intended.span);
                (found.iter().any(|one| one.declared.is_some() && one.at == at), at)
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
                text: "there is no finding that this line declares to be intended".to_owned(),
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
