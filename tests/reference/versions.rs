//! Two versions of rules: every child there can be under both, and what of all that is shown differs.
//!
//! Each version has worlds of its own; a child is in one of each. Where one version knows of a fact, a choice or a wider
//! range and the other does not, both are asked about it, and the other's criteria do not see it.

use super::axes::{Axis, Cell, Part, entry_of};
use super::worlds::Worlds;
use crate::random::CODES;
use carepath::child::Raw;
use carepath::program::Program;
use carepath::value::Date;
use carepath::vocabulary::{Choice, FactKind, Measure};
use std::collections::{BTreeMap, BTreeSet};

/// More children than this are not tried.
const MOST: usize = 1 << 16;

/// What differs: each thing that is shown, with what it was and what it is.
pub(crate) type Differs = BTreeMap<String, [String; 2]>;

/// Both versions' worlds, and what every child is in each.
pub(crate) struct Versions<'p> {
    pub(crate) worlds: [Worlds<'p>; 2],
    /// In what children differ.
    sides: Vec<Side>,
}

/// One thing in which children differ.
struct Side {
    fact: String,
    /// What it can be: what it adds to the world's number in each version, and how it is said.
    values: Vec<([usize; 2], Value)>,
}

/// What is so of one side of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Whole(Raw),
    Inside(Raw),
    Outside,
}

/// Adds to each version the facts, choices and ranges of the other.
pub(crate) fn share_vocabulary(versions: &mut [Program; 2]) {
    let [old, new] = versions;
    extend(old, new);
    extend(new, old);
}

fn extend(own: &mut Program, other: &Program) {
    for fact in &other.facts {
        let Some(known) = own.facts.iter_mut().find(|known| known.id == fact.id) else {
            own.facts.push(fact.clone());
            continue;
        };
        known.may_not_apply |= fact.may_not_apply;
        match (&mut known.kind, &fact.kind) {
            (FactKind::Choice(known), FactKind::Choice(others))
            | (FactKind::Set(known), FactKind::Set(others))
            | (FactKind::Place(known), FactKind::Place(others)) => {
                let missing = |choice: &&Choice| known.iter().all(|own| own.id != choice.id);
                let missing: Vec<Choice> = others.iter().filter(missing).cloned().collect();
                known.extend(missing);
            }
            (FactKind::Number { min, max, .. }, FactKind::Number { min: least, max: most, .. }) => {
                (*min, *max) = ((*min).min(*least), (*max).max(*most));
            }
            _ => {}
        }
    }
}

impl<'p> Versions<'p> {
    /// Two versions on a day; nothing where there are too many children.
    pub(crate) fn new(versions: &'p [Program; 2], day: Date) -> Option<Self> {
        let [old, new] = versions;
        let worlds = [Worlds::new(old, day)?, Worlds::new(new, day)?];
        let mut sides: Vec<Side> = Vec::new();
        for version in 0..2 {
            let (own, other) = (&worlds[version], &worlds[1 - version]);
            for (index, axis) in own.axes.iter().enumerate() {
                let fact = &own.program.facts[axis.fact];
                let met = other.axes.iter().position(|axis_there| {
                    let there = &other.program.facts[axis_there.fact];
                    same(there.id == fact.id, [axis, axis_there], [&fact.kind, &there.kind])
                });
                // What both tell apart was found with the old version; codes come last.
                if version == 1 && met.is_some() || matches!(axis.part, Part::Condition(_)) {
                    continue;
                }
                let mut values = Vec::new();
                for (at, cell) in axis.cells.iter().enumerate() {
                    let here = at * own.stride(index);
                    let Some(met) = met else {
                        let mut places = [0; 2];
                        places[version] = here;
                        values.extend(said(&axis.part, &fact.kind, cell, day).map(|said| (places, said)));
                        continue;
                    };
                    let kind = &other.program.facts[other.axes[met].fact].kind;
                    for (at, cell_there) in other.axes[met].cells.iter().enumerate() {
                        let Some(both) = meet([cell, cell_there], [&fact.kind, kind]) else { continue };
                        let said = said(&axis.part, &fact.kind, &both, day);
                        values.extend(said.map(|said| ([here, at * other.stride(met)], said)));
                    }
                }
                let asked = match axis.cells[0] {
                    Cell::Births(_) => own.program.fact_of_kind(&FactKind::BirthDate).unwrap(),
                    _ => axis.fact,
                };
                sides.push(Side { fact: own.program.facts[asked].id.clone(), values });
            }
        }
        sides.extend(conditions(&worlds));
        let count = sides
            .iter()
            .try_fold(1usize, |count, side| Some(count * side.values.len()).filter(|count| *count <= MOST));
        count.map(|_| Self { worlds, sides })
    }

