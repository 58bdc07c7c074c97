//! Which criteria the scenarios have seen decide both ways.

use crate::child::{Answers, Child, Raw, read};
use crate::program::{At, NodeId, NodeKind, Program};
use crate::screen::Screener;
use crate::value::{Date, Outcome, Outcomes};

/// What scenarios have seen of each node and of each program.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The outcomes seen for certain, by the node's number.
    seen: Vec<Outcomes>,
    /// Of each program, by the node's number: whether the node was left to an agency while the program was in review.
    in_review: Vec<Vec<bool>>,
}

/// A criterion that no scenario has seen decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncovered {
    /// The program it belongs to, by index; the first where several share it.
    pub pathway: usize,
    /// Where it is written.
    pub at: At,
    /// How it was never seen.
    pub never: Never,
    /// Whether any child on any day would show it.
    pub can_be: bool,
}

/// A node that no scenario has seen decide, below the first program where it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unseen {
    pub(super) pathway: usize,
    pub(super) node: NodeId,
    pub(super) never: Never,
}

/// How a criterion was never seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Never {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Met, nor not met.
    Either,
    /// Leaving its program in review.
    InReview,
}

impl Never {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Either => "either",
            Self::InReview => "review",
        }
    }
}

impl Coverage {
    /// Nothing seen yet.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let nodes = program.nodes.len();
        Self {
            seen: vec![Outcomes::NONE; nodes],
            in_review: vec![vec![false; nodes]; program.pathways.len()],
        }
    }

    /// Takes in what a scenario sees; one whose answers cannot be used sees nothing.
    pub fn add(&mut self, screener: &Screener, answers: &Raw, as_of: Date) {
        let program = screener.program();
        let Ok(answers) = read(program, answers, as_of) else { return };
        let Ok(child) = Child::new(program, &answers, as_of) else { return };
        let Ok(diagrams) = screener.diagrams(as_of) else { return };
        let slots = diagrams.known(program, &child).slots();
        for (index, pathway) in program.pathways.iter().enumerate() {
            if !pathway.in_force(as_of) {
                continue;
            }
            for node in below(program, index) {
                let node = node.0 as usize;
                if !slots[node].is_open() {
                    self.seen[node] = self.seen[node].or_else(slots[node]);
                }
                let in_review = |decided: NodeId| slots[decided.0 as usize] == Outcomes::AGENCY;
                self.in_review[index][node] |=
                    slots[node] == Outcomes::AGENCY && program.decided(index).any(in_review);
            }
        }
    }

    /// The criteria not seen to decide both ways, in the order of the rules. One that rests on an agency's judgment has to
    /// leave its program in review; what a source does not state has nothing to see.
    #[must_use]
    pub fn uncovered(&self, screener: &Screener) -> Vec<Uncovered> {
        let program = screener.program();
        let mut found: Vec<Uncovered> = self
            .unseen(program)
            .into_iter()
            .map(|unseen| {
                let Unseen { pathway, node, never } = unseen;
                let at = program.node(node).at;
                Uncovered { pathway, at, never, can_be: unseen.can_be(screener) }
            })
            .collect();
        found.sort_by_key(|uncovered| {
            (uncovered.pathway, uncovered.at.line, uncovered.never, uncovered.can_be)
        });
        found.dedup();
        found
    }

    /// The nodes not seen to decide both ways, each once.
    pub(super) fn unseen(&self, program: &Program) -> Vec<Unseen> {
        let rests_on_judgment = resting_on_judgments(program);
        let mut told = vec![false; program.nodes.len()];
        let mut found = Vec::new();
        for pathway in 0..program.pathways.len() {
            for node in below(program, pathway) {
                let Some(never) = self.never(program, pathway, node, &rests_on_judgment) else { continue };
                if !std::mem::replace(&mut told[node.0 as usize], true) {
                    found.push(Unseen { pathway, node, never });
                }
            }
        }
        found
    }

    fn never(
        &self,
        program: &Program,
        pathway: usize,
        node: NodeId,
        rests_on_judgment: &[bool],
    ) -> Option<Never> {
        let index = node.0 as usize;
        let seen = self.seen[index];
        match &program.node(node).kind {
            // A negation decides wherever what it denies does.
            NodeKind::NotStated(_) | NodeKind::Not { .. } => None,
            _ if rests_on_judgment[index] => (!self.in_review[pathway][index]).then_some(Never::InReview),
            _ => match (seen.allows(Outcome::Met), seen.allows(Outcome::NotMet)) {
                (true, true) => None,
                (true, false) => Some(Never::NotMet),
                (false, true) => Some(Never::Met),
                (false, false) => Some(Never::Either),
            },
        }
    }
}

impl Unseen {
    /// What would have to be seen of it, one after the other.
    pub(super) fn wanted(self) -> &'static [Outcome] {
        match self.never {
            Never::Met => &[Outcome::Met],
            Never::NotMet => &[Outcome::NotMet],
            Never::Either => &[Outcome::Met, Outcome::NotMet],
            Never::InReview => &[Outcome::Agency],
        }
    }

    /// Whether any child on any day would show it.
    fn can_be(self, screener: &Screener) -> bool {
        let program = screener.program();
        screener.days().into_iter().any(|day| {
            let pathway = &program.pathways[self.pathway];
            let Some(child) = anybody(program, day).filter(|_| pathway.in_force(day)) else { return false };
            let Ok(diagrams) = screener.diagrams(day) else { return false };
            let mut known = diagrams.known(program, &child);
            self.wanted().iter().any(|outcome| {
                if self.never != Never::InReview {
                    return known.example(&[(self.node, *outcome)]).is_some();
                }
                let mut decided = program.decided(self.pathway);
                decided.any(|root| known.example(&[(self.node, *outcome), (root, *outcome)]).is_some())
            })
        })
    }
}

/// A child of whom nothing is known.
pub(super) fn anybody(program: &Program, day: Date) -> Option<Child> {
    Child::new(program, &Answers { given: vec![None; program.facts.len()] }, day).ok()
}

/// A program's criteria, those of its benefits too, each once.
pub(super) fn below(program: &Program, pathway: usize) -> Vec<NodeId> {
    let mut seen = vec![false; program.nodes.len()];
    let receiving = program.pathways[pathway].receiving;
    let mut open: Vec<NodeId> = receiving.into_iter().chain(program.decided(pathway)).collect();
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut seen[node.0 as usize], true) {
            found.push(node);
            // What another program asks is seen there.
            if !matches!(program.node(node).kind, NodeKind::Eligible { .. } | NodeKind::Receiving { .. }) {
                let kind = &program.node(node).kind;
                // A figure that changes is one criterion, whichever value counts.
                if !changes(kind) {
                    open.extend(kind.parts().iter().rev());
                }
            }
        }
    }
    found
}

/// Whether a node is a judgment or is made of one, by the node's number.
fn resting_on_judgments(program: &Program) -> Vec<bool> {
    let mut rests: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let own = matches!(node.kind, NodeKind::Judgment { .. });
        let part = !changes(&node.kind) && node.kind.parts().iter().any(|part| rests[part.0 as usize]);
        rests.push(own || part);
    }
    rests
}

/// Whether a node is a figure that changes from day to day.
fn changes(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Dated { parts, .. } if parts.len() > 1)
}
