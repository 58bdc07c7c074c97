//! The rules of one state, with every name resolved and every text in every language.
//!
//! The shape is still the author's: groups, definitions and exceptions stand as written. `program` flattens it.

mod circles;
mod compared;
mod criteria;
mod dates;
mod declared;
mod facts;
mod facts_of_a_kind;
mod facts_only;
mod figures;
mod from_syntax;
mod from_yaml;
mod implications;
mod one_fact;
mod ordered;
mod programs;
mod relations;
mod route;
mod scope;
mod shared;
mod silence;
mod table;
mod yaml;

pub use from_syntax::{SHARED_FOLDER, from_folder};
pub use shared::{Shared, shared};
pub use yaml::{Entry, LARGEST_DATA, Place, entries, guard, plain};

use crate::source::Span;
pub use crate::syntax::tree::Rounding;
use crate::value::{Date, StateCode, Words};
use crate::vocabulary::{
    Amount, CodeList, Compare, Contact, Declared, Fact, Guideline, Implication, Pathway, Per, Period,
    PlaceList, Review, Route, SourceDoc, Statement, Terms, Test, Usual, WrittenCode,
};

/// The rules of one state.
#[derive(Debug, Clone)]
pub struct Model {
    /// The state.
    pub state: StateCode,
    /// Who reviewed the rules; nobody yet if they are a draft.
    pub review: Option<Review>,
    /// Who reviewed the Spanish words.
    pub spanish_review: Option<Review>,
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
    /// Every code of these, with its place.
    pub codes: Vec<WrittenCode>,
    /// Lists of places.
    pub place_lists: Vec<PlaceList>,
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
    /// Figures that are added up.
    pub scores: Vec<Score>,
    /// The poverty guidelines where the state lies, the oldest first.
    pub guidelines: Vec<Guideline>,
    /// Which of them counts from when on, for programs that do not say.
    pub poverty_years: PovertyYears,
    /// Which counts for programs that do say, by the program's index.
    pub own_poverty_years: Vec<PovertyYears>,
    /// After how many months a source should be looked at again.
    pub check_sources: Option<u32>,
    /// What the author declares of all children.
    pub declared: Declared<Criterion>,
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

/// Which guideline counts from which day on, by index, in the order of the days.
pub type PovertyYears = Vec<(Date, usize)>;

/// A figure that is added up.
#[derive(Debug, Clone)]
pub struct Score {
    /// The name in rules.
    pub id: String,
    /// The name for people.
    pub title: Words,
    /// Where it is declared.
    pub span: Span,
    /// What is added up, each with its line.
    pub counted: Vec<(Counted, Span)>,
}

/// What one line adds to a score.
#[derive(Debug, Clone)]
pub enum Counted {
    /// So much in any case.
    Always(i64),
    /// So much where a criterion holds.
    When(i64, Criterion),
    /// By a number.
    Each(usize, Amount),
    /// A share of the poverty guideline, in whole dollars a year; 1, or -1 where it is taken away.
    Poverty(i64, Share),
}

/// A share of the poverty guideline.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// Hundredths of a percent, what is disregarded included.
    pub percent: i64,
    /// How many of these are disregarded.
    pub plus: i64,
    /// How it is rounded to dollars; not at all, if nothing says so.
    pub rounding: Option<Rounding>,
    /// For whom.
    pub of: People,
    /// So many more people where this yes/no fact holds.
    pub more: Option<(i64, usize)>,
}

/// For how many people a guideline is taken.
#[derive(Debug, Clone, Copy)]
pub enum People {
    /// As many as this fact says.
    Household(usize),
    /// This many.
    Fixed(i64),
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

impl Criterion {
    /// Whether nothing is asked at all: what stands for criteria that nobody has written.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(&self.kind, CriterionKind::All(none) if none.is_empty())
    }

    /// A criterion without remarks.
    #[must_use]
    pub(crate) fn plain(kind: CriterionKind, span: Span) -> Self {
        Self { kind, span, cites: Vec::new(), reading: None }
    }

    /// The criteria that it is written with; not those behind a name.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Self> {
        let mut parts: Vec<&Self> = Vec::new();
        match &self.kind {
            CriterionKind::All(members)
            | CriterionKind::Any(members)
            | CriterionKind::None(members)
            | CriterionKind::AtLeast(_, members) => parts.extend(members),
            CriterionKind::Not(inner) | CriterionKind::Unless(inner) => parts.push(inner),
            CriterionKind::Waived(inner, waivers) => {
                parts.push(inner);
                parts.extend(waivers.iter().map(|(_, to)| to));
            }
            CriterionKind::Dated { cases, .. } => parts.extend(cases.iter().map(|(_, case)| case)),
            _ => {}
        }
        parts.into_iter()
    }
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
        /// Whether it is about something that a program can run out of.
        lasting: bool,
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
    /// Which of these counts, by the day; on other days it is as if not written.
    Dated {
        /// Each with the days on which it counts; never two on one day.
        cases: Vec<(Period, Criterion)>,
        /// From which day somebody should have looked for a new figure.
        stale_from: Option<Date>,
    },
    /// This, unless it is waived: for whom, and when.
    Waived(Box<Criterion>, Vec<(Period, Criterion)>),
    /// A figure that the rules do not have for the day.
    NoFigure,
    /// An income as a share of the poverty guideline.
    Poverty {
        /// The income.
        fact: usize,
        /// The time that it is for; the guideline is a year's.
        per: Per,
        /// How it stands to the share.
        compare: Compare,
        /// The share.
        share: Share,
    },
    /// A number beside another of the same measure.
    Compared {
        /// The number.
        fact: usize,
        /// How it stands to the other.
        compare: Compare,
        /// The other.
        other: usize,
        /// How much a step of each counts for, in the finer steps of the two.
        steps: [i64; 2],
    },
    /// A score, both ends in.
    Score {
        /// Which, by index.
        score: usize,
        /// The least.
        from: Option<i64>,
        /// The most.
        to: Option<i64>,
    },
    /// Not this.
    Not(Box<Criterion>),
    /// Not this: written `unless`.
    Unless(Box<Criterion>),
}
