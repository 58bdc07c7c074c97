//! What a family's answers leave open: which cells of each axis, and whether more can be said of it.

use super::axes::{Axis, Cell, Part, months};
use super::worlds::Worlds;
use carepath::child::Raw;
use carepath::program::Program;
use carepath::value::Date;
use carepath::vocabulary::{FactKind, Measure};
use std::collections::{BTreeMap, BTreeSet};

/// How an axis stands with the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing more can be said of it: it is known, or what is open of it stays so.
    Said,
    /// It can still be asked about.
    Open,
}

/// What answers leave open.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// By axis, by cell.
    pub(crate) open: Vec<Vec<bool>>,
    pub(crate) standing: Vec<Standing>,
    /// Axes of which at least one must be so: what a vague code may mean.
    pub(crate) one_of: Vec<Vec<usize>>,
    /// Where the day of birth will stay unknown: the cells that each month leaves.
    pub(crate) months: Option<BTreeSet<Vec<usize>>>,
}

fn is(raw: &Raw, word: &str) -> bool {
    matches!(raw, Raw::Text(text) if text == word)
}

fn yes(raw: &Raw) -> bool {
    *raw == Raw::Bool(true) || is(raw, "yes")
}

fn field<'r>(raw: &'r Raw, key: &str) -> Option<&'r Raw> {
    match raw {
        Raw::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}

impl Said {
    pub(crate) fn new(worlds: &Worlds<'_>, answers: &[(String, Raw)]) -> Self {
        let answers: BTreeMap<&str, &Raw> = answers.iter().map(|(id, raw)| (id.as_str(), raw)).collect();
        let mut said = Self { open: Vec::new(), standing: Vec::new(), one_of: Vec::new(), months: None };
        for axis in &worlds.axes {
            let fact = &worlds.program.facts[axis.fact];
            let answer = answers.get(fact.id.as_str()).copied();
            let (open, standing) = match (&fact.kind, answer) {
                (FactKind::BirthMonth | FactKind::BirthDate | FactKind::Age, _) => {
                    let (open, standing, months) = birth(worlds.program, axis, &answers, worlds.day);
                    said.months = months;
                    (open, standing)
                }
                (_, None) => (vec![true; axis.cells.len()], Standing::Open),
                (_, Some(answer)) => open_cells(axis, &fact.kind, answer),
            };
            let (open, standing) = match fact.kind {
                FactKind::AgeAt { event: Some(event) } => {
                    at_event(worlds, axis, event, &answers, open, standing)
                }
                _ => (open, standing),
            };
            said.open.push(open);
            said.standing.push(standing);
        }
        said.one_of = vague(worlds, &answers);
        said
    }
}

/// What an answer leaves open of an axis other than births.
fn open_cells(axis: &Axis, kind: &FactKind, answer: &Raw) -> (Vec<bool>, Standing) {
    let keep = |wanted: &dyn Fn(&Cell) -> bool| axis.cells.iter().map(wanted).collect::<Vec<bool>>();
    if is(answer, "unknown") {
        return (vec![true; axis.cells.len()], Standing::Said);
    }
    if is(answer, "not_applicable") {
        // No test on it is met; of a yes/no fact that is a no.
        return (keep(&|cell| matches!(cell, Cell::NotApplicable | Cell::No)), Standing::Said);
    }
    match (kind, &axis.part) {
        (FactKind::YesNo, _) => (keep(&|cell| (*cell == Cell::Yes) == yes(answer)), Standing::Said),
        (FactKind::Choice(choices) | FactKind::Place(choices), _) => {
            let chosen = choices.iter().position(|choice| is(answer, &choice.id));
            (keep(&|cell| chosen.is_some_and(|chosen| *cell == Cell::Choice(chosen))), Standing::Said)
        }
        (FactKind::Day | FactKind::AgeAt { .. }, _) => {
            let ((least, most), refused) = measured(kind, answer);
            let standing = if least < most && !refused { Standing::Open } else { Standing::Said };
            (keep(&|cell| matches!(cell, Cell::Numbers(from, to) if *from <= most && least <= *to)), standing)
        }
        (FactKind::Number { min, max, measure, .. }, _) => {
            // In random rules a number has one decimal at most: then it is in tenths.
            let one = if *measure == (Measure::Count { decimals: 1 }) { 10 } else { 1 };
            let number = |raw: Option<&Raw>, other: i64| match raw {
                Some(Raw::Whole(number)) => *number * one,
                Some(Raw::Fraction(text)) => text.replace('.', "").parse().unwrap(),
                _ => other,
            };
            let (least, most) = match answer {
                Raw::Map(_) => (number(field(answer, "from"), *min), number(field(answer, "to"), *max)),
                told => (number(Some(told), *min), number(Some(told), *max)),
            };
            let more = least < most && field(answer, "exact").is_none();
            let standing = if more { Standing::Open } else { Standing::Said };
            (keep(&|cell| matches!(cell, Cell::Numbers(from, to) if *from <= most && least <= *to)), standing)
        }
        (FactKind::Set(choices), Part::Element(element)) => {
            let id = &choices[*element].id;
            match answer {
                Raw::List(names) => {
                    let inside = names.iter().any(|name| is(name, id));
                    (vec![!inside, inside], Standing::Said)
                }
                _ => match field(answer, id) {
                    None => (vec![true, true], Standing::Open),
                    Some(said) if is(said, "unknown") => (vec![true, true], Standing::Said),
                    Some(said) => (vec![!yes(said), yes(said)], Standing::Said),
                },
            }
        }
        (FactKind::Codes, Part::Condition(codes)) => {
            let (known, complete) = codes_told(answer);
            let meant = |known: &str| codes.iter().any(|code| code.starts_with(known));
            let standing = if complete == "no" { Standing::Open } else { Standing::Said };
            let sure = known.iter().any(|known| codes.contains(&known.as_str()));
            let open = vec![!sure, sure || complete != "yes" || known.iter().any(|known| meant(known))];
            (open, standing)
        }
        (kind, part) => panic!("{part:?} of {kind:?}"),
    }
}

