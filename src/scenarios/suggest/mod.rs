//! The scenarios that are missing, exact, from the decision diagrams.
//!
//! A suggested scenario records what the rules say of a child now, not what they should say: a person confirms it. Its
//! child says as little as can be, and is screened like any other; what it does not show is not suggested.

mod need;
mod spot;
mod words;
mod written;

use super::coverage::{Coverage, anybody, below};
use super::read::{Expectation, Scenario};
use crate::child::{Answer, Answers, Child, Raw};
use crate::diagram::{Said, bounds_on};
use crate::example::{births, put_said, raw};
use crate::program::{At, NodeId, NodeKind, Program};
use crate::route::{DuplicateKind, candidates};
use crate::screen::Screener;
use crate::value::{Code, Date, Outcome};
use crate::vocabulary::{Deference, FactKind, Target};
use need::{Need, Seen, counting_below, edges, numbers, without};
use serde::Serialize;
use spot::{Spot, agreeing};
use std::cell::Cell;

/// What is missing, and what can never be shown.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    /// The scenarios that are missing, in the order of the rules.
    pub suggested: Vec<Suggested>,
    /// What no scenario can show.
    pub not_suggested: Vec<NotSuggested>,
}

/// Whether there is such a code.
pub type Real<'r> = &'r dyn Fn(&Code) -> bool;

/// A scenario that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// What it tests.
    pub name: String,
    /// The statements that it tests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<String>,
    /// The day, `YYYY-MM-DD`.
    pub as_of: String,
    /// The child.
    pub answers: Raw,
    /// What comes out now.
    pub expect: Expectation,
}

/// Something that no scenario can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSuggested {
    /// The program, by index; none for what is of all of them.
    pub pathway: Option<usize>,
    /// Where the criterion is written.
    pub at: Option<At>,
    /// What would have to be shown, in a few words.
    pub what: String,
    /// Why not.
    pub why: Why,
}

/// Why no scenario shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There can be no such child.
    CanNeverBe,
    /// It decides for no child alone: whatever it is, the program comes out the same.
    DecidesForNobody,
    /// None was found; the search through codes and figures does not try all of them.
    NotFound,
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CanNeverBe => "can never be",
            Self::DecidesForNobody => "decides for no child alone",
            Self::NotFound => "no child was found for whom it alone decides",
        }
    }
}

/// The scenarios that are missing beside those there are. Programs that are not in force on the day are tried on the
/// nearest day on which they are. Codes beside a list are those that are `real`: all that have the shape of one, for whoever
/// has no list of ICD-10-CM.
#[must_use]
pub fn suggest(screener: &Screener, scenarios: &[Scenario], as_of: Date, real: Real<'_>) -> Suggestions {
    let days = days(screener, as_of);
    let mut work = Work {
        screener,
        needs: needs(screener, &days, real),
        coverage: Coverage::new(screener.program()),
        found: Suggestions::default(),
    };
    for scenario in scenarios {
        work.coverage.add(screener, &scenario.answers, scenario.as_of);
        if let Some(seen) = Seen::new(screener, &scenario.answers, scenario.as_of) {
            work.needs.retain(|(_, need)| !seen.shows(need));
        }
    }
    work.edges_and_unknowns();
    work.criteria(&days);
    work.found
}

/// The day, and a day of each other period, the nearest first.
fn days(screener: &Screener, as_of: Date) -> Vec<Date> {
    let mut others = screener.days();
    others.sort_by_key(|day| ((day.day_number() - as_of.day_number()).abs(), *day));
    std::iter::once(as_of).chain(others).collect()
}

/// All that has to be shown, with the day on which it is looked for, in the order of the rules.
fn needs(screener: &Screener, days: &[Date], real: Real<'_>) -> Vec<(Date, Need)> {
    let program = screener.program();
    let mut needs: Vec<(Date, Need)> = Vec::new();
    for (pathway, own) in program.pathways.iter().enumerate() {
        let Some(day) = days.iter().copied().find(|day| own.in_force(*day)) else { continue };
        let mut add = |need: Need| needs.push((day, need));
        edges(program, pathway, day, real).into_iter().for_each(&mut add);
        if let (Some(child), Ok(diagrams)) = (anybody(program, day), screener.diagrams(day)) {
            let facts = diagrams.known(program, &child).deciding(own.eligible);
            facts.into_iter().for_each(|fact| add(Need::Unknown { pathway, fact }));
        }
        let mut told: Vec<&NodeKind> = Vec::new();
        for node in counting_below(program, own.eligible, day) {
            let kind = &program.node(node).kind;
            if matches!(kind, NodeKind::Judgment { .. }) && !told.contains(&kind) {
                told.push(kind);
                add(Need::Judgment { pathway, node });
            }
        }
    }
    let Some(day) = days.first().copied() else { return needs };
    let leads = program.route.lead.iter().copied().filter(|lead| program.pathways[*lead].in_force(day));
    let leads = leads.map(Target::Program).chain(program.route.otherwise.map(Target::Contact));
    needs.extend(leads.map(|target| (day, Need::Lead(target))));
    let kinds = [DuplicateKind::Received, DuplicateKind::NotNeeded];
    needs.extend(kinds.map(|kind| (day, Need::Duplicate { kind })));
    needs
}

