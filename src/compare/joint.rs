//! Two versions of a state's rules in one program: the same facts, so that a child is a child of both.
//!
//! Facts, choices and places are one where their names are. Criteria, lists and programs stand behind one another, each
//! version's own; what is written alike becomes the same diagram all by itself.

use crate::program::{At, NodeId, NodeKind, Program};
use crate::vocabulary::{Choice, Fact, FactKind, Implication, Literal, Pathway, Says, Sum, Test, Usual};

/// Two versions in one program.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    /// Both versions' nodes and programs, the old one's first. Nothing but what decides is kept.
    pub(super) program: Program,
    /// Where each version's own begin.
    pub(super) sides: [Side; 2],
}

/// Where one version's parts stand in both.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    /// The first node.
    pub(super) nodes: usize,
    /// The first program.
    pub(super) pathways: usize,
    /// Of each fact, its index in both.
    facts: Vec<usize>,
    /// Of each fact, of each of its choices, its index in both.
    choices: Vec<Vec<usize>>,
    lists: usize,
    place_lists: usize,
    guidelines: usize,
    files: usize,
}

impl Joint {
    pub(super) fn new(old: &Program, new: &Program) -> Self {
        let mut program = new.clone();
        program.facts.clear();
        program.implications.clear();
        program.usual.clear();
        program.lists.clear();
        program.place_lists.clear();
        program.guidelines.clear();
        program.nodes.clear();
        program.pathways.clear();
        program.files.clear();
        program.cited.clear();
        let sides = [old, new].map(|version| add(&mut program, version));
        Self { program, sides }
    }
}

impl Side {
    /// A version's node in both.
    pub(super) fn node(&self, node: NodeId) -> NodeId {
        NodeId(node.0 + self.nodes as u32)
    }

    fn literal(&self, literal: Literal) -> Literal {
        match literal {
            Literal::Fact(fact) => Literal::Fact(self.facts[fact]),
            Literal::Choice(fact, choice) => Literal::Choice(self.facts[fact], self.choices[fact][choice]),
            Literal::Element(fact, element) => {
                Literal::Element(self.facts[fact], self.choices[fact][element])
            }
        }
    }

    fn test(&self, test: &Test) -> Test {
        let choices = |fact: usize, chosen: &[usize]| {
            chosen.iter().map(|choice| self.choices[fact][*choice]).collect::<Vec<usize>>()
        };
        let mut moved = test.clone();
        match &mut moved {
            Test::Fact(fact) | Test::Number { fact, .. } | Test::InTheLast { fact, .. } => {
                *fact = self.facts[*fact]
            }
            Test::Age { .. } => {}
            Test::OneOf { fact, choices: chosen, list } => {
                *chosen = choices(*fact, chosen);
                *fact = self.facts[*fact];
                *list = list.map(|list| list + self.place_lists);
            }
            Test::Includes { fact, elements, .. } => {
                *elements = choices(*fact, elements);
                *fact = self.facts[*fact];
            }
            Test::Diagnoses { fact, list, .. } => {
                *fact = self.facts[*fact];
                *list += self.lists;
            }
        }
        moved
    }

    fn nodes(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        nodes.iter().map(|node| self.node(*node)).collect()
    }

    fn kind(&self, kind: &NodeKind) -> NodeKind {
        match kind {
            NodeKind::Test(test) => NodeKind::Test(self.test(test)),
            NodeKind::Judgment { agency, question, list, left } => NodeKind::Judgment {
                agency: agency.clone(),
                question: question.clone(),
                list: list.map(|list| list + self.lists),
                left: left.map(|at| At { file: at.file + self.files as u32, ..at }),
            },
            NodeKind::NotStated(what) => NodeKind::NotStated(what.clone()),
            NodeKind::Eligible { pathway, node } => {
                NodeKind::Eligible { pathway: pathway + self.pathways, node: self.node(*node) }
            }
            NodeKind::Receiving { pathway, node } => NodeKind::Receiving {
                pathway: pathway + self.pathways,
                node: node.map(|node| self.node(node)),
            },
            NodeKind::All(parts) => NodeKind::All(self.nodes(parts)),
            NodeKind::Any(parts) => NodeKind::Any(self.nodes(parts)),
            NodeKind::AtLeast(needed, parts) => NodeKind::AtLeast(*needed, self.nodes(parts)),
            NodeKind::Sum(sum) => NodeKind::Sum(self.sum(sum)),
            NodeKind::Dated { periods, parts, stale_from } => NodeKind::Dated {
                periods: periods.clone(),
                parts: self.nodes(parts),
                stale_from: *stale_from,
            },
            NodeKind::Not { node, written } => NodeKind::Not { node: self.node(*node), written: *written },
        }
    }

