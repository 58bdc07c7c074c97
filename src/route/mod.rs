//! Who leads: one named program or contact for every child, never a pile of coordinators, and never nobody.

mod complete;

pub use complete::Complete;

use crate::child::Child;
use crate::diagram::{Known, Leads};
use crate::program::{NodeId, Program};
use crate::value::{Outcome, Outcomes, Truth};
use crate::vocabulary::{Deference, Target};

/// How a child stands with one program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether the program is in force on the day.
    pub in_force: bool,
    /// What its criteria come to; surely not met outside its dates.
    pub eligible: Outcomes,
    /// Whether the child receives it.
    pub receiving: Truth,
}

impl LeadStatus {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Eligible => "eligible",
            Self::Review => "review",
            Self::Fallback => "fallback",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The lead, what complements it, and what coordinates twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// Who leads.
    pub lead: Lead,
    /// Who complements the lead.
    pub alongside: Vec<Target>,
    /// Who coordinates twice, or would.
    pub duplicates: Vec<Duplicate>,
}

/// Who leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// On what ground.
    pub status: LeadStatus,
    /// Who, once every completion agrees; with status review the first that may lead.
    pub leader: Option<Target>,
    /// While that is open: who may lead, in route order.
    pub possible: Vec<Target>,
    /// Whom to call in any case.
    pub contact_first: Option<Target>,
    /// Programs above that one which may still lead.
    pub ask_about: Vec<usize>,
    /// Programs that may be the first of those that coordinate now.
    pub coordinators: Vec<usize>,
}

/// On what ground a lead leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadStatus {
    /// The child receives it.
    Receiving,
    /// The child is eligible for it.
    Eligible,
    /// Only an agency can say.
    Review,
    /// No program leads.
    Fallback,
    /// Answers are missing.
    Undetermined,
}

/// A program that coordinates although another one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// The program.
    pub pathway: usize,
    /// In fact, or only if it were not for the other.
    pub kind: DuplicateKind,
    /// The program that coordinates already.
    pub beside: usize,
}

/// How a program coordinates twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicateKind {
    /// Both are received.
    Received,
    /// It would be open to the child, were it not for the other.
    NotNeeded,
}

/// How the child stands with every program, by its index.
#[must_use]
pub fn standings(program: &Program, child: &Child, slots: &[Outcomes]) -> Vec<Standing> {
    program
        .pathways
        .iter()
        .map(|pathway| {
            let in_force = pathway.in_force(child.as_of);
            let receiving = match pathway.receiving.map(|node| slots[node.0 as usize]) {
                Some(Outcomes::MET) if in_force => Truth::Yes,
                None | Some(Outcomes::NOT_MET | Outcomes::NONE) => Truth::No,
                Some(_) => {
                    if in_force {
                        Truth::Unknown
                    } else {
                        Truth::No
                    }
                }
            };
            let eligible = if in_force { slots[pathway.eligible.0 as usize] } else { Outcomes::NOT_MET };
            Standing { in_force, eligible, receiving }
        })
        .collect()
}

/// Who leads, who complements, who is one too many. Nothing if the rules are too tangled to say who may lead.
#[must_use]
pub fn route(program: &Program, known: &mut Known<'_>, standings: &[Standing]) -> Option<Routed> {
    let lead = lead(program, known, standings, None)?;
    let duplicates = duplicates(program, standings, &lead);
    let alongside = alongside(program, standings, &lead);
    Some(Routed { lead, alongside, duplicates })
}

/// One way the lead can come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who leads.
    pub target: Target,
    /// On what ground.
    pub status: LeadStatus,
    /// What has to be met for it; nothing for who is there for everyone.
    pub node: Option<NodeId>,
}

