//! Rules with one thing left out: whether any decision comes out differently for any child.
//!
//! Equal diagrams are the same number, so two ways to write a criterion are compared at once; only what stands above the
//! change is made anew.

use super::ask::Known;
use super::build::Build;
use super::cells::{Subject, same_judgments};
use super::forest::{Combine, Forest, Root};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::Test;
use std::collections::{BTreeMap, BTreeSet};

/// Something of the rules that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// A node is this instead: a group without a member, a test without a bound or a choice.
    Instead(NodeId, NodeKind),
    /// A code list has no such entry, by index.
    Entry {
        /// The list.
        list: usize,
        /// The entry.
        entry: usize,
    },
}

/// The rules of a day, to be tried with something left out.
pub struct Variants<'d> {
    build: Build<'d>,
    /// What holds by definition and by the calendar.
    possible: Root,
    /// The cells that there are, by variable: not every fact may turn out not to apply.
    open: Vec<Vec<bool>>,
    /// The nodes that read each node.
    above: Vec<Vec<usize>>,
}

impl<'k> Known<'k> {
    /// The rules of the day, to be tried with something left out on all children who agree with what is known.
    #[must_use]
    pub fn variants(&self) -> Variants<'k> {
        let (program, diagrams, on) = (self.program, self.diagrams, self.child.as_of);
        let mut above = vec![Vec::new(); program.nodes.len()];
        for (index, node) in program.nodes.iter().enumerate() {
            for part in node.kind.parts_on(on) {
                above[part.0 as usize].push(index);
            }
        }
        let mut forest = self.forest.clone();
        let possible = forest.combine(Combine::Where, diagrams.constraints, self.clause);
        let build = Build {
            program,
            on,
            variables: &diagrams.variables,
            judgments: same_judgments(program),
            forest,
            raw: diagrams.raw.clone(),
        };
        Variants { build, possible, open: self.open.clone(), above }
    }
}

impl Variants<'_> {
    /// Whether any child there can be would be decided differently on the day: for a program or a benefit, on whether it
    /// is received, or on who pays. A judgment of an agency counts as what it is.
    pub fn matters(&mut self, left_out: &LeftOut) -> bool {
        match left_out {
            LeftOut::Instead(node, kind) => {
                let index = node.0 as usize;
                self.build.raw[index].is_some() && {
                    let root = self.build.kind(index, kind);
                    self.matters_with(vec![(index, root)])
                }
            }
            LeftOut::Entry { list, entry } => match self.build.ways_without(*list, *entry) {
                // Taken to matter.
                None => true,
                Some(ways) => ways.into_iter().any(|entries| self.matters_counting(*list, &entries)),
            },
        }
    }

    /// The same where conditions are under other entries of a list.
    fn matters_counting(&mut self, list: usize, entries: &[(u32, Vec<usize>)]) -> bool {
        let program = self.build.program;
        let mut instead = Vec::new();
        for (index, node) in program.nodes.iter().enumerate() {
            let NodeKind::Test(Test::Diagnoses { list: read, at_least, .. }) = node.kind else { continue };
            if read == list && self.build.raw[index].is_some() {
                let root = self.build.diagnoses_under(entries, at_least as usize);
                instead.push((index, Some(root)));
            }
        }
        self.matters_with(instead)
    }

    /// The same where some nodes come to something else.
    fn matters_with(&mut self, instead: Vec<(usize, Option<Root>)>) -> bool {
        let before = self.build.raw.clone();
        let mut changed: BTreeSet<usize> = BTreeSet::new();
        for (index, root) in instead {
            changed.extend(self.replace(index, root));
        }
        // Nodes read only those before them, so the first that changed comes first.
        let mut open = changed.clone();
        while let Some(index) = open.pop_first() {
            for above in self.above[index].clone() {
                let kind = &self.build.program.nodes[above].kind;
                let root = self.build.kind(above, kind);
                if self.replace(above, root).is_some() {
                    changed.insert(above);
                    open.insert(above);
                }
            }
        }
        let after = std::mem::replace(&mut self.build.raw, before);
        let mut decided = shown(self.build.program, self.build.on).into_iter().map(|node| node.0 as usize);
        decided.any(|node| changed.contains(&node) && self.differs(node, after[node]))
    }

    fn replace(&mut self, index: usize, root: Option<Root>) -> Option<usize> {
        let changes = self.build.raw[index] != root;
        self.build.raw[index] = root;
        changes.then_some(index)
    }

    fn differs(&mut self, node: usize, after: Option<Root>) -> bool {
        let Self { build: Build { forest, raw, .. }, possible, open, .. } = self;
        let sides = [raw[node], after].map(|root| {
            let root = forest.combine(Combine::Where, root?, *possible);
            let mut there = |forest: &mut Forest, variable: u32, children: &[Root]| {
                forest.node_at(variable, children, &open[variable as usize])
            };
            Some(forest.rewrite(root, &mut there))
        });
        sides[0] != sides[1]
    }

    /// Whether the bound on the size was passed; then nothing that was told may be used.
    #[must_use]
    pub fn within_bound(&self) -> bool {
        !Forest::overgrown(&self.build.forest)
    }
}

