//! Reduced ordered decision diagrams, shared and hash-consed: equal functions are the same number.
//!
//! A node asks one variable and has a child for each of its cells. A leaf is a set of outcomes, three bits as in
//! [`Outcomes`]; the empty set is an assignment that cannot be. So one kind of diagram serves for criteria (leaves met
//! and not met), for what comes out (met, not met, left to an agency) and for what is still possible (sets of them).

use crate::value::Outcomes;
use std::collections::{BTreeMap, BTreeSet};

/// A diagram: the number of its root. Numbers below 9 are leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Root(u32);

/// The leaf of an assignment that cannot be.
pub(super) const IMPOSSIBLE: Root = Root(0);
/// The leaf *met*.
pub(super) const MET: Root = Root(1);
/// The leaf *not met*.
pub(super) const NOT_MET: Root = Root(2);
/// The leaf *left to an agency*.
pub(super) const AGENCY: Root = Root(4);
/// The leaf of a constraint that holds: it takes nothing away.
pub(super) const POSSIBLE: Root = Root(7);
/// The leaf of assignments that come out differently.
const DIFFERENT: Root = Root(8);
const LEAVES: u32 = 9;

/// A forest that grows beyond this is given up; real states have some hundred nodes.
pub(super) const MOST_NODES: usize = 200_000;

/// How two leaves are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Combine {
    /// Met if both are.
    And,
    /// Met if either is.
    Or,
    /// The first where the second can be.
    Where,
    /// Either's outcomes.
    Union,
    /// The same, or that they differ; what cannot be has no say.
    Agree,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    variable: u32,
    children: Box<[Root]>,
}

/// Diagrams that share their nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct Forest {
    nodes: Vec<Node>,
    numbers: BTreeMap<Node, Root>,
    combined: BTreeMap<(Combine, Root, Root), Root>,
    negated: BTreeMap<Root, Root>,
    overgrown: bool,
}

impl Forest {
    /// Whether the forest grew beyond [`MOST_NODES`]: then no diagram in it means anything.
    pub(super) fn overgrown(&self) -> bool {
        self.overgrown
    }

    /// Forgets what was computed on the way; the diagrams stay.
    pub(super) fn forget(&mut self) {
        self.combined.clear();
        self.negated.clear();
    }

    /// How many nodes there are.
    pub(super) fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The outcomes of a leaf; nothing for a diagram that still asks.
    pub(super) fn leaf(&self, root: Root) -> Option<Outcomes> {
        (root.0 < LEAVES).then(|| Outcomes::of_bits((root.0 & 7) as u8))
    }

    /// The variable that a diagram asks first, after all others for a leaf.
    pub(super) fn variable(&self, root: Root) -> u32 {
        if root.0 < LEAVES { u32::MAX } else { self.nodes[(root.0 - LEAVES) as usize].variable }
    }

    /// What is left of a diagram when its variable, if it is this one, has a cell.
    pub(super) fn child(&self, root: Root, variable: u32, cell: usize) -> Root {
        if self.variable(root) == variable {
            self.nodes[(root.0 - LEAVES) as usize].children[cell]
        } else {
            root
        }
    }

    fn cells(&self, root: Root) -> usize {
        self.nodes[(root.0 - LEAVES) as usize].children.len()
    }

    /// The diagram that asks a variable and goes on as its children say.
    pub(super) fn node(&mut self, variable: u32, children: Vec<Root>) -> Root {
        if children.windows(2).all(|pair| pair[0] == pair[1]) {
            return children[0];
        }
        let node = Node { variable, children: children.into() };
        if let Some(known) = self.numbers.get(&node) {
            return *known;
        }
        if self.nodes.len() >= MOST_NODES {
            self.overgrown = true;
            return IMPOSSIBLE;
        }
        let root = Root(self.nodes.len() as u32 + LEAVES);
        self.nodes.push(node.clone());
        self.numbers.insert(node, root);
        root
    }

    /// The diagram of a variable that has one of some cells.
    pub(super) fn has(&mut self, variable: u32, cells: impl Iterator<Item = bool>) -> Root {
        let children = cells.map(|inside| if inside { MET } else { NOT_MET }).collect();
        self.node(variable, children)
    }

    /// Two diagrams combined leaf by leaf.
    pub(super) fn combine(&mut self, how: Combine, a: Root, b: Root) -> Root {
        if self.overgrown {
            return IMPOSSIBLE;
        }
        if let Some(done) = shortcut(how, a, b) {
            return done;
        }
        let (a, b) = if how != Combine::Where && b < a { (b, a) } else { (a, b) };
        if let Some(known) = self.combined.get(&(how, a, b)) {
            return *known;
        }
        let variable = self.variable(a).min(self.variable(b));
        let cells = self.cells(if self.variable(a) == variable { a } else { b });
        let children = (0..cells)
            .map(|cell| {
                let (a, b) = (self.child(a, variable, cell), self.child(b, variable, cell));
                self.combine(how, a, b)
            })
            .collect();
        let root = self.node(variable, children);
        self.combined.insert((how, a, b), root);
        root
    }

