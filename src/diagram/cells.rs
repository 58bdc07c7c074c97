//! The variables of the diagrams: each fact cut into the cells that the criteria tell apart, and nothing finer.
//!
//! Ages 0–2, 3–17, 18–20 and 21 on are four cells if that is all the rules ask. A set has a variable for each element.
//! Diagnoses have one for each kind of condition that the code lists tell apart; a child can have any of them.

use super::conditions::{Codes, Condition, conditions, lists_read};
use super::sums;
use super::table::Numbers;
use crate::child::{Births, Child, Value};
use crate::program::{NodeKind, Program};
use crate::value::{Date, Truth};
use crate::vocabulary::{Addend, AgeOn, FactKind, Implication, Literal, Test};

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A yes/no fact: cells no, yes.
    Fact(usize),
    /// The birth: cell `k` has passed the first `k` of these ages on a day.
    Births(AgeOn, Vec<Cut>),
    /// A number: cell `k` lies below the `k`th of these bounds, the cell after them above them all; in the last cell
    /// the number does not apply.
    Number(usize, Vec<i64>),
    /// A day, by how long ago it is: cells as of births, and a last one in which there is no such day.
    Ago(usize, Vec<Cut>),
    /// What several large numbers add up to: cells as of a number.
    Total(Vec<Addend>, Vec<i64>),
    /// One of a fact's choices: a cell each, and a last one in which it does not apply.
    Choice(usize, usize),
    /// An element of a set: cells no, yes.
    Element(usize, usize),
    /// A kind of condition: cells no, yes.
    Condition(usize, Condition),
    /// A judgment, by the number of the first node that leaves it to an agency.
    Judgment(usize),
}

/// An age: completed months, or the end of the month in which they are completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    /// Completed months.
    pub(super) months: u32,
    /// Whether it is reached only after the month in which they are completed.
    pub(super) month_end: bool,
}

/// The variables of a program, facts first, judgments last; those of one fact stand together.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    /// By the variable's number.
    pub(super) subjects: Vec<Subject>,
    /// The fact that each belongs to; none for a judgment.
    pub(super) facts: Vec<Option<usize>>,
    /// The fact that births belong to: the one asked first.
    pub(super) births: Option<usize>,
    /// The first judgment's number.
    pub(super) first_judgment: u32,
    /// The lists that criteria read, each with whether two entries of it are ever told apart.
    pub(super) lists: Vec<(usize, bool)>,
}

