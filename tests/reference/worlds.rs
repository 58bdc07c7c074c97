//! All worlds of a rule set, and what comes out in each.

use super::Mask;
use super::axes::{Axis, Cell, Part, added, axes, entry_of, is_recent, of_age};
use super::route::{Candidate, candidates, payer, waived};
use super::said::Said;
use crate::random::{CODES, VAGUE};
use carepath::program::{NodeId, NodeKind, Program};
use carepath::value::{CodeEntry, Date};
use carepath::vocabulary::{Addend, Amount, CodeList, FactKind, Literal, Sum, Test};
use std::collections::{BTreeMap, BTreeSet};

/// More worlds than this are not tried.
const MOST: usize = 1 << 15;

/// All children that the rules can tell apart.
pub(crate) struct Worlds<'p> {
    pub(crate) program: &'p Program,
    pub(crate) day: Date,
    pub(crate) axes: Vec<Axis>,
    /// What comes out in each world; nothing for worlds that break a definition.
    pub(crate) masks: Vec<Mask>,
    pub(crate) candidates: Vec<Candidate>,
    /// The ways in which the lead can come out, each by the bits of the candidates that may lead.
    pub(crate) ways: Vec<u64>,
    /// The truth of every node under each way of judging: by judgments, then by node; none without a say.
    pub(crate) truths: Vec<Vec<Option<Bits>>>,
}

/// A truth for each world.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn all(worlds: usize, so: bool) -> Self {
        Self(vec![if so { u64::MAX } else { 0 }; worlds.div_ceil(64)])
    }

    pub(crate) fn get(&self, world: usize) -> bool {
        self.0[world / 64] >> (world % 64) & 1 == 1
    }

    pub(super) fn set(&mut self, world: usize) {
        self.0[world / 64] |= 1 << (world % 64);
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }

    fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    fn not(mut self) -> Self {
        self.0.iter_mut().for_each(|a| *a = !*a);
        self
    }

    fn at_least(worlds: usize, needed: usize, members: &[Self]) -> Self {
        let mut reached: Vec<Self> = (0..=needed).map(|count| Self::all(worlds, count == 0)).collect();
        for member in members {
            for count in (1..=needed).rev() {
                reached[count] = reached[count].clone().or(&reached[count - 1].clone().and(member));
            }
        }
        reached.swap_remove(needed)
    }
}

impl<'p> Worlds<'p> {
    /// All worlds; nothing if there are too many.
    pub(crate) fn new(program: &'p Program, day: Date) -> Option<Self> {
        let axes = axes(program, day);
        let count = axes
            .iter()
            .try_fold(1usize, |count, axis| Some(count * axis.cells.len()).filter(|count| *count <= MOST))?;
        let mut worlds = Self {
            program,
            day,
            axes,
            masks: Vec::new(),
            candidates: candidates(program, day),
            ways: Vec::new(),
            truths: Vec::new(),
        };
        let cells: Vec<Vec<Bits>> = worlds.cells(count);
        let judgments = judgments(program);
        worlds.truths =
            (0..1 << judgments.len()).map(|judged| worlds.nodes(count, &cells, &judgments, judged)).collect();
        let possible = worlds.possible(count, &cells);
        worlds.masks =
            (0..count).map(|world| if possible.get(world) { worlds.mask(world) } else { 0 }).collect();
        assert!(worlds.masks.iter().any(|mask| *mask != 0), "no child can be");
        Some(worlds)
    }

    /// The truth of every node in these worlds under other rules, which tell no more of them apart.
    pub(crate) fn under(&self, program: &Program) -> Vec<Vec<Option<Bits>>> {
        let other = Worlds {
            program,
            day: self.day,
            axes: self.axes.clone(),
            masks: Vec::new(),
            candidates: Vec::new(),
            ways: Vec::new(),
            truths: Vec::new(),
        };
        let (count, judgments) = (self.masks.len(), judgments(program));
        let cells = other.cells(count);
        (0..1 << judgments.len()).map(|judged| other.nodes(count, &cells, &judgments, judged)).collect()
    }

