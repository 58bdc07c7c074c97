//! Who leads, who pays, what is one too many: the route as the language's reference tells it, on complete children; and
//! what is shown once several of them are possible.

use super::Mask;
use super::worlds::{FIRST_BENEFIT, PER_PROGRAM, Worlds, in_force};
use carepath::program::{NodeId, Program};
use carepath::value::Date;
use carepath::vocabulary::{Deference, Financing, Related, RelationKind, Target};

/// One way the lead can come out, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) target: Target,
    pub(crate) status: &'static str,
}

impl Candidate {
    /// Whether it leads unless one before it does.
    pub(crate) fn leads(self, eligible: &[Vec<bool>], receiving: &[Vec<bool>], judged: usize) -> bool {
        match (self.target, self.status) {
            (Target::Program(pathway), "receiving") => receiving[pathway][judged],
            (Target::Program(pathway), _) => eligible[pathway][judged],
            (Target::Contact(_), _) => true,
        }
    }
}

/// Lead order, then alongside order, then file order.
fn ranked(program: &Program) -> Vec<usize> {
    let mut order = program.route.lead.clone();
    order.extend(program.route.alongside.iter().filter_map(|target| match target {
        Target::Program(pathway) => Some(*pathway),
        Target::Contact(_) => None,
    }));
    order.extend(0..program.pathways.len());
    let mut once = Vec::new();
    order.into_iter().for_each(|pathway| {
        if !once.contains(&pathway) {
            once.push(pathway);
        }
    });
    once
}

/// Whether it coordinates for families.
fn coordinates(program: &Program, pathway: usize) -> bool {
    let own = &program.pathways[pathway];
    !own.for_professionals && own.offers.iter().any(|offer| program.terms.offers[*offer].coordinates)
}

/// Whether one of two programs says that it supplements the other or is a part of it.
fn together(program: &Program, one: usize, other: usize) -> bool {
    let says = |from: usize, to: usize| {
        program.pathways[from].relations.iter().any(|relation| {
            [RelationKind::Supplements, RelationKind::Within].contains(&relation.kind)
                && relation.to == Related::Program(to)
        })
    };
    says(one, other) || says(other, one)
}

/// Everybody who can lead: who is received and coordinates, who fits, who is there for everyone.
pub(crate) fn candidates(program: &Program, day: Date) -> Vec<Candidate> {
    let program_as = |status| move |pathway| Candidate { target: Target::Program(pathway), status };
    let received = ranked(program).into_iter().filter(|pathway| {
        in_force(program, *pathway, day)
            && coordinates(program, *pathway)
            && program.pathways[*pathway].receiving.is_some()
    });
    let fitting = program.route.lead.iter().copied().filter(|pathway| in_force(program, *pathway, day));
    let contact = program
        .route
        .otherwise
        .map(|contact| Candidate { target: Target::Contact(contact), status: "fallback" });
    received.map(program_as("receiving")).chain(fitting.map(program_as("eligible"))).chain(contact).collect()
}

/// Who pays in one world; nobody if that is not said, or if it hangs on a judgment.
pub(crate) fn payer(program: &Program, pathway: usize, holds: impl Fn(NodeId) -> Vec<bool>) -> Option<usize> {
    payer_of(&program.pathways[pathway].financing, holds)
}

/// The same of a program's financing, or of a benefit's.
pub(crate) fn payer_of(
    financing: &[Financing<NodeId>],
    holds: impl Fn(NodeId) -> Vec<bool>,
) -> Option<usize> {
    financing.iter().find_map(|financing| {
        let pays = financing.when.is_none_or(|when| {
            let held = holds(when);
            held.iter().all(|held| *held != financing.negated)
        });
        pays.then_some(financing.payer)
    })
}

