//! What to ask next, for all programs and the route together, so that no question is put that cannot matter any more.
//!
//! A fact is worth asking if some answers to the facts that can still be asked change what can be concluded without those
//! that the family does not know. Among these the question comes first that decides most for what it costs; questions of
//! one topic stay together where that costs little; sensitive ones come last. The same answers give the same question.

mod events;

use crate::child::{Asked, Child};
use crate::diagram::{Gain, Known, Open, Payer};
use crate::program::{NodeId, Program};
use crate::route::{Standing, candidates};
use crate::value::{Date, Outcomes};
use crate::vocabulary::{Deference, FactKind, Literal, Target};

/// How questions are ordered. Families get the default; the others are for measuring what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planner {
    /// Among questions that decide nearly as much, those of a topic that was begun come first.
    pub by_topic: bool,
    /// Sensitive questions come after all others.
    pub sensitive_last: bool,
    /// A question waits for an easier one that may answer it by definition: whether a child can get Medicaid, for
    /// whether it has it. And one that no rule names, and that only tells by definition what an easier one asks, waits until
    /// that one is not known.
    pub easier_first: bool,
    /// Questions are weighed; if not, they come in the order of the vocabulary.
    pub weighed: bool,
}

impl Default for Planner {
    fn default() -> Self {
        Self { by_topic: true, sensitive_last: true, easier_first: true, weighed: true }
    }
}

/// What is left to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The facts still worth asking, by index, the next one first.
    pub facts: Vec<usize>,
    /// At least so many answers are needed until nothing shown can change.
    pub at_least: usize,
    /// At most so many questions will be put, each refinement apart.
    pub at_most: usize,
}

/// A smallest set of facts that settle a decision whatever their answers are, by index, in the order they are asked.
/// Births appear under the fact that is asked next: the month first, the day once the month is known.
#[must_use]
pub fn missing(program: &Program, child: &Child, known: &mut Known<'_>, root: NodeId) -> Vec<usize> {
    known.missing(root).into_iter().map(|fact| as_asked(program, child, fact)).collect()
}

impl Planner {
    /// What is left to ask about a child.
    #[must_use]
    pub fn plan(
        self,
        program: &Program,
        child: &Child,
        known: &mut Known<'_>,
        standings: &[Standing],
    ) -> Plan {
        let candidates: Vec<(Target, Option<NodeId>)> =
            candidates(program, |pathway| standings[pathway].in_force, None)
                .iter()
                .map(|candidate| (candidate.target, candidate.node))
                .collect();
        let nodes = shown(program, standings);
        let payers = payers(program, &candidates);
        let both = |known: &mut Known<'_>| (known.open(&nodes), known.open_lead(&candidates, &payers));
        let (open, open_lead) = both(known);
        let all: Vec<Open> = open.iter().chain(&open_lead).copied().collect();
        let mut facts = known.worth_asking(&all);
        // What nobody knows of an age may be told by the day on which it was reached; other facts may matter then.
        let ages = events::told_otherwise(program, child);
        ages.iter().for_each(|age| known.take_as_askable(*age, true));
        let later = if ages.is_empty() {
            Vec::new()
        } else {
            let (open, lead) = both(known);
            known.worth_asking(&[open, lead].concat())
        };
        ages.iter().for_each(|age| known.take_as_askable(*age, false));
        let mut instead: Vec<usize> = Vec::new();
        for age in ages.iter().filter(|age| later.contains(age)) {
            instead.extend(events::tell(program, child, *age));
        }
        if facts.is_empty() && instead.is_empty() {
            return Plan { facts, at_least: 0, at_most: 0 };
        }
        let at_least = all.iter().map(|open| known.needs_at_least(*open)).max().unwrap_or(1).max(1);
        let beside = facts.iter().flat_map(|fact| events::tell(program, child, *fact));
        let later = later.iter().filter(|fact| !instead.is_empty() && !ages.contains(fact));
        let mut counted: Vec<usize> =
            facts.iter().chain(later).chain(&instead).copied().chain(beside).collect();
        counted.extend(known.added_to(&facts));
        counted.sort_unstable();
        counted.dedup();
        let at_most = counted.iter().map(|fact| steps(program, child, *fact)).sum();
        let sensitive = |fact: usize| self.sensitive_last && program.facts[fact].sensitive;
        facts.sort_by_key(|fact| (sensitive(*fact), *fact));
        if self.weighed && !facts.is_empty() {
            let now = facts.iter().take_while(|fact| sensitive(**fact) == sensitive(facts[0])).count();
            // Who leads follows from the programs; it is weighed only where none of them is open any more.
            let weighed = if open.is_empty() { &open_lead } else { &open };
            let next = self.next(program, child, known, weighed, &facts[..now]);
            facts[..=next].rotate_right(1);
        }
        for fact in instead {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        facts.iter_mut().for_each(|fact| *fact = as_asked(program, child, *fact));
        Plan { facts, at_least, at_most }
    }

    /// Which of these questions decides most for what it costs.
    fn next(
        self,
        program: &Program,
        child: &Child,
        known: &mut Known<'_>,
        open: &[Open],
        facts: &[usize],
    ) -> usize {
        if facts.len() == 1 {
            return 0;
        }
        // A list that was begun is finished first.
        let begun_list = |fact: &usize| {
            matches!(program.facts[*fact].kind, FactKind::Codes | FactKind::Set(_))
                && child.facts[*fact].asked == Asked::Given
        };
        if let Some(index) = facts.iter().position(begun_list) {
            return index;
        }
        let mut chance = known.chance();
        let worth = |fact: &usize| {
            let Gain { decided, impurity } = known.gain(&mut chance, open, *fact);
            (decided + 2 * impurity) / u64::from(program.facts[*fact].burden.max(1))
        };
        let worths: Vec<u64> = facts.iter().map(worth).collect();
        let begun = |fact: usize| {
            let topic = &program.facts[fact].topic;
            let mut said = program.facts.iter().zip(&child.facts);
            said.any(|(fact, known)| {
                fact.topic == *topic && matches!(known.asked, Asked::Given | Asked::DontKnow)
            })
        };
        let waits = |index: usize| {
            self.easier_first
                && facts.iter().any(|other| {
                    let burden = |fact: usize| program.facts[fact].burden;
                    let own = facts[index];
                    let may_answer = || implies(program, *other, own);
                    let is_second_way = || implies(program, own, *other) && !program.asks(own);
                    burden(*other) < burden(own) && (may_answer() || is_second_way())
                })
        };
        let best = (0..facts.len()).filter(|index| !waits(*index)).map(|index| worths[index]).max();
        let best = best.unwrap_or_default();
        // Nearly as much is at least nine tenths.
        let near = |worth: u64| worth == best || (self.by_topic && worth >= best - best / 10);
        (0..facts.len())
            .filter(|index| !waits(*index) && near(worths[*index]))
            .min_by_key(|index| (self.by_topic && !begun(facts[*index]), *index))
            .unwrap_or_default()
    }
}

/// Whether a fact can say by definition that another is so.
fn implies(program: &Program, fact: usize, other: usize) -> bool {
    program
        .implications
        .iter()
        .any(|implication| implication.when.fact() == fact && implication.then == [Literal::Fact(other)])
}

/// The criteria behind all that a family is shown of each program: whether it and each of its benefits fit, and whether it
/// is received where that matters.
fn shown(program: &Program, standings: &[Standing]) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    for (index, pathway) in program.pathways.iter().enumerate() {
        if standings[index].in_force && !pathway.for_professionals {
            nodes.extend(program.decided(index));
            if program.coordinates(index) || deferred_to(program, standings, index) {
                nodes.extend(pathway.receiving);
            }
        }
    }
    nodes
}

