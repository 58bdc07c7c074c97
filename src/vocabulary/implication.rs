//! What holds among facts by definition, and what is merely usual.

use serde::{Deserialize, Serialize};

/// Something that answers can say of a child. Facts, choices and elements are indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Literal {
    /// A yes/no fact is so.
    Fact(usize),
    /// A fact is this one of its choices.
    Choice(usize, usize),
    /// A set has this element.
    Element(usize, usize),
}

impl Literal {
    /// The fact it speaks of.
    #[must_use]
    pub fn fact(self) -> usize {
        match self {
            Self::Fact(fact) | Self::Choice(fact, _) | Self::Element(fact, _) => fact,
        }
    }
}

/// True by definition: wherever the first holds, at least one of the others does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Implication {
    /// The first.
    pub when: Literal,
    /// The others.
    pub then: Vec<Literal>,
}

/// Merely usual: where the first holds, the other mostly does. It orders questions and never decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usual {
    /// The first.
    pub when: Literal,
    /// The other.
    pub then: Literal,
}
