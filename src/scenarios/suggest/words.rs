//! What a suggested scenario is called, and what it expects.

use super::need::{Need, Seen, numbers};
use super::spot::Spot;
use crate::child::{Answer, Answers};
use crate::program::{NodeId, NodeKind, Program};
use crate::route::DuplicateKind;
use crate::scenarios::Expectation;
use crate::value::{Date, Lang, Outcome};
use crate::vocabulary::{AgeOn, FactKind, Says, Target, Test};

/// What a scenario tests, in plain words.
pub(super) fn name(program: &Program, need: &Need, seen: &Seen<'_>) -> String {
    let what = said(program, need, seen.child.as_of, Some(&seen.answers));
    match need.pathway().map(|pathway| &program.pathways[pathway]) {
        Some(own) if need.is_of_receiving(program) => format!("{} received, {what}", own.id),
        Some(own) => match need.benefit(program) {
            Some(benefit) => format!("{} benefit {}, {what}", own.id, own.benefits[benefit].id),
            None => format!("{}, {what}", own.id),
        },
        None => what,
    }
}

/// The same without the program, of what no child shows.
pub(super) fn what(program: &Program, need: &Need, day: Date) -> String {
    said(program, need, day, None)
}

/// What a criterion comes to.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not met",
        Outcome::Agency => "leaving its program in review",
    }
}

fn said(program: &Program, need: &Need, day: Date, answers: Option<&Answers>) -> String {
    match need {
        Need::Edge { through, at, instead, others, .. } => {
            edge(program, *through, at, instead, others.len(), day, answers)
        }
        Need::Vague { at: Spot::Code(_, code), .. } => {
            format!("{code}, which is less specific than the list")
        }
        Need::Vague { .. } => "a code that is less specific than the list".to_owned(),
        Need::Figure { through, met, .. } => {
            let exact = numbers(program, *through).into_iter().filter_map(|fact| {
                match answers.map(|answers| &answers.given[fact]) {
                    Some(Some(Answer::Number { from, to, .. })) if from == to => {
                        let fact = &program.facts[fact];
                        Some(format!("{} {}", fact.id, fact.kind.figure(*from)))
                    }
                    _ => None,
                }
            });
            let figures: Vec<String> = std::iter::once(figure(program, *through)).chain(exact).collect();
            let side = if *met { "just within the limit" } else { "just beyond the limit" };
            format!("{}, {side}", figures.join(", "))
        }
        Need::Unknown { fact, .. } => format!("not known: {}", program.facts[*fact].name.get(Lang::En)),
        Need::Judgment { node, .. } => match &program.node(*node).kind {
            NodeKind::Judgment { agency, question, .. } => {
                format!("left to {}: {}", agency.get(Lang::En), question.get(Lang::En))
            }
            _ => "left to an agency".to_owned(),
        },
        Need::Criterion { node, outcome: wanted, .. } => {
            format!("{}, {}", criterion(program, *node), outcome(*wanted))
        }
        Need::Lead(Target::Program(pathway)) => format!("{} leads", program.pathways[*pathway].id),
        Need::Lead(Target::Contact(contact)) => {
            format!("no program leads, {} does", program.contacts[*contact].id)
        }
        Need::Duplicate { kind: DuplicateKind::Received } => "two programs coordinate".to_owned(),
        Need::Duplicate { kind: DuplicateKind::NotNeeded } => {
            "a program is not needed beside one that is received".to_owned()
        }
    }
}

fn edge(
    program: &Program,
    through: NodeId,
    at: &Spot,
    instead: &[Spot],
    others: usize,
    day: Date,
    answers: Option<&Answers>,
) -> String {
    let fact = |fact: &usize| &program.facts[*fact];
    let list = match &program.node(through).kind {
        NodeKind::Test(Test::Diagnoses { list, .. }) => program.lists.get(*list),
        _ => None,
    };
    match at {
        Spot::YesNo(own, yes) => {
            let words = if *yes { &fact(own).yes } else { &fact(own).no };
            words.get(Lang::En).to_owned()
        }
        Spot::Born { months, month_end, on, reached } => {
            let Some(born) = at.born(day) else { return String::new() };
            let day = on.day(day);
            let age = age(born, *months, *month_end, *reached, day);
            if *on == AgeOn::AsOf { age } else { format!("{age}, on {day}") }
        }
        Spot::Number(own, number) => {
            let met = match &program.node(through).kind {
                NodeKind::Test(Test::Number { from, to, .. }) => {
                    from.is_none_or(|from| from <= *number) && to.is_none_or(|to| *number <= to)
                }
                _ => false,
            };
            let more = instead.iter().any(|other| matches!(other, Spot::Number(_, other) if other > number));
            let how = match (met, more) {
                (true, true) => "the most that qualifies",
                (true, false) => "the least that qualifies",
                (false, true) => "just below what qualifies",
                (false, false) => "just above what qualifies",
            };
            format!("{} {}, {how}", fact(own).id, number_of(&fact(own).kind, *number))
        }
        Spot::Choice(own, choice) => format!("{} {}", fact(own).id, choice_id(&fact(own).kind, *choice)),
        Spot::OneOf(own, choices) => {
            // The one that the child has.
            let said = match answers.map(|answers| &answers.given[*own]) {
                Some(Some(Answer::Choice(choice))) => Some(*choice),
                _ => choices.first().copied(),
            };
            format!("{} {}", fact(own).id, choice_id(&fact(own).kind, said.unwrap_or(usize::MAX)))
        }
        Spot::NotApplicable(own) => format!("{} does not apply", fact(own).id),
        Spot::Element(own, element, yes) => {
            let element = choice_id(&fact(own).kind, *element);
            match (fact(own).id.as_str(), yes) {
                ("enrolled", true) => format!("in {element}"),
                ("enrolled", false) => format!("not in {element}"),
                (id, true) => format!("{id} with {element}"),
                (id, false) => format!("{id} without {element}"),
            }
        }
        Spot::Listed(own, _) => {
            let code = match answers.map(|answers| &answers.given[*own]) {
                Some(Some(Answer::Codes { known, .. })) => {
                    known.iter().find(|code| list.is_some_and(|list| list.entry_of(code).is_some()))
                }
                _ => None,
            };
            match code {
                Some(code) if others == 0 => format!("{code}, which is on the list"),
                _ => "just enough codes of the list".to_owned(),
            }
        }
        Spot::NoCode(_) if others == 0 => "no code of the list".to_owned(),
        Spot::NoCode(_) => "one code of the list too few".to_owned(),
        Spot::Code(_, code) => {
            let left_out = list.is_some_and(|list| {
                list.except.iter().any(|entry| entry.compare(code) == crate::value::CodeMatch::Inside)
            });
            let how = if left_out { "which the list leaves out" } else { "just outside the list" };
            format!("{code}, {how}")
        }
    }
}

