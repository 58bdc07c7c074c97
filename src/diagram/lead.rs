//! Who may lead, exactly: a search through the cells for all candidates at once, never one diagram of all outcomes.

use super::ask::Known;
use super::forest::{IMPOSSIBLE, MET, NOT_MET, Root};
use super::table::Numbers;
use crate::program::NodeId;

/// The ways the lead can come out once every answer is in, each by the candidates' numbers: one if the facts
/// decide, and several, best first, where it hangs on what an agency finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// The ways, in order and each once.
    pub ways: Vec<Vec<usize>>,
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
        let mut search =
            Search { known: self, ways: Vec::new(), seen: Vec::new(), numbers: Numbers::default(), steps: 0 };
        let complete = search.through_facts(state);
        let mut ways = search.ways;
        ways.sort_unstable();
        complete.then_some(Leads { ways })
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
    ways: Vec<Vec<usize>>,
    seen: Vec<Vec<Root>>,
    /// Where each of them stands among those seen.
    numbers: Numbers,
    steps: usize,
}

impl Search<'_, '_> {
    /// Asks the facts; false if it takes too long.
    fn through_facts(&mut self, state: Vec<Root>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if self.was_seen(&state) {
            return true;
        }
        match self.next(&state) {
            Next::Impossible => true,
            Next::Leads(leader) => {
                self.found(leader.into_iter().collect());
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
                let mut way = Vec::new();
                let complete = self.through_judgments(&state, &mut way);
                way.sort_unstable();
                way.dedup();
                self.found(way);
                complete
            }
        }
    }

    fn found(&mut self, way: Vec<usize>) {
        if !self.ways.contains(&way) {
            self.ways.push(way);
        }
    }

    fn was_seen(&mut self, state: &[Root]) -> bool {
        let hash = state.iter().fold(Numbers::hash(0), |hash, root| hash.and(u64::from(root.0)));
        if self.numbers.find(hash, |number| self.seen[number as usize] == state).is_some() {
            return true;
        }
        self.numbers.insert(hash, self.seen.len() as u32);
        self.seen.push(state.to_vec());
        false
    }

    /// Asks the agencies once the facts are in: who may lead, best first.
    fn through_judgments(&mut self, state: &[Root], way: &mut Vec<usize>) -> bool {
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
