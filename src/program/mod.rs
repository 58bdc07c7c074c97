//! The compiled rules of one state: a straight line of nodes, each reading only nodes before it.
//!
//! There are no jumps, no stack and no scopes, so every reader is one pass that fills one slot a node: the evaluator,
//! the decision diagrams, the explanations. Every node is total. All words, questions and
//! contacts are here too, so that nothing above this is needed to serve a family.

#[cfg(feature = "language")]
mod from_model;
mod listing;

#[cfg(feature = "language")]
pub use from_model::{LARGEST_TREE, lower};
pub use listing::listing;

use crate::value::{Date, Lang, StateCode, Words};
use crate::vocabulary::{
    CodeList, Contact, Fact, FactKind, Guideline, Implication, Literal, Pathway, Period, PlaceList, Review,
    Route, SourceDoc, Statement, Sum, Terms, Test, Usual,
};
use serde::{Deserialize, Serialize};

/// The compiled rules of one state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Program {
    /// The state.
    pub state: StateCode,
    /// Who reviewed the rules; nobody yet if they are a draft.
    pub review: Option<Review>,
    /// Facts, in the order they are asked.
    pub facts: Vec<Fact>,
    /// What holds among facts by definition.
    pub implications: Vec<Implication>,
    /// What is merely usual among them; it orders questions and never decides.
    pub usual: Vec<Usual>,
    /// Code lists.
    pub lists: Vec<CodeList>,
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
    /// The poverty guidelines where the state lies, the oldest first.
    pub guidelines: Vec<Guideline>,
    /// After how many months a source should be looked at again.
    pub check_sources: Option<u32>,
    /// The nodes, in an order in which each reads only earlier ones.
    pub nodes: Vec<Node>,
    /// The programs a child can be led to, in file order.
    pub pathways: Vec<Pathway<NodeId>>,
    /// Who leads.
    pub route: Route,
    /// Every statement that a line cites, by index, with the line.
    pub cited: Vec<(usize, At)>,
    /// The rule files, by the number in [`At`].
    pub files: Vec<String>,
    /// Who reviewed the Spanish words; nobody in what was made before they could be reviewed.
    pub spanish_review: Option<Review>,
}

/// A node's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NodeId(pub u32);

/// One step of the line, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What it computes.
    pub kind: NodeKind,
    /// Where it is written.
    pub at: At,
    /// The statements it rests on, by index.
    pub cites: Vec<usize>,
    /// How an ambiguous source was read.
    pub reading: Option<Words>,
}

/// A line of a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// The file's number in [`Program::files`].
    pub file: u32,
    /// The line, from 1.
    pub line: u32,
}

/// What a node computes. Facts, lists and pathways are indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeKind {
    /// A test of one fact.
    Test(Test),
    /// A judgment that only an agency can make.
    Judgment {
        /// Who.
        agency: Words,
        /// Of what.
        question: Words,
        /// The list that is illustrative, if that is why.
        list: Option<usize>,
        /// The line that asks whether something is left: what one program runs out of is not what another does.
        left: Option<At>,
    },
    /// What the source does not say; has no say.
    NotStated(Words),
    /// Eligible for a program in force.
    Eligible {
        /// The program.
        pathway: usize,
        /// Its criteria.
        node: NodeId,
    },
    /// Receiving a program in force.
    Receiving {
        /// The program.
        pathway: usize,
        /// When it is received; never, if nothing says.
        node: Option<NodeId>,
    },
    /// All of these.
    All(Vec<NodeId>),
    /// Any of these.
    Any(Vec<NodeId>),
    /// At least so many of these.
    AtLeast(u32, Vec<NodeId>),
    /// A figure that is added up, between two bounds.
    Sum(Sum<NodeId>),
    /// Which of these counts, by the day; on other days it has no say.
    Dated {
        /// The days on which each counts; never two on one day.
        periods: Vec<Period>,
        /// Each.
        parts: Vec<NodeId>,
        /// From which day somebody should have looked for a new figure.
        stale_from: Option<Date>,
    },
    /// Not this.
    Not {
        /// What.
        node: NodeId,
        /// How it is written.
        written: Negation,
    },
}

/// How a negation is written, for whoever reads the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Negation {
    /// `not`, `none of`
    Not,
    /// `unless`
    Unless,
}

impl Program {
    /// The node of a number that this program gave out.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Everything that what is shown of a pathway hangs on: its decision and those of its benefits, whether it is received,
    /// and who pays.
    pub fn shown_by(&self, pathway: usize) -> impl Iterator<Item = NodeId> {
        let own = &self.pathways[pathway];
        let of_benefits = own.benefits.iter().flat_map(|benefit| &benefit.financing);
        let payers = own.financing.iter().chain(of_benefits).filter_map(|financing| financing.when);
        self.decided(pathway).chain(own.receiving).chain(payers)
    }

    /// How many nodes it takes to decide: up to the last one that anything shown hangs on.
    #[must_use]
    pub fn decides(&self) -> usize {
        let roots = (0..self.pathways.len()).flat_map(|index| self.shown_by(index));
        roots.map(|node| node.0 as usize + 1).max().unwrap_or_default()
    }

