//! On complete answers the evaluator, the diagrams and the reference say the same of every criterion.

use super::{Said, each_child};
use crate::random::{Reply, reply};
use carepath::child::{Child, Raw, read};
use carepath::diagram::Diagrams;
use carepath::eval::evaluate;
use carepath::program::{NodeId, Program};
use carepath::value::{Date, Outcome, Outcomes};

#[test]
fn complete_answers_come_to_the_same_by_three_ways() {
    each_child(250, |dice, state, child, _| {
        let (program, day) = (&state.rules.program, state.rules.day);
        let mut said: Vec<(String, Raw)> = Vec::new();
        for fact in child.keys() {
            said = reply(dice, program, child, &said, &program.facts[*fact].id, Reply::Whole);
        }
        let world =
            state.worlds.only(&Said::new(&state.worlds, &said)).expect("complete answers leave one world");
        let diagrams = Diagrams::new(program, day).unwrap();
        let complete =
            Child::new(program, &read(program, &Raw::Map(said.clone()), day).unwrap(), day).unwrap();
        let (evaluated, exact) = (evaluate(program, &complete), diagrams.known(program, &complete).slots());
        let counts = counting(program, day);
        for (index, node) in program.nodes.iter().enumerate().filter(|(index, _)| counts[*index]) {
            let expected = match state.worlds.holds(NodeId(index as u32), world) {
                None => Outcomes::NONE,
                Some(held) => Outcomes::of(match (held.contains(&true), held.contains(&false)) {
                    (true, false) => Outcome::Met,
                    (false, true) => Outcome::NotMet,
                    _ => Outcome::Agency,
                }),
            };
            assert_eq!(exact[index], expected, "{:?} for {said:?}", node.kind);
            // Two criteria that need the same judgment may settle each other; the evaluator does not know.
            let judged = evaluated[index].allows(Outcome::Agency);
            assert!(judged || evaluated[index] == expected, "{:?} for {said:?}", node.kind);
        }
    });
}

/// Which nodes count on a day: those that a program reads then.
fn counting(program: &Program, day: Date) -> Vec<bool> {
    let roots = program.pathways.iter().flat_map(|pathway| {
        let payers = pathway.financing.iter().filter_map(|financing| financing.when);
        [pathway.eligible].into_iter().chain(pathway.receiving).chain(payers)
    });
    let mut counts = vec![false; program.nodes.len()];
    let mut open: Vec<NodeId> = roots.collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut counts[node.0 as usize], true) {
            open.extend(program.node(node).kind.parts_on(day));
        }
    }
    counts
}
