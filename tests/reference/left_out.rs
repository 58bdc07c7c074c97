//! Everything in rules that can be left out, one thing at a time; and rules that tell as many children apart as all
//! of these together.

use carepath::program::{At, Node, NodeId, NodeKind, Program};
use carepath::vocabulary::{Sum, Test};

/// Something that is left out.
#[derive(Debug)]
pub(crate) struct LeftOut {
    pub(crate) change: Change,
    /// The member that is left out, where it is a whole one.
    pub(crate) member: Option<NodeId>,
    /// The node in which it is.
    pub(crate) node: usize,
    /// Its line.
    pub(crate) at: At,
    /// A word by which it is told.
    pub(crate) word: String,
}

/// What becomes of the rules.
#[derive(Debug)]
pub(crate) enum Change {
    /// A node is this instead.
    Node(usize, NodeKind),
    /// A list lacks an entry.
    Entry(usize, usize),
}

impl Change {
    /// The rules without it.
    pub(crate) fn made(&self, program: &Program) -> Program {
        let mut program = program.clone();
        match self {
            Self::Node(node, kind) => program.nodes[*node].kind = kind.clone(),
            Self::Entry(list, entry) => {
                program.lists[*list].entries.remove(*entry);
            }
        }
        program
    }
}

/// All that can be left out of the nodes that decide, and of the lists that they read.
pub(crate) fn left_out(program: &Program) -> Vec<LeftOut> {
    let mut all = Vec::new();
    let decides = program.decides();
    for (number, node) in program.nodes[..decides].iter().enumerate() {
        let mut push = |kind: NodeKind, member: Option<NodeId>, at: At, word: &str| {
            let change = Change::Node(number, kind);
            all.push(LeftOut { change, member, node: number, at, word: word.to_owned() });
        };
        let members = match &node.kind {
            NodeKind::All(members) | NodeKind::Any(members) | NodeKind::AtLeast(_, members) => &members[..],
            _ => &[],
        };
        for left in 0..members.len() {
            let member = &program.nodes[members[left].0 as usize];
            if members.len() == 1 || matches!(member.kind, NodeKind::NotStated(_)) {
                continue;
            }
            let rest = [&members[..left], &members[left + 1..]].concat();
            let kind = match node.kind {
                NodeKind::All(_) => NodeKind::All(rest),
                NodeKind::Any(_) => NodeKind::Any(rest),
                NodeKind::AtLeast(needed, _) => NodeKind::AtLeast(needed, rest),
                _ => unreachable!(),
            };
            push(kind, Some(members[left]), member.at, "this criterion");
        }
        for (kind, word) in parts_of(program, &node.kind) {
            push(kind, None, node.at, &word);
        }
    }
    for list in 0..program.lists.len() {
        let reads = |node: &Node| matches!(&node.kind, NodeKind::Test(Test::Diagnoses { list: own, .. }) if *own == list);
        let Some(node) = program.nodes[..decides].iter().position(reads) else { continue };
        let own = &program.lists[list];
        for entry in 0..own.entries.len() {
            let word = format!("the entry {} of the list `{}`", own.entries[entry].codes, own.id);
            let (change, at) = (Change::Entry(list, entry), program.nodes[node].at);
            all.push(LeftOut { change, member: None, node, at, word });
        }
    }
    all
}

/// A test without one of its two ends, or one of what it names.
fn parts_of(program: &Program, kind: &NodeKind) -> Vec<(NodeKind, String)> {
    let ends = |without_lower: NodeKind, without_upper: NodeKind| {
        vec![(without_lower, "the lower end".to_owned()), (without_upper, "the upper end".to_owned())]
    };
    let named = |fact: usize, choice: usize| format!("`{}`", program.facts[fact].kind.choices()[choice].id);
    let rest = |all: &[usize], left: usize| [&all[..left], &all[left + 1..]].concat();
    match kind {
        NodeKind::Test(Test::Age { from: Some(from), below: Some(below), in_months, month_end, on }) => {
            let (in_months, on) = (*in_months, *on);
            let age =
                |from, below, month_end| NodeKind::Test(Test::Age { from, below, in_months, month_end, on });
            ends(age(None, Some(*below), *month_end), age(Some(*from), None, false))
        }
        NodeKind::Test(Test::Number { fact, from: Some(from), to: Some(to) }) => {
            let number = |from, to| NodeKind::Test(Test::Number { fact: *fact, from, to });
            ends(number(None, Some(*to)), number(Some(*from), None))
        }
        NodeKind::Sum(sum) if sum.from.is_some() && sum.to.is_some() => {
            let sum = |from, to| NodeKind::Sum(Sum { from, to, ..sum.clone() });
            let NodeKind::Sum(own) = kind else { unreachable!() };
            ends(sum(None, own.to), sum(own.from, None))
        }
        NodeKind::Test(Test::OneOf { fact, choices, list: None }) if choices.len() > 1 => {
            let one = |left: usize| {
                let test = Test::OneOf { fact: *fact, choices: rest(choices, left), list: None };
                (NodeKind::Test(test), named(*fact, choices[left]))
            };
            (0..choices.len()).map(one).collect()
        }
        NodeKind::Test(Test::Includes { fact, elements, at_least }) if elements.len() > 1 => {
            let one = |left: usize| {
                let test =
                    Test::Includes { fact: *fact, elements: rest(elements, left), at_least: *at_least };
                (NodeKind::Test(test), named(*fact, elements[left]))
            };
            (0..elements.len()).map(one).collect()
        }
        _ => Vec::new(),
    }
}

/// The same rules with tests that nothing reads, so that whatever is left out, no other children are told apart.
pub(crate) fn finer(program: &Program) -> Program {
    let mut finer = program.clone();
    let (kinds, at) =
        (program.nodes.iter().map(|node| &node.kind), program.nodes.first().map(|node| node.at));
    let Some(at) = at else { return finer };
    let mut more: Vec<NodeKind> =
        kinds.flat_map(|kind| parts_of(program, kind)).map(|(kind, _)| kind).collect();
    for one in left_out(program) {
        if let Change::Entry(list, _) = one.change {
            let NodeKind::Test(Test::Diagnoses { fact, .. }) = program.nodes[one.node].kind else { continue };
            finer.lists.push(one.change.made(program).lists[list].clone());
            more.push(NodeKind::Test(Test::Diagnoses { fact, list: finer.lists.len() - 1, at_least: 1 }));
        }
    }
    finer.nodes.extend(more.into_iter().map(|kind| Node { kind, at, cites: Vec::new(), reading: None }));
    finer
}