    /// The cell of an axis in a world.
    pub(crate) fn cell(&self, world: usize, axis: usize) -> usize {
        world / self.stride(axis) % self.axes[axis].cells.len()
    }

    /// How far apart two worlds lie that differ by one cell of an axis.
    pub(crate) fn stride(&self, axis: usize) -> usize {
        self.axes[axis + 1..].iter().map(|axis| axis.cells.len()).product()
    }

    /// Where each cell of each axis is.
    fn cells(&self, count: usize) -> Vec<Vec<Bits>> {
        (0..self.axes.len())
            .map(|axis| {
                let stride = self.stride(axis);
                let cells = self.axes[axis].cells.len();
                let mut bits = vec![Bits::all(count, false); cells];
                (0..count).for_each(|world| bits[world / stride % cells].set(world));
                bits
            })
            .collect()
    }

    /// Where a test of a fact holds: one axis decides it, or several together.
    fn test(&self, count: usize, cells: &[Vec<Bits>], test: &Test) -> Bits {
        let union = |axis: usize, wanted: &dyn Fn(&Cell) -> bool| {
            let own = self.axes[axis].cells.iter().zip(&cells[axis]);
            own.filter(|(cell, _)| wanted(cell)).fold(Bits::all(count, false), |all, (_, bits)| all.or(bits))
        };
        match test {
            Test::InTheLast { fact, months } => union(self.axis(*fact, &Part::Whole), &|cell| match cell {
                Cell::Numbers(least, _) => is_recent(*least, self.day, *months),
                _ => false,
            }),
            Test::Fact(fact) => union(self.axis(*fact, &Part::Whole), &|cell| *cell == Cell::Yes),
            Test::Age { from, below, month_end, on, .. } => {
                let on = on.day(self.day);
                let births = self.axes.iter().position(|axis| matches!(axis.cells[0], Cell::Births(_)));
                union(births.unwrap(), &|cell| match cell {
                    Cell::Births(days) => of_age(days[0], on, *from, *below, *month_end),
                    _ => false,
                })
            }
            Test::Number { fact, from, to } => union(self.axis(*fact, &Part::Whole), &|cell| match cell {
                Cell::Numbers(least, _) => {
                    from.is_none_or(|from| from <= *least) && to.is_none_or(|to| *least <= to)
                }
                _ => false,
            }),
            Test::OneOf { fact, choices, .. } => union(
                self.axis(*fact, &Part::Whole),
                &|cell| matches!(cell, Cell::Choice(choice) if choices.contains(choice)),
            ),
            Test::Includes { fact, elements, at_least } => {
                let axes = elements.iter().map(|element| self.axis(*fact, &Part::Element(*element)));
                let each: Vec<Bits> = axes.map(|axis| cells[axis][1].clone()).collect();
                Bits::at_least(count, *at_least as usize, &each)
            }
            Test::Diagnoses { list, at_least, .. } => {
                let list = &self.program.lists[*list];
                let entries: Vec<Bits> = (0..list.entries.len())
                    .map(|entry| {
                        let inside = self.axes.iter().enumerate().filter(|(_, axis)| match &axis.part {
                            Part::Condition(codes) => entry_of(list, codes[0]) == Some(entry),
                            _ => false,
                        });
                        inside.fold(Bits::all(count, false), |all, (axis, _)| all.or(&cells[axis][1]))
                    })
                    .collect();
                Bits::at_least(count, *at_least as usize, &entries)
            }
        }
    }

