//! What is missing settles a decision whatever it turns out to be, and nothing smaller does.

use super::each_child;
use carepath::child::Raw;

#[test]
fn missing_settles_and_no_fewer_facts_do() {
    let mut largest = 0;
    each_child(200, |_, state, _, said| {
        let result = state.screen(said).unwrap();
        let cube = state.cube(said);
        for (index, decided) in result.programs[..state.rules.program.pathways.len()].iter().enumerate() {
            let told = format!("{}: {:?} after {said:?}", decided.id, decided.missing);
            assert_eq!(decided.missing.is_empty(), decided.decision != "undetermined", "{told}");
            if decided.missing.is_empty() {
                continue;
            }
            let facts: Vec<usize> = decided.missing.iter().map(|fact| state.fact(fact)).collect();
            assert!(cube.settles(&facts, state.worlds.decision(index)), "{told}");
            for fewer in subsets(&cube.open_facts(), facts.len() - 1) {
                let names = || fewer.iter().map(|fact| state.rules.program.facts[*fact].id.as_str());
                let settles = cube.settles(&fewer, state.worlds.decision(index));
                assert!(!settles, "{told}, and {:?} is enough", names().collect::<Vec<_>>());
            }
            let answer = |id: &String| said.iter().find(|(known, _)| known == id).map(|(_, raw)| raw);
            for id in &decided.missing {
                let unknown = answer(id).is_some_and(|raw| *raw == Raw::Text("unknown".into()));
                assert!(!unknown || decided.dont_know.contains(id), "{told}: {id} is not known");
            }
            for id in &decided.dont_know {
                let in_part = answer(id).is_some_and(says_unknown);
                assert!(in_part && decided.missing.contains(id), "{told}: {id} could be known");
            }
            largest = largest.max(facts.len());
        }
    });
    assert!(largest >= 4 || super::seeds(200).count() < 200, "at most {largest} facts are ever missing");
}

/// Whether an answer is *I don't know*, or says so of a part.
fn says_unknown(raw: &Raw) -> bool {
    match raw {
        Raw::Map(parts) => parts.iter().any(|(_, part)| says_unknown(part)),
        raw => *raw == Raw::Text("unknown".into()),
    }
}

/// All sets of so many.
pub(crate) fn subsets(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in of.iter().enumerate() {
        for mut rest in subsets(&of[at + 1..], size - 1) {
            rest.insert(0, *first);
            all.push(rest);
        }
    }
    all
}
