//! Rules with one thing left out: whether any decision comes out differently for any child.
//!
//! Equal diagrams are the same number, so two ways to write a criterion are compared at once; only what stands above the
//! change is made anew.

use super::build::{Build, Diagrams};
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
    constraints: Root,
    /// The nodes that read each node.
    above: Vec<Vec<usize>>,
}

impl Diagrams {
    /// The rules of the day that these diagrams were made for, to be tried with something left out.
    #[must_use]
    pub fn variants<'d>(&'d self, program: &'d Program, on: Date) -> Variants<'d> {
        let mut above = vec![Vec::new(); program.nodes.len()];
        for (index, node) in program.nodes.iter().enumerate() {
            for part in node.kind.parts_on(on) {
                above[part.0 as usize].push(index);
            }
        }
        let build = Build {
            program,
            on,
            variables: &self.variables,
            judgments: same_judgments(program),
            forest: self.forest.clone(),
            raw: self.raw.clone(),
        };
        Variants { build, constraints: self.constraints, above }
    }
}

impl Variants<'_> {
    /// Whether any child there can be would be decided differently on the day: for a program or a benefit, on whether it
    /// is received, or on who pays. A judgment of an agency counts as what it is.
    pub fn matters(&mut self, left_out: &LeftOut) -> bool {
        let before = self.build.raw.clone();
        let mut changed: BTreeSet<usize> = BTreeSet::new();
        match left_out {
            LeftOut::Instead(node, kind) => {
                let index = node.0 as usize;
                if before[index].is_some() {
                    let root = self.build.kind(index, kind);
                    changed.extend(self.replace(index, root));
                }
            }
            LeftOut::Entry { list, entry } => {
                let program = self.build.program;
                for (index, node) in program.nodes.iter().enumerate() {
                    let NodeKind::Test(Test::Diagnoses { list: read, at_least, .. }) = node.kind else {
                        continue;
                    };
                    if read == *list && before[index].is_some() {
                        let root = self.build.diagnoses_without(*list, at_least as usize, *entry);
                        changed.extend(self.replace(index, Some(root)));
                    }
                }
            }
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
        self.decided().into_iter().any(|node| changed.contains(&node) && self.differs(node, after[node]))
    }

    fn replace(&mut self, index: usize, root: Option<Root>) -> Option<usize> {
        let changes = self.build.raw[index] != root;
        self.build.raw[index] = root;
        changes.then_some(index)
    }

    /// Every node that something shown hangs on, where its program is in force.
    fn decided(&self) -> Vec<usize> {
        let (program, on) = (self.build.program, self.build.on);
        let mut found: Vec<usize> = Vec::new();
        for (index, pathway) in program.pathways.iter().enumerate().filter(|(_, own)| own.in_force(on)) {
            found.extend(program.decided(index).chain(pathway.receiving).map(|node| node.0 as usize));
            let of_benefits = pathway.benefits.iter().flat_map(|benefit| &benefit.financing);
            let payers = pathway.financing.iter().chain(of_benefits);
            found.extend(payers.filter_map(|financing| financing.when).map(|node| node.0 as usize));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn differs(&mut self, node: usize, after: Option<Root>) -> bool {
        let forest = &mut self.build.forest;
        let sides = [self.build.raw[node], after]
            .map(|root| root.map(|root| forest.combine(Combine::Where, root, self.constraints)));
        sides[0] != sides[1]
    }

    /// Whether the bound on the size was passed; then nothing that was told may be used.
    #[must_use]
    pub fn within_bound(&self) -> bool {
        !Forest::overgrown(&self.build.forest)
    }
}

impl Build<'_> {
    /// A list without one of its entries: what is under another entry too is under that one then.
    fn diagnoses_without(&mut self, list: usize, at_least: usize, entry: usize) -> Root {
        let own = &self.program.lists[list];
        let mut without = own.clone();
        without.entries.remove(entry);
        let mut entries: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (number, subject) in (0..).zip(&self.variables.subjects) {
            let Subject::Condition(_, condition) = subject else { continue };
            let Some((_, told)) = condition.entries.iter().find(|(of, _)| *of == list) else { continue };
            let taken = condition.codes.iter().find(|code| own.entry_of(code) == Some(entry));
            let now = match taken {
                None => Some(*told),
                // Entries from this one on have moved up by one; which is which does not matter, if they are told apart.
                Some(code) => without.entry_of(code).map(|other| other + usize::from(other >= entry)),
            };
            if let Some(now) = now {
                entries.entry(now).or_default().push(number);
            }
        }
        let members: Vec<Root> = entries
            .into_values()
            .map(|conditions| {
                let each = conditions
                    .into_iter()
                    .map(|variable| self.forest.has(variable, [false, true].into_iter()));
                let each: Vec<Root> = each.collect();
                self.any(each)
            })
            .collect();
        self.at_least(at_least, &members)
    }
}