/// The days of a day or a month, or the months of an age, that an answer leaves; and whether that is all it will be.
fn measured(kind: &FactKind, answer: &Raw) -> ((i64, i64), bool) {
    let refused = field(answer, "exact").is_some();
    let range = match (kind, answer) {
        (FactKind::Day, Raw::Text(text)) => days(text),
        (FactKind::Day, _) => match field(answer, "month") {
            Some(Raw::Text(text)) => days(text),
            other => panic!("{other:?} is no month"),
        },
        (_, Raw::Whole(years)) => (years * 12, years * 12 + 11),
        _ => match (field(answer, "months"), field(answer, "years")) {
            (Some(Raw::Whole(months)), _) => (*months, *months),
            (_, Some(Raw::Whole(years))) => (years * 12, years * 12 + 11),
            other => panic!("{other:?} is no age"),
        },
    };
    (range, refused)
}

/// The numbers of the days in a day or a month.
fn days(text: &str) -> (i64, i64) {
    let number = |day: Date| i64::from(day.day_number());
    let day = Date::parse(text).unwrap_or_else(|| Date::parse(&format!("{text}-01")).unwrap());
    let mut last = day;
    while text.len() == 7 && last.next().month() == day.month() {
        last = last.next();
    }
    (number(day), number(last))
}

/// What the birth and the day of an event leave of the age at it, each day tried with each.
fn at_event(
    worlds: &Worlds<'_>,
    axis: &Axis,
    event: usize,
    answers: &BTreeMap<&str, &Raw>,
    open: Vec<bool>,
    standing: Standing,
) -> (Vec<bool>, Standing) {
    let told = |raw: &&Raw| !is(raw, "unknown") && !is(raw, "not_applicable");
    let program = worlds.program;
    let event = &program.facts[event];
    let happened = answers.get(event.id.as_str()).copied().filter(told);
    let own = |kind: &FactKind| {
        let fact = program.fact_of_kind(kind)?;
        answers.get(program.facts[fact].id.as_str()).copied().filter(told)
    };
    let birth_told =
        [FactKind::BirthDate, FactKind::BirthMonth, FactKind::Age].iter().any(|k| own(k).is_some());
    let (Some(happened), true) = (happened, birth_told) else { return (open, standing) };
    let births = worlds.axes.iter().find(|axis| matches!(axis.cells[0], Cell::Births(_))).unwrap();
    let (left, ..) = birth(program, births, answers, worlds.day);
    let births: Vec<Date> = births
        .cells
        .iter()
        .zip(left)
        .filter(|(_, left)| *left)
        .flat_map(|(cell, _)| fitting(program, cell, answers, worlds.day))
        .collect();
    let (first, last) = measured(&event.kind, happened).0;
    let mut ages: BTreeSet<i64> = BTreeSet::new();
    for day in first..=last {
        let day = Date::from_day_number(i32::try_from(day).unwrap());
        ages.extend(births.iter().filter(|birth| **birth <= day).map(|birth| months(*birth, day)));
    }
    let said = answers.get(program.facts[axis.fact].id.as_str()).copied();
    if said.is_some_and(|said| is(said, "not_applicable")) {
        return (if ages.is_empty() { vec![false; open.len()] } else { open }, standing);
    }
    // In years the family leaves twelve months open.
    let given = said.filter(told).map(|said| measured(&program.facts[axis.fact].kind, said).0);
    ages.retain(|age| given.is_none_or(|(least, most)| (least..=most).contains(age)));
    let known = ages.len() == 1;
    let left = axis.cells.iter().zip(open).map(|(cell, open)| {
        open && matches!(cell, Cell::Numbers(from, to) if ages.iter().any(|age| (from..=to).contains(&age)))
    });
    (left.collect(), if known { Standing::Said } else { standing })
}