impl Variables {
    /// The variables of a program on a day; facts stand in the order in which its criteria name them.
    pub(super) fn of(program: &Program, on: Date) -> Self {
        let counts = counts(program, on);
        let counting = program.nodes.iter().enumerate().filter(|(index, _)| counts[*index]);
        let nodes: Vec<&NodeKind> = counting.clone().map(|(_, node)| &node.kind).collect();
        let lists = lists_read(&nodes);
        let judgments_of = same_judgments(program);
        let mut subjects: Vec<Subject> = Vec::new();
        let mut judgments: Vec<Subject> = Vec::new();
        let add = |subjects: &mut Vec<Subject>, subject: Subject| {
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        };
        let add_number = |subjects: &mut Vec<Subject>, fact: usize| {
            if !subjects.iter().any(|known| matches!(known, Subject::Number(other, _) if *other == fact)) {
                subjects.push(Subject::Number(fact, bounds(program, &nodes, fact)));
            }
        };
        let mut conditions = Some(conditions(program, &lists));
        for (index, node) in counting {
            match &node.kind {
                NodeKind::Test(Test::Fact(fact))
                    if !subjects
                        .iter()
                        .any(|known| matches!(known, Subject::Fact(other) if other == fact)) =>
                {
                    subjects.push(Subject::Fact(*fact));
                }
                // Only the first test of a fact gathers what all of them cut.
                NodeKind::Test(Test::Age { on, .. })
                    if !subjects.iter().any(|known| matches!(known, Subject::Births(of, _) if of == on)) =>
                {
                    subjects.push(Subject::Births(*on, cuts(&nodes, *on)));
                }
                NodeKind::Test(Test::Number { fact, .. }) => add_number(&mut subjects, *fact),
                NodeKind::Test(Test::InTheLast { fact, .. }) => {
                    add(&mut subjects, Subject::Ago(*fact, ago(&nodes, *fact)));
                }
                NodeKind::Sum(sum) => {
                    let total = sums::total(program, sum);
                    let apart = |fact: &usize| total.iter().flatten().all(|addend| addend.fact != *fact);
                    for fact in sum.addends.iter().map(|addend| addend.fact).filter(apart) {
                        add_number(&mut subjects, fact);
                    }
                    if let Some(addends) = total {
                        let bounds = bounds_of_total(program, &nodes, &addends);
                        add(&mut subjects, Subject::Total(addends, bounds));
                    }
                }
                NodeKind::Test(Test::OneOf { fact, .. }) => {
                    let choices = program.facts[*fact].kind.choices();
                    add(&mut subjects, Subject::Choice(*fact, choices.len()));
                }
                NodeKind::Test(Test::Includes { fact, elements, .. }) => {
                    elements.iter().for_each(|element| add(&mut subjects, Subject::Element(*fact, *element)));
                }
                NodeKind::Test(Test::Diagnoses { fact, .. }) => {
                    for condition in conditions.take().into_iter().flatten() {
                        subjects.push(Subject::Condition(*fact, condition));
                    }
                }
                NodeKind::Judgment { .. } => {
                    add(&mut judgments, Subject::Judgment(judgments_of[index].unwrap_or(index)));
                }
                _ => {}
            }
        }
        // Facts that only hang together with others by definition have a say too: what they are decides what those
        // can be.
        let mut seen = 0;
        while seen < subjects.len() {
            seen = subjects.len();
            for Implication { when, then } in &program.implications {
                let all: Vec<Subject> = then.iter().chain([when]).map(|l| subject(program, *l)).collect();
                if all.iter().any(|subject| subjects.contains(subject)) {
                    all.into_iter().for_each(|subject| add(&mut subjects, subject));
                }
            }
        }
        let births = program
            .fact_of_kind(&FactKind::BirthMonth)
            .or_else(|| program.fact_of_kind(&FactKind::BirthDate));
        Self { lists, births, ..Self::default() }.with(subjects, judgments)
    }

    fn with(self, mut subjects: Vec<Subject>, judgments: Vec<Subject>) -> Self {
        let fact = |subject: &Subject| match subject {
            Subject::Fact(fact)
            | Subject::Number(fact, _)
            | Subject::Ago(fact, _)
            | Subject::Choice(fact, _)
            | Subject::Element(fact, _)
            | Subject::Condition(fact, _) => Some(*fact),
            // Whichever is asked next; see `Known`.
            Subject::Total(addends, _) => addends.first().map(|addend| addend.fact),
            Subject::Births(..) => self.births,
            Subject::Judgment(_) => None,
        };
        let first_judgment = subjects.len() as u32;
        let mut named: Vec<Option<usize>> = Vec::new();
        for subject in &subjects {
            if !named.contains(&fact(subject)) {
                named.push(fact(subject));
            }
        }
        subjects.sort_by_key(|subject| named.iter().position(|known| *known == fact(subject)));
        subjects.extend(judgments);
        let facts = subjects.iter().map(fact).collect();
        Self { subjects, facts, first_judgment, ..self }
    }

    /// The same variables with the facts in another order.
    pub(super) fn in_order(&self, order: &[usize]) -> Self {
        let first = self.first_judgment as usize;
        let mut numbers: Vec<usize> = (0..first).collect();
        numbers.sort_by_key(|number| order.iter().position(|fact| Some(*fact) == self.facts[*number]));
        let subjects = numbers.into_iter().map(|number| self.subjects[number].clone()).collect();
        self.clone().with(subjects, self.subjects[first..].to_vec())
    }