/// Why there is no child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Missed {
    /// There is none.
    Nobody,
    /// What the diagrams leave possible, no answers say.
    NotShown,
}

struct Work<'w> {
    screener: &'w Screener,
    /// What is still to be shown.
    needs: Vec<(Date, Need)>,
    coverage: Coverage,
    found: Suggestions,
}

impl Work<'_> {
    /// One scenario for each need that is left.
    fn edges_and_unknowns(&mut self) {
        while !self.needs.is_empty() {
            let (day, need) = self.needs.remove(0);
            match self.answers_for(&need, day) {
                Ok(answers) => self.add(&need, &answers, day),
                Err(missed) => self.not_suggested(&need, day, missed),
            }
        }
    }

    /// One for each criterion that is not seen to decide both ways even so.
    fn criteria(&mut self, days: &[Date]) {
        let program = self.screener.program();
        for unseen in self.coverage.unseen(program) {
            for outcome in unseen.wanted() {
                let need = Need::Criterion { pathway: unseen.pathway, node: unseen.node, outcome: *outcome };
                let still = self.coverage.unseen(program);
                let still =
                    still.iter().any(|other| other.node == unseen.node && other.wanted().contains(outcome));
                if !still {
                    continue;
                }
                let mut missed = Missed::Nobody;
                let found = days.iter().find_map(|day| match self.answers_for(&need, *day) {
                    Ok(answers) => Some((answers, *day)),
                    Err(why) => {
                        missed = missed.max(why);
                        None
                    }
                });
                match found {
                    Some((answers, day)) => self.add(&need, &answers, day),
                    None => self.not_suggested(&need, days[0], missed),
                }
            }
        }
    }

    /// Suggests a scenario; what else it shows needs none of its own.
    fn add(&mut self, need: &Need, answers: &Answers, day: Date) {
        let program = self.screener.program();
        let raw = raw(program, answers);
        let Some(seen) = Seen::new(self.screener, &raw, day) else { return };
        let mut expect = Expectation::default();
        words::expect(program, need, &seen, &mut expect);
        self.needs.retain(|(_, other)| {
            // One scenario is about one program, whatever else could be read from it.
            let shown = (other.pathway().is_none() || other.pathway() == need.pathway()) && seen.shows(other);
            if shown {
                words::expect(program, other, &seen, &mut expect);
            }
            !shown
        });
        self.coverage.add(self.screener, &raw, day);
        let mut name = words::name(program, need, &seen);
        let called = |name: &str| self.found.suggested.iter().any(|one| one.name == name);
        if called(&name) {
            let numbered = (2..).map(|number| format!("{name} ({number})"));
            name = numbered.into_iter().find(|name| !called(name)).unwrap_or_default();
        }
        let cites = need.criterion().map(|node| &program.node(node).cites[..]).unwrap_or_default();
        self.found.suggested.push(Suggested {
            name,
            tests: cites.iter().map(|statement| program.statements[*statement].id.clone()).collect(),
            as_of: day.to_string(),
            answers: raw,
            expect,
        });
    }

    fn not_suggested(&mut self, need: &Need, day: Date, missed: Missed) {
        let program = self.screener.program();
        let why = match need {
            // There need not be two of them, nor a code that is less specific.
            Need::Duplicate { .. } | Need::Vague { .. } => return,
            _ if missed == Missed::NotShown => Why::NotFound,
            Need::Edge { at: Spot::Listed(..) | Spot::NoCode(_) | Spot::Code(..), .. } => Why::NotFound,
            Need::Criterion { .. } | Need::Lead(_) => Why::CanNeverBe,
            _ => Why::DecidesForNobody,
        };
        let at = need.criterion().map(|node| program.node(node).at);
        let what = words::what(program, need, day);
        self.found.not_suggested.push(NotSuggested { pathway: need.pathway(), at, what, why });
    }

    // ------------------------------------------------------------------------------------- looking for a child

    /// The fewest answers that show something on a day.
    fn answers_for(&self, need: &Need, day: Date) -> Result<Answers, Missed> {
        let tried = Cell::new(false);
        let found = self.example_of(need, day, &tried);
        found.ok_or(if tried.get() { Missed::NotShown } else { Missed::Nobody })
    }

    fn example_of(&self, need: &Need, day: Date, tried: &Cell<bool>) -> Option<Answers> {
        let program = self.screener.program();
        let child = anybody(program, day)?;
        let diagrams = self.screener.diagrams(day).ok()?;
        let mut known = diagrams.known(program, &child);
        let none = Answers { given: vec![None; program.facts.len()] };
        let side = |spot: &Spot, others: &[Spot]| {
            let mut answers = none.clone();
            others.iter().chain([spot]).for_each(|spot| spot.put(program, &mut answers, day));
            Some((Child::new(program, &answers, day).ok()?, answers))
        };
        let with = |said: &[Said], own: &Answers, fact: Option<usize>| {
            tried.set(true);
            let mut answers = none.clone();
            put_said(program, &mut answers, said);
            overlay(program, &mut answers, own);
            match fact {
                Some(fact) => agreeing(program, answers, fact, day).map(|(answers, _)| answers),
                None => Some(answers),
            }
        };
        let found: Option<Answers> = match need {
            Need::Edge { root, through, at, instead, others, .. } => {
                let fact = at.fact(program)?;
                let sides = |spots: Vec<Spot>| spots.into_iter().filter_map(|spot| side(&spot, others));
                let instead: Vec<_> = sides(instead.iter().flat_map(Spot::each).collect()).collect();
                sides(at.each()).find_map(|(own, answers)| {
                    instead.iter().find_map(|(other, _)| {
                        let said = known.swing(*root, *through, fact, [&own, other])?;
                        with(&said, &answers, Some(fact)).filter(|answers| self.shows(answers, day, need))
                    })
                })
            }
            Need::Vague { root, through, at, instead, others, .. } => {
                let fact = at.fact(program)?;
                let [listed, none] = instead.as_slice() else { return None };
                let (listed, none) = (side(listed, others)?, side(none, others)?);
                let said = known.swing(*root, *through, fact, [&listed.0, &none.0])?;
                with(&said, &side(at, others)?.1, Some(fact))
            }
            Need::Figure { root, through, .. } => {
                let facts = numbers(program, *through);
                let edges = facts
                    .iter()
                    .flat_map(|fact| bounds_on(program, day, *fact).into_iter().map(|bound| (*fact, bound)));
                let edges: Vec<(usize, i64)> = edges.collect();
                edges.into_iter().find_map(|(fact, bound)| {
                    let (min, max) = program.facts[fact].kind.limits()?;
                    if bound <= min || bound > max {
                        return None;
                    }
                    let sides =
                        [side(&Spot::Number(fact, bound - 1), &[])?, side(&Spot::Number(fact, bound), &[])?];
                    let said = known.swing(*root, *through, fact, [&sides[0].0, &sides[1].0])?;
                    sides.iter().find_map(|(_, own)| {
                        with(&said, own, Some(fact)).filter(|answers| self.shows(answers, day, need))
                    })
                })
            }
            Need::Unknown { pathway, fact } => {
                let said = known.hanging_on(program.pathways[*pathway].eligible, *fact)?;
                let mut own = none.clone();
                own.given[*fact] = Some(Answer::Unknown);
                with(&said, &own, Some(*fact))
            }
            Need::Judgment { pathway, node } => {
                let said = known.swing_on_judgment(program.pathways[*pathway].eligible, *node)?;
                with(&said, &none, None)
            }
            Need::Criterion { pathway, node, outcome } => {
                let own = &program.pathways[*pathway];
                let in_force = own.in_force(day);
                if !in_force || !below(program, *pathway).contains(node) {
                    return None;
                }
                let decided: &[Outcome] = match outcome {
                    Outcome::Met => &[Outcome::Met, Outcome::Agency, Outcome::NotMet],
                    Outcome::NotMet => &[Outcome::NotMet, Outcome::Agency, Outcome::Met],
                    Outcome::Agency => &[Outcome::Agency],
                };
                let roots: Vec<NodeId> = program.decided(*pathway).collect();
                let both = roots.iter().flat_map(|root| decided.iter().map(|decision| (*root, *decision)));
                let said = both
                    .collect::<Vec<_>>()
                    .into_iter()
                    .find_map(|root| known.example(&[(*node, *outcome), root]))
                    .or_else(|| {
                        (*outcome != Outcome::Agency).then(|| known.example(&[(*node, *outcome)])).flatten()
                    })?;
                with(&said, &none, None)
            }
            Need::Lead(target) => {
                let in_force = |pathway: usize| program.pathways[pathway].in_force(day);
                let all: Vec<(Target, Option<NodeId>)> =
                    candidates(program, in_force, None).iter().map(|one| (one.target, one.node)).collect();
                // Who fits stands behind who is received, and is the plainer example.
                let places = (0..all.len()).rev().filter(|place| all[*place].0 == *target);
                places.into_iter().find_map(|place| {
                    let said = known.led(&all, place)?;
                    with(&said, &none, None)
                })
            }
            Need::Duplicate { kind } => {
                let wanted = duplicates(program, *kind, day);
                wanted.into_iter().find_map(|wanted| {
                    let answers = with(&known.example(&wanted)?, &none, None)?;
                    self.shows(&answers, day, need).then_some(answers)
                })
            }
        };
        let answers = found.filter(|answers| self.shows(answers, day, need))?;
        Some(self.fewest(answers, need, day))
    }

    fn shows(&self, answers: &Answers, day: Date, need: &Need) -> bool {
        let raw = raw(self.screener.program(), answers);
        Seen::new(self.screener, &raw, day).is_some_and(|seen| seen.shows(need))
    }

    /// Without the answers that it shows the same without, the last asked first.
    fn fewest(&self, mut answers: Answers, need: &Need, day: Date) -> Answers {
        let program = self.screener.program();
        let tested = need.fact(program);
        for fact in (0..program.facts.len()).rev() {
            let elements = match &program.facts[fact].kind {
                FactKind::Set(choices) => choices.len(),
                _ => 0,
            };
            let own = tested == Some(fact)
                || matches!(need, Need::Unknown { fact, .. } if Some(*fact) == births(program))
                    && matches!(program.facts[fact].kind, FactKind::BirthDate | FactKind::BirthMonth);
            let parts = (0..elements).map(Some);
            for part in std::iter::once(None).chain(parts) {
                let fewer = without(&answers, fact, part).filter(|_| !own || part.is_some());
                if let Some(fewer) = fewer.filter(|fewer| self.shows(fewer, day, need)) {
                    answers = fewer;
                }
            }
        }
        answers
    }
}

