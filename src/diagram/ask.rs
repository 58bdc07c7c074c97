//! What is known of one child: what each criterion can still come to, and which facts it hangs on.

use super::build::Diagrams;
use super::cells::{Subject, days_of_cells, limits};
use super::conditions::one_of_these;
use super::forest::{Combine, Forest, IMPOSSIBLE, POSSIBLE, Root};
use crate::child::{Asked, Births, Child, Value};
use crate::program::{NodeId, Program};
use crate::value::{Date, Outcomes};
use crate::vocabulary::{Addend, Implication};

/// A smallest set is searched for among so many facts beyond those that are in every one.
const MOST_TRIED: usize = 3;

/// The diagrams of a program as far as one child's answers leave them open.
pub struct Known<'k> {
    pub(super) program: &'k Program,
    pub(super) child: &'k Child,
    pub(super) diagrams: &'k Diagrams,
    /// The program's diagrams, and those that questions about this child add.
    pub(super) forest: Forest,
    /// The cells that the answers leave open, by variable.
    pub(super) open: Vec<Vec<bool>>,
    /// What the less specific codes of the answers leave possible, and days that are asked for in several ways.
    pub(super) clause: Root,
    /// What each diagram can come to with these answers.
    can: Vec<Outcomes>,
    restricted: Vec<Option<Root>>,
    /// Whether the family can say nothing more of a variable, by its number.
    lost: Vec<bool>,
    /// The fact that each variable belongs to, or is asked by next; none for a judgment.
    facts: Vec<Option<usize>>,
}

/// What a criterion can still come to by the answers to facts that can still be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open(pub(super) Root);

impl Diagrams {
    /// What one child's answers leave open.
    #[must_use]
    pub fn known<'k>(&'k self, program: &'k Program, child: &'k Child) -> Known<'k> {
        let open = self.variables.open_cells(program, child);
        let mut forest = self.forest.clone();
        let mut clause = POSSIBLE;
        for conditions in one_of_these(program, &self.variables, child) {
            let mut some = IMPOSSIBLE;
            for variable in conditions.into_iter().rev() {
                some = forest.node(variable, &[some, POSSIBLE]);
            }
            clause = forest.combine(Combine::Where, clause, some);
        }
        for possible in self.days_that_fit(program, &mut forest, child) {
            clause = forest.combine(Combine::Where, clause, possible);
        }
        let mut known = Known {
            program,
            child,
            diagrams: self,
            forest,
            open,
            clause,
            can: Vec::new(),
            restricted: Vec::new(),
            lost: Vec::new(),
            facts: self.facts(program, child),
        };
        if clause != POSSIBLE {
            for root in self.nodes.iter().flatten() {
                known.forest.combine(Combine::Where, *root, clause);
            }
        }
        known.can = known.all_that_can_be();
        known.restricted = vec![None; known.forest.places()];
        let variables = 0..known.open.len() as u32;
        known.lost = variables.map(|variable| !known.can_be_asked(variable)).collect();
        known
    }

    /// The fact that each variable belongs to; of a total, the first that the family can say more of.
    fn facts(&self, program: &Program, child: &Child) -> Vec<Option<usize>> {
        let own = self.variables.subjects.iter().zip(&self.variables.facts);
        let next = |addends: &[Addend]| {
            addends.iter().map(|addend| addend.fact).find(|fact| child.can_say_more(program, *fact))
        };
        own.map(|(subject, fact)| match subject {
            Subject::Total(addends, _) => next(addends).or(*fact),
            _ => *fact,
        })
        .collect()
    }

    /// Where ages are asked for several days, or a day by its date and by how long ago it was: which of their cells can hold
    /// together, for each two of them. Stretches of days that meet two by two meet all together.
    fn days_that_fit(&self, program: &Program, forest: &mut Forest, child: &Child) -> Vec<Root> {
        let of_one = |one: &Subject, other: &Subject| match (one, other) {
            (Subject::Births(..), Subject::Births(..)) => true,
            (
                Subject::Number(fact, _) | Subject::Ago(fact, _),
                Subject::Number(other, _) | Subject::Ago(other, _),
            ) => fact == other,
            _ => false,
        };
        let numbered = || (0u32..).zip(&self.variables.subjects);
        let mut found = Vec::new();
        for (upper, one) in numbered() {
            for (lower, other) in numbered().filter(|(lower, other)| *lower > upper && of_one(one, other)) {
                let [cells, others] = [one, other].map(|subject| stretches(program, child, subject));
                let meets = |one: &Option<Stretch>, other: &Option<Stretch>| match (one, other) {
                    (Some(one), Some(other)) => one.0.max(other.0) <= one.1.min(other.1),
                    (one, other) => one.is_none() && other.is_none(),
                };
                let below = |cell: &Option<Stretch>| -> Vec<Root> {
                    others
                        .iter()
                        .map(|other| if meets(cell, other) { POSSIBLE } else { IMPOSSIBLE })
                        .collect()
                };
                let rows: Vec<Vec<Root>> = cells.iter().map(below).collect();
                let children: Vec<Root> = rows.iter().map(|row| forest.node(lower, row)).collect();
                found.push(forest.node(upper, &children));
            }
        }
        found
    }
}

