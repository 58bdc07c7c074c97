//! What would have to be different for a criterion to hold: the fewest things that can change at all.

use super::ask::Known;
use super::cells::{Subject, limits};
use super::forest::{Forest, Root};
use crate::child::{Asked, Value};
use crate::program::NodeId;
use crate::value::{Outcome, Outcomes};
use crate::vocabulary::{AgeOn, CanChange, ENROLLED, FactKind};

/// So many ways are told.
const MOST_WAYS: usize = 3;
/// Each of so many steps.
const MOST_STEPS: usize = 3;

/// Things that together would let a criterion hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What would be different, in question order.
    pub steps: Vec<Step>,
    /// The facts that are not known and that it would hang on as well.
    pub also: Vec<usize>,
}

/// One thing that would be different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The fact.
    pub fact: usize,
    /// To what.
    pub to: To,
}

/// What an answer would become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Yes.
    Yes,
    /// This element as well.
    Element(usize),
    /// This choice.
    Choice(usize),
    /// A number between these, both ends in; no end if it is the greatest there is.
    Number(i64, Option<i64>),
    /// So many completed months of age.
    Months(u32),
}

/// A step, with the cell of the variable that it stands for.
#[derive(Clone, Copy)]
struct Candidate {
    variable: u32,
    cell: usize,
    step: Step,
}

/// The ways of one size that are looked for, and those found.
struct Search<'s> {
    root: Root,
    candidates: &'s [Candidate],
    size: usize,
    sure: bool,
    ways: &'s mut Vec<(Vec<usize>, Way)>,
}

