//! A rule file as it is written: every line with its place, nothing looked up yet.

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
    pub review: Option<(Text, Text, Spanned<String>)>,
    /// The line.
    pub span: Span,
}

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
    Number(i64),
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

/// A name for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// The name.
    pub name: Name,
    /// What it stands for.
    pub criterion: Criterion,
}

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
        /// When the first pays, and who pays otherwise.
        otherwise: Option<(Criterion, Payment)>,
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
}

/// Who pays, and by which mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Who.
    pub payer: Name,
    /// How.
    pub mechanism: Option<Name>,
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

/// What an author adds to a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// `cites NAME, …`: the statements it rests on.
    pub cites: Vec<Name>,
    /// `reading "…"`: how an ambiguous source is read, and why.
    pub reading: Option<Text>,
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
    /// As written.
    Number(i64),
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

/// The criteria of a program's lines, those of its benefits too.
pub fn criteria(program: &Program) -> Vec<&Criterion> {
    let mut found = Vec::new();
    for line in &program.lines {
        match &line.value {
            ProgramLine::Eligible(criterion) | ProgramLine::Receiving(criterion) => found.push(criterion),
            ProgramLine::Financing { otherwise: Some((when, _)), .. } => found.push(when),
            ProgramLine::Benefit(benefit) => found.extend(criteria(benefit)),
            _ => {}
        }
    }
    found
}

/// The programs that a program's implications speak of being enrolled in; the first of them is the program itself.
pub fn defined_enrollments<'t>(program: &'t Program, found: &mut Vec<&'t Name>) {
    for line in &program.lines {
        let said: &[Literal] = match &line.value {
            ProgramLine::Implies(literals, _) => literals,
            ProgramLine::Usually(literal, _) => std::slice::from_ref(literal),
            _ => continue,
        };
        found.push(&program.id);
        found.extend(said.iter().filter_map(enrollment));
    }
}

/// The program that a literal speaks of.
#[must_use]
pub fn enrollment(literal: &Literal) -> Option<&Name> {
    if let LiteralKind::EnrolledIn(name) = &literal.value { Some(name) } else { None }
}

/// The criteria of an item that is no program.
pub fn own_criteria<'t>(item: &'t Item) -> Vec<&'t Criterion> {
    match item {
        Item::Define(define) => vec![&define.criterion],
        Item::Score(score) => {
            let when = |line: &'t Spanned<Points>| match &line.value.what {
                PointsOf::When(_, when) => Some(&**when),
                _ => None,
            };
            score.lines.iter().filter_map(when).collect()
        }
        Item::Invariant(Invariant { claim: Claim::Always(criterion) | Claim::Never(criterion), .. }) => {
            vec![criterion]
        }
        Item::Intended(Intended { what: IntendedWhat::Gap(criterion), .. }) => vec![criterion],
        _ => Vec::new(),
    }
}

/// The programs that a criterion asks to be enrolled in, and those that it asks to be applied for.
pub fn programs_asked<'t>(
    criterion: &'t Criterion,
    enrolled: &mut Vec<&'t Name>,
    applied: &mut Vec<&'t Name>,
) {
    let waivers = criterion.validity.iter().flat_map(|validity| &validity.waived);
    waivers.for_each(|waiver| programs_asked(&waiver.to, enrolled, applied));
    match &criterion.kind {
        CriterionKind::EnrolledIn(names) => enrolled.extend(names),
        CriterionKind::AppliedFor(names) => applied.extend(names),
        CriterionKind::Group { members, unless, .. } => {
            members.iter().chain(unless).for_each(|member| programs_asked(member, enrolled, applied));
        }
        CriterionKind::Not(inner) => programs_asked(inner, enrolled, applied),
        CriterionKind::And(parts) | CriterionKind::Or(parts) => {
            parts.iter().for_each(|part| programs_asked(part, enrolled, applied));
        }
        _ => {}
    }
}
