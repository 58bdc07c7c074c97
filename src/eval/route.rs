//! Who leads: one named program or contact for every child, never a pile of coordinators, and never nobody.

use super::in_force;
use crate::child::Child;
use crate::program::Program;
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
            let in_force = in_force(pathway, child.as_of);
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

/// Who leads, who complements, who is one too many.
#[must_use]
pub fn route(program: &Program, standings: &[Standing]) -> Routed {
    let lead = lead(program, standings);
    let duplicates = duplicates(program, standings, &lead);
    let alongside = alongside(program, standings, &lead);
    Routed { lead, alongside, duplicates }
}

/// One way the lead can come out.
struct Candidate {
    target: Target,
    status: LeadStatus,
}

fn lead(program: &Program, standings: &[Standing]) -> Lead {
    let mut candidates: Vec<Candidate> = Vec::new();
    let (mut answers_open, mut agency_open, mut decided) = (false, false, false);
    for pathway in received_order(program) {
        if decided || standings[pathway].receiving == Truth::No || !program.coordinates(pathway) {
            continue;
        }
        decided = standings[pathway].receiving == Truth::Yes;
        answers_open |= !decided;
        candidates.push(Candidate { target: Target::Program(pathway), status: LeadStatus::Receiving });
    }
    for &pathway in &program.route.lead {
        let eligible = standings[pathway].eligible;
        if decided || eligible == Outcomes::NOT_MET {
            continue;
        }
        decided = eligible == Outcomes::MET;
        // What may still turn out not met or met by an answer, against what only an agency keeps open.
        let by_agency = eligible == Outcomes::AGENCY;
        answers_open |= !decided && !by_agency;
        agency_open |= !decided && eligible.allows(Outcome::Agency);
        let status = if by_agency { LeadStatus::Review } else { LeadStatus::Eligible };
        candidates.push(Candidate { target: Target::Program(pathway), status });
    }
    if !decided && let Some(contact) = program.route.otherwise {
        candidates.push(Candidate { target: Target::Contact(contact), status: LeadStatus::Fallback });
    }
    let mut possible: Vec<Target> = Vec::new();
    for candidate in &candidates {
        if !possible.contains(&candidate.target) {
            possible.push(candidate.target);
        }
    }
    possible.sort_by_key(|target| rank(program, *target));
    let same_status = candidates.iter().all(|candidate| candidate.status == candidates[0].status);
    let status = match candidates.first() {
        None => LeadStatus::Fallback,
        Some(first) if possible.len() == 1 && same_status => first.status,
        Some(_) if answers_open => LeadStatus::Undetermined,
        Some(_) if agency_open => LeadStatus::Review,
        Some(_) => LeadStatus::Undetermined,
    };
    let leader = match (possible.as_slice(), status) {
        ([only], _) => Some(*only),
        (_, LeadStatus::Review) => candidates.first().map(|first| first.target),
        _ => None,
    };
    let contact_first = contact_first(program, standings, status, leader);
    let ask_about = possible
        .iter()
        .take_while(|target| Some(**target) != contact_first)
        .filter_map(|target| match target {
            Target::Program(pathway) => Some(*pathway),
            Target::Contact(_) => None,
        })
        .collect();
    let settled = possible.len() == 1 && status != LeadStatus::Undetermined;
    Lead { status, leader, possible: if settled { Vec::new() } else { possible }, contact_first, ask_about }
}

/// Whom to call whatever is still open: never nobody, where the route names a contact for everyone.
fn contact_first(
    program: &Program,
    standings: &[Standing],
    status: LeadStatus,
    leader: Option<Target>,
) -> Option<Target> {
    if status == LeadStatus::Receiving {
        return leader;
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
    let received: Vec<usize> = received_order(program)
        .into_iter()
        .filter(|pathway| standings[*pathway].receiving == Truth::Yes && program.coordinates(*pathway))
        .collect();
    let leader = match lead.leader {
        Some(Target::Program(pathway)) if lead.status == LeadStatus::Receiving => Some(pathway),
        _ => received.first().copied(),
    };
    let mut duplicates = Vec::new();
    for (index, pathway) in program.pathways.iter().enumerate() {
        let standing = standings[index];
        if received.contains(&index) {
            if let Some(beside) = leader.filter(|leader| *leader != index) {
                duplicates.push(Duplicate { pathway: index, kind: DuplicateKind::Received, beside });
            }
            continue;
        }
        // An agency's judgment counts as favorable: what it would find does not make the program needed.
        let would_be_eligible = standing.in_force && !standing.eligible.allows(Outcome::NotMet);
        let deferred_to = match &pathway.defers_to {
            _ if !would_be_eligible => None,
            None => None,
            Some(Deference::AnyReceived(offer)) => {
                received.iter().find(|other| program.pathways[**other].offers.contains(offer))
            }
            Some(Deference::Programs(programs)) => received.iter().find(|other| programs.contains(other)),
        };
        if let Some(&beside) = deferred_to {
            duplicates.push(Duplicate { pathway: index, kind: DuplicateKind::NotNeeded, beside });
        }
    }
    duplicates
}