    /// Every child: by what each side of it is.
    pub(crate) fn children(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![Vec::new()];
        for side in &self.sides {
            let values = 0..side.values.len();
            all = all
                .iter()
                .flat_map(|so_far| values.clone().map(move |value| [so_far.as_slice(), &[value]].concat()))
                .collect();
        }
        let possible = |child: &Vec<usize>| {
            let worlds = self.at(child);
            (0..2).all(|version| self.worlds[version].masks[worlds[version]] != 0)
        };
        all.retain(possible);
        all
    }

    /// The world that a child is in, in each version.
    fn at(&self, child: &[usize]) -> [usize; 2] {
        let places = self.sides.iter().zip(child).map(|(side, value)| side.values[*value].0);
        places.fold([0, 0], |[old, new], [here, there]| [old + here, new + there])
    }

    /// What differs for a child.
    pub(crate) fn differs(&self, child: &[usize]) -> Differs {
        let worlds = self.at(child);
        let shown = [0, 1].map(|version| shown(&self.worlds[version], worlds[version]));
        // Whom to call first follows from who leads, and who pays is told of what is open; where that changes, it is told.
        let told = |name: &str| {
            let same = |what: &str| {
                let [old, new] = [0, 1].map(|version| shown[version].get(what));
                old == new
            };
            match name.split_once(' ') {
                None if name == "contact" => same("lead"),
                Some(("payer", of)) => {
                    let program = of.split_once('.').map_or(of, |(program, _)| program);
                    [&shown[0], &shown[1]].iter().all(|shown| {
                        let open = shown
                            .get(&format!("decision {of}"))
                            .or(shown.get(&format!("benefit {of}")))
                            .is_some_and(|decision| decision != "ineligible");
                        open || of == program
                            && shown["lead"].split_once(' ').is_some_and(|(lead, _)| lead == of)
                    })
                }
                _ => true,
            }
        };
        let names = shown[0].keys().chain(shown[1].keys());
        let mut found = Differs::new();
        for name in names.filter(|name| told(name)) {
            let [before, after] =
                [0, 1].map(|version| shown[version].get(name).cloned().unwrap_or_else(|| absent(name)));
            if before != after {
                found.insert(name.clone(), [before, after]);
            }
        }
        found
    }

    /// The answers of a child's family, complete.
    pub(crate) fn answers(&self, child: &[usize]) -> Vec<(String, Raw)> {
        let mut answers: Vec<(String, Raw)> = Vec::new();
        for (side, value) in self.sides.iter().zip(child) {
            match &side.values[*value].1 {
                Value::Whole(raw) => answers.push((side.fact.clone(), raw.clone())),
                parts => {
                    let at = answers.iter().position(|(fact, _)| *fact == side.fact).unwrap_or_else(|| {
                        answers.push((side.fact.clone(), Raw::List(Vec::new())));
                        answers.len() - 1
                    });
                    if let (Value::Inside(raw), Raw::List(list)) = (parts, &mut answers[at].1) {
                        list.push(raw.clone());
                    }
                }
            }
        }
        answers
    }

