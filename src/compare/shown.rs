//! What a family is shown, one thing after the other, and the classes of children for whom it differs between two versions.

use super::Outcome;
use super::joint::{Joint, Side};
use crate::diagram::{Class, Known};
use crate::program::{NodeId, Program};
use crate::route::{Candidate, LeadStatus, Standing, candidates, coordinates_families};
use crate::value::{Date, Lang, Outcomes, Truth};
use crate::vocabulary::{Deference, Financing, Target};

/// One thing that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aspect {
    /// Who leads, and on what ground.
    Lead,
    /// The decision of a program.
    Decision(String),
    /// The decision of a benefit.
    Benefit(String),
    /// Whether a program is received.
    Receiving(String),
    /// Whether somebody is listed beside the lead.
    Alongside(String),
    /// Whether a program is one too many.
    Duplicate(String),
    /// Who pays for a program.
    Payer(String),
}

/// For whom one thing moves from what it was to what it is.
pub(super) type Moves = Vec<([String; 2], Class)>;

/// Of one version, the classes of children for whom something has each of its values.
type Values = Vec<(String, Class)>;

/// Everything shown that differs for anybody, the lead first.
pub(super) fn aspects(
    joint: &Joint,
    versions: [&Program; 2],
    day: Date,
    known: &mut Known<'_>,
) -> Vec<(Aspect, Moves)> {
    let mut versions = [0, 1].map(|index| Version::new(versions[index], &joint.sides[index], day, known));
    let mut found = Vec::new();
    let mut add = |aspect: Aspect, values: [Values; 2], absent: &str, known: &mut Known<'_>| {
        let moves = moves(values, absent, known);
        if !moves.is_empty() {
            found.push((aspect, moves));
        }
    };
    let leads = [0, 1].map(|index| versions[index].leads.clone());
    add(Aspect::Lead, leads, "nobody", known);
    let mut names: Vec<String> = Vec::new();
    for version in &versions {
        let own = version.program.pathways.iter().map(|pathway| pathway.id.clone());
        names.extend(own.filter(|id| !names.contains(id)).collect::<Vec<_>>());
    }
    for id in &names {
        let values = versions.each_mut().map(|version| version.decision(id, known));
        add(Aspect::Decision(id.clone()), values, "no such program", known);
        let values = versions.each_mut().map(|version| version.received(id, known));
        add(Aspect::Receiving(id.clone()), values, "no", known);
        // Who is told who pays in one version alone is told so by the decision.
        let told = versions.each_mut().map(|version| version.not_out(id, known));
        let told = known.both(told[0], told[1]);
        let values = versions.each_mut().map(|version| version.payer(id, told, known));
        add(Aspect::Payer(id.clone()), values, "nobody", known);
        let values = versions.each_mut().map(|version| version.duplicate(id, known));
        add(Aspect::Duplicate(id.clone()), values, "no", known);
    }
    let mut benefits: Vec<(String, String)> = Vec::new();
    let mut listed: Vec<String> = Vec::new();
    for version in &versions {
        for pathway in &version.program.pathways {
            let own = pathway.benefits.iter().map(|benefit| (pathway.id.clone(), benefit.id.clone()));
            benefits.extend(own.filter(|one| !benefits.contains(one)).collect::<Vec<_>>());
        }
        let own = version.program.route.alongside.iter().map(|target| id_of(version.program, *target));
        listed.extend(own.filter(|one| !listed.contains(one)).collect::<Vec<_>>());
    }
    for (id, benefit) in &benefits {
        let values = versions.each_mut().map(|version| version.benefit(id, benefit, known));
        add(Aspect::Benefit(format!("{id}.{benefit}")), values, "no such benefit", known);
    }
    for id in &listed {
        let values = versions.each_mut().map(|version| version.alongside(id, known));
        add(Aspect::Alongside(id.clone()), values, "not listed", known);
    }
    found
}

/// From each value of the one version to each other value of the other.
fn moves(mut values: [Values; 2], absent: &str, known: &mut Known<'_>) -> Moves {
    let everybody = known.everybody();
    for values in &mut values {
        let told = values.iter().fold(everybody, |left, (_, class)| known.except(left, *class));
        if !known.is_nobody(told) {
            values.push((absent.to_owned(), told));
        }
    }
    let [old, new] = values;
    let mut found = Vec::new();
    for (before, was) in &old {
        for (after, is) in &new {
            if before != after {
                let class = known.both(*was, *is);
                if !known.is_nobody(class) {
                    found.push(([before.clone(), after.clone()], class));
                }
            }
        }
    }
    found
}

/// One of the two versions, on a day.
struct Version<'v> {
    program: &'v Program,
    side: &'v Side,
    day: Date,
    /// Who leads, each with whom.
    leads: Values,
    /// Of each target that can lead, whom.
    led: Vec<(Target, Class)>,
}

