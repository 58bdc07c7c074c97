//! Answers at an edge: the last that is in, the first that is out, and what stands right beside them.

use crate::child::{Answer, Answers, Child, Conflict, Value};
use crate::diagram::latest_birth_past;
use crate::example::{births, exactly, known, put_birth, put_code, put_element, truth};
use crate::program::Program;
use crate::value::{Code, CodeEntry, CodeMatch, Date, Truth};
use crate::vocabulary::{AgeOn, CodeList};

/// One answer at an edge. Facts, elements, choices and lists are indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// Yes or no.
    YesNo(usize, bool),
    /// Born on the last day that has reached an age, or on the day after.
    Born { months: u32, month_end: bool, on: AgeOn, reached: bool },
    /// A number.
    Number(usize, i64),
    /// A choice.
    Choice(usize, usize),
    /// Any of some choices.
    OneOf(usize, Vec<usize>),
    /// That a fact does not apply.
    NotApplicable(usize),
    /// In a set, or not in it.
    Element(usize, usize, bool),
    /// One more code that a list has.
    Listed(usize, usize),
    /// No more codes.
    NoCode(usize),
    /// One more code, this one.
    Code(usize, Code),
}

impl Spot {
    /// The fact it answers, births under the one that is asked first.
    pub(super) fn fact(&self, program: &Program) -> Option<usize> {
        match self {
            Self::Born { .. } => births(program),
            Self::YesNo(fact, _)
            | Self::Number(fact, _)
            | Self::Choice(fact, _)
            | Self::OneOf(fact, _)
            | Self::NotApplicable(fact)
            | Self::Element(fact, ..)
            | Self::Listed(fact, _)
            | Self::NoCode(fact)
            | Self::Code(fact, _) => Some(*fact),
        }
    }

    /// The single answers that it stands for.
    pub(super) fn each(&self) -> Vec<Self> {
        match self {
            Self::OneOf(fact, choices) => choices.iter().map(|choice| Self::Choice(*fact, *choice)).collect(),
            single => vec![single.clone()],
        }
    }

    /// The day of birth, where that is what it says.
    pub(super) fn born(&self, as_of: Date) -> Option<Date> {
        let Self::Born { months, month_end, on, reached } = self else { return None };
        let last = latest_birth_past(*months, *month_end, on.day(as_of));
        Some(if *reached { last } else { last.next() })
    }

    /// Whether a child's answers lie here.
    pub(super) fn holds(&self, program: &Program, child: &Child) -> bool {
        let value = |fact: usize| &child.facts[fact].value;
        match self {
            Self::YesNo(fact, yes) => *value(*fact) == Value::YesNo(truth(*yes)),
            Self::Born { .. } => {
                child.births.first == child.births.last && self.born(child.as_of) == Some(child.births.first)
            }
            Self::Number(fact, number) => {
                matches!(value(*fact), Value::Number { from, to, .. } if from == number && to == number)
            }
            Self::Choice(fact, choice) => match value(*fact) {
                Value::Choice(open) => {
                    !child.may_not_apply(program, *fact)
                        && open.iter().enumerate().all(|(index, open)| *open == (index == *choice))
                }
                _ => false,
            },
            Self::OneOf(..) => self.each().iter().any(|one| one.holds(program, child)),
            Self::NotApplicable(fact) => *value(*fact) == Value::NotApplicable,
            Self::Element(fact, element, yes) => match value(*fact) {
                Value::Set(elements) => elements[*element].0 == truth(*yes),
                _ => false,
            },
            Self::Listed(fact, list) => {
                let list = &program.lists[*list];
                complete(value(*fact))
                    .is_some_and(|known| known.iter().any(|code| list.entry_of(code).is_some()))
            }
            Self::NoCode(fact) => complete(value(*fact)).is_some(),
            Self::Code(fact, code) => complete(value(*fact)).is_some_and(|known| known.contains(code)),
        }
    }

    /// Puts the answer among others.
    pub(super) fn put(&self, program: &Program, answers: &mut Answers, as_of: Date) {
        let Some(fact) = self.fact(program) else { return };
        let answer = match self {
            Self::YesNo(_, yes) => Answer::YesNo(*yes),
            Self::Born { .. } => {
                let Some(born) = self.born(as_of) else { return };
                return put_birth(program, answers, born);
            }
            Self::Number(_, number) => exactly(*number),
            Self::Choice(_, choice) => Answer::Choice(*choice),
            Self::OneOf(_, choices) => match choices.first() {
                Some(choice) => Answer::Choice(*choice),
                None => return,
            },
            Self::NotApplicable(_) => Answer::NotApplicable,
            Self::Element(_, element, yes) => {
                return put_element(program, answers, fact, *element, *yes);
            }
            Self::Listed(_, list) => {
                let list = &program.lists[*list];
                let there = known(answers, fact);
                let taken: Vec<usize> = there.iter().filter_map(|code| list.entry_of(code)).collect();
                let free = (0..list.entries.len()).filter(|entry| !taken.contains(entry));
                return put_code(answers, fact, free.into_iter().find_map(|entry| code_in(list, entry)));
            }
            Self::NoCode(_) => return put_code(answers, fact, None),
            Self::Code(_, code) => return put_code(answers, fact, Some(code.clone())),
        };
        answers.given[fact] = Some(answer);
    }

    /// Other answers in which this one is replaced.
    pub(super) fn moved(&self, to: &Self, program: &Program, answers: &Answers, as_of: Date) -> Answers {
        let mut answers = answers.clone();
        if let (Some(fact), Self::Listed(..) | Self::Code(..)) = (self.fact(program), self)
            && let Some(Answer::Codes { known, .. }) = &mut answers.given[fact]
        {
            match self {
                Self::Listed(_, list) => {
                    let list = &program.lists[*list];
                    let entry = known.iter().find_map(|code| list.entry_of(code));
                    known.retain(|code| list.entry_of(code) != entry);
                }
                Self::Code(_, own) => known.retain(|code| code != own),
                _ => {}
            }
        }
        to.put(program, &mut answers, as_of);
        answers
    }
}

/// Answers where one of them was just put: those that cannot be true beside it are taken back.
pub(super) fn agreeing(
    program: &Program,
    mut answers: Answers,
    put: usize,
    as_of: Date,
) -> Option<(Answers, Child)> {
    loop {
        match Child::new(program, &answers, as_of) {
            Ok(child) => return Some((answers, child)),
            Err(Conflict { facts }) => {
                let others: Vec<usize> = facts.into_iter().filter(|fact| *fact != put).collect();
                if others.iter().all(|fact| answers.given[*fact].is_none()) {
                    return None;
                }
                others.into_iter().for_each(|fact| answers.given[fact] = None);
            }
        }
    }
}

/// A code that falls under an entry of a list and under no exception.
pub(super) fn code_in(list: &CodeList, entry: usize) -> Option<Code> {
    let inside = |code: &Code| list.compare(code) == (CodeMatch::Inside, Some(entry));
    let named = match &list.entries[entry].codes {
        CodeEntry::Below(code) => vec![code.clone()],
        CodeEntry::Categories(from, to) => from.categories_to(to),
    };
    let below = named.iter().flat_map(|code| {
        ('0'..='9').chain('A'..='Z').filter_map(|symbol| Code::parse(&format!("{}{symbol}", code.as_str())))
    });
    named.iter().cloned().chain(below).find(inside)
}

/// The codes, where they are all.
fn complete(value: &Value) -> Option<&[Code]> {
    match value {
        Value::Codes { known, complete: Truth::Yes } => Some(known),
        _ => None,
    }
}
