//! What is found of programs, facts and lines: what never comes about, what always does, and what changes nothing.

use super::findings::{Looked, each_whole};
use crate::reference::{Change, left_out};
use carepath::analysis::{Finding, Kind};
use carepath::child::{Answers, Child};
use carepath::diagram::{Diagrams, LeftOut};
use carepath::program::{At, NodeId, NodeKind};
use carepath::vocabulary::IntendedWhat;
use std::collections::BTreeSet;

fn of<'l>(looked: &'l Looked<'_>, kind: Kind) -> impl Iterator<Item = &'l Finding> {
    looked.found.iter().filter(move |found| found.kind == kind)
}

#[test]
fn findings_of_what_never_comes_about() {
    let (mut never_eligible, mut never_leads, mut for_nothing) = (0, 0, 0);
    each_whole(90, |_, looked| {
        let program = &looked.rules.program;
        let mut expected: BTreeSet<(Kind, usize)> = BTreeSet::new();
        for pathway in 0..program.pathways.len() {
            let may: Vec<[bool; 2]> = looked.days.iter().map(|whole| whole.may_fit(pathway)).collect();
            if !may.iter().any(|[now, _]| *now) {
                continue;
            }
            if !may.iter().any(|[_, open]| *open) {
                expected.insert((Kind::NeverEligible, pathway));
            } else if program.route.lead.contains(&pathway)
                && !looked.days.iter().any(|whole| whole.ever_leads(pathway))
            {
                expected.insert((Kind::NeverLeads, pathway));
            }
        }
        let found = of(looked, Kind::NeverEligible).chain(of(looked, Kind::NeverLeads));
        let found: BTreeSet<(Kind, usize)> = found.map(|found| (found.kind, found.programs[0])).collect();
        assert_eq!(found, expected);
        never_eligible += of(looked, Kind::NeverEligible).count();
        never_leads += of(looked, Kind::NeverLeads).count();

        let nothing =
            looked.rules.declaring.declared.intended.iter().filter(|intended| match &intended.what {
                IntendedWhat::Gap(_) => {
                    !of(looked, Kind::Gap).any(|gap| gap.declared.as_ref() == Some(&intended.why))
                }
                IntendedWhat::Overlap(two) => !of(looked, Kind::Overlap)
                    .chain(of(looked, Kind::Duplicate))
                    .any(|found| found.programs.iter().all(|program| two.contains(program))),
                // The drawn rules have none of these.
                IntendedWhat::Line | IntendedWhat::Lead => false,
            });
        let nothing = nothing.count();
        assert_eq!(of(looked, Kind::IntendedForNothing).count(), nothing);
        for_nothing += nothing;
    });
    let times = [never_eligible, never_leads, for_nothing];
    assert!(times.iter().all(|times| *times >= 3), "{times:?}");
}