impl<'v> Version<'v> {
    fn new(program: &'v Program, side: &'v Side, day: Date, known: &mut Known<'_>) -> Self {
        let standing =
            |in_force: bool| Standing { in_force, eligible: Outcomes::NONE, receiving: Truth::Unknown };
        let standings: Vec<Standing> =
            program.pathways.iter().map(|pathway| standing(pathway.in_force(day))).collect();
        let all = candidates(program, &standings, None);
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
                let name = format!("{} {}", id_of(program, *target), word(status));
                join(&mut leads, name, own, known);
                match led.iter_mut().find(|(other, _)| other == target) {
                    Some((_, all)) => *all = known.either(*all, own),
                    None => led.push((*target, own)),
                }
            }
        }
        Self { program, side, day, leads, led }
    }

    fn in_force(&self, id: &str) -> Option<usize> {
        let index = self.program.pathway(id)?;
        self.program.pathways[index].in_force(self.day).then_some(index)
    }

    fn outcomes(&self, node: NodeId, known: &mut Known<'_>) -> Values {
        let node = self.side.node(node);
        let ways =
            [("eligible", Outcomes::MET), ("ineligible", Outcomes::NOT_MET), ("review", Outcomes::AGENCY)];
        ways.map(|(word, outcome)| (word.to_owned(), known.who(node, |found| found == outcome))).into()
    }

    fn decision(&self, id: &str, known: &mut Known<'_>) -> Values {
        match (self.program.pathway(id), self.in_force(id)) {
            (None, _) => Vec::new(),
            (Some(_), None) => vec![("ineligible".to_owned(), known.everybody())],
            (_, Some(index)) => self.outcomes(self.program.pathways[index].eligible, known),
        }
    }

    fn benefit(&self, id: &str, benefit: &str, known: &mut Known<'_>) -> Values {
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
            None => nobody(known),
        }
    }

    fn received(&self, id: &str, known: &mut Known<'_>) -> Values {
        let Some(index) = self.in_force(id) else { return Vec::new() };
        vec![("yes".to_owned(), self.received_class(index, known))]
    }

    /// Those whom a program is not surely closed to.
    fn not_out(&self, id: &str, known: &mut Known<'_>) -> Class {
        match self.in_force(id) {
            Some(index) => {
                let node = self.side.node(self.program.pathways[index].eligible);
                known.who(node, |outcomes| outcomes != Outcomes::NOT_MET)
            }
            None => nobody(known),
        }
    }

    /// Who pays, told of some children.
    fn payer(&self, id: &str, told: Class, known: &mut Known<'_>) -> Values {
        let everybody = known.everybody();
        let others = ("not told".to_owned(), known.except(everybody, told));
        let Some(index) = self.in_force(id) else { return vec![others] };
        let own = &self.program.pathways[index];
        let mut left = told;
        let mut found: Values = vec![others];
        for Financing { payer, when, negated, .. } in &own.financing {
            let pays = match when {
                None => left,
                Some(when) => {
                    let wanted = if *negated { Outcomes::NOT_MET } else { Outcomes::MET };
                    let class = known.who(self.side.node(*when), |outcomes| outcomes == wanted);
                    known.both(left, class)
                }
            };
            left = known.except(left, pays);
            join(&mut found, self.program.terms.payers[*payer].id.clone(), pays, known);
            // Several may pay for different things; the first named is the child's.
            if when.is_none() {
                break;
            }
        }
        found
    }

    fn alongside(&self, id: &str, known: &mut Known<'_>) -> Values {
        let program = self.program;
        let Some(target) =
            program.route.alongside.iter().copied().find(|target| id_of(program, *target) == id)
        else {
            return Vec::new();
        };
        let mut class = nobody(known);
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
                false => nobody(known),
            };
            class = known.both(class, fits);
        }
        vec![("listed".to_owned(), class)]
    }

    /// Where a program coordinates, or would, beside another that coordinates already.
    fn duplicate(&self, id: &str, known: &mut Known<'_>) -> Values {
        let program = self.program;
        let Some(index) = self.in_force(id) else { return Vec::new() };
        let own = &program.pathways[index];
        let coordinates = coordinates_families(program, index);
        let received = self.received_class(index, known);
        // The first that is received leads; whoever comes after it and does not work along with it is one too many.
        let mut before = known.everybody();
        let mut too_many = nobody(known);
        for candidate in self.received_in_order() {
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
        let mut others = nobody(known);
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
        let mut not_needed = nobody(known);
        if !own.for_professionals {
            let fits = known.who(self.side.node(own.eligible), |outcomes| outcomes != Outcomes::NOT_MET);
            not_needed = known.both(fits, others);
            if coordinates {
                not_needed = known.except(not_needed, received);
            }
        }
        vec![("received".to_owned(), too_many), ("not_needed".to_owned(), not_needed)]
    }

    /// Programs that coordinate and can be received, the first that leads first.
    fn received_in_order(&self) -> Vec<usize> {
        let standing = Standing { in_force: true, eligible: Outcomes::NONE, receiving: Truth::Unknown };
        let standings: Vec<Standing> = self
            .program
            .pathways
            .iter()
            .map(|pathway| Standing { in_force: pathway.in_force(self.day), ..standing })
            .collect();
        let all = candidates(self.program, &standings, None).into_iter();
        let received = all.filter(|one| one.status == LeadStatus::Receiving);
        received
            .filter_map(|one| match one.target {
                Target::Program(pathway) => Some(pathway),
                Target::Contact(_) => None,
            })
            .collect()
    }
}

