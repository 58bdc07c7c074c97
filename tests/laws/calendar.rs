//! What the calendar alone will change, day by day over five years, for children whose day of birth is known.

use super::each_child;
use crate::reference::{Cube, Said, Worlds, in_force, is_recent, months, of_age};
use carepath::child::Raw;
use carepath::program::NodeKind;
use carepath::value::Date;
use carepath::vocabulary::Test;
use std::collections::BTreeMap;

#[test]
fn programs_end_and_begin_on_the_days_that_are_told() {
    let (mut ends, mut begins, mut led) = (0, 0, 0);
    each_child(80, |dice, state, child, said| {
        let (program, today) = (&state.rules.program, state.rules.day);
        let born = child.values().find_map(|full| match full {
            crate::random::Full::Birth(birth) => Some(*birth),
            _ => None,
        });
        // Whenever the child was born, or soon to be three or eighteen; the reference tells 26 years by the day.
        let back = |birth: Date| today.day_number() - birth.day_number();
        let birth = match born.filter(|birth| back(*birth) < 7_500 && dice.one_in(2)) {
            Some(birth) => birth,
            None => Date::from_day_number(
                today.day_number() - [1_000, 6_400][dice.roll(2)] + dice.roll(400) as i32,
            ),
        };
        let told = ["birth_month", "birth_date", "age"];
        let mut said: Vec<(String, Raw)> =
            said.iter().filter(|(id, _)| !told.contains(&id.as_str())).cloned().collect();
        said.push(("birth_date".into(), Raw::Text(birth.to_string())));
        let result = state.screen(&said).unwrap();

        // What can tell two days apart: which ages are reached, and which programs are in force.
        let marks = |day: Date| -> Vec<bool> {
            let ages = program.nodes.iter().filter_map(|node| match &node.kind {
                NodeKind::Test(Test::Age { from, below, month_end, on, .. }) => {
                    Some(of_age(birth, on.day(day), *from, *below, *month_end))
                }
                _ => None,
            });
            // Which figures and criteria count.
            let dated = program.nodes.iter().flat_map(|node| match &node.kind {
                NodeKind::Dated { periods, .. } => periods.as_slice(),
                _ => &[],
            });
            let counted = dated.map(|period| period.contains(day));
            // How long ago a day was that the family names.
            let recent = program.nodes.iter().filter_map(|node| match &node.kind {
                NodeKind::Test(Test::InTheLast { fact, months }) => {
                    let told = said.iter().find(|(id, _)| *id == program.facts[*fact].id);
                    match told {
                        Some((_, Raw::Text(text))) => Date::parse(text)
                            .map(|told| is_recent(i64::from(told.day_number()), day, *months)),
                        _ => None,
                    }
                }
                _ => None,
            });
            ages.chain(counted)
                .chain(recent)
                .chain((0..program.pathways.len()).map(|pathway| in_force(program, pathway, day)))
                .collect()
        };
        let shown = |day: Date| {
            let worlds = Worlds::new(program, day)?;
            let all = Cube::new(&worlds, &Said::new(&worlds, &said)).all();
            assert!(all != 0, "{said:?} can be on {day}");
            Some(worlds.shown(all))
        };
        let five_years = |day: &Date| months(today, day.previous()) < 60;
        let mut expected: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
        let mut before = shown(today).unwrap();
        let (mut day, mut mark) = (today.next(), marks(today));
        while five_years(&day) {
            let now = marks(day);
            if now != mark {
                let Some(after) = shown(day) else { return };
                for (index, pathway) in program.pathways.iter().enumerate() {
                    let closed = |decision: &str| decision == "ineligible";
                    let (was, is) = (closed(before.decisions[index]), closed(after.decisions[index]));
                    if was == is {
                        continue;
                    }
                    let what = if is { "ends" } else { "begins" };
                    expected.entry(pathway.id.clone()).or_default().push((day.to_string(), what));
                    // Who leads then; a program that ends is not received any more.
                    let entry =
                        result.programs[index].changes.iter().find(|change| change.on == day.to_string());
                    if let Some(entry) = entry
                        && (!is || after.receiving[index] == "no")
                    {
                        let then = after.lead.clone().or(after.contact_first.clone());
                        assert_eq!(entry.then, then, "{} on {day}: {said:?}", pathway.id);
                        led += 1;
                    }
                    *(if is { &mut ends } else { &mut begins }) += 1;
                }
                (before, mark) = (after, now);
            }
            day = day.next();
        }
        for own in &result.programs[..program.pathways.len()] {
            let found: Vec<(String, &str)> =
                own.changes.iter().map(|change| (change.on.clone(), change.what)).collect();
            assert_eq!(found, expected.remove(&own.id).unwrap_or_default(), "{}: {said:?}", own.id);
            assert!(own.changes.iter().all(|change| change.by.is_none()), "the day of birth is known");
        }
    });
    if super::seeds(80).count() >= 80 {
        assert!(ends > 20 && begins > 10 && led > 20, "{ends} {begins} {led}");
    }
}
