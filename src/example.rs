//! Children as examples: from what the diagrams say of a child to answers, and to a file that holds them.

use crate::child::{Answer, Answers, Raw};
use crate::diagram::Said;
use crate::program::Program;
use crate::value::{Code, Date, Truth};
use crate::vocabulary::{Choice, Fact, FactKind, Literal};

/// What is said of a child, as answers.
#[must_use]
pub fn answers(program: &Program, said: &[Said]) -> Answers {
    let mut answers = Answers { given: vec![None; program.facts.len()] };
    put_said(program, &mut answers, said);
    answers
}

/// Puts among answers that a literal is so, or is not so; which other choice it is then is left open.
pub fn put(program: &Program, answers: &mut Answers, literal: Literal, so: bool) {
    match literal {
        Literal::Fact(fact) => answers.given[fact] = Some(Answer::YesNo(so)),
        Literal::Element(fact, element) => put_element(program, answers, fact, element, so),
        Literal::Choice(fact, choice) => answers.given[fact] = so.then_some(Answer::Choice(choice)),
    }
}

/// Puts what an example says among the answers.
pub fn put_said(program: &Program, answers: &mut Answers, said: &[Said]) {
    for said in said {
        match said {
            Said::YesNo(fact, yes) => answers.given[*fact] = Some(Answer::YesNo(*yes)),
            Said::Born(day) => put_birth(program, answers, *day),
            Said::Number(fact, number) => answers.given[*fact] = Some(exactly(*number)),
            Said::Choice(fact, choice) => answers.given[*fact] = Some(Answer::Choice(*choice)),
            Said::NotApplicable(fact) => answers.given[*fact] = Some(Answer::NotApplicable),
            Said::Element(fact, element, yes) => put_element(program, answers, *fact, *element, *yes),
            Said::Condition(fact, code) => put_code(answers, *fact, code.clone()),
        }
    }
}

/// The fact that births stand under.
pub fn births(program: &Program) -> Option<usize> {
    program.fact_of_kind(&FactKind::BirthMonth).or_else(|| program.fact_of_kind(&FactKind::BirthDate))
}

pub(crate) fn exactly(number: i64) -> Answer {
    Answer::Number { from: number, to: number, refused: false }
}

pub(crate) fn put_code(answers: &mut Answers, fact: usize, code: Option<Code>) {
    let mut known = known(answers, fact);
    known.extend(code);
    known.sort();
    known.dedup();
    answers.given[fact] = Some(Answer::Codes { known, complete: Truth::Yes });
}

pub(crate) fn known(answers: &Answers, fact: usize) -> Vec<Code> {
    match &answers.given[fact] {
        Some(Answer::Codes { known, .. }) => known.clone(),
        _ => Vec::new(),
    }
}

pub(crate) fn put_element(program: &Program, answers: &mut Answers, fact: usize, element: usize, yes: bool) {
    let choices = program.facts[fact].kind.choices();
    let mut elements = match &answers.given[fact] {
        Some(Answer::Set(elements)) => elements.clone(),
        _ => vec![None; choices.len()],
    };
    elements[element] = Some(truth(yes));
    answers.given[fact] = Some(Answer::Set(elements));
}

pub(crate) fn put_birth(program: &Program, answers: &mut Answers, day: Date) {
    for (fact, answer) in program.facts.iter().zip(&mut answers.given) {
        match fact.kind {
            FactKind::BirthDate => *answer = Some(Answer::Date(day)),
            FactKind::BirthMonth | FactKind::Age => *answer = None,
            _ => {}
        }
    }
}

pub(crate) fn truth(yes: bool) -> Truth {
    if yes { Truth::Yes } else { Truth::No }
}

/// Answers as a file has them, in question order.
pub fn raw(program: &Program, answers: &Answers) -> Raw {
    let given = program.facts.iter().zip(&answers.given);
    Raw::Map(
        given.filter_map(|(fact, answer)| Some((fact.id.clone(), value(fact, answer.as_ref()?)))).collect(),
    )
}

pub(crate) fn text(text: impl ToString) -> Raw {
    Raw::Text(text.to_string())
}

fn value(fact: &Fact, answer: &Answer) -> Raw {
    match answer {
        Answer::Unknown => text("unknown"),
        Answer::NotApplicable => text("not_applicable"),
        Answer::YesNo(yes) => text(if *yes { "yes" } else { "no" }),
        Answer::Date(date) => text(date),
        Answer::Month(month) => text(month),
        Answer::Age(least, _) => Raw::Map(vec![("months".to_owned(), Raw::Whole(i64::from(*least)))]),
        Answer::Number { from, to, .. } if from == to => match fact.kind {
            FactKind::Day => text(Date::of_number(*from)),
            FactKind::AgeAt { .. } => Raw::Map(vec![("months".to_owned(), Raw::Whole(*from))]),
            _ => figure(fact, *from),
        },
        Answer::Number { from, to, .. } => Raw::Map(
            [("from", *from), ("to", *to)].map(|(key, end)| (key.to_owned(), figure(fact, end))).into(),
        ),
        Answer::Choice(choice) => text(fact.kind.choices().get(*choice).map_or("", |choice| &choice.id)),
        Answer::Set(elements) => set(fact.kind.choices(), elements),
        Answer::Place(name) => text(name),
        Answer::Codes { known, .. } => Raw::List(known.iter().map(text).collect()),
    }
}

/// A number of a fact's steps.
fn figure(fact: &Fact, steps: i64) -> Raw {
    let figure = fact.kind.figure(steps);
    figure.at(0).map_or_else(|| Raw::Fraction(figure.to_string()), Raw::Whole)
}

/// A list, where every element is known; else each that is.
fn set(choices: &[Choice], elements: &[Option<Truth>]) -> Raw {
    let named = || choices.iter().zip(elements);
    if elements.iter().all(|element| matches!(element, Some(Truth::Yes | Truth::No))) {
        let there = named().filter(|(_, element)| **element == Some(Truth::Yes));
        return Raw::List(there.map(|(choice, _)| text(&choice.id)).collect());
    }
    let each = named().filter_map(|(choice, element)| {
        let said = match (*element)? {
            Truth::Yes => "yes",
            Truth::No => "no",
            Truth::Unknown => "unknown",
        };
        Some((choice.id.clone(), text(said)))
    });
    Raw::Map(each.collect())
}
