//! Who may lead, exactly: a search through the cells for all candidates at once, never one diagram of all outcomes.

use super::ask::Known;
use super::forest::{AGENCY, IMPOSSIBLE, MET, NOT_MET, Root};
use crate::program::NodeId;
use std::collections::BTreeSet;

/// Of each candidate in order: whether it leads in some completion, and whether only by an agency's leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// The ways it can come out once the facts are in: the first candidate that surely leads, or, where agencies keep it
    /// open, those that may, the last of them surely.
    pub ways: BTreeSet<Vec<usize>>,
}

/// The search is given up after this many steps; rules that need more are too tangled.
const MOST_STEPS: usize = 100_000;

impl Known<'_> {
    /// Who may lead among candidates in order; the last is taken where none before it leads. Nothing if the search has
    /// to be given up.
    #[must_use]
    pub fn leads(&mut self, candidates: &[Option<NodeId>]) -> Option<Leads> {
        let roots: Vec<Root> = candidates
            .iter()
            .map(|node| match node {
                Some(node) => self.of(*node).unwrap_or(NOT_MET),
                None => MET,
            })
            .collect();
        let mut search = Search { ways: BTreeSet::new(), seen: BTreeSet::new(), steps: 0 };
        let mut start = vec![self.possible];
        start.extend(roots);
        let complete = search.walk(self, start);
        complete.then_some(Leads { ways: search.ways })
    }
}

struct Search {
    ways: BTreeSet<Vec<usize>>,
    seen: BTreeSet<Vec<Root>>,
    steps: usize,
}

impl Search {
    /// Goes on from what is left of the possible and of each candidate; false if it takes too long.
    fn walk(&mut self, known: &Known<'_>, state: Vec<Root>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if state[0] == IMPOSSIBLE || !self.seen.insert(state.clone()) {
            return true;
        }
        // Candidates behind one that surely leads have no say.
        let mut way = Vec::new();
        let mut variable = known.forest.variable(state[0]);
        let mut settled = true;
        for (candidate, root) in state[1..].iter().enumerate() {
            match *root {
                NOT_MET => {}
                MET => {
                    way.push(candidate);
                    break;
                }
                AGENCY => way.push(candidate),
                other => {
                    settled = false;
                    variable = variable.min(known.forest.variable(other));
                }
            }
        }
        if settled {
            self.ways.insert(way);
            return true;
        }
        let cells = known.open[variable as usize].len();
        (0..cells).filter(|cell| known.open[variable as usize][*cell]).all(|cell| {
            let next = state.iter().map(|root| known.forest.child(*root, variable, cell)).collect();
            self.walk(known, next)
        })
    }
}