fn nobody(known: &mut Known<'_>) -> Class {
    let everybody = known.everybody();
    known.except(everybody, everybody)
}

fn join(values: &mut Values, name: String, class: Class, known: &mut Known<'_>) {
    match values.iter_mut().find(|(known, _)| *known == name) {
        Some((_, all)) => *all = known.either(*all, class),
        None => values.push((name, class)),
    }
}

fn id_of(program: &Program, target: Target) -> String {
    match target {
        Target::Program(pathway) => program.pathways[pathway].id.clone(),
        Target::Contact(contact) => program.contacts[contact].id.clone(),
    }
}

fn word(status: LeadStatus) -> &'static str {
    match status {
        LeadStatus::Receiving => "receiving",
        LeadStatus::Eligible => "eligible",
        LeadStatus::Review => "review",
        LeadStatus::Fallback => "fallback",
        LeadStatus::Undetermined => "undetermined",
    }
}

impl Aspect {
    /// Puts what it is into what is shown.
    pub(super) fn put(&self, outcome: &mut Outcome, value: &str) {
        let (map, id) = match self {
            Self::Lead => {
                let (lead, status) = value.split_once(' ').unwrap_or((value, ""));
                outcome.lead = Some(lead.to_owned());
                outcome.status = Some(status.to_owned());
                return;
            }
            Self::Decision(id) => (&mut outcome.decisions, id),
            Self::Benefit(id) => (&mut outcome.benefits, id),
            Self::Receiving(id) => (&mut outcome.receiving, id),
            Self::Alongside(id) => (&mut outcome.alongside, id),
            Self::Duplicate(id) => (&mut outcome.duplicates, id),
            Self::Payer(id) => (&mut outcome.payers, id),
        };
        map.insert(id.clone(), value.to_owned());
    }

    /// What changes, as part of a sentence.
    pub(super) fn in_words(&self, versions: [&Program; 2], [before, after]: &[String; 2]) -> String {
        let name = |id: &str| {
            let known = |program: &&Program| {
                let pathway = program.pathways.iter().find(|pathway| pathway.id == id);
                let contact = program.contacts.iter().find(|contact| contact.id == id);
                pathway.map(|own| &own.name).or(contact.map(|own| &own.name)).cloned()
            };
            let words = versions.iter().rev().find_map(known);
            words.map_or_else(|| id.to_owned(), |words| words.get(Lang::En).to_owned())
        };
        match self {
            Self::Lead => {
                let (old, was) = before.split_once(' ').unwrap_or((before, ""));
                let (new, is) = after.split_once(' ').unwrap_or((after, ""));
                match old == new {
                    true => format!("{} leads as before, now with status {is} instead of {was}", name(new)),
                    false => format!("{} leads instead of {}", name(new), name(old)),
                }
            }
            Self::Decision(id) => match (before.as_str(), after.as_str()) {
                ("no such program", after) => format!("{} is new: {after}", name(id)),
                (before, "no such program") => format!("{} is gone: it was {before}", name(id)),
                _ => format!("{} turns from {before} to {after}", name(id)),
            },
            Self::Benefit(id) => format!("the benefit `{id}` turns from {before} to {after}"),
            Self::Receiving(id) => match after.as_str() {
                "yes" => format!("{} counts as received", name(id)),
                _ => format!("{} no longer counts as received", name(id)),
            },
            Self::Alongside(id) => match after.as_str() {
                "listed" => format!("{} is listed beside the lead", name(id)),
                _ => format!("{} is no longer listed beside the lead", name(id)),
            },
            Self::Duplicate(id) => match after.as_str() {
                "no" => format!("{} is no longer called one too many", name(id)),
                "received" => format!("{} is called one too many, since two coordinate in fact", name(id)),
                _ => format!("{} is called not needed beside another", name(id)),
            },
            Self::Payer(id) => format!("{after} pays for {} instead of {before}", name(id)),
        }
    }
}
