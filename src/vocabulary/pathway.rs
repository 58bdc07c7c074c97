//! A program a child can be led to, and the route that says who leads.
//!
//! The same in the model and in a compiled state; `C` is what a criterion is there: a tree, or a node's number.

use crate::source::Span;
use crate::value::{Date, Words};

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pathway<C> {
    /// Its name in rules and answers.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// Where it is declared.
    pub span: Span,
    /// What it offers, by index into the terms.
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
    /// Its criteria.
    pub eligible: C,
    /// When a child receives it.
    pub receiving: Option<C>,
    /// What it defers to.
    pub defers_to: Option<Deference>,
}

impl<C> Pathway<C> {
    /// Whether the program is in force on a day; both its dates are in.
    #[must_use]
    pub fn in_force(&self, on: Date) -> bool {
        self.since.as_ref().is_none_or(|since| since.date <= on)
            && self.until.as_ref().is_none_or(|until| on <= until.date)
    }
}

/// A day in force, with the reading behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// How an ambiguous source was read.
    pub reading: Option<Words>,
}

/// Who is told a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepFor {
    /// Every family that reads of the program.
    Everyone,
    /// Families whose child receives it.
    Received,
    /// Families whose child does not, or of whom it is not known.
    NotReceived,
}

/// What a program defers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deference {
    /// Any other program that offers this and is received.
    AnyReceived(usize),
    /// These programs, where they are received.
    Programs(Vec<usize>),
}

/// Who pays, for what, how.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Who leads, complements, and answers when nobody else does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Route {
    /// Programs, best first.
    pub lead: Vec<usize>,
    /// Who complements the lead.
    pub alongside: Vec<Target>,
    /// The contact that exists for everyone.
    pub otherwise: Option<usize>,
    /// Why this order.
    pub reading: Option<Words>,
}

/// A program or a contact, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A program.
    Program(usize),
    /// A contact.
    Contact(usize),
}

/// What a program costs the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Nothing.
    Free,
    /// Maybe something.
    Possible,
    /// No source says.
    NotStated,
}
