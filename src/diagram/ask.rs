//! What is known of one child: what each criterion can still come to, and which facts it hangs on.

use super::build::Diagrams;
use super::cells::{Subject, Variables, one_of_these};
use super::forest::{Combine, Forest, IMPOSSIBLE, POSSIBLE, Root};
use crate::child::{Asked, Child, Value};
use crate::program::{NodeId, Program};
use crate::value::Outcomes;
use crate::vocabulary::{FactKind, Implication};
use std::collections::BTreeMap;

/// A smallest set is searched for among so many facts beyond those that are in every one.
const MOST_TRIED: usize = 3;

/// The diagrams of a program as far as one child's answers leave them open.
pub struct Known<'k> {
    pub(super) program: &'k Program,
    pub(super) child: &'k Child,
    pub(super) variables: &'k Variables,
    pub(super) forest: Forest,
    /// The cells that the answers leave open, by variable.
    pub(super) open: Vec<Vec<bool>>,
    /// What can be at all: what is true by definition, where the answers are.
    pub(super) possible: Root,
    nodes: &'k [Option<Root>],
    pub(super) raw: &'k [Option<Root>],
    restricted: BTreeMap<Root, Root>,
}

impl Diagrams {
    /// What one child's answers leave open.
    #[must_use]
    pub fn known<'k>(&'k self, program: &'k Program, child: &'k Child) -> Known<'k> {
        let open: Vec<Vec<bool>> = (0..self.variables.subjects.len() as u32)
            .map(|variable| self.variables.open_cells(program, child, variable))
            .collect();
        let mut known = Known {
            program,
            child,
            variables: &self.variables,
            forest: self.forest.clone(),
            open,
            possible: POSSIBLE,
            nodes: &self.nodes,
            raw: &self.raw,
            restricted: BTreeMap::new(),
        };
        known.possible = known.everything_possible(self.constraints);
        known
    }
}