    /// The same answers with codes that are known here: each told code that is not by one that no list of either version
    /// tells from it. Nothing where there is none.
    pub(crate) fn in_known_codes(&self, answers: &[(String, Raw)]) -> Option<Vec<(String, Raw)>> {
        let entries = |code: &str| -> Vec<Option<usize>> {
            let lists = self.worlds.iter().flat_map(|worlds| &worlds.program.lists);
            lists.map(|list| entry_of(list, code)).collect()
        };
        let codes = self.worlds[0].program.fact_of_kind(&FactKind::Codes)?;
        let codes = &self.worlds[0].program.facts[codes].id;
        let known = |raw: &Raw| match raw {
            Raw::Text(told) if !CODES.iter().any(|code| code.starts_with(told.as_str())) => {
                CODES.iter().find(|code| entries(code) == entries(told)).map(text)
            }
            raw => Some(raw.clone()),
        };
        let all = answers.iter().map(|(fact, raw)| match raw {
            Raw::List(told) if fact == codes => {
                Some((fact.clone(), Raw::List(told.iter().map(known).collect::<Option<_>>()?)))
            }
            raw => Some((fact.clone(), raw.clone())),
        });
        all.collect()
    }

    /// Whether a child is one of those whose family could say this.
    pub(crate) fn could_say(&self, child: &[usize], said: &[super::Said; 2]) -> bool {
        let worlds = self.at(child);
        (0..2).all(|version| {
            let own = &self.worlds[version];
            // A vague code means one of those below it.
            let inside = |axis: &usize| worlds[version] / own.stride(*axis) % 2 == 1;
            said[version].one_of.iter().all(|axes| axes.iter().any(inside))
                && said[version]
                    .open
                    .iter()
                    .enumerate()
                    .all(|(axis, open)| open[worlds[version] / own.stride(axis) % own.axes[axis].cells.len()])
        })
    }
}

/// Whether two axes of two versions are about the same.
fn same(same_fact: bool, [one, other]: [&Axis; 2], kinds: [&FactKind; 2]) -> bool {
    let births = |axis: &Axis| matches!(axis.cells[0], Cell::Births(_));
    let part = match (&one.part, &other.part) {
        (Part::Element(one), Part::Element(other)) => {
            kinds[0].choices()[*one].id == kinds[1].choices()[*other].id
        }
        (Part::Whole, Part::Whole) => true,
        _ => false,
    };
    part && (same_fact || births(one) && births(other))
}

/// What is in both of two cells.
fn meet(cells: [&Cell; 2], kinds: [&FactKind; 2]) -> Option<Cell> {
    match cells {
        [Cell::Births(one), Cell::Births(other)] => {
            let other: BTreeSet<&Date> = other.iter().collect();
            let days: Vec<Date> = one.iter().filter(|day| other.contains(day)).copied().collect();
            (!days.is_empty()).then_some(Cell::Births(days))
        }
        [Cell::Numbers(from, to), Cell::Numbers(least, most)] => {
            let (from, to) = (*from.max(least), *to.min(most));
            (from <= to).then_some(Cell::Numbers(from, to))
        }
        [Cell::Choice(one), Cell::Choice(other)] => {
            (kinds[0].choices()[*one].id == kinds[1].choices()[*other].id).then_some(Cell::Choice(*one))
        }
        [one, other] => (one == other).then(|| one.clone()),
    }
}

fn text(text: impl ToString) -> Raw {
    Raw::Text(text.to_string())
}

/// How somebody in a cell says so; nothing for days that are still to come.
fn said(part: &Part, kind: &FactKind, cell: &Cell, day: Date) -> Option<Value> {
    if let (Part::Element(element), inside) = (part, *cell == Cell::Yes) {
        return Some(if inside { Value::Inside(text(&kind.choices()[*element].id)) } else { Value::Outside });
    }
    Some(Value::Whole(match (cell, kind) {
        (Cell::No | Cell::Yes, _) => text(if *cell == Cell::Yes { "yes" } else { "no" }),
        // Under the month, unless told apart within one.
        (Cell::Births(days), _) => text(days[0]),
        (Cell::NotApplicable, _) => text("not_applicable"),
        (Cell::Choice(choice), kind) => text(&kind.choices()[*choice].id),
        (Cell::Numbers(from, to), FactKind::Day) => {
            let last = (*to).min(i64::from(day.day_number()));
            if last < *from {
                return None;
            }
            text(Date::from_day_number(i32::try_from(last).unwrap()))
        }
        (Cell::Numbers(from, _), FactKind::AgeAt { .. }) => {
            Raw::Map(vec![("months".to_owned(), Raw::Whole(*from))])
        }
        (Cell::Numbers(from, _), kind) => match kind.measure() {
            Some(Measure::Count { decimals: 1 }) => Raw::Fraction(format!("{}.{}", from / 10, from % 10)),
            _ => Raw::Whole(*from),
        },
    }))
}

