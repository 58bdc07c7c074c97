//! Children drawn from the likelihoods of a state's vocabulary, and what their families say when they are asked.
//!
//! Answers that every criterion tests alike are one class, so that children who would be interviewed alike are counted
//! instead of interviewed.

use crate::random::Dice;
use carepath::child::Answer;
use carepath::program::{NodeKind, Program};
use carepath::value::{Code, CodeEntry, CodeMatch, Date, Truth};
use carepath::vocabulary::{Choice, FactKind, Implication, Literal, Test, Usual};
use std::collections::BTreeMap;

/// In place of an answer's class: the question was not put.
pub(crate) const NOT_ASKED: u8 = 0;
/// *I don't know*.
const UNKNOWN: u8 = 1;
/// Children are younger than this.
const OLDEST_YEARS: u32 = 22;
/// Numbers that are added up are drawn from so many values above the least, and, if more can be, so far apart: dollars.
const SPREAD: i64 = 20;
const APART: i64 = 5_000;
/// Where something is usual, it is so for so many in a hundred.
const USUALLY: usize = 90;

/// Families with the class of the answer that each gives to every question.
pub(crate) struct Families {
    /// The classes by the fact's index, and how many children they are of.
    pub(crate) children: Vec<(Vec<u8>, usize)>,
    /// By the fact's index: what tells classes apart, and an answer of each.
    classes: Vec<Vec<(Vec<u32>, Answer)>>,
    /// The facts that criteria read; births under the month.
    read: Vec<usize>,
    /// How many children were born in a month of which the criteria tell days apart.
    by_day: usize,
    count: usize,
}

impl Families {
    /// So many children, whose families do not know so many answers in a hundred.
    pub(crate) fn new(dice: &mut Dice, program: &Program, day: Date, count: usize, unknown: usize) -> Self {
        let mut families = Self {
            children: Vec::new(),
            classes: vec![Vec::new(); program.facts.len()],
            read: facts_read(program),
            by_day: 0,
            count,
        };
        let mut counted: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for _ in 0..count {
            let answers = child(dice, program, day);
            let mut classes = Vec::with_capacity(answers.len());
            for (fact, answer) in answers.into_iter().enumerate() {
                let lost = dice.roll(100) < unknown;
                let told_apart = told_apart(program, fact, &answer, day);
                if matches!(answer, Some(Answer::Month(_))) && told_apart.len() > 1 && !lost {
                    families.by_day += 1;
                }
                classes.push(match answer {
                    None => NOT_ASKED,
                    Some(_) if lost => UNKNOWN,
                    Some(answer) => families.class(fact, told_apart, answer),
                });
            }
            *counted.entry(classes).or_default() += 1;
        }
        families.children = counted.into_iter().collect();
        families
    }

    /// The number of an answer's class.
    fn class(&mut self, fact: usize, told_apart: Vec<u32>, answer: Answer) -> u8 {
        let classes = &mut self.classes[fact];
        let known = classes.iter().position(|(known, _)| *known == told_apart);
        let class = known.unwrap_or_else(|| {
            classes.push((told_apart, answer));
            classes.len() - 1
        });
        u8::try_from(class).expect("few classes") + UNKNOWN + 1
    }

    /// What a class of answers stands for.
    pub(crate) fn answer(&self, fact: usize, class: u8) -> Option<Answer> {
        match class {
            NOT_ASKED => None,
            UNKNOWN => Some(Answer::Unknown),
            class => Some(self.classes[fact][usize::from(class - UNKNOWN - 1)].1.clone()),
        }
    }

    /// How many facts criteria read.
    pub(crate) fn facts_read(&self) -> usize {
        self.read.len()
    }

    /// The mean number of questions that ask for every fact that criteria read; for the day of birth where it matters.
    pub(crate) fn mean_of_all(&self) -> f64 {
        self.mean(self.read.len() * self.count + self.by_day)
    }

    pub(crate) fn mean(&self, questions: usize) -> f64 {
        questions as f64 / self.count as f64
    }
}

fn facts_read(program: &Program) -> Vec<usize> {
    let births = program.fact_of_kind(&FactKind::BirthMonth);
    let mut read: Vec<usize> = Vec::new();
    for node in &program.nodes {
        read.extend(node.kind.facts());
        if let NodeKind::Test(Test::Age { .. }) = &node.kind {
            read.extend(births);
        }
    }
    read.sort_unstable();
    read.dedup();
    read
}

// ------------------------------------------------------------------------------------------------- one child

