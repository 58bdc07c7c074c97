//! A random child: what is so of it, and how much of that its family says.

use super::Dice;
use carepath::child::Raw;
use carepath::program::Program;
use carepath::value::Date;
use carepath::vocabulary::{FactKind, Implication, Literal, Measure, Per};
use std::collections::BTreeMap;

/// What is so of one fact, whether anybody knows it or not. Births are held under the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Full {
    YesNo(bool),
    Birth(Date),
    Number(i64),
    Choice(usize),
    Set(Vec<bool>),
    Codes(Vec<&'static str>),
    NotApplicable,
}

/// Codes that fall under none, one or several of the lists, each as specific as any list asks.
pub(crate) const CODES: [&str; 7] = ["E84.0", "Q21.0", "Q21.1", "Q21.3", "Q22.4", "G40.9", "J45.2"];
/// Codes that are less specific than a list: whether the child has what the list says is open.
pub(crate) const VAGUE: [&str; 2] = ["Q21", "E84"];

/// Dollars and other numbers on either side of all bounds that the rules name.
const NUMBERS: [i64; 16] =
    [0, 1, 2, 3, 4, 5, 6, 7, 14_999, 19_999, 20_000, 22_500, 22_501, 27_000, 30_000, 30_001];
/// The same where a number is at most 69.
const SMALLER: [i64; 10] = [0, 9, 10, 19, 21, 29, 30, 40, 41, 69];

/// Dollars a month on either side of shares of the guidelines.
const BY_THE_MONTH: [i64; 10] = [0, 833, 1_250, 1_251, 1_500, 1_501, 1_875, 2_000, 2_250, 3_334];

/// The same in tenths.
const IN_TENTHS: [i64; 14] = [10, 20, 21, 29, 30, 31, 44, 45, 46, 50, 51, 60, 61, 90];

/// Days that rules name.
const DAYS: [&str; 4] = ["2023-07-01", "2023-06-15", "2023-12-31", "2024-02-29"];

/// All that is so of a random child, by the fact's index; what is true by definition holds.
pub(crate) fn full_child(dice: &mut Dice, program: &Program, day: Date) -> BTreeMap<usize, Full> {
    loop {
        let child: BTreeMap<usize, Full> = program
            .facts
            .iter()
            .enumerate()
            .filter_map(|(index, fact)| Some((index, full(dice, &fact.kind, fact.may_not_apply, day)?)))
            .collect();
        let so = |literal: &Literal| match (literal, &child[&literal.fact()]) {
            (Literal::Fact(_), Full::YesNo(yes)) => *yes,
            (Literal::Choice(_, choice), Full::Choice(chosen)) => choice == chosen,
            (Literal::Element(_, element), Full::Set(elements)) => elements[*element],
            _ => false,
        };
        let holds = |Implication { when, then }: &Implication| !so(when) || then.iter().any(so);
        if program.implications.iter().all(holds) {
            return at_events(program, child);
        }
    }
}

/// The same child as old at every event as it was on its day; the events of the unborn come with the birth.
fn at_events(program: &Program, mut child: BTreeMap<usize, Full>) -> BTreeMap<usize, Full> {
    let born = child.values().find_map(|full| match full {
        Full::Birth(birth) => Some(*birth),
        _ => None,
    });
    for (index, fact) in program.facts.iter().enumerate() {
        let (FactKind::AgeAt { event: Some(event) }, Some(birth)) = (&fact.kind, born) else { continue };
        let Full::Number(day) = child[event] else { continue };
        let day = day.max(i64::from(birth.day_number()));
        let on = Date::from_day_number(i32::try_from(day).unwrap());
        child.insert(*event, Full::Number(day));
        child.insert(index, Full::Number(i64::from(birth.completed_months(on).unwrap())));
    }
    child
}

