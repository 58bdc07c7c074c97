//! What the calendar alone changes: programs that end or begin as the child grows older, or as rules come into force.

use crate::child::{Births, Child, Value};
use crate::diagram::Periods;
use crate::program::{NodeKind, Program};
use crate::route::{self, standings};
use crate::value::{Date, MonthOf, Outcomes};
use crate::vocabulary::{AgeOn, Renewal, Target, Test};

/// So far ahead the calendar is read.
const AHEAD_MONTHS: u32 = 60;
/// After so many years of life no rule asks for an age any more.
const LAST_YEARS: u16 = 125;
/// Births that lie further apart than this tell no dates.
const WIDEST_BIRTHS_DAYS: i32 = 366;

/// A program that ends, begins or has to be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarChange {
    /// The first day that it can be.
    pub on: Date,
    /// The last; the same if the birth is known to the day.
    pub by: Date,
    /// Whether it ends, begins or has to be renewed.
    pub what: Ends,
    /// Who leads then, or whom to call first.
    pub then: Option<Target>,
}

/// Whether a program ends, begins or has to be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// From this day on it does not fit any more.
    Ends,
    /// From this day on it may fit.
    Begins,
    /// By this day it has to be renewed.
    Renews,
}

/// A day, or a month where the day is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrMonth {
    /// The day.
    Day(Date),
    /// The month.
    Month(MonthOf),
}

/// What the calendar changes over the next five years, by the program's index. Nothing if the rules are too tangled.
#[must_use]
pub fn calendar(program: &Program, periods: &Periods, child: &Child) -> Option<Vec<Vec<CalendarChange>>> {
    let Births { first, last } = child.births;
    let last_day = child.as_of.completes(AHEAD_MONTHS);
    let until = |births: Births| {
        let mut days = days(program, periods, child, births);
        days.retain(|day| child.as_of < *day && *day <= last_day);
        changes(program, periods, child, births, &days)
    };
    let apart = last.day_number() - first.day_number();
    if first == last || apart > WIDEST_BIRTHS_DAYS {
        return until(child.births).map(|(_, found)| found);
    }
    // The oldest that the child can be comes to every age first, the youngest last.
    let (oldest_now, oldest) = until(Births { first, last: first })?;
    let (youngest_now, youngest) = until(Births { first: last, last })?;
    let each = oldest.into_iter().zip(youngest).enumerate();
    let paired = each.map(|(index, (mut oldest, youngest))| {
        // What the oldest has behind it, the youngest still has ahead.
        if let (true, Some(ahead)) = (oldest_now[index] != youngest_now[index], youngest.first()) {
            oldest.insert(0, CalendarChange { on: child.as_of, ..*ahead });
        }
        let pairs = oldest.into_iter().zip(youngest).take_while(|(a, b)| a.what == b.what);
        pairs.map(|(a, b)| CalendarChange { by: b.by, ..a }).collect()
    });
    Some(paired.collect())
}

/// When a program that a child receives has to be renewed, over the next five years and as long as it does not end.
#[must_use]
pub fn renewals(
    program: &Program,
    child: &Child,
    pathway: usize,
    changes: &[CalendarChange],
) -> Vec<CalendarChange> {
    let within = |on: Date, by: Date| CalendarChange { on, by, what: Ends::Renews, then: None };
    let mut found = Vec::new();
    match program.pathways[pathway].renewal {
        // Of a child whose month of birth is known, the whole month.
        Some(Renewal::BirthdayMonth) => {
            let Births { first, last } = child.births;
            let this_year = child.as_of.year();
            let years = this_year..=this_year + (AHEAD_MONTHS / 12) as u16;
            let months = years.filter_map(|year| MonthOf::new(year, first.month()));
            let known = first.month_of() == last.month_of();
            found.extend(months.filter(|_| known).map(|month| within(month.first(), month.last())));
        }
        Some(Renewal::Every { months, after: Some(fact) }) => {
            if let Some((first, last)) = known_day(program, child, fact) {
                let passed = first.completed_months(child.as_of).unwrap_or_default() / months;
                let times = passed.max(1)..=passed + AHEAD_MONTHS / months + 1;
                let renewals =
                    times.map(|time| (first.completes(months * time), last.completes(months * time)));
                found.extend(renewals.map(|(on, by)| within(on, by)));
            }
        }
        // Of a child whose day of birth is not known, the days on which the oldest and the youngest have the age.
        Some(Renewal::AtAge { months, .. }) => {
            let Births { first, last } = child.births;
            if last.day_number() - first.day_number() <= WIDEST_BIRTHS_DAYS {
                found.push(within(first.completes(months), last.completes(months)));
            }
        }
        Some(Renewal::Every { after: None, .. }) | None => {}
    }
    let end = changes.iter().find(|change| change.what == Ends::Ends).map(|change| change.on);
    let until = child.as_of.completes(AHEAD_MONTHS);
    found.retain(|renewal| {
        child.as_of < renewal.by && renewal.on <= until && end.is_none_or(|end| renewal.on < end)
    });
    found
}