    fn sum(&self, sum: &Sum<NodeId>) -> Sum<NodeId> {
        let mut moved = sum.clone();
        moved.when = self.nodes(&sum.when);
        moved.addends.iter_mut().for_each(|addend| addend.fact = self.facts[addend.fact]);
        match &mut moved.says {
            Says::Poverty { fact, guideline, .. } => {
                *fact = self.facts[*fact];
                *guideline += self.guidelines;
            }
            Says::Compared { fact, other, .. } => {
                (*fact, *other) = (self.facts[*fact], self.facts[*other]);
            }
            Says::Score(_) => {}
        }
        moved
    }

    fn pathway(&self, pathway: &Pathway<NodeId>) -> Pathway<NodeId> {
        let mut moved = pathway.clone();
        moved.eligible = self.node(pathway.eligible);
        moved.receiving = pathway.receiving.map(|node| self.node(node));
        let own = moved.financing.iter_mut();
        let of_benefits = moved.benefits.iter_mut().flat_map(|benefit| {
            benefit.eligible = self.node(benefit.eligible);
            &mut benefit.financing
        });
        own.chain(of_benefits).for_each(|financing| {
            financing.when = financing.when.map(|when| self.node(when));
        });
        moved
    }
}

/// Puts one version behind what is there.
fn add(program: &mut Program, version: &Program) -> Side {
    let mut side = Side {
        nodes: program.nodes.len(),
        pathways: program.pathways.len(),
        lists: program.lists.len(),
        place_lists: program.place_lists.len(),
        guidelines: program.guidelines.len(),
        files: program.files.len(),
        ..Side::default()
    };
    for fact in &version.facts {
        let known = program.facts.iter().position(|known| known.id == fact.id);
        let joined = known.and_then(|index| Some((index, both(&program.facts[index], fact)?)));
        let index = match joined {
            Some((index, joined)) => {
                program.facts[index] = joined;
                index
            }
            None => {
                program.facts.push(fact.clone());
                program.facts.len() - 1
            }
        };
        let place = |choice: &Choice| {
            program.facts[index]
                .kind
                .choices()
                .iter()
                .position(|known| known.id == choice.id)
                .unwrap_or_default()
        };
        side.choices.push(fact.kind.choices().iter().map(place).collect());
        side.facts.push(index);
    }
    for index in &side.facts {
        if let FactKind::AgeAt { event: Some(event) } = &mut program.facts[*index].kind {
            *event = side.facts[*event];
        }
    }
    let implications = version.implications.iter().map(|Implication { when, then }| Implication {
        when: side.literal(*when),
        then: then.iter().map(|literal| side.literal(*literal)).collect(),
    });
    for implication in implications {
        if !program.implications.contains(&implication) {
            program.implications.push(implication);
        }
    }
    let usual = |usual: &Usual| Usual { when: side.literal(usual.when), then: side.literal(usual.then) };
    program.usual.extend(version.usual.iter().map(usual));
    program.lists.extend(version.lists.iter().cloned());
    program.place_lists.extend(version.place_lists.iter().cloned());
    program.guidelines.extend(version.guidelines.iter().cloned());
    program.files.extend(version.files.iter().cloned());
    for node in &version.nodes {
        let mut moved = node.clone();
        moved.kind = side.kind(&node.kind);
        moved.at.file += side.files as u32;
        moved.cites.clear();
        program.nodes.push(moved);
    }
    program.pathways.extend(version.pathways.iter().map(|pathway| side.pathway(pathway)));
    side
}

/// A fact that can be answered as either version's; nothing where they are of different kinds.
fn both(old: &Fact, new: &Fact) -> Option<Fact> {
    let all = |old: &[Choice], new: &[Choice]| {
        // Where a choice stood before stays its place.
        let kept = old.iter().map(|one| new.iter().find(|other| other.id == one.id).unwrap_or(one));
        let added = new.iter().filter(|one| old.iter().all(|other| other.id != one.id));
        kept.chain(added).cloned().collect::<Vec<Choice>>()
    };
    let kind = match (&old.kind, &new.kind) {
        (FactKind::Choice(a), FactKind::Choice(b)) => FactKind::Choice(all(a, b)),
        (FactKind::Set(a), FactKind::Set(b)) => FactKind::Set(all(a, b)),
        (FactKind::Place(a), FactKind::Place(b)) => FactKind::Place(all(a, b)),
        // An answer in other units is an answer to another question.
        (FactKind::Number { measure: old, .. }, FactKind::Number { measure: new, .. }) if old != new => {
            return None;
        }
        (FactKind::Number { min: least, max: most, .. }, FactKind::Number { .. }) => {
            let mut kind = new.kind.clone();
            if let FactKind::Number { min, max, .. } = &mut kind {
                (*min, *max) = ((*min).min(*least), (*max).max(*most));
            }
            kind
        }
        (a, b) if std::mem::discriminant(a) == std::mem::discriminant(b) => new.kind.clone(),
        _ => return None,
    };
    Some(Fact { kind, may_not_apply: old.may_not_apply || new.may_not_apply, ..new.clone() })
}