    /// The number of a variable.
    pub(super) fn number(&self, wanted: impl Fn(&Subject) -> bool) -> Option<u32> {
        self.subjects.iter().position(wanted).map(|number| number as u32)
    }

    /// The number of the variable that a literal speaks of.
    pub(super) fn of_literal(&self, program: &Program, literal: Literal) -> Option<u32> {
        let wanted = subject(program, literal);
        self.number(|subject| *subject == wanted)
    }

    /// How many cells a variable has.
    pub(super) fn cells(&self, variable: u32) -> usize {
        match &self.subjects[variable as usize] {
            Subject::Births(_, cuts) => cuts.len() + 1,
            Subject::Ago(_, cuts) => cuts.len() + 2,
            Subject::Number(_, bounds) | Subject::Total(_, bounds) => bounds.len() + 2,
            Subject::Choice(_, choices) => *choices + 1,
            _ => 2,
        }
    }

    /// The cells that a child's answers leave open, by variable.
    pub(super) fn open_cells(&self, program: &Program, child: &Child) -> Vec<Vec<bool>> {
        let codes = Codes::of(program, self, child);
        (0..self.subjects.len()).map(|variable| self.open(program, child, &codes, variable)).collect()
    }

    fn open(&self, program: &Program, child: &Child, codes: &Codes, variable: usize) -> Vec<bool> {
        let truth = |truth: Truth| vec![truth != Truth::Yes, truth != Truth::No];
        match &self.subjects[variable] {
            Subject::Judgment(_) => vec![true, true],
            Subject::Births(on, cuts) => {
                let days = days_of_cells(cuts, on.day(child.as_of), child.births);
                days.map(|(first, last)| first <= last).collect()
            }
            Subject::Ago(fact, cuts) => match child.facts[*fact].value {
                Value::Number { from, to, .. } => {
                    let days = Births { first: Date::of_number(from), last: Date::of_number(to) };
                    let days = days_of_cells(cuts, child.as_of, days);
                    let open = days.map(|(first, last)| first <= last);
                    open.chain([child.may_not_apply(program, *fact)]).collect()
                }
                _ => (0..cuts.len() + 2).map(|cell| cell > cuts.len()).collect(),
            },
            Subject::Fact(fact) => truth(match &child.facts[*fact].value {
                Value::YesNo(truth) => *truth,
                _ => Truth::No,
            }),
            Subject::Number(fact, bounds) => match &child.facts[*fact].value {
                Value::Number { from, to, .. } => (0..=bounds.len())
                    .map(|cell| {
                        let least = cell.checked_sub(1).map_or(i64::MIN, |below| bounds[below]);
                        let below = bounds.get(cell).copied().unwrap_or(i64::MAX);
                        *from < below && least <= *to
                    })
                    .chain([child.may_not_apply(program, *fact)])
                    .collect(),
                _ => (0..bounds.len() + 2).map(|cell| cell > bounds.len()).collect(),
            },
            Subject::Total(addends, bounds) => open_total(program, child, addends, bounds),
            Subject::Choice(fact, choices) => match &child.facts[*fact].value {
                Value::Choice(possible) => {
                    possible.iter().copied().chain([child.may_not_apply(program, *fact)]).collect()
                }
                _ => (0..=*choices).map(|cell| cell == *choices).collect(),
            },
            Subject::Element(fact, element) => truth(match &child.facts[*fact].value {
                Value::Set(elements) => elements[*element].0,
                _ => Truth::No,
            }),
            Subject::Condition(_, condition) => truth(codes.has(condition)),
        }
    }
}

/// Of each node that leaves something to an agency, the first that leaves it the same: the same question to the same
/// agency is one judgment, wherever it stands.
pub(super) fn same_judgments(program: &Program) -> Vec<Option<usize>> {
    // By agency and question, those that stand first.
    let mut judgments = Numbers::default();
    let mut same = vec![None; program.nodes.len()];
    for (index, node) in program.nodes.iter().enumerate() {
        if let NodeKind::Judgment { agency, question, .. } = &node.kind {
            let letters = agency.en.bytes().chain(question.en.bytes());
            let hash = letters.fold(Numbers::hash(0), |hash, letter| hash.and(u64::from(letter)));
            let first = judgments.find(hash, |first| program.nodes[first as usize].kind == node.kind);
            if first.is_none() {
                judgments.insert(hash, index as u32);
            }
            same[index] = Some(first.map_or(index, |first| first as usize));
        }
    }
    same
}

