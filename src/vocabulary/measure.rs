//! What numbers count.

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Something, one by one.
    Count,
    /// Dollars, in so much time.
    Dollars(Per),
}

/// The time that an amount of money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