    /// Met where it was not met, and the other way around.
    pub(super) fn not(&mut self, root: Root) -> Root {
        if let Some(leaf) = self.leaf(root) {
            return Root(u32::from(leaf.negated().bits()));
        }
        if let Some(known) = self.negated.get(&root) {
            return *known;
        }
        let variable = self.variable(root);
        let children = (0..self.cells(root))
            .map(|cell| {
                let child = self.child(root, variable, cell);
                self.not(child)
            })
            .collect();
        let negated = self.node(variable, children);
        self.negated.insert(root, negated);
        negated
    }

    /// `then` where the condition is met, `otherwise` where it is not.
    pub(super) fn choose(&mut self, condition: Root, then: Root, otherwise: Root) -> Root {
        let yes = self.combine(Combine::And, condition, then);
        let not = self.not(condition);
        let no = self.combine(Combine::And, not, otherwise);
        self.combine(Combine::Or, yes, no)
    }

    /// A diagram with every branch changed: leaves stay, a node becomes what `rule` makes of its variable and of its
    /// changed children.
    pub(super) fn rewrite(
        &mut self,
        root: Root,
        rule: &mut impl FnMut(&mut Self, u32, Vec<Root>) -> Root,
    ) -> Root {
        let mut done = BTreeMap::new();
        self.rewrite_below(root, rule, &mut done)
    }

    fn rewrite_below(
        &mut self,
        root: Root,
        rule: &mut impl FnMut(&mut Self, u32, Vec<Root>) -> Root,
        done: &mut BTreeMap<Root, Root>,
    ) -> Root {
        if root.0 < LEAVES {
            return root;
        }
        if let Some(known) = done.get(&root) {
            return *known;
        }
        let variable = self.variable(root);
        let children = (0..self.cells(root))
            .map(|cell| {
                let child = self.child(root, variable, cell);
                self.rewrite_below(child, rule, done)
            })
            .collect();
        let rewritten = rule(self, variable, children);
        done.insert(root, rewritten);
        rewritten
    }

    /// Every leaf that can be reached.
    pub(super) fn leaves(&self, root: Root) -> Vec<Outcomes> {
        let mut seen: Vec<Root> = Vec::new();
        let mut marked = BTreeSet::new();
        let mut open = vec![root];
        while let Some(root) = open.pop() {
            if !marked.insert(root) {
                continue;
            }
            if root.0 < LEAVES {
                seen.push(root);
            } else {
                open.extend(self.nodes[(root.0 - LEAVES) as usize].children.iter());
            }
        }
        seen.iter().filter_map(|root| self.leaf(*root)).collect()
    }

    /// Without these variables: what can come out whatever they are.
    pub(super) fn without(&mut self, root: Root, gone: &dyn Fn(u32) -> bool) -> Root {
        self.fold_out(root, Combine::Union, gone)
    }

    /// Whether some two assignments that differ in these variables alone, and can both be, come out differently.
    pub(super) fn depends_on(&mut self, root: Root, variables: &dyn Fn(u32) -> bool) -> bool {
        let folded = self.fold_out(root, Combine::Agree, variables);
        self.reaches(folded, DIFFERENT)
    }

    fn fold_out(&mut self, root: Root, how: Combine, gone: &dyn Fn(u32) -> bool) -> Root {
        self.rewrite(root, &mut |forest, variable, children| {
            if gone(variable) {
                children.into_iter().reduce(|a, b| forest.combine(how, a, b)).unwrap_or(IMPOSSIBLE)
            } else {
                forest.node(variable, children)
            }
        })
    }

    fn reaches(&self, root: Root, leaf: Root) -> bool {
        let mut marked = BTreeSet::new();
        let mut open = vec![root];
        while let Some(root) = open.pop() {
            if root == leaf {
                return true;
            }
            if root.0 >= LEAVES && marked.insert(root) {
                open.extend(self.nodes[(root.0 - LEAVES) as usize].children.iter());
            }
        }
        false
    }
}

fn shortcut(how: Combine, a: Root, b: Root) -> Option<Root> {
    let leaves = a.0 < LEAVES && b.0 < LEAVES;
    match how {
        Combine::And if a == NOT_MET || b == NOT_MET => Some(NOT_MET),
        Combine::And if a == MET => Some(b),
        Combine::And if b == MET || a == b => Some(a),
        Combine::Or if a == MET || b == MET => Some(MET),
        Combine::Or if a == NOT_MET => Some(b),
        Combine::Or if b == NOT_MET || a == b => Some(a),
        Combine::Where if b == POSSIBLE || a == IMPOSSIBLE => Some(a),
        Combine::Where if b == IMPOSSIBLE => Some(IMPOSSIBLE),
        Combine::Union if a == b || b == IMPOSSIBLE => Some(a),
        Combine::Union if a == IMPOSSIBLE => Some(b),
        Combine::Union if leaves => Some(Root(a.0 | b.0)),
        Combine::Agree if a == b || b == IMPOSSIBLE => Some(a),
        Combine::Agree if a == IMPOSSIBLE => Some(b),
        Combine::Agree if leaves => Some(DIFFERENT),
        // What is left are leaves that no criterion has.
        _ if leaves => Some(IMPOSSIBLE),
        _ => None,
    }
}
