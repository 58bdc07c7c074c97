//! One version on a day: of everything that is shown, the classes of children for whom it has each of its values.

use super::joint::Side;
use super::shown::Values;
use crate::diagram::{Class, Known};
use crate::program::{NodeId, Program};
use crate::route::{Candidate, LeadStatus, candidates, coordinates_families};
use crate::value::{Date, Outcomes};
use crate::vocabulary::{Benefit, Deference, Financing, Target, together};

/// One of the two versions, on a day.
pub(super) struct Version<'v> {
    pub(super) program: &'v Program,
    side: &'v Side,
    day: Date,
    /// Who leads, each with whom.
    pub(super) leads: Values,
    /// Of each target that can lead, whom.
    led: Vec<(Target, Class)>,
    /// Programs that coordinate and can be received, the first that leads first.
    received: Vec<usize>,
}

impl<'v> Version<'v> {
    pub(super) fn new(program: &'v Program, side: &'v Side, day: Date, known: &mut Known<'_>) -> Self {
        let all = candidates(program, |pathway| program.pathways[pathway].in_force(day), None);
        let nodes: Vec<(Target, Option<NodeId>)> =
            all.iter().map(|one| (one.target, one.node.map(|node| side.node(node)))).collect();
        let classes = known.led_by(&nodes);
        let mut left = known.everybody();
        let mut leads: Values = Vec::new();
        let mut led: Vec<(Target, Class)> = Vec::new();
        for (Candidate { target, status, .. }, [surely, perhaps]) in all.iter().zip(classes) {
            // Where an agency keeps the lead open, the first that may lead is named.
            for (class, status) in [(surely, *status), (perhaps, LeadStatus::Review)] {
                let own = known.both(left, class);
                left = known.except(left, class);
                if known.is_nobody(own) {
                    continue;
                }
                let name = format!("{} {}", id_of(program, *target), status.as_str());
                join(&mut leads, name, own, known);
                match led.iter_mut().find(|(other, _)| other == target) {
                    Some((_, all)) => *all = known.either(*all, own),
                    None => led.push((*target, own)),
                }
            }
        }
        let received = all.iter().filter(|one| one.status == LeadStatus::Receiving);
        let received = received.filter_map(|one| match one.target {
            Target::Program(pathway) => Some(pathway),
            Target::Contact(_) => None,
        });
        let received = received.collect();
        Self { program, side, day, leads, led, received }
    }

    pub(super) fn in_force(&self, id: &str) -> Option<usize> {
        let index = self.program.pathway(id)?;
        self.program.pathways[index].in_force(self.day).then_some(index)
    }

    fn outcomes(&self, node: NodeId, known: &mut Known<'_>) -> Values {
        let node = self.side.node(node);
        let ways =
            [("eligible", Outcomes::MET), ("ineligible", Outcomes::NOT_MET), ("review", Outcomes::AGENCY)];
        ways.map(|(word, outcome)| (word.to_owned(), known.who(node, |found| found == outcome))).into()
    }

    pub(super) fn decision(&self, id: &str, known: &mut Known<'_>) -> Values {
        match (self.program.pathway(id), self.in_force(id)) {
            (None, _) => Vec::new(),
            (Some(_), None) => vec![("ineligible".to_owned(), known.everybody())],
            (_, Some(index)) => self.outcomes(self.program.pathways[index].eligible, known),
        }
    }

    pub(super) fn benefit(&self, id: &str, benefit: &str, known: &mut Known<'_>) -> Values {
        let Some(index) = self.program.pathway(id) else { return Vec::new() };
        let benefits = &self.program.pathways[index].benefits;
        let Some(own) = benefits.iter().find(|own| own.id == benefit) else { return Vec::new() };
        match self.in_force(id) {
            None => vec![("ineligible".to_owned(), known.everybody())],
            Some(_) => self.outcomes(own.eligible, known),
        }
    }

    fn received_class(&self, pathway: usize, known: &mut Known<'_>) -> Class {
        let own = &self.program.pathways[pathway];
        match own.receiving.filter(|_| own.in_force(self.day)) {
            Some(node) => known.who(self.side.node(node), |outcomes| outcomes == Outcomes::MET),
            None => known.nobody(),
        }
    }

    pub(super) fn received(&self, id: &str, known: &mut Known<'_>) -> Values {
        let Some(index) = self.in_force(id) else { return Vec::new() };
        vec![("yes".to_owned(), self.received_class(index, known))]
    }

    /// Whom to call first, told of those who are led alike: whoever is received, whoever surely fits, whoever may fit.
    pub(super) fn contact_first(&self, told: Class, known: &mut Known<'_>) -> Values {
        let mut left = told;
        let mut found: Values = Vec::new();
        let received = LeadStatus::Receiving.as_str();
        for (name, class) in &self.leads {
            if let Some((leader, status)) = name.split_once(' ')
                && status == received
            {
                let class = known.both(left, *class);
                left = known.except(left, class);
                join(&mut found, leader.to_owned(), class, known);
            }
        }
        for outcome in [Outcomes::MET, Outcomes::AGENCY] {
            for own in self.program.route.lead.iter().map(|index| &self.program.pathways[*index]) {
                if own.in_force(self.day) {
                    let class = known.who(self.side.node(own.eligible), |found| found == outcome);
                    let class = known.both(left, class);
                    left = known.except(left, class);
                    join(&mut found, own.id.clone(), class, known);
                }
            }
        }
        if let Some(contact) = self.program.route.otherwise {
            join(&mut found, id_of(self.program, Target::Contact(contact)), left, known);
        }
        found
    }