/// A side for each code that either version tells from others.
fn conditions(worlds: &[Worlds<'_>; 2]) -> Vec<Side> {
    let axis_of = |version: usize, code: &str| {
        worlds[version].axes.iter().position(|axis| match &axis.part {
            Part::Condition(codes) => codes.contains(&code),
            _ => false,
        })
    };
    let mut found: BTreeMap<[Option<usize>; 2], &str> = BTreeMap::new();
    for code in CODES {
        let axes = [axis_of(0, code), axis_of(1, code)];
        if axes != [None, None] {
            found.entry(axes).or_insert(code);
        }
    }
    // Several codes may be of one kind for a version: its world is then that of any of them.
    let mut sides: Vec<Side> = Vec::new();
    let kinds: Vec<([Option<usize>; 2], &str)> = found.into_iter().collect();
    if kinds.is_empty() {
        return sides;
    }
    let mut values: Vec<([usize; 2], Value)> = Vec::new();
    for set in 0..1usize << kinds.len() {
        let inside: Vec<&([Option<usize>; 2], &str)> =
            kinds.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, kind)| kind).collect();
        let places = [0, 1].map(|version| {
            let mut axes: Vec<usize> = inside.iter().filter_map(|(axes, _)| axes[version]).collect();
            axes.sort_unstable();
            axes.dedup();
            axes.into_iter().map(|axis| worlds[version].stride(axis)).sum()
        });
        let codes = inside.iter().map(|(_, code)| text(code)).collect();
        values.push((places, Value::Whole(Raw::List(codes))));
    }
    let fact = (0..2).find_map(|version| {
        let axis = worlds[version].axes.iter().find(|axis| matches!(axis.part, Part::Condition(_)))?;
        Some(worlds[version].program.facts[axis.fact].id.clone())
    });
    sides.extend(fact.map(|fact| Side { fact, values }));
    sides
}

/// Everything that is shown in one world.
fn shown(worlds: &Worlds<'_>, world: usize) -> BTreeMap<String, String> {
    let program = worlds.program;
    let shown = worlds.shown(worlds.masks[world]);
    let mut all = BTreeMap::new();
    let lead = shown.lead.clone().unwrap_or_default();
    all.insert("lead".to_owned(), format!("{lead} {}", shown.status));
    all.insert("contact".to_owned(), shown.contact_first.clone().unwrap_or_default());
    for (index, pathway) in program.pathways.iter().enumerate() {
        let id = &pathway.id;
        all.insert(format!("decision {id}"), shown.decisions[index].to_owned());
        all.insert(format!("receiving {id}"), shown.receiving[index].to_owned());
        let pays = |financing: Option<usize>| {
            let payer = financing.map(|payer| program.terms.payers[payer].id.clone());
            payer.unwrap_or_else(|| "nobody".to_owned())
        };
        let holds = |node| worlds.holds(node, world).unwrap();
        all.insert(format!("payer {id}"), pays(super::route::payer_of(&pathway.financing, holds)));
        for (number, benefit) in pathway.benefits.iter().enumerate() {
            let id = format!("{id}.{}", benefit.id);
            all.insert(format!("benefit {id}"), shown.benefits[index][number].to_owned());
            all.insert(format!("payer {id}"), pays(super::route::payer_of(&benefit.financing, holds)));
        }
    }
    all.extend(shown.alongside.iter().map(|id| (format!("alongside {id}"), "listed".to_owned())));
    all.extend(shown.duplicates.iter().map(|(id, kind)| (format!("duplicate {id}"), (*kind).to_owned())));
    all
}

/// What is shown of something that a version does not have.
fn absent(name: &str) -> String {
    let what = name.split_once(' ').map_or(name, |(what, _)| what);
    let absent = match what {
        "decision" => "no such program",
        "benefit" => "no such benefit",
        "alongside" => "not listed",
        "payer" => "nobody",
        _ => "no",
    };
    absent.to_owned()
}
