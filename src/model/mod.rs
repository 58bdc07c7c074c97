//! The rules of one state, with every name resolved and every text in every language.
//!
//! The shape is still the author's: groups, definitions and exceptions stand as written. `program` flattens it.

mod circles;
mod criteria;
mod facts;
mod from_syntax;
mod from_yaml;
mod implications;
mod programs;
mod route;
mod scope;
mod silence;
mod yaml;

pub use from_syntax::{SHARED_FOLDER, from_folder};
pub use yaml::{Entry, LARGEST_DATA, Place, entries, guard, plain};

use crate::source::Span;
use crate::value::{StateCode, Words};
use crate::vocabulary::{
    CodeList, Contact, Fact, Implication, Pathway, Review, Route, SourceDoc, Statement, Terms, Test, Usual,
};

/// The rules of one state.
#[derive(Debug, Clone)]
pub struct Model {
    /// The state.
    pub state: StateCode,
    /// Who reviewed the rules; nobody yet if they are a draft.
    pub review: Option<Review>,
    /// Facts, in the order they are asked.
    pub facts: Vec<Fact>,
    /// What holds among facts by definition.
    pub implications: Vec<Implication>,
    /// Where each of these stands.
    pub implied_at: Vec<Span>,
    /// What is merely usual among them.
    pub usual: Vec<Usual>,
    /// Code lists.
    pub lists: Vec<CodeList>,
    /// Sources.
    pub sources: Vec<SourceDoc>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Offers, payers, mechanisms, coordinators.
    pub terms: Terms,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Definitions.
    pub defines: Vec<Define>,
    /// Programs, in file order.
    pub programs: Vec<Pathway<Criterion>>,
    /// Who leads.
    pub route: Route,
    /// Every statement that a line cites, by index, with the place of the citation.
    pub cited: Vec<(usize, Span)>,
}

/// A criterion with a name.
#[derive(Debug, Clone)]
pub struct Define {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub criterion: Criterion,
}

/// A criterion with its place.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// What it says.
    pub kind: CriterionKind,
    /// Where it stands.
    pub span: Span,
    /// The statements it rests on, by index.
    pub cites: Vec<usize>,
    /// How an ambiguous source was read.
    pub reading: Option<Words>,
}

/// What a criterion says; every name is an index.
#[derive(Debug, Clone)]
pub enum CriterionKind {
    /// A test of one fact.
    Test(Test),
    /// A definition.
    Defined(usize),
    /// Eligible for a program.
    EligibleFor(usize),
    /// Receiving a program.
    Receiving(usize),
    /// Left to an agency.
    DecidedBy {
        /// Who decides.
        agency: Words,
        /// What.
        question: Words,
    },
    /// The source does not say.
    NotStated(Words),
    /// All of these, exceptions last.
    All(Vec<Criterion>),
    /// Any of these.
    Any(Vec<Criterion>),
    /// None of these.
    None(Vec<Criterion>),
    /// At least so many of these.
    AtLeast(u32, Vec<Criterion>),
    /// Not this.
    Not(Box<Criterion>),
    /// Not this: written `unless`.
    Unless(Box<Criterion>),
}
