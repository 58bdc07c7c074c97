//! Children with a special need for whom only the fallback leads.

use super::ground::Ground;
use super::words::{EVERY, with_special_need};
use super::{Finding, Kind};
use crate::program::At;
use crate::route::LeadStatus;
use crate::value::Outcomes;
use crate::vocabulary::IntendedWhat;

/// One finding for all such children, and one for those of each kind that are meant to be so.
pub(super) fn check(ground: &mut Ground<'_>, found: &mut Vec<Finding>) {
    let fallback = ground.candidates.iter().position(|candidate| candidate.status == LeadStatus::Fallback);
    let Some(index) = fallback else { return };
    let spoken_of = ground.with_special_need();
    let [surely, _] = ground.led[index];
    let mut class = ground.known.both(surely, spoken_of);
    let sentence = |children: &str| {
        let children = if children == EVERY { "any child" } else { children };
        format!("no program leads {}", with_special_need(children))
    };
    let rules = ground.rules;
    for intended in &rules.declaring.declared.intended {
        let IntendedWhat::Gap(criterion) = &intended.what else { continue };
        let meant = ground.known.who(*criterion, |outcomes| outcomes == Outcomes::MET);
        let own = ground.known.both(class, meant);
        class = ground.known.except(class, meant);
        let finding = ground.finding(Kind::Gap, Vec::new(), None, own, spoken_of, sentence);
        let at = Some(ground.program().node(*criterion).at);
        found.extend(finding.map(|finding| Finding { at, declared: Some(intended.why.clone()), ..finding }));
    }
    let at = route_line(ground);
    found.extend(ground.finding(Kind::Gap, Vec::new(), at, class, spoken_of, sentence));
}

/// Where the state says who leads.
fn route_line(ground: &Ground<'_>) -> Option<At> {
    ground.program().route.span.and_then(|span| ground.rules.at(span))
}