/// For each of the candidates: the conditions under which its payers pay, up to one that always does.
fn payers(program: &Program, candidates: &[(Target, Option<NodeId>)]) -> Vec<(Target, Vec<Payer>)> {
    let pathways = program.pathways.iter().enumerate();
    let payers = pathways.map(|(index, pathway)| {
        let conditions =
            pathway.financing.iter().map_while(|financing| Some((financing.when?, financing.negated)));
        (Target::Program(index), conditions.collect::<Vec<Payer>>())
    });
    let may_lead = |(target, conditions): &(Target, Vec<Payer>)| {
        !conditions.is_empty() && candidates.iter().any(|(candidate, _)| candidate == target)
    };
    payers.filter(may_lead).collect()
}

/// Whether some other program that may fit is not needed where this one is received.
fn deferred_to(program: &Program, standings: &[Standing], index: usize) -> bool {
    let offers = &program.pathways[index].offers;
    program.pathways.iter().zip(standings).enumerate().any(|(other, (pathway, standing))| {
        let defers = match &pathway.defers_to {
            Some(Deference::AnyReceived(offer)) => {
                offers.contains(offer) && !program.work_together(index, other)
            }
            Some(Deference::Programs(programs)) => programs.contains(&index),
            None => false,
        };
        let told = standing.in_force && !pathway.for_professionals;
        defers && other != index && told && standing.eligible != Outcomes::NOT_MET
    })
}

/// In how many steps a fact is asked at most: the month may not be enough, nor may a range, nor a first list.
fn steps(program: &Program, child: &Child, fact: usize) -> usize {
    match (&program.facts[fact].kind, child.facts[fact].asked) {
        (FactKind::BirthMonth, Asked::NotYet) => {
            1 + usize::from(program.fact_of_kind(&FactKind::BirthDate).is_some())
        }
        (FactKind::Number { choices, .. }, Asked::NotYet) if choices.is_empty() => 2,
        (FactKind::Codes, Asked::NotYet) => 2,
        (kind @ (FactKind::Day | FactKind::AgeAt { .. }), Asked::NotYet) => {
            let open = program.bounds_of(fact).any(|first| !begins(kind, first));
            1 + usize::from(open || events::is_of_event(program, fact))
        }
        _ => 1,
    }
}

/// Whether the month of a day, or the completed years of an age, say on which side of a bound it lies.
fn begins(kind: &FactKind, first: i64) -> bool {
    match kind {
        FactKind::Day => Date::of_number(first).day() == 1,
        _ => first % 12 == 0,
    }
}

/// The fact to ask for one that is open: a birth is asked in two steps.
fn as_asked(program: &Program, child: &Child, fact: usize) -> usize {
    match program.facts[fact].kind {
        FactKind::BirthMonth | FactKind::BirthDate | FactKind::Age => {
            birth_fact(program, child).unwrap_or(fact)
        }
        _ => fact,
    }
}

/// Under which fact an open birth stands: the month, or the day once the month is given.
fn birth_fact(program: &Program, child: &Child) -> Option<usize> {
    let given = |kind: &FactKind| {
        program.fact_of_kind(kind).is_some_and(|fact| child.facts[fact].asked == Asked::Given)
    };
    let month = program.fact_of_kind(&FactKind::BirthMonth);
    let day = program.fact_of_kind(&FactKind::BirthDate);
    if given(&FactKind::BirthMonth) { day.or(month) } else { month.or(day) }
}
