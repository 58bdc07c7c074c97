//! The tests that a criterion can put to one fact.

use super::AgeOn;
use serde::{Deserialize, Serialize};

/// A test of one fact. Facts, lists, choices and elements are indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// A yes/no fact.
    Fact(usize),
    /// Completed months of age: at least `from`, less than `below`.
    Age {
        /// The least.
        from: Option<u32>,
        /// The first that is too much.
        below: Option<u32>,
        /// Whether people say it in months.
        in_months: bool,
        /// Whether the last month counts to its end.
        month_end: bool,
        /// On which day.
        on: AgeOn,
    },
    /// A number, both ends in; days are numbers of days, ages at an event completed months.
    Number {
        /// The fact.
        fact: usize,
        /// The least.
        from: Option<i64>,
        /// The most.
        to: Option<i64>,
    },
    /// A day less than so many completed months ago.
    InTheLast {
        /// The fact.
        fact: usize,
        /// The months.
        months: u32,
    },
    /// One of a fact's choices.
    OneOf {
        /// The fact.
        fact: usize,
        /// The choices.
        choices: Vec<usize>,
        /// The list of places that names them, if one does.
        list: Option<usize>,
    },
    /// At least so many of a set's elements.
    Includes {
        /// The fact.
        fact: usize,
        /// The elements.
        elements: Vec<usize>,
        /// How many.
        at_least: u32,
    },
    /// At least so many different entries of a code list.
    Diagnoses {
        /// The fact.
        fact: usize,
        /// The list.
        list: usize,
        /// How many.
        at_least: u32,
    },
}

impl Test {
    /// The fact that is tested; none for an age, which several facts can tell.
    #[must_use]
    pub fn fact(&self) -> Option<usize> {
        match self {
            Self::Fact(fact)
            | Self::Number { fact, .. }
            | Self::InTheLast { fact, .. }
            | Self::OneOf { fact, .. }
            | Self::Includes { fact, .. }
            | Self::Diagnoses { fact, .. } => Some(*fact),
            Self::Age { .. } => None,
        }
    }
}
