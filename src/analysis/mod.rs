//! Rules as a whole: whom they leave out, whom they coordinate twice, what in them changes nothing, and what their author
//! says of all children, proved or refuted.
//!
//! Nothing here samples. Every finding is about a class of children, told from the decision diagrams, and has a child of
//! it as an example; the laws have the plain evaluator confirm them. One check, one file.
//!
//! What is deliberately left out: findings about words, sources and scenarios, which `check` and `test` have.

mod always;
mod changes_nothing;
mod claims;
mod gaps;
mod ground;
mod never;
mod overlaps;
mod told;
mod words;

use ground::Ground;
pub use ground::led_plainly;
pub use told::{Findings, Told, tell};
pub(crate) use words::children as kinds_in_words;

pub use words::joined;

use crate::child::{Answers, Child, Raw};
use crate::compile::Declaring;
use crate::diagram::{Periods, TooTangled};
use crate::program::{At, Node, NodeId, NodeKind, Program};
use crate::source::Span;
use crate::value::{Date, Truth};
use crate::vocabulary::{Claim, Intended, IntendedWhat, Test};
use serde::Serialize;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Children with a special need for whom only the fallback leads.
    Gap,
    /// Children whom two programs would coordinate, and neither defers to the other.
    Overlap,
    /// Children whom two programs coordinate in fact, and the route does not say which of them leads.
    Duplicate,
    /// A program that is open to nobody.
    NeverEligible,
    /// A program of the route that leads nobody who does not receive it already.
    NeverLeads,
    /// A criterion, a bound, a choice or a list's entry: without it, everything would be decided as it is.
    ChangesNothing,
    /// A criterion that nobody can meet.
    Contradiction,
    /// A criterion that everybody meets.
    AlwaysTrue,
    /// A fact that criteria ask and that never decides.
    NeverDecides,
    /// Something declared of all children that is not so.
    Refuted,
    /// Something declared to be intended that there is not.
    IntendedForNothing,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Gap,
        Self::Overlap,
        Self::Duplicate,
        Self::NeverEligible,
        Self::NeverLeads,
        Self::ChangesNothing,
        Self::Contradiction,
        Self::AlwaysTrue,
        Self::NeverDecides,
        Self::Refuted,
        Self::IntendedForNothing,
    ];

    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Overlap => "overlap",
            Self::Duplicate => "duplicate",
            Self::NeverEligible => "never_eligible",
            Self::NeverLeads => "never_leads",
            Self::ChangesNothing => "changes_nothing",
            Self::Contradiction => "contradiction",
            Self::AlwaysTrue => "always_true",
            Self::NeverDecides => "never_decides",
            Self::Refuted => "refuted",
            Self::IntendedForNothing => "intended_for_nothing",
        }
    }

    /// What it is, in a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Gap => "Children with a special health care need whom no program leads.",
            Self::Overlap => {
                "Children whom two programs would coordinate, and neither stands back for the other."
            }
            Self::Duplicate => {
                "Children whom two programs coordinate today, and the route does not say which of them leads."
            }
            Self::NeverEligible => "A program that no child can fit.",
            Self::NeverLeads => "A program that never leads a child who does not receive it already.",
            Self::ChangesNothing => {
                "A criterion, an end of a range, a choice or an entry of a list without which everything would be \
                 decided as it is."
            }
            Self::Contradiction => "A criterion that no child can meet.",
            Self::AlwaysTrue => "A criterion that every child meets.",
            Self::NeverDecides => "A fact that criteria ask for and whose answer never decides anything.",
            Self::Refuted => "Something is declared of all children, and is not so of some.",
            Self::IntendedForNothing => "Something is declared to be intended, and there is no such finding.",
        }
    }

    /// What its author can write if it is meant to be so; otherwise what to do.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Gap => "if this is meant to be so, write `intended gap when CRITERION: \"why\"`",
            Self::Overlap => {
                "let one `defers to`, `supplements` or `within` the other; if both are meant to, write `intended overlap of A, B: \"why\"`"
            }
            Self::Duplicate => {
                "name both in `lead first of` or `alongside`, or let one be `within` the other; if it is meant to be so, write `intended overlap of A, B: \"why\"`"
            }
            Self::NeverEligible | Self::Contradiction => {
                "two criteria rule each other out; correct one of them, or add `intended \"why\"` to the line"
            }
            Self::NeverLeads => {
                "whoever it fits is led by a program before it; change the order, take it out of `lead first of`, or add `intended \"why\"` to the line"
            }
            Self::ChangesNothing => {
                "take it out, or correct it: the other lines say as much; if it is meant to be so, add `intended \"why\"` to the line"
            }
            Self::AlwaysTrue => {
                "take it out, or correct it; if it is meant to be so, add `intended \"why\"` to the line"
            }
            Self::NeverDecides => {
                "families are never asked it; take the criteria on it out, correct them, or add `intended \"why\"` to the line"
            }
            Self::Refuted => "correct the rules, or what is declared of them",
            Self::IntendedForNothing => "take the line out, or correct it",
        }
    }
}