/// The variable that a literal speaks of.
fn subject(program: &Program, literal: Literal) -> Subject {
    match literal {
        Literal::Fact(fact) => Subject::Fact(fact),
        Literal::Element(fact, element) => Subject::Element(fact, element),
        Literal::Choice(fact, _) => match &program.facts[fact].kind {
            FactKind::Choice(choices) => Subject::Choice(fact, choices.len()),
            _ => Subject::Fact(fact),
        },
    }
}

/// The cell of its variable in which a literal is so.
pub(super) fn cell_of(literal: Literal) -> usize {
    match literal {
        Literal::Choice(_, choice) => choice,
        Literal::Fact(_) | Literal::Element(..) => 1,
    }
}

/// Which nodes count on a day: all that is read then, by the node's number; and what stands behind all that decides,
/// which is declared of all children.
pub(super) fn counts(program: &Program, on: Date) -> Vec<bool> {
    let decides = program.decides();
    let mut counts: Vec<bool> = (0..program.nodes.len()).map(|index| index >= decides).collect();
    for node in (0..program.pathways.len()).flat_map(|index| program.shown_by(index)) {
        counts[node.0 as usize] = true;
    }
    // Each node reads only earlier ones.
    for index in (0..program.nodes.len()).rev() {
        if counts[index] {
            for part in program.nodes[index].kind.parts_on(on) {
                counts[part.0 as usize] = true;
            }
        }
    }
    counts
}

fn counting(program: &Program, on: Date) -> Vec<&NodeKind> {
    let counts = counts(program, on).into_iter();
    program.nodes.iter().zip(counts).filter(|(_, counts)| *counts).map(|(node, _)| &node.kind).collect()
}

