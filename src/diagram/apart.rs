//! Where the diagrams take tests apart that have something in common: what several large numbers add up to beside another
//! test of one of them, an age at an event beside its day or another age.
//!
//! What is shown stays right; it may stay open although what is known would settle it. That cannot happen where the tests pull
//! the same way: then one child is the best for all of them at once, and one the worst. Days of birth, and a day tested in
//! several ways, are not taken apart: see `ask`.

use super::cells::counts;
use super::sums;
use crate::program::{At, NodeId, NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::{Addend, Amount, FactKind, Test};

/// Two tests that are taken apart; they may be one, which counts a number twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// Where the later one is written.
    pub at: At,
    /// Where the other one is.
    pub other: At,
    /// The numbers and days that both hang on, in question order.
    pub facts: Vec<usize>,
    /// Whether both hang on the birth.
    pub birth: bool,
}

/// Something that several tests can hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    /// A number or a day.
    Fact(usize),
    /// Whether a number applies.
    Applies(usize),
    /// How long ago the birth was.
    Age,
}

/// Which way a decision goes as something grows: whether it may come to hold, and whether it may cease to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pull {
    up: bool,
    down: bool,
}

/// How the diagrams take a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// By the cells of its facts; such tests are never apart.
    Cells,
    /// By an age at an event, and whether its day can be told.
    AgeAt(usize, bool),
    /// By a total; the first node that has it.
    Total(usize),
}

/// A test, as one decision uses it.
struct Used {
    at: At,
    taken: Taken,
    inputs: Vec<(Input, Pull)>,
}

/// The tests that are taken apart on a day and may so leave something open, in the order of the rules.
#[must_use]
pub fn taken_apart(program: &Program, on: Date) -> Vec<Apart> {
    let counts = counts(program, on);
    // Most rules have no test that is taken apart from any other.
    let any = Pull { up: true, down: true };
    let tests = (0..program.nodes.len()).filter(|index| counts[*index]);
    if tests.filter_map(|index| test(program, index, any)).all(|used| matches!(used.taken, Taken::Cells)) {
        return Vec::new();
    }
    let mut found: Vec<Apart> = Vec::new();
    let mut add = |apart: Option<Apart>| {
        if let Some(apart) = apart.filter(|apart| !found.contains(apart)) {
            found.push(apart);
        }
    };
    let used = |root: NodeId| used(program, root, on, &counts);
    for (index, pathway) in program.pathways.iter().enumerate() {
        for root in program.decided(index).chain(pathway.receiving) {
            let own = used(root);
            for (index, one) in own.iter().enumerate() {
                own[..=index].iter().for_each(|other| add(apart(one, other, false)));
            }
        }
    }
    // Who leads, and who is one too many, hangs on one program that fits and on another that does not.
    let joint = (0..program.pathways.len())
        .filter(|index| program.coordinates(*index) || program.route.lead.contains(index));
    let roots = joint.flat_map(|index| {
        let own = &program.pathways[index];
        let payers = own.financing.iter().filter_map(|financing| financing.when);
        [own.eligible].into_iter().chain(own.receiving).chain(payers)
    });
    let joint: Vec<Vec<Used>> = roots.map(used).collect();
    for (index, own) in joint.iter().enumerate() {
        for one in own {
            joint[..index].iter().flatten().for_each(|other| add(apart(one, other, true)));
        }
    }
    found.sort_by_key(|apart| (apart.at.file, apart.at.line, apart.other.file, apart.other.line));
    found
}

