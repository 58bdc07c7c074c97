//! What is known of one child: the answers as given, and what they leave open on a day.
//!
//! Missing is never no, zero or a default. An answer is given, *I don't know*, not asked yet, or *does not apply*.

mod events;
mod implications;
mod known;
mod raw;
mod read;

pub use known::{Asked, Births, Child, Conflict, Known, Value};
pub use raw::Raw;
pub use read::{AnswerError, read};

use crate::value::{Code, Date, MonthOf, Truth};

/// The answers about one child, one slot for each of a program's facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// By the fact's index; nothing where the question was not asked yet.
    pub given: Vec<Option<Answer>>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// *I don't know*: never asked again.
    Unknown,
    /// The question does not apply to this child.
    NotApplicable,
    /// Yes or no.
    YesNo(bool),
    /// The day of birth.
    Date(Date),
    /// The month of birth.
    Month(MonthOf),
    /// Completed months of age: at least, and less than.
    Age(u32, u32),
    /// A whole number, or the range it lies in, both ends in; of a day its number, of an age at an event the completed
    /// months.
    Number {
        /// The least it can be.
        from: i64,
        /// The most it can be.
        to: i64,
        /// Whether the family cannot say it more exactly.
        refused: bool,
    },
    /// One of the fact's choices.
    Choice(usize),
    /// For each of the set's elements: yes, no, or *I don't know*; nothing where it was not asked yet.
    Set(Vec<Option<Truth>>),
    /// The name of a place.
    Place(String),
    /// Diagnosis codes, and whether these are all.
    Codes {
        /// The codes known.
        known: Vec<Code>,
        /// Yes: that is all. No: there may be more. Unknown: the family cannot say.
        complete: Truth,
    },
}
