//! Rules looked at as a whole, and two versions compared: the shipped states, and drawn ones of 5 to 200 programs.

use super::random::{Dice, Shape, rule_set};
use super::shipped;
use carepath::analysis::{Rules, analyze};
use carepath::compare::compare;
use carepath::compile::Declaring;
use carepath::program::Program;
use carepath::value::Date;
use divan::{Bencher, black_box};
use std::fmt;
use std::sync::LazyLock;

/// How many programs the drawn states have; each is drawn from the same forty facts.
const GROWTH: [usize; 5] = [5, 20, 50, 100, 200];

struct Drawn {
    name: String,
    program: Program,
    day: Date,
}

static STATES: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
    let shipped = shipped::shipped().into_iter().map(|program| Drawn {
        name: program.state.code().to_owned(),
        program,
        day: shipped::day(),
    });
    let drawn = GROWTH.into_iter().map(|programs| {
        let rules = rule_set(&mut Dice::new(1), &Shape::large(31, programs));
        Drawn { name: format!("{programs} programs"), program: rules.program, day: rules.day }
    });
    shipped.chain(drawn).collect()
});

impl fmt::Display for &Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn states() -> impl Iterator<Item = &'static Drawn> {
    STATES.iter()
}

/// Every finding of a state, from its compiled rules.
#[divan::bench(args = states(), sample_count = 10)]
fn analyzed(bencher: Bencher<'_, '_>, state: &Drawn) {
    bencher.bench_local(|| {
        let rules = Rules::new(state.program.clone(), Declaring::default());
        black_box(analyze(&rules, state.day, &[]))
    });
}

/// A state beside itself with the order of its leads turned around.
#[divan::bench(args = states(), sample_count = 10)]
fn compared(bencher: Bencher<'_, '_>, state: &Drawn) {
    let mut turned = state.program.clone();
    turned.route.lead.reverse();
    bencher.bench_local(|| black_box(compare(&state.program, &turned, state.day, &[])));
}
