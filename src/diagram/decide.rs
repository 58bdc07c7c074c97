//! Decisions for children of whom everything is known: from the root of a diagram down to a leaf, and nothing else.

use super::build::Diagrams;
use crate::child::Child;
use crate::program::{NodeId, Program};
use crate::value::Outcomes;

/// The cell of each variable, for a child of whom everything is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells(Vec<u16>);

impl Diagrams {
    /// Where a child's answers lie; nothing if they leave anything open that a criterion asks.
    #[must_use]
    pub fn cells(&self, program: &Program, child: &Child) -> Option<Cells> {
        let open = self.variables.open_cells(program, child);
        let facts = &open[..self.variables.first_judgment as usize];
        let only = |cells: &Vec<bool>| {
            let mut open = (0_u16..).zip(cells).filter(|(_, open)| **open).map(|(cell, _)| cell);
            open.next().filter(|_| open.next().is_none())
        };
        facts.iter().map(only).collect::<Option<_>>().map(Cells)
    }

    /// What a node comes to.
    #[must_use]
    pub fn outcome(&self, node: NodeId, cells: &Cells) -> Outcomes {
        let Some(mut root) = self.nodes[node.0 as usize] else { return Outcomes::NONE };
        loop {
            match root.leaf() {
                Some(outcomes) => return outcomes,
                None => {
                    let variable = self.forest.variable(root) as usize;
                    root = self.forest.children(root)[usize::from(cells.0[variable])];
                }
            }
        }
    }
}
