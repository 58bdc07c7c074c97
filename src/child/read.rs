//! From an answers file to answers: every field by its fact, every mistake by its field's name.

use super::{Answer, Answers, Raw};
use crate::diagnostic::nearest;
use crate::program::Program;
use crate::value::{Code, Date, Figure, MonthOf, OLDEST_AGE_YEARS, Truth, place_key};
use crate::vocabulary::{Choice, Fact, FactKind, Measure};

/// What is wrong with one answer, and what would be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerError {
    /// The field, as the file names it; empty for the file as a whole.
    pub field: String,
    /// What is wrong, and what would be accepted.
    pub message: String,
}

/// So many mistakes of one child's answers are told.
const MOST_ERRORS: usize = 50;
/// A child has fewer diagnoses than this; a longer list is a mistake.
const MOST_CODES: usize = 1_000;

/// Reads the answers about one child. All mistakes are reported at once; nothing is guessed.
pub fn read(program: &Program, raw: &Raw, as_of: Date) -> Result<Answers, Vec<AnswerError>> {
    let mut answers = Answers { given: vec![None; program.facts.len()] };
    let entries = match raw {
        Raw::Map(entries) => entries.as_slice(),
        Raw::Null => &[],
        _ => {
            let message = "answers are fields with a value each, such as `medicaid: yes`";
            return Err(vec![AnswerError { field: String::new(), message: message.into() }]);
        }
    };
    let mut errors = Vec::new();
    for (field, value) in entries {
        if errors.len() == MOST_ERRORS {
            let message = "this and what follows is not looked at: there are too many mistakes above".into();
            errors.push(AnswerError { field: field.clone(), message });
            break;
        }
        let Some(index) = program.fact(field) else {
            let names = program.facts.iter().map(|fact| fact.id.as_str());
            let message = match nearest(field, names) {
                Some(near) => format!("there is no such fact; did you mean `{near}`?"),
                None => "there is no such fact in these rules".into(),
            };
            errors.push(AnswerError { field: field.clone(), message });
            continue;
        };
        match answer(&program.facts[index], value, as_of) {
            Ok(answer) => answers.given[index] = answer,
            Err(message) => errors.push(AnswerError { field: field.clone(), message }),
        }
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

/// One answer; a null is a question not asked yet.
fn answer(fact: &Fact, value: &Raw, as_of: Date) -> Result<Option<Answer>, String> {
    match value {
        Raw::Null => return Ok(None),
        Raw::Text(text) if text.eq_ignore_ascii_case("unknown") => return Ok(Some(Answer::Unknown)),
        Raw::Text(text) if text.eq_ignore_ascii_case("not_applicable") && fact.may_not_apply => {
            return Ok(Some(Answer::NotApplicable));
        }
        Raw::Text(text) if text.eq_ignore_ascii_case("not_applicable") => {
            return Err(format!(
                "this question applies to every child; {}, or unknown",
                accepted(&fact.kind)
            ));
        }
        _ => {}
    }
    let answer = match &fact.kind {
        FactKind::YesNo => yes_no(value).map(Answer::YesNo),
        FactKind::BirthDate => birth_date(value, as_of).map(Answer::Date),
        FactKind::BirthMonth => birth_month(value, as_of).map(Answer::Month),
        FactKind::Age => age(value).map(|(least, below)| Answer::Age(least, below)),
        FactKind::Number { min, max, measure, .. } => number(value, *min, *max, *measure),
        FactKind::Choice(choices) => choice(value, choices).map(Answer::Choice),
        FactKind::Set(choices) => set(value, choices),
        FactKind::Codes => codes(value),
        FactKind::Place(places) if places.is_empty() => place(value),
        FactKind::Place(places) => one_place(value, places).map(Answer::Choice),
        FactKind::Day => day(value, as_of),
        FactKind::AgeAt { .. } => age_at(value),
    };
    answer.map(Some)
}

/// What a family can say of a fact, to be written into its answers.
fn accepted(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "write yes, no".into(),
        FactKind::BirthDate => "write year, month and day, such as 2012-03-04".into(),
        FactKind::BirthMonth => "write year and month, such as 2012-03".into(),
        FactKind::Age => "write completed years, such as 14".into(),
        FactKind::Number { min, max, measure, .. } => accepted_number(*min, *max, *measure),
        FactKind::Choice(choices) => one_of(choices),
        FactKind::Set(_) => "write a list of all, or [] for none".into(),
        FactKind::Codes => "write a list of codes, such as [E84.0], or [] for none".into(),
        FactKind::Place(_) => "write the name of the place".into(),
        FactKind::Day => DAY.into(),
        FactKind::AgeAt { .. } => AGE_AT.into(),
    }
}

fn yes_no(value: &Raw) -> Result<bool, String> {
    match value {
        Raw::Bool(value) => Ok(*value),
        Raw::Text(text) if text.eq_ignore_ascii_case("yes") => Ok(true),
        Raw::Text(text) if text.eq_ignore_ascii_case("no") => Ok(false),
        other => Err(format!("{} is not an answer here; write yes, no or unknown", shown(other))),
    }
}

fn birth_date(value: &Raw, as_of: Date) -> Result<Date, String> {
    let date = match value {
        Raw::Text(text) => Date::parse(text),
        _ => None,
    };
    let Some(date) = date else {
        return Err(format!(
            "{} is not a day of the calendar; write year, month and day: 2012-03-04",
            shown(value)
        ));
    };
    plausible("birth", date, date, as_of).map(|()| date)
}

fn birth_month(value: &Raw, as_of: Date) -> Result<MonthOf, String> {
    let month = match value {
        Raw::Text(text) => MonthOf::parse(text),
        _ => None,
    };
    let Some(month) = month else {
        return Err(format!(
            "{} is not a month of the calendar; write year and month: 2012-03",
            shown(value)
        ));
    };
    plausible("birth", month.first(), month.last(), as_of).map(|()| month)
}

fn plausible(what: &str, first: Date, last: Date, as_of: Date) -> Result<(), String> {
    if first > as_of {
        return Err(format!("this {what} lies after {as_of}, the day for which the question is asked"));
    }
    if last.completed_months(as_of).is_some_and(|months| months >= OLDEST_AGE_YEARS * 12) {
        return Err(format!("this {what} lies {OLDEST_AGE_YEARS} years or more before {as_of}"));
    }
    Ok(())
}

/// Completed months of age: at least, and less than.
fn age(value: &Raw) -> Result<(u32, u32), String> {
    let unit = |key: &str| if key == "months" { Some(1) } else { (key == "years").then_some(12) };
    let (number, months) = match value {
        Raw::Whole(years) => (*years, 12),
        Raw::Map(entries) => match entries.as_slice() {
            [(key, Raw::Whole(number))] if unit(key).is_some() => (*number, unit(key).unwrap_or(12)),
            _ => return Err("write completed years, as in `age: 14`, or `age: {months: 30}`".into()),
        },
        other => {
            return Err(format!(
                "{} is not an age; write completed years, as in 14, or {{months: 30}}",
                shown(other)
            ));
        }
    };
    let least = u32::try_from(number).ok().and_then(|number| number.checked_mul(months));
    match least.filter(|least| *least < OLDEST_AGE_YEARS * 12) {
        Some(least) => Ok((least, least + months)),
        None => Err(format!("{number} is not an age; write 0 to {} years", OLDEST_AGE_YEARS - 1)),
    }
}

const AGE_AT: &str = "write completed years, such as 14, or {months: 30}; {years: 2, exact: unknown} if nobody knows the months";

/// An age at an event; in years it leaves twelve months open, unless nobody knows them.
fn age_at(value: &Raw) -> Result<Answer, String> {
    let (value, refused) = without_exact(value);
    let (least, below) = age(&value).map_err(|why| if refused { AGE_AT.to_owned() } else { why })?;
    Ok(Answer::Number { from: i64::from(least), to: i64::from(below) - 1, refused })
}

const DAY: &str = "write year, month and day: 2024-05-03; 2024-05 if the day has to be looked up, {month: 2024-05, exact: unknown} if nobody knows it";

/// A day, or the month it lies in.
fn day(value: &Raw, as_of: Date) -> Result<Answer, String> {
    let (told, refused) = without_exact(value);
    let text = match &told {
        Raw::Text(text) => Some(text),
        Raw::Map(entries) => match entries.as_slice() {
            [(key, Raw::Text(text))] if key == "month" => Some(text),
            _ => None,
        },
        _ => None,
    };
    let month = |text: &String| MonthOf::parse(text).map(|month| (month.first(), month.last()));
    let days = text.and_then(|text| Date::parse(text).map(|day| (day, day)).or_else(|| month(text)));
    let Some((first, last)) = days else {
        return Err(format!("{} is not a day or a month of the calendar; {DAY}", shown(value)));
    };
    plausible("day", first, last, as_of)?;
    let number = |day: Date| i64::from(day.day_number());
    Ok(Answer::Number { from: number(first), to: number(last), refused })
}

/// An answer without its `exact: unknown`, and whether it had one.
fn without_exact(value: &Raw) -> (Raw, bool) {
    let Raw::Map(entries) = value else { return (value.clone(), false) };
    let exact = |(key, said): &(String, Raw)| {
        key == "exact" && matches!(said, Raw::Text(text) if text.eq_ignore_ascii_case("unknown"))
    };
    let rest: Vec<_> = entries.iter().filter(|entry| !exact(entry)).cloned().collect();
    let refused = rest.len() < entries.len();
    (Raw::Map(rest), refused)
}

fn accepted_number(min: i64, max: i64, measure: Measure) -> String {
    let [min, max] = [min, max].map(|end| measure.figure(end));
    match measure.decimals() {
        0 => format!("write a whole number from {min} to {max}"),
        1 => format!("write a number from {min} to {max}, with 1 decimal at most"),
        some => format!("write a number from {min} to {max}, with {some} decimals at most"),
    }
}

fn number(value: &Raw, min: i64, max: i64, measure: Measure) -> Result<Answer, String> {
    let accepted = accepted_number(min, max, measure);
    let [least, most] = [min, max].map(|end| measure.figure(end));
    let decimals = measure.decimals();
    // Its steps; nothing of what is no number.
    let told = |value: &Raw| -> Option<Result<i64, String>> {
        let figure = match value {
            Raw::Whole(number) => Figure::whole(*number),
            Raw::Fraction(text) | Raw::Text(text) if decimals > 0 => Figure::parse(text)?,
            _ => return None,
        };
        let steps = figure.at(decimals).filter(|steps| (min..=max).contains(steps));
        let more = figure.at(decimals).is_none();
        Some(steps.ok_or_else(|| match more {
            true => format!("{figure} has too many decimals; {accepted}"),
            false => format!("{figure} cannot be; {accepted}"),
        }))
    };
    if let Some(number) = told(value) {
        return number.map(|number| Answer::Number { from: number, to: number, refused: false });
    }
    let Raw::Map(entries) = value else {
        let number = if decimals == 0 { "whole number" } else { "number" };
        return Err(format!("{} is not a {number}; {accepted}, or a range {{from: …, to: …}}", shown(value)));
    };
    let (mut from, mut to, mut refused) = (min, max, false);
    for (key, value) in entries {
        match (key.as_str(), value, told(value)) {
            ("from", _, Some(number)) => from = number?,
            ("to", _, Some(number)) => to = number?,
            ("exact", Raw::Text(text), _) if text == "unknown" => refused = true,
            _ => {
                return Err(format!(
                    "`{key}` is not understood here; a range is {{from: {least}, to: {most}}}, with `exact: unknown` if the family cannot say more"
                ));
            }
        }
    }
    if from > to {
        let [from, to] = [from, to].map(|end| measure.figure(end));
        return Err(format!("the range ends at {to} before it starts at {from}"));
    }
    Ok(Answer::Number { from, to, refused })
}

fn choice(value: &Raw, choices: &[Choice]) -> Result<usize, String> {
    let written = match value {
        Raw::Text(text) => text.clone(),
        Raw::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        other => return Err(format!("{} is not an answer here; {}", shown(other), one_of(choices))),
    };
    choices
        .iter()
        .position(|choice| choice.id == written)
        .ok_or_else(|| format!("`{written}` is not an answer here; {}", one_of(choices)))
}

fn set(value: &Raw, choices: &[Choice]) -> Result<Answer, String> {
    let mut elements = vec![None; choices.len()];
    match value {
        // A plain list is complete: what is not in it is no.
        Raw::List(names) => {
            elements.fill(Some(Truth::No));
            for name in names {
                elements[choice(name, choices)?] = Some(Truth::Yes);
            }
        }
        Raw::Map(entries) => {
            for (name, value) in entries {
                let element = choice(&Raw::Text(name.clone()), choices)?;
                elements[element] = match value {
                    Raw::Null => None,
                    Raw::Text(text) if text == "unknown" => Some(Truth::Unknown),
                    other => Some(if yes_no(other)? { Truth::Yes } else { Truth::No }),
                };
            }
        }
        other => {
            return Err(format!(
                "{} is not an answer here; write a list of all, such as [], or {{NAME: yes}}; {}",
                shown(other),
                one_of(choices)
            ));
        }
    }
    Ok(Answer::Set(elements))
}

fn codes(value: &Raw) -> Result<Answer, String> {
    let (list, complete) = match value {
        Raw::List(list) => (list.as_slice(), Truth::Yes),
        Raw::Map(entries) => {
            let (mut list, mut complete): (&[Raw], Truth) = (&[], Truth::No);
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("known", Raw::List(known)) => list = known,
                    ("complete", Raw::Text(text)) if text == "unknown" => complete = Truth::Unknown,
                    ("complete", value) => complete = if yes_no(value)? { Truth::Yes } else { Truth::No },
                    _ => {
                        return Err(format!(
                            "`{key}` is not understood here; write {{known: [E84.0], complete: yes, no or unknown}}"
                        ));
                    }
                }
            }
            (list, complete)
        }
        other => {
            return Err(format!("{} is not a list of codes; write [E84.0], or [] for none", shown(other)));
        }
    };
    if list.len() > MOST_CODES {
        return Err(format!("there are {} codes; {MOST_CODES} is the most", list.len()));
    }
    let mut known = Vec::with_capacity(list.len());
    for raw in list {
        let code = match raw {
            Raw::Text(text) => Code::parse(text),
            _ => None,
        };
        let code = code.ok_or_else(|| {
            format!(
                "{} could not be an ICD-10-CM code; a code is a letter, a digit and more, such as E84.0",
                shown(raw)
            )
        })?;
        if !known.contains(&code) {
            known.push(code);
        }
    }
    known.sort();
    Ok(Answer::Codes { known, complete })
}