    /// Where a sum lies within its bounds: added up world by world.
    fn sum(&self, count: usize, sum: &Sum<NodeId>, truths: &[Option<Bits>]) -> Bits {
        let mut within = Bits::all(count, false);
        'worlds: for world in 0..count {
            let mut total = sum.always;
            for Addend { fact, amount } in &sum.addends {
                let axis = self.axis(*fact, &Part::Whole);
                match self.axes[axis].cells[world / self.stride(axis) % self.axes[axis].cells.len()] {
                    Cell::Numbers(least, _) => total += added(amount, least),
                    _ => continue 'worlds,
                }
            }
            for (when, points) in sum.when.iter().zip(&sum.points) {
                let holds = truths[when.0 as usize].as_ref().is_some_and(|truth| truth.get(world));
                total += if holds { *points } else { 0 };
            }
            if sum.from.is_none_or(|from| from <= total) && sum.to.is_none_or(|to| total <= to) {
                within.set(world);
            }
        }
        within
    }

    pub(super) fn axis(&self, fact: usize, part: &Part) -> usize {
        self.axes.iter().position(|axis| axis.fact == fact && axis.part == *part).unwrap()
    }

    /// The truth of every node, with each judgment as a bit of `judged` says.
    fn nodes(
        &self,
        count: usize,
        cells: &[Vec<Bits>],
        judgments: &[&NodeKind],
        judged: usize,
    ) -> Vec<Option<Bits>> {
        let mut truths: Vec<Option<Bits>> = Vec::new();
        for node in &self.program.nodes {
            let part = |id: &NodeId| truths[id.0 as usize].clone();
            let in_force = |pathway: &usize| in_force(self.program, *pathway, self.day);
            let never = || Some(Bits::all(count, false));
            let truth = match &node.kind {
                NodeKind::Test(test) => Some(self.test(count, cells, test)),
                NodeKind::NotStated(_) => None,
                NodeKind::Judgment { .. } => {
                    let own = judgments.iter().position(|kind| **kind == node.kind).unwrap();
                    Some(Bits::all(count, judged >> own & 1 == 1))
                }
                NodeKind::Eligible { pathway, node } if in_force(pathway) => part(node),
                NodeKind::Receiving { pathway, node: Some(node) } if in_force(pathway) => part(node),
                NodeKind::Eligible { .. } | NodeKind::Receiving { .. } => never(),
                NodeKind::All(parts) => {
                    let members = parts.iter().filter_map(part);
                    Some(members.fold(Bits::all(count, true), |all, member| all.and(&member)))
                }
                NodeKind::Any(parts) => {
                    let members = parts.iter().filter_map(part);
                    Some(members.fold(Bits::all(count, false), |any, member| any.or(&member)))
                }
                NodeKind::AtLeast(needed, parts) => {
                    let members: Vec<Bits> = parts.iter().filter_map(part).collect();
                    Some(Bits::at_least(count, *needed as usize, &members))
                }
                NodeKind::Sum(sum) => Some(self.sum(count, sum, &truths)),
                NodeKind::Dated { periods, parts, .. } => {
                    let counts = periods.iter().position(|period| {
                        period.since.is_none_or(|since| since <= self.day)
                            && period.until.is_none_or(|until| self.day <= until)
                    });
                    counts.and_then(|case| part(&parts[case]))
                }
                NodeKind::Not { node, .. } => part(node).map(Bits::not),
            };
            truths.push(truth);
        }
        truths
    }

    /// Where every definition holds.
    fn possible(&self, count: usize, cells: &[Vec<Bits>]) -> Bits {
        let so = |literal: &Literal| match literal {
            Literal::Fact(fact) => cells[self.axis(*fact, &Part::Whole)][1].clone(),
            Literal::Element(fact, element) => cells[self.axis(*fact, &Part::Element(*element))][1].clone(),
            Literal::Choice(fact, choice) => cells[self.axis(*fact, &Part::Whole)][*choice].clone(),
        };
        self.program.implications.iter().fold(Bits::all(count, true), |all, implication| {
            let holds =
                implication.then.iter().fold(so(&implication.when).not(), |any, then| any.or(&so(then)));
            all.and(&holds)
        })
    }

    /// Whether a node holds in a world under each way of judging; nothing if it has no say.
    pub(crate) fn holds(&self, node: NodeId, world: usize) -> Option<Vec<bool>> {
        self.truths.iter().map(|nodes| nodes[node.0 as usize].as_ref().map(|bits| bits.get(world))).collect()
    }

    /// The bits of a program's decision.
    pub(crate) fn decision(&self, pathway: usize) -> Mask {
        7 << (pathway * PER_PROGRAM)
    }

    /// The bits of a benefit's decision.
    pub(crate) fn benefit(&self, pathway: usize, benefit: usize) -> Mask {
        7 << (pathway * PER_PROGRAM + FIRST_BENEFIT + 3 * benefit)
    }

    /// The one world that answers leave; nothing if they leave more.
    pub(crate) fn only(&self, said: &Said) -> Option<usize> {
        let mut world = 0;
        for (axis, open) in said.open.iter().enumerate() {
            let mut cells = (0..open.len()).filter(|cell| open[*cell]);
            world += cells.next()? * self.stride(axis);
            if cells.next().is_some() {
                return None;
            }
        }
        Some(world)
    }

    /// What comes out in one world.
    fn mask(&mut self, world: usize) -> Mask {
        let program = self.program;
        let outcome = |held: &[bool]| match (held.contains(&true), held.contains(&false)) {
            (true, false) => 0,
            (false, true) => 1,
            _ => 2,
        };
        let nowhere = vec![false; self.truths.len()];
        let (mut eligible, mut receiving) = (Vec::new(), Vec::new());
        for (index, pathway) in program.pathways.iter().enumerate() {
            let now = in_force(program, index, self.day);
            let of = |node: Option<NodeId>| {
                node.filter(|_| now).map_or_else(|| nowhere.clone(), |node| self.holds(node, world).unwrap())
            };
            eligible.push(of(Some(pathway.eligible)));
            receiving.push(of(pathway.receiving));
        }
        let mut mask: Mask = 0;
        for index in 0..program.pathways.len() {
            let base = index * PER_PROGRAM;
            let payer = payer(program, index, |node| self.holds(node, world).unwrap());
            let (received, not_needed) = waived(program, index, self.day, &eligible, &receiving);
            mask |= 1 << (base + outcome(&eligible[index]));
            mask |= 1 << (base + 3 + outcome(&receiving[index]));
            mask |= 1 << (base + 6 + payer.map_or(2, |payer| payer.min(1)));
            mask |= 1 << (base + 9 + usize::from(received));
            mask |= 1 << (base + 11 + usize::from(not_needed));
            for (benefit, own) in program.pathways[index].benefits.iter().enumerate() {
                let held = match in_force(program, index, self.day) {
                    true => self.holds(own.eligible, world).unwrap(),
                    false => nowhere.clone(),
                };
                mask |= 1 << (base + FIRST_BENEFIT + 3 * benefit + outcome(&held));
            }
        }
        let way = (0..self.truths.len()).fold(0u64, |way, judged| {
            let first =
                self.candidates.iter().position(|candidate| candidate.leads(&eligible, &receiving, judged));
            way | 1 << first.unwrap()
        });
        let known = self.ways.iter().position(|known| *known == way).unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        let bit = program.pathways.len() * PER_PROGRAM + known;
        assert!(bit < Mask::BITS as usize, "too many ways in which the lead can come out");
        mask | 1 << bit
    }
}

/// Bits of one program: decision 3, receiving 3, payer 3, a duplicate that is received 2, one that is not needed 2, each
/// benefit's decision 3.
pub(crate) const PER_PROGRAM: usize = FIRST_BENEFIT + 3 * MOST_BENEFITS;
pub(crate) const FIRST_BENEFIT: usize = 13;
/// No random program has more.
const MOST_BENEFITS: usize = 2;

/// The judgments that the criteria leave to agencies, each once.
fn judgments(program: &Program) -> Vec<&NodeKind> {
    let mut found: Vec<&NodeKind> = Vec::new();
    for node in &program.nodes {
        if matches!(node.kind, NodeKind::Judgment { .. }) && !found.contains(&&node.kind) {
            found.push(&node.kind);
        }
    }
    found
}

/// Both days are in.
pub(crate) fn in_force(program: &Program, pathway: usize, day: Date) -> bool {
    let pathway = &program.pathways[pathway];
    pathway.since.as_ref().is_none_or(|since| since.date <= day)
        && pathway.until.as_ref().is_none_or(|until| day <= until.date)
}
