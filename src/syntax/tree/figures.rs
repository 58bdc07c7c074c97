//! Figures that change or are added up, and what an author declares of all children.

use super::{AgeLimit, Criterion, Literal, Name, Remarks, Rounding, Share, Spanned, Text};
use crate::source::Span;
use crate::value::Figure;

/// A figure that changes from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: Name,
    /// Its values.
    pub values: Vec<DatedValue>,
    /// The last day of the last value.
    pub until: Option<Spanned<String>>,
    /// After how many months somebody should look whether there is a new value.
    pub check_every: Option<u32>,
    /// Whether a line could not be read.
    pub broken: bool,
}

/// `from 2026-04-01: 213%`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedValue {
    /// The first day.
    pub from: Spanned<String>,
    /// The value.
    pub value: Spanned<Value>,
    /// What the author adds.
    pub remarks: Remarks,
}

/// A value with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Figure),
    /// So many in ten thousand: hundredths of a percent.
    Percent(i64),
    /// An age.
    Age(AgeLimit),
}

/// Which year's poverty guidelines count from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PovertyYear {
    /// The year.
    pub year: Spanned<i64>,
    /// The first day.
    pub from: Spanned<String>,
    /// What the author adds.
    pub remarks: Remarks,
}

/// A figure that is added up from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The name.
    pub name: Name,
    /// The name for people.
    pub title: Text,
    /// Its lines.
    pub lines: Vec<Spanned<Points>>,
    /// Whether a line could not be read.
    pub broken: bool,
}

/// What one line adds to a score, or takes from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// Whether it takes away.
    pub subtract: bool,
    /// What.
    pub what: PointsOf,
    /// What the author adds.
    pub remarks: Remarks,
}

/// What is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointsOf {
    /// `1 for each 1,000 of household_income rounded up`: points, of how many, the fact, how.
    ForEach(i64, Spanned<i64>, Name, Rounding),
    /// `4 when ssi`
    When(i64, Box<Criterion>),
    /// `185% of poverty`
    Poverty(Box<Share>),
    /// `10`
    Always(i64),
}

/// Something that the author says of all children, to be proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invariant {
    /// What holds always, or never.
    pub claim: Claim,
    /// The line.
    pub span: Span,
}

/// What holds for every child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// `always: CRITERION`
    Always(Criterion),
    /// `never: CRITERION`
    Never(Criterion),
    /// `always: losing medicaid never opens passe`
    Monotone {
        /// Whether it speaks of losing; else of gaining.
        losing: bool,
        /// What is lost or gained.
        what: Literal,
        /// Whether it says *never opens*; else *never closes*.
        opens: bool,
        /// The program.
        program: Name,
    },
}

/// A finding that the author means to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// What.
    pub what: IntendedWhat,
    /// Why.
    pub why: Text,
    /// The line.
    pub span: Span,
}

/// What is meant to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntendedWhat {
    /// Children of whom this holds are led by no program.
    Gap(Box<Criterion>),
    /// These programs fit the same children.
    Overlap(Vec<Name>),
}
