//! Rules as a whole: whom they leave out, whom they coordinate twice, what in them changes nothing, and what their author
//! says of all children, proved or refuted.
//!
//! Nothing here samples. Every finding is about a class of children, told from the decision diagrams, and has a child of
//! it as an example that the plain evaluator confirms. One check, one file.
//!
//! What is deliberately left out: findings about words, sources and scenarios, which `check` and `test` have.

mod always;
mod changes_nothing;
mod claims;
mod gaps;
mod ground;
mod never;
mod overlaps;
mod words;

use ground::Ground;
pub use ground::led_plainly;
pub use words::joined;

use crate::child::{Answers, Child, Raw};
use crate::compile::Declaring;
use crate::diagram::Periods;
use crate::program::{At, Node, NodeKind, Program};
use crate::source::Span;
use crate::value::{Date, Truth};
use crate::vocabulary::Test;
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
                "two criteria rule each other out; one of them is wrong"
            }
            Self::NeverLeads => {
                "whoever it fits is led by a program before it; change the order, or take it out of `lead first of`"
            }
            Self::ChangesNothing => "take it out, or correct it: another line says as much",
            Self::AlwaysTrue => "take it out, or correct it",
            Self::NeverDecides => "families are never asked it; take the criteria on it out, or correct them",
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
        Self { periods: Periods::of(&program), program, declaring, decides }
    }

    /// The line of something declared, or of the route.
    fn at(&self, span: Span) -> Option<At> {
        self.declaring.places.iter().find(|(known, _)| *known == span).map(|(_, at)| *at)
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

/// Everything about the rules as a whole, on a day and on all later ones: gaps first. Rules that could not be decided
/// exactly have nothing said of them; `check` refuses them.
#[must_use]
pub fn analyze(rules: &Rules, as_of: Date, population: &[Child]) -> Vec<Finding> {
    let anybody = rules.anybody(as_of);
    let mut found: Vec<Finding> = Vec::new();
    for child in &anybody {
        let Some(mut ground) = Ground::new(rules, child, population) else { return Vec::new() };
        let mut here = Vec::new();
        gaps::check(&mut ground, &mut here);
        overlaps::check(&mut ground, &mut here);
        claims::check(&mut ground, &mut here);
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
    never::check(rules, &anybody, &mut found);
    always::check(rules, &anybody, &mut found);
    changes_nothing::check(rules, &anybody, &mut found);
    claims::intended_for_nothing(rules, &anybody, &mut found);
    found.sort_by_key(|finding| finding.kind);
    found
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
