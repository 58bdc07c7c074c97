//! Who may lead, exactly: a search through the cells for all candidates at once, never one diagram of all outcomes.

use super::ask::Known;
use super::forest::{IMPOSSIBLE, MET, NOT_MET, Root};
use crate::program::NodeId;
use std::collections::BTreeSet;

/// The ways the lead can come out once every answer is in, each by the candidates' numbers: one if the facts
/// decide, and several, best first, where it hangs on what an agency finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// The ways.
    pub ways: BTreeSet<Vec<usize>>,
}

/// The search is given up after this many steps; rules that need more are too tangled.
const MOST_STEPS: usize = 100_000;

impl Known<'_> {
    /// Who may lead among candidates in order; the last is taken where none before it leads. Nothing if the
    /// search has to be given up.
    #[must_use]
    pub fn leads(&mut self, candidates: &[Option<NodeId>]) -> Option<Leads> {
        let mut state = vec![self.possible()];
        for candidate in candidates {
            state.push(match candidate.map(|node| self.diagrams.raw[node.0 as usize]) {
                // Judgments are still asked here: two candidates may hang on the same one.
                Some(Some(root)) => self.where_open(root),
                Some(None) => NOT_MET,
                None => MET,
            });
        }
        let mut search = Search { known: self, ways: BTreeSet::new(), seen: BTreeSet::new(), steps: 0 };
        let complete = search.through_facts(state);
        complete.then_some(Leads { ways: search.ways })
    }
}

/// Of what is left of the possible and of each candidate: who leads, or which variable to ask next.
enum Next {
    Impossible,
    Leads(Option<usize>),
    Ask(u32),
}

struct Search<'s, 'k> {
    known: &'s Known<'k>,
    ways: BTreeSet<Vec<usize>>,
    seen: BTreeSet<Vec<Root>>,
    steps: usize,
}

impl Search<'_, '_> {
    /// Asks the facts; false if it takes too long.
    fn through_facts(&mut self, state: Vec<Root>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if !self.seen.insert(state.clone()) {
            return true;
        }
        match self.next(&state) {
            Next::Impossible => true,
            Next::Leads(leader) => {
                self.ways.insert(leader.into_iter().collect());
                true
            }
            Next::Ask(variable) if variable < self.known.diagrams.variables.first_judgment => {
                let cells = &self.known.open[variable as usize];
                let open: Vec<usize> = (0..cells.len()).filter(|cell| cells[*cell]).collect();
                open.into_iter().all(|cell| {
                    let next = self.given(&state, variable, cell);
                    self.through_facts(next)
                })
            }
            Next::Ask(_) => {
                let mut way = BTreeSet::new();
                let complete = self.through_judgments(&state, &mut way);
                self.ways.insert(way.into_iter().collect());
                complete
            }
        }
    }

    /// Asks the agencies once the facts are in: who may lead, best first.
    fn through_judgments(&mut self, state: &[Root], way: &mut BTreeSet<usize>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        match self.next(state) {
            Next::Impossible => true,
            Next::Leads(leader) => {
                way.extend(leader);
                true
            }
            Next::Ask(variable) => (0..self.known.open[variable as usize].len()).all(|cell| {
                let next = self.given(state, variable, cell);
                self.through_judgments(&next, way)
            }),
        }
    }

    /// Candidates behind one that leads have no say; nor have those that do not lead.
    fn next(&self, state: &[Root]) -> Next {
        if state[0] == IMPOSSIBLE {
            return Next::Impossible;
        }
        let first = state[1..].iter().position(|root| *root != NOT_MET);
        match first.map(|candidate| (candidate, state[candidate + 1])) {
            None => Next::Leads(None),
            Some((candidate, MET)) => Next::Leads(Some(candidate)),
            Some(_) => {
                let variables = state.iter().map(|root| self.known.forest.variable(*root));
                Next::Ask(variables.min().unwrap_or(u32::MAX))
            }
        }
    }

    fn given(&self, state: &[Root], variable: u32, cell: usize) -> Vec<Root> {
        let mut next: Vec<Root> =
            state.iter().map(|root| self.known.forest.child(*root, variable, cell)).collect();
        // What stands behind a sure leader is forgotten: states that differ in it alone are one.
        if let Some(sure) = next[1..].iter().position(|root| *root == MET) {
            next.truncate(sure + 2);
        }
        next
    }
}
