//! A program a child can be led to, and the route that says who leads.
//!
//! The same in the model and in a compiled state; `C` is what a criterion is there: a tree, or a node's number.

use crate::source::Span;
use crate::value::{Date, Words};
use serde::{Deserialize, Serialize};

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway<C> {
    /// Its name in rules and answers.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// What it offers, by index into the terms: to every child in it, those of the benefit that coordinates included.
    pub offers: Vec<usize>,
    /// What kind of coordinator, by index into the terms.
    pub coordinator: Option<usize>,
    /// Who coordinates, in the program's words.
    pub coordinator_text: Words,
    /// Who pays, for what, how.
    pub financing: Vec<Financing<C>>,
    /// What it costs the family.
    pub cost: Cost,
    /// Whether it is for professionals and never led to.
    pub for_professionals: bool,
    /// Where it is written, with the section.
    pub sources: Vec<(usize, Option<String>)>,
    /// Whom to call, by index.
    pub contact: Option<usize>,
    /// Remarks for the family.
    pub notes: Vec<Words>,
    /// What to do, to say, to bring, and who is told.
    pub steps: Vec<(StepFor, Words)>,
    /// First day.
    pub since: Option<Dated>,
    /// Last day.
    pub until: Option<Dated>,
    /// Its documents: what a family brings.
    pub documents: Vec<Words>,
    /// Its criteria: those that all its benefits share. In a compiled state those of the benefit that coordinates, where
    /// there is one: the route reads them.
    pub eligible: C,
    /// Parts with tests of their own.
    pub benefits: Vec<Benefit<C>>,
    /// The benefit that coordinates, by index: the program's decision is its decision.
    pub coordinated_by: Option<usize>,
    /// When a child receives it.
    pub receiving: Option<C>,
    /// What it defers to.
    pub defers_to: Option<Deference>,
    /// How it stands to other programs and bodies.
    pub relations: Vec<Relation>,
    /// When it has to be renewed.
    pub renewal: Option<Renewal>,
}

/// A part of a program with a test of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit<C> {
    /// Its name in rules and results.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// What it offers, by index into the terms.
    pub offers: Vec<usize>,
    /// Who pays for it; as written, the program's payers if nobody stands here.
    pub financing: Vec<Financing<C>>,
    /// What it costs the family; what the program costs, if nothing stands here.
    pub cost: Option<Cost>,
    /// When a child gets it: its own criteria, and in a compiled state the program's before them.
    pub eligible: C,
}

/// How a program stands to another program or body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// To whom.
    pub to: Related,
}

/// To whom a program stands in a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Related {
    /// A program, by index.
    Program(usize),
    /// A body that is no program of these rules.
    Named(Words),
    /// Everybody.
    Everybody,
}

/// How a program stands to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationKind {
    /// A child who receives the other is not eligible.
    ExcludedBy,
    /// Its children must join the other.
    MandatoryInto,
    /// It adds to what the other does.
    Supplements,
    /// It is a part of the other.
    Within,
    /// It hands a child on to the other where it is not enough.
    EscalatesTo,
    /// A family applies to the other first.
    ApplyFirstTo,
    /// It pays only what nobody else pays.
    LastPayer,
}

impl RelationKind {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExcludedBy => "excluded_by",
            Self::MandatoryInto => "mandatory_into",
            Self::Supplements => "supplements",
            Self::Within => "within",
            Self::EscalatesTo => "escalates_to",
            Self::ApplyFirstTo => "apply_first_to",
            Self::LastPayer => "payer_of_last_resort",
        }
    }
}

/// When a program has to be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renewal {
    /// Every so many months.
    Every {
        /// How many.
        months: u32,
        /// The fact that holds the day from which they are counted.
        after: Option<usize>,
    },
    /// In the month of the child's birthday.
    BirthdayMonth,
    /// Once, on the day on which the child has this age.
    AtAge {
        /// Completed months.
        months: u32,
        /// Whether people say it in months.
        in_months: bool,
    },
}

impl<C> Pathway<C> {
    /// Whether the program is in force on a day; both its dates are in.
    #[must_use]
    pub fn in_force(&self, on: Date) -> bool {
        self.since.as_ref().is_none_or(|since| since.date <= on)
            && self.until.as_ref().is_none_or(|until| on <= until.date)
    }

    /// Whether it works along with another program, by what it says itself: neither is one too many beside the other.
    #[must_use]
    pub fn works_with(&self, other: usize) -> bool {
        self.relations.iter().any(|relation| {
            matches!(relation.kind, RelationKind::Supplements | RelationKind::Within)
                && relation.to == Related::Program(other)
        })
    }
}

/// A day in force, with the reading behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// How an ambiguous source was read.
    pub reading: Option<Words>,
}

/// Who is told a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepFor {
    /// Every family that reads of the program.
    Everyone,
    /// Families whose child receives it.
    Received,
    /// Families whose child does not, or of whom it is not known.
    NotReceived,
}

/// What a program defers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deference {
    /// Any other program that offers this and is received.
    AnyReceived(usize),
    /// These programs, where they are received.
    Programs(Vec<usize>),
}

/// Who pays, for what, how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Financing<C> {
    /// Who, by index into the terms.
    pub payer: usize,
    /// How, by index into the terms.
    pub mechanism: Option<usize>,
    /// For what.
    pub pays_for: Words,
    /// When it pays; always, if nothing stands here.
    pub when: Option<C>,
    /// Whether `when` must surely fail instead of hold: the payer after `otherwise`.
    pub negated: bool,
}

/// Whom one payer stands for: alone if it pays on a condition, else with all others who pay without one; each once.
#[must_use]
pub fn together<C>(first: &Financing<C>, financing: &[Financing<C>]) -> Vec<usize> {
    let mut payers = vec![first.payer];
    let others = financing.iter().filter(|other| first.when.is_none() && other.when.is_none());
    for other in others {
        if !payers.contains(&other.payer) {
            payers.push(other.payer);
        }
    }
    payers
}

/// Who leads, complements, and answers when nobody else does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Programs, best first.
    pub lead: Vec<usize>,
    /// Who complements the lead.
    pub alongside: Vec<Target>,
    /// The contact that exists for everyone.
    pub otherwise: Option<usize>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Option<Span>,
    /// Why this order.
    pub reading: Option<Words>,
}

/// A program or a contact, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A program.
    Program(usize),
    /// A contact.
    Contact(usize),
}

/// What a program costs the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cost {
    /// Nothing.
    Free,
    /// Maybe something.
    Possible,
    /// No source says.
    NotStated,
}