impl Known<'_> {
    /// The assignments that the answers, the definitions and the less specific codes allow.
    fn everything_possible(&mut self, constraints: Root) -> Root {
        let mut possible = constraints;
        // From the last variable to the first, so that each diagram is built on those below it.
        for variable in (0..self.variables.first_judgment).rev() {
            let cells = self.open[variable as usize].clone();
            if cells.iter().any(|open| !open) {
                let leaf = |open: bool| if open { POSSIBLE } else { IMPOSSIBLE };
                let allowed = self.forest.node(variable, cells.into_iter().map(leaf).collect());
                possible = self.forest.combine(Combine::Where, possible, allowed);
            }
        }
        for known in &self.child.facts {
            if let Value::Codes { known, .. } = &known.value {
                for clause in one_of_these(self.program, self.variables, known) {
                    let mut some = IMPOSSIBLE;
                    for variable in clause.into_iter().rev() {
                        some = self.forest.node(variable, vec![some, POSSIBLE]);
                    }
                    possible = self.forest.combine(Combine::Where, possible, some);
                }
            }
        }
        possible
    }

    /// Whether the answers can hold together at all.
    #[must_use]
    pub fn can_be(&self) -> bool {
        self.possible != IMPOSSIBLE
    }

    /// Whether what was asked so far stayed within the bound; if not, none of the answers may be used.
    #[must_use]
    pub fn within_bound(&self) -> bool {
        !self.forest.overgrown()
    }

    /// A node's diagram where it can be; none for a node without a say.
    pub(super) fn of(&mut self, node: NodeId) -> Option<Root> {
        let root = self.nodes[node.0 as usize]?;
        Some(self.where_possible(root))
    }

    /// A diagram where it can be.
    pub(super) fn where_possible(&mut self, root: Root) -> Root {
        if let Some(done) = self.restricted.get(&root) {
            return *done;
        }
        let restricted = self.forest.combine(Combine::Where, root, self.possible);
        self.restricted.insert(root, restricted);
        restricted
    }

    /// What each node can still come to, exactly.
    #[must_use]
    pub fn slots(&mut self) -> Vec<Outcomes> {
        (0..self.nodes.len() as u32)
            .map(|node| match self.of(NodeId(node)) {
                Some(root) => self.forest.leaves(root).into_iter().fold(Outcomes::NONE, Outcomes::or_else),
                None => Outcomes::NONE,
            })
            .collect()
    }

    /// The facts that a node's outcome still hangs on, smallest set first: whatever their answers, they settle it, and
    /// none can be left out. Nothing where it is settled.
    #[must_use]
    pub fn missing(&mut self, node: NodeId) -> Vec<usize> {
        let Some(root) = self.of(node) else { return Vec::new() };
        if self.settled_by(root, &[]) {
            return Vec::new();
        }
        let candidates = self.open_facts();
        // A fact of which two answers alone, all else equal, come out differently is in every such set.
        let needed: Vec<usize> =
            candidates.iter().copied().filter(|fact| self.hangs_on(root, *fact)).collect();
        let others: Vec<usize> = candidates.into_iter().filter(|fact| !needed.contains(fact)).collect();
        for size in 0..=others.len().min(MOST_TRIED) {
            let mut chosen: Vec<usize> = Vec::new();
            if let Some(mut found) = self.smallest(root, &needed, &others, size, &mut chosen) {
                found.sort_unstable();
                return found;
            }
        }
        // Larger sets are not searched through: from all of them, those that can be left out are, the last asked first.
        let mut all: Vec<usize> = needed.iter().chain(&others).copied().collect();
        for fact in others.iter().rev() {
            let without: Vec<usize> = all.iter().copied().filter(|other| other != fact).collect();
            if self.settled_by(root, &without) {
                all = without;
            }
        }
        all.sort_unstable();
        all
    }

    /// The first set of `size` more facts that settles, by question order.
    fn smallest(
        &mut self,
        root: Root,
        needed: &[usize],
        others: &[usize],
        size: usize,
        chosen: &mut Vec<usize>,
    ) -> Option<Vec<usize>> {
        if chosen.len() == size {
            let all: Vec<usize> = needed.iter().chain(chosen.iter()).copied().collect();
            return self.settled_by(root, &all).then_some(all);
        }
        for (index, fact) in others.iter().enumerate() {
            chosen.push(*fact);
            if let Some(found) = self.smallest(root, needed, &others[index + 1..], size, chosen) {
                return Some(found);
            }
            chosen.pop();
        }
        None
    }

    /// Whether the answers to these facts, whatever they are, leave one outcome.
    fn settled_by(&mut self, root: Root, facts: &[usize]) -> bool {
        let (variables, program) = (self.variables, self.program);
        let rest = self.forest.without(root, &|variable| {
            variables.fact(program, variable).is_none_or(|fact| !facts.contains(&fact))
        });
        self.forest.leaves(rest).iter().all(|outcomes| !outcomes.is_open())
    }

    fn hangs_on(&mut self, root: Root, fact: usize) -> bool {
        let (variables, program) = (self.variables, self.program);
        self.forest.depends_on(root, &|variable| variables.fact(program, variable) == Some(fact))
    }

    /// The facts that a child's answers leave open in any cell, in the order they are asked.
    fn open_facts(&self) -> Vec<usize> {
        let mut facts: Vec<usize> = (0..self.variables.first_judgment)
            .filter(|variable| self.open[*variable as usize].iter().filter(|open| **open).count() > 1)
            .filter_map(|variable| self.variables.fact(self.program, variable))
            .collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The facts worth asking for a node: some answers to those that can still be asked change what can be concluded
    /// without the facts that the family does not know.
    #[must_use]
    pub fn worth_asking(&mut self, node: NodeId) -> Vec<usize> {
        let Some(root) = self.of(node) else { return Vec::new() };
        let (variables, program, child) = (self.variables, self.program, self.child);
        let unanswerable = |variable: u32| match &variables.subjects[variable as usize] {
            // An element of a set is known, unknown or open on its own.
            Subject::Element(fact, element) => match &child.facts[*fact].value {
                Value::Set(elements) => elements[*element].1 == Asked::DontKnow,
                _ => false,
            },
            _ => variables.fact(program, variable).is_some_and(|fact| !answerable(program, child, fact)),
        };
        let root = self.forest.without(root, &unanswerable);
        let candidates = self.open_facts();
        candidates
            .into_iter()
            .filter(|fact| {
                let own = |variable: u32| variables.fact(program, variable) == Some(*fact);
                // It decides beside all other answers; or it does while those that it speaks for are still open.
                self.forest.depends_on(root, &own) || {
                    let kin = kin(program, *fact);
                    let open = self.forest.without(root, &|variable| {
                        variables.fact(program, variable).is_some_and(|other| kin.contains(&other))
                    });
                    self.forest.depends_on(open, &own)
                }
            })
            .collect()
    }
}

/// The facts that hang together with one by definition, in any number of steps; not itself.
fn kin(program: &Program, fact: usize) -> Vec<usize> {
    let mut kin = vec![fact];
    let mut next = 0;
    while let Some(&known) = kin.get(next) {
        for Implication { when, then } in &program.implications {
            let facts: Vec<usize> = then.iter().chain([when]).map(|literal| literal.fact()).collect();
            if facts.contains(&known) {
                facts.into_iter().for_each(|fact| {
                    if !kin.contains(&fact) {
                        kin.push(fact)
                    }
                });
            }
        }
        next += 1;
    }
    kin.retain(|other| *other != fact);
    kin
}

/// Whether the family may still answer a fact, in whole or more exactly.
fn answerable(program: &Program, child: &Child, fact: usize) -> bool {
    match (&program.facts[fact].kind, &child.facts[fact].asked) {
        // Births stand under the month; the day may follow it.
        (FactKind::BirthMonth, Asked::Given) => program
            .fact_of_kind(&FactKind::BirthDate)
            .is_some_and(|day| child.facts[day].asked == Asked::NotYet),
        (_, Asked::DontKnow) => false,
        _ => true,
    }
}