#[test]
fn findings_of_facts_that_never_decide() {
    let mut times = 0;
    each_whole(200, |_, looked| {
        if looked.days[0].children.len() > 512 {
            return;
        }
        let program = &looked.rules.program;
        let deciding: BTreeSet<usize> = looked.days.iter().flat_map(|whole| whole.deciding()).collect();
        let read = program.nodes[..program.decides()].iter().flat_map(|node| match &node.kind {
            NodeKind::Test(test) => test.fact().into_iter().collect(),
            NodeKind::Sum(sum) => sum.addends.iter().map(|addend| addend.fact).collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        let expected: BTreeSet<String> = read
            .filter(|fact| !deciding.contains(fact))
            .map(|fact| format!("the answer on “{}” never", program.facts[fact].name.en))
            .collect();
        let found = of(looked, Kind::NeverDecides);
        let told = |found: &Finding| found.text.split_once(" decides").unwrap().0.to_owned();
        let found: BTreeSet<String> = found.map(told).collect();
        assert_eq!(found, expected);
        times += found.len();
    });
    assert!(times >= 3, "{times} facts never decide");
}

#[test]
fn findings_of_what_is_always_so() {
    let (mut always, mut never) = (0, 0);
    each_whole(90, |_, looked| {
        let expected = constants(looked);
        let at = |found: &Finding| (found.kind, found.at.unwrap());
        let found = of(looked, Kind::AlwaysTrue).chain(of(looked, Kind::Contradiction));
        let mut found: Vec<(Kind, At)> = found.map(at).collect();
        // Of a program that is open to nobody that is told, and no more.
        let closed: Vec<At> = of(looked, Kind::NeverEligible).filter_map(|found| found.at).collect();
        let told = |(kind, at): &(Kind, At)| *kind != Kind::Contradiction || !closed.contains(at);
        let mut expected: Vec<(Kind, At)> = expected.into_iter().filter(told).collect();
        let order = |one: &(Kind, At)| (one.0, one.1.file, one.1.line);
        found.sort_by_key(order);
        expected.sort_by_key(order);
        assert_eq!(found, expected);
        always += of(looked, Kind::AlwaysTrue).count();
        never += of(looked, Kind::Contradiction).count();
    });
    assert!(always >= 3 && never >= 3, "{always} are always so, {never} never");
}

/// The innermost criteria that come to the same for everybody on every day on which they count.
fn constants(looked: &Looked<'_>) -> Vec<(Kind, At)> {
    let program = &looked.rules.program;
    let decides = program.decides();
    let mut outcomes: Vec<BTreeSet<[bool; 2]>> = vec![BTreeSet::new(); decides];
    for whole in &looked.days {
        let mut counts = vec![false; decides];
        for pathway in 0..program.pathways.len() {
            let own = &program.pathways[pathway];
            let paid = own.benefits.iter().flat_map(|benefit| &benefit.financing);
            let payers = own.financing.iter().chain(paid).filter_map(|financing| financing.when);
            let benefits = own.benefits.iter().map(|benefit| benefit.eligible);
            let roots = benefits.chain(own.receiving).chain(payers).chain([own.eligible]);
            roots.for_each(|root| counts[root.0 as usize] = true);
        }
        for node in (0..decides).rev().filter(|node| program.nodes[*node].kind.parts().len() < usize::MAX) {
            if counts[node] {
                let parts = program.nodes[node].kind.parts_on(whole.worlds.day);
                parts.iter().for_each(|part| counts[part.0 as usize] = true);
                outcomes[node].extend(whole.outcomes(NodeId(node as u32)));
            }
        }
    }
    let constant = |node: usize| match outcomes[node].iter().collect::<Vec<_>>()[..] {
        [[true, false]] => Some(Kind::AlwaysTrue),
        [[false, true]] => Some(Kind::Contradiction),
        _ => None,
    };
    let told = |node: &usize| {
        let kind = &program.nodes[*node].kind;
        let parts = kind.parts();
        match kind {
            NodeKind::Test(_) => true,
            NodeKind::All(_) => parts.len() > 1,
            NodeKind::Any(_) | NodeKind::AtLeast(..) | NodeKind::Sum(_) => parts.len() != 1,
            _ => false,
        }
    };
    let inner =
        |node: usize| program.nodes[node].kind.parts().iter().any(|part| constant(part.0 as usize).is_some());
    let nodes = (0..decides).filter(told).filter(|node| !inner(*node));
    nodes.filter_map(|node| Some((constant(node)?, program.nodes[node].at))).collect()
}

#[test]
fn findings_of_what_changes_nothing() {
    let (mut idle, mut entries, mut ends) = (0, 0, 0);
    each_whole(90, |_, looked| {
        let program = &looked.rules.program;
        let all = left_out(program);
        let mut matters = vec![false; all.len()];
        for whole in &looked.days {
            let changes: Vec<&Change> = all.iter().map(|one| &one.change).collect();
            let differs = whole.differs(&changes);
            let diagrams = Diagrams::new(program, whole.worlds.day).unwrap();
            let nothing = Answers { given: vec![None; program.facts.len()] };
            let anybody = Child::new(program, &nothing, whole.worlds.day).unwrap();
            let mut variants = diagrams.known(program, &anybody).variants();
            for (one, differs) in all.iter().zip(&differs) {
                let left_out = match &one.change {
                    Change::Node(node, kind) => LeftOut::Instead(NodeId(*node as u32), kind.clone()),
                    Change::Entry(list, entry) => LeftOut::Entry { list: *list, entry: *entry },
                };
                assert_eq!(variants.matters(&left_out), *differs, "{one:?} on {}", whole.worlds.day);
            }
            matters.iter_mut().zip(differs).for_each(|(so_far, differs)| *so_far |= differs);
        }
        let without: Vec<_> =
            all.iter().zip(&matters).filter(|(_, matters)| !**matters).map(|(one, _)| one).collect();
        for found in of(looked, Kind::ChangesNothing) {
            let is = without.iter().any(|one| Some(one.at) == found.at && found.text.starts_with(&one.word));
            assert!(is, "{found:?}");
        }
        // What stands inside of something that changes nothing is not told again; nor is what nobody or everybody meets.
        let mut inside = vec![false; program.nodes.len()];
        without.iter().filter_map(|one| one.member).for_each(|member| inside[member.0 as usize] = true);
        let outermost = inside.clone();
        for node in (0..inside.len())
            .rev()
            .filter(|node| !matches!(program.nodes[*node].kind, NodeKind::NotStated(_)))
        {
            if inside[node] {
                program.nodes[node].kind.parts().iter().for_each(|part| inside[part.0 as usize] = true);
            }
        }
        let below = |node: usize| {
            inside[node] && !outermost[node] || {
                let above = (0..inside.len()).filter(|above| inside[*above]);
                above
                    .into_iter()
                    .any(|above| program.nodes[above].kind.parts().contains(&NodeId(node as u32)))
            }
        };
        for one in &without {
            let told = of(looked, Kind::ChangesNothing)
                .any(|found| found.at == Some(one.at) && found.text.starts_with(&one.word));
            let constant = [Kind::AlwaysTrue, Kind::Contradiction, Kind::NeverEligible]
                .iter()
                .any(|kind| of(looked, *kind).any(|found| found.at == Some(one.at)));
            let again = match one.member {
                Some(member) => below(member.0 as usize),
                None => inside[one.node],
            };
            assert!(told || constant || again, "{one:?} is not told");
            idle += usize::from(told);
            entries += usize::from(told && matches!(one.change, Change::Entry(..)));
            ends += usize::from(told && one.word.ends_with("end"));
        }
    });
    assert!(idle > 20 && entries > 2 && ends > 2, "{idle} are idle, {entries} entries, {ends} ends");
}
