//! A criterion: what it says, when it counts, for whom it is waived.

use super::{Compare, Name, Spanned, Text};
use crate::source::Span;
use crate::value::Figure;

/// What an author adds to a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// `cites NAME, …`: the statements it rests on.
    pub cites: Vec<Name>,
    /// `reading "…"`: how an ambiguous source is read, and why.
    pub reading: Option<Text>,
    /// `intended "…"`: why what is found on the line is meant to be so.
    pub intended: Option<Text>,
}

/// A criterion with its place and its remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What it says.
    pub kind: CriterionKind,
    /// Where it stands.
    pub span: Span,
    /// What the author adds.
    pub remarks: Remarks,
    /// When it counts, and for whom it does not.
    pub validity: Option<Box<Validity>>,
}

/// When a criterion counts, and for whom it is waived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validity {
    /// `since 2026-04-01`
    pub since: Option<Spanned<String>>,
    /// `until 2026-06-30`
    pub until: Option<Spanned<String>>,
    /// `waived where county in flood_area since … until …`
    pub waived: Vec<Waiver>,
}

/// For whom a criterion is waived, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// For whom.
    pub to: Criterion,
    /// The first day.
    pub since: Option<Spanned<String>>,
    /// The last.
    pub until: Option<Spanned<String>>,
    /// The whole of it.
    pub span: Span,
}

/// What a criterion says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriterionKind {
    /// A yes/no fact, or a defined name.
    Fact(Name),
    /// An age, in completed months: at least `from`, less than `below`.
    Age {
        /// The least.
        from: Option<AgeBound>,
        /// The first that is too much.
        below: Option<AgeBound>,
        /// Whether the last month counts to its end.
        month_end: bool,
        /// On which day.
        on: Spanned<On>,
    },
    /// A number.
    Number {
        /// The fact.
        fact: Name,
        /// The least.
        from: Option<Bound>,
        /// The most.
        to: Option<Bound>,
        /// Of what, if the author says it: an age at an event counts months or years.
        unit: Option<Unit>,
        /// How far back it is counted.
        window: Option<Window>,
    },
    /// A day.
    Day {
        /// The fact.
        fact: Name,
        /// The first.
        from: Option<DayLimit>,
        /// The last.
        to: Option<DayLimit>,
    },
    /// A share of the poverty guideline.
    Poverty {
        /// The income.
        fact: Name,
        /// How it stands to the share.
        compare: Compare,
        /// The share.
        share: Box<Share>,
    },
    /// A day less than so many completed months ago.
    DayInTheLast(Name, Window),
    /// One of several choices.
    OneOf(Name, Vec<Name>),
    /// One of these places, by their names in quotation marks.
    Places(Name, Vec<Text>),
    /// A place on a list.
    PlaceIn(Name, Name),
    /// So many of these in a set.
    Includes {
        /// The set.
        fact: Name,
        /// How many.
        quantifier: Quantifier,
        /// Of which.
        elements: Vec<Name>,
        /// The words that say how many of which.
        span: Span,
    },
    /// Diagnoses of a list; a count of 0 stands for *none*.
    Diagnoses {
        /// How many at least; 0 for `no diagnosis in`.
        at_least: u32,
        /// The list.
        list: Name,
    },
    /// Enrolled in one of these programs.
    EnrolledIn(Vec<Name>),
    /// Applied for one of these programs.
    AppliedFor(Vec<Name>),
    /// Eligible for another program.
    EligibleFor(Name),
    /// Receiving another program.
    Receiving(Name),
    /// Left to an agency: who decides, and what.
    DecidedBy(Text, Text),
    /// Left to an agency, which says whether any of this is left.
    WhileLasts(Lasting, Text),
    /// The source does not say.
    NotStated(Text),
    /// A group; `unless` lines bind to it as a whole.
    Group {
        /// Which.
        quantifier: Quantifier,
        /// Its lines.
        members: Vec<Criterion>,
        /// Its exceptions.
        unless: Vec<Criterion>,
        /// Whether a line of it could not be read.
        broken: bool,
    },
    /// `not …`
    Not(Box<Criterion>),
    /// `… and …`
    And(Vec<Criterion>),
    /// `… or …`
    Or(Vec<Criterion>),
}

/// What a program can run out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// `while funds last`
    Funds,
    /// `while places last`
    Places,
}

/// An age in completed months, and whether it was written in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeLimit {
    /// Completed months.
    pub months: u32,
    /// Whether the author wrote months.
    pub in_months: bool,
}

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Months.
    Months,
    /// Years.
    Years,
}

/// `in the last 24 months`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its length.
    pub months: u32,
    /// Where it stands.
    pub span: Span,
}

/// A day that bounds a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLimit {
    /// The day as written.
    pub day: Spanned<String>,
    /// Whether the day itself is in.
    pub inside: bool,
}

/// An age in a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgeBound {
    /// As written.
    Limit(AgeLimit),
    /// A parameter; `after` if the year or month that it names is in.
    Named {
        /// Its name.
        name: Name,
        /// Whether the limit lies after it.
        after: bool,
    },
}

/// A number in a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// As written, and how many steps of what it bounds are added to it.
    Number(Figure, i64),
    /// A parameter, and how much is added to it.
    Named(Name, i64),
}

/// On which day an age is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// On the day that is asked about.
    AsOf,
    /// `on 2022-12-31`
    Day(Name),
    /// `on the last September 1`, `on the next September 1`: month and day.
    Yearly {
        /// Whether the last one, else the next one; the day itself is both.
        last: bool,
        /// The month, from 1.
        month: u8,
        /// The day of the month.
        day: i64,
    },
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the next smaller.
    Down,
    /// To the next larger.
    Up,
    /// To the nearest; a half to the larger.
    Nearest,
}

/// A share of the poverty guideline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// How much.
    pub part: SharePart,
    /// How the amount is rounded to dollars; not at all, if nothing says so.
    pub rounding: Option<Rounding>,
    /// `for 1 person`: not for the household's own size.
    pub people: Option<Spanned<i64>>,
    /// `counting 1 more when pregnant`
    pub more: Option<(Spanned<i64>, Name)>,
}

/// How much of the poverty guideline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharePart {
    /// Hundredths of a percent, and how many more are disregarded.
    Percent(Spanned<i64>, i64),
    /// A parameter.
    Named(Name),
}

/// How many of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All of them.
    All,
    /// Any of them.
    Any,
    /// None of them.
    None,
    /// At least this many.
    AtLeast(u32),
}
