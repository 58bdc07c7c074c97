//! Who leads a child of whom everything is known: every decision and the lead, without a search and without reasons.

use super::{Candidate, LeadStatus, candidates};
use crate::diagram::{Cells, Diagrams};
use crate::program::Program;
use crate::value::{Date, Outcomes};
use crate::vocabulary::Target;

/// Rules on a day, ready to decide for many children.
pub struct Complete<'c> {
    program: &'c Program,
    diagrams: &'c Diagrams,
    in_force: Vec<bool>,
    candidates: Vec<Candidate>,
}

impl<'c> Complete<'c> {
    /// Takes the diagrams of a day.
    #[must_use]
    pub fn new(program: &'c Program, diagrams: &'c Diagrams, day: Date) -> Self {
        let in_force: Vec<bool> = program.pathways.iter().map(|pathway| pathway.in_force(day)).collect();
        let candidates = candidates(program, |pathway| in_force[pathway], None);
        Self { program, diagrams, in_force, candidates }
    }

    /// Writes every decision, by the program's index, and says who leads. Where an agency keeps the lead open, that is
    /// the first that may lead.
    pub fn decide(&self, cells: &Cells, decisions: &mut [Outcomes]) -> (LeadStatus, Option<Target>) {
        for (index, pathway) in self.program.pathways.iter().enumerate() {
            decisions[index] = if self.in_force[index] {
                self.diagrams.outcome(pathway.eligible, cells)
            } else {
                Outcomes::NOT_MET
            };
        }
        for Candidate { target, status, node } in &self.candidates {
            let outcome = match (status, target, node) {
                (LeadStatus::Eligible, Target::Program(index), _) => decisions[*index],
                (_, _, Some(node)) => self.diagrams.outcome(*node, cells),
                _ => Outcomes::MET,
            };
            match outcome {
                Outcomes::MET => return (*status, Some(*target)),
                Outcomes::AGENCY => return (LeadStatus::Review, Some(*target)),
                _ => {}
            }
        }
        (LeadStatus::Fallback, None)
    }
}
