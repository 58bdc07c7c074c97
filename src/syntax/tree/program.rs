//! A program, line by line.

use super::{AgeLimit, Cost, Criterion, Name, PovertyYear, RelationKind, Remarks, Spanned, StepFor, Text};

/// A program, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name in rules and answers.
    pub id: Name,
    /// Its name for people.
    pub name: Text,
    /// Its lines.
    pub lines: Vec<Spanned<ProgramLine>>,
    /// Whether a line could not be read: then nothing is said to be missing.
    pub broken: bool,
}

/// One line of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramLine {
    /// `offers care_coordination, …`
    Offers(Vec<Name>),
    /// `coordinator title_v "…"`
    Coordinator(Name, Option<Text>),
    /// `financing medicaid by capitation for "…" when …, otherwise …`
    Financing {
        /// Who pays, and how.
        first: Payment,
        /// What for.
        pays_for: Option<Text>,
        /// When the first pays.
        when: Option<Criterion>,
        /// Who pays otherwise, where that is said.
        otherwise: Option<Payment>,
    },
    /// `cost free`, `cost possible`, `cost not stated`
    Cost(Cost),
    /// `audience professionals`: true
    ForProfessionals(bool),
    /// `source NAME "section"`
    Source(Name, Option<Text>),
    /// `contact NAME`
    Contact(Name),
    /// `asked as "…"`: how the program stands in the question what a child is enrolled in.
    AskedAs(Text),
    /// `note "…"`
    Note(Text),
    /// `step "…"`, `step when received "…"`: what to do, to say or to bring.
    Step(StepFor, Text),
    /// `document "…"`: what to bring.
    Document(Text),
    /// `since 2017-02-01`
    Since(Spanned<String>, Remarks),
    /// `until 2026-06-30`
    Until(Spanned<String>, Remarks),
    /// `poverty year 2026 from 2026-04-01`
    PovertyYear(PovertyYear),
    /// `eligible when …`
    Eligible(Criterion),
    /// `receiving when …`
    Receiving(Criterion),
    /// `defers to …`
    DefersTo(Deference, Remarks),
    /// `benefit ID "NAME" { … }`: a part with a test of its own; its lines are some of a program's.
    Benefit(Program),
    /// `excluded by …`
    ExcludedBy(Vec<Name>, Remarks),
    /// `supplements …` and its like.
    Relation(RelationKind, Vec<Body>, Remarks),
    /// `renews every 12 months after …`
    Renews(Renews, Remarks),
    /// `enrolled implies …`: what a child in the program is by definition; at least one of these.
    Implies(Vec<Literal>, Remarks),
    /// `enrolled usually …`: what a child in the program mostly is.
    Usually(Literal, Remarks),
}

/// Something that answers can say of a child, with its place.
pub type Literal = Spanned<LiteralKind>;

/// What a literal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiteralKind {
    /// A yes/no fact: `medicaid_eligible`
    Fact(Name),
    /// A fact and one of its choices: `coverage is medicaid`
    Is(Name, Name),
    /// A program that the child is in: `enrolled in passe`
    EnrolledIn(Name),
    /// A set and one of its elements: `needs include food`
    Includes(Name, Name),
}

/// What a program defers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deference {
    /// `any care_coordination received`: another program that offers this and is received.
    AnyReceived(Name),
    /// Named programs, where they are received.
    Programs(Vec<Name>),
}

/// To whom a program stands in a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A program of these rules.
    Program(Name),
    /// A body that is no program here.
    Named(Text),
}

/// When a program has to be renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renews {
    /// `every 12 months after FACT`: so many months, and the date from which they are counted.
    Every(Spanned<i64>, Option<Name>),
    /// `in the birthday month`
    BirthdayMonth,
    /// `at age 1`
    AtAge(Spanned<AgeLimit>),
}

/// Who pays, and by which mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Who.
    pub payer: Name,
    /// How.
    pub mechanism: Option<Name>,
}