/// Days by their numbers, both ends in; none where the first is after the last.
type Stretch = (i64, i64);

/// The days in each cell of a birth or a day; nothing for the cell in which it does not apply.
fn stretches(program: &Program, child: &Child, subject: &Subject) -> Vec<Option<Stretch>> {
    let number = |day: Date| i64::from(day.day_number());
    let days = |(first, last): (Date, Date)| Some((number(first), number(last)));
    match subject {
        Subject::Births(on, cuts) => {
            days_of_cells(cuts, on.day(child.as_of), child.births).map(days).collect()
        }
        Subject::Ago(fact, cuts) => {
            let (first, last) = limits(program, *fact);
            let ever = Births { first: Date::of_number(first), last: Date::of_number(last) };
            days_of_cells(cuts, child.as_of, ever).map(days).chain([None]).collect()
        }
        Subject::Number(_, bounds) => {
            let ends = bounds.iter().map(|bound| bound - 1).chain([i64::MAX]);
            std::iter::once(i64::MIN)
                .chain(bounds.iter().copied())
                .zip(ends)
                .map(Some)
                .chain([None])
                .collect()
        }
        _ => Vec::new(),
    }
}

impl Known<'_> {
    /// What each diagram can come to where the answers are, children before parents.
    fn all_that_can_be(&self) -> Vec<Outcomes> {
        let leaves = self.forest.places() - self.forest.size();
        let mut can: Vec<Outcomes> = (0..leaves).map(|leaf| Outcomes::of_bits((leaf & 7) as u8)).collect();
        for root in self.forest.nodes() {
            let cells = &self.open[self.forest.variable(root) as usize];
            let children = self.forest.children(root).iter().zip(cells).filter(|(_, open)| **open);
            can.push(children.fold(Outcomes::NONE, |all, (child, _)| all.or_else(can[child.place()])));
        }
        can
    }

    /// Whether what was asked so far stayed within the bound; if not, none of the answers may be used.
    #[must_use]
    pub fn within_bound(&self) -> bool {
        !self.forest.overgrown()
    }

    /// What each node can still come to, exactly.
    #[must_use]
    pub fn slots(&mut self) -> Vec<Outcomes> {
        let nodes = self.diagrams.nodes.iter();
        nodes
            .map(|root| match *root {
                None => Outcomes::NONE,
                Some(root) if self.clause == POSSIBLE => self.can[root.place()],
                Some(root) => self.can[self.forest.combine(Combine::Where, root, self.clause).place()],
            })
            .collect()
    }

    /// A node's diagram where the answers are; none for a node without a say.
    pub(super) fn of(&mut self, node: NodeId) -> Option<Root> {
        let root = self.diagrams.nodes[node.0 as usize]?;
        let root = self.forest.combine(Combine::Where, root, self.clause);
        Some(self.where_open(root))
    }

    /// What the implications and the less specific codes leave possible where the answers are.
    pub(super) fn possible(&mut self) -> Root {
        let possible = self.forest.combine(Combine::Where, self.diagrams.constraints, self.clause);
        self.where_open(possible)
    }

    /// A diagram where the answers are: what is known is no longer asked.
    pub(super) fn where_open(&mut self, root: Root) -> Root {
        let Self { forest, open, restricted, .. } = self;
        if restricted.len() < forest.places() {
            restricted.resize(forest.places(), None);
        }
        let mut rule = |forest: &mut Forest, variable: u32, children: &[Root]| {
            forest.node_at(variable, children, &open[variable as usize])
        };
        forest.rewrite_below(root, &mut rule, restricted)
    }

    /// Takes a fact for one of which the family can still say more, or cannot; what is open is then looked up anew.
    pub fn take_as_askable(&mut self, fact: usize, askable: bool) {
        for variable in 0..self.lost.len() {
            if self.fact(variable as u32) == Some(fact) {
                self.lost[variable] = !askable;
            }
        }
    }

    /// The fact that a variable belongs to; none for a judgment.
    pub(super) fn fact(&self, variable: u32) -> Option<usize> {
        self.facts[variable as usize]
    }

    /// The facts that a diagram asks about, in question order.
    pub(super) fn facts_asked(&self, root: Root) -> Vec<usize> {
        let mut facts: Vec<usize> =
            self.forest.asked(root).into_iter().filter_map(|variable| self.fact(variable)).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    // -------------------------------------------------------------------------------------- what is missing

    /// The facts that a node's outcome still hangs on: a smallest set that settles it whatever their answers are, and
    /// none can be left out; the least burden first, then question order. Nothing where it is settled.
    #[must_use]
    pub fn missing(&mut self, node: NodeId) -> Vec<usize> {
        self.of(node).map(|root| self.missing_in(root)).unwrap_or_default()
    }

    /// The same for a diagram where the answers are.
    pub(super) fn missing_in(&mut self, root: Root) -> Vec<usize> {
        let mut missing = self.smallest_missing(root);
        // A total needs all of its numbers that are open.
        for (subject, fact) in self.diagrams.variables.subjects.iter().zip(&self.facts) {
            if let (Subject::Total(addends, _), Some(fact)) = (subject, fact)
                && missing.contains(fact)
            {
                let known = |fact: &usize| matches!(self.child.facts[*fact].value, Value::Number { from, to, .. } if from == to);
                missing.extend(addends.iter().map(|addend| addend.fact).filter(|fact| !known(fact)));
            }
        }
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    fn smallest_missing(&mut self, root: Root) -> Vec<usize> {
        if self.settled_by(root, &[]) {
            return Vec::new();
        }
        let candidates = self.facts_asked(root);
        // A fact of which two answers alone, all else equal, come out differently is in every such set.
        let (needed, others): (Vec<usize>, Vec<usize>) =
            candidates.into_iter().partition(|fact| self.hangs_on(root, *fact));
        for size in 0..=others.len().min(MOST_TRIED) {
            let mut best = None;
            self.smallest(root, &needed, &others, size, &mut Vec::new(), &mut best);
            if let Some((_, found)) = best {
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

    /// The least burdensome set of `size` more facts that settles; the first by question order among equals.
    fn smallest(
        &mut self,
        root: Root,
        needed: &[usize],
        others: &[usize],
        size: usize,
        chosen: &mut Vec<usize>,
        best: &mut Option<(u32, Vec<usize>)>,
    ) {
        if chosen.len() == size {
            let mut all: Vec<usize> = needed.iter().chain(chosen.iter()).copied().collect();
            all.sort_unstable();
            let burden = all.iter().map(|fact| u32::from(self.program.facts[*fact].burden)).sum();
            let better = best.as_ref().is_none_or(|best| (burden, &all) < (best.0, &best.1));
            if better && self.settled_by(root, &all) {
                *best = Some((burden, all));
            }
            return;
        }
        for (index, fact) in others.iter().enumerate() {
            chosen.push(*fact);
            self.smallest(root, needed, &others[index + 1..], size, chosen, best);
            chosen.pop();
        }
    }

    /// Whether the answers to these facts, whatever they are, leave one outcome.
    fn settled_by(&mut self, root: Root, facts: &[usize]) -> bool {
        let owners = &self.facts;
        let other = |variable: u32| owners[variable as usize].is_none_or(|fact| !facts.contains(&fact));
        let rest = self.forest.without(root, &other);
        self.forest.reached(rest).into_iter().filter_map(Root::leaf).all(|outcomes| !outcomes.is_open())
    }

    /// Whether two answers to a fact, all else equal, come out differently.
    pub(super) fn hangs_on(&mut self, root: Root, fact: usize) -> bool {
        let owners = &self.facts;
        self.forest.depends_on(root, &|variable| owners[variable as usize] == Some(fact))
    }

    // ------------------------------------------------------------------------------------ what is worth asking

    /// What these nodes can still come to by the answers to facts that can still be asked, each once: the facts that
    /// the family does not know are left open. Those that nothing can settle further are left out.
    #[must_use]
    pub fn open(&mut self, nodes: &[NodeId]) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        for node in nodes {
            let Some(root) = self.of(*node) else { continue };
            let root = self.left_open(root);
            if !self.forest.is_settled(root) && !open.contains(&Open(root)) {
                open.push(Open(root));
            }
        }
        open
    }

    /// What a diagram can come to, whatever the facts are that the family can say nothing more of.
    pub(super) fn left_open(&mut self, root: Root) -> Root {
        let Self { forest, lost, .. } = self;
        forest.without(root, &|variable| lost[variable as usize])
    }

    /// Whether the family may still say more about what a variable stands for.
    fn can_be_asked(&self, variable: u32) -> bool {
        let Some(fact) = self.fact(variable) else { return false };
        match (&self.diagrams.variables.subjects[variable as usize], &self.child.facts[fact].value) {
            // An element of a set is known, unknown or open on its own.
            (Subject::Element(_, element), Value::Set(elements)) => elements[*element].1 == Asked::NotYet,
            _ => self.child.can_say_more(self.program, fact),
        }
    }

    /// The facts worth asking, in question order: some answers to those that can still be asked, *I don't know*
    /// included, leave its answers to make a difference.
    #[must_use]
    pub fn worth_asking(&mut self, open: &[Open]) -> Vec<usize> {
        let mut worth: Vec<usize> = Vec::new();
        for Open(root) in open {
            let mut with_unknowns = None;
            for fact in self.facts_asked(*root) {
                if worth.contains(&fact) {
                    continue;
                }
                let makes_a_difference = self.hangs_on(*root, fact) || {
                    // Facts that hang together by definition may speak for each other: so each may be unknown too.
                    linked(self.program, fact) && {
                        let root = *with_unknowns.get_or_insert_with(|| self.with_unknowns(*root));
                        self.hangs_on(root, fact)
                    }
                };
                if makes_a_difference {
                    worth.push(fact);
                }
            }
        }
        worth.sort_unstable();
        worth
    }

    /// The numbers that are added to one of these facts and that the family can say more of: what they add up to is asked for
    /// under the first alone.
    #[must_use]
    pub fn added_to(&self, facts: &[usize]) -> Vec<usize> {
        let mut added = Vec::new();
        for (subject, fact) in self.diagrams.variables.subjects.iter().zip(&self.facts) {
            if let (Subject::Total(addends, _), Some(fact)) = (subject, fact)
                && facts.contains(fact)
            {
                let own = addends.iter().map(|addend| addend.fact);
                added.extend(own.filter(|fact| self.child.can_say_more(self.program, *fact)));
            }
        }
        added
    }

    /// A diagram in which every fact that hangs together with others by definition has one more cell: *I don't know*.
    fn with_unknowns(&mut self, root: Root) -> Root {
        let (program, owners) = (self.program, self.facts.clone());
        self.forest.rewrite(root, &mut |forest, variable, children| {
            if owners[variable as usize].is_some_and(|fact| linked(program, fact)) {
                let mut children = children.to_vec();
                children.push(forest.fold(Combine::Union, &children));
                forest.node(variable, &children)
            } else {
                forest.node(variable, children)
            }
        })
    }
}

/// Whether a fact hangs together with others by definition.
fn linked(program: &Program, fact: usize) -> bool {
    program.implications.iter().any(|Implication { when, then }| {
        when.fact() == fact || then.iter().any(|literal| literal.fact() == fact)
    })
}
