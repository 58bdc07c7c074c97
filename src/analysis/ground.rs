//! The rules on a day, with all children there can be.

use super::words::children;
use super::{Finding, Kind, Rules, Share};
use crate::child::{Answers, Child};
use crate::diagram::{Class, Known, TooTangled};
use crate::eval::evaluate;
use crate::example::{answers, raw};
use crate::program::{At, NodeId, Program};
use crate::route::{Candidate, LeadStatus, candidates};
use crate::value::{Date, Outcomes, Truth};
use crate::vocabulary::{Literal, Target};

/// The fact that says that a child has a special need.
pub(super) const SPECIAL_NEED: &str = "special_health_care_need";

/// The rules on a day, with all children there can be.
pub(super) struct Ground<'r> {
    /// The rules.
    pub(super) rules: &'r Rules,
    /// A child of whom nothing is known.
    pub(super) anybody: &'r Child,
    /// The day.
    pub(super) day: Date,
    /// All children.
    pub(super) known: Known<'r>,
    /// Who can lead, best first.
    pub(super) candidates: Vec<Candidate>,
    /// Of each candidate, those whom it surely leads, and those whom it leads if an agency finds so.
    pub(super) led: Vec<[Class; 2]>,
    /// Children that there are, whose share is told.
    population: &'r [Child],
}

impl<'r> Ground<'r> {
    /// The ground of a day; nothing where the rules cannot be decided exactly.
    pub(super) fn new(
        rules: &'r Rules,
        anybody: &'r Child,
        population: &'r [Child],
    ) -> Result<Self, TooTangled> {
        let program = &rules.program;
        let day = anybody.as_of;
        let diagrams = rules.periods.on(program, day)?;
        let mut known = diagrams.known(program, anybody);
        known.give_room();
        let candidates = candidates(program, |pathway| program.pathways[pathway].in_force(day), None);
        let nodes: Vec<(Target, Option<NodeId>)> =
            candidates.iter().map(|candidate| (candidate.target, candidate.node)).collect();
        let led = known.led_by(&nodes);
        let ground = Self { rules, anybody, day, known, candidates, led, population };
        ground.within_bound()?;
        Ok(ground)
    }

    /// Whether all that was asked so far stayed within the bound.
    pub(super) fn within_bound(&self) -> Result<(), TooTangled> {
        if self.known.within_bound() { Ok(()) } else { Err(TooTangled) }
    }

    /// The program.
    pub(super) fn program(&self) -> &'r Program {
        &self.rules.program
    }

    /// Children with a special need: all, where there is no such fact.
    pub(super) fn with_special_need(&mut self) -> Class {
        match self.program().fact(SPECIAL_NEED) {
            Some(fact) => self.known.of_whom(Literal::Fact(fact), true),
            None => self.known.everybody(),
        }
    }

    /// Those whom a program is closed to, those of whom an agency decides, and those whom it is open to.
    pub(super) fn standing(&mut self, pathway: usize) -> [Class; 3] {
        let own = &self.program().pathways[pathway];
        let everybody = self.known.everybody();
        if !own.in_force(self.day) {
            let nobody = self.known.nobody();
            return [everybody, nobody, nobody];
        }
        [Outcomes::NOT_MET, Outcomes::AGENCY, Outcomes::MET]
            .map(|outcome| self.known.who(own.eligible, |outcomes| outcomes == outcome))
    }

    /// Those whom two programs are both open to, if agencies find so.
    pub(super) fn open_to_both(&mut self, pathways: [usize; 2]) -> Class {
        let [one, other] = pathways.map(|pathway| &self.program().pathways[pathway]);
        if !one.in_force(self.day) || !other.in_force(self.day) {
            return self.known.nobody();
        }
        self.known.who_all([one.eligible, other.eligible], |outcomes| outcomes != Outcomes::NOT_MET)
    }

    /// Those who receive a program.
    pub(super) fn receiving(&mut self, pathway: usize) -> Class {
        let own = &self.program().pathways[pathway];
        match own.receiving.filter(|_| own.in_force(self.day)) {
            Some(node) => self.known.who(node, |outcomes| outcomes == Outcomes::MET),
            None => self.known.nobody(),
        }
    }

    /// A finding about a class of children: nothing where there are none.
    pub(super) fn finding(
        &mut self,
        kind: Kind,
        programs: Vec<usize>,
        at: Option<At>,
        class: Class,
        spoken_of: Class,
        sentence: impl Fn(&str) -> String,
    ) -> Option<Finding> {
        let by_now = self.known.everybody_by_now();
        let [class, spoken_of] = [class, spoken_of].map(|those| self.known.both(those, by_now));
        if self.known.is_nobody(class) {
            return None;
        }
        let kinds = self.known.kinds(class, spoken_of);
        let text = sentence(&children(self.program(), self.anybody, kinds.as_deref()));
        let child = self.example(class).map(|answers| raw(self.program(), &answers));
        let share = (!self.population.is_empty()).then(|| self.share(class, spoken_of));
        Some(Finding { kind, programs, text, child, after: None, as_of: self.day, at, declared: None, share })
    }

    fn share(&self, class: Class, spoken_of: Class) -> Share {
        let mut share = Share::default();
        for child in self.population {
            // The same child, as old as it is on the day.
            let child = &Child { as_of: self.day, ..child.clone() };
            if self.known.holds(spoken_of, child) != Truth::No {
                share.of += 1;
                share.count(self.known.holds(class, child));
            }
        }
        share
    }

    /// The fewest answers of a child in a class.
    pub(super) fn example(&mut self, class: Class) -> Option<Answers> {
        let by_now = self.known.everybody_by_now();
        let class = self.known.both(class, by_now);
        Some(answers(self.program(), &self.known.somebody(class)?))
    }
}

/// Who leads a child of whom everything is known, by the plain evaluator: nothing of the diagrams is read.
#[must_use]
pub fn led_plainly(program: &Program, child: &Child) -> (LeadStatus, Option<Target>) {
    let slots = evaluate(program, child);
    let in_force = |pathway: usize| program.pathways[pathway].in_force(child.as_of);
    for candidate in candidates(program, in_force, None) {
        let outcome = candidate.node.map_or(Outcomes::MET, |node| slots[node.0 as usize]);
        match outcome {
            Outcomes::MET => return (candidate.status, Some(candidate.target)),
            Outcomes::AGENCY => return (LeadStatus::Review, Some(candidate.target)),
            _ => {}
        }
    }
    (LeadStatus::Fallback, None)
}
