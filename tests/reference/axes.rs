//! In what worlds differ: each fact that rules speak of, cut where they tell its values apart, and no finer.

use crate::random::{CODES, VAGUE};
use carepath::program::{NodeId, NodeKind, Program};
use carepath::value::{CodeEntry, Date};
use carepath::vocabulary::{Addend, Amount, CodeList, FactKind, Sum, Test};
use std::collections::{BTreeMap, BTreeSet};

/// One thing in which worlds differ.
#[derive(Clone)]
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

/// Every axis of a program: each fact that a criterion or a definition speaks of.
pub(super) fn axes(program: &Program, day: Date) -> Vec<Axis> {
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
pub(super) fn added(amount: &Amount, value: i64) -> i64 {
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
pub(crate) fn entry_of(list: &CodeList, code: &str) -> Option<usize> {
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
