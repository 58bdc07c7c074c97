//! What rules talk about: facts and their questions, code lists, terms, sources, statements, contacts.
//!
//! Plain data, the same in the model and in a compiled state. Indexes point into the vectors they are named after.

mod declared;
mod implication;
mod measure;
mod pathway;
mod sum;
mod test;

pub use declared::{Claim, Declared, Intended, IntendedWhat, Invariant};
pub use implication::{Implication, Literal, Usual};
pub use measure::{Measure, Per};
pub use pathway::{
    Benefit, Cost, Dated, Deference, Financing, Pathway, Related, Relation, RelationKind, Renewal, Route,
    StepFor, Target, together,
};
pub use sum::{
    Addend, AgeOn, Amount, Compare, DOLLAR, Guideline, LARGEST_HOUSEHOLD, Period, Says, Sum, greatest_divisor,
};
pub use test::Test;

use crate::source::Span;
use crate::value::{Code, CodeEntry, CodeMatch, Date, Figure, OLDEST_AGE_YEARS, Words};
use serde::{Deserialize, Serialize};

/// The set fact that holds the programs a child is in.
pub const ENROLLED: &str = "enrolled";
/// The set fact that holds the programs a family has applied for.
pub const APPLIED: &str = "applied";

/// A fact about a child: its kind, its question, and the words it appears in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The name in rules and answers: `medicaid_eligible`.
    pub id: String,
    /// What an answer can be.
    pub kind: FactKind,
    /// The subject it is asked under: `child`, `coverage`, …
    pub topic: String,
    /// A short noun: "Medicaid".
    pub name: Words,
    /// The question to the family.
    pub question: Words,
    /// One sentence below the question.
    pub help: Words,
    /// How somebody who is not sure finds out.
    pub find_out: Words,
    /// "has Medicaid", of a yes/no fact.
    pub yes: Words,
    /// "does not have Medicaid", of a yes/no fact.
    pub no: Words,
    /// Asked late, and only if it still decides.
    pub sensitive: bool,
    /// How an answer can change, if it can.
    pub can_change: CanChange,
    /// What answering it costs the family: 1 for a plain yes or no, more for what has to be looked up.
    pub burden: u8,
    /// Roughly how many children in a hundred have it: of a yes/no fact yes, of codes any that a list names, of a set
    /// each element. It orders questions and never decides.
    pub likely: u8,
    /// Whether *does not apply* is an answer: then no test on it is met.
    pub may_not_apply: bool,
}

/// What an answer can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// The day of birth.
    BirthDate,
    /// The month of birth.
    BirthMonth,
    /// The age, in years or in months.
    Age,
    /// A number within bounds, both ends in; the choices, if any, are how it is asked.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
        /// Labels for single values.
        choices: Vec<Choice>,
        /// What it counts.
        measure: Measure,
        /// How many months back it is counted, where it is.
        within: Option<u32>,
    },
    /// One of several.
    Choice(Vec<Choice>),
    /// Any number of several.
    Set(Vec<Choice>),
    /// Diagnosis codes.
    Codes,
    /// One of several places, by name; none where no rule tells them apart.
    Place(Vec<Choice>),
    /// The day of something that has happened: inside, its number.
    Day,
    /// The age at something that has happened: inside, completed months.
    AgeAt {
        /// The fact that tells on which day it happened.
        event: Option<usize>,
    },
}

impl FactKind {
    /// What can be chosen, or stands for a number.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices)
            | Self::Set(choices)
            | Self::Place(choices)
            | Self::Number { choices, .. } => choices,
            _ => &[],
        }
    }

    /// The least and the most, of what is a number inside.
    #[must_use]
    pub fn limits(&self) -> Option<(i64, i64)> {
        match self {
            Self::Number { min, max, .. } => Some((*min, *max)),
            Self::Day => Some((0, i64::from(Date::LAST.day_number()))),
            Self::AgeAt { .. } => Some((0, i64::from(OLDEST_AGE_YEARS) * 12 - 1)),
            _ => None,
        }
    }

    /// What a number counts; nothing of what is no number.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        if let Self::Number { measure, .. } = self { Some(*measure) } else { None }
    }

    /// A number of its steps, as people write it.
    #[must_use]
    pub fn figure(&self, steps: i64) -> Figure {
        Figure { steps, decimals: self.measure().map_or(0, Measure::decimals) }
    }

    /// The time that an amount of money is for; nothing of what is none.
    #[must_use]
    pub fn dollars_per(&self) -> Option<Per> {
        if let Some(Measure::Dollars(per)) = self.measure() { Some(per) } else { None }
    }

    /// Whether it tells of the birth.
    #[must_use]
    pub fn is_birth(&self) -> bool {
        matches!(self, Self::BirthDate | Self::BirthMonth | Self::Age)
    }
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its name in rules and answers.
    pub id: String,
    /// The number it stands for, in steps of the fact, where that is a number.
    pub value: Option<i64>,
    /// Roughly how many children in a hundred; nothing if it is as likely as the others.
    pub likely: Option<u8>,
    /// What the family reads.
    pub label: Words,
}

