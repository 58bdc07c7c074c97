//! Programs that are open to nobody, or that never lead, and facts that never decide.

use super::ground::Ground;
use super::{Finding, Kind, Rules};
use crate::child::Child;
use crate::program::NodeKind;
use crate::route::LeadStatus;
use crate::value::{Lang, Outcomes};
use crate::vocabulary::Target;

/// On none of the days.
pub(super) fn check(rules: &Rules, anybody: &[Child], found: &mut Vec<Finding>) {
    let program = &rules.program;
    let mut grounds: Vec<Ground<'_>> =
        anybody.iter().filter_map(|child| Ground::new(rules, child, &[])).collect();
    let Some(as_of) = anybody.first().map(|child| child.as_of) else { return };
    let finding = |kind: Kind, programs: Vec<usize>, text: String, at| Finding {
        kind,
        programs,
        text,
        child: None,
        after: None,
        as_of,
        at,
        declared: None,
        share: None,
    };
    for (pathway, own) in program.pathways.iter().enumerate() {
        let name = own.name.get(Lang::En);
        let at = Some(program.node(own.eligible).at);
        let in_force = grounds.iter().filter(|ground| own.in_force(ground.day)).count();
        let open = grounds.iter_mut().filter(|ground| own.in_force(ground.day)).any(|ground| {
            let class = ground.known.who(own.eligible, |outcomes| outcomes != Outcomes::NOT_MET);
            !ground.known.is_nobody(class)
        });
        if in_force > 0 && !open {
            found.push(finding(Kind::NeverEligible, vec![pathway], format!("no child can fit {name}"), at));
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
            found.push(finding(Kind::NeverLeads, vec![pathway], text, at));
        }
    }
    let deciding: Vec<usize> = grounds.iter_mut().flat_map(|ground| ground.known.ever_deciding()).collect();
    for (fact, own) in program.facts.iter().enumerate() {
        let reads = |kind: &NodeKind| kind.facts().any(|read| read == fact);
        let Some(node) = program.nodes[..rules.decides].iter().find(|node| reads(&node.kind)) else {
            continue;
        };
        if deciding.contains(&fact) {
            continue;
        }
        let text = format!("{} never decides anything, whatever the answer is", own.name.get(Lang::En));
        found.push(finding(Kind::NeverDecides, Vec::new(), text, Some(node.at)));
    }
}