/// Whether a program coordinates beside a better one, both received; and whether it would fit, were it not for one that is
/// received and that it defers to. What an agency judges counts as favorable.
pub(crate) fn waived(
    program: &Program,
    pathway: usize,
    day: Date,
    eligible: &[Vec<bool>],
    receiving: &[Vec<bool>],
) -> (bool, bool) {
    let received = |pathway: &usize| receiving[*pathway].contains(&true);
    let coordinator =
        ranked(program).into_iter().find(|other| received(other) && coordinates(program, *other));
    let beside = received(&pathway)
        && coordinates(program, pathway)
        && coordinator.is_some_and(|first| first != pathway && !together(program, first, pathway));
    let told = in_force(program, pathway, day) && !program.pathways[pathway].for_professionals;
    let fits = told && eligible[pathway].contains(&true);
    let given = match &program.pathways[pathway].defers_to {
        None => false,
        Some(Deference::AnyReceived(offer)) => (0..program.pathways.len()).any(|other| {
            other != pathway
                && received(&other)
                && program.pathways[other].offers.contains(offer)
                && !together(program, pathway, other)
        }),
        Some(Deference::Programs(others)) => others.iter().any(received),
    };
    (beside, fits && given)
}

/// What a family is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) decisions: Vec<&'static str>,
    /// The decisions of each program's benefits.
    pub(crate) benefits: Vec<Vec<&'static str>>,
    pub(crate) receiving: Vec<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) lead: Option<String>,
    /// Who may lead; in route order.
    pub(crate) possible: Vec<String>,
    /// Who pays for the lead, by index.
    pub(crate) payer: Option<usize>,
    pub(crate) alongside: Vec<String>,
    pub(crate) duplicates: Vec<(String, &'static str)>,
    pub(crate) contact_first: Option<String>,
}