/// How an answer can come to change without anybody giving anything up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CanChange {
    /// By applying for it.
    Apply,
    /// By enrolling.
    Enroll,
    /// By an assessment.
    Assess,
    /// By waiting.
    Time,
    /// Not by anything a family should be told to do.
    Never,
}

/// A list of diagnosis codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeList {
    /// Its name in rules.
    pub id: String,
    /// What the family reads.
    pub name: Words,
    /// How far it can be trusted.
    pub status: ListStatus,
    /// Where it stands.
    pub source: usize,
    /// What to know about it, for the reader of an explanation.
    pub note: Words,
    /// What is on it.
    pub entries: Vec<ListEntry>,
    /// What is not, although an entry covers it.
    pub except: Vec<CodeEntry>,
}

/// A list of places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceList {
    /// Its name in rules.
    pub id: String,
    /// What the family reads.
    pub name: Words,
    /// Where it stands.
    pub source: usize,
    /// The names of the places.
    pub places: Vec<String>,
}

/// One condition of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    /// The codes it covers.
    pub codes: CodeEntry,
    /// The plain name.
    pub name: Words,
}

/// How far a code list can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ListStatus {
    /// The program's own list.
    Official,
    /// The program's words, codes chosen by us.
    Quoted,
    /// Examples; the program's list is not published.
    Illustrative,
}

impl CodeList {
    /// The entry that a code falls under, but for what the list names below it.
    #[must_use]
    pub fn entry_of(&self, code: &Code) -> Option<usize> {
        let inside = |entry: &CodeEntry| entry.compare(code) == CodeMatch::Inside;
        if self.except.iter().any(inside) {
            return None;
        }
        self.entries.iter().position(|entry| inside(&entry.codes))
    }

    /// How a code stands to the whole list, with the entry it falls under: two codes under one entry count once.
    #[must_use]
    pub fn compare(&self, code: &Code) -> (CodeMatch, Option<usize>) {
        if self.except.iter().any(|entry| entry.compare(code) == CodeMatch::Inside) {
            return (CodeMatch::Outside, None);
        }
        let partly_excepted = self.except.iter().any(|entry| entry.compare(code) == CodeMatch::LessSpecific);
        let mut less_specific = false;
        for (index, entry) in self.entries.iter().enumerate() {
            match entry.codes.compare(code) {
                CodeMatch::Inside if partly_excepted => less_specific = true,
                CodeMatch::Inside => return (CodeMatch::Inside, Some(index)),
                CodeMatch::LessSpecific => less_specific = true,
                CodeMatch::Outside => {}
            }
        }
        (if less_specific { CodeMatch::LessSpecific } else { CodeMatch::Outside }, None)
    }
}

/// Codes as a file names them, for whoever looks them up in ICD-10-CM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenCode {
    /// The codes.
    pub codes: CodeEntry,
    /// What the file calls them, in English; empty where it does not.
    pub name: String,
    /// Where they stand.
    pub span: Span,
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDoc {
    /// Its name in rules.
    pub id: String,
    /// The title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its date as it gives it; empty if it gives none.
    pub date: String,
    /// When somebody last looked whether it still says so; none if nobody noted it.
    pub checked: Option<Date>,
    /// Its address.
    pub address: String,
}

/// What one source says of one thing, in our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its name in rules.
    pub id: String,
    /// What the source says.
    pub text: String,
    /// Which source.
    pub source: usize,
    /// How sure we are that it says so.
    pub confidence: Confidence,
    /// Statements that say otherwise, by index.
    pub conflicts_with: Vec<usize>,
    /// Why no criterion uses it; empty if one does.
    pub not_used_because: String,
}

/// How sure it is that a source says so, and how near the source is to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// On a page of the agency, or in the law.
    Public,
    /// On an old or a secondary page.
    PublicSecondary,
    /// In a document the project was created from.
    Seed,
}

/// A word of a closed list: something a program offers, a payer, a mechanism, a kind of coordinator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its name in rules.
    pub id: String,
    /// What the family reads.
    pub name: Words,
    /// Of something offered: whether it is care coordination.
    pub coordinates: bool,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Its name in rules; empty for a program's own line.
    pub id: String,
    /// Who answers.
    pub name: Words,
    /// The number as people write it; empty if there is none.
    pub phone: String,
    /// When somebody answers; empty if no source says.
    pub hours: Words,
    /// A page; empty if there is none.
    pub url: String,
    /// Whether nobody has checked lately that the number still answers.
    pub confirm: bool,
    /// Where the number stands, by index.
    pub source: Option<usize>,
}

/// The closed lists, shared by all states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// What programs offer.
    pub offers: Vec<Term>,
    /// Who pays.
    pub payers: Vec<Term>,
    /// How it is paid.
    pub mechanisms: Vec<Term>,
    /// Who coordinates.
    pub coordinators: Vec<Term>,
}

/// Who looked a state's rules over, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The reviewer.
    pub name: String,
    /// The agency the reviewer spoke for.
    pub agency: String,
    /// The day.
    pub date: Date,
}
