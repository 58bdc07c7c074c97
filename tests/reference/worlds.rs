//! All worlds of a rule set, and what comes out in each.

use super::Mask;
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

/// One thing in which worlds differ.
pub(crate) struct Axis {
    /// The fact it belongs to; births belong to the month.
    pub(crate) fact: usize,
    pub(crate) part: Part,
    pub(crate) cells: Vec<Cell>,
}

/// Which part of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Element(usize),
    /// Conditions that no list and no vague code tells apart: their codes.
    Condition(Vec<&'static str>),
}

/// Values that no criterion tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    No,
    Yes,
    /// Some of the days in it.
    Births(Vec<Date>),
    /// Both ends in.
    Numbers(i64, i64),
    Choice(usize),
    NotApplicable,
}

/// A truth for each world.
#[derive(Clone)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    fn all(worlds: usize, so: bool) -> Self {
        Self(vec![if so { u64::MAX } else { 0 }; worlds.div_ceil(64)])
    }

    pub(crate) fn get(&self, world: usize) -> bool {
        self.0[world / 64] >> (world % 64) & 1 == 1
    }

    fn set(&mut self, world: usize) {
        self.0[world / 64] |= 1 << (world % 64);
    }

    fn and(mut self, other: &Self) -> Self {
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

    fn axis(&self, fact: usize, part: &Part) -> usize {
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

/// Every axis of a program: each fact that a criterion or a definition speaks of.
fn axes(program: &Program, day: Date) -> Vec<Axis> {
    let tests = || {
        program.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Test(test) => Some(test),
            _ => None,
        })
    };
    // What is told of a birth can contradict itself, even where no criterion reads an age.
    let mut facts: BTreeSet<usize> = program.fact_of_kind(&FactKind::BirthMonth).into_iter().collect();
    facts.extend(tests().filter_map(Test::fact));
    // So can what is told of an age at an event.
    let at_event = |fact: &usize| matches!(program.facts[*fact].kind, FactKind::AgeAt { event: Some(_) });
    facts.extend((0..program.facts.len()).filter(at_event));
    facts.extend(sums(program).flat_map(|sum| sum.addends.iter().map(|addend| addend.fact)));
    for implication in &program.implications {
        facts.insert(implication.when.fact());
        facts.extend(implication.then.iter().map(|literal| literal.fact()));
    }
    let mut axes = Vec::new();
    for fact in facts {
        let mut add = |part: Part, cells: Vec<Cell>| axes.push(Axis { fact, part, cells });
        let may_not_apply = program.facts[fact].may_not_apply.then_some(Cell::NotApplicable);
        match &program.facts[fact].kind {
            FactKind::YesNo => add(Part::Whole, vec![Cell::No, Cell::Yes]),
            FactKind::BirthMonth | FactKind::BirthDate | FactKind::Age => {
                add(Part::Whole, births(tests(), day));
            }
            FactKind::Number { .. } | FactKind::Day | FactKind::AgeAt { .. } => {
                let (min, max) = match program.facts[fact].kind {
                    FactKind::Number { min, max, .. } => (min, max),
                    FactKind::Day => (0, i64::from(u16::MAX) * 400),
                    _ => (0, 125 * 12 - 1),
                };
                let cells = numbers(program, tests(), fact, min, max, day).into_iter().chain(may_not_apply);
                add(Part::Whole, cells.collect());
            }
            FactKind::Choice(choices) | FactKind::Place(choices) => {
                add(Part::Whole, (0..choices.len()).map(Cell::Choice).chain(may_not_apply).collect());
            }
            FactKind::Set(choices) => {
                (0..choices.len()).for_each(|element| add(Part::Element(element), vec![Cell::No, Cell::Yes]));
            }
            FactKind::Codes => {
                for codes in conditions(program, tests()) {
                    add(Part::Condition(codes), vec![Cell::No, Cell::Yes]);
                }
            }
        }
    }
    axes
}

/// The births of the last 26 years by the day, and older ones by the month, as the tests tell them apart.
fn births<'t>(tests: impl Iterator<Item = &'t Test>, day: Date) -> Vec<Cell> {
    let tests: Vec<&Test> = tests.filter(|test| matches!(test, Test::Age { .. })).collect();
    let by_day = (0..9_500).map(|back| Date::from_day_number(day.day_number() - back));
    let older = (0..1_100).map(|month| Date::from_day_number(day.day_number() - 9_500 - month * 30));
    let mut cells: Vec<(Vec<bool>, Vec<Date>)> = Vec::new();
    for birth in by_day.chain(older) {
        let told: Vec<bool> = tests
            .iter()
            .map(|test| match test {
                Test::Age { from, below, month_end, on, .. } => {
                    of_age(birth, on.day(day), *from, *below, *month_end)
                }
                _ => false,
            })
            .collect();
        // Births of one cell mostly follow one another.
        match cells.iter_mut().rev().find(|(known, _)| *known == told) {
            Some((_, days)) => days.push(birth),
            None => cells.push((told, vec![birth])),
        }
    }
    cells.into_iter().map(|(_, days)| Cell::Births(days)).collect()
}

/// Whole months between two days: the day of the month has to come around, or the month after has to begin.
pub(crate) fn months(birth: Date, day: Date) -> i64 {
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    months(day) - months(birth) - i64::from(day.day() < birth.day())
}