/// Every node that something shown hangs on, where its program is in force.
pub(super) fn shown(program: &Program, on: Date) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    for index in (0..program.pathways.len()).filter(|index| program.pathways[*index].in_force(on)) {
        found.extend(program.shown_by(index));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Conditions, each by its variable, with the entries of a list that it is under.
type Under = Vec<(u32, Vec<usize>)>;

/// A condition comes under other entries in so many ways at most, or is taken to.
const MOST_WAYS: usize = 64;

impl Build<'_> {
    /// Every way in which a child's conditions can be under the entries of a list that lacks one of them: codes that are
    /// told apart by nothing else may be under no other entry, under one or under several. Nothing if there are too many.
    fn ways_without(&self, list: usize, entry: usize) -> Option<Vec<Under>> {
        let mut without = self.program.lists[list].clone();
        without.entries.remove(entry);
        let counted = self.variables.lists.iter().any(|(read, counted)| *read == list && *counted);
        let mut ways: Vec<Under> = vec![Vec::new()];
        for (number, subject) in (0..).zip(&self.variables.subjects) {
            let Subject::Condition(_, condition) = subject else { continue };
            if condition.entries.iter().all(|(of, _)| *of != list) {
                continue;
            }
            let under = condition.codes.iter().map(|code| without.entry_of(code));
            let under = under.map(|under| under.map(|under| if counted { under } else { 0 }));
            let under: BTreeSet<Option<usize>> = under.collect();
            if under.len() > MOST_WAYS.ilog2() as usize {
                return None;
            }
            let nowhere = under.contains(&None);
            let mut own: Vec<Vec<usize>> = vec![Vec::new()];
            for under in under.into_iter().flatten() {
                let with = own.iter().map(|own| [own.as_slice(), &[under]].concat());
                own.extend(with.collect::<Vec<_>>());
            }
            own.retain(|under| nowhere || !under.is_empty());
            let with = |way: &Under| {
                let own = own.iter().cloned().map(|under| [way.as_slice(), &[(number, under)]].concat());
                own.collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(with).collect();
            if ways.len() > MOST_WAYS {
                return None;
            }
        }
        Some(ways)
    }

    /// At least so many entries, with the conditions under these.
    fn diagnoses_under(&mut self, conditions: &[(u32, Vec<usize>)], at_least: usize) -> Root {
        let mut entries: BTreeMap<usize, Vec<Root>> = BTreeMap::new();
        for (number, under) in conditions {
            let has = self.forest.has(*number, [false, true].into_iter());
            under.iter().for_each(|entry| entries.entry(*entry).or_default().push(has));
        }
        let members: Vec<Root> = entries.into_values().map(|conditions| self.any(conditions)).collect();
        self.at_least(at_least, &members)
    }
}
