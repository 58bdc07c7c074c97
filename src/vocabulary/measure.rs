//! What numbers count.

use crate::value::Figure;
use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Something, one by one or in parts of ten: with so many decimals.
    Count {
        /// How many digits stand behind the point; what is kept is a whole number of such steps.
        decimals: u8,
    },
    /// Dollars, in so much time.
    Dollars(Per),
}

impl Measure {
    /// How many digits stand behind the point.
    #[must_use]
    pub fn decimals(self) -> u8 {
        if let Self::Count { decimals } = self { decimals } else { 0 }
    }

    /// A number of its steps, as people write it.
    #[must_use]
    pub fn figure(self, steps: i64) -> Figure {
        Figure { steps, decimals: self.decimals() }
    }
}

/// The time that an amount of money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Per {
    /// A year.
    Year,
    /// A month.
    Month,
}

impl Per {
    /// How many of this time a year has.
    #[must_use]
    pub fn a_year(self) -> i64 {
        match self {
            Self::Year => 1,
            Self::Month => 12,
        }
    }
}
