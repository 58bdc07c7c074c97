//! Programs that are open to nobody, or that never lead, and facts that never decide.

use super::ground::Ground;
use super::{Finding, Kind, Rules};
use crate::child::Child;
use crate::diagram::TooTangled;
use crate::program::{At, NodeKind};
use crate::route::LeadStatus;
use crate::value::{Lang, Outcomes};
use crate::vocabulary::Target;

/// On none of the days.
pub(super) fn check(rules: &Rules, anybody: &[Child], found: &mut Vec<Finding>) -> Result<(), TooTangled> {
    let program = &rules.program;
    let mut grounds: Vec<Ground<'_>> =
        anybody.iter().map(|child| Ground::new(rules, child, &[])).collect::<Result<_, _>>()?;
    let Some(as_of) = anybody.first().map(|child| child.as_of) else { return Ok(()) };
    // At the first of its lines on which it is said to be intended; else at the first of all.
    let finding = |kind: Kind, programs: Vec<usize>, text: String, lines: &[At]| {
        let declared = lines.iter().find_map(|at| Some((*at, rules.intended_on(*at)?)));
        let (at, why) = declared.map_or((lines.first().copied(), None), |(at, why)| (Some(at), Some(why)));
        Finding { kind, programs, text, child: None, after: None, as_of, at, declared: why, share: None }
    };
    for (pathway, own) in program.pathways.iter().enumerate() {
        let name = own.name.get(Lang::En);
        let mut lines = vec![program.node(own.eligible).at];
        if own.coordinated_by.is_some() {
            let parts = program.node(own.eligible).kind.parts();
            lines.extend(parts.iter().map(|part| program.node(*part).at));
        }
        let in_force = grounds.iter().filter(|ground| own.in_force(ground.day)).count();
        let open = grounds.iter_mut().filter(|ground| own.in_force(ground.day)).any(|ground| {
            let class = ground.known.who(own.eligible, |outcomes| outcomes != Outcomes::NOT_MET);
            !ground.known.is_nobody(class)
        });
        if in_force > 0 && !open {
            found.push(finding(
                Kind::NeverEligible,
                vec![pathway],
                format!("no child can fit {name}"),
                &lines,
            ));
            continue;
        }
        if !program.route.lead.contains(&pathway) || in_force == 0 {
            continue;
        }
        let leads = grounds.iter().any(|ground| {
            let own = |status, target| status == LeadStatus::Eligible && target == Target::Program(pathway);
            let index = ground.candidates.iter().position(|one| own(one.status, one.target));
            index.is_some_and(|index| ground.led[index].iter().any(|class| !ground.known.is_nobody(*class)))
        });
        if !leads {
            let text = format!("{name} never leads a child who does not receive it already");
            lines.extend(rules.intended_lead());
            found.push(finding(Kind::NeverLeads, vec![pathway], text, &lines));
        }
    }
    let deciding: Vec<usize> = grounds.iter_mut().flat_map(|ground| ground.known.ever_deciding()).collect();
    for (fact, own) in program.facts.iter().enumerate() {
        let reads = |kind: &NodeKind| kind.facts().any(|read| read == fact);
        let nodes = program.nodes[..rules.decides].iter();
        let lines: Vec<At> = nodes.filter(|node| reads(&node.kind)).map(|node| node.at).collect();
        if lines.is_empty() {
            continue;
        }
        if deciding.contains(&fact) {
            continue;
        }
        let text = format!("the answer on “{}” never decides anything", own.name.get(Lang::En));
        found.push(finding(Kind::NeverDecides, Vec::new(), text, &lines));
    }
    grounds.iter().try_for_each(Ground::within_bound)
}