/// The answers of one child, all it has: what is true by definition holds, what is usual mostly does.
fn child(dice: &mut Dice, program: &Program, day: Date) -> Vec<Option<Answer>> {
    let birth = Date::from_day_number(day.day_number() - dice.roll(days_back(day)) as i32);
    loop {
        let facts = 0..program.facts.len();
        let mut answers: Vec<Option<Answer>> = facts.map(|fact| drawn(dice, program, fact, birth)).collect();
        for Usual { when, then } in &program.usual {
            if so(&answers, *when) {
                make(&mut answers, *then, dice.roll(100) < USUALLY);
            }
        }
        let holds = |Implication { when, then }: &Implication| {
            !so(&answers, *when) || then.iter().any(|then| so(&answers, *then))
        };
        if program.implications.iter().all(holds) {
            return answers;
        }
    }
}

fn days_back(day: Date) -> usize {
    usize::try_from(day.day_number() - day.latest_birth(OLDEST_YEARS * 12).day_number()).unwrap()
}

fn drawn(dice: &mut Dice, program: &Program, fact: usize, birth: Date) -> Option<Answer> {
    let likely = usize::from(program.facts[fact].likely);
    Some(match &program.facts[fact].kind {
        FactKind::YesNo => Answer::YesNo(dice.roll(100) < likely),
        FactKind::BirthMonth => Answer::Month(birth.month_of()),
        FactKind::BirthDate => Answer::Date(birth),
        FactKind::Age => return None,
        FactKind::Place(places) if places.is_empty() => return None,
        kind @ (FactKind::Number { .. } | FactKind::Day | FactKind::AgeAt { .. }) => {
            let values: Vec<i64> = match kind.choices() {
                [] => values(program, fact, kind.limits().unwrap()),
                choices => choices.iter().filter_map(|choice| choice.value).collect(),
            };
            let number = values[dice.roll(values.len())];
            Answer::Number { from: number, to: number, refused: false }
        }
        FactKind::Choice(choices) | FactKind::Place(choices) => Answer::Choice(one_of(dice, choices)),
        FactKind::Set(choices) => {
            let element = |choice: &Choice| {
                let likely = choice.likely.map_or(likely, usize::from);
                Some(if dice.roll(100) < likely { Truth::Yes } else { Truth::No })
            };
            Answer::Set(choices.iter().map(element).collect())
        }
        FactKind::Codes => {
            let codes = codes(program);
            let has = dice.roll(100) < likely && !codes.is_empty();
            let known = if has { vec![codes[dice.roll(codes.len())].clone()] } else { Vec::new() };
            Answer::Codes { known, complete: Truth::Yes }
        }
    })
}

/// One of some choices; those without a likelihood share what the others leave.
fn one_of(dice: &mut Dice, choices: &[Choice]) -> usize {
    let stated: usize = choices.iter().filter_map(|choice| choice.likely).map(usize::from).sum();
    let silent = choices.iter().filter(|choice| choice.likely.is_none()).count();
    let rest = 100_usize.saturating_sub(stated).checked_div(silent).unwrap_or_default();
    let weights: Vec<usize> = choices.iter().map(|choice| choice.likely.map_or(rest, usize::from)).collect();
    let mut roll = dice.roll(weights.iter().sum::<usize>().max(1));
    for (index, weight) in weights.iter().enumerate() {
        match roll.checked_sub(*weight) {
            Some(left) => roll = left,
            None => return index,
        }
    }
    0
}

/// Values on either side of every bound that a criterion puts on a number; where it is added to others, spread over what
/// can be.
fn values(program: &Program, fact: usize, (min, max): (i64, i64)) -> Vec<i64> {
    let mut values = bounds(program, fact);
    values.push(min);
    if is_added(program, fact) {
        values.extend((0..=SPREAD).map(|step| min + step * if max - min <= SPREAD { 1 } else { APART }));
        values.retain(|value| *value <= max);
        values.sort_unstable();
        values.dedup();
    }
    values
}

/// Whether a figure that is added up has a number in it.
fn is_added(program: &Program, fact: usize) -> bool {
    program
        .nodes
        .iter()
        .any(|node| matches!(node.kind, NodeKind::Sum(_)) && node.kind.facts().any(|own| own == fact))
}

