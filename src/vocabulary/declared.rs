//! What an author declares of all children, to be proved, and what is meant to be as it is.
//!
//! The same in the model and beside a compiled state; `C` is what a criterion is there: a tree, or a node's number.

use super::Literal;
use crate::source::Span;

/// Everything that is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared<C> {
    /// What holds for every child.
    pub invariants: Vec<Invariant<C>>,
    /// Findings that are meant to be so.
    pub intended: Vec<Intended<C>>,
}

impl<C> Default for Declared<C> {
    fn default() -> Self {
        Self { invariants: Vec::new(), intended: Vec::new() }
    }
}

/// Something that holds for every child, to be proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invariant<C> {
    /// What.
    pub claim: Claim<C>,
    /// Where it stands.
    pub span: Span,
}

/// What holds for every child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim<C> {
    /// This.
    Always(C),
    /// Not this.
    Never(C),
    /// What is lost never opens a program, or closes one; or what is gained.
    Monotone {
        /// Whether it is lost; else it is gained.
        losing: bool,
        /// What.
        what: Literal,
        /// Whether it never opens the program; else it never closes it.
        opens: bool,
        /// The program, by index.
        program: usize,
    },
}

/// A finding that the author means to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended<C> {
    /// What.
    pub what: IntendedWhat<C>,
    /// Why, for staff.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// What is meant to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntendedWhat<C> {
    /// Children of whom this holds are led by no program.
    Gap(C),
    /// These programs fit the same children.
    Overlap(Vec<usize>),
    /// Something about a criterion, on its line.
    Line,
    /// Programs that never lead, on the line that says who leads.
    Lead,
}
