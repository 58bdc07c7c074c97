//! Which criteria the scenarios have seen decide both ways.

use super::Scenario;
use crate::child::{Child, read};
use crate::program::{At, NodeId, NodeKind, Program};
use crate::screen::Screener;
use crate::value::{Outcome, Outcomes};

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
    pub fn add(&mut self, screener: &Screener, scenario: &Scenario) {
        let program = screener.program();
        let Ok(answers) = read(program, &scenario.answers, scenario.as_of) else { return };
        let Ok(child) = Child::new(program, &answers, scenario.as_of) else { return };
        let Ok(diagrams) = screener.diagrams(scenario.as_of) else { return };
        let slots = diagrams.known(program, &child).slots();
        for (index, pathway) in program.pathways.iter().enumerate() {
            if !pathway.in_force(scenario.as_of) {
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
    pub fn uncovered(&self, program: &Program) -> Vec<Uncovered> {
        let rests_on_judgment = resting_on_judgments(program);
        let mut told = vec![false; program.nodes.len()];
        let mut found: Vec<Uncovered> = Vec::new();
        for pathway in 0..program.pathways.len() {
            for node in below(program, pathway) {
                let Some(never) = self.never(program, pathway, node, &rests_on_judgment) else { continue };
                if !std::mem::replace(&mut told[node.0 as usize], true) {
                    found.push(Uncovered { pathway, at: program.node(node).at, never });
                }
            }
        }
        found.sort_by_key(|uncovered| (uncovered.pathway, uncovered.at.line, uncovered.never));
        found.dedup();
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

/// A program's criteria, those of its benefits too, each once.
fn below(program: &Program, pathway: usize) -> Vec<NodeId> {
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