impl Worlds<'_> {
    /// What is shown where any of these outcomes may come about.
    pub(crate) fn shown(&self, mask: Mask) -> Shown {
        let program = self.program;
        let three = |index: usize, at: usize| mask >> (index * PER_PROGRAM + at) & 7;
        let sure = |index: usize, at: usize| mask >> (index * PER_PROGRAM + at) & 3 == 2;
        let decision = |index: usize, at: usize| match three(index, at) {
            1 => "eligible",
            2 => "ineligible",
            4 => "review",
            _ => "undetermined",
        };
        let decisions: Vec<&'static str> =
            (0..program.pathways.len()).map(|index| decision(index, 0)).collect();
        let benefits = program.pathways.iter().enumerate().map(|(index, pathway)| {
            let own = 0..pathway.benefits.len();
            own.map(|benefit| decision(index, FIRST_BENEFIT + 3 * benefit)).collect()
        });
        let benefits = benefits.collect();
        let receiving: Vec<&'static str> = (0..program.pathways.len())
            .map(|index| match three(index, 3) {
                1 => "yes",
                2 => "no",
                _ => "unknown",
            })
            .collect();
        let first_way = program.pathways.len() * PER_PROGRAM;
        let ways: Vec<u64> = (0..self.ways.len())
            .filter(|way| mask >> (first_way + way) & 1 == 1)
            .map(|way| self.ways[way])
            .collect();
        let any = ways.iter().fold(0, |any, way| any | way);
        let may: Vec<Candidate> = (0..self.candidates.len())
            .filter(|candidate| any >> candidate & 1 == 1)
            .map(|candidate| self.candidates[candidate])
            .collect();
        let rank = |target: &Target| match target {
            Target::Program(pathway) => ranked(program).iter().position(|other| other == pathway),
            Target::Contact(_) => Some(usize::MAX),
        };
        let mut possible: Vec<Target> = Vec::new();
        may.iter().for_each(|candidate| {
            if !possible.contains(&candidate.target) {
                possible.push(candidate.target);
            }
        });
        possible.sort_by_key(rank);
        let same = may.iter().all(|candidate| candidate.status == may[0].status);
        let (status, lead) = match (possible.as_slice(), ways.len()) {
            ([only], _) if same => (may[0].status, Some(*only)),
            (_, 1) => ("review", Some(may[0].target)),
            ([only], _) => ("undetermined", Some(*only)),
            _ => ("undetermined", None),
        };
        let id = |target: Target| match target {
            Target::Program(pathway) => program.pathways[pathway].id.clone(),
            Target::Contact(contact) => program.contacts[contact].id.clone(),
        };
        let payer = match lead {
            Some(Target::Program(pathway)) => match three(pathway, 6) {
                1 => Some(0),
                2 => Some(1),
                _ => None,
            },
            _ => None,
        };
        let offers = |pathway: usize| &program.pathways[pathway].offers;
        let alongside = program.route.alongside.iter().copied().filter(|target| match (target, lead) {
            (target, Some(lead)) if *target == lead => false,
            (Target::Contact(_), _) => true,
            (Target::Program(own), Some(Target::Program(lead))) => {
                decisions[*own] == "eligible"
                    && offers(*own).iter().any(|offer| !offers(lead).contains(offer))
            }
            (Target::Program(own), _) => decisions[*own] == "eligible",
        });
        let alongside = alongside.map(id).collect();
        let mut duplicates = Vec::new();
        for (index, pathway) in program.pathways.iter().enumerate() {
            if sure(index, 9) {
                duplicates.push((pathway.id.clone(), "received"));
            } else if sure(index, 11) && !(receiving[index] == "yes" && coordinates(program, index)) {
                duplicates.push((pathway.id.clone(), "not_needed"));
            }
        }
        let contact_first = self.contact_first(status, lead, &decisions, &receiving).map(id);
        let possible = possible.into_iter().map(id).collect();
        Shown {
            decisions,
            benefits,
            receiving,
            status,
            lead: lead.map(id),
            possible,
            payer,
            alongside,
            duplicates,
            contact_first,
        }
    }

    /// Whom to call in any case.
    fn contact_first(
        &self,
        status: &str,
        lead: Option<Target>,
        decisions: &[&str],
        receiving: &[&str],
    ) -> Option<Target> {
        if status == "receiving" {
            return lead;
        }
        let program = self.program;
        // Who surely coordinates already is called before anybody who might.
        let now = |pathway: &usize| receiving[*pathway] == "yes" && coordinates(program, *pathway);
        if let Some(pathway) = ranked(program).into_iter().find(now) {
            return Some(Target::Program(pathway));
        }
        let first = |decision: &str| {
            let mut order = program.route.lead.iter().copied();
            order.find(|pathway| decisions[*pathway] == decision).map(Target::Program)
        };
        first("eligible")
            .or_else(|| first("review"))
            .or_else(|| first("undetermined"))
            .or(program.route.otherwise.map(Target::Contact))
    }

    /// The same outcomes shown are the same number: what of a mask a question may be asked for.
    pub(crate) fn key(&self, mask: Mask) -> Mask {
        let shown = self.shown(mask);
        let outcomes = mask & ((1 << (self.program.pathways.len() * PER_PROGRAM)) - 1);
        // What is for professionals is shown to no family.
        let told = |index: &usize| !self.program.pathways[*index].for_professionals;
        let per_program = |at: usize, width: usize| {
            (0..self.program.pathways.len())
                .filter(told)
                .map(|index| ((1 << width) - 1) << (index * PER_PROGRAM + at))
                .fold(0, |all: Mask, one: Mask| all | one)
        };
        // Decisions and receiving as they are; the payer of the lead alone; the lead as it is told.
        let benefits = per_program(FIRST_BENEFIT, PER_PROGRAM - FIRST_BENEFIT);
        let mut key = outcomes & (per_program(0, 6) | benefits);
        for (index, pathway) in self.program.pathways.iter().enumerate() {
            let base = index * PER_PROGRAM;
            if shown.possible.contains(&pathway.id) {
                key |= 1 << (base + 6);
            }
            if shown.lead.as_ref() == Some(&pathway.id) {
                key |= 1 << (base + 7);
            }
            if shown.duplicates.iter().any(|(id, _)| *id == pathway.id) {
                key |= 1 << (base + 8);
            }
        }
        let end = self.program.pathways.len() * PER_PROGRAM;
        let status = ["receiving", "eligible", "review", "fallback", "undetermined"]
            .iter()
            .position(|status| *status == shown.status)
            .unwrap();
        key |= (status as Mask) << end;
        key |= (shown.payer.map_or(0, |payer| payer as Mask + 1)) << (end + 3);
        let fallback = shown.possible.len()
            != shown.possible.iter().filter(|id| self.program.pathway(id).is_some()).count();
        key | Mask::from(fallback) << (end + 5)
    }
}
