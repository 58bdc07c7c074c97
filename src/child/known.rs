//! What the answers leave open on a day, with what follows from them by definition or by the calendar.

use super::{Answer, Answers, events, implications};
use crate::program::Program;
use crate::value::{Code, Date, OLDEST_AGE_YEARS, Truth};
use crate::vocabulary::FactKind;

/// One child on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// The day for which everything is decided.
    pub as_of: Date,
    /// The days on which the child can have been born.
    pub births: Births,
    /// What is known, by the fact's index.
    pub facts: Vec<Known>,
}

/// The days on which the child can have been born, both ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Births {
    /// The earliest.
    pub first: Date,
    /// The latest.
    pub last: Date,
}

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What the answers leave open.
    pub value: Value,
    /// How we come to know it.
    pub asked: Asked,
}

/// How a fact stands with the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Not asked yet.
    NotYet,
    /// Answered.
    Given,
    /// Answered with *I don't know*.
    DontKnow,
    /// Not asked, but it follows from the answer to another fact.
    Follows(usize),
}

/// What the answers leave open of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Yes, no or open.
    YesNo(Truth),
    /// Does not apply: no test on it is met.
    NotApplicable,
    /// Where the number lies, both ends in.
    Number {
        /// The least it can be.
        from: i64,
        /// The most it can be.
        to: i64,
        /// Whether the family cannot say it more exactly.
        refused: bool,
    },
    /// Which choices are still possible.
    Choice(Vec<bool>),
    /// Each element, and how it stands with the family.
    Set(Vec<(Truth, Asked)>),
    /// Codes known, and whether these are all.
    Codes {
        /// The codes.
        known: Vec<Code>,
        /// Whether these are all; unknown if the family cannot say.
        complete: Truth,
    },
    /// The name of a place; nothing while it is not known.
    Place(Option<String>),
    /// A birth or an age: see [`Child::births`].
    Birth,
}

/// Facts whose answers cannot all be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Their indexes, in the order they are asked.
    pub facts: Vec<usize>,
}

impl Child {
    /// What the answers leave open on a day, or the fewest answers that cannot hold together.
    pub fn new(program: &Program, answers: &Answers, as_of: Date) -> Result<Self, Conflict> {
        let Some((births, mut facts)) = together(program, answers, as_of) else {
            return Err(Conflict { facts: fewest_in_conflict(program, answers, as_of) });
        };
        // Cannot fail now; what it carries on is what follows whatever the open answers are.
        let _ = implications::carry_on(program, &mut facts);
        Ok(Self { as_of, births, facts })
    }

    /// Whether the family may still say more about a fact: it was not asked yet, or answered in part. What is known of
    /// the birth stands under whichever fact it was told by.
    #[must_use]
    pub fn can_say_more(&self, program: &Program, fact: usize) -> bool {
        let known = &self.facts[fact];
        match (&program.facts[fact].kind, &known.value, known.asked) {
            // The day may follow the month.
            (FactKind::BirthMonth, _, Asked::Given) => program
                .fact_of_kind(&FactKind::BirthDate)
                .is_some_and(|day| self.facts[day].asked == Asked::NotYet),
            (_, Value::Set(elements), _) => elements.iter().any(|(_, asked)| *asked == Asked::NotYet),
            (_, Value::Number { from, to, refused }, Asked::Given) => from < to && !refused,
            (_, Value::Codes { complete, .. }, Asked::Given) => *complete == Truth::No,
            (_, _, asked) => asked == Asked::NotYet,
        }
    }

    /// Whether the family said *I don't know* to a fact, or to a part of it.
    #[must_use]
    pub fn says_unknown(&self, fact: usize) -> bool {
        let Known { value, asked } = &self.facts[fact];
        match value {
            Value::Set(elements) => elements.iter().any(|(_, asked)| *asked == Asked::DontKnow),
            Value::Number { refused: true, .. } => true,
            Value::Codes { complete: Truth::Unknown, .. } => *asked != Asked::NotYet,
            _ => *asked == Asked::DontKnow,
        }
    }

    /// Whether a fact may turn out not to apply, although the answers do not say so.
    #[must_use]
    pub fn may_not_apply(&self, program: &Program, fact: usize) -> bool {
        program.facts[fact].may_not_apply && matches!(self.facts[fact].asked, Asked::NotYet | Asked::DontKnow)
    }
}

