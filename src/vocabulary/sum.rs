//! Figures that are added up from others, and the poverty guidelines.

use crate::value::{Date, Words};
use serde::{Deserialize, Serialize};

/// Days between which something counts, both ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Period {
    /// The first; none if it always did.
    pub since: Option<Date>,
    /// The last; none if it always will.
    pub until: Option<Date>,
}

impl Period {
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The days on which what counts changes: its first, and the one after its last.
    pub fn turns(&self) -> impl Iterator<Item = Date> {
        self.since.into_iter().chain(self.until.map(Date::next))
    }
}

/// A figure that is added up, and between what it has to lie, both ends in. `C` is what a criterion is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum<C> {
    /// What it starts from.
    pub always: i64,
    /// What numbers add to it.
    pub addends: Vec<Addend>,
    /// Criteria that add to it where they hold.
    pub when: Vec<C>,
    /// What each of these adds.
    pub points: Vec<i64>,
    /// The least.
    pub from: Option<i64>,
    /// The most.
    pub to: Option<i64>,
    /// What it stands for.
    pub says: Says,
}

/// What a sum stands for in the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    /// An income as a share of the poverty guideline.
    Poverty {
        /// The income.
        fact: usize,
        /// How it stands to the share.
        compare: Compare,
        /// Hundredths of a percent, what is disregarded included.
        percent: i64,
        /// How many of these are disregarded.
        plus: i64,
        /// For so many people, where it is not the household's own size that counts.
        people: Option<i64>,
        /// Which guideline, by index.
        guideline: usize,
        /// Whether no rule says that this year's guideline counts.
        by_default: bool,
    },
    /// A score, by its name for people.
    Score(Words),
    /// A number beside another.
    Compared {
        /// The number.
        fact: usize,
        /// How it stands to the other.
        compare: Compare,
        /// The other.
        other: usize,
    },
}

/// How a number stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// At least as much.
    AtLeast,
    /// At most as much.
    AtMost,
    /// Less.
    Under,
    /// More.
    MoreThan,
}

impl Compare {
    /// Between what a number lies that stands so to another, once that other is taken away; both ends in.
    #[must_use]
    pub fn bounds(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::AtLeast => (Some(0), None),
            Self::MoreThan => (Some(1), None),
            Self::AtMost => (None, Some(0)),
            Self::Under => (None, Some(-1)),
        }
    }
}

/// What a number adds to a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addend {
    /// The number, by index.
    pub fact: usize,
    /// How much.
    pub amount: Amount,
}

/// How much a number adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// For each full so many of it.
    ForEach {
        /// What each adds.
        points: i64,
        /// How many are one; at least 1.
        of: i64,
        /// What is put on top first, so that a part of one counts as a whole one.
        plus: i64,
    },
    /// By its value, from this one on; beyond the last as much as the last.
    Table(i64, Vec<i64>),
}

impl Amount {
    /// What a value adds.
    #[must_use]
    pub fn of(&self, value: i64) -> i64 {
        match self {
            Self::ForEach { points, of, plus } => {
                (value + plus).div_euclid((*of).max(1)).saturating_mul(*points)
            }
            Self::Table(first, values) => {
                let at = usize::try_from(value.saturating_sub(*first)).unwrap_or_default();
                values.get(at).or(values.last()).copied().unwrap_or_default()
            }
        }
    }

    /// What any two amounts of it differ by is a multiple of this; 0 if there is one amount alone.
    #[must_use]
    pub fn step(&self) -> i64 {
        match self {
            Self::ForEach { points, .. } => points.abs(),
            Self::Table(_, values) => {
                values.windows(2).fold(0, |step, pair| greatest_divisor(step, (pair[1] - pair[0]).abs()))
            }
        }
    }

    /// The least and the most that it adds between two values, both ends in.
    #[must_use]
    pub fn between(&self, from: i64, to: i64) -> (i64, i64) {
        let ends = [self.of(from), self.of(to)];
        match self {
            Self::ForEach { .. } => (ends[0].min(ends[1]), ends[0].max(ends[1])),
            // Not all tables only rise or only fall.
            Self::Table(first, values) => {
                let last = first + values.len() as i64;
                let inside = (from.max(*first)..=to.min(last)).map(|value| self.of(value));
                let wider = |(low, high): (i64, i64), value: i64| (low.min(value), high.max(value));
                inside.chain(ends).fold((ends[0], ends[0]), wider)
            }
        }
    }
}

/// The greatest number that divides both; the other one, if one of them is 0.
#[must_use]
pub fn greatest_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { greatest_divisor(other, one % other) }
}

/// A dollar, in the units of a share.
pub const DOLLAR: i64 = 10_000;

/// On which day an age is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AgeOn {
    /// On the day that is asked about.
    AsOf,
    /// On one day.
    Day(Date),
    /// On a day of the year, by month and day: the last one up to the day that is asked about.
    Last(u8, u8),
    /// The first one from that day on.
    Next(u8, u8),
}

impl AgeOn {
    /// The day, for a child that is asked about on another.
    #[must_use]
    pub fn day(self, as_of: Date) -> Date {
        let in_year = |year: u16, month, day| Date::new(year, month, day).unwrap_or(as_of);
        match self {
            Self::AsOf => as_of,
            Self::Day(day) => day,
            Self::Last(month, day) => match in_year(as_of.year(), month, day) {
                this if this <= as_of => this,
                _ => in_year(as_of.year().saturating_sub(1), month, day),
            },
            Self::Next(month, day) => match in_year(as_of.year(), month, day) {
                this if this >= as_of => this,
                _ => in_year(as_of.year().saturating_add(1), month, day),
            },
        }
    }
}

/// Households up to this size have a guideline of their own in the rules.
pub const LARGEST_HOUSEHOLD: i64 = 20;

/// The poverty guidelines of one year where a state lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guideline {
    /// The year.
    pub year: i64,
    /// The day from which they are in effect.
    pub from: Date,
    /// Where they stand, by index.
    pub source: usize,
    /// Dollars a year for one person.
    pub first: i64,
    /// Dollars more for each further one.
    pub each: i64,
}

impl Guideline {
    /// Dollars a year for a household.
    #[must_use]
    pub fn of(&self, size: i64) -> i64 {
        self.first + (size - 1).max(0) * self.each
    }

    /// A share of them for a household, in ten-thousandths of a dollar a year: hundredths of a percent of it.
    #[must_use]
    pub fn share(&self, percent: i64, size: i64) -> i64 {
        self.of(size).saturating_mul(percent)
    }
}
