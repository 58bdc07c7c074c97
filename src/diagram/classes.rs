//! Classes of children: all there can be on a day who have something in common, how to say which, and one of them.
//!
//! A class is a diagram with two leaves: where it ends in one, there is such a child. So classes are joined, met and taken
//! away from each other exactly, and one without a way to that leaf has nobody in it.

use super::ask::Known;
use super::ask_lead::keep;
use super::build::fold_judgments;
use super::cells::{Subject, cell_of};
use super::example::Said;
use super::forest::{Combine, IMPOSSIBLE, MET, POSSIBLE, Root};
use super::sums::may_come_to;
use super::variants::shown;
use crate::child::Child;
use crate::program::{NodeId, NodeKind};
use crate::value::{Outcomes, Truth};
use crate::vocabulary::{FactKind, Literal, Target};

/// A class of children, as one [`Known`] gives them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(Root);

/// One kind of children of a class: criteria, each with whether it holds of them.
pub type Traits = Vec<(NodeId, bool)>;

/// So many kinds of children of one class are told apart; who reads more has lost the thread.
const MOST_KINDS: usize = 24;

/// Classes may take so many times the room that one child's screening may.
const ROOM: usize = 10;

impl Known<'_> {
    /// Lets classes take the room that looking at all children at once can take.
    pub fn give_room(&mut self) {
        self.forest.give_room(ROOM);
    }

    /// Every child that there can be.
    #[must_use]
    pub fn everybody(&mut self) -> Class {
        Class(self.possible())
    }

    /// No child at all.
    #[must_use]
    pub fn nobody(&self) -> Class {
        Class(IMPOSSIBLE)
    }

    /// Every child that there can be on the day: what has happened has happened by then, and totals are such as numbers may
    /// come to.
    #[must_use]
    pub fn everybody_by_now(&mut self) -> Class {
        let today = i64::from(self.child.as_of.day_number());
        let mut all = self.everybody();
        for (variable, subject) in (0..).zip(&self.diagrams.variables.subjects) {
            let can_be: Vec<bool> = match subject {
                Subject::Number(fact, bounds) if self.program.facts[*fact].kind == FactKind::Day => {
                    let ahead = bounds.iter().map(|bound| *bound > today);
                    // In the first cell are days long past, and in the last one none.
                    std::iter::once(false).chain(ahead).chain([false]).map(|ahead| !ahead).collect()
                }
                Subject::Total(addends, bounds) => {
                    let from = std::iter::once(&i64::MIN).chain(bounds);
                    let cells = from.zip(bounds.iter().chain([&i64::MAX]));
                    let may = cells.map(|(from, below)| may_come_to(self.program, addends, *from, *below));
                    // In the last cell one of them does not apply.
                    may.chain([true]).collect()
                }
                _ => continue,
            };
            let leaf = |can_be| if can_be { POSSIBLE } else { IMPOSSIBLE };
            let children: Vec<Root> = can_be.into_iter().map(leaf).collect();
            let own = Class(self.forest.node(variable, &children));
            all = self.both(all, own);
        }
        all
    }

    /// Those for whom a node comes to something wanted; nobody for a node without a say.
    #[must_use]
    pub fn who(&mut self, node: NodeId, wanted: impl Fn(Outcomes) -> bool) -> Class {
        let root = self.of(node).unwrap_or(IMPOSSIBLE);
        self.ending_in(root, &wanted)
    }

    /// Those for whom two nodes together come to something wanted: the same finding of an agency counts for both.
    #[must_use]
    pub fn who_all(&mut self, nodes: [NodeId; 2], wanted: impl Fn(Outcomes) -> bool) -> Class {
        let mut both = MET;
        for node in nodes {
            if let Some(root) = self.diagrams.raw[node.0 as usize] {
                let root = self.where_open(root);
                both = self.forest.combine(Combine::And, both, root);
            }
        }
        let mut done = vec![None; self.forest.places()];
        let first_judgment = self.diagrams.variables.first_judgment;
        let folded = fold_judgments(&mut self.forest, both, first_judgment, &mut done);
        self.ending_in(folded, &wanted)
    }

    /// Those of whom a yes/no fact, a choice or an element of a set is so, or is not so.
    #[must_use]
    pub fn of_whom(&mut self, literal: Literal, so: bool) -> Class {
        let everybody = self.everybody();
        let Some((variable, cell)) = self.where_so(literal) else { return everybody };
        let cells = self.diagrams.variables.cells(variable);
        let leaf = |at: usize| if (at == cell) == so { POSSIBLE } else { IMPOSSIBLE };
        let children: Vec<Root> = (0..cells).map(leaf).collect();
        let own = self.forest.node(variable, &children);
        self.both(everybody, Class(own))
    }

    /// Of a child of whom a literal is not so: those who would be in a class if it were, all else equal; and the other way
    /// around where `so` is false.
    #[must_use]
    pub fn if_it_were(&mut self, class: Class, literal: Literal, so: bool) -> Class {
        let Some((variable, cell)) = self.where_so(literal) else { return class };
        if so {
            return Class(self.forest.given(class.0, variable, cell));
        }
        let others = (0..self.diagrams.variables.cells(variable)).filter(|other| *other != cell);
        let roots: Vec<Root> = others.map(|other| self.forest.given(class.0, variable, other)).collect();
        Class(self.forest.fold(Combine::Union, &roots))
    }

    /// The variable of a literal, and the cell in which it is so.
    fn where_so(&self, literal: Literal) -> Option<(u32, usize)> {
        let variable = self.diagrams.variables.of_literal(self.program, literal)?;
        Some((variable, cell_of(literal)))
    }

    /// Of each candidate in order, those whom it surely leads, and those whom it leads if an agency finds so.
    #[must_use]
    pub fn led_by(&mut self, candidates: &[(Target, Option<NodeId>)]) -> Vec<[Class; 2]> {
        let leads = self.where_each_leads(candidates);
        let classes = leads.into_iter().map(|(_, root)| {
            [Outcomes::MET, Outcomes::AGENCY].map(|outcome| self.ending_in(root, &|found| found == outcome))
        });
        classes.collect()
    }

    fn ending_in(&mut self, root: Root, wanted: &dyn Fn(Outcomes) -> bool) -> Class {
        let found = keep(&mut self.forest, root, wanted);
        let everybody = self.everybody();
        self.both(Class(found), everybody)
    }

    /// Those in both.
    #[must_use]
    pub fn both(&mut self, one: Class, other: Class) -> Class {
        Class(self.forest.combine(Combine::Where, one.0, other.0))
    }

    /// Those in either.
    #[must_use]
    pub fn either(&mut self, one: Class, other: Class) -> Class {
        Class(self.forest.combine(Combine::Union, one.0, other.0))
    }

    /// Those in the first and not in the other.
    #[must_use]
    pub fn except(&mut self, one: Class, other: Class) -> Class {
        Class(self.forest.combine(Combine::Except, one.0, other.0))
    }

    /// Whether there is nobody in it.
    #[must_use]
    pub fn is_nobody(&self, class: Class) -> bool {
        class.0 == IMPOSSIBLE
    }

    /// The fewest answers of a child in it; nothing where numbers for its totals are not found.
    #[must_use]
    pub fn somebody(&mut self, class: Class) -> Option<Vec<Said>> {
        let mut told = class;
        for (variable, subject) in (0..).zip(&self.diagrams.variables.subjects) {
            if let Subject::Total(addends, bounds) = subject {
                let cells = 0..self.diagrams.variables.cells(variable);
                let leaf = |cell| match self.total_said(addends, bounds, cell) {
                    Some(_) => POSSIBLE,
                    None => IMPOSSIBLE,
                };
                let children: Vec<Root> = cells.map(leaf).collect();
                let found = Class(self.forest.node(variable, &children));
                told = self.both(told, found);
            }
        }
        self.shortest(vec![told.0], &|found| !found[0].is_none())
    }

    /// The facts whose answers ever make a difference to what a program or a benefit in force comes to, to whether it is
    /// received, or to who pays; other facts that hang together with them by definition may not be known.
    #[must_use]
    pub fn ever_deciding(&mut self) -> Vec<usize> {
        let nodes = shown(self.program, self.child.as_of);
        let open = self.open(&nodes);
        let mut facts = self.worth_asking(&open);
        // A total is asked for by one of its numbers.
        for subject in &self.diagrams.variables.subjects {
            if let Subject::Total(addends, _) = subject
                && addends.iter().any(|addend| facts.contains(&addend.fact))
            {
                facts.extend(addends.iter().map(|addend| addend.fact));
            }
        }
        facts
    }

    /// Whether a child is in it: open where the answers leave it so.
    #[must_use]
    pub fn holds(&self, class: Class, child: &Child) -> Truth {
        let open = self.diagrams.variables.open_cells(self.program, child);
        let mut seen = vec![false; self.forest.places()];
        let (mut inside, mut outside) = (false, false);
        let mut left = vec![class.0];
        while let Some(root) = left.pop() {
            if std::mem::replace(&mut seen[root.place()], true) {
                continue;
            }
            match root.leaf() {
                Some(leaf) if leaf.is_none() => outside = true,
                Some(_) => inside = true,
                None => {
                    let cells = &open[self.forest.variable(root) as usize];
                    let children = self.forest.children(root).iter().zip(cells);
                    left.extend(children.filter(|(_, open)| **open).map(|(child, _)| *child));
                }
            }
        }
        match (inside, outside) {
            (true, true) => Truth::Unknown,
            (true, false) => Truth::Yes,
            _ => Truth::No,
        }
    }

    /// Whom a class is made of, in the words of the criteria: a few kinds of children that are all of it together and
    /// nobody else of those who are spoken of. Nothing where the criteria cannot tell, or too many kinds would have to be
    /// told.
    #[must_use]
    pub fn kinds(&mut self, class: Class, spoken_of: Class) -> Option<Vec<Traits>> {
        let others = self.except(spoken_of, class);
        let criteria = self.criteria_about(&[class, others]);
        let mut left = self.both(class, spoken_of);
        let mut kinds: Vec<(Traits, Class)> = Vec::new();
        while !self.is_nobody(left) {
            if kinds.len() == MOST_KINDS {
                return None;
            }
            let traits = self.traits_of_some(left, &criteria);
            let own = self.fewest_traits(&traits, others)?;
            let all: Vec<Class> = own.iter().map(|(_, class)| *class).collect();
            let kind = self.all_of(&all);
            left = self.except(left, kind);
            kinds.push((own.into_iter().map(|(what, _)| what).collect(), kind));
        }
        Some(self.each_needed(class, kinds))
    }

    /// The criteria of one fact or figure that can tell children of some classes apart, each once.
    fn criteria_about(&mut self, classes: &[Class]) -> Vec<(NodeId, [Class; 2])> {
        let mut asked: Vec<u32> = classes.iter().flat_map(|class| self.forest.asked(class.0)).collect();
        asked.sort_unstable();
        asked.dedup();
        let mut found: Vec<(NodeId, [Class; 2])> = Vec::new();
        for number in 0..self.program.nodes.len() as u32 {
            let node = NodeId(number);
            if !matches!(self.program.node(node).kind, NodeKind::Test(_) | NodeKind::Sum(_)) {
                continue;
            }
            let Some(root) = self.of(node) else { continue };
            if self.forest.asked(root).iter().all(|variable| asked.binary_search(variable).is_err()) {
                continue;
            }
            let sides = [Outcomes::NOT_MET, Outcomes::MET]
                .map(|outcome| Class(keep(&mut self.forest, root, &|found| found == outcome)));
            if !found.iter().any(|(_, known)| *known == sides || [known[1], known[0]] == sides) {
                found.push((node, sides));
            }
        }
        found
    }

    /// What holds of some children of a class: the criteria part everybody into kinds, and this is one of them.
    fn traits_of_some(
        &mut self,
        class: Class,
        criteria: &[(NodeId, [Class; 2])],
    ) -> Vec<((NodeId, bool), Class)> {
        let mut those = class;
        let mut traits = Vec::with_capacity(criteria.len());
        for (node, [not, met]) in criteria {
            let without = self.both(those, *not);
            let so = self.is_nobody(without);
            if !so {
                those = without;
            }
            traits.push(((*node, so), if so { *met } else { *not }));
        }
        traits
    }

    /// The fewest of some traits that nobody else has, from the first on and from the last on.
    fn fewest_traits(
        &mut self,
        traits: &[((NodeId, bool), Class)],
        others: Class,
    ) -> Option<Vec<((NodeId, bool), Class)>> {
        let forward = self.without_idle(traits.to_vec(), others)?;
        let backward = self.without_idle(traits.iter().rev().copied().collect(), others)?;
        Some(if backward.len() < forward.len() { backward.into_iter().rev().collect() } else { forward })
    }

    /// Traits of which none can be left out without taking in somebody else; the first are left out first.
    fn without_idle(
        &mut self,
        traits: Vec<((NodeId, bool), Class)>,
        others: Class,
    ) -> Option<Vec<((NodeId, bool), Class)>> {
        // Of each trait, those of the others who have it and all that follow.
        let mut behind = vec![others];
        for (_, class) in traits.iter().rev() {
            let before = behind[behind.len() - 1];
            behind.push(self.both(before, *class));
        }
        behind.reverse();
        if !self.is_nobody(behind[0]) {
            return None;
        }
        let mut kept = Vec::new();
        let everybody = self.everybody();
        let mut so_far = everybody;
        for (index, own) in traits.into_iter().enumerate() {
            let without = self.both(behind[index + 1], so_far);
            if !self.is_nobody(without) {
                so_far = self.both(so_far, own.1);
                kept.push(own);
            }
        }
        Some(kept)
    }

    fn all_of(&mut self, classes: &[Class]) -> Class {
        let everybody = self.everybody();
        classes.iter().fold(everybody, |so_far, class| self.both(so_far, *class))
    }

    /// Kinds of which none can be left out.
    fn each_needed(&mut self, class: Class, kinds: Vec<(Traits, Class)>) -> Vec<Traits> {
        let mut kept = kinds;
        let mut index = 0;
        while index < kept.len() {
            let others = kept.iter().enumerate().filter(|(other, _)| *other != index);
            let others: Vec<Class> = others.map(|(_, (_, kind))| *kind).collect();
            let left = others.into_iter().fold(class, |left, kind| self.except(left, kind));
            if self.is_nobody(left) {
                kept.remove(index);
            } else {
                index += 1;
            }
        }
        kept.into_iter().map(|(traits, _)| traits).collect()
    }
}
