//! Criteria that nobody can meet, and criteria that everybody meets.

use super::ground::Ground;
use super::words::told;
use super::{Finding, Kind, Rules};
use crate::child::Child;
use crate::diagram::TooTangled;
use crate::program::{At, NodeId, NodeKind};
use crate::value::{Outcome, Outcomes};

/// The innermost of them, on every day on which they count.
pub(super) fn check(rules: &Rules, anybody: &[Child], found: &mut Vec<Finding>) -> Result<(), TooTangled> {
    let program = &rules.program;
    let mut outcomes = vec![Outcomes::NONE; rules.decides];
    for child in anybody {
        let mut ground = Ground::new(rules, child, &[])?;
        for (so_far, here) in outcomes.iter_mut().zip(ground.known.slots()) {
            *so_far = so_far.or_else(here);
        }
        ground.within_bound()?;
    }
    let Some(first) = anybody.first() else { return Ok(()) };
    let constant = |node: usize| match outcomes[node] {
        Outcomes::MET => Some(Outcome::Met),
        Outcomes::NOT_MET => Some(Outcome::NotMet),
        _ => None,
    };
    for (index, node) in program.nodes[..rules.decides].iter().enumerate() {
        // What a program refers to is told where it stands; an empty group says nothing and means to.
        let plain = match &node.kind {
            NodeKind::Eligible { .. } | NodeKind::Receiving { .. } | NodeKind::Dated { .. } => false,
            NodeKind::Not { .. } | NodeKind::NotStated(_) => false,
            NodeKind::All(parts) => parts.len() > 1,
            kind => kind.parts().is_empty() || kind.parts().len() > 1,
        };
        let inner = node.kind.parts().iter().any(|part| constant(part.0 as usize).is_some());
        let kind = match constant(index) {
            Some(Outcome::Met) if plain && !inner => Kind::AlwaysTrue,
            Some(Outcome::NotMet) if plain && !inner && !closed(found, node.at) => Kind::Contradiction,
            _ => continue,
        };
        let own = matches!(node.kind, NodeKind::Test(_) | NodeKind::Sum(_))
            .then(|| told(program, first, &vec![(NodeId(index as u32), true)]));
        let text = match (kind, own) {
            (Kind::AlwaysTrue, Some(who)) => format!("every child is one {who}: this decides nothing"),
            (Kind::AlwaysTrue, None) => "this holds for every child: it decides nothing".to_owned(),
            (_, Some(who)) => format!("there is no child {who}: this can never be met"),
            (_, None) => "this holds for no child: the criteria in it rule each other out".to_owned(),
        };
        let programs = reading(rules, index);
        found.push(Finding {
            kind,
            programs,
            text,
            child: None,
            after: None,
            as_of: first.as_of,
            at: Some(node.at),
            declared: rules.intended_on(node.at),
            share: None,
        });
    }
    Ok(())
}

/// Whether it is told already that the criteria of a line fit nobody.
fn closed(found: &[Finding], at: At) -> bool {
    found.iter().any(|one| one.kind == Kind::NeverEligible && one.at == Some(at))
}

/// The programs whose criteria a node is part of, by index.
pub(super) fn reading(rules: &Rules, node: usize) -> Vec<usize> {
    let program = &rules.program;
    let mut below = vec![false; program.nodes.len()];
    let reads = |pathway: usize, below: &mut Vec<bool>| {
        below.fill(false);
        let own = &program.pathways[pathway];
        program.decided(pathway).chain(own.receiving).for_each(|root| below[root.0 as usize] = true);
        for index in (0..program.nodes.len()).rev().filter(|index| *index >= node) {
            if below[index] {
                program.nodes[index].kind.parts().iter().for_each(|part| below[part.0 as usize] = true);
            }
        }
        below[node]
    };
    (0..program.pathways.len()).filter(|pathway| reads(*pathway, &mut below)).collect()
}