/// Everybody who can lead, best first: who is received, who fits, who is there for everyone; `except` takes a program out
/// of those that are received.
#[must_use]
pub fn candidates(
    program: &Program,
    in_force: impl Fn(usize) -> bool,
    except: Option<usize>,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for pathway in received_order(program) {
        let node = program.pathways[pathway].receiving;
        if node.is_some()
            && in_force(pathway)
            && coordinates_families(program, pathway)
            && except != Some(pathway)
        {
            candidates.push(Candidate {
                target: Target::Program(pathway),
                status: LeadStatus::Receiving,
                node,
            });
        }
    }
    for &pathway in program.route.lead.iter().filter(|pathway| in_force(**pathway)) {
        let node = Some(program.pathways[pathway].eligible);
        candidates.push(Candidate { target: Target::Program(pathway), status: LeadStatus::Eligible, node });
    }
    if let Some(contact) = program.route.otherwise {
        let target = Target::Contact(contact);
        candidates.push(Candidate { target, status: LeadStatus::Fallback, node: None });
    }
    candidates
}

/// Who leads; `except` takes a program out of those that are received.
#[must_use]
pub fn lead(
    program: &Program,
    known: &mut Known<'_>,
    standings: &[Standing],
    except: Option<usize>,
) -> Option<Lead> {
    let candidates = candidates(program, |pathway| standings[pathway].in_force, except);
    let nodes: Vec<Option<NodeId>> = candidates.iter().map(|candidate| candidate.node).collect();
    let Leads { ways } = known.leads(&nodes)?;
    let mut possible: Vec<Target> = Vec::new();
    for candidate in ways.iter().flatten() {
        if !possible.contains(&candidates[*candidate].target) {
            possible.push(candidates[*candidate].target);
        }
    }
    possible.sort_by_key(|target| rank(program, *target));
    let coordinating = ways.iter().flatten().map(|way| &candidates[*way]);
    let coordinators = coordinating
        .filter_map(|candidate| match (candidate.status, candidate.target) {
            (LeadStatus::Receiving, Target::Program(pathway)) => Some(pathway),
            _ => None,
        })
        .collect();
    let statuses: Vec<LeadStatus> = ways.iter().flatten().map(|way| candidates[*way].status).collect();
    let same_status = statuses.windows(2).all(|pair| pair[0] == pair[1]);
    let only_way = if ways.len() == 1 { ways.first() } else { None };
    let status = match (statuses.first(), only_way) {
        (None, _) => LeadStatus::Fallback,
        (Some(status), _) if possible.len() == 1 && same_status => *status,
        // With every answer in, who leads still hangs on an agency.
        (_, Some(way)) if way.len() > 1 => LeadStatus::Review,
        _ => LeadStatus::Undetermined,
    };
    let leader = match (possible.as_slice(), status, only_way) {
        ([only], ..) => Some(*only),
        (_, LeadStatus::Review, Some(way)) => way.first().map(|first| candidates[*first].target),
        _ => None,
    };
    let contact_first = contact_first(program, standings, status, leader, except);
    let ask_about = possible
        .iter()
        .take_while(|target| Some(**target) != contact_first)
        .filter_map(|target| match target {
            Target::Program(pathway) => Some(*pathway),
            Target::Contact(_) => None,
        })
        .collect();
    let settled = possible.len() == 1 && status != LeadStatus::Undetermined;
    Some(Lead {
        status,
        leader,
        possible: if settled { Vec::new() } else { possible },
        contact_first,
        ask_about,
        coordinators,
    })
}

/// Whom to call whatever is still open: never nobody, where the route names a contact for everyone.
fn contact_first(
    program: &Program,
    standings: &[Standing],
    status: LeadStatus,
    leader: Option<Target>,
    except: Option<usize>,
) -> Option<Target> {
    if status == LeadStatus::Receiving {
        return leader;
    }
    // Who surely coordinates already is called before anybody who might, even while a better one may turn up.
    let coordinates_now = |pathway: &usize| {
        standings[*pathway].receiving == Truth::Yes
            && coordinates_families(program, *pathway)
            && except != Some(*pathway)
    };
    if let Some(pathway) = received_order(program).into_iter().find(coordinates_now) {
        return Some(Target::Program(pathway));
    }
    let open_to_families = || program.route.lead.iter().copied();
    let first = |wanted: &dyn Fn(Outcomes) -> bool| {
        open_to_families()
            .find(|pathway| standings[*pathway].in_force && wanted(standings[*pathway].eligible))
    };
    first(&|eligible| eligible == Outcomes::MET)
        .or_else(|| first(&|eligible| eligible == Outcomes::AGENCY))
        .or_else(|| first(&|eligible| eligible.is_open()))
        .map(Target::Program)
        .or(program.route.otherwise.map(Target::Contact))
}