/// The codes told, and whether these are all: yes, no or unknown.
fn codes_told(answer: &Raw) -> (Vec<String>, &'static str) {
    let codes = |raw: &Raw| match raw {
        Raw::List(list) => list
            .iter()
            .filter_map(|code| match code {
                Raw::Text(code) => Some(code.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    match answer {
        Raw::List(_) => (codes(answer), "yes"),
        _ => {
            let complete = match field(answer, "complete") {
                Some(raw) if is(raw, "unknown") => "unknown",
                Some(raw) if yes(raw) => "yes",
                _ => "no",
            };
            (field(answer, "known").map(codes).unwrap_or_default(), complete)
        }
    }
}

/// A vague code that was told means at least one of the conditions below it.
fn vague(worlds: &Worlds<'_>, answers: &BTreeMap<&str, &Raw>) -> Vec<Vec<usize>> {
    let told = worlds.program.facts.iter().filter(|fact| fact.kind == FactKind::Codes);
    told.filter_map(|fact| answers.get(fact.id.as_str()))
        .flat_map(|answer| codes_told(answer).0)
        .map(|known| {
            let below = |axis: &Axis| match &axis.part {
                Part::Condition(codes) => codes.iter().any(|code| code.starts_with(&known)),
                _ => false,
            };
            (0..worlds.axes.len()).filter(|axis| below(&worlds.axes[*axis])).collect::<Vec<usize>>()
        })
        .filter(|axes| !axes.is_empty())
        .collect()
}

/// What all that was told of the birth leaves open together.
#[allow(clippy::type_complexity, reason = "three parts of one answer")]
fn birth(
    program: &Program,
    axis: &Axis,
    answers: &BTreeMap<&str, &Raw>,
    day: Date,
) -> (Vec<bool>, Standing, Option<BTreeSet<Vec<usize>>>) {
    let told = |kind: &FactKind| told_of(program, kind, answers);
    let date = told(&FactKind::BirthDate);
    let month = told(&FactKind::BirthMonth);
    let known = |raw: Option<&Raw>| raw.is_some_and(|raw| !is(raw, "unknown"));
    let days: Vec<Vec<Date>> = axis.cells.iter().map(|cell| fitting(program, cell, answers, day)).collect();
    let open = days.iter().map(|days| !days.is_empty()).collect();
    let standing = match (known(date), date, month) {
        (true, ..) => Standing::Said,
        // The month was told: the day is asked, unless nobody knows it.
        (_, None, Some(month)) if !is(month, "unknown") => Standing::Open,
        (_, _, None) => Standing::Open,
        _ => Standing::Said,
    };
    // Asked is the month; where the day is not known, each month leaves all its days.
    let by_month = (date.is_some() && standing == Standing::Open).then(|| {
        let mut cells: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (cell, days) in days.iter().enumerate() {
            for birth in days {
                cells.entry(birth.to_string()[..7].to_owned()).or_default().insert(cell);
            }
        }
        cells.into_values().map(|cells| cells.into_iter().collect()).collect()
    });
    (open, standing, by_month)
}

/// What was said of the birth in one of the ways.
fn told_of<'r>(program: &Program, kind: &FactKind, answers: &BTreeMap<&str, &'r Raw>) -> Option<&'r Raw> {
    let fact = program.fact_of_kind(kind).unwrap();
    answers.get(program.facts[fact].id.as_str()).copied()
}

/// The births of a cell that all that was told allows.
fn fitting(program: &Program, cell: &Cell, answers: &BTreeMap<&str, &Raw>, day: Date) -> Vec<Date> {
    let told = |kind: &FactKind| told_of(program, kind, answers);
    let (date, month, age) = (told(&FactKind::BirthDate), told(&FactKind::BirthMonth), told(&FactKind::Age));
    let fits = |birth: &Date| {
        let written = birth.to_string();
        let same = |raw: Option<&Raw>, length: usize| match raw {
            Some(Raw::Text(text)) if text != "unknown" => written[..length] == **text,
            _ => true,
        };
        let of_age = match age {
            Some(Raw::Whole(years)) => months(*birth, day).div_euclid(12) == *years,
            Some(Raw::Map(_)) => field(age.unwrap(), "months") == Some(&Raw::Whole(months(*birth, day))),
            _ => true,
        };
        same(date, 10) && same(month, 7) && of_age
    };
    match cell {
        Cell::Births(days) => days.iter().copied().filter(fits).collect(),
        _ => Vec::new(),
    }
}