/// Something about the rules as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// The programs concerned, by index.
    pub programs: Vec<usize>,
    /// A sentence about the children it is about.
    pub text: String,
    /// The smallest example, where it is about children.
    pub child: Option<Raw>,
    /// The same child after something was lost or gained, where that is what it is about.
    pub after: Option<Raw>,
    /// The day on which it is so first, of those that were looked at.
    pub as_of: Date,
    /// The line concerned.
    pub at: Option<At>,
    /// Why it is meant to be so, if its author says so.
    pub declared: Option<String>,
    /// How many children of a population it is about.
    pub share: Option<Share>,
}

/// How many children of a population a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Share {
    /// Surely.
    pub children: usize,
    /// As far as their answers tell.
    pub perhaps: usize,
    /// Of so many, those left out who have no special need where it is about those who have one.
    pub of: usize,
}

/// Rules, with what is declared of them, ready to be looked at as a whole.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The program, with the nodes of what is declared behind its own.
    pub program: Program,
    /// What is declared.
    pub declaring: Declaring,
    periods: Periods,
    /// How many nodes decide; those behind are what is declared.
    decides: usize,
}

impl Rules {
    /// Takes compiled rules and what is declared of them.
    #[must_use]
    pub fn new(mut program: Program, declaring: Declaring) -> Self {
        let decides = program.nodes.len();
        program.nodes.extend(declaring.nodes.iter().cloned());
        // Gaps are told by it, whether or not a criterion is.
        program.nodes.extend(program.fact(ground::SPECIAL_NEED).map(|fact| Node {
            kind: NodeKind::Test(Test::Fact(fact)),
            at: At { file: 0, line: 1 },
            cites: Vec::new(),
            reading: None,
        }));
        let lost_or_gained: Vec<usize> = declaring
            .declared
            .invariants
            .iter()
            .filter_map(|invariant| match invariant.claim {
                Claim::Monotone { what, .. } => Some(what.fact()),
                _ => None,
            })
            .collect();
        // An example need not say what nothing asks.
        program.implications =
            program.implications_among(|fact| program.asks(fact) || lost_or_gained.contains(&fact));
        Self { periods: Periods::of(&program), program, declaring, decides }
    }

    /// The line of something declared, or of the route.
    fn at(&self, span: Span) -> Option<At> {
        self.declaring.places.iter().find(|(known, _)| *known == span).map(|(_, at)| *at)
    }

    /// Why what is found on a line is meant to be so, if its author says it there.
    fn intended_on(&self, at: At) -> Option<String> {
        let here = |intended: &&Intended<NodeId>| {
            let line = matches!(intended.what, IntendedWhat::Line | IntendedWhat::Lead);
            line && self.at(intended.span) == Some(at)
        };
        self.declaring.declared.intended.iter().find(here).map(|intended| intended.why.clone())
    }

    /// The line that says who leads, if its author says there that what is found is meant to be so.
    fn intended_lead(&self) -> Option<At> {
        let mut intended = self.declaring.declared.intended.iter();
        intended.find(|intended| intended.what == IntendedWhat::Lead).and_then(|lead| self.at(lead.span))
    }

    /// A child of whom nothing is known, on the day and on the first day of each later period in which other rules are in
    /// force.
    fn anybody(&self, as_of: Date) -> Vec<Child> {
        let later = self.periods.starts().iter().copied().filter(|start| *start > as_of);
        let nothing = Answers { given: vec![None; self.program.facts.len()] };
        let days = std::iter::once(as_of).chain(later);
        days.filter_map(|day| Child::new(&self.program, &nothing, day).ok()).collect()
    }
}

/// Everything about the rules as a whole, on a day and on all later ones: gaps first.
///
/// # Errors
/// When the criteria of all programs together grow beyond the bound of what can be decided exactly.
pub fn analyze(rules: &Rules, as_of: Date, population: &[Child]) -> Result<Vec<Finding>, TooTangled> {
    let anybody = rules.anybody(as_of);
    let mut found: Vec<Finding> = Vec::new();
    for child in &anybody {
        let mut ground = Ground::new(rules, child, population)?;
        let mut here = Vec::new();
        gaps::check(&mut ground, &mut here);
        overlaps::check(&mut ground, &mut here);
        claims::check(&mut ground, &mut here);
        ground.within_bound()?;
        // What was so before is told once.
        for finding in here {
            let same = |known: &Finding| {
                (known.kind, &known.programs, known.at, &known.text)
                    == (finding.kind, &finding.programs, finding.at, &finding.text)
            };
            if !found.iter().any(same) {
                found.push(finding);
            }
        }
    }
    never::check(rules, &anybody, &mut found)?;
    always::check(rules, &anybody, &mut found)?;
    changes_nothing::check(rules, &anybody, &mut found)?;
    claims::intended_for_nothing(rules, &anybody, &mut found);
    found.sort_by_key(|finding| finding.kind);
    Ok(found)
}

impl Share {
    /// Counts a child of the population.
    fn count(&mut self, holds: Truth) {
        match holds {
            Truth::Yes => self.children += 1,
            Truth::Unknown => self.perhaps += 1,
            Truth::No => {}
        }
    }
}