/// What two tests have in common, where they are taken apart and do not pull the same way.
fn apart(one: &Used, other: &Used, any_way: bool) -> Option<Apart> {
    let counted_twice = std::ptr::eq(one, other);
    let apart = match (one.taken, other.taken) {
        (Taken::Cells, Taken::Cells) => false,
        (Taken::AgeAt(age, told), Taken::AgeAt(other, also)) => age != other && told && also,
        (Taken::Total(total), Taken::Total(other)) => counted_twice || total != other,
        _ => true,
    };
    if !apart {
        return None;
    }
    let mut shared: Vec<(Input, Pull)> = Vec::new();
    for (index, (input, pull)) in one.inputs.iter().enumerate() {
        let others = if counted_twice { &one.inputs[..index] } else { &other.inputs };
        for (_, also) in others.iter().filter(|(also, _)| also == input) {
            shared.push((*input, Pull { up: pull.up || also.up, down: pull.down || also.down }));
        }
    }
    shared.retain(|(_, pull)| any_way || (pull.up && pull.down));
    let mut facts: Vec<usize> = shared
        .iter()
        .filter_map(|(input, _)| match input {
            Input::Fact(fact) | Input::Applies(fact) => Some(*fact),
            Input::Age => None,
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    let birth = shared.iter().any(|(input, _)| *input == Input::Age);
    let line = |at: At| (at.file, at.line);
    let (first, last) = if line(one.at) < line(other.at) { (one.at, other.at) } else { (other.at, one.at) };
    (!shared.is_empty()).then_some(Apart { at: last, other: first, facts, birth })
}

/// The tests below a root, with which way each pulls it.
fn used(program: &Program, root: NodeId, on: Date, counts: &[bool]) -> Vec<Used> {
    let mut holds = vec![Pull::default(); program.nodes.len()];
    holds[root.0 as usize].up = true;
    // Each node reads only earlier ones.
    for index in (0..=root.0 as usize).rev() {
        let (kind, own) = (&program.nodes[index].kind, holds[index]);
        let Pull { up, down } = match kind {
            NodeKind::Not { .. } => Pull { up: own.down, down: own.up },
            // Points bring a figure within its bounds, or out of them.
            NodeKind::Sum(_) => Pull { up: own.up || own.down, down: own.up || own.down },
            _ => own,
        };
        for part in kind.parts_on(on) {
            let part = &mut holds[part.0 as usize];
            (part.up, part.down) = (part.up || up, part.down || down);
        }
    }
    let below = holds.iter().enumerate().filter(|(index, pull)| counts[*index] && **pull != Pull::default());
    below.filter_map(|(index, pull)| test(program, index, *pull)).collect()
}

/// A node that is a test; `holds` says which way it pulls the decision.
fn test(program: &Program, index: usize, holds: Pull) -> Option<Used> {
    let node = &program.nodes[index];
    let between = |from: bool, to: bool| Pull { up: from, down: to };
    let (taken, mut inputs) = match &node.kind {
        NodeKind::Test(Test::Age { from, below, .. }) => {
            (Taken::Cells, vec![(Input::Age, between(from.is_some(), below.is_some()))])
        }
        NodeKind::Test(Test::InTheLast { fact, .. }) => {
            (Taken::Cells, vec![(Input::Fact(*fact), between(true, false))])
        }
        NodeKind::Test(Test::Number { fact, from, to }) => {
            let pull = between(from.is_some(), to.is_some());
            match program.facts[*fact].kind {
                FactKind::AgeAt { event } => {
                    let day = event.map(|event| (Input::Fact(event), pull));
                    let inputs = [(Input::Age, pull)].into_iter().chain(day).collect();
                    (Taken::AgeAt(*fact, event.is_some()), inputs)
                }
                _ => (Taken::Cells, vec![(Input::Fact(*fact), pull)]),
            }
        }
        NodeKind::Sum(sum) => {
            let total = sums::total(program, sum);
            let taken = match &total {
                Some(_) => Taken::Total(first_of_total(program, total.as_deref())?),
                None => Taken::Cells,
            };
            let added = |addend: &Addend| {
                let (rises, falls) = ways(&addend.amount);
                let (least, most) = (sum.from.is_some(), sum.to.is_some());
                (
                    Input::Fact(addend.fact),
                    between(rises && least || falls && most, falls && least || rises && most),
                )
            };
            (taken, total.as_deref().unwrap_or(&sum.addends).iter().map(added).collect())
        }
        _ => return None,
    };
    // Where a number does not apply, no test of it holds.
    let numbers = inputs.iter().filter_map(|(input, _)| match (input, taken) {
        (_, Taken::AgeAt(..)) => None,
        (Input::Fact(fact), _) if program.facts[*fact].may_not_apply => Some(Input::Applies(*fact)),
        _ => None,
    });
    let applying: Vec<_> = numbers.map(|input| (input, between(true, false))).collect();
    inputs.extend(applying);
    for (_, pull) in &mut inputs {
        let Pull { up, down } = *pull;
        *pull = Pull { up: up && holds.up || down && holds.down, down: down && holds.up || up && holds.down };
    }
    Some(Used { at: node.at, taken, inputs })
}

/// The first node that compares a total.
fn first_of_total(program: &Program, total: Option<&[Addend]>) -> Option<usize> {
    program.nodes.iter().position(|node| match &node.kind {
        NodeKind::Sum(sum) => sums::total(program, sum).as_deref() == total,
        _ => false,
    })
}

/// Whether what a number adds rises with it anywhere, and whether it falls.
fn ways(amount: &Amount) -> (bool, bool) {
    match amount {
        Amount::ForEach { points, .. } => (*points > 0, *points < 0),
        Amount::Table(_, values) => {
            let steps = || values.windows(2);
            (steps().any(|step| step[0] < step[1]), steps().any(|step| step[0] > step[1]))
        }
    }
}
