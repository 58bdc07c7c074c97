//! What is concluded holds for every child that the answers leave, and is all that does.

use super::{each_child, shown};
use std::collections::BTreeSet;

#[test]
fn what_is_shown_equals_brute_force() {
    let (mut seen, mut benefits) = (BTreeSet::new(), BTreeSet::new());
    each_child(250, |_, state, _, said| {
        let result = state.screen(said).unwrap_or_else(|refusal| panic!("{said:?}: {refusal}"));
        let expected = state.worlds.shown(state.cube(said).all());
        assert_eq!(shown(state, &result), expected, "{said:?}");
        seen.insert(expected.status);
        seen.extend(expected.decisions);
        benefits.extend(expected.benefits.into_iter().flatten());
        seen.extend(expected.duplicates.iter().map(|(_, kind)| *kind));
    });
    // A generator that no longer reaches all of this proves less than it says.
    if super::seeds(250).count() >= 250 {
        let all = [
            "eligible",
            "fallback",
            "ineligible",
            "not_needed",
            "received",
            "receiving",
            "review",
            "undetermined",
        ];
        assert_eq!(seen, BTreeSet::from(all));
        assert_eq!(benefits, BTreeSet::from(["eligible", "ineligible", "review", "undetermined"]));
    }
}
