//! What is found in rules as a whole is so, of exactly those children, and nothing is missed.

use super::{Witness, seeds};
use crate::random::{CODES, Dice, RuleSet, Shape, rule_set};
use crate::reference::{Group, Whole, days, entry_of, finer};
use carepath::analysis::{Finding, Kind, Rules, analyze, joined, led_plainly};
use carepath::child::{Answers, Child, Raw, read};
use carepath::compile::compile_declared;
use carepath::diagram::{Diagrams, Traits};
use carepath::eval::evaluate;
use carepath::program::{NodeId, NodeKind, Program};
use carepath::route::{LeadStatus, candidates};
use carepath::source::Sources;
use carepath::value::{Date, Outcome, Outcomes, StateCode};
use carepath::vocabulary::{Claim, IntendedWhat, Literal};
use std::collections::BTreeMap;

/// More worlds than this are not tried.
const MOST: usize = 1 << 12;

/// Random rules that were looked at as a whole.
pub(super) struct Looked<'r> {
    pub(super) rules: &'r Rules,
    /// All children, on the day and on each later one on which other criteria count.
    pub(super) days: Vec<Whole<'r>>,
    pub(super) found: Vec<Finding>,
}

/// Tries a law on random rules as a whole.
pub(super) fn each_whole(usual: u64, mut law: impl FnMut(&mut Dice, &Looked<'_>)) {
    let mut tried = 0;
    for seed in seeds(usual) {
        let mut dice = Dice::new(seed);
        let small = Shape::small(&mut dice);
        let shape = as_a_whole(&mut dice, small);
        let set = rule_set(&mut dice, &shape);
        let _witness = Witness(seed, &set);
        let rules = declared(&set);
        let program = finer(&rules.program);
        let whole = |day: Date| Whole::new(&program, day, MOST);
        let Some(days) = days(&rules.program, set.day).into_iter().map(whole).collect() else { continue };
        tried += 1;
        let found = analyze(&rules, set.day, &[]).unwrap();
        law(&mut dice, &Looked { rules: &rules, days, found });
    }
    assert!(tried * 3 >= seeds(usual).count(), "only {tried} states are small enough");
}

/// Of the children whom each program fits, and of those with a special need whom only the fallback leads.
#[test]
fn findings_in_words_are_exactly_the_class() {
    let (mut classes, mut many) = (0, 0);
    each_whole(100, |_, looked| {
        let whole = &looked.days[0];
        let program = &looked.rules.program;
        if whole.children.len() > 1024 {
            return;
        }
        let day = whole.worlds.day;
        let diagrams = Diagrams::new(program, day).unwrap();
        let anybody = Child::new(program, &Answers { given: vec![None; program.facts.len()] }, day).unwrap();
        let mut known = diagrams.known(program, &anybody);
        let everybody = known.everybody();
        let mut tried = Vec::new();
        for pathway in &program.pathways {
            let class = known.who(pathway.eligible, |outcomes| outcomes == Outcomes::MET);
            tried.push((class, everybody, whole.surely(pathway.eligible), whole.everybody()));
        }
        let in_force = |pathway: usize| program.pathways[pathway].in_force(day);
        let leads: Vec<_> =
            candidates(program, in_force, None).iter().map(|one| (one.target, one.node)).collect();
        let [surely, _] = known.led_by(&leads)[leads.len() - 1];
        let need = Literal::Fact(program.fact("special_health_care_need").unwrap());
        let with = known.of_whom(need, true);
        let class = known.both(surely, with);
        tried.push((class, with, whole.gap(), whole.with_special_need()));
        for (class, spoken_of, whom, of) in tried {
            let Some(kinds) = known.kinds(class, spoken_of) else {
                many += 1;
                continue;
            };
            let plain = |traits: &Traits| -> Vec<(NodeKind, bool)> {
                traits.iter().map(|(node, so)| (program.node(*node).kind.clone(), *so)).collect()
            };
            let plain: Vec<_> = kinds.iter().map(plain).collect();
            assert_eq!(&whole.of_kinds(&plain) & &of, whom, "{plain:?}");
            let told: Vec<_> = kinds.iter().map(|traits| joined(program, traits)).collect();
            assert_eq!(&whole.of_kinds(&told) & &of, whom, "{told:?}");
            classes += 1;
        }
    });
    assert!(classes > 50 && many * 5 < classes, "{classes} classes are told, {many} are not");
}

/// Few facts, that much of them comes to the same.
fn as_a_whole(dice: &mut Dice, small: Shape) -> Shape {
    let (depth, yes_no) = (1 + dice.roll(2), if small.sums { 3 } else { 2 });
    let shape =
        Shape { declared: true, enrolled: 2, judgments: small.judgments.min(1), depth, yes_no, ..small };
    if dice.one_in(3) {
        let of_lists = Shape { lists: true, ages: false, sums: false, numbers: 0, choices: 0, ..shape };
        return Shape { sets: 0, places: 0, days: 0, ages_at: 0, ..of_lists };
    }
    Shape { lists: false, ..shape }
}

fn declared(set: &RuleSet) -> Rules {
    let (compiled, _) = compile_declared(&Sources::new(set.files.clone()), StateCode::parse("OK").unwrap());
    let (program, declaring) = compiled.unwrap();
    Rules::new(program, declaring)
}

/// What should be found of children.
struct Expected {
    kind: Kind,
    programs: Vec<usize>,
    line: Option<u32>,
    declared: Option<String>,
    /// Of whom, by day.
    whom: Vec<Group>,
    /// Those who are spoken of, by day.
    of: Vec<Group>,
    /// Those whom such a child is after something was lost or gained, by day.
    after: Option<Vec<Group>>,
    /// Whether the plain evaluator says so too.
    plainly: Box<dyn Fn(&Child) -> bool>,
}

impl Expected {
    fn is(&self, found: &Finding) -> bool {
        (self.kind, &self.programs, &self.declared) == (found.kind, &found.programs, &found.declared)
            && (self.line.is_none() || self.line == found.at.map(|at| at.line))
    }
}

#[test]
fn what_is_found_of_children_is_so_of_exactly_those() {
    let mut told: BTreeMap<Kind, usize> = BTreeMap::new();
    each_whole(120, |_, looked| {
        let expected = expected(looked);
        for one in &expected {
            let first = one.whom.iter().position(|whom| !whom.is_empty());
            let mut found = looked.found.iter().filter(|found| one.is(found));
            let since = found.next().map(|found| found.as_of);
            assert_eq!(since, first.map(|day| looked.days[day].worlds.day), "{:?} {:?}", one.kind, one.line);
        }
        let about = |kind: Kind| matches!(kind, Kind::Gap | Kind::Overlap | Kind::Duplicate | Kind::Refuted);
        for found in looked.found.iter().filter(|found| about(found.kind)) {
            let one = expected.iter().find(|one| one.is(found));
            let one = one.unwrap_or_else(|| panic!("no such thing: {found:?}"));
            let day = looked.days.iter().position(|whole| whole.worlds.day == found.as_of).unwrap();
            assert!(!one.whom[day].is_empty(), "nobody on that day: {found:?}");
            confirmed(looked, day, one, found);
            *told.entry(found.kind).or_default() += 1;
        }
        shares(looked, &expected);
    });
    assert!(told.len() == 4 && told.values().all(|times| *times >= 3), "{told:?}");
}

/// The shares on each day are the worlds of it.
fn shares(looked: &Looked<'_>, expected: &[Expected]) {
    let first = looked.days[0].worlds.day;
    for (index, day) in looked.days.iter().enumerate() {
        if !looked.found.iter().any(|found| found.as_of == day.worlds.day) {
            continue;
        }
        // Who lives on the later day and not yet on the first is of no population.
        let there = |world: usize| day.children[world].clone().filter(|child| child.births.last <= first);
        let own = |group: &Group| group.iter().filter(|world| there(**world).is_some()).count();
        let population: Vec<Child> =
            (0..day.children.len()).filter_map(there).map(|child| Child { as_of: first, ..child }).collect();
        let found = analyze(looked.rules, first, &population).unwrap();
        for found in found.iter().filter(|found| found.as_of == day.worlds.day) {
            let (Some(one), Some(share)) = (expected.iter().find(|one| one.is(found)), found.share) else {
                continue;
            };
            let counted = (share.children, share.perhaps, share.of);
            assert_eq!(counted, (own(&one.whom[index]), 0, own(&one.of[index])), "{found:?}");
        }
    }
}

/// The example is such a child, however its answers are completed; so says the plain evaluator.
fn confirmed(looked: &Looked<'_>, day: usize, one: &Expected, found: &Finding) {
    let whole = &looked.days[day];
    let program = &looked.rules.program;
    let such = |raw: &Option<Raw>, whom: &Group| {
        let raw = raw.as_ref().unwrap_or_else(|| panic!("no example: {found:?}"));
        let answers = read(program, raw, found.as_of).unwrap_or_else(|error| panic!("{error:?} {found:?}"));
        assert!(Child::new(program, &answers, found.as_of).is_ok(), "{found:?}");
        let completions = whole.agreeing(&as_known(program, raw));
        assert!(!completions.is_empty(), "no child is like {found:?}");
        assert!(completions.is_subset(whom), "not every child like {raw:?} is such: {found:?}");
        completions
    };
    for world in such(&found.child, &one.whom[day]) {
        let child = whole.children[world].as_ref().unwrap();
        assert!((one.plainly)(child), "not so plainly of {child:?}: {found:?}");
    }
    assert_eq!(found.after.is_some(), one.after.is_some());
    if let Some(after) = &one.after {
        such(&found.after, &after[day]);
    }
}

/// Answers with each code one that the reference knows and no list tells from it.
fn as_known(program: &Program, raw: &Raw) -> Vec<(String, Raw)> {
    let Raw::Map(mut answers) = raw.clone() else { panic!("{raw:?}") };
    let entries = |code: &str| -> Vec<Option<usize>> {
        program.lists.iter().map(|list| entry_of(list, code)).collect()
    };
    for (_, answer) in answers.iter_mut().filter(|(id, _)| id == "diagnosis") {
        let Raw::List(codes) = answer else { continue };
        for code in codes {
            let Raw::Text(told) = &*code else { panic!("{code:?}") };
            let same = CODES.iter().find(|known| entries(known) == entries(told));
            *code = Raw::Text((*same.unwrap_or_else(|| panic!("no code is like {told}"))).to_owned());
        }
    }
    answers
}

/// All that should be found of children.
fn expected(looked: &Looked<'_>) -> Vec<Expected> {
    let program = &looked.rules.program;
    let by_day = |group: &dyn Fn(&Whole<'_>) -> Group| looked.days.iter().map(group).collect::<Vec<_>>();
    let everybody = || by_day(&|whole| whole.everybody());
    let mut all = gaps(looked);
    let held = |program: &Program, child: &Child, node: NodeId, wanted: Outcomes| {
        let outcome = evaluate(program, child)[node.0 as usize];
        // Where one judgment decides twice, the evaluator does not know.
        outcome == wanted || outcome.allows(Outcome::Agency)
    };
    for one in 0..program.pathways.len() {
        for other in one + 1..program.pathways.len() {
            let pair = looked.days[0].pair(one, other);
            let meant = looked.rules.declaring.declared.intended.iter().find(|intended| {
                matches!(&intended.what, IntendedWhat::Overlap(own) if own.contains(&one) && own.contains(&other))
            });
            let mut both = |kind: Kind, whom: Vec<Group>, nodes: [Option<NodeId>; 2]| {
                let own = program.clone();
                all.push(Expected {
                    kind,
                    programs: vec![one, other],
                    line: None,
                    declared: meant.map(|meant| meant.why.clone()),
                    whom,
                    of: everybody(),
                    after: None,
                    plainly: Box::new(move |child| {
                        nodes.iter().all(|node| held(&own, child, node.unwrap(), Outcomes::MET))
                    }),
                });
            };
            let meet = |a: Group, b: Group| a.intersection(&b).copied().collect::<Group>();
            let own = [&program.pathways[one], &program.pathways[other]];
            if pair.may_overlap {
                let whom = by_day(&|whole| whole.open_to_both(one, other));
                both(Kind::Overlap, whom, own.map(|own| Some(own.eligible)));
            }
            if pair.may_be_duplicates {
                let whom = by_day(&|whole| meet(whole.receiving(one), whole.receiving(other)));
                both(Kind::Duplicate, whom, own.map(|own| own.receiving));
            }
        }
    }
    for invariant in &looked.rules.declaring.declared.invariants {
        let (programs, whom, after, node) = match &invariant.claim {
            Claim::Always(node) => (
                vec![],
                by_day(&|whole| whole.not_surely(*node, true)),
                None,
                Some((*node, Outcomes::NOT_MET)),
            ),
            Claim::Never(node) => {
                (vec![], by_day(&|whole| whole.not_surely(*node, false)), None, Some((*node, Outcomes::MET)))
            }
            Claim::Monotone { losing, what, opens, program } => {
                let whom = by_day(&|whole| whole.turning(*what, *losing, *opens, *program));
                let after = by_day(&|whole| whole.open_to(*program, *opens));
                (vec![*program], whom, Some(after), None)
            }
        };
        let places = &looked.rules.declaring.places;
        let line = match node {
            Some((node, _)) => program.nodes[node.0 as usize].at.line,
            None => places.iter().find(|(span, _)| *span == invariant.span).unwrap().1.line,
        };
        let own = program.clone();
        all.push(Expected {
            kind: Kind::Refuted,
            programs,
            line: Some(line),
            declared: None,
            whom,
            of: everybody(),
            after,
            plainly: Box::new(move |child| node.is_none_or(|(node, wanted)| held(&own, child, node, wanted))),
        });
    }
    all
}

/// Of those with a special need for whom only the fallback leads: each part that is meant to be so, and the rest.
fn gaps(looked: &Looked<'_>) -> Vec<Expected> {
    let program = &looked.rules.program;
    let mut rest: Vec<Group> = looked.days.iter().map(|whole| whole.gap()).collect();
    let mut parts: Vec<(Option<String>, Vec<Group>)> = Vec::new();
    for intended in &looked.rules.declaring.declared.intended {
        let IntendedWhat::Gap(criterion) = &intended.what else { continue };
        let meant = looked.days.iter().map(|whole| whole.surely(*criterion));
        let own: Vec<Group> = rest.iter().zip(meant).map(|(rest, meant)| rest & &meant).collect();
        rest = rest.iter().zip(&own).map(|(rest, own)| rest - own).collect();
        parts.push((Some(intended.why.clone()), own));
    }
    parts.push((None, rest));
    let expected = parts.into_iter().map(|(declared, whom)| {
        let own = program.clone();
        Expected {
            kind: Kind::Gap,
            programs: Vec::new(),
            line: None,
            declared,
            whom,
            of: looked.days.iter().map(|whole| whole.with_special_need()).collect(),
            after: None,
            plainly: Box::new(move |child| {
                matches!(led_plainly(&own, child).0, LeadStatus::Fallback | LeadStatus::Review)
            }),
        }
    });
    expected.collect()
}