/// What one answer leaves open of its fact.
pub(super) fn known(kind: &FactKind, answer: Option<&Answer>) -> Known {
    let asked = match answer {
        None => Asked::NotYet,
        Some(Answer::Unknown) => Asked::DontKnow,
        Some(_) => Asked::Given,
    };
    let value = match (kind, answer) {
        (_, Some(Answer::NotApplicable)) => Value::NotApplicable,
        (FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age, _) => Value::Birth,
        (FactKind::YesNo, Some(Answer::YesNo(yes))) => {
            Value::YesNo(if *yes { Truth::Yes } else { Truth::No })
        }
        (FactKind::YesNo, _) => Value::YesNo(Truth::Unknown),
        (
            FactKind::Number { .. } | FactKind::Day | FactKind::AgeAt { .. },
            Some(Answer::Number { from, to, refused }),
        ) => Value::Number { from: *from, to: *to, refused: *refused },
        (FactKind::Number { .. } | FactKind::Day | FactKind::AgeAt { .. }, _) => {
            let (from, to) = kind.limits().unwrap_or((i64::MIN, i64::MAX));
            Value::Number { from, to, refused: false }
        }
        (FactKind::Place(places), Some(Answer::Place(name))) if places.is_empty() => {
            Value::Place(Some(name.clone()))
        }
        (FactKind::Place(places), _) if places.is_empty() => Value::Place(None),
        (FactKind::Choice(choices) | FactKind::Place(choices), Some(Answer::Choice(chosen))) => {
            Value::Choice((0..choices.len()).map(|index| index == *chosen).collect())
        }
        (FactKind::Choice(choices) | FactKind::Place(choices), _) => Value::Choice(vec![true; choices.len()]),
        (FactKind::Set(_), Some(Answer::Set(elements))) => Value::Set(
            elements
                .iter()
                .map(|element| match element {
                    None => (Truth::Unknown, Asked::NotYet),
                    Some(Truth::Unknown) => (Truth::Unknown, Asked::DontKnow),
                    Some(truth) => (*truth, Asked::Given),
                })
                .collect(),
        ),
        (FactKind::Set(choices), _) => Value::Set(vec![(Truth::Unknown, asked); choices.len()]),
        (FactKind::Codes, Some(Answer::Codes { known, complete })) => {
            Value::Codes { known: known.clone(), complete: *complete }
        }
        (FactKind::Codes, _) => Value::Codes { known: Vec::new(), complete: Truth::Unknown },
    };
    Known { value, asked }
}

/// What answers leave open together; nothing if they cannot all be true.
fn together(program: &Program, answers: &Answers, as_of: Date) -> Option<(Births, Vec<Known>)> {
    let each = program.facts.iter().zip(&answers.given);
    let mut facts: Vec<Known> = each.map(|(fact, answer)| known(&fact.kind, answer.as_ref())).collect();
    let births = births(answers, as_of)?;
    let fits = events::carry_on(program, births, &mut facts) && implications::hold(program, &facts);
    fits.then_some((births, facts))
}

/// The fewest answered facts that cannot hold together, by index; the first by question order among equally few.
fn fewest_in_conflict(program: &Program, answers: &Answers, as_of: Date) -> Vec<usize> {
    let given = |fact: &usize| !matches!(answers.given[*fact], None | Some(Answer::Unknown));
    let linked = |fact: &usize| {
        let own = program.facts[*fact].kind.is_birth()
            || events::speak_of(program, *fact)
            || implications::speak_of(program, *fact);
        given(fact) && own
    };
    let answered: Vec<usize> = (0..program.facts.len()).filter(linked).collect();
    let fails = |chosen: &[usize]| {
        let only = |fact: usize| answers.given[fact].clone().filter(|_| chosen.contains(&fact));
        let only = Answers { given: (0..answers.given.len()).map(only).collect() };
        together(program, &only, as_of).is_none()
    };
    (1..=answered.len())
        .find_map(|size| first_of_size(&answered, size, &mut Vec::new(), &fails))
        .unwrap_or(answered)
}

fn first_of_size(
    from: &[usize],
    size: usize,
    chosen: &mut Vec<usize>,
    wanted: &impl Fn(&[usize]) -> bool,
) -> Option<Vec<usize>> {
    if chosen.len() == size {
        return wanted(chosen).then(|| chosen.clone());
    }
    (0..from.len()).find_map(|index| {
        chosen.push(from[index]);
        let found = first_of_size(&from[index + 1..], size, chosen, wanted);
        chosen.pop();
        found
    })
}

/// The births that every answer about birth and age allows; nothing if they contradict each other.
fn births(answers: &Answers, as_of: Date) -> Option<Births> {
    let mut births = Births { first: as_of.latest_birth(OLDEST_AGE_YEARS * 12).next(), last: as_of };
    for answer in &answers.given {
        let (first, last) = match answer {
            Some(Answer::Date(date)) => (*date, *date),
            Some(Answer::Month(month)) => (month.first(), month.last()),
            Some(Answer::Age(least, below)) => {
                (as_of.latest_birth(*below).next(), as_of.latest_birth(*least))
            }
            _ => continue,
        };
        births = Births { first: births.first.max(first), last: births.last.min(last) };
    }
    (births.first <= births.last).then_some(births)
}