    /// The index of a pathway's name.
    #[must_use]
    pub fn pathway(&self, id: &str) -> Option<usize> {
        self.pathways.iter().position(|pathway| pathway.id == id)
    }

    /// The index of a fact's name.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<usize> {
        self.facts.iter().position(|fact| fact.id == id)
    }

    /// The index of the first fact of a kind.
    #[must_use]
    pub fn fact_of_kind(&self, kind: &FactKind) -> Option<usize> {
        self.facts.iter().position(|fact| fact.kind == *kind)
    }

    /// The first value on the upper side of every bound that a criterion puts on a fact that is a number inside.
    pub fn bounds_of(&self, wanted: usize) -> impl Iterator<Item = i64> {
        let bounds = self.nodes.iter().filter_map(move |node| match &node.kind {
            NodeKind::Test(Test::Number { fact, from, to }) if *fact == wanted => {
                Some([*from, to.map(|to| to.saturating_add(1))])
            }
            _ => None,
        });
        bounds.flatten().flatten()
    }

    /// The labels of some of a fact's choices.
    #[must_use]
    pub fn labels(&self, fact: usize, chosen: &[usize], lang: Lang) -> Vec<&str> {
        let choices = self.facts[fact].kind.choices();
        let chosen = chosen.iter().filter_map(|index| choices.get(*index));
        chosen.map(|choice| choice.label.get(lang)).collect()
    }

    /// The criteria that all benefits of a pathway share: its own.
    #[must_use]
    pub fn common(&self, pathway: usize) -> NodeId {
        let pathway = &self.pathways[pathway];
        match (pathway.coordinated_by, self.node(pathway.eligible).kind.parts()) {
            (Some(_), [common, ..]) => *common,
            _ => pathway.eligible,
        }
    }

    /// The criteria of a pathway that its decision and those of its benefits come to.
    pub fn decided(&self, pathway: usize) -> impl Iterator<Item = NodeId> {
        let pathway = &self.pathways[pathway];
        std::iter::once(pathway.eligible).chain(pathway.benefits.iter().map(|benefit| benefit.eligible))
    }

    /// Whether a criterion asks for a fact.
    #[must_use]
    pub fn asks(&self, fact: usize) -> bool {
        self.nodes.iter().any(|node| node.kind.facts().any(|asked| asked == fact))
    }

    /// What holds by definition, for children of whom everything is known: without what only follows from facts that
    /// nothing asks, that follow from nothing, and that can be so of nobody. It leaves the others any way to be.
    #[must_use]
    pub fn implications_among(&self, asked: impl Fn(usize) -> bool) -> Vec<Implication> {
        let follows = |fact: usize| {
            let mut all = self.implications.iter().flat_map(|implication| &implication.then);
            all.any(|literal| literal.fact() == fact)
        };
        let idle = |when: Literal| {
            let free = matches!(when, Literal::Fact(_) | Literal::Element(..));
            free && !asked(when.fact()) && !follows(when.fact())
        };
        self.implications.iter().filter(|implication| !idle(implication.when)).cloned().collect()
    }

    /// Whether two pathways work along with each other: neither is one too many beside the other.
    #[must_use]
    pub fn work_together(&self, one: usize, other: usize) -> bool {
        self.pathways[one].works_with(other) || self.pathways[other].works_with(one)
    }

    /// Whether a pathway offers anything that is care coordination.
    #[must_use]
    pub fn coordinates(&self, pathway: usize) -> bool {
        self.pathways[pathway].offers.iter().any(|offer| self.terms.offers[*offer].coordinates)
    }
}

impl NodeKind {
    /// The facts that this node itself reads; births are no fact of it.
    pub fn facts(&self) -> impl Iterator<Item = usize> {
        let (test, addends) = match self {
            Self::Test(test) => (test.fact(), &[][..]),
            Self::Sum(sum) => (None, &sum.addends[..]),
            _ => (None, &[][..]),
        };
        test.into_iter().chain(addends.iter().map(|addend| addend.fact))
    }

    /// The nodes this one reads on a day.
    #[must_use]
    pub fn parts_on(&self, day: Date) -> &[NodeId] {
        match self {
            Self::Dated { periods, parts, .. } => {
                let case = periods.iter().position(|period| period.contains(day));
                case.and_then(|case| parts.get(case..=case)).unwrap_or_default()
            }
            _ => self.parts(),
        }
    }

    /// The nodes this one reads.
    #[must_use]
    pub fn parts(&self) -> &[NodeId] {
        match self {
            Self::All(parts)
            | Self::Any(parts)
            | Self::AtLeast(_, parts)
            | Self::Dated { parts, .. }
            | Self::Sum(Sum { when: parts, .. }) => parts,
            Self::Not { node, .. }
            | Self::Eligible { node, .. }
            | Self::Receiving { node: Some(node), .. } => std::slice::from_ref(node),
            _ => &[],
        }
    }
}