/// Where a day stands to the day on which somebody is as old as a limit says.
fn age(born: Date, months: u32, month_end: bool, reached: bool, day: Date) -> String {
    let birthday = match months % 12 {
        0 => format!("the {} birthday", ordinal(months / 12)),
        _ => format!("the day on which {months} months are complete"),
    };
    if month_end {
        let month = match months % 12 {
            0 => format!("the month of {birthday}"),
            _ => format!("the month in which {months} months are complete"),
        };
        return if reached { format!("{month} is over") } else { format!("{month} is not over") };
    }
    let completes = born.completes(months);
    if completes == day {
        birthday
    } else if completes == day.next() {
        format!("the day before {birthday}")
    } else if completes == day.previous() {
        format!("the day after {birthday}")
    } else {
        let side = if reached { "after" } else { "before" };
        format!("{side} {birthday}")
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn choice_id(kind: &FactKind, choice: usize) -> &str {
    kind.choices().get(choice).map_or("", |choice| &choice.id)
}

/// A number as people write it.
fn number_of(kind: &FactKind, number: i64) -> String {
    match kind {
        FactKind::Day => Date::of_number(number).to_string(),
        FactKind::AgeAt { .. } => format!("{number} months"),
        _ => kind.figure(number).to_string(),
    }
}

fn figure(program: &Program, node: NodeId) -> String {
    match &program.node(node).kind {
        NodeKind::Sum(sum) => match &sum.says {
            Says::Poverty { percent, plus, .. } => format!("{}% of poverty", (percent - plus) / 100),
            Says::Score(name) => name.get(Lang::En).to_owned(),
            Says::Compared { fact, other, .. } => {
                let [one, other] = [fact, other].map(|fact| &program.facts[*fact].id);
                format!("{one} beside {other}")
            }
        },
        _ => String::new(),
    }
}

/// A criterion in a few words.
fn criterion(program: &Program, node: NodeId) -> String {
    let id = |pathway: &usize| &program.pathways[*pathway].id;
    match &program.node(node).kind {
        NodeKind::Eligible { pathway, .. } => format!("eligible for {}", id(pathway)),
        NodeKind::Receiving { pathway, .. } => format!("receiving {}", id(pathway)),
        NodeKind::All(parts) => format!("all of {} criteria", parts.len()),
        NodeKind::Any(parts) => format!("any of {} criteria", parts.len()),
        NodeKind::AtLeast(needed, parts) => format!("at least {needed} of {} criteria", parts.len()),
        NodeKind::Sum(_) => figure(program, node),
        NodeKind::Dated { .. } => "a figure that changes".to_owned(),
        NodeKind::Judgment { question, .. } => question.get(Lang::En).to_owned(),
        NodeKind::Test(Test::Age { .. }) => "the age".to_owned(),
        NodeKind::Test(test) => {
            test.fact().map_or_else(String::new, |fact| program.facts[fact].name.get(Lang::En).to_owned())
        }
        NodeKind::Not { node, .. } => criterion(program, *node),
        NodeKind::NotStated(_) => String::new(),
    }
}

/// Adds what comes out of what a scenario tests, and nothing else.
pub(super) fn expect(program: &Program, need: &Need, seen: &Seen<'_>, expect: &mut Expectation) {
    let Some(result) = seen.screening() else { return };
    let lead = |expect: &mut Expectation| {
        expect.lead = Some(result.lead.program.clone().unwrap_or_else(|| "none".to_owned()));
        expect.status = Some(result.lead.status.to_owned());
    };
    match need {
        Need::Lead(_) => lead(expect),
        Need::Duplicate { .. } => {
            lead(expect);
            let duplicates = result.duplicates.iter();
            let found = duplicates.map(|found| (found.program.clone(), found.kind.to_owned()));
            expect.duplicates = Some(found.collect());
        }
        _ => {}
    }
    let Some(own) = need.pathway().and_then(|pathway| result.programs.get(pathway)) else { return };
    if need.is_of_receiving(program) {
        expect.receiving.insert(own.id.clone(), own.receiving.to_owned());
        return;
    }
    if let Some(benefit) = need.benefit(program).and_then(|benefit| own.benefits.get(benefit)) {
        let benefits = expect.benefits.entry(own.id.clone()).or_default();
        benefits.insert(benefit.id.clone(), benefit.decision.to_owned());
        return;
    }
    expect.programs.insert(own.id.clone(), own.decision.to_owned());
    if matches!(need, Need::Unknown { .. } | Need::Vague { .. }) {
        expect.missing.insert(own.id.clone(), own.missing.clone());
    }
}