fn full(dice: &mut Dice, kind: &FactKind, may_not_apply: bool, day: Date) -> Option<Full> {
    if may_not_apply && dice.one_in(6) {
        return Some(Full::NotApplicable);
    }
    Some(match kind {
        FactKind::YesNo => Full::YesNo(dice.one_in(2)),
        FactKind::BirthDate => Full::Birth(birth(dice, day)),
        FactKind::Number { .. } if kind.dollars_per() == Some(Per::Month) => {
            Full::Number(BY_THE_MONTH[dice.roll(BY_THE_MONTH.len())])
        }
        FactKind::Number { measure: Measure::Count { decimals: 1 }, .. } => {
            Full::Number(IN_TENTHS[dice.roll(IN_TENTHS.len())])
        }
        FactKind::Number { min, max, .. } => {
            let known = if *max == 69 { &SMALLER[..] } else { &NUMBERS };
            let fitting: Vec<i64> = known.iter().copied().filter(|n| (*min..=*max).contains(n)).collect();
            Full::Number(fitting[dice.roll(fitting.len())])
        }
        FactKind::Day => {
            let around = DAYS[dice.roll(DAYS.len())];
            let near = Date::parse(around).unwrap().day_number() + dice.roll(5) as i32 - 2;
            let any = day.day_number() - dice.roll(3000) as i32;
            // Around the day that lies as many months back as rules ask for.
            let recent = day.day_number() - [6, 12, 30][dice.roll(3)] * 1461 / 48 + dice.roll(7) as i32 - 3;
            Full::Number(i64::from([near, any, recent][dice.roll(3)].min(day.day_number())))
        }
        FactKind::AgeAt { .. } => Full::Number([0, 29, 30, 31, 35, 36, 215, 216, 300][dice.roll(9)]),
        FactKind::Choice(choices) => Full::Choice(dice.roll(choices.len())),
        FactKind::Place(places) if !places.is_empty() => Full::Choice(dice.roll(places.len())),
        FactKind::Set(choices) => Full::Set(choices.iter().map(|_| dice.one_in(3)).collect()),
        FactKind::Codes => {
            let count = dice.roll(4);
            Full::Codes(dice.some_of(CODES.len(), count).into_iter().map(|code| CODES[code]).collect())
        }
        // The month and the age follow from the day; a place among none known is in no criterion.
        FactKind::BirthMonth | FactKind::Age | FactKind::Place(_) => return None,
    })
}

/// A birth near a birthday that rules name, or anywhere in twenty-five years.
fn birth(dice: &mut Dice, day: Date) -> Date {
    let back = match dice.roll(3) {
        0 => [0, 3, 18][dice.roll(3)] * 1461 / 4 + dice.roll(60) as i32 - 10,
        1 => 900 + dice.roll(60) as i32,
        _ => dice.roll(9000) as i32,
    };
    Date::from_day_number(day.day_number() - back.max(0))
}

/// Some answers of the family of a child: each fact given in one of the ways it can be, unknown, or not asked yet.
pub(crate) fn answers(
    dice: &mut Dice,
    program: &Program,
    child: &BTreeMap<usize, Full>,
    day: Date,
) -> Vec<(String, Raw)> {
    let mut said = Vec::new();
    for (fact, full) in child {
        let id = program.facts[*fact].id.clone();
        match dice.roll(5) {
            _ if *full == Full::NotApplicable => {
                if dice.one_in(2) {
                    said.push((id, text("not_applicable")));
                }
            }
            _ if matches!(full, Full::Birth(_)) => {
                if let Full::Birth(birth) = full {
                    birth_told(dice, *birth, day, &mut said);
                }
            }
            0 => said.push((id, text("unknown"))),
            1 => {}
            2 => said.push((id, in_part(dice, &program.facts[*fact].kind, full))),
            _ => said.push((id, give(dice, &program.facts[*fact].kind, full))),
        }
    }
    dice.shuffle(&mut said);
    said
}

/// The birth in one of the many ways in which a family can tell it.
fn birth_told(dice: &mut Dice, birth: Date, day: Date, said: &mut Vec<(String, Raw)>) {
    let date = |said: &mut Vec<(String, Raw)>| said.push(("birth_date".into(), text(&birth.to_string())));
    let month = |said: &mut Vec<(String, Raw)>| {
        said.push(("birth_month".into(), text(&birth.to_string()[..7])));
    };
    let unknown = |fact: &str, said: &mut Vec<(String, Raw)>| said.push((fact.into(), text("unknown")));
    let months = birth.completed_months(day).unwrap_or_default();
    let age = |raw: Raw, said: &mut Vec<(String, Raw)>| said.push(("age".into(), raw));
    match dice.roll(11) {
        0 | 1 => {}
        2 => unknown("birth_month", said),
        3 => month(said),
        4 => {
            month(said);
            unknown("birth_date", said);
        }
        5 => {
            month(said);
            date(said);
        }
        6 => age(Raw::Whole(i64::from(months / 12)), said),
        7 => {
            age(Raw::Map(vec![("months".into(), Raw::Whole(i64::from(months)))]), said);
            unknown("birth_month", said);
        }
        8 => unknown("birth_date", said),
        9 => {
            unknown("age", said);
            month(said);
        }
        _ => date(said),
    }
}

