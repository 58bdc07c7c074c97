//! Rules looked at as a whole, and two versions compared: the shipped states, states that read like real ones with 5 to
//! 200 programs, and drawn ones whose criteria hang together crosswise.

use super::random::{Dice, Shape, rule_set};
use super::{large, oklahoma, shipped};
use carepath::analysis::{Rules, analyze};
use carepath::compare::compare;
use carepath::compile::{Declaring, compile};
use carepath::program::Program;
use carepath::value::Date;
use divan::{Bencher, black_box};
use std::fmt;
use std::sync::LazyLock;

/// How many programs a state grows to.
const GROWTH: [usize; 5] = [5, 20, 50, 100, 200];
/// How many programs are drawn at random from the same forty facts, as no real rules are.
const TANGLED: [usize; 2] = [5, 20];

struct Whole {
    name: String,
    program: Program,
    day: Date,
}

static STATES: LazyLock<Vec<Whole>> = LazyLock::new(|| {
    let whole = |name: String, program: Program| Whole { name, program, day: shipped::day() };
    let shipped =
        shipped::shipped().into_iter().map(|program| whole(program.state.code().to_owned(), program));
    let growth = GROWTH.into_iter().map(|programs| {
        let (program, found) = compile(&large::of(programs), oklahoma());
        assert!(found.is_empty(), "{found:#?}");
        whole(format!("{programs} programs"), program.unwrap())
    });
    shipped.chain(growth).collect()
});

static CROSSWISE: LazyLock<Vec<Whole>> = LazyLock::new(|| {
    let drawn = TANGLED.into_iter().map(|programs| {
        let rules = rule_set(&mut Dice::new(1), &Shape::large(31, programs));
        Whole { name: format!("{programs} drawn"), program: rules.program, day: rules.day }
    });
    drawn.collect()
});

impl fmt::Display for &Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn states() -> impl Iterator<Item = &'static Whole> {
    STATES.iter()
}

fn all() -> impl Iterator<Item = &'static Whole> {
    STATES.iter().chain(&*CROSSWISE)
}

/// Every finding of a state, from its compiled rules.
#[divan::bench(args = all(), sample_count = 10)]
fn analyzed(bencher: Bencher<'_, '_>, state: &Whole) {
    bencher.bench_local(|| {
        let rules = Rules::new(state.program.clone(), Declaring::default());
        black_box(analyze(&rules, state.day, &[]))
    });
}

/// A state beside itself with the order of its leads turned around.
#[divan::bench(args = states(), sample_count = 10)]
fn compared(bencher: Bencher<'_, '_>, state: &Whole) {
    let mut turned = state.program.clone();
    turned.route.lead.reverse();
    bencher.bench_local(|| black_box(compare(&state.program, &turned, state.day, &[])));
}