    /// Those who are told who pays for a program: it leads, or is not surely closed to them.
    pub(super) fn told_who_pays(&self, id: &str, known: &mut Known<'_>) -> Class {
        let Some(index) = self.in_force(id) else { return known.nobody() };
        let node = self.side.node(self.program.pathways[index].eligible);
        let open = known.who(node, |outcomes| outcomes != Outcomes::NOT_MET);
        let leads = self.led.iter().find(|(target, _)| *target == Target::Program(index));
        leads.map_or(open, |(_, led)| known.either(open, *led))
    }

    pub(super) fn own_benefit(&self, id: &str, benefit: &str) -> Option<&'v Benefit<NodeId>> {
        let own = &self.program.pathways[self.in_force(id)?];
        own.benefits.iter().find(|own| own.id == benefit)
    }

    /// Those whom a benefit is not surely closed to.
    pub(super) fn open_benefit(&self, id: &str, benefit: &str, known: &mut Known<'_>) -> Class {
        match self.own_benefit(id, benefit) {
            Some(own) => known.who(self.side.node(own.eligible), |outcomes| outcomes != Outcomes::NOT_MET),
            None => known.nobody(),
        }
    }

    /// Who pays, told of those who are told so in both versions: that one of them alone tells it follows from what it
    /// decides.
    pub(super) fn payer(
        &self,
        financing: Option<&Vec<Financing<NodeId>>>,
        told: [Class; 2],
        known: &mut Known<'_>,
    ) -> Values {
        let everybody = known.everybody();
        let mut left = known.both(told[0], told[1]);
        let mut found: Values = vec![("not told".to_owned(), known.except(everybody, left))];
        for own in financing.into_iter().flatten() {
            let Financing { when, negated, .. } = own;
            let pays = match when {
                None => left,
                Some(when) => {
                    let wanted = if *negated { Outcomes::NOT_MET } else { Outcomes::MET };
                    let class = known.who(self.side.node(*when), |outcomes| outcomes == wanted);
                    known.both(left, class)
                }
            };
            left = known.except(left, pays);
            let payers = together(own, financing.map_or(&[], Vec::as_slice));
            let ids: Vec<&str> =
                payers.iter().map(|payer| self.program.terms.payers[*payer].id.as_str()).collect();
            join(&mut found, ids.join(", "), pays, known);
        }
        found
    }

    pub(super) fn alongside(&self, id: &str, known: &mut Known<'_>) -> Values {
        let program = self.program;
        let Some(target) =
            program.route.alongside.iter().copied().find(|target| id_of(program, *target) == id)
        else {
            return Vec::new();
        };
        let mut class = known.nobody();
        for (leader, led) in &self.led {
            let remains = match (target, *leader) {
                (own, leader) if own == leader => false,
                (Target::Program(own), Target::Program(leader)) => {
                    let offers = &program.pathways[leader].offers;
                    program.pathways[own].offers.iter().any(|offer| !offers.contains(offer))
                }
                _ => true,
            };
            if remains {
                class = known.either(class, *led);
            }
        }
        if let Target::Program(own) = target {
            let fits = match program.pathways[own].in_force(self.day) {
                true => {
                    let node = self.side.node(program.pathways[own].eligible);
                    known.who(node, |outcomes| outcomes == Outcomes::MET)
                }
                false => known.nobody(),
            };
            class = known.both(class, fits);
        }
        vec![("listed".to_owned(), class)]
    }

    /// Where a program coordinates, or would, beside another that coordinates already.
    pub(super) fn duplicate(&self, id: &str, known: &mut Known<'_>) -> Values {
        let program = self.program;
        let Some(index) = self.in_force(id) else { return Vec::new() };
        let own = &program.pathways[index];
        let coordinates = coordinates_families(program, index);
        let received = self.received_class(index, known);
        // The first that is received leads; whoever comes after it and does not work along with it is one too many.
        let mut before = known.everybody();
        let mut too_many = known.nobody();
        for &candidate in &self.received {
            if candidate == index {
                break;
            }
            let class = self.received_class(candidate, known);
            let first = known.both(before, class);
            before = known.except(before, class);
            if coordinates && !program.work_together(candidate, index) {
                let both = known.both(first, received);
                too_many = known.either(too_many, both);
            }
        }
        let mut others = known.nobody();
        for other in (0..program.pathways.len()).filter(|other| *other != index) {
            let deferred = match &own.defers_to {
                Some(Deference::AnyReceived(offer)) => {
                    program.pathways[other].offers.contains(offer) && !program.work_together(index, other)
                }
                Some(Deference::Programs(programs)) => programs.contains(&other),
                None => false,
            };
            if deferred {
                let class = self.received_class(other, known);
                others = known.either(others, class);
            }
        }
        let mut not_needed = known.nobody();
        if !own.for_professionals {
            let fits = known.who(self.side.node(own.eligible), |outcomes| outcomes != Outcomes::NOT_MET);
            not_needed = known.both(fits, others);
            if coordinates {
                not_needed = known.except(not_needed, received);
            }
        }
        vec![("received".to_owned(), too_many), ("not_needed".to_owned(), not_needed)]
    }
}

fn join(values: &mut Values, name: String, class: Class, known: &mut Known<'_>) {
    match values.iter_mut().find(|(known, _)| *known == name) {
        Some((_, all)) => *all = known.either(*all, class),
        None => values.push((name, class)),
    }
}

pub(super) fn id_of(program: &Program, target: Target) -> String {
    match target {
        Target::Program(pathway) => program.pathways[pathway].id.clone(),
        Target::Contact(contact) => program.contacts[contact].id.clone(),
    }
}
