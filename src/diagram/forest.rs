//! Reduced ordered decision diagrams, shared and hash-consed: equal functions are the same number.
//!
//! A node asks one variable and has a child for each of its cells. A leaf is a set of outcomes, three bits as in
//! [`Outcomes`]; the empty set is an assignment that cannot be. So one kind of diagram serves for criteria (leaves met
//! and not met), for what comes out (met, not met, left to an agency) and for what is still possible (sets of them).
//! Nodes lie in flat arrays, children before parents, so that a forest is copied in a moment and read in one pass.

use super::table::{Memo, Numbers};
use crate::value::Outcomes;

/// A diagram: the number of its root. Numbers below 9 are leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Root(pub(super) u32);

/// The leaf of an assignment that cannot be.
pub(super) const IMPOSSIBLE: Root = Root(0);
/// The leaf *met*.
pub(super) const MET: Root = Root(1);
/// The leaf *not met*.
pub(super) const NOT_MET: Root = Root(2);
/// The leaf *left to an agency*.
pub(super) const AGENCY: Root = Root(4);
/// The leaf *met or not met*.
pub(super) const OPEN: Root = Root(3);
/// The leaf of a constraint that holds: it takes nothing away.
pub(super) const POSSIBLE: Root = Root(7);
/// The leaf of assignments that come out differently.
const DIFFERENT: Root = Root(8);
const LEAVES: u32 = 9;

/// A forest that grows beyond so many nodes is given up; real states have some hundred.
pub(super) const MOST_NODES: usize = 200_000;
/// Or one that takes so many steps to make.
const MOST_STEPS: usize = 2_000_000;

/// How two leaves are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Combine {
    /// Met if both are.
    And,
    /// Met if either is.
    Or,
    /// The first where the second can be.
    Where,
    /// The first where the second cannot be.
    Except,
    /// Either's outcomes.
    Union,
    /// The same, or that they differ; what cannot be has no say.
    Agree,
}

/// In the memory of what was combined, a diagram negated.
const NOT: u32 = 6;
/// And one with the cell of a variable known: variable and cell stand together in one number.
const GIVEN: u32 = 7;
/// There can be no more variables than this, and no more cells of one.
pub(super) const MOST_CELLS: usize = 1 << 16;

/// Diagrams that share their nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct Forest {
    variables: Vec<u32>,
    /// Where a node's children begin; they end where those of the next begin.
    starts: Vec<u32>,
    children: Vec<Root>,
    numbers: Numbers,
    done: Memo,
    overgrown: bool,
    /// How many times the usual bounds it may grow to, beyond once.
    room: usize,
}

impl Root {
    /// The leaf of what is still possible.
    pub(super) fn of(outcomes: Outcomes) -> Self {
        Self(u32::from(outcomes.bits()))
    }

    /// Whether there is nothing to ask any more.
    pub(super) fn is_leaf(self) -> bool {
        self.0 < LEAVES
    }

    /// A place for it in an array with one for each leaf and node.
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }

    /// The outcomes of a leaf; nothing for a diagram that still asks.
    pub(super) fn leaf(self) -> Option<Outcomes> {
        self.is_leaf().then(|| Outcomes::of_bits((self.0 & 7) as u8))
    }
}

impl Forest {
    /// Whether the forest grew beyond its bound: then no diagram in it means anything.
    pub(super) fn overgrown(&self) -> bool {
        self.overgrown
    }

    /// Lets it grow to so many times the usual bounds: for whoever looks at all rules at once, and can wait.
    pub(super) fn give_room(&mut self, times: usize) {
        self.room = times.saturating_sub(1);
    }

    /// How many nodes there are.
    pub(super) fn size(&self) -> usize {
        self.variables.len()
    }

    /// How long an array with a place for each leaf and node is.
    pub(super) fn places(&self) -> usize {
        self.size() + LEAVES as usize
    }