impl Known<'_> {
    /// The ways in which a node that surely fails could come to hold, fewest steps first. No step gives anything up:
    /// nobody is told to leave a program, to drop coverage or to earn less. Nor is anybody told to join the program itself that
    /// it is about.
    #[must_use]
    pub fn ways(&mut self, node: NodeId, itself: &str) -> Vec<Way> {
        let Some(root) = self.diagrams.nodes[node.0 as usize] else { return Vec::new() };
        let mut candidates = self.candidates(root);
        let joins = candidates.iter().find(|candidate| self.joins(candidate.step, itself));
        let itself = joins.map(|candidate| candidate.variable);
        candidates.retain(|candidate| Some(candidate.variable) != itself);
        let root = self.left_by(root, &candidates, itself);
        let mut ways: Vec<(Vec<usize>, Way)> = Vec::new();
        // Ways that are sure come first, then those that hang on what is not known.
        for sure in [true, false] {
            for size in 1..=MOST_STEPS {
                let mut search = Search { root, candidates: &candidates, size, sure, ways: &mut ways };
                self.ways_of(&mut search, 0, &mut Vec::new());
            }
        }
        ways.into_iter().map(|(_, way)| way).collect()
    }

    /// The steps that can be taken, in question order.
    fn candidates(&self, root: Root) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for variable in self.forest.asked(root) {
            let Some(fact) = self.fact(variable) else { continue };
            let cells = &self.open[variable as usize];
            let now = cells.iter().position(|open| *open).unwrap_or_default();
            let settled = cells.iter().filter(|open| **open).count() == 1;
            let how = self.program.facts[fact].can_change;
            if !settled || how == CanChange::Never || matches!(self.asked_of(variable, fact), Asked::NotYet) {
                continue;
            }
            for cell in 0..cells.len() {
                if let Some(to) = self.step_to(variable, how, now, cell) {
                    candidates.push(Candidate { variable, cell, step: Step { fact, to } });
                }
            }
        }
        candidates.sort_by_key(|candidate| (candidate.step.fact, candidate.variable, candidate.cell));
        candidates
    }

    /// Whether a step is to join this program.
    fn joins(&self, Step { fact, to }: Step, program: &str) -> bool {
        let fact = &self.program.facts[fact];
        match (to, &fact.kind) {
            (To::Element(element), FactKind::Set(programs)) if fact.id == ENROLLED => {
                programs[element].id == program
            }
            _ => false,
        }
    }

    fn asked_of(&self, variable: u32, fact: usize) -> Asked {
        match (&self.diagrams.variables.subjects[variable as usize], &self.child.facts[fact].value) {
            (Subject::Births(..) | Subject::Total(..), _) => Asked::Given,
            (Subject::Element(_, element), Value::Set(elements)) => elements[*element].1,
            _ => self.child.facts[fact].asked,
        }
    }

    /// What a variable that goes from one cell to another stands for, if it can go there without giving anything up.
    fn step_to(&self, variable: u32, how: CanChange, now: usize, cell: usize) -> Option<To> {
        match &self.diagrams.variables.subjects[variable as usize] {
            Subject::Fact(_) => (cell > now).then_some(To::Yes),
            Subject::Element(_, element) => (cell > now).then_some(To::Element(*element)),
            // Another choice gives up the one that is; only an assessment comes to another by itself.
            Subject::Choice(_, choices) => {
                (how == CanChange::Assess && cell != now && cell < *choices).then_some(To::Choice(cell))
            }
            Subject::Number(fact, bounds) => {
                // In the last cell the number does not apply.
                let assessed = how == CanChange::Assess && cell != now && cell <= bounds.len();
                assessed.then(|| {
                    let (least, _) = limits(self.program, *fact);
                    let from = cell.checked_sub(1).map_or(least, |below| bounds[below]);
                    To::Number(from, bounds.get(cell).map(|below| below - 1))
                })
            }
            // Children only grow older.
            Subject::Births(AgeOn::AsOf, cuts) => {
                let cut = cell.checked_sub(1).and_then(|reached| cuts.get(reached))?;
                (how == CanChange::Time && cell > now && !cut.month_end).then_some(To::Months(cut.months))
            }
            // How old somebody was or will be on a day does not change.
            Subject::Births(..)
            | Subject::Ago(..)
            | Subject::Total(..)
            | Subject::Condition(..)
            | Subject::Judgment(_) => None,
        }
    }

    /// A diagram where the answers are, but for those that can change and those that only follow from others; one of them stays
    /// as it is.
    fn left_by(&mut self, root: Root, candidates: &[Candidate], stays: Option<u32>) -> Root {
        let free = |variable: u32| {
            Some(variable) != stays
                && (candidates.iter().any(|candidate| candidate.variable == variable)
                    || self
                        .fact(variable)
                        .is_some_and(|fact| matches!(self.asked_of(variable, fact), Asked::Follows(_))))
        };
        let free: Vec<bool> = (0..self.open.len() as u32).map(free).collect();
        let Self { forest, open, .. } = self;
        forest.rewrite(root, &mut |forest: &mut Forest, variable, children| match free[variable as usize] {
            true => forest.node(variable, children),
            false => forest.node_at(variable, children, &open[variable as usize]),
        })
    }

    fn ways_of(&mut self, search: &mut Search<'_>, from: usize, chosen: &mut Vec<usize>) {
        if search.ways.len() == MOST_WAYS {
            return;
        }
        if chosen.len() == search.size {
            // What is enough needs nothing more, and a part of it is not told as another way.
            let within = |a: &[usize], b: &[usize]| a.iter().all(|step| b.contains(step));
            let told = search.ways.iter().any(|(known, _)| within(known, chosen) || within(chosen, known));
            if !told
                && let Some(way) = self.way(search.root, search.candidates, chosen)
                && way.also.is_empty() == search.sure
                && (search.sure || !self.has_idle_step(search, chosen))
            {
                search.ways.push((chosen.clone(), way));
            }
            return;
        }
        for next in from..search.candidates.len() {
            let taken =
                |known: &usize| search.candidates[*known].variable == search.candidates[next].variable;
            if !chosen.iter().any(taken) {
                chosen.push(next);
                self.ways_of(search, next + 1, chosen);
                chosen.pop();
            }
        }
    }

    /// Whether a criterion could hold with one step fewer as well.
    fn has_idle_step(&mut self, search: &Search<'_>, chosen: &[usize]) -> bool {
        (0..chosen.len()).any(|idle| {
            let mut fewer = chosen.to_vec();
            fewer.remove(idle);
            self.way(search.root, search.candidates, &fewer).is_some()
        })
    }

    /// What comes of some steps; nothing if they cannot be taken together or the criterion still fails.
    fn way(&mut self, root: Root, candidates: &[Candidate], chosen: &[usize]) -> Option<Way> {
        let mut left = root;
        for (index, candidate) in candidates.iter().enumerate() {
            let now = self.open[candidate.variable as usize].iter().position(|open| *open)?;
            let taken = chosen.iter().find(|step| candidates[**step].variable == candidate.variable);
            let cell = taken.map_or(now, |step| candidates[*step].cell);
            let first = candidates[..index].iter().all(|other| other.variable != candidate.variable);
            if first {
                left = self.forest.given(left, candidate.variable, cell);
            }
        }
        let outcomes = self
            .forest
            .reached(left)
            .into_iter()
            .filter_map(Root::leaf)
            .fold(Outcomes::NONE, Outcomes::or_else);
        let may_hold = outcomes.allows(Outcome::Met) || outcomes.allows(Outcome::Agency);
        may_hold.then(|| Way {
            steps: chosen.iter().map(|step| candidates[*step].step).collect(),
            also: if outcomes.allows(Outcome::NotMet) { self.missing_in(left) } else { Vec::new() },
        })
    }
}
