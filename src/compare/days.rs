//! The days on which two versions are held against each other: the first, and every later one on which they may come apart.
//!
//! Between two days on which rules begin or end, the same criteria count. But an age on the last June 15 and an age today are
//! the same on that day alone: where rules name other days than the child's own, the calendar of the year ahead is walked too.

use crate::program::{NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::{AgeOn, FactKind, Test};

/// How far ahead the calendar is walked.
const A_YEAR: i32 = 366;

/// Later days on which only the calendar may tell two versions apart, in order.
pub(super) fn by_calendar(program: &Program, as_of: Date) -> Vec<Date> {
    let mut of_month: Vec<u8> = Vec::new();
    let mut found: Vec<Date> = Vec::new();
    let mut named = |day: Date| {
        found.extend([day, day.next()]);
        of_month.push(day.day());
    };
    let mut in_year: Vec<u8> = Vec::new();
    for node in &program.nodes {
        let NodeKind::Test(test) = &node.kind else { continue };
        match test {
            Test::Age { on: AgeOn::Day(day), .. } => named(*day),
            Test::Age { on: AgeOn::Last(_, day) | AgeOn::Next(_, day), .. } => in_year.push(*day),
            Test::Age { month_end: true, .. } => in_year.push(1),
            Test::Number { fact, from, to } if matches!(program.facts[*fact].kind, FactKind::Day) => {
                from.iter().chain(to).for_each(|number| named(Date::of_number(*number)));
            }
            _ => {}
        }
    }
    of_month.extend(in_year);
    // Ages that come to the same day of a month come apart the day after it, or before.
    let near =
        |day: &Date| [day.previous(), *day, day.next()].iter().any(|near| of_month.contains(&near.day()));
    let ahead = (1..=A_YEAR).map(|later| Date::from_day_number(as_of.day_number() + later));
    found.extend(ahead.filter(near));
    found.retain(|day| *day > as_of);
    found.sort_unstable();
    found.dedup();
    found
}
