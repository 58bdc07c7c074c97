//! What is missing settles a decision whatever it turns out to be, and nothing smaller does.

use super::each_child;
use carepath::child::Raw;

#[test]
fn missing_settles_and_no_fewer_facts_do() {
    let mut largest = 0;
    each_child(200, |_, state, _, said| {
        let result = state.screen(said).unwrap();
        let cube = state.cube(said);
        let mut verdicts = Vec::new();
        for (index, own) in result.programs[..state.rules.program.pathways.len()].iter().enumerate() {
            let decision = state.worlds.decision(index);
            verdicts.push((own.id.clone(), own.decision, &own.missing, &own.dont_know, decision));
            for (benefit, part) in own.benefits.iter().enumerate() {
                let (id, decision) =
                    (format!("{} {}", own.id, part.id), state.worlds.benefit(index, benefit));
                verdicts.push((id, part.decision, &part.missing, &part.dont_know, decision));
            }
        }
        for (id, decision, missing, dont_know, outcomes) in verdicts {
            let told = format!("{id}: {missing:?} after {said:?}");
            assert_eq!(missing.is_empty(), decision != "undetermined", "{told}");
            if missing.is_empty() {
                continue;
            }
            let facts: Vec<usize> = missing.iter().map(|fact| state.fact(fact)).collect();
            assert!(cube.settles(&facts, outcomes), "{told}");
            for fewer in subsets(&cube.open_facts(), facts.len() - 1) {
                let names = || fewer.iter().map(|fact| state.rules.program.facts[*fact].id.as_str());
                let settles = cube.settles(&fewer, outcomes);
                assert!(!settles, "{told}, and {:?} is enough", names().collect::<Vec<_>>());
            }
            let answer = |id: &String| said.iter().find(|(known, _)| known == id).map(|(_, raw)| raw);
            for id in missing {
                let unknown = answer(id).is_some_and(|raw| *raw == Raw::Text("unknown".into()));
                assert!(!unknown || dont_know.contains(id), "{told}: {id} is not known");
            }
            for id in dont_know {
                let in_part = answer(id).is_some_and(says_unknown);
                assert!(in_part && missing.contains(id), "{told}: {id} could be known");
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