/// The days between which a day lies that is known, at least to the month.
fn known_day(program: &Program, child: &Child, fact: usize) -> Option<(Date, Date)> {
    let (first, last) = match &child.facts[fact].value {
        Value::Number { from, to, .. } => (Date::of_number(*from), Date::of_number(*to)),
        _ if program.facts[fact].kind.is_birth() => (child.births.first, child.births.last),
        _ => return None,
    };
    (first.month_of() == last.month_of()).then_some((first, last))
}

/// When a program's criteria ceased to hold by the calendar alone, before the day for which is decided.
#[must_use]
pub fn ended(program: &Program, periods: &Periods, child: &Child, pathway: usize) -> Option<DayOrMonth> {
    let Births { first, last } = child.births;
    let of = |birth: Date| -> Option<Date> {
        let births = Births { first: birth, last: birth };
        let mut days = days(program, periods, child, births);
        days.retain(|day| *day <= child.as_of);
        let is_closed = |day: Date| Some(closed(program, periods, &on(child, births, day))?[pathway]);
        let last = days.into_iter().rev().find(|day| is_closed(day.previous()) == Some(false))?;
        (is_closed(last) == Some(true)).then_some(last)
    };
    match (of(first)?, of(last)?) {
        (a, b) if a == b => Some(DayOrMonth::Day(a)),
        (a, b) if a.month_of() == b.month_of() => Some(DayOrMonth::Month(a.month_of())),
        _ => None,
    }
}

/// Which programs are closed on the child's day, and what changes on these days, by the program's index.
type Changes = (Vec<bool>, Vec<Vec<CalendarChange>>);

fn changes(
    program: &Program,
    periods: &Periods,
    child: &Child,
    births: Births,
    days: &[Date],
) -> Option<Changes> {
    let now = closed(program, periods, &on(child, births, child.as_of))?;
    let mut found = vec![Vec::new(); program.pathways.len()];
    let mut before = now.clone();
    for day in days.iter().copied() {
        let child = on(child, births, day);
        let after = closed(program, periods, &child)?;
        for (pathway, changes) in found.iter_mut().enumerate() {
            if after[pathway] != before[pathway] {
                let what = if after[pathway] { Ends::Ends } else { Ends::Begins };
                let then = leads(program, periods, &child, (what == Ends::Ends).then_some(pathway))?;
                changes.push(CalendarChange { on: day, by: day, what, then });
            }
        }
        before = after;
    }
    Some((now, found))
}

/// The same child on another day.
fn on(child: &Child, births: Births, day: Date) -> Child {
    Child { as_of: day, births, facts: child.facts.clone() }
}

/// Which programs surely do not fit a child on its day.
fn closed(program: &Program, periods: &Periods, child: &Child) -> Option<Vec<bool>> {
    let slots = periods.on(program, child.as_of).ok()?.known(program, child).slots();
    let standings = standings(program, child, &slots);
    Some(standings.iter().map(|standing| standing.eligible == Outcomes::NOT_MET).collect())
}

/// Who leads on a child's day, or whom to call first; a program that ended does not.
fn leads(
    program: &Program,
    periods: &Periods,
    child: &Child,
    ended: Option<usize>,
) -> Option<Option<Target>> {
    let mut known = periods.on(program, child.as_of).ok()?.known(program, child);
    let standings = standings(program, child, &known.slots());
    let lead = route::lead(program, &mut known, &standings, ended)?;
    Some(lead.leader.or(lead.contact_first))
}

/// The days on which anything can change by the calendar alone, in order.
fn days(program: &Program, periods: &Periods, child: &Child, births: Births) -> Vec<Date> {
    let mut days: Vec<Date> = periods.starts().to_vec();
    for node in &program.nodes {
        if let NodeKind::Test(Test::InTheLast { fact, months }) = &node.kind
            && let Value::Number { from, to, .. } = child.facts[*fact].value
            && from == to
        {
            days.push(Date::of_number(from).completes(*months));
        }
    }
    if births.first == births.last {
        for node in &program.nodes {
            let NodeKind::Test(Test::Age { from, below, month_end, on, .. }) = &node.kind else { continue };
            // How old somebody is on a day of the year changes with the year.
            if let AgeOn::Last(month, day) | AgeOn::Next(month, day) = *on {
                let years = births.first.year()..births.first.year().saturating_add(LAST_YEARS);
                let yearly = years.filter_map(|year| Date::new(year, month, day));
                days.extend(yearly.map(|day| if matches!(on, AgeOn::Next(..)) { day.next() } else { day }));
            }
            if *on != AgeOn::AsOf {
                continue;
            }
            days.extend(from.map(|months| births.first.completes(months)));
            days.extend(below.map(|months| match births.first.completes(months) {
                day if *month_end => day.month_of().last().next(),
                day => day,
            }));
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}