/// Puts answers over others; elements of one set stand side by side.
fn overlay(program: &Program, answers: &mut Answers, own: &Answers) {
    for (fact, given) in own.given.iter().enumerate() {
        match (given, &mut answers.given[fact]) {
            (None, _) => {}
            (Some(Answer::Set(own)), Some(Answer::Set(there))) => {
                for (own, there) in own.iter().zip(there) {
                    *there = own.or(*there);
                }
            }
            (Some(own), there) => *there = Some(own.clone()),
        }
    }
    if let Some(Some(Answer::Unknown)) = births(program).map(|fact| &own.given[fact])
        && let Some(day) =
            program.fact_of_kind(&FactKind::BirthDate).filter(|day| Some(*day) != births(program))
    {
        answers.given[day] = None;
    }
}

/// What would make two programs coordinate, for each two that can.
fn duplicates(program: &Program, kind: DuplicateKind, day: Date) -> Vec<Vec<(NodeId, Outcome)>> {
    let in_force: Vec<usize> =
        (0..program.pathways.len()).filter(|index| program.pathways[*index].in_force(day)).collect();
    let received = |index: usize| program.pathways[index].receiving.map(|node| (node, Outcome::Met));
    let mut found = Vec::new();
    for &one in &in_force {
        for &other in in_force.iter().filter(|other| **other != one) {
            let Some(beside) = received(other) else { continue };
            match kind {
                DuplicateKind::Received if one > other => {
                    if program.coordinates(one) && program.coordinates(other) {
                        found.extend(received(one).map(|own| vec![beside, own]));
                    }
                }
                DuplicateKind::Received => {}
                DuplicateKind::NotNeeded => {
                    let defers = match &program.pathways[one].defers_to {
                        Some(Deference::AnyReceived(offer)) => program.pathways[other].offers.contains(offer),
                        Some(Deference::Programs(programs)) => programs.contains(&other),
                        None => false,
                    };
                    if defers {
                        let fits = [Outcome::Met, Outcome::Agency];
                        found.extend(fits.map(|fits| vec![beside, (program.pathways[one].eligible, fits)]));
                    }
                }
            }
        }
    }
    found
}