/// The ages that any criterion tells apart, youngest first.
fn cuts(nodes: &[&NodeKind], wanted: AgeOn) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for kind in nodes {
        if let NodeKind::Test(Test::Age { from, below, month_end, on, .. }) = kind
            && *on == wanted
        {
            cuts.extend(from.map(|months| Cut { months, month_end: false }));
            cuts.extend(below.map(|months| Cut { months, month_end: *month_end }));
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// How long ago any criterion asks whether a day was, the shortest time first.
fn ago(nodes: &[&NodeKind], wanted: usize) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for kind in nodes {
        if let NodeKind::Test(Test::InTheLast { fact, months }) = kind
            && *fact == wanted
        {
            cuts.push(Cut { months: *months, month_end: false });
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

impl Cut {
    /// Whether somebody born on this day has reached the age.
    fn reached(self, birth: Date, as_of: Date) -> bool {
        if self.month_end {
            as_of > birth.completes(self.months).month_of().last()
        } else {
            birth.completed_months(as_of).is_some_and(|months| months >= self.months)
        }
    }

    /// The latest birth that has reached it; whoever is older has too.
    pub(super) fn latest_birth(self, as_of: Date) -> Date {
        let mut birth = as_of.latest_birth(self.months);
        while !self.reached(birth, as_of) && birth > birth.previous() {
            birth = birth.previous();
        }
        birth
    }
}

/// The first and the last of the possible births that lie in each cell on a day: after the latest that has reached the age
/// `k`, up to the latest that has reached the one before. Where the first comes after the last there is none.
pub(super) fn days_of_cells(
    cuts: &[Cut],
    day: Date,
    births: Births,
) -> impl Iterator<Item = (Date, Date)> + use<> {
    let latest: Vec<Date> = cuts.iter().map(|cut| cut.latest_birth(day)).collect();
    (0..=cuts.len()).map(move |cell| {
        let last = cell.checked_sub(1).map_or(births.last, |before| latest[before].min(births.last));
        let first = latest.get(cell).map_or(births.first, |reached| reached.next().max(births.first));
        (first, last)
    })
}

/// The cells of a total that what is known of its numbers leaves open; where one of them does not apply, there is none.
fn open_total(program: &Program, child: &Child, addends: &[Addend], bounds: &[i64]) -> Vec<bool> {
    let (mut least, mut most) = (0i64, 0i64);
    let mut may_not_apply = false;
    for Addend { fact, amount } in addends {
        let Value::Number { from, to, .. } = child.facts[*fact].value else {
            return (0..bounds.len() + 2).map(|cell| cell > bounds.len()).collect();
        };
        let (low, high) = amount.between(from, to);
        (least, most) = (least + low, most + high);
        may_not_apply |= child.may_not_apply(program, *fact);
    }
    let inside = |cell: usize| {
        let first = cell.checked_sub(1).map_or(i64::MIN, |below| bounds[below]);
        let below = bounds.get(cell).copied().unwrap_or(i64::MAX);
        least < below && first <= most
    };
    (0..=bounds.len()).map(inside).chain([may_not_apply]).collect()
}

/// The bounds that any criterion puts on a total, lowest first.
fn bounds_of_total(program: &Program, nodes: &[&NodeKind], addends: &[Addend]) -> Vec<i64> {
    let sums = nodes.iter().filter_map(|kind| match kind {
        NodeKind::Sum(sum) => Some(sum).filter(|sum| sums::total(program, sum).as_deref() == Some(addends)),
        _ => None,
    });
    let mut bounds: Vec<i64> = sums.flat_map(|sum| sums::bounds_of_total(program, sum)).collect();
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// The least and the most that a number can be.
pub(super) fn limits(program: &Program, fact: usize) -> (i64, i64) {
    program.facts[fact].kind.limits().unwrap_or((i64::MIN, i64::MAX))
}

/// A family chooses among at most so many ranges.
const MOST_RANGES: usize = 7;

/// The ranges of a number that a family is asked to choose from, both ends in, least first: those that criteria tell
/// apart on the child's day and with what it said of other numbers, or a few of them together where these are too many.
#[must_use]
pub fn ranges(program: &Program, child: &Child, fact: usize) -> Vec<(i64, i64)> {
    let (least, most) = limits(program, fact);
    let mut starts =
        bounds_for(program, &counting(program, child.as_of), fact, &|other| match child.facts[other].value {
            Value::Number { from, to, .. } => Some((from, to)),
            _ => None,
        });
    starts.retain(|start| least < *start && *start <= most);
    starts.insert(0, least);
    let together = starts.len().div_ceil(MOST_RANGES);
    let starts: Vec<i64> = starts.into_iter().step_by(together).collect();
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([most]);
    starts.iter().copied().zip(ends).collect()
}

/// The bounds that any criterion that counts on a day puts on a number, lowest first: the first value above each.
#[must_use]
pub fn bounds_on(program: &Program, day: Date, fact: usize) -> Vec<i64> {
    bounds(program, &counting(program, day), fact)
}

/// The same among some nodes.
fn bounds(program: &Program, nodes: &[&NodeKind], wanted: usize) -> Vec<i64> {
    bounds_for(program, nodes, wanted, &|_| None)
}

/// The same where other numbers are known to lie between two ends.
fn bounds_for(
    program: &Program,
    nodes: &[&NodeKind],
    wanted: usize,
    known: &dyn Fn(usize) -> Option<(i64, i64)>,
) -> Vec<i64> {
    let mut bounds: Vec<i64> = Vec::new();
    for kind in nodes {
        match kind {
            NodeKind::Test(Test::Number { fact, from, to }) if *fact == wanted => {
                bounds.extend(*from);
                bounds.extend(to.map(|to| to.saturating_add(1)));
            }
            NodeKind::Sum(sum) => bounds.extend(sums::bounds(program, sum, wanted, known)),
            _ => {}
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}