fn place(value: &Raw) -> Result<Answer, String> {
    match value {
        Raw::Text(text) if !text.trim().is_empty() && text.len() <= 200 => {
            Ok(Answer::Place(text.trim().to_owned()))
        }
        other => Err(format!("{} is not the name of a place", shown(other))),
    }
}

/// One of the places there are, however it is spelled.
fn one_place(value: &Raw, places: &[Choice]) -> Result<usize, String> {
    let Answer::Place(written) = place(value)? else { return Err("write the name of the place".into()) };
    let found = places.iter().position(|place| place_key(&place.id) == place_key(&written));
    found.ok_or_else(|| {
        let names = || places.iter().map(|place| place.id.as_str());
        let help = match nearest(&place_key(&written), names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write a name such as {}", names().next().unwrap_or_default()),
        };
        format!("there is no place {}; {help}", shown(value))
    })
}

fn one_of(choices: &[Choice]) -> String {
    let names: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    if names.is_empty() {
        "these rules have no choices here".into()
    } else {
        format!("write {}", names.join(", "))
    }
}

/// A value for a message, cut short.
fn shown(value: &Raw) -> String {
    let text = match value {
        Raw::Null => return "nothing".into(),
        Raw::Bool(value) => value.to_string(),
        Raw::Whole(number) => number.to_string(),
        Raw::Fraction(number) => number.clone(),
        Raw::Text(text) => text.clone(),
        Raw::List(_) => return "a list".into(),
        Raw::Map(_) => return "a group of fields".into(),
    };
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{short}`")
}