    /// Every node, children before parents.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Root> {
        (LEAVES..LEAVES + self.variables.len() as u32).map(Root)
    }

    /// The variable that a diagram asks first, after all others for a leaf.
    pub(super) fn variable(&self, root: Root) -> u32 {
        if root.is_leaf() { u32::MAX } else { self.variables[(root.0 - LEAVES) as usize] }
    }

    /// What is left of a diagram for each cell of the variable it asks first; nothing for a leaf.
    pub(super) fn children(&self, root: Root) -> &[Root] {
        if root.is_leaf() {
            return &[];
        }
        let node = (root.0 - LEAVES) as usize;
        let end = self.starts.get(node + 1).map_or(self.children.len(), |start| *start as usize);
        &self.children[self.starts[node] as usize..end]
    }

    /// What is left of a diagram when its variable, if it is this one, has a cell.
    pub(super) fn child(&self, root: Root, variable: u32, cell: usize) -> Root {
        if self.variable(root) == variable { self.children(root)[cell] } else { root }
    }

    /// The diagram that asks a variable and goes on as its children say.
    pub(super) fn node(&mut self, variable: u32, children: &[Root]) -> Root {
        if children.iter().all(|child| *child == children[0]) {
            return children[0];
        }
        let hash =
            children.iter().fold(Numbers::hash(u64::from(variable)), |hash, child| hash.and(child.0.into()));
        let known = self.numbers.find(hash, |node| {
            self.variables[node as usize] == variable && self.children(Root(node + LEAVES)) == children
        });
        if let Some(node) = known {
            return Root(node + LEAVES);
        }
        if self.size() >= MOST_NODES * (self.room + 1) {
            self.overgrown = true;
            return IMPOSSIBLE;
        }
        let node = self.size() as u32;
        self.variables.push(variable);
        self.starts.push(self.children.len() as u32);
        self.children.extend_from_slice(children);
        self.numbers.insert(hash, node);
        Root(node + LEAVES)
    }

    /// The diagram that asks a variable of which only some cells can be, or what is left where only one can.
    pub(super) fn node_at(&mut self, variable: u32, children: &[Root], cells: &[bool]) -> Root {
        let mut left = children.iter().zip(cells).filter(|(_, open)| **open).map(|(child, _)| *child);
        match (left.next(), left.next()) {
            (None, _) => IMPOSSIBLE,
            (Some(only), None) => only,
            _ if children.len() == 2 => self.node(variable, children),
            (Some(first), _) => {
                // A cell that cannot be repeats one that can: so it has no say, whatever is done with the node.
                let one_that_can = |(child, open): (&Root, &bool)| if *open { *child } else { first };
                let children: Vec<Root> = children.iter().zip(cells).map(one_that_can).collect();
                self.node(variable, &children)
            }
        }
    }

    /// The diagram of a variable that has one of some cells.
    pub(super) fn has(&mut self, variable: u32, cells: impl Iterator<Item = bool>) -> Root {
        let children: Vec<Root> = cells.map(|inside| if inside { MET } else { NOT_MET }).collect();
        self.node(variable, &children)
    }

    /// A node whose children are made one after the other; `make` says which for a cell.
    fn node_of(
        &mut self,
        variable: u32,
        cells: usize,
        mut make: impl FnMut(&mut Self, usize) -> Root,
    ) -> Root {
        if cells == 2 {
            // Most variables have two cells; they need no vector.
            let (no, yes) = (make(self, 0), make(self, 1));
            return self.node(variable, &[no, yes]);
        }
        let children: Vec<Root> = (0..cells).map(|cell| make(self, cell)).collect();
        self.node(variable, &children)
    }

    /// Two diagrams combined leaf by leaf.
    pub(super) fn combine(&mut self, how: Combine, a: Root, b: Root) -> Root {
        if self.overgrown {
            return IMPOSSIBLE;
        }
        if let Some(done) = shortcut(how, a, b) {
            return done;
        }
        let ordered = matches!(how, Combine::Where | Combine::Except);
        let (a, b) = if !ordered && b < a { (b, a) } else { (a, b) };
        let key = (how as u32, a.0, b.0);
        if let Some(known) = self.done.find(key) {
            return Root(known);
        }
        let variable = self.variable(a).min(self.variable(b));
        let cells = self.children(if self.variable(a) == variable { a } else { b }).len();
        let root = self.node_of(variable, cells, |forest, cell| {
            let (a, b) = (forest.child(a, variable, cell), forest.child(b, variable, cell));
            forest.combine(how, a, b)
        });
        self.remember(key, root)
    }

    /// Met where it was not met, and the other way around.
    pub(super) fn not(&mut self, root: Root) -> Root {
        if let Some(leaf) = root.leaf() {
            return Root(u32::from(leaf.negated().bits()));
        }
        let key = (NOT, root.0, 0);
        if let Some(known) = self.done.find(key) {
            return Root(known);
        }
        let (variable, cells) = (self.variable(root), self.children(root).len());
        let negated = self.node_of(variable, cells, |forest, cell| {
            let child = forest.child(root, variable, cell);
            forest.not(child)
        });
        self.remember(key, negated)
    }

    fn remember(&mut self, key: (u32, u32, u32), root: Root) -> Root {
        self.overgrown |= self.done.len() >= MOST_STEPS * (self.room + 1);
        if !self.overgrown {
            self.done.insert(key, root.0);
        }
        root
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
        rule: &mut impl FnMut(&mut Self, u32, &[Root]) -> Root,
    ) -> Root {
        let mut done = vec![None; self.places()];
        self.rewrite_below(root, rule, &mut done)
    }

    /// The same, with what was rewritten before under the same rule kept for the next root.
    pub(super) fn rewrite_below(
        &mut self,
        root: Root,
        rule: &mut impl FnMut(&mut Self, u32, &[Root]) -> Root,
        done: &mut [Option<Root>],
    ) -> Root {
        if root.is_leaf() {
            return root;
        }
        if let Some(known) = done[root.place()] {
            return known;
        }
        let (variable, cells) = (self.variable(root), self.children(root).len());
        let children: Vec<Root> = (0..cells)
            .map(|cell| {
                let child = self.children(root)[cell];
                self.rewrite_below(child, rule, done)
            })
            .collect();
        let rewritten = rule(self, variable, &children);
        done[root.place()] = Some(rewritten);
        rewritten
    }

    /// A diagram with other leaves.
    pub(super) fn with_leaves(&mut self, root: Root, leaf: &dyn Fn(Outcomes) -> Root) -> Root {
        let mut done: Vec<Option<Root>> = vec![None; self.places()];
        let mut reached = self.reached(root);
        reached.sort_unstable();
        for root in reached {
            let rewritten = match root.leaf() {
                Some(outcomes) => leaf(outcomes),
                None => {
                    let below: Option<Vec<Root>> =
                        self.children(root).iter().map(|child| done[child.place()]).collect();
                    self.node(self.variable(root), &below.unwrap_or_default())
                }
            };
            done[root.place()] = Some(rewritten);
        }
        done[root.place()].unwrap_or(IMPOSSIBLE)
    }

    /// What is left of a diagram when a variable has a cell.
    pub(super) fn given(&mut self, root: Root, variable: u32, cell: usize) -> Root {
        if self.variable(root) >= variable {
            return self.child(root, variable, cell);
        }
        let key = (GIVEN, root.0, variable << 16 | cell as u32);
        if let Some(known) = self.done.find(key) {
            return Root(known);
        }
        let (asked, cells) = (self.variable(root), self.children(root).len());
        let left = self.node_of(asked, cells, |forest, other| {
            let child = forest.children(root)[other];
            forest.given(child, variable, cell)
        });
        self.remember(key, left)
    }

    /// Every node and leaf that can be reached, each once.
    pub(super) fn reached(&self, root: Root) -> Vec<Root> {
        let mut marked = vec![false; self.places()];
        let mut reached = Vec::new();
        let mut open = vec![root];
        while let Some(root) = open.pop() {
            if !std::mem::replace(&mut marked[root.place()], true) {
                reached.push(root);
                open.extend(self.children(root));
            }
        }
        reached
    }

    /// Whether only one leaf can be reached; what cannot be has no say.
    pub(super) fn is_settled(&self, root: Root) -> bool {
        let reached = self.reached(root);
        reached.into_iter().filter(|root| root.is_leaf() && *root != IMPOSSIBLE).count() <= 1
    }

    /// Of every node, by its place, whether it or one below it asks one of these variables.
    pub(super) fn asks_any(&self, wanted: impl Fn(u32) -> bool) -> Vec<bool> {
        let mut asks = vec![false; self.places()];
        for root in self.nodes() {
            asks[root.place()] =
                wanted(self.variable(root)) || self.children(root).iter().any(|child| asks[child.place()]);
        }
        asks
    }

    /// The variables that a diagram asks, in order.
    pub(super) fn asked(&self, root: Root) -> Vec<u32> {
        let nodes = self.reached(root).into_iter().filter(|root| !root.is_leaf());
        let mut asked: Vec<u32> = nodes.map(|node| self.variable(node)).collect();
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    /// Without these variables: what can come out whatever they are.
    pub(super) fn without(&mut self, root: Root, gone: &dyn Fn(u32) -> bool) -> Root {
        self.fold_out(root, Combine::Union, gone)
    }

    /// Whether some two assignments that differ in these variables alone, and can both be, come out differently.
    pub(super) fn depends_on(&mut self, root: Root, variables: &dyn Fn(u32) -> bool) -> bool {
        let folded = self.fold_out(root, Combine::Agree, variables);
        self.reached(folded).contains(&DIFFERENT)
    }

    pub(super) fn fold_out(&mut self, root: Root, how: Combine, gone: &dyn Fn(u32) -> bool) -> Root {
        self.rewrite(root, &mut |forest, variable, children| {
            if gone(variable) { forest.fold(how, children) } else { forest.node(variable, children) }
        })
    }

    /// Several diagrams combined into one.
    pub(super) fn fold(&mut self, how: Combine, roots: &[Root]) -> Root {
        roots.iter().copied().reduce(|a, b| self.combine(how, a, b)).unwrap_or(IMPOSSIBLE)
    }

    /// A forest of these roots alone, with their new numbers.
    pub(super) fn pruned(&self, roots: &mut [&mut Root]) -> Self {
        let mut kept = vec![false; self.places()];
        roots.iter().for_each(|root| kept[root.place()] = true);
        // Parents stand behind their children.
        for place in (LEAVES..self.places() as u32).rev() {
            if kept[place as usize] {
                self.children(Root(place)).iter().for_each(|child| kept[child.place()] = true);
            }
        }
        let mut forest = Self::default();
        let mut moved: Vec<Root> = (0..self.places() as u32).map(Root).collect();
        for root in self.nodes().filter(|root| kept[root.place()]) {
            let children: Vec<Root> = self.children(root).iter().map(|child| moved[child.place()]).collect();
            moved[root.place()] = forest.node(self.variable(root), &children);
        }
        roots.iter_mut().for_each(|root| **root = moved[root.place()]);
        forest
    }
}

fn shortcut(how: Combine, a: Root, b: Root) -> Option<Root> {
    let leaves = a.is_leaf() && b.is_leaf();
    match how {
        Combine::And if a == NOT_MET || b == NOT_MET => Some(NOT_MET),
        Combine::And if a == MET => Some(b),
        Combine::And if b == MET || a == b => Some(a),
        Combine::Or if a == MET || b == MET => Some(MET),
        Combine::Or if a == NOT_MET => Some(b),
        Combine::Or if b == NOT_MET || a == b => Some(a),
        Combine::Where if b == POSSIBLE || a == IMPOSSIBLE => Some(a),
        Combine::Where if b == IMPOSSIBLE => Some(IMPOSSIBLE),
        Combine::Except if b == IMPOSSIBLE || a == IMPOSSIBLE => Some(a),
        Combine::Except if b == POSSIBLE || a == b => Some(IMPOSSIBLE),
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
