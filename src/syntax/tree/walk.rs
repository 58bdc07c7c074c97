//! Ways through a tree: the criteria of an item, and the programs that they ask about.

use super::{
    Claim, Criterion, CriterionKind, Intended, IntendedWhat, Invariant, Item, Literal, LiteralKind, Name,
    Points, PointsOf, Program, ProgramLine, Spanned,
};

/// The criteria of a program's lines, those of its benefits too.
pub fn criteria(program: &Program) -> Vec<&Criterion> {
    let mut found = Vec::new();
    for line in &program.lines {
        match &line.value {
            ProgramLine::Eligible(criterion) | ProgramLine::Receiving(criterion) => found.push(criterion),
            ProgramLine::Financing { when: Some(when), .. } => found.push(when),
            ProgramLine::Benefit(benefit) => found.extend(criteria(benefit)),
            _ => {}
        }
    }
    found
}

/// The programs that a program's implications speak of being enrolled in; the first of them is the program itself.
pub fn defined_enrollments<'t>(program: &'t Program, found: &mut Vec<&'t Name>) {
    for line in &program.lines {
        let said: &[Literal] = match &line.value {
            ProgramLine::Implies(literals, _) => literals,
            ProgramLine::Usually(literal, _) => std::slice::from_ref(literal),
            _ => continue,
        };
        found.push(&program.id);
        found.extend(said.iter().filter_map(enrollment));
    }
}

/// The program that a literal speaks of.
#[must_use]
pub fn enrollment(literal: &Literal) -> Option<&Name> {
    if let LiteralKind::EnrolledIn(name) = &literal.value { Some(name) } else { None }
}

/// The criteria of an item that is no program.
pub fn own_criteria<'t>(item: &'t Item) -> Vec<&'t Criterion> {
    match item {
        Item::Define(define) => vec![&define.criterion],
        Item::Score(score) => {
            let when = |line: &'t Spanned<Points>| match &line.value.what {
                PointsOf::When(_, when) => Some(&**when),
                _ => None,
            };
            score.lines.iter().filter_map(when).collect()
        }
        Item::Invariant(Invariant { claim: Claim::Always(criterion) | Claim::Never(criterion), .. }) => {
            vec![criterion]
        }
        Item::Intended(Intended { what: IntendedWhat::Gap(criterion), .. }) => vec![criterion],
        _ => Vec::new(),
    }
}

/// The programs that a criterion asks to be enrolled in, and those that it asks to be applied for.
pub fn programs_asked<'t>(
    criterion: &'t Criterion,
    enrolled: &mut Vec<&'t Name>,
    applied: &mut Vec<&'t Name>,
) {
    let waivers = criterion.validity.iter().flat_map(|validity| &validity.waived);
    waivers.for_each(|waiver| programs_asked(&waiver.to, enrolled, applied));
    match &criterion.kind {
        CriterionKind::EnrolledIn(names) => enrolled.extend(names),
        CriterionKind::AppliedFor(names) => applied.extend(names),
        CriterionKind::Group { members, unless, .. } => {
            members.iter().chain(unless).for_each(|member| programs_asked(member, enrolled, applied));
        }
        CriterionKind::Not(inner) => programs_asked(inner, enrolled, applied),
        CriterionKind::And(parts) | CriterionKind::Or(parts) => {
            parts.iter().for_each(|part| programs_asked(part, enrolled, applied));
        }
        _ => {}
    }
}