/// Whether a program coordinates care for families: one for professionals never leads a child.
#[must_use]
pub fn coordinates_families(program: &Program, pathway: usize) -> bool {
    program.coordinates(pathway) && !program.pathways[pathway].for_professionals
}

/// Lead order, then alongside order, then file order.
fn received_order(program: &Program) -> Vec<usize> {
    let mut order: Vec<usize> = (0..program.pathways.len()).collect();
    order.sort_by_key(|pathway| rank(program, Target::Program(*pathway)));
    order
}

fn rank(program: &Program, target: Target) -> (usize, usize) {
    let in_lead = match target {
        Target::Program(pathway) => program.route.lead.iter().position(|lead| *lead == pathway),
        Target::Contact(_) => None,
    };
    let alongside = program.route.alongside.iter().position(|other| *other == target);
    match (in_lead, alongside, target) {
        (Some(position), ..) => (0, position),
        (None, Some(position), _) => (1, position),
        (None, None, Target::Program(position)) => (2, position),
        (None, None, Target::Contact(position)) => (3, position),
    }
}

fn alongside(program: &Program, standings: &[Standing], lead: &Lead) -> Vec<Target> {
    let leader = lead.leader;
    program
        .route
        .alongside
        .iter()
        .copied()
        .filter(|target| Some(*target) != leader)
        .filter(|target| match target {
            Target::Contact(_) => true,
            Target::Program(pathway) => {
                let standing = standings[*pathway];
                let offers = &program.pathways[*pathway].offers;
                // A program is left out only if the lead offers all of what it offers.
                let remains = match leader {
                    Some(Target::Program(leader)) => {
                        offers.iter().any(|offer| !program.pathways[leader].offers.contains(offer))
                    }
                    _ => true,
                };
                standing.eligible == Outcomes::MET && remains
            }
        })
        .collect()
}

fn duplicates(program: &Program, standings: &[Standing], lead: &Lead) -> Vec<Duplicate> {
    let all_received: Vec<usize> = received_order(program)
        .into_iter()
        .filter(|pathway| standings[*pathway].receiving == Truth::Yes)
        .collect();
    let received: Vec<usize> =
        all_received.iter().copied().filter(|pathway| coordinates_families(program, *pathway)).collect();
    let leader = match lead.leader {
        Some(Target::Program(pathway)) if lead.status == LeadStatus::Receiving => Some(pathway),
        _ => received.first().copied(),
    };
    // Whoever may turn out to coordinate first is none too many; nor is what works along with it.
    let needed = |pathway: usize| {
        lead.coordinators.iter().any(|first| *first == pathway || program.work_together(*first, pathway))
    };
    let mut duplicates = Vec::new();
    for (index, pathway) in program.pathways.iter().enumerate() {
        let standing = standings[index];
        if received.contains(&index) {
            if let Some(beside) = leader.filter(|leader| *leader != index && !needed(index)) {
                duplicates.push(Duplicate { pathway: index, kind: DuplicateKind::Received, beside });
            }
            continue;
        }
        // An agency's judgment counts as favorable: what it would find does not make the program needed.
        let for_families = standing.in_force && !pathway.for_professionals;
        let would_be_eligible = for_families && !standing.eligible.allows(Outcome::NotMet);
        let deferred_to = match &pathway.defers_to {
            _ if !would_be_eligible => None,
            None => None,
            Some(Deference::AnyReceived(offer)) => all_received.iter().find(|other| {
                let offers = &program.pathways[**other].offers;
                **other != index && offers.contains(offer) && !program.work_together(index, **other)
            }),
            Some(Deference::Programs(programs)) => all_received.iter().find(|other| programs.contains(other)),
        };
        if let Some(&beside) = deferred_to {
            duplicates.push(Duplicate { pathway: index, kind: DuplicateKind::NotNeeded, beside });
        }
    }
    duplicates
}