/// A whole answer.
pub(crate) fn give(dice: &mut Dice, kind: &FactKind, full: &Full) -> Raw {
    match (full, kind) {
        (Full::YesNo(yes), _) => match dice.roll(3) {
            0 => Raw::Bool(*yes),
            _ => text(if *yes { "yes" } else { "no" }),
        },
        (Full::Birth(birth), FactKind::BirthMonth) => text(&birth.to_string()[..7]),
        (Full::Birth(birth), _) => text(&birth.to_string()),
        (Full::Number(number), FactKind::Day) => text(&written_day(*number)),
        (Full::Number(number), FactKind::AgeAt { .. }) => {
            Raw::Map(vec![("months".into(), Raw::Whole(*number))])
        }
        (Full::Number(number), kind) => figure(kind, *number),
        (Full::Choice(chosen), FactKind::Choice(choices) | FactKind::Place(choices)) => {
            text(&choices[*chosen].id)
        }
        (Full::Set(elements), FactKind::Set(choices)) => {
            let inside = choices.iter().zip(elements).filter(|(_, inside)| **inside);
            Raw::List(inside.map(|(choice, _)| text(&choice.id)).collect())
        }
        (Full::Codes(codes), _) => Raw::List(codes.iter().map(|code| text(code)).collect()),
        (Full::NotApplicable, _) => text("not_applicable"),
        (full, kind) => panic!("{full:?} is no answer to {kind:?}"),
    }
}

/// A number as answers have it: in tenths, where the fact has a decimal.
fn figure(kind: &FactKind, number: i64) -> Raw {
    match kind.measure() {
        Some(Measure::Count { decimals: 1 }) if number % 10 != 0 => {
            Raw::Fraction(format!("{}.{}", number / 10, number % 10))
        }
        Some(Measure::Count { decimals: 1 }) => Raw::Whole(number / 10),
        _ => Raw::Whole(number),
    }
}

fn written_day(number: i64) -> String {
    Date::from_day_number(i32::try_from(number).unwrap()).to_string()
}

/// An answer that leaves something open.
fn in_part(dice: &mut Dice, kind: &FactKind, full: &Full) -> Raw {
    match (full, kind) {
        (Full::Number(number), FactKind::Day) => {
            let month = text(&written_day(*number)[..7]);
            if dice.one_in(2) { month } else { by_unit("month", month) }
        }
        (Full::Number(number), FactKind::AgeAt { .. }) => {
            let years = Raw::Whole(number / 12);
            if dice.one_in(2) { years } else { by_unit("years", years) }
        }
        (Full::Number(number), FactKind::Number { min, max, .. }) => {
            let (below, above) = match *max {
                69 => ([0, 5, 20][dice.roll(3)], [0, 10, 40][dice.roll(3)]),
                _ => ([0, 1, 10_000][dice.roll(3)], [0, 2, 1_000][dice.roll(3)]),
            };
            let mut range = vec![
                ("from".to_owned(), figure(kind, (number - below).max(*min))),
                ("to".to_owned(), figure(kind, (number + above).min(*max))),
            ];
            if dice.one_in(2) {
                range.push(("exact".into(), text("unknown")));
            }
            Raw::Map(range)
        }
        (Full::Set(elements), FactKind::Set(choices)) => {
            let mut said = Vec::new();
            for (choice, inside) in choices.iter().zip(elements) {
                match dice.roll(3) {
                    0 => said.push((choice.id.clone(), text("unknown"))),
                    1 => said.push((choice.id.clone(), text(if *inside { "yes" } else { "no" }))),
                    _ => {}
                }
            }
            Raw::Map(said)
        }
        (Full::Codes(codes), _) => {
            // Any of them may be told less exactly, and all but a complete list may leave some out.
            let complete = dice.pick(&["yes", "no", "unknown"]);
            let mut known: Vec<Raw> = Vec::new();
            for code in codes {
                let vague = VAGUE.into_iter().find(|vague| code.starts_with(vague));
                match (vague, dice.roll(3)) {
                    (_, 0) if complete != "yes" => {}
                    (Some(vague), 1) => known.push(text(vague)),
                    _ => known.push(text(code)),
                }
            }
            Raw::Map(vec![("known".into(), Raw::List(known)), ("complete".into(), text(complete))])
        }
        _ => give(dice, kind, full),
    }
}

/// A month of which nobody knows the day, or years of which nobody knows the months.
fn by_unit(unit: &str, told: Raw) -> Raw {
    Raw::Map(vec![(unit.into(), told), ("exact".into(), text("unknown"))])
}

/// How a family answers one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// All of it.
    Whole,
    /// Some of it, where that can be: a range, some elements, some codes.
    Part,
    /// *I don't know*.
    Unknown,
}