/// Whether somebody born on a day has an age on another.
pub(crate) fn of_age(birth: Date, day: Date, from: Option<u32>, below: Option<u32>, month_end: bool) -> bool {
    let old_enough = from.is_none_or(|from| months(birth, day) >= i64::from(from));
    let young_enough = below.is_none_or(|below| {
        let below = i64::from(below);
        if !month_end {
            return months(birth, day) < below;
        }
        if months(birth, day) > below {
            return false;
        }
        // Still of age on the day before the month began, if not today.
        let mut before = day;
        while before.month() == day.month() {
            before = before.previous();
        }
        months(birth, before) < below
    });
    old_enough && young_enough
}

/// Whether less than so many months lie between a day, by its number, and another.
pub(crate) fn is_recent(number: i64, day: Date, within: u32) -> bool {
    months(Date::from_day_number(i32::try_from(number).unwrap()), day) < i64::from(within)
}

/// A number's values between the bounds that tests name.
fn numbers<'t>(
    program: &Program,
    tests: impl Iterator<Item = &'t Test>,
    wanted: usize,
    min: i64,
    max: i64,
    day: Date,
) -> Vec<Cell> {
    let mut starts = BTreeSet::from([min]);
    for test in tests {
        if let Test::InTheLast { fact, months } = test
            && *fact == wanted
        {
            let back = (0..i64::from(day.day_number())).map(|back| i64::from(day.day_number()) - back);
            starts.extend(back.take_while(|number| is_recent(*number, day, *months)).last());
        }
        if let Test::Number { fact, from, to } = test
            && *fact == wanted
        {
            starts
                .extend(from.iter().copied().chain(to.map(|to| to + 1)).filter(|n| (min..=max).contains(n)));
        }
    }
    for sum in sums(program) {
        starts.extend(turns(program, sum, wanted, min, max));
    }
    let starts: Vec<i64> = starts.into_iter().collect();
    let ends = starts[1..].iter().map(|next| next - 1).chain([max]);
    starts.iter().zip(ends).map(|(start, end)| Cell::Numbers(*start, end)).collect()
}

fn sums(program: &Program) -> impl Iterator<Item = &Sum<NodeId>> {
    program.nodes.iter().filter_map(|node| if let NodeKind::Sum(sum) = &node.kind { Some(sum) } else { None })
}

/// What a value adds to a sum.
fn added(amount: &Amount, value: i64) -> i64 {
    match amount {
        Amount::ForEach { points, of, plus } => (value + plus) / of * points,
        Amount::Table(first, values) => values[((value - first) as usize).min(values.len() - 1)],
    }
}

/// Few enough values to be told apart one by one.
const FEW: i64 = 12;

/// The values of a number from which on a sum can come out differently, whatever else is in it.
fn turns(program: &Program, sum: &Sum<NodeId>, wanted: usize, min: i64, max: i64) -> Vec<i64> {
    let Some(own) = sum.addends.iter().find(|addend| addend.fact == wanted) else { return Vec::new() };
    if max - min < FEW {
        return (min..=max).collect();
    }
    let mut rests = BTreeSet::from([sum.always]);
    for points in &sum.points {
        rests = rests.iter().flat_map(|rest| [*rest, rest + points]).collect();
    }
    for Addend { fact, amount } in sum.addends.iter().filter(|addend| addend.fact != wanted) {
        let FactKind::Number { min, max, .. } = program.facts[*fact].kind else { panic!("no number") };
        let amounts: BTreeSet<i64> = (min..=max).map(|value| added(amount, value)).collect();
        assert!(amounts.len() < 30, "two numbers in one sum that add too many amounts");
        rests = rests.iter().flat_map(|rest| amounts.iter().map(move |amount| rest + amount)).collect();
    }
    let within =
        |total: i64| sum.from.is_none_or(|from| from <= total) && sum.to.is_none_or(|to| total <= to);
    (min + 1..=max)
        .filter(|value| {
            let (before, now) = (added(&own.amount, value - 1), added(&own.amount, *value));
            before != now && rests.iter().any(|rest| within(rest + before) != within(rest + now))
        })
        .collect()
}

/// The codes that children have, by what tells them apart: the entry in each list that is read, and which vague code may
/// mean them. Those that nothing speaks of are left out.
fn conditions<'t>(program: &Program, tests: impl Iterator<Item = &'t Test>) -> Vec<Vec<&'static str>> {
    let lists: BTreeSet<usize> = tests
        .filter_map(|test| match test {
            Test::Diagnoses { list, .. } => Some(*list),
            _ => None,
        })
        .collect();
    let mut found = BTreeMap::new();
    for code in CODES {
        let entries: Vec<Option<usize>> =
            lists.iter().map(|list| entry_of(&program.lists[*list], code)).collect();
        let meant: Vec<bool> = VAGUE.iter().map(|vague| code.starts_with(vague)).collect();
        if entries.iter().all(Option::is_none) && !meant.contains(&true) {
            continue;
        }
        found.entry((entries, meant)).or_insert_with(Vec::new).push(code);
    }
    found.into_values().collect()
}

/// The entry of a list that a specific code falls under.
pub(super) fn entry_of(list: &CodeList, code: &str) -> Option<usize> {
    let code = code.replace('.', "");
    let inside = |entry: &CodeEntry| match entry {
        CodeEntry::Below(above) => code.starts_with(above.as_str()),
        CodeEntry::Categories(from, to) => (from.as_str()..=to.as_str()).contains(&&code[..3]),
    };
    if list.except.iter().any(inside) {
        return None;
    }
    list.entries.iter().position(|entry| inside(&entry.codes))
}
