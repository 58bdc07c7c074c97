//! A rule file as it is written: every line with its place, nothing looked up yet.

mod criterion;
mod figures;
mod program;
mod walk;

pub use criterion::*;
pub use figures::*;
pub use program::*;
pub use walk::*;

pub use crate::vocabulary::{Compare, Cost, RelationKind, StepFor};

use crate::source::Span;

/// Something with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What it is.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A name, as written.
pub type Name = Spanned<String>;
/// A text, without its quotation marks.
pub type Text = Spanned<String>;

/// One rule file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its items in order; what could not be read is left out and reported.
    pub items: Vec<Item>,
    /// Whether the file was refused as a whole: then nothing is said to be missing from it.
    pub refused: bool,
}

/// What stands at the outermost level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `state AR "Arkansas"`
    State(State),
    /// `define NAME = …`
    Define(Define),
    /// `program ID "NAME" { … }`
    Program(Program),
    /// `contact ID "NAME" { … }`
    Contact(Contact),
    /// `route { … }`
    Route(Route),
    /// `parameter NAME { … }`
    Parameter(Parameter),
    /// `score NAME "TEXT" { … }`
    Score(Score),
    /// `always: …`, `never: …`
    Invariant(Invariant),
    /// `intended gap when …: "WHY"`, `intended overlap of …: "WHY"`
    Intended(Intended),
    /// `poverty year 2026 from 2026-04-01`, for all programs of the folder.
    PovertyYear(PovertyYear),
    /// `check sources every 12 months`: months.
    CheckSources(Spanned<u32>),
    /// Something that could not be read, with the name it declares: so that nobody else is blamed for using it.
    Broken(Option<String>),
}

/// The state a folder is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Two capital letters.
    pub code: Name,
    /// Its name.
    pub name: Text,
    /// Reviewer, agency and day; without them the rules are a draft.
    pub review: Option<Review>,
    /// The same of the Spanish words.
    pub spanish_review: Option<Review>,
    /// The line.
    pub span: Span,
}

/// Reviewer, agency and day.
pub type Review = (Text, Text, Spanned<String>);

/// A name for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// The name.
    pub name: Name,
    /// What it stands for.
    pub criterion: Criterion,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The name in rules.
    pub id: Name,
    /// The name for people.
    pub name: Text,
    /// The lines.
    pub lines: Vec<Spanned<ContactLine>>,
    /// Whether a line could not be read.
    pub broken: bool,
}

/// One line of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactLine {
    /// `phone "1-800-…"`
    Phone(Text),
    /// `hours "…"`
    Hours(Text),
    /// `url "…"`
    Url(Text),
    /// `source NAME`
    Source(Name, Option<Text>),
    /// `confirm first`: nobody has checked lately.
    ConfirmFirst,
}

/// Who leads, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The lines.
    pub lines: Vec<Spanned<RouteLine>>,
    /// Whether a line could not be read.
    pub broken: bool,
    /// The word `route`.
    pub span: Span,
}

/// One line of the route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteLine {
    /// `lead first of a, b`
    Lead(Vec<Name>, Remarks),
    /// `alongside a, b`
    Alongside(Vec<Name>),
    /// `otherwise a`
    Otherwise(Name),
}