/// The answers once a question has been answered: what was said of the fact before stays said.
pub(crate) fn reply(
    dice: &mut Dice,
    program: &Program,
    child: &BTreeMap<usize, Full>,
    said: &[(String, Raw)],
    asked: &str,
    how: Reply,
) -> Vec<(String, Raw)> {
    let fact = program.fact(asked).unwrap();
    let kind = &program.facts[fact].kind;
    let full = match kind {
        FactKind::BirthMonth => &child[&program.fact_of_kind(&FactKind::BirthDate).unwrap()],
        _ => &child[&fact],
    };
    let before = said.iter().find(|(id, _)| id == asked).map(|(_, raw)| raw.clone());
    let first = before.is_none();
    let answer = match (how, full, before) {
        (_, Full::Set(elements), Some(Raw::Map(mut known))) => {
            let FactKind::Set(choices) = kind else { panic!("{kind:?} is no set") };
            for (choice, inside) in choices.iter().zip(elements) {
                if known.iter().all(|(id, _)| *id != choice.id) {
                    let word = if how == Reply::Unknown { "unknown" } else { yes_no(*inside) };
                    known.push((choice.id.clone(), text(word)));
                }
            }
            Raw::Map(known)
        }
        (Reply::Unknown, Full::Codes(_), Some(before)) => changed(before, "complete", "unknown"),
        (Reply::Unknown, Full::Number(_), Some(before @ Raw::Text(_))) => by_unit("month", before),
        (Reply::Unknown, Full::Number(_), Some(before @ Raw::Whole(_))) => by_unit("years", before),
        (Reply::Unknown, Full::Number(_), Some(before)) => changed(before, "exact", "unknown"),
        (Reply::Unknown, ..) => text("unknown"),
        // The question is about every element: what is not known of them is said too.
        (Reply::Part, Full::Set(elements), _) => by_element(dice, kind, elements),
        (Reply::Part, Full::Number(_) | Full::Codes(_), _) if first => in_part(dice, kind, full),
        _ => give(dice, kind, full),
    };
    let mut now: Vec<(String, Raw)> = said.iter().filter(|(id, _)| id != asked).cloned().collect();
    now.push((asked.to_owned(), answer));
    now
}

/// Each element of a set: yes, no or unknown.
fn by_element(dice: &mut Dice, kind: &FactKind, elements: &[bool]) -> Raw {
    let FactKind::Set(choices) = kind else { panic!("{kind:?} is no set") };
    let told = choices.iter().zip(elements).map(|(choice, inside)| {
        let word = if dice.one_in(3) { "unknown" } else { yes_no(*inside) };
        (choice.id.clone(), text(word))
    });
    Raw::Map(told.collect())
}

/// An answer in parts with one part changed.
fn changed(answer: Raw, part: &str, to: &str) -> Raw {
    let Raw::Map(mut parts) = answer else { panic!("{answer:?} has no parts") };
    parts.retain(|(name, _)| name != part);
    parts.push((part.to_owned(), text(to)));
    Raw::Map(parts)
}

/// All that a family will say of a child however it is asked: each fact whole, in part for good, or unknown.
pub(crate) fn all_answers(
    dice: &mut Dice,
    program: &Program,
    child: &BTreeMap<usize, Full>,
) -> Vec<(String, Raw)> {
    let mut all = Vec::new();
    for (fact, full) in child {
        let (id, kind) = (program.facts[*fact].id.clone(), &program.facts[*fact].kind);
        let known = dice.roll(4) > 0;
        match full {
            Full::Birth(birth) => {
                let month = if known { birth.to_string()[..7].to_owned() } else { "unknown".to_owned() };
                all.push(("birth_month".into(), text(&month)));
                if known {
                    let day = if dice.one_in(3) { "unknown".to_owned() } else { birth.to_string() };
                    all.push((id, text(&day)));
                }
            }
            _ if !known => all.push((id, text("unknown"))),
            Full::Set(elements) if dice.one_in(2) => all.push((id, by_element(dice, kind, elements))),
            Full::Number(_) if dice.one_in(3) => {
                let answer = match in_part(dice, kind, full) {
                    month @ Raw::Text(_) => by_unit("month", month),
                    years @ Raw::Whole(_) if !matches!(kind, FactKind::Number { .. }) => {
                        by_unit("years", years)
                    }
                    part @ Raw::Map(_) => changed(part, "exact", "unknown"),
                    whole => whole,
                };
                all.push((id, answer));
            }
            Full::Codes(_) if dice.one_in(3) => {
                all.push((id, changed(in_part(dice, kind, full), "complete", "unknown")));
            }
            _ => all.push((id, give(dice, kind, full))),
        }
    }
    all
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn text(text: &str) -> Raw {
    Raw::Text(text.into())
}