/// The first value above each bound that a criterion puts on a number.
fn bounds(program: &Program, wanted: usize) -> Vec<i64> {
    let mut bounds: Vec<i64> = Vec::new();
    for node in &program.nodes {
        if let NodeKind::Test(Test::Number { fact, from, to }) = &node.kind
            && *fact == wanted
        {
            bounds.extend(*from);
            bounds.extend(to.map(|to| to + 1));
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// A code for each entry of a list, as specific as any list asks.
fn codes(program: &Program) -> Vec<Code> {
    let entries = program.lists.iter().flat_map(|list| &list.entries);
    let mut codes: Vec<Code> = entries
        .map(|entry| match &entry.codes {
            CodeEntry::Below(code) | CodeEntry::Categories(code, _) => code.clone(),
        })
        .filter(|code| program.lists.iter().all(|list| list.compare(code).0 != CodeMatch::LessSpecific))
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

fn so(answers: &[Option<Answer>], literal: Literal) -> bool {
    match (literal, &answers[literal.fact()]) {
        (Literal::Fact(_), Some(Answer::YesNo(yes))) => *yes,
        (Literal::Choice(_, choice), Some(Answer::Choice(chosen))) => choice == *chosen,
        (Literal::Element(_, element), Some(Answer::Set(elements))) => elements[element] == Some(Truth::Yes),
        _ => false,
    }
}

fn make(answers: &mut [Option<Answer>], literal: Literal, so: bool) {
    match (literal, &mut answers[literal.fact()]) {
        (Literal::Fact(_), Some(Answer::YesNo(yes))) => *yes = so,
        (Literal::Choice(_, choice), Some(Answer::Choice(chosen))) if so => *chosen = choice,
        (Literal::Element(_, element), Some(Answer::Set(elements))) => {
            elements[element] = Some(if so { Truth::Yes } else { Truth::No });
        }
        _ => {}
    }
}

// ------------------------------------------------------------------------------------------ classes of answers

/// What tells an answer from others to the same question: the outcome of every test of it, or the answer itself where
/// implications can speak of it. A month of which the tests tell days apart stands for itself.
fn told_apart(program: &Program, fact: usize, answer: &Option<Answer>, day: Date) -> Vec<u32> {
    match answer {
        None => Vec::new(),
        Some(Answer::YesNo(yes)) => vec![u32::from(*yes)],
        Some(Answer::Choice(choice)) => vec![*choice as u32],
        Some(Answer::Set(elements)) => {
            elements.iter().map(|element| u32::from(*element == Some(Truth::Yes))).collect()
        }
        Some(Answer::Number { from, .. }) if is_added(program, fact) => vec![*from as u32],
        Some(Answer::Number { from, .. }) => {
            vec![bounds(program, fact).iter().filter(|bound| *bound <= from).count() as u32]
        }
        Some(Answer::Month(month)) => {
            let (first, last) = (month.first(), month.last().min(day));
            let days = (first.day_number()..=last.day_number()).map(Date::from_day_number);
            let mut ages: Vec<u32> = days.map(|birth| age(program, birth, day)).collect();
            ages.dedup();
            if ages.len() > 1 {
                ages.push(u32::try_from(first.day_number()).unwrap_or_default());
            }
            ages
        }
        Some(Answer::Date(birth)) => {
            let mut ages = told_apart(program, fact, &Some(Answer::Month(birth.month_of())), day);
            ages.push(age(program, *birth, day));
            ages
        }
        Some(Answer::Codes { known, .. }) => {
            let entries = |list: usize| {
                let entries = known.iter().filter_map(move |code| program.lists[list].entry_of(code));
                [None]
                    .into_iter()
                    .chain(entries.map(Some))
                    .map(|entry| entry.map_or(0, |entry| entry as u32 + 1))
            };
            (0..program.lists.len()).flat_map(entries).collect()
        }
        Some(answer) => panic!("{answer:?} was not drawn"),
    }
}

/// The outcome of every test of age, a bit each.
fn age(program: &Program, birth: Date, day: Date) -> u32 {
    let mut bits = 0;
    let mut seen: Vec<&Test> = Vec::new();
    for node in &program.nodes {
        if let NodeKind::Test(test @ Test::Age { from, below, month_end, .. }) = &node.kind
            && !seen.contains(&test)
        {
            seen.push(test);
            let months = birth.completed_months(day).unwrap_or_default();
            let young = |below: u32| {
                if *month_end { day <= birth.completes(below).month_of().last() } else { months < below }
            };
            let met = from.is_none_or(|from| months >= from) && below.is_none_or(young);
            bits = bits << 1 | u32::from(met);
        }
    }
    bits
}
