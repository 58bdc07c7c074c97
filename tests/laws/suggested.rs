//! What is suggested holds, shows everything that can be shown, and leaves nothing to suggest.

use super::each_state;
use crate::random::{Reply, full_child, reply};
use carepath::child::Raw;
use carepath::scenarios::{Coverage, Scenario, Suggested, Suggestions, Why, run, scenarios, suggest};
use carepath::source::{SourceFile, Sources};
use std::collections::BTreeSet;

#[test]
fn suggested_scenarios_hold_and_cover_all_that_can_be() {
    let (mut children, mut of_benefits, mut beside_lists) = (0, 0, 0);
    each_state(60, |dice, state| {
        let (program, day) = (&state.rules.program, state.rules.day);
        let Suggestions { suggested, not_suggested } = suggest(&state.screener, &[], day, &|_| true);
        let there = read(state, &suggested);
        for scenario in &there {
            assert_eq!(run(&state.screener, scenario), [], "{}", scenario.name);
        }
        let names: BTreeSet<&str> = there.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), there.len(), "no two are called the same");
        let again = suggest(&state.screener, &there, day, &|_| true);
        assert_eq!(again.suggested, [], "nothing is left to suggest");
        assert!(again.not_suggested.iter().all(|not| not_suggested.contains(not)));

        let mut coverage = Coverage::new(program);
        there.iter().for_each(|one| coverage.add(&state.screener, &one.answers, one.as_of));
        let left = coverage.uncovered(&state.screener);
        for one in &left {
            let not = |why: Why| not_suggested.iter().any(|not| not.at == Some(one.at) && not.why == why);
            assert!(if one.can_be { not(Why::NotFound) } else { not(Why::CanNeverBe) }, "{one:?}");
        }
        // No child shows what no child is said to show.
        for _ in 0..30 {
            let child = full_child(dice, program, day);
            let mut said: Vec<(String, Raw)> = Vec::new();
            for fact in child.keys() {
                said = reply(dice, program, &child, &said, &program.facts[*fact].id, Reply::Whole);
            }
            coverage.add(&state.screener, &Raw::Map(said), day);
        }
        let still = coverage.uncovered(&state.screener);
        let never = left.iter().filter(|one| !one.can_be);
        never.for_each(|one| assert!(still.contains(one), "{one:?} is shown"));
        children += there.len();
        of_benefits += there.iter().filter(|one| !one.expect.benefits.is_empty()).count();
        beside_lists += there.iter().filter(|one| one.name.ends_with("just outside the list")).count();
    });
    assert!(children > 100, "only {children} scenarios are suggested");
    assert!(
        of_benefits > 0 && beside_lists > 0,
        "{of_benefits} are of benefits, {beside_lists} beside a list"
    );
}

/// Scenarios as a file has them, read back.
fn read(state: &super::State<'_>, suggested: &[Suggested]) -> Vec<Scenario> {
    let text: String = suggested.iter().map(Suggested::yaml).collect();
    let mut files = state.rules.files.clone();
    files.push(SourceFile { path: "ok/scenarios.yaml".into(), text: text.clone() });
    let (there, found) = scenarios(&Sources::new(files), &state.rules.program);
    assert!(found.is_empty(), "{found:#?}\n{text}");
    assert_eq!(there.len(), suggested.len(), "{text}");
    there
}
